import Bytes

/// A segment's columns by name, to a file and back. A new column has its line in both.
extension Segment {
  /// A segment that was stored.
  /// - Throws: `ColumnFileError` when a column is missing or not as long as it must be.
  /// - Complexity: O(columns); none of them is read.
  convenience init(_ file: ColumnFile) throws(ColumnFileError) {
    self.init(
      parentOffset: try file.column("library.parentOffset"),
      depth: try file.column("library.depth"),
      subtreeCount: try file.column("library.subtreeCount"),
      ordinal: try file.column("library.ordinal"),
      author: try file.column("library.author"),
      dateSeconds: try file.column("library.dateSeconds"),
      datePrecision: try file.column("library.datePrecision"),
      dateZone: try file.column("library.dateZone"),
      score: try file.column("library.score"),
      flags: try file.column("library.flags"),
      line: try file.column("library.line"),
      keyHigh: try file.column("library.keyHigh"),
      keyLow: try file.column("library.keyLow"),
      keyOrder: try file.column("library.keyOrder"),
      textStart: try file.column("library.textStart"),
      spanStart: try file.column("library.spanStart"),
      spanLower: try file.column("library.spanLower"),
      spanUpper: try file.column("library.spanUpper"),
      spanRole: try file.column("library.spanRole"),
      linkSpan: try file.column("library.linkSpan"),
      linkTarget: try file.column("library.linkTarget"),
      firstEntry: try file.column("library.firstEntry"),
      title: try file.column("library.title"),
      format: try file.column("library.format"),
      url: try file.column("library.url"),
      nativeID: try file.column("library.nativeID"),
      declaredComments: try file.column("library.declaredComments"),
      closed: try file.column("library.closed"),
      sourceStart: try file.column("library.sourceStart"),
      sources: try file.column("library.sources"),
      categoryStart: try file.column("library.categoryStart"),
      categories: try file.column("library.categories"),
      entryID: try file.column("library.entryID"),
      orphanRow: try file.column("library.orphanRow"),
      orphanParent: try file.column("library.orphanParent"),
      aliasHigh: try file.column("library.aliasHigh"),
      aliasLow: try file.column("library.aliasLow"),
      aliasRow: try file.column("library.aliasRow"),
      aliasOrder: try file.column("library.aliasOrder"),
      names: StringTable(
        offsets: try file.column("library.names.offsets"), bytes: try file.column("library.names.bytes")),
      text: try file.column("library.text"))
    guard hasMatchingLengths else { throw .damaged("its columns do not belong together") }
  }

  /// Adds the columns to a file.
  func add(to writer: inout ColumnFileWriter) {
    writer.add("library.parentOffset", parentOffset)
    writer.add("library.depth", depth)
    writer.add("library.subtreeCount", subtreeCount)
    writer.add("library.ordinal", ordinal)
    writer.add("library.author", author)
    writer.add("library.dateSeconds", dateSeconds)
    writer.add("library.datePrecision", datePrecision)
    writer.add("library.dateZone", dateZone)
    writer.add("library.score", score)
    writer.add("library.flags", flags)
    writer.add("library.line", line)
    writer.add("library.keyHigh", keyHigh)
    writer.add("library.keyLow", keyLow)
    writer.add("library.keyOrder", keyOrder)
    writer.add("library.textStart", textStart)
    writer.add("library.spanStart", spanStart)
    writer.add("library.spanLower", spanLower)
    writer.add("library.spanUpper", spanUpper)
    writer.add("library.spanRole", spanRole)
    writer.add("library.linkSpan", linkSpan)
    writer.add("library.linkTarget", linkTarget)
    writer.add("library.firstEntry", firstEntry)
    writer.add("library.title", title)
    writer.add("library.format", format)
    writer.add("library.url", url)
    writer.add("library.nativeID", nativeID)
    writer.add("library.declaredComments", declaredComments)
    writer.add("library.closed", closed)
    writer.add("library.sourceStart", sourceStart)
    writer.add("library.sources", sources)
    writer.add("library.categoryStart", categoryStart)
    writer.add("library.categories", categories)
    writer.add("library.entryID", entryID)
    writer.add("library.orphanRow", orphanRow)
    writer.add("library.orphanParent", orphanParent)
    writer.add("library.aliasHigh", aliasHigh)
    writer.add("library.aliasLow", aliasLow)
    writer.add("library.aliasRow", aliasRow)
    writer.add("library.aliasOrder", aliasOrder)
    writer.add("library.text", text)
    writer.add("library.names.offsets", names.offsets)
    writer.add("library.names.bytes", names.bytes)
  }

  /// Whether each column is as long as the others say.
  private var hasMatchingLengths: Bool {
    let ofEntries = [
      depth.count, subtreeCount.count, ordinal.count, author.count, dateSeconds.count, datePrecision.count,
      dateZone.count, score.count, flags.count, line.count, keyHigh.count, keyLow.count, keyOrder.count,
      entryID.count, textStart.count - 1, spanStart.count - 1,
    ]
    let ofDiscussions = [
      format.count, url.count, nativeID.count, declaredComments.count, closed.count, firstEntry.count - 1,
      sourceStart.count - 1, categoryStart.count - 1,
    ]
    return ofEntries.allSatisfy { $0 == entryCount } && ofDiscussions.allSatisfy { $0 == discussionCount }
      && names.offsets.count > 0
      && spanUpper.count == spanLower.count && spanRole.count == spanLower.count
      && linkTarget.count == linkSpan.count
      && orphanParent.count == orphanRow.count && aliasHigh.count == aliasRow.count
      && aliasLow.count == aliasRow.count && aliasOrder.count == aliasRow.count
  }
}

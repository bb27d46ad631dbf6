public import Bytes

/// Why a batch cannot be one segment.
public enum IndexLimit: Error, Equatable, Sendable {
  /// The dictionary or the lists would pass 4 GiB, or the documents 2^32; about so many documents fit.
  case tooLarge(documents: Int)
}

extension IndexSegment {
  /// Builds the index of a batch on several threads.
  ///
  /// The batch is read in pieces, so that what is held beyond the text and the index stays below about
  /// half a gigabyte at any size; within a piece every thread reads a run of documents. The result is the same to the
  /// byte for any number of threads, and that of an `IndexBuilder`.
  ///
  /// - Parameters:
  ///   - documentCount: documents of the batch.
  ///   - threads: how many to use.
  ///   - dates: when each document was written, for `SearchOrder.newestFirst`; shared, not copied.
  ///   - threadStarts: the first document of each thread, and one more for the end; shared, not copied.
  ///   - bodyBytes: how long the bodies of a range of documents are together; asked some hundred times.
  ///   - read: adds the documents of a range to a part, in order, each exactly once. Called on several threads at
  ///     a time, and for some documents at the beginning twice.
  /// - Throws: `IndexLimit` if the batch has to be cut into several.
  /// - Complexity: linear in the bytes of the texts, plus O(terms log terms).
  public static func build(
    documentCount: Int, threads: Int, dates: Column<Int64> = Column(),
    threadStarts: Column<UInt32> = Column(), bodyBytes: (Range<Int>) -> Int,
    read: @Sendable (Range<Int>, inout IndexPart) -> Void
  ) throws(IndexLimit) -> IndexSegment {
    try build(
      documentCount: documentCount, threads: threads, limits: PieceLimits(), dates: dates,
      threadStarts: threadStarts, bodyBytes: bodyBytes, read: read)
  }

  static func build(
    documentCount: Int, threads: Int, limits: PieceLimits, dates: Column<Int64> = Column(),
    threadStarts: Column<UInt32> = Column(), bodyBytes: (Range<Int>) -> Int,
    read: @Sendable (Range<Int>, inout IndexPart) -> Void
  ) throws(IndexLimit) -> IndexSegment {
    guard documentCount < UInt32.max else { throw .tooLarge(documents: Int(UInt32.max) - 1) }
    let threads = max(1, min(threads, 64))
    let all = 0..<documentCount
    let sampleEnd = cut(all, bytes: limits.sampleBytes, bodyBytes)
    var common = CommonWords()
    if let sampleEnd {
      let counted = SegmentAssembly(parts: 1, common: CommonWords())
      var part = counted.part(0)
      read(0..<sampleEnd, &part)
      common = CommonWords(commonestOf: &part.body.value)
    }
    var assembly = SegmentAssembly(parts: threads, common: common, bodyBytes: bodyBytes(all))
    var first = 0
    while first < documentCount {
      if assembly.isFull { throw .tooLarge(documents: first) }
      let rest = first..<documentCount
      let piece =
        first..<min(cut(rest, bytes: limits.bytes, bodyBytes) ?? documentCount, first + limits.documents)
      readPiece(piece, threads: threads, assembly, bodyBytes, read)
      first = piece.upperBound
      if first < documentCount { assembly.endPiece() }
    }
    return assembly.finish(documentCount: documentCount, dates: dates, threadStarts: threadStarts)
  }

  private static func readPiece(
    _ piece: Range<Int>, threads: Int, _ assembly: borrowing SegmentAssembly,
    _ bodyBytes: (Range<Int>) -> Int,
    _ read: @Sendable (Range<Int>, inout IndexPart) -> Void
  ) {
    let bytes = bodyBytes(piece)
    var cuts = [piece.lowerBound]
    for part in 1..<threads {
      let goal = bytes / threads * part
      cuts.append(cut(piece, bytes: goal, bodyBytes) ?? piece.upperBound)
    }
    cuts.append(piece.upperBound)
    let bounds = cuts
    let parts = (0..<threads).map { Shared(assembly.part($0)) }
    Threads.run(threads) { part in
      let range = bounds[part]..<bounds[part + 1]
      if !range.isEmpty { read(range, &parts[part].value) }
    }
    for part in 0..<threads {
      let added = parts[part].value.documentCount
      precondition(added == bounds[part + 1] - bounds[part], "every document of a range is added once")
    }
  }

  /// The first place of a range before which there are at least so many bytes; nil if there are fewer in
  /// all.
  private static func cut(
    _ documents: Range<Int>, bytes: Int, _ bodyBytes: (Range<Int>) -> Int
  ) -> Int? {
    guard !documents.isEmpty, bodyBytes(documents) >= bytes else { return nil }
    var low = documents.lowerBound + 1
    var high = documents.upperBound
    if bytes <= 0 { return documents.lowerBound }
    while low < high {
      let middle = (low + high) / 2
      if bodyBytes(documents.lowerBound..<middle) < bytes { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

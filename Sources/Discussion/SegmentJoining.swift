import Bytes

extension Library {
  /// The next generation, with the listed discussions of some segments in one new segment, and nothing left
  /// of the old ones: segments stay few, and dead rows give their memory back.
  ///
  /// The old segments stay as empty ones, so that all others keep their number; the new one is the last.
  /// - Returns: the library, how ids move, and for each of the old segments, in order, the new row of each
  ///   of its rows, `Library.goneRow` for dead ones.
  /// - Complexity: O(entries and bytes of the segments · log entries), and a copy of one word for each
  ///   discussion.
  public func joining(segments joined: [Int]) -> (library: Library, remap: Remap, rows: [[UInt32]]) {
    let parts = joined.map { index in
      LiveRows(
        of: segments[index],
        isLive: (0..<segments[index].discussionCount).map {
          !deadDiscussions.contains(DiscussionID(segment: index, row: $0))
        })
    }
    var next = segments
    for index in joined { next[index] = SegmentBuilder(textBytes: 0).finish() }
    next.append(SegmentJoin(parts).finish())
    var partOf: [Int: Int] = [:]
    for (part, index) in joined.enumerated() { partOf[index] = part }
    var newDiscussions: [[UInt32]] = []
    var newRows: [[UInt32]] = []
    var (entry, discussion) = (0, 0)
    for part in parts {
      newRows.append(part.newRows(from: entry, part.entryRuns, of: part.segment.entryCount))
      newDiscussions.append(
        part.newRows(from: discussion, part.discussionRuns, of: part.segment.discussionCount))
      entry += part.entryCount
      discussion += part.discussionCount
    }
    var places = Array(self.places)
    for serial in places.indices {
      guard places[serial].segment != Library.forwardSegment,
        let part = partOf[Int(places[serial].segment)]
      else { continue }
      places[serial] = DiscussionID(
        segment: segments.count, row: Int(newDiscussions[part][Int(places[serial].row)]))
    }
    let gone = Set(joined.map { UInt32($0) })
    let library = Library(
      of: self, segments: next, places: places,
      dead: deadDiscussions.filter { !gone.contains($0.segment) })
    let join = Remap.Join(
      segments: joined, target: segments.count, entryRows: newRows, discussionRows: newDiscussions)
    return (library, Remap(old: self, new: library, join: join), newRows)
  }

  /// Stands for a row that is no longer there.
  public static let goneRow = UInt32.max

  /// How much of a segment is still listed.
  /// - Complexity: O(1) unless discussions went dead, else O(dead discussions).
  public func liveEntryCount(ofSegment index: Int) -> Int {
    let segment = segments[index]
    return deadDiscussions.reduce(segment.entryCount) { count, dead in
      Int(dead.segment) == index ? count - segment.rows(ofDiscussion: Int(dead.row)).count : count
    }
  }

  /// Bytes of all texts of a segment, dead ones too.
  public func textByteCount(ofSegment index: Int) -> Int { segments[index].text.count }
}

/// What of a segment is listed, as runs of rows.
struct LiveRows {
  let segment: Segment
  private(set) var discussionRuns: [Range<Int>] = []
  private(set) var entryRuns: [Range<Int>] = []
  private(set) var discussionCount = 0
  private(set) var entryCount = 0

  init(of segment: Segment, isLive: [Bool]) {
    self.segment = segment
    for (discussion, isLive) in isLive.enumerated() where isLive {
      let rows = segment.rows(ofDiscussion: discussion)
      discussionCount += 1
      entryCount += rows.count
      if let last = discussionRuns.last, last.upperBound == discussion {
        discussionRuns[discussionRuns.count - 1] = last.lowerBound..<discussion + 1
        entryRuns[entryRuns.count - 1] = entryRuns[entryRuns.count - 1].lowerBound..<rows.upperBound
      } else {
        discussionRuns.append(discussion..<discussion + 1)
        entryRuns.append(rows)
      }
    }
  }

  /// For each old row the new one, counted on from a number.
  func newRows(from first: Int, _ runs: [Range<Int>], of count: Int) -> [UInt32] {
    var rows = [UInt32](repeating: Library.goneRow, count: count)
    var next = UInt32(first)
    for run in runs {
      for row in run {
        rows[row] = next
        next += 1
      }
    }
    return rows
  }
}

/// Puts the live rows of segments one after the other, column by column.
private struct SegmentJoin {
  private let parts: [LiveRows]
  private var names = StringTableBuilder()

  init(_ parts: [LiveRows]) { self.parts = parts }

  consuming func finish() -> Segment {
    let author = namesColumn(entries: true) { $0.author }
    let entryID = namesColumn(entries: true, isShared: false) { $0.entryID }
    let title = namesColumn(entries: false) { $0.title }
    let format = namesColumn(entries: false) { $0.format }
    let url = namesColumn(entries: false) { $0.url }
    let nativeID = namesColumn(entries: false) { $0.nativeID }
    let (sourceStart, sources) = nameLists({ $0.sourceStart }, { $0.sources })
    let (categoryStart, categories) = nameLists({ $0.categoryStart }, { $0.categories })
    let orphans = orphans()
    let aliases = aliases()
    let links = links()
    let (textStart, text) = slices({ $0.textStart }) { $0.text }
    let (spanStart, spanLower) = slices({ $0.spanStart }) { $0.spanLower }
    let (keyHigh, keyLow) = (entries { $0.keyHigh }, entries { $0.keyLow })
    return Segment(
      parentOffset: entries { $0.parentOffset }, depth: entries { $0.depth },
      subtreeCount: entries { $0.subtreeCount }, ordinal: entries { $0.ordinal }, author: author,
      dateSeconds: entries { $0.dateSeconds }, datePrecision: entries { $0.datePrecision },
      dateZone: entries { $0.dateZone }, score: entries { $0.score }, flags: entries { $0.flags },
      line: entries { $0.line }, keyHigh: keyHigh, keyLow: keyLow,
      keyOrder: SegmentJoin.order(keyHigh, keyLow), textStart: textStart, spanStart: spanStart,
      spanLower: spanLower, spanUpper: slices({ $0.spanStart }) { $0.spanUpper }.1,
      spanRole: slices({ $0.spanStart }) { $0.spanRole }.1,
      linkSpan: Column(links.map(\.span)), linkTarget: Column(links.map(\.target)),
      firstEntry: firstEntries(), title: title,
      format: format, url: url, nativeID: nativeID,
      declaredComments: discussions { $0.declaredComments }, closed: discussions { $0.closed },
      sourceStart: sourceStart, sources: sources, categoryStart: categoryStart, categories: categories,
      entryID: entryID, orphanRow: Column(orphans.map(\.row)),
      orphanParent: Column(orphans.map(\.parent)), aliasHigh: Column(aliases.map(\.key.high)),
      aliasLow: Column(aliases.map(\.key.low)), aliasRow: Column(aliases.map(\.row)),
      aliasOrder: Column(
        (0..<UInt32(aliases.count)).sorted { (aliases[Int($0)].key, $0) < (aliases[Int($1)].key, $1) }),
      names: names.finish(), text: text)
  }

  private func joined<Element>(
    _ runs: (LiveRows) -> [Range<Int>], _ column: (Segment) -> Column<Element>
  ) -> Column<Element> {
    let builder = ColumnBuilder<Element>(
      capacity: parts.reduce(0) { $0 + runs($1).reduce(0) { $0 + $1.count } })
    for part in parts {
      for run in runs(part) { builder.append(contentsOf: column(part.segment), run) }
    }
    return builder.finish()
  }

  private func entries<Element>(_ column: (Segment) -> Column<Element>) -> Column<Element> {
    joined({ $0.entryRuns }, column)
  }

  private func discussions<Element>(_ column: (Segment) -> Column<Element>) -> Column<Element> {
    joined({ $0.discussionRuns }, column)
  }

  /// A column of bounds, and what lies between them.
  private func slices<Bound, Element>(
    _ bounds: (Segment) -> Column<Bound>, _ elements: (Segment) -> Column<Element>
  ) -> (Column<Bound>, Column<Element>) {
    var starts: [Bound] = [0]
    starts.reserveCapacity(parts.reduce(1) { $0 + $1.entryCount })
    var runs: [(Segment, Range<Int>)] = []
    for part in parts {
      let old = bounds(part.segment)
      for run in part.entryRuns {
        let base = starts[starts.count - 1]
        let first = old[run.lowerBound]
        for row in run { starts.append(old[row + 1] - first + base) }
        runs.append((part.segment, Int(first)..<Int(old[run.upperBound])))
      }
    }
    let builder = ColumnBuilder<Element>(capacity: runs.reduce(0) { $0 + $1.1.count })
    for (segment, run) in runs { builder.append(contentsOf: elements(segment), run) }
    return (Column(starts), builder.finish())
  }

  private func firstEntries() -> Column<UInt32> {
    var starts: [UInt32] = [0]
    for part in parts {
      for run in part.discussionRuns {
        for discussion in run {
          starts.append(
            starts[starts.count - 1] + UInt32(part.segment.rows(ofDiscussion: discussion).count))
        }
      }
    }
    return Column(starts)
  }

  /// A column of rows of names.
  /// - Parameter isShared: whether several elements may have one name, so that it is looked for.
  private mutating func namesColumn(
    entries: Bool, isShared: Bool = true, _ column: (Segment) -> Column<UInt32>
  ) -> Column<UInt32> {
    var rows: [UInt32] = []
    rows.reserveCapacity(parts.reduce(0) { $0 + (entries ? $1.entryCount : $1.discussionCount) })
    for part in parts {
      var known = isShared ? [UInt32](repeating: Segment.unknown, count: part.segment.names.count) : []
      let old = column(part.segment)
      for run in entries ? part.entryRuns : part.discussionRuns {
        for place in run { rows.append(name(old[place], of: part.segment, &known)) }
      }
    }
    return Column(rows)
  }

  private mutating func name(_ row: UInt32, of segment: Segment, _ known: inout [UInt32]) -> UInt32 {
    guard row != Segment.unknown else { return Segment.unknown }
    if known.isEmpty { return names.append(segment.names.bytes(at: Int(row))) }
    if known[Int(row)] == Segment.unknown {
      known[Int(row)] = names.row(of: segment.names.bytes(at: Int(row)))
    }
    return known[Int(row)]
  }

  /// Lists of names, one a discussion.
  private mutating func nameLists(
    _ bounds: (Segment) -> Column<UInt32>, _ list: (Segment) -> Column<UInt32>
  ) -> (Column<UInt32>, Column<UInt32>) {
    var starts: [UInt32] = [0]
    var rows: [UInt32] = []
    for part in parts {
      var known = [UInt32](repeating: Segment.unknown, count: part.segment.names.count)
      let (old, elements) = (bounds(part.segment), list(part.segment))
      for run in part.discussionRuns {
        for discussion in run {
          for place in Int(old[discussion])..<Int(old[discussion + 1]) {
            rows.append(name(elements[place], of: part.segment, &known))
          }
          starts.append(UInt32(rows.count))
        }
      }
    }
    return (Column(starts), Column(rows))
  }

  private mutating func orphans() -> [(row: UInt32, parent: UInt32)] {
    var orphans: [(row: UInt32, parent: UInt32)] = []
    var first = 0
    for part in parts {
      let rows = part.newRows(from: first, part.entryRuns, of: part.segment.entryCount)
      for place in 0..<part.segment.orphanRow.count {
        let row = rows[Int(part.segment.orphanRow[place])]
        guard row != Library.goneRow else { continue }
        let parent = part.segment.names.bytes(at: Int(part.segment.orphanParent[place]))
        orphans.append((row, names.append(parent)))
      }
      first += part.entryCount
    }
    return orphans
  }

  private mutating func links() -> [(span: UInt32, target: UInt32)] {
    var links: [(span: UInt32, target: UInt32)] = []
    var first = 0
    for part in parts {
      let segment = part.segment
      for run in part.entryRuns {
        let spans = Int(segment.spanStart[run.lowerBound])..<Int(segment.spanStart[run.upperBound])
        var place = segment.firstLink(atOrAfter: spans.lowerBound)
        while place < segment.linkSpan.count, Int(segment.linkSpan[place]) < spans.upperBound {
          let target = names.row(of: segment.names.bytes(at: Int(segment.linkTarget[place])))
          links.append((UInt32(first + Int(segment.linkSpan[place]) - spans.lowerBound), target))
          place += 1
        }
        first += spans.count
      }
    }
    return links
  }

  private func aliases() -> [(key: EntryKey, row: UInt32)] {
    var aliases: [(key: EntryKey, row: UInt32)] = []
    var first = 0
    for part in parts {
      let rows = part.newRows(from: first, part.entryRuns, of: part.segment.entryCount)
      for place in 0..<part.segment.aliasRow.count {
        let row = rows[Int(part.segment.aliasRow[place])]
        guard row != Library.goneRow else { continue }
        let key = EntryKey(high: part.segment.aliasHigh[place], low: part.segment.aliasLow[place])
        aliases.append((key, row))
      }
      first += part.entryCount
    }
    return aliases
  }

  /// Rows in the order of their keys.
  private static func order(_ high: Column<UInt64>, _ low: Column<UInt64>) -> Column<UInt32> {
    let heads = high.elements(in: 0..<high.count)
    let tails = low.elements(in: 0..<low.count)
    return Column(
      (0..<UInt32(heads.count)).sorted { left, right in
        (heads[Int(left)], tails[Int(left)], left) < (heads[Int(right)], tails[Int(right)], right)
      })
  }
}

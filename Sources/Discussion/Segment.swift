import Bytes

/// One batch of discussions as immutable columns: the same bytes serve in memory and in a file.
///
/// A class, so that a library hands a segment on with one reference instead of one a column.
/// Entries of a discussion are one contiguous run in pre-order; entry 0 of a run is the post.
final class Segment: Sendable {
  /// What stands for "unknown" in a column of table rows.
  static let unknown = UInt32.max

  // One element an entry.
  let parentOffset: Column<UInt32>  // rows back to the parent, 0 for a post
  let depth: Column<UInt32>
  let subtreeCount: Column<UInt32>  // itself included
  let ordinal: Column<UInt32>  // 1-based among its siblings, 0 for a post
  let author: Column<UInt32>  // row of `names`, or `unknown`
  let dateSeconds: Column<Int64>  // `Int64.min` when the date is unknown
  let datePrecision: Column<UInt8>  // 0 when the date is unknown
  let dateZone: Column<Int16>  // `Int16.min` when the zone is unknown
  let score: Column<Int32>  // `Int32.min` when unknown
  let flags: Column<UInt8>  // kind in bits 0 to 2, removed in bit 3
  let line: Column<UInt32>  // first line in the source, 0 when unknown
  let keyHigh: Column<UInt64>
  let keyLow: Column<UInt64>
  let keyOrder: Column<UInt32>  // rows, ordered by key
  let textStart: Column<UInt64>  // one more than entries
  let spanStart: Column<UInt32>  // one more than entries

  // One element a span; bounds count from the start of the entry's text.
  let spanLower: Column<UInt32>
  let spanUpper: Column<UInt32>
  let spanRole: Column<UInt8>

  // One element a link that leads elsewhere than its words say.
  let linkSpan: Column<UInt32>  // its span, ordered
  let linkTarget: Column<UInt32>  // a row of `names`

  // One element a discussion.
  let firstEntry: Column<UInt32>  // one more than discussions
  let title: Column<UInt32>
  let format: Column<UInt32>
  let url: Column<UInt32>  // or `unknown`
  let nativeID: Column<UInt32>  // or `unknown`
  let declaredComments: Column<Int32>  // -1 when the source does not say
  let closed: Column<UInt8>  // 0 open, 1 closed, 2 unknown
  let sourceStart: Column<UInt32>  // one more than discussions, into `sources`
  let sources: Column<UInt32>  // rows of `names`
  let categoryStart: Column<UInt32>  // one more than discussions, into `categories`
  let categories: Column<UInt32>  // rows of `names`

  // Native ids of comments that have one: rows of `names`, or `unknown`, one an entry.
  let entryID: Column<UInt32>

  // One element an entry that names a parent which nobody here is; ordered by row.
  let orphanRow: Column<UInt32>
  let orphanParent: Column<UInt32>  // the parent's id, a row of `names`

  // One element a further key of an entry that was united from several copies.
  let aliasHigh: Column<UInt64>
  let aliasLow: Column<UInt64>
  let aliasRow: Column<UInt32>  // ordered
  let aliasOrder: Column<UInt32>  // places of the columns above, ordered by key

  let names: StringTable
  let text: Column<UInt8>

  init(
    parentOffset: Column<UInt32>, depth: Column<UInt32>, subtreeCount: Column<UInt32>,
    ordinal: Column<UInt32>, author: Column<UInt32>, dateSeconds: Column<Int64>, datePrecision: Column<UInt8>,
    dateZone: Column<Int16>, score: Column<Int32>, flags: Column<UInt8>, line: Column<UInt32>,
    keyHigh: Column<UInt64>, keyLow: Column<UInt64>, keyOrder: Column<UInt32>, textStart: Column<UInt64>,
    spanStart: Column<UInt32>, spanLower: Column<UInt32>, spanUpper: Column<UInt32>, spanRole: Column<UInt8>,
    linkSpan: Column<UInt32>, linkTarget: Column<UInt32>,
    firstEntry: Column<UInt32>, title: Column<UInt32>, format: Column<UInt32>, url: Column<UInt32>,
    nativeID: Column<UInt32>, declaredComments: Column<Int32>, closed: Column<UInt8>,
    sourceStart: Column<UInt32>, sources: Column<UInt32>, categoryStart: Column<UInt32>,
    categories: Column<UInt32>, entryID: Column<UInt32>, orphanRow: Column<UInt32>,
    orphanParent: Column<UInt32>, aliasHigh: Column<UInt64>, aliasLow: Column<UInt64>,
    aliasRow: Column<UInt32>, aliasOrder: Column<UInt32>, names: StringTable, text: Column<UInt8>
  ) {
    self.parentOffset = parentOffset
    self.depth = depth
    self.subtreeCount = subtreeCount
    self.ordinal = ordinal
    self.author = author
    self.dateSeconds = dateSeconds
    self.datePrecision = datePrecision
    self.dateZone = dateZone
    self.score = score
    self.flags = flags
    self.line = line
    self.keyHigh = keyHigh
    self.keyLow = keyLow
    self.keyOrder = keyOrder
    self.textStart = textStart
    self.spanStart = spanStart
    self.spanLower = spanLower
    self.spanUpper = spanUpper
    self.spanRole = spanRole
    self.linkSpan = linkSpan
    self.linkTarget = linkTarget
    self.firstEntry = firstEntry
    self.title = title
    self.format = format
    self.url = url
    self.nativeID = nativeID
    self.declaredComments = declaredComments
    self.closed = closed
    self.sourceStart = sourceStart
    self.sources = sources
    self.categoryStart = categoryStart
    self.categories = categories
    self.entryID = entryID
    self.orphanRow = orphanRow
    self.orphanParent = orphanParent
    self.aliasHigh = aliasHigh
    self.aliasLow = aliasLow
    self.aliasRow = aliasRow
    self.aliasOrder = aliasOrder
    self.names = names
    self.text = text
  }

  var entryCount: Int { parentOffset.count }
  var discussionCount: Int { title.count }

  /// The discussion of an entry.
  /// - Complexity: O(log discussions).
  func discussion(ofRow row: Int) -> Int {
    var low = 0
    var high = discussionCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(firstEntry[middle]) <= row { low = middle } else { high = middle }
    }
    return low
  }

  /// The rows of a key: one, unless two discussions hold the same entry.
  /// - Complexity: O(log entries).
  func rows(of key: EntryKey) -> [Int] {
    Segment.run(of: key, keyOrder) { self.key(ofRow: $0) }
  }

  /// The rows that a further key stands for.
  /// - Complexity: O(log aliases).
  func rows(ofAlias key: EntryKey) -> [Int] {
    Segment.run(of: key, aliasOrder) { EntryKey(high: aliasHigh[$0], low: aliasLow[$0]) }
      .map { Int(aliasRow[$0]) }
  }

  private static func run(of key: EntryKey, _ order: Column<UInt32>, _ keyAt: (Int) -> EntryKey) -> [Int] {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if keyAt(Int(order[middle])) < key { low = middle + 1 } else { high = middle }
    }
    var found: [Int] = []
    while low < order.count, keyAt(Int(order[low])) == key {
      found.append(Int(order[low]))
      low += 1
    }
    return found
  }

  /// The further keys of a run of rows.
  /// - Complexity: O(log aliases + found).
  func aliases(ofRows rows: Range<Int>) -> [(key: EntryKey, row: Int)] {
    var place = Segment.firstPlace(atOrAfter: rows.lowerBound, aliasRow)
    var found: [(key: EntryKey, row: Int)] = []
    while place < aliasRow.count, Int(aliasRow[place]) < rows.upperBound {
      found.append((EntryKey(high: aliasHigh[place], low: aliasLow[place]), Int(aliasRow[place])))
      place += 1
    }
    return found
  }

  /// The id of the parent that an entry names and nobody here is.
  /// - Complexity: O(log orphans).
  func missingParent(ofRow row: Int) -> [UInt8]? {
    let place = Segment.firstPlace(atOrAfter: row, orphanRow)
    guard place < orphanRow.count, Int(orphanRow[place]) == row else { return nil }
    return names.bytes(at: Int(orphanParent[place]))
  }

  /// The place of the first link at or after a span.
  /// - Complexity: O(log links).
  func firstLink(atOrAfter span: Int) -> Int { Segment.firstPlace(atOrAfter: span, linkSpan) }

  private static func firstPlace(atOrAfter row: Int, _ column: Column<UInt32>) -> Int {
    var low = 0
    var high = column.count
    while low < high {
      let middle = (low + high) / 2
      if Int(column[middle]) < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func key(ofRow row: Int) -> EntryKey { EntryKey(high: keyHigh[row], low: keyLow[row]) }

  func rows(ofDiscussion discussion: Int) -> Range<Int> {
    firstEntry.range(at: discussion, within: entryCount)
  }
}

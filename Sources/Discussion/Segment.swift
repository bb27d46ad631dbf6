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
  let dateSeconds: Column<Int64>
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

  let names: StringTable
  let text: Column<UInt8>

  init(
    parentOffset: Column<UInt32>, depth: Column<UInt32>, subtreeCount: Column<UInt32>,
    ordinal: Column<UInt32>, author: Column<UInt32>, dateSeconds: Column<Int64>, datePrecision: Column<UInt8>,
    dateZone: Column<Int16>, score: Column<Int32>, flags: Column<UInt8>, line: Column<UInt32>,
    keyHigh: Column<UInt64>, keyLow: Column<UInt64>, keyOrder: Column<UInt32>, textStart: Column<UInt64>,
    spanStart: Column<UInt32>, spanLower: Column<UInt32>, spanUpper: Column<UInt32>, spanRole: Column<UInt8>,
    firstEntry: Column<UInt32>, title: Column<UInt32>, format: Column<UInt32>, url: Column<UInt32>,
    nativeID: Column<UInt32>, declaredComments: Column<Int32>, closed: Column<UInt8>,
    sourceStart: Column<UInt32>, sources: Column<UInt32>, categoryStart: Column<UInt32>,
    categories: Column<UInt32>, entryID: Column<UInt32>, names: StringTable, text: Column<UInt8>
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

  /// The row of a key.
  /// - Complexity: O(log entries).
  func row(of key: EntryKey) -> Int? {
    var low = 0
    var high = keyOrder.count
    while low < high {
      let middle = (low + high) / 2
      if self.key(ofRow: Int(keyOrder[middle])) < key { low = middle + 1 } else { high = middle }
    }
    guard low < keyOrder.count else { return nil }
    let row = Int(keyOrder[low])
    return self.key(ofRow: row) == key ? row : nil
  }

  func key(ofRow row: Int) -> EntryKey { EntryKey(high: keyHigh[row], low: keyLow[row]) }

  func rows(ofDiscussion discussion: Int) -> Range<Int> {
    Int(firstEntry[discussion])..<Int(firstEntry[discussion + 1])
  }
}

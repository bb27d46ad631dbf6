public import Discussion

/// Which entries were read: one bit an entry, counts by population. Entries that are hidden by default
/// are quiet: they are never counted as unread.
public struct ReadMarks: Sendable {
  var words = EntryBits()
  private(set) var quiet = EntryBits()
  /// What came since the last visit.
  var new = EntryBits()
  /// Whether what is hidden by default shows, and counts like the rest.
  var countsQuiet = false

  /// Nothing read.
  public init() {}

  /// Whether an entry was read.
  public func isRead(_ entry: EntryID) -> Bool { words[entry] }

  /// Whether an entry waits to be read.
  public func isUnread(_ entry: EntryID) -> Bool { !words[entry] && !isQuiet(entry) }

  /// Marks an entry read or unread.
  public mutating func set(_ entry: EntryID, isRead: Bool) { words[entry] = isRead }

  /// Whether an entry is left out of the counts.
  func isQuiet(_ entry: EntryID) -> Bool { !countsQuiet && quiet[entry] }

  /// Leaves an entry out of the counts while such entries are hidden.
  mutating func setQuiet(_ entry: EntryID) { quiet[entry] = true }

  /// Whether an entry is one of those that are hidden by default.
  func isHiddenByDefault(_ entry: EntryID) -> Bool { quiet[entry] }

  /// Calls `body` for each 64 entries of a segment, with those that were read and those that wait to be
  /// read as bits, the lowest for the entry in `row`.
  /// - Complexity: O(rows / 64).
  public func forEachWord(
    ofSegment segment: Int, rows: Int, _ body: (_ row: Int, _ read: UInt64, _ unread: UInt64) -> Void
  ) {
    for row in stride(from: 0, to: rows, by: 64) {
      let read = words.word(row / 64, ofSegment: segment)
      let left = countsQuiet ? read : read | quiet.word(row / 64, ofSegment: segment)
      let mask = rows - row >= 64 ? UInt64.max : (1 << UInt64(rows - row)) - 1
      body(row, read & mask, ~left & mask)
    }
  }

  /// Number of entries of a run that are hidden by default.
  /// - Complexity: O(entries / 64).
  func hiddenByDefaultCount(in entries: EntryRange) -> Int {
    quiet.isEmpty ? 0 : quiet.count(in: entries)
  }

  /// Number of unread entries of a run.
  /// - Complexity: O(entries / 64).
  public func unreadCount(in entries: EntryRange) -> Int {
    if countsQuiet || quiet.isEmpty { return entries.count - words.count(in: entries) }
    return entries.count - words.count(in: entries, or: quiet)
  }

  /// The first unread entry of a run at or after a place in it.
  public func firstUnread(in entries: EntryRange, from place: Int = 0) -> EntryID? {
    var index = max(0, place)
    while index < entries.count {
      if isUnread(entries[index]) { return entries[index] }
      index += 1
    }
    return nil
  }
}

/// One bit an entry.
struct EntryBits: Sendable {
  private var words: [[UInt64]] = []

  var isEmpty: Bool { words.isEmpty }

  subscript(entry: EntryID) -> Bool {
    get {
      let segment = Int(entry.segment)
      guard segment < words.count, Int(entry.row) / 64 < words[segment].count else { return false }
      return words[segment][Int(entry.row) / 64] >> (entry.row % 64) & 1 == 1
    }
    set {
      let segment = Int(entry.segment)
      while words.count <= segment { words.append([]) }
      let word = Int(entry.row) / 64
      while words[segment].count <= word { words[segment].append(0) }
      if newValue {
        words[segment][word] |= 1 << UInt64(entry.row % 64)
      } else {
        words[segment][word] &= ~(1 << UInt64(entry.row % 64))
      }
    }
  }

  /// Sets bits of a segment besides those that are set.
  mutating func insert(_ bits: UInt64, at word: Int, ofSegment segment: Int) {
    guard bits != 0 else { return }
    while words.count <= segment { words.append([]) }
    if words[segment].count <= word {
      words[segment] += Array(repeating: 0, count: word + 1 - words[segment].count)
    }
    words[segment][word] |= bits
  }

  /// Number of entries of a run whose bit is set, but for those that `left` gives for each 64.
  /// - Complexity: O(entries / 64).
  func count(in entries: EntryRange, without left: (_ index: Int) -> UInt64) -> Int {
    var count = 0
    var row = entries.rows.lowerBound
    while row < entries.rows.upperBound {
      let end = min(entries.rows.upperBound, (row / 64 + 1) * 64)
      let width = UInt64(end - row)
      let mask = width == 64 ? UInt64.max : (1 << width - 1) << UInt64(row % 64)
      let word = word(row / 64, ofSegment: entries.segment) & mask
      if word != 0 { count += (word & ~left(row / 64)).nonzeroBitCount }
      row = end
    }
    return count
  }

  /// 64 bits of a segment.
  func word(_ index: Int, ofSegment segment: Int) -> UInt64 {
    segment < words.count && index < words[segment].count ? words[segment][index] : 0
  }

  /// Number of entries of a run whose bit is set, here or in others.
  /// - Complexity: O(entries / 64).
  func count(in entries: EntryRange, or others: EntryBits = EntryBits()) -> Int {
    let mine = entries.segment < words.count ? words[entries.segment] : []
    let theirs = entries.segment < others.words.count ? others.words[entries.segment] : []
    var count = 0
    var row = entries.rows.lowerBound
    while row < entries.rows.upperBound, row / 64 < max(mine.count, theirs.count) {
      let end = min(entries.rows.upperBound, (row / 64 + 1) * 64)
      let width = UInt64(end - row)
      let mask = width == 64 ? UInt64.max : (1 << width - 1) << UInt64(row % 64)
      let word =
        (row / 64 < mine.count ? mine[row / 64] : 0) | (row / 64 < theirs.count ? theirs[row / 64] : 0)
      count += (word & mask).nonzeroBitCount
      row = end
    }
    return count
  }
}

public import Discussion

/// Which entries were read: one bit an entry, counts by population.
public struct ReadMarks: Sendable {
  private var words: [[UInt64]] = []

  /// Nothing read.
  public init() {}

  /// Whether an entry was read.
  public func isRead(_ entry: EntryID) -> Bool {
    let segment = Int(entry.segment)
    guard segment < words.count, Int(entry.row) / 64 < words[segment].count else { return false }
    return words[segment][Int(entry.row) / 64] >> (entry.row % 64) & 1 == 1
  }

  /// Marks an entry read or unread.
  public mutating func set(_ entry: EntryID, isRead: Bool) {
    let segment = Int(entry.segment)
    while words.count <= segment { words.append([]) }
    let word = Int(entry.row) / 64
    while words[segment].count <= word { words[segment].append(0) }
    if isRead {
      words[segment][word] |= 1 << UInt64(entry.row % 64)
    } else {
      words[segment][word] &= ~(1 << UInt64(entry.row % 64))
    }
  }

  /// Number of unread entries of a run.
  /// - Complexity: O(entries / 64).
  public func unreadCount(in entries: EntryRange) -> Int {
    guard entries.segment < words.count else { return entries.count }
    let bits = words[entries.segment]
    var read = 0
    var row = entries.rows.lowerBound
    while row < entries.rows.upperBound, row / 64 < bits.count {
      let end = min(entries.rows.upperBound, (row / 64 + 1) * 64)
      let width = UInt64(end - row)
      let mask = width == 64 ? UInt64.max : (1 << width - 1) << UInt64(row % 64)
      read += (bits[row / 64] & mask).nonzeroBitCount
      row = end
    }
    return entries.count - read
  }

  /// The first unread entry of a run at or after a place in it.
  public func firstUnread(in entries: EntryRange, from place: Int = 0) -> EntryID? {
    var index = max(0, place)
    while index < entries.count {
      if !isRead(entries[index]) { return entries[index] }
      index += 1
    }
    return nil
  }
}

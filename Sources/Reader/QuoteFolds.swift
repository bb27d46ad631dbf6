import Discussion
import Grid

/// Which entries show their quotes as one line each.
struct QuoteFolds {
  /// Whether quotes are hidden.
  var areHidden = false
  /// Entries whose quotes show all the same.
  var open: Set<EntryID> = []

  func hides(_ entry: EntryID) -> Bool { areHidden && !open.contains(entry) }

  /// The rows of a text with each quote on one row; nil when it has no quotes.
  /// - Complexity: O(lines + passages).
  static func shortened(
    _ lines: [WrappedLine], _ passages: [Range<Int>]
  ) -> [(row: EntryLayout.Row, line: Int)]? {
    guard !passages.isEmpty else { return nil }
    var rows: [(row: EntryLayout.Row, line: Int)] = []
    var passage = 0
    var line = 0
    while line < lines.count {
      let start = lines[line].bytes.lowerBound
      while passage < passages.count, passages[passage].upperBound <= start { passage += 1 }
      guard passage < passages.count, lines[line].columns > 0, isWithin(lines[line], passages[passage]) else {
        rows.append((.text(line), line))
        line += 1
        continue
      }
      let first = line
      var count = 0
      while line < lines.count, isWithin(lines[line], passages[passage]) {
        if lines[line].columns > 0 { count += 1 }
        line += 1
      }
      rows.append((.hiddenQuote(lines: count), first))
    }
    return rows
  }

  /// Whether all of a line, but for what ends it, belongs to a quote.
  private static func isWithin(_ line: WrappedLine, _ passage: Range<Int>) -> Bool {
    passage.contains(line.bytes.lowerBound) && line.bytes.upperBound <= passage.upperBound + 1
  }
}

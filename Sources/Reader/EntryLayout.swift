import Discussion
public import Grid

/// How one entry is set: what stands on each of its rows, at one width.
public struct EntryLayout: Sendable {
  /// What one row of an entry shows.
  public enum Row: Hashable, Sendable {
    /// A line of the discussion's title, by index into `titleLines`.
    case title(Int)
    /// Author, date and sources of the post.
    case byline
    /// Number, author, date and marks of a comment.
    case head
    /// A line of the text, by index into `lines`.
    case text(Int)
    /// What stands for some lines of a quote.
    case hiddenQuote(lines: Int)
    /// Air after the text.
    case blank
  }

  /// Longest line of running text, in columns, where nothing else is set.
  public static let measure = 80

  /// Longest line of running text and of a head, in columns.
  public let measure: Int

  /// Columns that the spine takes in front of head and text.
  public let indent: Int
  /// Columns that the text may fill.
  public let textColumns: Int
  /// Columns that a line of program text may fill: such a line is cut there, not broken.
  public let keptColumns: Int
  /// The lines that are cut, by index into `lines`.
  private let kept: [Range<Int>]
  /// Columns in front of each line; empty when there are none.
  private let hangs: [Int]
  /// Marks of quotations in front of each line; empty when there are none.
  private let quoteLevels: [Int]
  /// How far the longest of them can be moved to the left.
  let mostColumnsAside: Int
  /// The title's lines; empty for a comment.
  public let titleLines: [WrappedLine]
  /// The text's lines; empty when folded.
  public let lines: [WrappedLine]
  /// Whether only the head shows.
  public let isFolded: Bool
  /// For each row of the text what it shows and the line that it begins with; nil when every line does.
  private let shortened: [(row: Row, line: Int)]?
  /// Whether it is the post.
  public let isPost: Bool

  /// Sets an entry at a width.
  /// - Complexity: O(bytes of its text).
  init(
    of entry: EntryID, in library: Library, columns: Int, outdent: Int = 0, isFolded: Bool,
    hidesQuotes: Bool = false, breaksCode: Bool = false, measure: Int = EntryLayout.measure
  ) {
    self.measure = max(1, measure)
    let depth = library.depth(of: entry)
    indent = EntryLayout.indent(depth: depth - outdent, columns: columns)
    let room = columns - indent - 2
    textColumns = max(1, min(measure, room))
    isPost = depth == 0
    self.isFolded = isFolded
    let width = textColumns
    titleLines =
      depth == 0
      ? wrapLines(library.title(of: library.discussion(of: entry)).span, columns: width) : []
    keptColumns = max(1, room)
    let set = isFolded ? nil : SetLines(of: entry, in: library, columns: width, breaksCode: breaksCode)
    lines = set?.lines ?? []
    kept = set?.kept ?? []
    hangs = set?.hangs ?? []
    quoteLevels = set?.quoteLevels ?? []
    var longest = 0
    for line in kept.joined() {
      longest = max(longest, lines[line].columns + (hangs.isEmpty ? 0 : hangs[line]))
    }
    mostColumnsAside = max(0, longest - keptColumns)
    shortened = hidesQuotes ? QuoteFolds.shortened(lines, library.quotedPassages(of: entry)) : nil
  }

  /// Number of rows of the text.
  private var textRowCount: Int { shortened?.count ?? lines.count }

  /// Columns of the spine at a depth: two a level, at most a third of the width.
  static func indent(depth: Int, columns: Int) -> Int {
    1 + min(2 * max(0, depth - 1), columns / 3 / 2 * 2)
  }

  /// Number of rows.
  public var rowCount: Int {
    if isFolded { return 1 }
    let heading = isPost ? titleLines.count + 2 : 1
    return heading + textRowCount + 1
  }

  /// The last row with something to read on it.
  public var lastReadableRow: Int { isFolded ? 0 : rowCount - 2 }

  /// What a row shows.
  public subscript(row: Int) -> Row {
    if isPost {
      if row < titleLines.count { return .title(row) }
      if row == titleLines.count { return .byline }
      if row == titleLines.count + 1 { return .blank }
      return text(row - titleLines.count - 2)
    }
    return row == 0 ? .head : text(row - 1)
  }

  private func text(_ row: Int) -> Row {
    guard row < textRowCount else { return .blank }
    return shortened.map { $0[row].row } ?? .text(row)
  }

  /// Whether a line is program text, which is cut and not broken.
  /// - Complexity: O(passages of program text).
  public func isKept(line: Int) -> Bool { kept.contains { $0.contains(line) } }

  /// Columns in front of a line: the lines of a list's item hang below its mark.
  /// - Complexity: O(1).
  public func hang(ofLine line: Int) -> Int { hangs.isEmpty ? 0 : hangs[line] }

  /// How deep in quotations without marks of their own a line stands: two of the columns in front of it are
  /// each level's.
  /// - Complexity: O(1).
  public func quoteLevel(ofLine line: Int) -> Int { quoteLevels.isEmpty ? 0 : quoteLevels[line] }

  /// The kept line in which a byte stands; nil where lines are broken.
  func keptLine(ofByte byte: Int) -> (index: Int, bytes: Range<Int>)? {
    for line in kept.joined() where lines[line].bytes.contains(byte) { return (line, lines[line].bytes) }
    return nil
  }

  /// The row on which a byte of the text stands.
  /// - Complexity: O(log lines).
  public func row(ofByte byte: Int) -> Int {
    if isFolded { return 0 }
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].bytes.lowerBound <= byte { low = middle + 1 } else { high = middle }
    }
    var row = max(0, low - 1)
    if let shortened { row = max(0, (shortened.firstIndex { $0.line > row } ?? shortened.count) - 1) }
    return (isPost ? titleLines.count + 2 : 1) + row
  }

  /// The first byte of the text on a row; 0 on the rows above the text.
  public func byte(atRow row: Int) -> Int {
    var line = row - (isPost ? titleLines.count + 2 : 1)
    guard line >= 0, !lines.isEmpty else { return 0 }
    if let shortened, let last = shortened.last {
      line = line < shortened.count ? shortened[line].line : last.line
    }
    return lines[min(line, lines.count - 1)].bytes.lowerBound
  }
}

public import Grid

/// A text that is looked at by itself: the source of an entry, the digest of bookmarks.
public struct TextPage: Sendable {
  /// What it is, one line.
  public var title: String
  /// The text, as it came: the display rule is for who draws it.
  public var text: [UInt8]
  /// The topmost line.
  public private(set) var top = 0
  /// Where its lines break, at `columns`.
  public private(set) var lines: [WrappedLine] = []
  private var columns = 0
  /// The byte to show when the page comes up.
  private var start: Int

  /// A text to look at, from a byte on.
  public init(title: String, text: [UInt8], start: Int = 0) {
    self.title = title
    self.text = text
    self.start = start
  }

  /// Fits it to a size and keeps its place within the text.
  /// - Complexity: O(bytes of the text) when the width changed, else O(1).
  mutating func settle(columns: Int, rows: Int) {
    if columns != self.columns {
      // The byte on top stays there.
      let byte = lines.indices.contains(top) ? lines[top].bytes.lowerBound : start
      lines = wrapLines(text.span, columns: max(1, columns))
      self.columns = columns
      top = max(0, (lines.firstIndex { $0.bytes.lowerBound > byte } ?? lines.count) - 1)
    }
    top = min(max(0, top), max(0, lines.count - rows))
  }

  mutating func scroll(by lines: Int) { top += lines }
  mutating func go(toLine line: Int) { top = line }
}

extension ReaderState {
  /// Rows that a page of text has.
  var pageRows: Int { max(1, size.rows - 2) }

  /// A key while a page of text is looked at.
  mutating func takeInPage(_ key: Key) -> [Effect] {
    guard var page else { return [] }
    let rows = pageRows
    switch (key.code, key.control) {
    case (.escape, _), (.scalar("c"), true), (.scalar("q"), false), (.scalar("h"), false), (.left, _):
      self.page = nil
      return []
    case (.down, _), (.scalar("j"), false), (.enter, _), (.scalar("e"), true), (.scalar("n"), true):
      page.scroll(by: 1)
    case (.up, _), (.scalar("k"), false), (.scalar("y"), true), (.scalar("p"), true): page.scroll(by: -1)
    case (.scalar(" "), false), (.pageDown, _), (.scalar("f"), true): page.scroll(by: max(1, rows - 2))
    case (.scalar("b"), _), (.pageUp, _): page.scroll(by: -max(1, rows - 2))
    case (.scalar("d"), _): page.scroll(by: max(1, rows / 2))
    case (.scalar("u"), _): page.scroll(by: -max(1, rows / 2))
    case (.scalar("g"), false), (.home, _): page.go(toLine: 0)
    case (.scalar("G"), false), (.end, _): page.go(toLine: page.lines.count)
    case (.scalar("Y"), false), (.scalar("y"), false):
      return copy(DisplayRule.printable(page.text.span, lineEnds: .keep), what: "what is shown")
    case (.scalar("l"), true): return [.redraw]
    case (.scalar("z"), true): return [.suspend]
    default: break
    }
    self.page = page
    return []
  }
}

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
  /// Columns out of sight on the left, while lines are cut at the edge; nil while they are broken.
  public private(set) var aside: Int?
  private var columns = 0
  /// Columns of the longest line.
  private var longest = 0
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
      self.columns = columns
      setLines()
    }
    if let aside { self.aside = min(aside, mostColumnsAside) }
    top = min(max(0, top), max(0, lines.count - rows))
  }

  /// Breaks its lines, or leaves them whole; the byte on top stays there.
  private mutating func setLines() {
    let byte = lines.indices.contains(top) ? lines[top].bytes.lowerBound : start
    lines = wrapLines(text.span, columns: aside == nil ? max(1, columns) : SetLines.unbroken)
    longest = lines.reduce(0) { max($0, $1.columns) }
    top = max(0, (lines.firstIndex { $0.bytes.lowerBound > byte } ?? lines.count) - 1)
  }

  private var mostColumnsAside: Int { max(0, longest - columns) }

  /// To the right: first the lines stay whole, then they move; to the left: back, and they are broken again.
  mutating func scrollSideways(_ direction: Int, times: Int?) {
    let step = times ?? max(1, columns / 2)
    guard let aside else {
      guard direction > 0 else { return }
      self.aside = 0
      setLines()
      if let times { self.aside = min(times, mostColumnsAside) }
      return
    }
    if direction < 0, aside == 0 {
      self.aside = nil
      setLines()
    } else {
      self.aside = min(max(0, aside + direction * step), mostColumnsAside)
    }
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
    if takeSideways(key, &page) {
      self.page = page
      return []
    }
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

  /// A key of `zl`, `zh` or the number before them.
  private mutating func takeSideways(_ key: Key, _ page: inout TextPage) -> Bool {
    guard case .scalar(let scalar) = key.code, !key.control, !key.alt else {
      count = nil
      pendingKeys = []
      return false
    }
    if !pendingKeys.isEmpty {
      let times = count
      count = nil
      pendingKeys = []
      guard scalar == "l" || scalar == "h" else { return false }
      page.scrollSideways(scalar == "l" ? 1 : -1, times: times)
      return true
    }
    if scalar == "z" {
      pendingKeys = [key]
      return true
    }
    if ("0"..."9").contains(scalar), scalar != "0" || count != nil {
      count = min(99_999, (count ?? 0) * 10 + Int(scalar.value) - 0x30)
      return true
    }
    count = nil
    return false
  }
}

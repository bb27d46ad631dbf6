import Discussion

/// Puts the lines of a text together: lines parted by LF, paragraphs by one blank line.
struct TextAssembly {
  private(set) var text = ParsedText()
  private var isBetweenParagraphs = false
  private var openQuote: Int?

  /// Whether nothing but blank lines came yet.
  var isEmpty: Bool { text.utf8.isEmpty }

  /// A blank line.
  mutating func endParagraph() {
    isBetweenParagraphs = true
    closeQuote()
  }

  /// One line; `>` in front marks a quoted one.
  mutating func append(_ line: ArraySlice<UInt8>, isListItem: Bool = false) {
    guard !line.isEmpty else { return endParagraph() }
    let isQuote = line.first == 0x3E
    if !isQuote { closeQuote() }
    if !text.utf8.isEmpty {
      text.utf8.append(0x0A)
      if isBetweenParagraphs { text.utf8.append(0x0A) }
    }
    isBetweenParagraphs = false
    let start = text.utf8.count
    text.utf8.append(contentsOf: line)
    if isQuote {
      openQuote = openQuote ?? start
    } else if isListItem {
      text.spans.append(RoleSpan(start..<text.utf8.count, .listItem))
    }
  }

  /// The text so far.
  mutating func finish() -> ParsedText {
    closeQuote()
    return text
  }

  private mutating func closeQuote() {
    guard let start = openQuote else { return }
    text.spans.append(RoleSpan(start..<text.utf8.count, .quote))
    openQuote = nil
  }
}

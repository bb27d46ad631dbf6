import Discussion

/// Puts the lines of a text together: lines parted by LF, paragraphs by one blank line; finds quoted lines,
/// list items, and program text where its shape leaves no doubt.
struct TextAssembly {
  private(set) var text = ParsedText()
  private var isBetweenParagraphs = false
  private var openQuote: Int?
  private var isForcedQuote = false
  /// Lines of the paragraph that look like program text, all its lines, and where it begins.
  private var codeLines = 0
  private var lineCount = 0
  private var paragraphStart = 0
  private var paragraphHasSpans = false
  private var fence: Int?

  /// Whether nothing but blank lines came yet.
  var isEmpty: Bool { text.utf8.isEmpty }

  /// A blank line.
  mutating func endParagraph() {
    guard !isBetweenParagraphs else { return }
    isBetweenParagraphs = true
    if !isForcedQuote { closeQuote() }
    closeParagraph()
  }

  /// One line; `>` in front marks a quoted one.
  mutating func append(_ line: ArraySlice<UInt8>, isListItem: Bool = false, isQuote isForced: Bool = false) {
    guard !line.isEmpty else { return endParagraph() }
    let isQuote = isForced || line.first == 0x3E
    if !isQuote || isForced != isForcedQuote { closeQuote() }
    isForcedQuote = isForced
    if !text.utf8.isEmpty {
      text.utf8.append(0x0A)
      if isBetweenParagraphs { text.utf8.append(0x0A) }
    }
    if isBetweenParagraphs || text.utf8.isEmpty { beginParagraph() }
    isBetweenParagraphs = false
    let start = text.utf8.count
    text.utf8.append(contentsOf: line)
    lineCount += 1
    if isQuote {
      openQuote = openQuote ?? start
      paragraphHasSpans = true
    } else if line.starts(with: [0x60, 0x60, 0x60]) {
      takeFence(start)
    } else if fence == nil {
      if isListItem {
        text.spans.append(RoleSpan(start..<text.utf8.count, .listItem))
        paragraphHasSpans = true
      } else if CodeShape.isCode(line) {
        codeLines += 1
      }
    }
  }

  /// The text so far.
  mutating func finish() -> ParsedText {
    closeQuote()
    closeParagraph()
    // Fences nest with nothing, but they are closed after what lies in them.
    text.spans.sort {
      ($0.bytes.lowerBound, $1.bytes.upperBound) < ($1.bytes.lowerBound, $0.bytes.upperBound)
    }
    return text
  }

  private mutating func beginParagraph() {
    (codeLines, lineCount, paragraphHasSpans) = (0, 0, false)
    paragraphStart = text.utf8.count
  }

  /// A paragraph of which nearly every line looks like program text is that.
  private mutating func closeParagraph() {
    defer { (codeLines, lineCount) = (0, 0) }
    guard fence == nil, !paragraphHasSpans, codeLines >= 2, codeLines * 4 >= lineCount * 3 else { return }
    text.spans.append(RoleSpan(paragraphStart..<text.utf8.count, .code))
  }

  /// A line of three backticks begins or ends program text.
  private mutating func takeFence(_ start: Int) {
    paragraphHasSpans = true
    if let begun = fence {
      let isCrossed = text.spans.contains { $0.bytes.upperBound > begun && $0.role != .quote }
      if !isCrossed, openQuote == nil { text.spans.append(RoleSpan(begun..<text.utf8.count, .code)) }
      fence = nil
    } else {
      fence = start
    }
  }

  private mutating func closeQuote() {
    guard let start = openQuote else { return }
    text.spans.append(RoleSpan(start..<text.utf8.count, .quote))
    openQuote = nil
  }
}

/// Lines that only programs have.
enum CodeShape {
  /// Whether a line ends or begins as lines of programs do and sentences do not.
  static func isCode(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count > 3, line.count <= 200, let last = line.last else { return false }
    if last == 0x3B || last == 0x7B || last == 0x7D { return true }
    if line.count > 2, line.first == 0x24, line[line.startIndex + 1] == 0x20 { return true }
    let isCall = last == 0x29 && line.contains(0x28) && !line.contains(0x20)
    guard !isCall, let first = line.first, initials.contains(first) else { return isCall }
    return starts.contains { line.starts(with: $0.utf8) }
  }

  private static let initials = ByteSet(firstOf: starts)

  private static let starts: [StaticText] = [
    "#include ", "#define ", "def ", "return ", "sudo ", "</", "<?", "<!--", "public class ", "private ",
    "const ",
    "var ", "#!/", "async def ", "await ", "elif ", "print(", "echo ", "apt-get ", "git ", "npm ",
    "pip install ",
  ]
}

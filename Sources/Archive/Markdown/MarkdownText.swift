import Discussion

/// Text in Markdown, as forums and trackers keep it: the words as they are shown, with their roles.
///
/// Blocks are quotations, lists, headings, indented and fenced code, rules and paragraphs; what a paragraph
/// holds is read by `MarkdownLine`. HTML in it stays as it stands.
struct MarkdownText {
  /// The words of a text.
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - breaksLines: whether each line end is one (as trackers show comments) or none is but behind two
  ///     spaces.
  /// - Complexity: O(bytes).
  static func parsed(_ text: [UInt8], breaksLines: Bool = false) -> ParsedText {
    if !text.contains(where: { special[Int($0)] }) {
      if text.first.map({ $0 > 0x20 }) ?? true, text.last.map({ $0 > 0x20 }) ?? true {
        return ParsedText(utf8: text)
      }
    }
    var reader = MarkdownText(breaksLines: breaksLines)
    reader.read(text)
    return reader.finish()
  }

  /// At most so many quotations stand in each other; what is deeper counts as that deep.
  private static let quoteLimit = 32

  /// Bytes that may mean more than themselves, anywhere in a text.
  private static let special: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in "\n\r\t&*_`[]<>#:\\|+=~!-".utf8 { table[Int(byte)] = true }
    for byte in 0x30...0x39 { table[byte] = true }
    return table
  }()

  private enum Block: Equatable {
    case paragraph, item, heading, code
  }

  /// Steps taken, for tests of linearity: bytes looked at.
  var operations: Int { lineOperations + inline.operations }

  private let breaksLines: Bool
  private var lineOperations = 0
  private var output: [UInt8] = []
  private var spans: [RoleSpan] = []
  private var inline = MarkdownLine()
  private var paragraph: [UInt8] = []
  private var block = Block.paragraph
  private var depth = 0
  private var quotes: [Int] = []
  private var fence: (byte: UInt8, length: Int)?
  private var lastBlock: Block?
  private var blankBefore = true
  private var isInList = false
  private var hardBreak = false

  init(breaksLines: Bool) { self.breaksLines = breaksLines }

  /// Reads all lines of a text.
  mutating func read(_ text: [UInt8]) {
    output.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      var end = at
      while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
      line(text, at..<end)
      lineOperations &+= end - at + 1
      at = end + (end + 1 < text.count && text[end] == 0x0D && text[end + 1] == 0x0A ? 2 : 1)
    }
  }

  /// The words read.
  mutating func finish() -> ParsedText {
    flush()
    closeQuotes(to: 0)
    return ParsedText(utf8: output, spans: MarkdownText.nested(spans))
  }

  /// Spans in the order of their starts, the outer before the inner. Of two over the same words the one
  /// that was closed later is the outer one.
  private static func nested(_ spans: [RoleSpan]) -> [RoleSpan] {
    guard spans.count > 1 else { return spans }
    let order = spans.indices.sorted {
      (spans[$0].bytes.lowerBound, -spans[$0].bytes.upperBound, -$0)
        < (spans[$1].bytes.lowerBound, -spans[$1].bytes.upperBound, -$1)
    }
    return order.map { spans[$0] }
  }

  // MARK: Lines

  private mutating func line(_ text: [UInt8], _ range: Range<Int>) {
    var at = range.lowerBound
    var lineDepth = 0
    while true {
      var mark = at
      while mark < range.upperBound, mark - at < 3, text[mark] == 0x20 { mark += 1 }
      guard mark < range.upperBound, text[mark] == 0x3E, fence == nil || lineDepth < depth else { break }
      // `>!` begins a spoiler.
      if mark + 1 < range.upperBound, text[mark + 1] == 0x21 { break }
      at = mark + 1
      if at < range.upperBound, text[at] == 0x20 { at += 1 }
      lineDepth += 1
    }
    lineDepth = min(lineDepth, MarkdownText.quoteLimit)
    var end = range.upperBound
    while end > at, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
    let hasHardBreak = range.upperBound - end >= 2 && end > at
    if fence != nil {
      if lineDepth < depth {
        flush()
        fence = nil
      } else {
        if endsFence(text, at..<end) {
          flush()
          fence = nil
        } else {
          codeLine(text[at..<end])
        }
        return
      }
    }
    if MarkdownText.isBlank(text[at..<end]) {
      if block != .code || paragraph.isEmpty { flush() } else { codeLine([]) }
      blankBefore = true
      return
    }
    let content = Line(text, at..<end)
    let isText = content.kind == .text
    let isLazy = isText && lineDepth < depth && !paragraph.isEmpty && block != .code && !blankBefore
    if lineDepth != depth, !isLazy {
      flush()
      depth = lineDepth
      if lineDepth == 0 || !isInList { isInList = false }
    }
    take(content, text, end: end, hasHardBreak: hasHardBreak)
    blankBefore = false
  }

  private mutating func take(_ line: Line, _ text: [UInt8], end: Int, hasHardBreak: Bool) {
    let isRunning = !paragraph.isEmpty && block != .code && !blankBefore
    if line.indent >= 4, !isRunning, !isInList || line.indent >= 8 {
      if block != .code { flush() }
      block = .code
      codeLine(text[line.codeStart..<end])
      return
    }
    if block == .code { flush() }
    switch line.kind {
    case .fence(let byte, let length):
      flush()
      block = .code
      fence = (byte, length)
    case .heading(let start):
      flush()
      block = .heading
      var last = end
      while last > start, text[last - 1] == 0x23 { last -= 1 }
      paragraph.append(contentsOf: text[start..<(last > start && text[last - 1] == 0x20 ? last : end)])
      flush()
      isInList = false
    case .underline where isRunning && block == .paragraph:
      block = .heading
      flush()
    case .underline(let isRule) where isRule: flush()
    case .item(let mark, let start, let interrupts) where !isRunning || interrupts || block == .item:
      flush()
      block = .item
      isInList = true
      paragraph.append(contentsOf: mark)
      paragraph.append(contentsOf: text[start..<end])
      hardBreak = hasHardBreak
    default:
      if blankBefore, line.indent == 0 { isInList = false }
      if paragraph.isEmpty { block = .paragraph }
      if !paragraph.isEmpty {
        if paragraph.last == 0x5C, !hardBreak {
          paragraph.removeLast()
          hardBreak = true
        }
        paragraph.append(breaksLines || hardBreak ? 0x0A : 0x20)
      }
      paragraph.append(contentsOf: text[line.start..<end])
      // The rows of a table stay lines.
      hardBreak = hasHardBreak || text[line.start..<end].contains(0x7C)
    }
  }

  private mutating func codeLine(_ line: ArraySlice<UInt8>) {
    if line.isEmpty, paragraph.isEmpty { return }
    if !paragraph.isEmpty { paragraph.append(0x0A) }
    paragraph.append(contentsOf: line)
  }

  private func endsFence(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    guard let fence else { return false }
    let marks = text[range].drop { $0 == 0x20 }
    return marks.count >= fence.length && marks.allSatisfy { $0 == fence.byte }
  }

  /// Whether a line shows nothing: white space, or the invisible references that editors put for empty
  /// lines.
  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    if line.isEmpty { return true }
    guard line.count <= 16 else { return false }
    let words = line.filter { $0 > 0x20 }
    return words.isEmpty || words.elementsEqual("&nbsp;".utf8) || words.elementsEqual("&#x200B;".utf8)
      || words.elementsEqual([0xE2, 0x80, 0x8B]) || words.elementsEqual([0xC2, 0xA0])
  }

  // MARK: Blocks

  /// Writes the block that was read so far.
  private mutating func flush() {
    defer {
      paragraph.removeAll(keepingCapacity: true)
      block = .paragraph
      hardBreak = false
    }
    while let last = paragraph.last, last <= 0x20 { paragraph.removeLast() }
    guard !paragraph.isEmpty else { return }
    let before = (output: output.count, spans: spans.count)
    let isSameQuote = quotes.count == depth
    closeQuotes(to: depth)
    if !output.isEmpty {
      let isTight = block == .item && lastBlock == .item && isSameQuote
      output.append(contentsOf: isTight ? [0x0A] : [0x0A, 0x0A])
    }
    let start = output.count
    if block == .code {
      MarkdownText.appendCode(paragraph, to: &output)
    } else {
      inline.read(paragraph, into: &output, &spans)
    }
    trim(from: start, spansFrom: before.spans)
    guard output.count > start else {
      output.removeLast(output.count - before.output)
      return
    }
    while quotes.count < depth { quotes.append(start) }
    switch block {
    case .code: spans.append(RoleSpan(start..<output.count, .code))
    case .heading: spans.append(RoleSpan(start..<output.count, .heading))
    case .item: spans.append(RoleSpan(start..<output.count, .listItem))
    case .paragraph: break
    }
    lastBlock = block
  }

  /// Takes away white space at the end of what was written since a place.
  private mutating func trim(from start: Int, spansFrom first: Int) {
    let written = output.count
    while output.count > start, let last = output.last {
      if last <= 0x20 {
        output.removeLast()
      } else if last == 0xA0, output.count - start >= 2, output[output.count - 2] == 0xC2 {
        output.removeLast(2)
      } else {
        break
      }
    }
    guard output.count < written else { return }
    var kept = first
    for index in first..<max(first, spans.count) {
      let bytes = spans[index].bytes
      guard bytes.lowerBound < output.count else { continue }
      spans[kept] = spans[index]
      spans[kept].bytes = bytes.lowerBound..<min(bytes.upperBound, output.count)
      kept += 1
    }
    spans.removeLast(spans.count - kept)
  }

  /// Code keeps its lines; several blank ones in a row become one.
  private static func appendCode(_ code: [UInt8], to output: inout [UInt8]) {
    var ends = 0
    for byte in code {
      if byte == 0x0A {
        ends += 1
        if ends > 2 { continue }
        while let last = output.last, last == 0x20 || last == 0x09 { output.removeLast() }
      } else {
        ends = 0
      }
      output.append(byte)
    }
  }

  private mutating func closeQuotes(to depth: Int) {
    while quotes.count > depth, let start = quotes.popLast() {
      spans.append(RoleSpan(start..<output.count, .quote))
    }
  }
}

import Discussion

/// Builds the text of a message: lines as they were written, no white space at their ends, one blank line
/// between paragraphs; quoted lines and the signature by role.
struct MailTextBuilder {
  /// Quotes nested deeper than this have no roles of their own.
  static let quoteDepthLimit = 16

  private var utf8: [UInt8] = []
  private var spans: [RoleSpan] = []
  private var attachments: [[UInt8]] = []
  /// Spans of quotes that are open, outermost first.
  private var openQuotes: [Int] = []
  private var quoteEnd = 0

  /// Whether nothing was written yet.
  var isEmpty: Bool { utf8.isEmpty }

  /// Appends the lines of a plain text.
  /// - Parameters:
  ///   - bytes: valid UTF-8 within `range`.
  ///   - isStuffed: whether lines that begin with `From ` got a `>` in front when they were filed.
  /// - Complexity: O(range).
  mutating func append(_ bytes: [UInt8], _ range: Range<Int>, isStuffed: Bool) {
    if LoneReturns.exist(bytes.span, range) {
      let lines = LoneReturns.replaced(bytes, range)
      return append(lines, 0..<lines.count, isStuffed: isStuffed)
    }
    utf8.reserveCapacity(utf8.count + range.count + 2)
    let firstSpan = spans.count
    let span = bytes.span
    let end = range.upperBound
    var copy = PendingCopy(gap: utf8.isEmpty ? 0 : 2)
    var signature = SignatureSearch()
    var position = range.lowerBound
    while position < end {
      let lineEnd = span.lineEnd(from: position, to: end)
      var start = position
      var stop = lineEnd
      while stop > start, span[stop - 1].isTrailingSpace { stop -= 1 }
      position = lineEnd + 1
      if stop == start {
        if copy.gap == 1 {
          copy.gap = 2
          closeQuotes(to: 0)
        }
        continue
      }
      var depth = 0
      switch span[start] {
      case 0x3E:
        if isStuffed, MboxStuffing.isStuffed(span, start, stop) { start += 1 }
        depth = QuoteMarks.depth(span, start, stop)
      case 0x20: depth = span[start + 1] == 0x3E ? QuoteMarks.depth(span, start + 1, stop) : 0
      case 0xE2: depth = QuoteMarks.depth(span, start, stop)
      case 0x62:
        if let file = InlineFile(uuencoded: span, start, end) {
          attachments.append(file.line(bytes))
          position = file.end
          continue
        }
      case 0x3D:
        if let file = InlineFile(yEncoded: span, start, end) {
          attachments.append(file.line(bytes))
          position = file.end
          continue
        }
      default: break
      }
      let place = copy.take(start..<stop, of: bytes, into: &utf8)
      if depth != openQuotes.count || depth > 0 { quote(depth, place, place + (stop - start)) }
      signature.look(span, start..<stop, lineEnd, at: place)
    }
    copy.flush(bytes, into: &utf8)
    closeQuotes(to: 0)
    if let start = signature.start {
      let index = spans[firstSpan...].firstIndex { $0.bytes.lowerBound >= start } ?? spans.count
      spans.insert(RoleSpan(start..<utf8.count, .signature), at: index)
    }
  }

  /// Appends text that has its roles already.
  mutating func append(_ text: ParsedText) {
    guard !text.utf8.isEmpty else { return }
    if !utf8.isEmpty { utf8 += [0x0A, 0x0A] }
    let start = utf8.count
    utf8 += text.utf8
    for span in text.spans { spans.append(span.moved(by: start)) }
  }

  /// Names a file that is not shown; it comes at the end.
  mutating func append(attachment line: [UInt8]) { attachments.append(line) }

  /// The text.
  consuming func finish() -> ParsedText {
    for (index, line) in attachments.enumerated() {
      if !utf8.isEmpty { utf8 += index == 0 ? [0x0A, 0x0A] : [0x0A] }
      utf8 += line
    }
    return ParsedText(utf8: utf8, spans: spans)
  }

  /// A line of a quotation, or one that ends it.
  private mutating func quote(_ depth: Int, _ start: Int, _ end: Int) {
    let depth = min(depth, MailTextBuilder.quoteDepthLimit)
    closeQuotes(to: depth)
    while openQuotes.count < depth {
      openQuotes.append(spans.count)
      spans.append(RoleSpan(start..<end, .quote))
    }
    quoteEnd = end
  }

  private mutating func closeQuotes(to depth: Int) {
    while openQuotes.count > depth, let open = openQuotes.popLast() {
      spans[open].bytes = spans[open].bytes.lowerBound..<quoteEnd
    }
  }
}

/// Lines that are copied as they stand are copied together.
private struct PendingCopy {
  /// What parts the next line from what came before: nothing, a line end, a blank line.
  var gap: Int
  private var start = 0
  private var end = 0

  init(gap: Int) { self.gap = gap }

  /// Takes a line.
  /// - Returns: where it will stand in the text.
  @inline(__always)
  mutating func take(_ line: Range<Int>, of bytes: [UInt8], into utf8: inout [UInt8]) -> Int {
    if end > start, line.lowerBound - end == gap {
      // Between the lines are just the line ends that shall be there.
      end = line.upperBound
      gap = 1
      return utf8.count + (line.lowerBound - start)
    }
    flush(bytes, into: &utf8)
    if gap > 0 { utf8.append(0x0A) }
    if gap > 1 { utf8.append(0x0A) }
    (start, end) = (line.lowerBound, line.upperBound)
    gap = 1
    return utf8.count
  }

  mutating func flush(_ bytes: [UInt8], into utf8: inout [UInt8]) {
    guard end > start else { return }
    utf8.append(contentsOf: bytes[start..<end])
    (start, end) = (0, 0)
  }
}

/// Finds where a signature starts: at the last line that is `-- `; or at a `--` that lost its space, if
/// no more lines follow than a signature has.
private struct SignatureSearch {
  private static let lineLimit = 8
  private var marked: Int?
  private var unmarked: Int?
  private var linesSince = 0

  @inline(__always)
  mutating func look(_ span: Span<UInt8>, _ line: Range<Int>, _ lineEnd: Int, at place: Int) {
    linesSince += 1
    guard line.count == 2, span[line.lowerBound] == 0x2D, span[line.lowerBound + 1] == 0x2D else { return }
    if line.upperBound < lineEnd, span[line.upperBound] == 0x20 {
      marked = place
    } else {
      unmarked = place
      linesSince = 0
    }
  }

  var start: Int? { marked ?? (linesSince <= SignatureSearch.lineLimit ? unmarked : nil) }
}

/// `>` in front of quoted lines.
enum QuoteMarks {
  /// How many marks stand in front of a line; a space may part them. `›` counts too.
  static func depth(_ span: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var depth = 0
    var position = start
    while position < end {
      if span[position] == 0x3E {
        position += 1
      } else if span[position] == 0xE2, end - position >= 3, span[position + 1] == 0x80,
        span[position + 2] == 0xBA
      {
        position += 3
      } else {
        break
      }
      depth += 1
      if position < end, span[position] == 0x20 { position += 1 }
    }
    return depth
  }
}

/// Carriage returns that stand alone end lines too.
private enum LoneReturns {
  static func exist(_ span: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while true {
      position = span.position(of: 0x0D, from: position, to: range.upperBound) + 1
      guard position < range.upperBound else { return false }
      if span[position] != 0x0A && span[position] != 0x0D { return true }
    }
  }

  static func replaced(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var lines = Array(bytes[range])
    for position in lines.indices where lines[position] == 0x0D {
      let isLone = position + 1 == lines.count || lines[position + 1] != 0x0A && lines[position + 1] != 0x0D
      if isLone { lines[position] = 0x0A }
    }
    return lines
  }
}

extension UInt8 {
  /// White space that may stand at the end of a line.
  @inline(__always)
  var isTrailingSpace: Bool { self == 0x20 || self == 0x0D || self == 0x09 || self == 0x0C || self == 0x0B }
}

import Discussion

/// What stands within a paragraph of Markdown: emphasis, code, links, references, escapes.
///
/// One pass with a short stack of marks that may still find their partner; whatever finds none stays as it
/// is written.
struct MarkdownLine {
  /// A mark that was written and goes when its partner comes.
  private struct Mark {
    var byte: UInt8
    var length: Int
    /// Where it stands in the text written.
    var place: Int
  }

  /// At most so many marks wait; the oldest are forgotten.
  private static let markLimit = 32
  /// The longest address of a link.
  private static let addressLimit = 8192

  /// Steps taken, for tests of linearity: bytes looked at.
  private(set) var operations = 0

  private var text: [UInt8] = []
  private var spans: [RoleSpan] = []
  private var marks: [Mark] = []
  private var removed: [Range<Int>] = []
  /// For runs of so many backticks: whether no further one follows.
  private var unclosedTicks: UInt64 = 0

  /// Bytes that may mean more than themselves.
  private static let special: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in "&*_`[]<!:\\".utf8 { table[Int(byte)] = true }
    return table
  }()

  /// Reads a paragraph and appends its words and roles.
  /// - Complexity: O(bytes).
  mutating func read(_ source: [UInt8], into output: inout [UInt8], _ roles: inout [RoleSpan]) {
    text.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    removed.removeAll(keepingCapacity: true)
    unclosedTicks = 0
    let span = source.span
    let table = MarkdownLine.special.span
    var at = 0
    while at < span.count {
      var end = at
      while end < span.count, !table[Int(span[end])] { end += 1 }
      if end > at {
        text.append(contentsOf: source[at..<end])
        at = end
        continue
      }
      at = take(source, span, at)
      operations &+= 1
    }
    operations &+= span.count
    write(into: &output, &roles)
  }

  /// Reads what begins with a special byte.
  /// - Returns: the place behind it.
  private mutating func take(_ source: [UInt8], _ span: Span<UInt8>, _ at: Int) -> Int {
    let next: UInt8 = at + 1 < span.count ? span[at + 1] : 0
    switch span[at] {
    case 0x5C where MarkdownLine.isPunctuation(next):
      text.append(next)
      return at + 2
    case 0x26:
      let start = text.count
      let length = CharacterReferences.append(span, at: at, end: span.count, as: .xml, to: &text)
      if length > 0 {
        // A space of no width is no word.
        if text[start...].elementsEqual([0xE2, 0x80, 0x8B]) { text.removeLast(3) }
        return at + length
      }
    case 0x60: return ticks(source, span, at)
    case 0x2A, 0x5F: return emphasis(span, at)
    case 0x21 where next == 0x5B:
      push(Mark(byte: 0x5B, length: 2, place: text.count))
      text.append(contentsOf: [0x21, 0x5B])
      return at + 2
    case 0x5B:
      push(Mark(byte: 0x5B, length: 1, place: text.count))
    case 0x5D: return closeBracket(source, span, at)
    case 0x3C:
      if let end = addressEnd(span, at) {
        let start = text.count
        text.append(contentsOf: source[(at + 1)..<end])
        spans.append(RoleSpan(start..<text.count, .link))
        return end + 1
      }
    case 0x3A where next == 0x2F && at + 2 < span.count && span[at + 2] == 0x2F:
      return address(source, span, at)
    default: break
    }
    text.append(span[at])
    return at + 1
  }

  private mutating func push(_ mark: Mark) {
    if marks.count == MarkdownLine.markLimit { marks.removeFirst() }
    marks.append(mark)
  }

  /// Removes what was written since a place but keeps spans and marks right.
  private mutating func remove(_ mark: Mark) {
    removed.append(mark.place..<mark.place + mark.length)
  }

  // MARK: Code

  private mutating func ticks(_ source: [UInt8], _ span: Span<UInt8>, _ start: Int) -> Int {
    var open = start
    while open < span.count, span[open] == 0x60 { open += 1 }
    let length = open - start
    if length < 64, unclosedTicks & (1 << UInt64(length)) == 0 {
      var at = open
      while at < span.count {
        guard span[at] == 0x60 else {
          at += 1
          continue
        }
        let run = at
        while at < span.count, span[at] == 0x60 { at += 1 }
        guard at - run == length else { continue }
        var code = source[open..<run]
        if code.count > 2, code.first == 0x20, code.last == 0x20 { code = code.dropFirst().dropLast() }
        let place = text.count
        text.append(contentsOf: code)
        if text.count > place { spans.append(RoleSpan(place..<text.count, .code)) }
        return at
      }
      operations &+= span.count - open
      unclosedTicks |= 1 << UInt64(length)
    }
    text.append(contentsOf: source[start..<open])
    return open
  }

  // MARK: Emphasis

  private mutating func emphasis(_ span: Span<UInt8>, _ start: Int) -> Int {
    let byte = span[start]
    var end = start
    while end < span.count, span[end] == byte { end += 1 }
    let length = end - start
    let before: UInt8 = start > 0 ? span[start - 1] : 0x20
    let after: UInt8 = end < span.count ? span[end] : 0x20
    let isLeft =
      after > 0x20
      && (!MarkdownLine.isPunctuation(after) || before <= 0x20 || MarkdownLine.isPunctuation(before))
    let isRight =
      before > 0x20
      && (!MarkdownLine.isPunctuation(before) || after <= 0x20 || MarkdownLine.isPunctuation(after))
    let isWordMark = byte == 0x2A
    let canClose = isRight && (isWordMark || !isLeft || MarkdownLine.isPunctuation(after))
    let canOpen = isLeft && (isWordMark || !isRight || MarkdownLine.isPunctuation(before))
    if length <= 3, canClose, let open = partner(byte, length) {
      let mark = marks[open]
      marks.removeLast(marks.count - open)
      if mark.place + mark.length < text.count {
        remove(mark)
        let words = mark.place + length..<text.count
        if length != 2 { spans.append(RoleSpan(words, .emphasis)) }
        if length >= 2 { spans.append(RoleSpan(words, .strong)) }
        return end
      }
    }
    if length <= 3, canOpen { push(Mark(byte: byte, length: length, place: text.count)) }
    text.append(contentsOf: repeatElement(byte, count: length))
    return end
  }

  /// The mark that one of this kind closes; none behind an open bracket.
  private func partner(_ byte: UInt8, _ length: Int) -> Int? {
    for index in marks.indices.reversed() {
      if marks[index].byte == 0x5B { return nil }
      if marks[index].byte == byte, marks[index].length == length { return index }
    }
    return nil
  }

  // MARK: Links

  private mutating func closeBracket(_ source: [UInt8], _ span: Span<UInt8>, _ at: Int) -> Int {
    guard let open = marks.lastIndex(where: { $0.byte == 0x5B }) else {
      text.append(0x5D)
      return at + 1
    }
    let mark = marks[open]
    guard at + 1 < span.count, span[at + 1] == 0x28, let target = target(span, at + 2) else {
      marks.remove(at: open)
      text.append(0x5D)
      return at + 1
    }
    marks.removeLast(marks.count - open)
    let words = mark.place + mark.length
    remove(mark)
    if words == text.count {
      // Without words the address is all there is to see; one within the site is a hidden mark.
      let address = source[target.address]
      if address.starts(with: "http".utf8) { text.append(contentsOf: address) }
    }
    while let last = spans.last, last.role == .link, last.bytes.lowerBound >= words { spans.removeLast() }
    if words < text.count {
      var address = LinkTarget.absolute(Array(source[target.address]))
      if let known = address, text[words...].elementsEqual(known) { address = nil }
      spans.append(RoleSpan(words..<text.count, .link, target: address))
    }
    return target.end
  }

  /// The address in parentheses that begins at a place, and the place behind them.
  private mutating func target(
    _ span: Span<UInt8>, _ start: Int
  ) -> (address: Range<Int>, end: Int)? {
    let limit = min(span.count, start + MarkdownLine.addressLimit)
    var at = start
    defer { operations &+= at - start }
    while at < limit, span[at] <= 0x20 { at += 1 }
    let first = at
    var depth = 0
    while at < limit, span[at] > 0x20 {
      if span[at] == 0x28 { depth += 1 }
      if depth > 8 { return nil }
      if span[at] == 0x29 {
        if depth == 0 { break }
        depth -= 1
      }
      if span[at] == 0x5C, at + 1 < limit { at += 1 }
      at += 1
    }
    let end = min(at, limit)
    at = end
    while at < limit, span[at] <= 0x20 { at += 1 }
    if at < limit, at > end, span[at] == 0x22 || span[at] == 0x27 {
      let quote = span[at]
      at += 1
      while at < limit, span[at] != quote { at += 1 }
      at += 1
      while at < limit, span[at] <= 0x20 { at += 1 }
    }
    guard at < limit, span[at] == 0x29 else { return nil }
    return (first..<end, at + 1)
  }

  /// The end of an address in angle brackets.
  private mutating func addressEnd(_ span: Span<UInt8>, _ start: Int) -> Int? {
    var at = start + 1
    defer { operations &+= at - start }
    var hasScheme = false
    while at < span.count, at - start < MarkdownLine.addressLimit, span[at] > 0x20, span[at] != 0x3C {
      if span[at] == 0x3E { return hasScheme ? at : nil }
      if span[at] == 0x3A, at > start + 1 { hasScheme = true }
      if !hasScheme, !MarkdownLine.isWord(span[at]) { return nil }
      at += 1
    }
    return nil
  }

  /// An address that stands bare in the text, from its `://` on.
  private mutating func address(_ source: [UInt8], _ span: Span<UInt8>, _ colon: Int) -> Int {
    var scheme = 0
    if colon >= 5, source[colon - 5..<colon].elementsEqual("https".utf8) { scheme = 5 }
    if colon >= 4, source[colon - 4..<colon].elementsEqual("http".utf8) { scheme = 4 }
    let isInBracket = marks.contains { $0.byte == 0x5B }
    guard scheme > 0, text.count >= scheme, colon == scheme || !MarkdownLine.isWord(span[colon - scheme - 1])
    else {
      text.append(0x3A)
      return colon + 1
    }
    var end = colon + 3
    var depth = 0
    while end < span.count, span[end] > 0x20, span[end] != 0x3C, span[end] != 0x3E, span[end] != 0x22 {
      if span[end] == 0x5D, isInBracket { break }
      if span[end] == 0x28 { depth += 1 }
      if span[end] == 0x29 {
        if depth == 0 { break }
        depth -= 1
      }
      end += 1
    }
    while end > colon + 3, ".,;:!?'*_~".utf8.contains(span[end - 1]) { end -= 1 }
    text.append(contentsOf: source[colon..<end])
    if end > colon + 3 {
      spans.append(RoleSpan(text.count - (end - colon) - scheme..<text.count, .link))
    }
    return end
  }

  // MARK: Output

  /// Appends what was written without the marks that found their partners.
  private mutating func write(into output: inout [UInt8], _ roles: inout [RoleSpan]) {
    let base = output.count
    guard !removed.isEmpty else {
      output.append(contentsOf: text)
      for span in spans { roles.append(span.moved(by: base)) }
      return
    }
    removed.sort { $0.lowerBound < $1.lowerBound }
    var gone: [Int] = []
    gone.reserveCapacity(removed.count)
    var copied = 0
    var sum = 0
    for range in removed {
      output.append(contentsOf: text[copied..<range.lowerBound])
      copied = range.upperBound
      sum += range.count
      gone.append(sum)
    }
    output.append(contentsOf: text[copied...])
    for span in spans {
      let start = moved(span.bytes.lowerBound, gone)
      let end = moved(span.bytes.upperBound, gone)
      if start < end { roles.append(RoleSpan(base + start..<base + end, span.role, target: span.target)) }
    }
  }

  /// Where a place is without what is removed before it.
  private func moved(_ place: Int, _ gone: [Int]) -> Int {
    var low = 0
    var high = removed.count
    while low < high {
      let middle = (low + high) / 2
      if removed[middle].lowerBound < place { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? place : place - gone[low - 1]
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !isWord(byte) || byte == 0x5F
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }
}

/// The lines that part the messages of a mailbox: `From sender date`.
enum MboxSeparator {
  /// What a line is.
  enum Verdict {
    case separator, none
    /// More bytes are needed to tell.
    case unknown
  }

  /// What a line that begins with `From ` is: a separator after a blank line if it ends in a year, after
  /// any line if it ends in a year and a header field follows. `From ` alone, as some programs write it,
  /// separates between a blank line and a header field.
  /// - Parameters:
  ///   - start: the line's first byte.
  ///   - isLast: whether no byte follows `end`.
  /// - Complexity: O(bytes of this line and the next).
  static func verdict(_ span: Span<UInt8>, at start: Int, _ end: Int, isLast: Bool) -> Verdict {
    guard end - start >= 5 || isLast else { return .unknown }
    guard span.matches("From ", at: start, to: end) else { return .none }
    let lineEnd = span.lineEnd(from: start, to: end)
    guard lineEnd < end || isLast else { return end - start > 4096 ? .none : .unknown }
    let isBare = span.trimmed(start..<lineEnd).count == 4
    guard isBare || endsInYear(span, start..<lineEnd) else { return .none }
    let isAfterBlank = followsBlankLine(span, start)
    if isAfterBlank && !isBare { return .separator }
    guard isAfterBlank || !isBare else { return .none }
    guard lineEnd + 1 < end else { return isLast ? .none : .unknown }
    let nextEnd = span.lineEnd(from: lineEnd + 1, to: end)
    guard nextEnd < end || isLast || nextEnd - lineEnd > 1024 else { return .unknown }
    return MailFields.nameEnd(span, lineEnd + 1, nextEnd) > lineEnd + 1 ? .separator : .none
  }

  private static func followsBlankLine(_ span: Span<UInt8>, _ start: Int) -> Bool {
    guard start >= 2, span[start - 1] == 0x0A else { return start == 0 }
    if span[start - 2] == 0x0A { return true }
    return span[start - 2] == 0x0D && (start == 2 || span[start - 3] == 0x0A)
  }

  /// Whether a line ends in a year, or in a year and a zone or host.
  static func endsInYear(_ span: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let line = span.trimmed(line)
    var end = line.upperBound
    for word in 0..<4 {
      var start = end
      while start > line.lowerBound, span[start - 1] > 0x20 { start -= 1 }
      if isYear(span, start..<end) { return start > line.lowerBound }
      // "remote from host" has three words.
      if word == 0, !isZone(span, start..<end), !isRemote(span, line, end) { return false }
      while start > line.lowerBound, span[start - 1] <= 0x20 { start -= 1 }
      end = start
    }
    return false
  }

  private static func isYear(_ span: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.count == 4, span[word.lowerBound] == 0x31 || span[word.lowerBound] == 0x32 else {
      return false
    }
    let century = span[word.lowerBound + 1]
    return (century == 0x39 || century == 0x30) && span[word.lowerBound + 2].isDigit
      && span[word.lowerBound + 3].isDigit
  }

  private static func isZone(_ span: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard (2...6).contains(word.count) else { return false }
    let first = span[word.lowerBound]
    if first == 0x2B || first == 0x2D { return span[word.lowerBound + 1].isDigit }
    for position in word where span[position] &- 0x41 >= 26 { return false }
    return true
  }

  private static func isRemote(_ span: Span<UInt8>, _ line: Range<Int>, _ end: Int) -> Bool {
    var start = end
    for _ in 0..<3 {
      while start > line.lowerBound, span[start - 1] > 0x20 { start -= 1 }
      if span.matches("remote from ", at: start, to: line.upperBound) { return true }
      while start > line.lowerBound, span[start - 1] <= 0x20 { start -= 1 }
    }
    return false
  }
}

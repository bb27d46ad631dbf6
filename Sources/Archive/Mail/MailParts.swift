/// Where the parts of a multipart body stand.
enum MailParts {
  /// The parts between the lines of a boundary, each with its header block; what stands before the first
  /// and after the closing line is no part. A part that is not ended goes to the end.
  /// - Complexity: O(range).
  static func split(_ span: Span<UInt8>, _ range: Range<Int>, _ boundary: [UInt8]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var open: Int?
    var position = range.lowerBound
    while position < range.upperBound {
      let lineEnd = span.lineEnd(from: position, to: range.upperBound)
      if let isLast = delimiter(span, position..<lineEnd, boundary) {
        if let open { parts.append(open..<max(open, contentEnd(span, open, position))) }
        open = nil
        if isLast { return parts }
        open = min(lineEnd + 1, range.upperBound)
        if parts.count > MailBody.partLimit { return parts }
      }
      position = lineEnd + 1
    }
    if let open, open < range.upperBound { parts.append(open..<range.upperBound) }
    return parts
  }

  /// Whether a line is the boundary (false) or the closing one (true); nil when neither.
  private static func delimiter(
    _ span: Span<UInt8>, _ line: Range<Int>, _ boundary: [UInt8]
  ) -> Bool? {
    guard line.count >= boundary.count + 2, span[line.lowerBound] == 0x2D, span[line.lowerBound + 1] == 0x2D
    else { return nil }
    for (offset, byte) in boundary.enumerated() where span[line.lowerBound + 2 + offset] != byte {
      return nil
    }
    let rest = span.trimmed(line.lowerBound + 2 + boundary.count..<line.upperBound)
    if rest.isEmpty { return false }
    let isClosing = rest.count >= 2 && span[rest.lowerBound] == 0x2D && span[rest.lowerBound + 1] == 0x2D
    return isClosing ? true : nil
  }

  /// The line end before a boundary belongs to the boundary.
  private static func contentEnd(_ span: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var end = end
    if end > start, span[end - 1] == 0x0A { end -= 1 }
    if end > start, span[end - 1] == 0x0D { end -= 1 }
    return end
  }

  /// A boundary that is there though another one is declared, or none: the first line, if it begins with
  /// two dashes and a header field follows.
  static func boundarySeen(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8]? {
    let span = bytes.span
    var position = range.lowerBound
    while position < range.upperBound, span[position].isMailSpace { position += 1 }
    let lineEnd = span.lineEnd(from: position, to: range.upperBound)
    let line = span.trimmed(position..<lineEnd)
    guard line.count > 2, line.count <= 202, span.matches("--", at: line.lowerBound, to: line.upperBound),
      lineEnd < range.upperBound,
      span.matches("content-", at: lineEnd + 1, to: range.upperBound, folding: true)
    else { return nil }
    return Array(bytes[line.dropFirst(2)])
  }
}

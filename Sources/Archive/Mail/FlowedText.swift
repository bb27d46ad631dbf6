/// `format=flowed` (RFC 3676): lines that end in a space go on in the next line of the same quote depth.
enum FlowedText {
  /// The paragraphs of a flowed text, each on one line with its quote marks in front.
  /// - Parameters:
  ///   - deletesSpace: whether the space at a soft line end is none of the text (`DelSp=yes`).
  ///   - isStuffed: whether `From ` lines got a `>` in front when they were filed.
  /// - Complexity: O(range).
  static func joined(
    _ bytes: [UInt8], _ range: Range<Int>, deletesSpace: Bool, isStuffed: Bool
  ) -> [UInt8] {
    let span = bytes.span
    var result: [UInt8] = []
    result.reserveCapacity(range.count + 64)
    var position = range.lowerBound
    var openDepth: Int?
    while position < range.upperBound {
      let lineEnd = span.lineEnd(from: position, to: range.upperBound)
      var start = position
      var end = lineEnd
      if end > start, span[end - 1] == 0x0D { end -= 1 }
      position = lineEnd + 1
      if isStuffed, start < end, span[start] == 0x3E, MboxStuffing.isStuffed(span, start, end) { start += 1 }
      var depth = 0
      while start < end, span[start] == 0x3E {
        depth += 1
        start += 1
      }
      if start < end, span[start] == 0x20 { start += 1 }
      let isSignature = end - start == 3 && span.matches("-- ", at: start, to: end)
      if openDepth != depth || isSignature {
        if !result.isEmpty, openDepth != nil { result.append(0x0A) }
        openDepth = nil
      }
      if openDepth == nil, depth > 0 {
        result.append(contentsOf: repeatElement(0x3E, count: depth))
        if start < end { result.append(0x20) }
      }
      let isFlowed = end > start && span[end - 1] == 0x20 && !isSignature
      result.append(contentsOf: bytes[start..<(isFlowed && deletesSpace ? end - 1 : end)])
      if isFlowed {
        openDepth = depth
      } else {
        result.append(0x0A)
        openDepth = nil
      }
    }
    return result
  }
}

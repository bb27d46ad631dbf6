/// The lines of a text as byte ranges, without their ends.
///
/// LF, CRLF, CR, NEL (U+0085), LS (U+2028) and PS (U+2029) end a line; a last line without an end
/// counts, nothing after a last end does not.
public enum LineRanges {
  /// The lines of valid UTF-8.
  /// - Complexity: O(`utf8.count`).
  public static func of(_ utf8: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    let span = utf8.span
    var start = 0
    var position = 0
    while position < span.count {
      let byte = span[position]
      let length = endLength(span, at: position, byte)
      if length == 0 {
        position += 1
        continue
      }
      lines.append(start..<position)
      position += length
      start = position
    }
    if start < span.count { lines.append(start..<span.count) }
    return lines
  }

  /// Bytes of the line end at a position, 0 when there is none.
  @inline(__always)
  private static func endLength(_ span: Span<UInt8>, at position: Int, _ byte: UInt8) -> Int {
    switch byte {
    case 0x0A: return 1
    case 0x0D:
      return position + 1 < span.count && span[position + 1] == 0x0A ? 2 : 1
    case 0xC2:
      return position + 1 < span.count && span[position + 1] == 0x85 ? 2 : 0
    case 0xE2:
      guard position + 2 < span.count, span[position + 1] == 0x80 else { return 0 }
      return span[position + 2] == 0xA8 || span[position + 2] == 0xA9 ? 3 : 0
    default: return 0
    }
  }
}

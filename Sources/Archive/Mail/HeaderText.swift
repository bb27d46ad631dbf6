import Bytes

/// The text of header fields: unfolded, its encoded words (RFC 2047) read, on one line.
enum HeaderText {
  /// The text of a field's value as valid UTF-8.
  ///
  /// Raw bytes beyond ASCII are UTF-8 or else windows-1252. Encoded words that are none stay as they
  /// are; a line end out of one is a space, so that it never makes a new field.
  /// - Complexity: O(range).
  static func decoded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    decoded(unfolded(bytes, range))
  }

  /// The text of a value that is unfolded.
  static func decoded(_ raw: [UInt8]) -> [UInt8] {
    var text = raw
    if !raw.span.isASCII(0..<raw.count) { text = DecodedText(raw).utf8 }
    if hasEncodedWord(text.span) { text = EncodedWords.read(text) }
    return oneLine(text)
  }

  /// The bytes of a value on one line: each fold is a space.
  static func unfolded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var line: [UInt8] = []
    let end = min(range.upperBound, range.lowerBound + MailFields.fieldLimit)
    line.reserveCapacity(end - range.lowerBound)
    var position = range.lowerBound
    while position < end {
      let byte = bytes[position]
      position += 1
      if byte == 0x0A || byte == 0x0D {
        while position < end, bytes[position].isMailSpace { position += 1 }
        line.append(0x20)
      } else {
        line.append(byte)
      }
    }
    return line
  }

  /// Whether a value has something that may be an encoded word.
  static func hasEncodedWord(_ bytes: Span<UInt8>) -> Bool {
    var position = 0
    while true {
      position = bytes.position(of: 0x3D, from: position, to: bytes.count)
      guard position + 1 < bytes.count else { return false }
      if bytes[position + 1] == 0x3F { return true }
      position += 1
    }
  }

  /// Line ends and tabs as spaces; none at the ends.
  private static func oneLine(_ text: [UInt8]) -> [UInt8] {
    var line = text
    var kept = 0
    for position in line.indices {
      let byte = line[position]
      let isSpace = byte.isMailSpace
      if isSpace && kept == 0 { continue }
      line[kept] = isSpace ? 0x20 : byte
      kept += 1
    }
    while kept > 0, line[kept - 1] == 0x20 { kept -= 1 }
    line.removeLast(line.count - kept)
    return line
  }
}

/// Encoded words of RFC 2047: `=?charset?Q?text?=` and `=?charset?B?text?=`.
enum EncodedWords {
  /// Reads the encoded words of a text. Neighbours of one charset are joined before their bytes are
  /// decoded, for writers that cut inside a character.
  /// - Complexity: O(`text.count`).
  static func read(_ text: [UInt8]) -> [UInt8] {
    let span = text.span
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var pending: [UInt8] = []
    var pendingCharset: Range<Int>?
    var position = 0
    var copied = 0
    var hasNoMoreEnds = false
    func flush() {
      if let charset = pendingCharset {
        result += MailCharset.text(pending, declared: Array(text[charset])).utf8
      }
      pending.removeAll(keepingCapacity: true)
      pendingCharset = nil
    }
    while position < span.count, !hasNoMoreEnds {
      position = span.position(of: 0x3D, from: position, to: span.count)
      guard let head = EncodedWordHead(span, position) else {
        position += 1
        continue
      }
      guard let end = end(span, head.textStart) else {
        hasNoMoreEnds = true
        break
      }
      let content = head.textStart..<end
      let isKnown = MailCharset.knows(Array(text[head.charset]))
      guard isKnown, let decoded = head.isBase64 ? base64(text, content) : quoted(span, content) else {
        position += 2
        continue
      }
      // White space between two encoded words is none.
      let between = copied..<position
      if pendingCharset == nil || !isBlank(span, between) {
        flush()
        result += text[between]
      }
      if let charset = pendingCharset, !areEqual(span, charset, head.charset) { flush() }
      pendingCharset = pendingCharset ?? head.charset
      pending += decoded
      position = end + 2
      copied = position
    }
    flush()
    result += text[min(copied, text.count)...]
    return result
  }

  private static func end(_ span: Span<UInt8>, _ start: Int) -> Int? {
    var position = start
    while true {
      position = span.position(of: 0x3F, from: position, to: span.count)
      guard position + 1 < span.count else { return nil }
      if span[position + 1] == 0x3D { return position }
      position += 1
    }
  }

  private static func isBlank(_ span: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for position in range where !span[position].isMailSpace { return false }
    return true
  }

  private static func areEqual(_ span: Span<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where span[left.lowerBound + offset].lowered != span[right.lowerBound + offset].lowered {
      return false
    }
    return true
  }

  private static func base64(_ text: [UInt8], _ range: Range<Int>) -> [UInt8]? {
    let (bytes, rest) = TransferDecoding.base64(text, range)
    return rest == range.upperBound && !range.isEmpty ? bytes : nil
  }

  /// The "Q" encoding: nil when an escape is none.
  private static func quoted(_ span: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = span[position]
      if byte == 0x3D {
        guard position + 2 < range.upperBound, let high = span[position + 1].hexadecimal,
          let low = span[position + 2].hexadecimal
        else { return nil }
        bytes.append(high << 4 | low)
        position += 3
      } else {
        bytes.append(byte == 0x5F ? 0x20 : byte)
        position += 1
      }
    }
    return bytes
  }
}

/// The start of an encoded word: `=?charset?Q?`.
private struct EncodedWordHead {
  var charset: Range<Int>
  var isBase64: Bool
  var textStart: Int

  init?(_ span: Span<UInt8>, _ start: Int) {
    guard start + 1 < span.count, span[start + 1] == 0x3F else { return nil }
    let limit = min(span.count, start + 66)
    var end = start + 2
    var language: Int?
    while end < limit, span[end] != 0x3F {
      if span[end] <= 0x20 || span[end] >= 0x7F { return nil }
      if span[end] == 0x2A, language == nil { language = end }
      end += 1
    }
    guard end > start + 2, end + 2 < span.count, span[end] == 0x3F, span[end + 2] == 0x3F else { return nil }
    charset = start + 2..<(language ?? end)
    switch span[end + 1] {
    case 0x42, 0x62: isBase64 = true
    case 0x51, 0x71: isBase64 = false
    default: return nil
    }
    textStart = end + 3
  }
}

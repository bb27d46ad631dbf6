/// The escapes of JSON strings (RFC 8259, section 7).
enum JSONString {
  /// Text without its escapes. A surrogate without its other half becomes U+FFFD; an escape that does not
  /// exist stands for the character behind its backslash.
  /// - Complexity: O(bytes).
  static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var at = raw.startIndex
    while at < raw.endIndex {
      let byte = raw[at]
      at += 1
      guard byte == 0x5C, at < raw.endIndex else {
        text.append(byte)
        continue
      }
      let name = raw[at]
      at += 1
      switch name {
      case 0x62: text.append(0x08)
      case 0x66: text.append(0x0C)
      case 0x6E: text.append(0x0A)
      case 0x72: text.append(0x0D)
      case 0x74: text.append(0x09)
      case 0x75: append(scalar(raw, &at), to: &text)
      default: text.append(name)
      }
    }
    return text
  }

  /// The scalar of `\u` escapes whose digits begin at a place; moves behind them.
  private static func scalar(_ raw: ArraySlice<UInt8>, _ at: inout Int) -> UInt32 {
    guard let first = unit(raw, at) else { return 0xFFFD }
    at += 4
    guard first & 0xF800 == 0xD800 else { return first }
    guard first < 0xDC00, at + 1 < raw.endIndex, raw[at] == 0x5C, raw[at + 1] == 0x75,
      let second = unit(raw, at + 2), second & 0xFC00 == 0xDC00
    else { return 0xFFFD }
    at += 6
    return 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF))
  }

  private static func unit(_ raw: ArraySlice<UInt8>, _ at: Int) -> UInt32? {
    guard at + 4 <= raw.endIndex else { return nil }
    var value: UInt32 = 0
    for byte in raw[at..<at + 4] {
      guard let digit = hexadecimal(byte) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// Appends a scalar; `value` is no surrogate.
  static func append(_ value: UInt32, to text: inout [UInt8]) {
    switch value {
    case 0..<0x80: text.append(UInt8(value))
    case 0x80..<0x800:
      text.append(UInt8(0xC0 | value >> 6))
      text.append(UInt8(0x80 | value & 0x3F))
    case 0x800..<0x10000:
      text.append(UInt8(0xE0 | value >> 12))
      text.append(UInt8(0x80 | value >> 6 & 0x3F))
      text.append(UInt8(0x80 | value & 0x3F))
    default:
      text.append(UInt8(0xF0 | value >> 18 & 0x07))
      text.append(UInt8(0x80 | value >> 12 & 0x3F))
      text.append(UInt8(0x80 | value >> 6 & 0x3F))
      text.append(UInt8(0x80 | value & 0x3F))
    }
  }
}

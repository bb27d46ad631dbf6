/// A JSON value whose strings are bytes; numbers are whole.
///
/// Bytes that are not UTF-8 (paths may hold any) travel as `{"hex":"…"}`.
enum JSON: Hashable {
  case null
  case bool(Bool)
  case number(Int64)
  case string([UInt8])
  case array([JSON])
  case object([Member])

  /// A name with its value; names may repeat, the first one counts.
  struct Member: Hashable {
    var name: String
    var value: JSON
  }

  /// The deepest nesting that is read.
  static let depthLimit = 32

  /// A byte string, as text when it is valid UTF-8.
  static func bytes(_ bytes: [UInt8]) -> JSON {
    isUTF8(bytes) ? .string(bytes) : .object([Member(name: "hex", value: .string(hexadecimal(bytes)))])
  }

  /// What `JSON.bytes` made.
  var bytes: [UInt8]? {
    if case .string(let bytes) = self { return bytes }
    guard case .string(let digits)? = self["hex"] else { return nil }
    return JSON.bytes(hexadecimal: digits)
  }

  /// The first member of this name.
  subscript(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var integer: Int64? {
    if case .number(let number) = self { number } else { nil }
  }

  var isTrue: Bool { self == .bool(true) }

  var elements: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  private static let digits = Array("0123456789abcdef".utf8)

  static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  static func bytes(hexadecimal text: [UInt8]) -> [UInt8]? {
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    for position in stride(from: 0, to: text.count, by: 2) {
      guard let high = digit(text[position]), let low = digit(text[position + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    case 0x41...0x46: byte - 0x41 + 10
    default: nil
    }
  }
}

// MARK: - Writing

extension JSON {
  /// Compact text on one line. Control characters, C1 among them, are escaped, so that the file can be
  /// looked at in a terminal.
  /// - Complexity: O(bytes written).
  func write(to text: inout [UInt8]) {
    switch self {
    case .null: text += Array("null".utf8)
    case .bool(let value): text += Array((value ? "true" : "false").utf8)
    case .number(let number): text += Array(String(number).utf8)
    case .string(let bytes): JSON.write(string: bytes, to: &text)
    case .array(let elements):
      text.append(UInt8(ascii: "["))
      for (position, element) in elements.enumerated() {
        if position > 0 { text.append(UInt8(ascii: ",")) }
        element.write(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (position, member) in members.enumerated() {
        if position > 0 { text.append(UInt8(ascii: ",")) }
        JSON.write(string: Array(member.name.utf8), to: &text)
        text.append(UInt8(ascii: ":"))
        member.value.write(to: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  private static func write(string bytes: [UInt8], to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case UInt8(ascii: "\n"): text += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0..<0x20, 0x7F: write(escape: byte, to: &text)
      case 0xC2 where position + 1 < bytes.count && bytes[position + 1] < 0xA0:
        position += 1
        write(escape: bytes[position], to: &text)
      default: text.append(byte)
      }
      position += 1
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func write(escape byte: UInt8, to text: inout [UInt8]) {
    text += Array("\\u00".utf8)
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
}

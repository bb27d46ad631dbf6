import Bytes

/// A field with parameters (RFC 2045, RFC 2231): `text/plain; charset=utf-8`, `attachment; filename=x`.
struct HeaderParameters {
  /// At most so many parameters are kept.
  private static let limit = 64

  /// The value in front, in lower case.
  private(set) var value: [UInt8] = []
  private var parameters: [(name: [UInt8], value: [UInt8])] = []

  /// A field that is absent, or a value without parameters.
  init(value: [UInt8] = []) { self.value = value }

  /// Reads a field.
  /// - Complexity: O(range).
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let field = HeaderText.unfolded(bytes, range)
    var position = 0
    while position < field.count, field[position] != 0x3B {
      if field[position] > 0x20 { value.append(field[position].lowered) }
      position += 1
    }
    while position < field.count, parameters.count < HeaderParameters.limit {
      position += 1
      parameter(field, &position)
    }
  }

  private mutating func parameter(_ field: [UInt8], _ position: inout Int) {
    var name: [UInt8] = []
    while position < field.count, field[position] != 0x3D, field[position] != 0x3B {
      if field[position] > 0x20 { name.append(field[position].lowered) }
      position += 1
    }
    guard position < field.count, field[position] == 0x3D else { return }
    position += 1
    while position < field.count, field[position] == 0x20 || field[position] == 0x09 { position += 1 }
    var text: [UInt8] = []
    if position < field.count, field[position] == 0x22 {
      position += 1
      while position < field.count, field[position] != 0x22 {
        if field[position] == 0x5C, position + 1 < field.count,
          field[position + 1] == 0x22 || field[position + 1] == 0x5C
        {
          position += 1
        }
        text.append(field[position])
        position += 1
      }
      while position < field.count, field[position] != 0x3B { position += 1 }
    } else {
      while position < field.count, field[position] != 0x3B {
        text.append(field[position])
        position += 1
      }
      while text.last?.isMailSpace == true { text.removeLast() }
    }
    if !name.isEmpty { parameters.append((name, text)) }
  }

  /// A parameter's bytes as they are written.
  subscript(name: StaticString) -> [UInt8]? {
    let letters = HeaderParameters.bytes(name)
    return parameters.first { $0.name == letters }?.value
  }

  /// A parameter as text: its parts joined, percent signs and encoded words read (RFC 2231, and RFC 2047
  /// where writers use it against the rules).
  func text(_ name: StaticString) -> [UInt8]? {
    let letters = HeaderParameters.bytes(name)
    if let whole = parameters.first(where: { $0.name == letters })?.value {
      return HeaderText.decoded(whole)
    }
    var raw: [UInt8] = []
    var charset: [UInt8]?
    var isFound = false
    for index in 0..<HeaderParameters.limit {
      let plain = letters + [0x2A] + Array(String(index).utf8)
      if index == 0, let single = value(letters + [0x2A]) {
        isFound = true
        raw += HeaderParameters.extended(single, &charset, isFirst: true)
        break
      } else if let part = value(plain) {
        raw += part
      } else if let part = value(plain + [0x2A]) {
        raw += HeaderParameters.extended(part, &charset, isFirst: index == 0)
      } else {
        break
      }
      isFound = true
    }
    guard isFound else { return nil }
    let text = MailCharset.text(raw, declared: charset).utf8
    return HeaderText.decoded(text)
  }

  private func value(_ name: [UInt8]) -> [UInt8]? { parameters.first { $0.name == name }?.value }

  /// `charset'language'text%20more`.
  private static func extended(
    _ part: [UInt8], _ charset: inout [UInt8]?, isFirst: Bool
  ) -> [UInt8] {
    var start = 0
    if isFirst, let first = part.firstIndex(of: 0x27),
      let second = part[(first + 1)...].firstIndex(of: 0x27)
    {
      if first > 0 { charset = Array(part[..<first]) }
      start = second + 1
    }
    var bytes: [UInt8] = []
    var position = start
    while position < part.count {
      if part[position] == 0x25, position + 2 < part.count, let high = part[position + 1].hexadecimal,
        let low = part[position + 2].hexadecimal
      {
        bytes.append(high << 4 | low)
        position += 3
      } else {
        bytes.append(part[position])
        position += 1
      }
    }
    return bytes
  }

  private static func bytes(_ name: StaticString) -> [UInt8] {
    name.withUTF8Buffer { unsafe Array($0) }
  }
}

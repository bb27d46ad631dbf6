extension JSONNode {
  /// Its whole number: of a number or of a string that holds one, `.0` and exponents understood, nil when
  /// it is none, has a fraction or lies beyond 64 bits.
  var int: Int? {
    switch kind {
    case .number: JSONNumber.int(raw)
    case .string: JSONNumber.int(raw)
    default: nil
    }
  }

  /// The whole part of its number, as of `1323313370.25`.
  var wholePart: Int? {
    if let int { return int }
    guard let double, abs(double) < 9e15 else { return nil }
    return Int(double)
  }

  /// Its number, nil when it is none or beyond what a double holds.
  var double: Double? {
    guard kind == .number || kind == .string, raw.count <= 400 else { return nil }
    guard let value = Double(String(decoding: raw, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }
}

/// Numbers as JSON writes them.
enum JSONNumber {
  /// A whole number; nil when the bytes are none or lie beyond 64 bits.
  static func int(_ raw: ArraySlice<UInt8>) -> Int? {
    var value = 0
    var isNegative = false
    var at = raw.startIndex
    if at < raw.endIndex, raw[at] == 0x2D {
      isNegative = true
      at += 1
    }
    let first = at
    while at < raw.endIndex, raw[at] &- 0x30 < 10 {
      let (tens, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, beyond) = tens.addingReportingOverflow(Int(raw[at] - 0x30))
      guard !over, !beyond else { return nil }
      value = sum
      at += 1
    }
    guard at > first else { return nil }
    if at < raw.endIndex, raw[at] == 0x2E {
      at += 1
      while at < raw.endIndex, raw[at] == 0x30 { at += 1 }
    }
    if at < raw.endIndex { return raw.count <= 400 ? scientific(raw) : nil }
    return isNegative ? -value : value
  }

  private static func scientific(_ raw: ArraySlice<UInt8>) -> Int? {
    guard raw.contains(where: { $0 | 0x20 == 0x65 }),
      let value = Double(String(decoding: raw, as: UTF8.self)),
      value.rounded(.towardZero) == value, abs(value) <= 9_007_199_254_740_992
    else { return nil }
    return Int(value)
  }
}

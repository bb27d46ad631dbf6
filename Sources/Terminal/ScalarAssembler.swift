/// Puts UTF-8 together byte by byte; what is not UTF-8 is dropped.
struct ScalarAssembler {
  /// What a byte led to.
  enum Step: Equatable {
    case unfinished
    case scalar(Unicode.Scalar)
    case escape
    case invalid
  }

  private var value: UInt32 = 0
  private var missing = 0
  private var least: UInt32 = 0

  /// Takes a byte. One that breaks off a sequence begins anew.
  /// - Complexity: O(1).
  mutating func feed(_ byte: UInt8) -> Step {
    if missing > 0, byte & 0xC0 == 0x80 {
      value = value << 6 | UInt32(byte & 0x3F)
      missing -= 1
      guard missing == 0 else { return .unfinished }
      guard value >= least, let scalar = Unicode.Scalar(value) else { return .unfinished }
      return .scalar(scalar)
    }
    missing = 0
    switch byte {
    case 0x1B: return .escape
    case ..<0x80: return .scalar(Unicode.Scalar(byte))
    case 0xC2...0xDF: begin(byte & 0x1F, missing: 1, least: 0x80)
    case 0xE0...0xEF: begin(byte & 0x0F, missing: 2, least: 0x800)
    case 0xF0...0xF4: begin(byte & 0x07, missing: 3, least: 0x10000)
    default: return .invalid
    }
    return .unfinished
  }

  private mutating func begin(_ bits: UInt8, missing: Int, least: UInt32) {
    value = UInt32(bits)
    self.missing = missing
    self.least = least
  }
}

/// What may stay of a paste.
enum PastedText {
  /// Valid UTF-8 of at most `limit` bytes, lines ended by LF, other controls but TAB turned into spaces.
  /// - Complexity: O(`bytes.count`).
  static func cleaned(_ bytes: [UInt8], limit: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(min(bytes.count, limit))
    var afterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      var shown = scalar
      switch scalar.value {
      case 0x0A where afterReturn:
        afterReturn = false
        continue
      case 0x0A, 0x09: break
      case 0x0D: shown = "\n"
      case ..<0x20, 0x7F...0x9F: shown = " "
      default: break
      }
      afterReturn = scalar == "\r"
      let encoded = UTF8.encode(shown)
      guard let encoded, result.count + encoded.count <= limit else { break }
      result.append(contentsOf: encoded)
    }
    return result
  }
}

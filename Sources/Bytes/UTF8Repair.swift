import Glibc

/// Makes any bytes valid UTF-8: each maximal subpart of an ill-formed sequence becomes one U+FFFD
/// (Unicode 3.9, "U+FFFD Substitution of Maximal Subparts").
public enum UTF8Repair {
  /// What a repair did.
  public struct Outcome: Hashable, Sendable {
    /// Valid UTF-8.
    public var utf8: [UInt8]
    /// Ill-formed parts replaced.
    public var replaced: Int
    /// Offset of the first ill-formed part in the bytes given; nil when there is none.
    public var firstBadByte: Int?
    /// Well-formed sequences of two or more bytes: a sign that the rest is UTF-8 indeed.
    public var multibyte: Int
  }

  /// Repairs bytes.
  /// - Complexity: O(`bytes.count`), eight bytes at a time through ASCII.
  public static func repair(_ bytes: [UInt8]) -> Outcome {
    var outcome = Outcome(utf8: [], replaced: 0, firstBadByte: nil, multibyte: 0)
    let span = bytes.span
    var position = 0
    var copied = 0
    while position < span.count {
      if span[position] < 0x80 {
        position = asciiEnd(bytes, from: position)
        continue
      }
      let (length, isValid) = sequence(span, at: position)
      if isValid {
        outcome.multibyte += 1
      } else {
        if outcome.firstBadByte == nil {
          outcome.firstBadByte = position
          outcome.utf8.reserveCapacity(bytes.count + 64)
        }
        outcome.replaced += 1
        outcome.utf8.append(contentsOf: bytes[copied..<position])
        outcome.utf8.append(contentsOf: replacement)
        copied = position + length
      }
      position += length
    }
    if copied == 0 {
      outcome.utf8 = bytes
    } else {
      outcome.utf8.append(contentsOf: bytes[copied...])
    }
    return outcome
  }

  /// Repairs bytes after a mark.
  static func decode(_ bytes: [UInt8], from start: Int) -> DecodedBytes {
    let repaired = repair(start == 0 ? bytes : Array(bytes[start...]))
    return DecodedBytes(
      utf8: repaired.utf8, replaced: repaired.replaced,
      firstBadByte: repaired.firstBadByte.map { $0 + start })
  }

  /// U+FFFD in UTF-8.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Whether a byte is among the bytes.
  static func holds(_ byte: UInt8, in bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      return unsafe memchr(base, Int32(byte), bytes.count) != nil
    }
  }

  /// The first position at or after `start` that is no ASCII.
  static func asciiEnd(_ bytes: [UInt8], from start: Int) -> Int {
    let raw = unsafe bytes.span.bytes
    var position = start
    while position + 8 <= raw.byteCount {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      position += 8
    }
    while position < bytes.count, bytes[position] < 0x80 { position += 1 }
    return position
  }

  /// Length of the sequence at a byte >= 0x80 and whether it is well-formed; the length of a bad one
  /// is that of its maximal subpart.
  static func sequence(_ span: Span<UInt8>, at start: Int) -> (length: Int, isValid: Bool) {
    let lead = span[start]
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, low) = (3, 0xA0)
    case 0xED: (length, high) = (3, 0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, low) = (4, 0x90)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, high) = (4, 0x8F)
    default: return (1, false)
    }
    var taken = 1
    while taken < length {
      guard start + taken < span.count else { return (taken, false) }
      let next = span[start + taken]
      guard next >= low, next <= high else { return (taken, false) }
      (low, high) = (0x80, 0xBF)
      taken += 1
    }
    return (length, true)
  }
}

/// A source's text as valid UTF-8, with what had to be done to get there.
///
/// The charset is told in this order: byte order mark, valid UTF-8, UTF-16 by its NULs, UTF-8 with
/// broken parts, windows-1252. No C1 control is ever born from a windows-1252 byte.
public struct DecodedText: Hashable, Sendable {
  /// How the bytes were read.
  public enum Charset: Hashable, Sendable {
    /// UTF-8, with or without a byte order mark.
    case utf8
    /// UTF-16 of either byte order.
    case utf16
    /// UTF-32 of either byte order.
    case utf32
    /// windows-1252, the reading of Latin-1 labels and of bytes that are nothing else.
    case windows1252
  }

  /// At most this many combining marks follow one base; more are cut.
  public static let marksKept = 32

  /// Valid UTF-8 without a byte order mark.
  public var utf8: [UInt8]
  /// How the bytes were read.
  public var charset: Charset
  /// Parts that were no text in this charset and became U+FFFD.
  public var replaced: Int
  /// Offset of the first such part in the source's bytes.
  public var firstBadByte: Int?
  /// Combining marks beyond `marksKept` on one base, left out.
  public var marksCut: Int

  /// Decodes the bytes of a source.
  /// - Complexity: O(`bytes.count`).
  public init(_ bytes: [UInt8]) {
    let mark = ByteOrderMark.of(bytes)
    let rest = mark.map { Array(bytes[$0.length...]) } ?? bytes
    (charset, replaced, firstBadByte) = (.utf8, 0, nil)
    switch mark {
    case .utf16(let bigEndian):
      charset = .utf16
      (utf8, replaced, firstBadByte) = WideText.utf16(rest, bigEndian: bigEndian)
    case .utf32(let bigEndian):
      charset = .utf32
      (utf8, replaced, firstBadByte) = WideText.utf32(rest, bigEndian: bigEndian)
    case .utf8:
      let repaired = UTF8Repair.repair(rest)
      (utf8, replaced, firstBadByte) = (repaired.utf8, repaired.replaced, repaired.firstBadByte)
    case nil:
      if rest.prefix(BinaryContent.window).contains(0), let bigEndian = UTF16Guess.of(rest) {
        charset = .utf16
        (utf8, replaced, firstBadByte) = WideText.utf16(rest, bigEndian: bigEndian)
        break
      }
      let repaired = UTF8Repair.repair(rest)
      if DecodedText.isUTF8(repaired, of: rest) {
        (utf8, replaced, firstBadByte) = (repaired.utf8, repaired.replaced, repaired.firstBadByte)
      } else {
        charset = .windows1252
        (utf8, replaced, firstBadByte) = Windows1252.decode(rest)
      }
    }
    if let first = firstBadByte, let mark { firstBadByte = first + mark.length }
    marksCut = MarkRuns.cut(&utf8, keeping: DecodedText.marksKept)
  }

  /// Whether repaired bytes were UTF-8 in the first place: nothing was broken, or whole sequences are
  /// at least as many as broken parts, or only the file's end cuts a sequence in two.
  private static func isUTF8(_ repaired: UTF8Repair.Outcome, of bytes: [UInt8]) -> Bool {
    guard let first = repaired.firstBadByte else { return true }
    if repaired.multibyte >= repaired.replaced { return true }
    return repaired.replaced == 1 && bytes.count - first < 4 && bytes[first] >= 0xE0
      && UTF8Repair.sequence(bytes.span, at: first).length == bytes.count - first
      && bytes.count - first > 1
  }
}

/// Text of two or four bytes a unit.
enum WideText {
  typealias Outcome = (utf8: [UInt8], replaced: Int, firstBadByte: Int?)

  static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> Outcome {
    var outcome: Outcome = ([], 0, nil)
    outcome.utf8.reserveCapacity(bytes.count)
    func unit(_ position: Int) -> UInt32? {
      guard position + 1 < bytes.count else { return nil }
      let (first, second) = (UInt32(bytes[position]), UInt32(bytes[position + 1]))
      return bigEndian ? first << 8 | second : second << 8 | first
    }
    var position = 0
    while position < bytes.count {
      guard let first = unit(position) else {
        append(nil, at: position, to: &outcome)
        break
      }
      var value: UInt32? = first
      var length = 2
      if first & 0xF800 == 0xD800 {
        value = nil
        if first < 0xDC00, let second = unit(position + 2), second & 0xFC00 == 0xDC00 {
          value = 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF))
          length = 4
        }
      }
      append(value, at: position, to: &outcome)
      position += length
    }
    return outcome
  }

  static func utf32(_ bytes: [UInt8], bigEndian: Bool) -> Outcome {
    var outcome: Outcome = ([], 0, nil)
    outcome.utf8.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      var value: UInt32? = nil
      if position + 3 < bytes.count {
        let four = bytes[position..<position + 4]
        value = (bigEndian ? Array(four) : four.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
      }
      append(value, at: position, to: &outcome)
      position += 4
    }
    return outcome
  }

  private static func append(_ value: UInt32?, at position: Int, to outcome: inout Outcome) {
    if let value, let scalar = Unicode.Scalar(value) {
      outcome.utf8.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    } else {
      outcome.utf8.append(contentsOf: UTF8Repair.replacement)
      outcome.replaced += 1
      outcome.firstBadByte = outcome.firstBadByte ?? position
    }
  }
}

/// windows-1252, where the WHATWG table's C1 leftovers become U+FFFD.
enum Windows1252 {
  static func decode(_ bytes: [UInt8]) -> WideText.Outcome {
    var outcome: WideText.Outcome = ([], 0, nil)
    outcome.utf8.reserveCapacity(bytes.count + bytes.count / 8)
    for (position, byte) in bytes.enumerated() {
      if byte < 0x80 {
        outcome.utf8.append(byte)
        continue
      }
      let value = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt32(byte)
      if value == 0xFFFD {
        outcome.replaced += 1
        outcome.firstBadByte = outcome.firstBadByte ?? position
      }
      outcome.utf8.append(contentsOf: Unicode.Scalar(value).map { Array(String($0).utf8) } ?? [])
    }
    return outcome
  }

  private static let upper: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}

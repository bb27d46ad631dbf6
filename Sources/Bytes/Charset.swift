/// A character encoding, by the names of the WHATWG Encoding Standard.
///
/// What its table leaves undefined is no text: it becomes U+FFFD and is counted. So do bytes that would
/// become C1 controls. UTF-7, and encodings that can hide markup from a filter (HZ, ISO-2022-CN,
/// ISO-2022-KR), are not known here.
public struct Charset: Hashable, Sendable {
  /// How bytes are taken together to characters.
  enum Coding: Hashable, Sendable {
    case utf8
    case utf16(bigEndian: Bool)
    case utf32(bigEndian: Bool)
    case windows1252
    /// One byte a character, by the table of this converter of the C library.
    case singleByte(String)
    case gb18030, big5, eucJP, shiftJIS, iso2022JP, eucKR
  }

  /// The name to show: `UTF-8`, `windows-1252`, `Shift_JIS`.
  public let name: String
  let coding: Coding

  /// UTF-8.
  public static let utf8 = Charset(name: "UTF-8", coding: .utf8)
  /// UTF-16, least significant byte first.
  public static let utf16 = Charset(name: "UTF-16LE", coding: .utf16(bigEndian: false))
  /// UTF-16, most significant byte first.
  public static let utf16BigEndian = Charset(name: "UTF-16BE", coding: .utf16(bigEndian: true))
  /// UTF-32, least significant byte first.
  public static let utf32 = Charset(name: "UTF-32LE", coding: .utf32(bigEndian: false))
  /// UTF-32, most significant byte first.
  public static let utf32BigEndian = Charset(name: "UTF-32BE", coding: .utf32(bigEndian: true))
  /// windows-1252, the reading of ASCII and Latin-1 labels and of bytes that are nothing else.
  public static let windows1252 = Charset(name: "windows-1252", coding: .windows1252)

  /// The charset that a label of a header, a declaration or the command line stands for.
  ///
  /// Case and surrounding white space do not matter.
  /// - Returns: nil for a label that is not known.
  public static func named(_ label: some Sequence<UInt8>) -> Charset? {
    CharsetLabels.charset(label)
  }

  /// Every label that is known, in no order that matters.
  public static var labels: [String] { CharsetLabels.all }
}

/// Bytes of some charset as valid UTF-8.
public struct DecodedBytes: Hashable, Sendable {
  /// Valid UTF-8 without a byte order mark.
  public var utf8: [UInt8] = []
  /// Parts that were no text in the charset and became U+FFFD.
  public var replaced = 0
  /// Offset of the first such part in the bytes given.
  public var firstBadByte: Int?

  /// Appends a scalar value; none, or a surrogate, is no text.
  /// - Parameter position: where it comes from.
  @inline(__always)
  mutating func append(_ value: UInt32?, from position: Int) {
    guard let value, value < 0xD800 || value >= 0xE000, value < 0x110000 else {
      replaced += 1
      if firstBadByte == nil { firstBadByte = position }
      utf8.append(0xEF)
      utf8.append(0xBF)
      utf8.append(0xBD)
      return
    }
    if value < 0x80 {
      utf8.append(UInt8(truncatingIfNeeded: value))
    } else if value < 0x800 {
      utf8.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
      utf8.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    } else {
      if value < 0x10000 {
        utf8.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
      } else {
        utf8.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
        utf8.append(UInt8(truncatingIfNeeded: 0x80 | (value >> 12) & 0x3F))
      }
      utf8.append(UInt8(truncatingIfNeeded: 0x80 | (value >> 6) & 0x3F))
      utf8.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    }
  }
}

extension Charset {
  /// The text of bytes in this charset; what is no text in it becomes U+FFFD.
  ///
  /// A byte order mark of the charset itself is left out.
  /// - Complexity: O(`bytes.count`); the first use of a charset builds its table.
  public func decode(_ bytes: [UInt8]) -> DecodedBytes {
    let mark = ByteOrderMark.of(bytes)
    switch coding {
    case .utf8:
      return UTF8Repair.decode(bytes, from: mark == .utf8 ? 3 : 0)
    case .utf16(let bigEndian):
      if case .utf16(let marked) = mark { return WideText.utf16(bytes, bigEndian: marked, from: 2) }
      return WideText.utf16(bytes, bigEndian: bigEndian, from: 0)
    case .utf32(let bigEndian):
      if case .utf32(let marked) = mark { return WideText.utf32(bytes, bigEndian: marked, from: 4) }
      return WideText.utf32(bytes, bigEndian: bigEndian, from: 0)
    case .windows1252: return SingleByteTable.windows1252.decode(bytes)
    case .singleByte(let converter): return SingleByteTable.of(converter).decode(bytes)
    case .gb18030: return GB18030().decode(bytes)
    case .big5: return Big5().decode(bytes)
    case .eucJP: return EUCJP().decode(bytes)
    case .shiftJIS: return ShiftJIS().decode(bytes)
    case .eucKR: return EUCKR().decode(bytes)
    case .iso2022JP: return ISO2022JP.decode(bytes)
    }
  }
}

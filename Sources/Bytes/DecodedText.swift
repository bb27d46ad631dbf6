/// A source's text as valid UTF-8, with what had to be done to get there.
///
/// The charset is told in this order: what the user says, byte order mark, UTF-16 by its NULs, valid UTF-8
/// (ISO-2022-JP by its escape sequences), what the source declares, UTF-8 with broken parts, windows-1252.
/// A declaration cannot make text of bytes that nearly all read as UTF-8 anything else, as declarations
/// lie and bytes do not; no other charset is guessed. No C1 control is ever born from a single byte.
public struct DecodedText: Hashable, Sendable {
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
  /// - Parameters:
  ///   - declared: the label in which the source names its charset, if it does; an unknown one is as none.
  ///   - override: the label by which the user overrules everything; an unknown one is as none.
  /// - Complexity: O(`bytes.count`).
  public init(_ bytes: [UInt8], declared: [UInt8]? = nil, override: [UInt8]? = nil) {
    let decoded: DecodedBytes
    if let override, let named = Charset.named(override) {
      charset = named
      decoded = named.decode(bytes)
    } else if let mark = ByteOrderMark.of(bytes) {
      charset = mark.charset
      decoded = charset.decode(bytes)
    } else if bytes.prefix(BinaryContent.window).contains(0), let bigEndian = UTF16Guess.of(bytes) {
      charset = bigEndian ? .utf16BigEndian : .utf16
      decoded = charset.decode(bytes)
    } else {
      (charset, decoded) = DecodedText.withoutMark(bytes, declared: declared)
    }
    (utf8, replaced, firstBadByte) = (decoded.utf8, decoded.replaced, decoded.firstBadByte)
    marksCut = MarkRuns.cut(&utf8, keeping: DecodedText.marksKept)
  }

  private static func withoutMark(_ bytes: [UInt8], declared: [UInt8]?) -> (Charset, DecodedBytes) {
    let repaired = UTF8Repair.repair(bytes)
    let asUTF8 = DecodedBytes(
      utf8: repaired.utf8, replaced: repaired.replaced, firstBadByte: repaired.firstBadByte)
    if repaired.replaced == 0, repaired.multibyte == 0 {
      guard UTF8Repair.holds(0x1B, in: bytes) else { return (.utf8, asUTF8) }
      let named = declared.flatMap { Charset.named($0) }
      if named?.coding == .iso2022JP || ISO2022JP.claims(bytes) {
        return (.iso2022JP, Charset.iso2022JP.decode(bytes))
      }
      return (.utf8, asUTF8)
    }
    if repaired.replaced == 0 || repaired.multibyte >= max(10, 10 * repaired.replaced) {
      return (.utf8, asUTF8)
    }
    if let declared, let named = Charset.named(declared), named.isASCIICompatible {
      return (named, named.decode(bytes))
    }
    if isUTF8(repaired, of: bytes) { return (.utf8, asUTF8) }
    return (.windows1252, Charset.windows1252.decode(bytes))
  }

  /// Whether bytes with broken parts were UTF-8 in the first place: whole sequences are at least as many
  /// as broken parts, or only the file's end cuts a sequence in two.
  private static func isUTF8(_ repaired: UTF8Repair.Outcome, of bytes: [UInt8]) -> Bool {
    guard let first = repaired.firstBadByte else { return true }
    if repaired.multibyte >= repaired.replaced { return true }
    return repaired.replaced == 1 && bytes.count - first < 4 && bytes[first] >= 0xE0
      && UTF8Repair.sequence(bytes.span, at: first).length == bytes.count - first
      && bytes.count - first > 1
  }
}

extension Charset {
  static let iso2022JP = Charset(name: "ISO-2022-JP", coding: .iso2022JP)

  /// Whether a declaration that could be read as ASCII can be true. UTF-8 says nothing that the bytes do
  /// not say themselves.
  fileprivate var isASCIICompatible: Bool {
    switch coding {
    case .utf8, .utf16, .utf32: false
    default: true
    }
  }
}

extension ByteOrderMark {
  /// The charset that it marks.
  var charset: Charset {
    switch self {
    case .utf8: .utf8
    case .utf16(let bigEndian): bigEndian ? .utf16BigEndian : .utf16
    case .utf32(let bigEndian): bigEndian ? .utf32BigEndian : .utf32
    }
  }
}

import Bytes

/// The charsets that mail declares.
enum MailCharset {
  /// Whether text in a declared charset can be read.
  static func knows(_ label: [UInt8]) -> Bool { Charset.named(label) != nil }

  /// Bytes of a part or an encoded word as text.
  /// - Parameter override: the charset that the user names instead of all that is declared.
  static func text(_ bytes: [UInt8], declared: [UInt8]?, override: [UInt8]? = nil) -> DecodedText {
    DecodedText(bytes, declared: declared, override: override)
  }

  /// Whether a range of bytes is text as it stands, whatever ASCII-compatible charset is declared.
  static func isPlain(_ bytes: Span<UInt8>, _ range: Range<Int>, declared: [UInt8]?) -> Bool {
    guard bytes.isASCII(range) else { return false }
    if let first = declared?.first, first | 0x20 == 0x75, declared?.count != 5 {
      // UTF-16 and UTF-32 may look like ASCII with NULs.
      return bytes.position(of: 0, from: range.lowerBound, to: range.upperBound) == range.upperBound
    }
    return bytes.position(of: 0x1B, from: range.lowerBound, to: range.upperBound) == range.upperBound
  }
}

import Bytes

/// The broad kind of a source, told from its first bytes and never from its name.
enum FormatFamily: Equatable {
  case mail, json, xml, html, text, binary

  /// How many bytes are looked at.
  static let headSize = 1 << 16

  /// The family of a source that begins with these bytes.
  /// - Complexity: O(`head.count`).
  static func of(_ head: [UInt8], options: ReadingOptions) -> FormatFamily {
    if let named = options.format.flatMap(named) { return named }
    // NULs in JSON, XML and HTML do no harm, elsewhere they mean that the bytes are no text.
    if JSONFormats.claims(head) { return .json }
    // Mail may hold anything in its bodies, NULs too.
    if MailCollector.claims(head) { return .mail }
    if head.contains(0), XMLFormats.claims(head) { return .xml }
    if head.contains(0), HTMLPage.claims(head) { return .html }
    if BinaryContent.isBinary(head) { return .binary }
    let text =
      head.contains(0) || head.starts(with: [0xFF]) || head.starts(with: [0xFE]) || head.starts(with: [0xEF])
      ? DecodedText(head, override: options.charset).utf8 : head
    if MailCollector.claims(text) { return .mail }
    if JSONFormats.claims(text) { return .json }
    if XMLFormats.claims(text) { return .xml }
    if HTMLPage.claims(text) { return .html }
    return .text
  }

  /// The family that a format's name on the command line stands for.
  static func named(_ name: String) -> FormatFamily? { names.first { $0.name == name }?.family }

  /// The names, those to use first.
  static let names: [(name: String, family: FormatFamily)] = [
    ("mail", .mail), ("json", .json), ("xml", .xml), ("html", .html), ("text", .text), ("mbox", .mail),
    ("eml", .mail), ("ndjson", .json), ("feed", .xml),
  ]
}

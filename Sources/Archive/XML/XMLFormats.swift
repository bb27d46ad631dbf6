import Bytes

/// Feeds, exports and dumps in XML.
enum XMLFormats {
  /// Whether bytes begin a document of these.
  static func claims(_ head: [UInt8]) -> Bool { XMLProlog(head).root != nil }

  /// Reads a document.
  static func read(_ source: Source, into intake: Intake) {
    let head = Array(source.peek(FormatFamily.headSize))
    let override = intake.options.charset
    var source = source
    var prolog = XMLProlog(head)
    var charset = XMLCharset(declared: prolog.encoding, override: override)
    if isWide(head, declared: prolog.encoding, override: override) {
      let text = DecodedText(source.readAll(), declared: prolog.encoding, override: override)
      intake.reportRepairs(of: text)
      source = Source(path: source.path, bytes: text.utf8)
      prolog = XMLProlog(Array(text.utf8.prefix(FormatFamily.headSize)))
      charset = XMLCharset()
    }
    let tokenizer = XMLTokenizer(XMLWindow(source, charset: charset))
    switch prolog.root {
    case .feed, nil:
      var reader = FeedReader(tokenizer, intake: intake)
      reader.read()
    case .disqus:
      var reader = DisqusExport(tokenizer, intake: intake)
      reader.read()
    case .stackExchange(let table): intake.stackExchange.read(tokenizer, table: table, into: intake)
    case .other: intake.report("XML of a kind that holds no discussions, not read")
    }
  }

  /// Whether a document has to be decoded before its tags can be seen.
  private static func isWide(_ head: [UInt8], declared: [UInt8]?, override: [UInt8]?) -> Bool {
    let labels = [declared, override].compactMap {
      $0.map { String(decoding: $0, as: UTF8.self).lowercased() }
    }
    if labels.contains(where: { $0.hasPrefix("iso-2022") }) { return true }
    if let override, Charset.named(override)?.name.hasPrefix("UTF-") ?? false { return true }
    guard head.contains(0) || head.first == 0xFE || head.first == 0xFF else { return false }
    let name = DecodedText(head).charset.name
    return name.hasPrefix("UTF-16") || name.hasPrefix("UTF-32")
  }
}

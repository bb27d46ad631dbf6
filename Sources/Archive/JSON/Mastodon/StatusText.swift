import Discussion

/// What stands around the words of a status: its warning, whom it quotes, its poll and its media.
enum StatusText {
  /// Appends a warning about what follows.
  static func append(warning: [UInt8], to text: inout ParsedText) {
    let words = PlainWords.parsed(warning)
    LinkedText.append(
      ParsedText(utf8: words.utf8, spans: [RoleSpan(0..<words.utf8.count, .strong)]), to: &text)
  }

  /// Appends another's words.
  static func append(quote: ParsedText, to text: inout ParsedText) {
    LinkedText.append(
      ParsedText(utf8: quote.utf8, spans: [RoleSpan(0..<quote.utf8.count, .quote)] + quote.spans), to: &text)
  }

  /// Appends the options of a poll, each an item of a list.
  static func append(options: JSONNode?, name: StaticString, to text: inout ParsedText) {
    guard let options, options.isArray else { return }
    var list = ParsedText()
    for option in options.elements {
      guard let words = option.line(name) else { continue }
      if !list.utf8.isEmpty { list.utf8.append(0x0A) }
      let start = list.utf8.count
      list.utf8 += [0xE2, 0x80, 0xA2, 0x20] + words
      list.spans.append(RoleSpan(start..<list.utf8.count, .listItem))
    }
    LinkedText.append(list, to: &text)
  }

  /// Appends what is attached, by its kind and its description.
  /// - Parameter media: the kinds, such as `image` or `image/png`, with their descriptions.
  static func append(media: [(kind: [UInt8], description: [UInt8]?)], to text: inout ParsedText) {
    for (kind, description) in media {
      var line: [UInt8] = [0x5B]
      line += self.kind(kind)
      if let description { line += [0x3A, 0x20] + description }
      line.append(0x5D)
      LinkedText.append(ParsedText(utf8: line), to: &text)
    }
  }

  private static func kind(_ kind: [UInt8]) -> [UInt8] {
    for known in ["image", "video", "audio", "gifv"] where kind.starts(with: known.utf8) {
      return Array(known.utf8)
    }
    return Array("attachment".utf8)
  }
}

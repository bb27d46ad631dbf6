import Discussion

/// The body of a post that links somewhere: the address stands before the words.
enum LinkedText {
  /// Words behind the address that they are about.
  static func body(link: [UInt8]?, words: ParsedText) -> ParsedText {
    guard let link = link.map(OneLine.of), !link.isEmpty else { return words }
    var text = ParsedText(utf8: link, spans: [RoleSpan(0..<link.count, .link)])
    append(words, to: &text)
    return text
  }

  /// Appends a paragraph with its roles.
  static func append(_ words: ParsedText, to text: inout ParsedText) {
    guard !words.utf8.isEmpty else { return }
    if !text.utf8.isEmpty { text.utf8.append(contentsOf: [0x0A, 0x0A]) }
    let start = text.utf8.count
    text.utf8.append(contentsOf: words.utf8)
    text.spans.append(contentsOf: words.spans.map { $0.moved(by: start) })
  }
}

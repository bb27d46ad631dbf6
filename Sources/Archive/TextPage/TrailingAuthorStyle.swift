import Discussion

/// Comments whose author stands after the text, as Squarespace prints them:
/// `June 14, 2012 | Unregistered CommenterJames Grant`.
enum TrailingAuthorStyle {
  /// Reads the comments that begin at a line; nil when no such author line follows.
  static func read(_ page: TextPage, from start: Int) -> [ParsedComment]? {
    var comments: [ParsedComment] = []
    var text = TextAssembly()
    var first: Int?
    for line in page.lines.indices.dropFirst(start) {
      if page.lines[line].isBlank {
        text.endParagraph()
        continue
      }
      if let signature = signature(page, line) {
        let words = text.finish()
        if !words.utf8.isEmpty {
          comments.append(
            ParsedComment(
              author: signature.author, date: signature.date, text: words,
              line: page.number(of: first ?? line)))
        }
        (text, first) = (TextAssembly(), nil)
        continue
      }
      if !page.traits[line].isDisjoint(with: [.button, .reply]) { continue }
      first = first ?? line
      text.append(page.utf8[page.lines[line].text])
    }
    return comments.isEmpty ? nil : comments
  }

  /// Whether a line is such a signature.
  static func isSignature(_ page: TextPage, _ line: Int) -> Bool {
    let text = page.lines[line].text
    return text.count <= 160 && page.utf8[text].contains(0x7C) && signature(page, line) != nil
  }

  /// Author and date of a signature line; nil for any other line.
  private static func signature(_ page: TextPage, _ line: Int) -> (author: [UInt8]?, date: Timestamp?)? {
    let text = Array(page.utf8[page.lines[line].text])
    guard text.count <= 160, let word = text.firstRange(of: Array("Commenter".utf8)),
      let bar = text.firstIndex(of: 0x7C), bar < word.lowerBound
    else { return nil }
    guard let date = page.dates.whole(Phrase(folding: text[..<bar])) else { return nil }
    let name = Name.trimmed(text[word.upperBound...])
    return (name.isEmpty ? nil : Array(name), date.timestamp)
  }
}

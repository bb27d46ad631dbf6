import Discussion

/// The words of one comment among the lines of a page.
enum Block {
  /// A range without what stands under a comment's last words: buttons, badges, fields of the next author's
  /// profile, links to the page's top, and the next author's name.
  static func trimmed(_ lines: Range<Int>, of page: TextPage, before next: [UInt8]? = nil) -> Range<Int> {
    var end = lines.upperBound
    while end > lines.lowerBound {
      let line = end - 1
      page.steps.count += 1
      let isTail =
        page.lines[line].isBlank
        || !page.traits[line].isDisjoint(with: [.button, .reply, .profile, .foot])
        || next.map { isName($0, line, page) } ?? false
      guard isTail else { break }
      end -= 1
    }
    return lines.lowerBound..<end
  }

  /// The words of a range: buttons left out, quotations and list items marked.
  static func text(_ lines: Range<Int>, of page: TextPage, quoted: (Int) -> Bool = { _ in false })
    -> ParsedText
  {
    var text = TextAssembly()
    var quoteEnd = lines.lowerBound
    for line in lines {
      page.steps.count += 1
      if page.lines[line].isBlank {
        text.endParagraph()
        continue
      }
      if line >= quoteEnd, let end = Block.quoteEnd(from: line, in: lines, of: page) { quoteEnd = end }
      if !page.traits[line].isDisjoint(with: [.button, .reply, .form]) { continue }
      text.append(
        page.utf8[page.lines[line].text], isListItem: page.lines[line].isItem,
        isQuote: line < quoteEnd || quoted(line))
    }
    return text.finish()
  }

  /// Where a quotation ends that `Name said:` begins and `Click to expand...` ends.
  private static func quoteEnd(from line: Int, in lines: Range<Int>, of page: TextPage) -> Int? {
    guard let phrase = page.phrase(line), phrase.utf8.last == 0x3A, phrase.utf8.count <= 80,
      Byline(page.utf8[page.lines[line].text], dates: page.dates) != nil
    else { return nil }
    for next in (line + 1..<lines.upperBound).prefix(64) {
      page.steps.count += 1
      if let phrase = page.phrase(next), expands.contains(where: { phrase.starts(with: $0) }) { return next }
    }
    return nil
  }

  private static let expands: [StaticText] = [
    "click to expand", "zum vergrößern anklicken", "cliquez pour agrandir", "haz clic para expandir",
    "klicka för att expandera", "clicca per allargare", "klik om te vergroten",
  ]

  /// Whether a line is a name and nothing else, `@` in front or not.
  private static func isName(_ name: [UInt8], _ line: Int, _ page: TextPage) -> Bool {
    let text = page.utf8[page.lines[line].text]
    return text.elementsEqual(name) || text.first == 0x40 && text.dropFirst().elementsEqual(name)
  }
}

/// What stands below a post's words: the permanent link with its categories, picture credits, links to
/// share and print, the site's words about its owner.
enum PostTail {
  /// Cuts the tail off a post's paragraphs; categories go to the head.
  static func cut(
    _ paragraphs: inout ArraySlice<PostRegion.Paragraph>, of page: TextPage, into head: inout PostHead
  ) {
    cutCredit(&paragraphs, of: page)
    while paragraphs.count > 1, let last = paragraphs.last {
      var rest = last.lines
      while let line = rest.last, isTail(line, page) || takeFooter(page, line, &head) {
        rest = rest.dropLast()
      }
      if rest.isEmpty {
        paragraphs.removeLast()
        continue
      }
      guard rest.count == 1, let line = rest.first, takeFooter(page, line, &head) else {
        paragraphs[paragraphs.endIndex - 1].lines = rest
        return
      }
      paragraphs.removeLast()
    }
  }

  private static func isTail(_ line: Int, _ page: TextPage) -> Bool {
    guard let phrase = page.phrase(line) else { return false }
    page.steps.count += 1
    return !page.traits[line].isDisjoint(with: [.share, .button, .reply]) || Furniture.isNavigation(phrase)
      || Furniture.isCredit(phrase)
  }

  /// A picture credit as the last words of a post: after it only furniture follows, or, behind two blank
  /// lines or more, what the site says about itself.
  private static func cutCredit(_ paragraphs: inout ArraySlice<PostRegion.Paragraph>, of page: TextPage) {
    for index in paragraphs.indices.suffix(6).reversed() {
      guard let line = paragraphs[index].lines.last, let phrase = page.phrase(line),
        Furniture.isCredit(phrase)
      else { continue }
      let after = paragraphs[(index + 1)...]
      let isLast = after.first.map { $0.gap >= 2 } ?? true
      let onlyFurniture = after.allSatisfy { paragraph in
        paragraph.lines.allSatisfy { isTail($0, page) }
      }
      guard isLast || onlyFurniture else { continue }
      paragraphs.removeSubrange((index + 1)...)
      if paragraphs[index].lines.count > 1 {
        paragraphs[index].lines = paragraphs[index].lines.dropLast()
      } else if paragraphs.count > 1 {
        paragraphs.removeLast()
      }
      return
    }
  }

  /// `This entry was posted in A, B and tagged C. Bookmark the permalink.`
  private static func takeFooter(_ page: TextPage, _ line: Int, _ head: inout PostHead) -> Bool {
    let text = Array(page.utf8[page.lines[line].text])
    guard text.count <= 2000, Furniture.isPostFooter(Phrase(folding: text)) else { return false }
    guard let posted = text.firstRange(of: Array("posted in ".utf8)) else { return true }
    let rest = Array(text[posted.upperBound...])
    let ends = [" and tagged", ", tagged", " by ", ". Bookmark", "."].compactMap {
      rest.firstRange(of: Array($0.utf8))?.lowerBound
    }
    let named = rest[..<(ends.first ?? rest.count)]
    for name in named.split(separator: 0x2C) {
      let category = Name.trimmed(name)
      if !category.isEmpty { head.categories.append(Array(category)) }
    }
    return true
  }
}

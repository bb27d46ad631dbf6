import Discussion

/// What stands above a post's words: navigation, date, title, byline.
struct PostHead {
  var title: [UInt8]?
  /// Index of the title's line.
  var titleLine: Int?
  var author: [UInt8]?
  var date: Timestamp?
  var categories: [[UInt8]] = []

  /// The longest title, in bytes.
  static let titleLimit = 200

  /// Takes the head off the first paragraphs of a page.
  mutating func take(_ paragraphs: inout ArraySlice<PostRegion.Paragraph>, of page: TextPage) {
    takeFurniture(&paragraphs, of: page)
    takeTitle(&paragraphs, of: page)
    guard title != nil else { return }
    takeByline(&paragraphs, of: page)
  }

  /// Navigation, weekdays and dates above the title.
  private mutating func takeFurniture(_ paragraphs: inout ArraySlice<PostRegion.Paragraph>, of page: TextPage)
  {
    while let first = paragraphs.first, paragraphs.count > 1 {
      var rest = first.lines
      while let line = rest.first, takeFurnitureLine(line, of: page) { rest = rest.dropFirst() }
      if rest.isEmpty {
        paragraphs.removeFirst()
        continue
      }
      paragraphs[paragraphs.startIndex].lines = rest
      return
    }
  }

  private mutating func takeFurnitureLine(_ line: Int, of page: TextPage) -> Bool {
    guard let phrase = page.phrase(line) else { return false }
    if Furniture.isNavigation(phrase) || MonthNames.isWeekday(Array(phrase.utf8)) { return true }
    if let found = page.wholeDate(line) {
      date = date ?? found.timestamp
      return true
    }
    return false
  }

  /// The title: a short line on its own with words after it, printed once or twice.
  private mutating func takeTitle(_ paragraphs: inout ArraySlice<PostRegion.Paragraph>, of page: TextPage) {
    guard paragraphs.count > 1, let first = paragraphs.first, first.lines.count == 1 else { return }
    let line = first.lines.lowerBound
    let text = Name.trimmed(page.utf8[page.lines[line].text])
    guard text.count <= PostHead.titleLimit, !page.lines[line].isItem, text.last != 0x2C else { return }
    title = Array(text)
    titleLine = line
    paragraphs.removeFirst()
    while paragraphs.count > 1, let again = paragraphs.first, again.lines.count == 1,
      Name.trimmed(page.utf8[page.lines[again.lines.lowerBound].text]).elementsEqual(text)
    {
      paragraphs.removeFirst()
    }
  }

  /// `by Natalie Luckham` on a line of its own, and a date line, among the first paragraphs.
  private mutating func takeByline(_ paragraphs: inout ArraySlice<PostRegion.Paragraph>, of page: TextPage) {
    var passed = 0
    while passed < 3, passed < paragraphs.count, paragraphs.count > 1 {
      let index = paragraphs.startIndex + passed
      let lines = paragraphs[index].lines
      guard lines.count == 1, let line = lines.first, let phrase = page.phrase(line) else {
        passed += 1
        continue
      }
      if date == nil, passed == 0, let found = page.wholeDate(line) {
        date = found.timestamp
        paragraphs.remove(at: index)
      } else if author == nil, let name = PostHead.byline(page.utf8[page.lines[line].text], phrase) {
        author = name
        paragraphs.remove(at: index)
      } else if author == nil, date == nil, passed == 0,
        let head = HeadLine(Name.trimmed(page.utf8[page.lines[line].text]), dates: page.dates), head.hasLead
      {
        (author, date) = (head.author, head.date)
        paragraphs.remove(at: index)
      } else {
        passed += 1
      }
    }
  }

  /// The name after `by`, when nothing else stands on the line.
  private static func byline(_ text: ArraySlice<UInt8>, _ phrase: Phrase) -> [UInt8]? {
    for word in [StaticText("by "), "by: ", "von ", "written by ", "posted by ", "author: ", "par ", "por "]
    where phrase.starts(with: word) {
      let name = Name.trimmed(text.dropFirst(word.utf8.count))
      guard Name.isPlausible(name), let first = name.first, first &- 0x41 < 26 || first >= 0xC3,
        !name.contains(where: { $0 &- 0x30 < 10 })
      else { return nil }
      return Array(name)
    }
    return nil
  }

  /// Puts what was found into a post.
  func fill(_ post: inout ParsedDiscussion) {
    post.author = author
    post.date = date
    post.categories = categories
  }
}

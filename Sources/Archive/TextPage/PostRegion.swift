import Bytes
import Discussion

/// The part of a page before its comments: the post, or several with titles between them.
struct PostRegion {
  let page: TextPage
  let range: Range<Int>
  /// Whether the region may begin with a title.
  var hasTitle = true

  /// Lines in a row without a blank one between.
  struct Paragraph {
    var lines: Range<Int>
    /// Blank lines in front.
    var gap: Int
  }

  /// The posts of the region; exactly one unless several are allowed and titles part them.
  func posts(mayBeSeveral: Bool, path: [UInt8]) -> [ParsedDiscussion] {
    var paragraphs = self.paragraphs()[...]
    var head = PostHead()
    if hasTitle { head.take(&paragraphs, of: page) }
    PostTail.cut(&paragraphs, of: page, into: &head)
    guard head.title != nil else {
      var post = post(
        paragraphs, title: PostRegion.title(from: path), line: paragraphs.first?.lines.lowerBound)
      head.fill(&post)
      return [post]
    }
    let kept = Array(paragraphs)
    let starts = mayBeSeveral ? PostTitle.starts(kept, of: page) : []
    var posts: [ParsedDiscussion] = []
    let ends = starts + [kept.count]
    var first = post(
      kept[..<(ends.first ?? kept.count)], title: head.title ?? [], line: head.titleLine)
    head.fill(&first)
    posts.append(first)
    for (start, end) in zip(starts, ends.dropFirst()) {
      let line = kept[start].lines.lowerBound
      let title = Array(Name.trimmed(page.utf8[page.lines[line].text]))
      posts.append(post(kept[(start + 1)..<end], title: title, line: line))
    }
    return posts
  }

  private func paragraphs() -> [Paragraph] {
    var found: [Paragraph] = []
    var start: Int?
    var gap = 0
    page.steps.count += range.count
    for line in range {
      if page.lines[line].isBlank {
        if let begun = start { found.append(Paragraph(lines: begun..<line, gap: gap)) }
        gap = start == nil ? gap + 1 : 1
        start = nil
      } else if start == nil {
        start = line
      }
    }
    if let begun = start { found.append(Paragraph(lines: begun..<range.upperBound, gap: gap)) }
    return found
  }

  private func post(_ paragraphs: ArraySlice<Paragraph>, title: [UInt8], line: Int?) -> ParsedDiscussion {
    var text = TextAssembly()
    for paragraph in paragraphs {
      for line in paragraph.lines {
        if page.lines[line].indent < 2, page.traits[line].contains(.share) { continue }
        text.append(page.utf8[page.lines[line].text], isListItem: page.lines[line].isItem)
      }
      text.endParagraph()
    }
    return ParsedDiscussion(title: title, body: text.finish(), line: line.map { page.number(of: $0) })
  }

  /// A title for a page that prints none: the file's name without its ending.
  private static func title(from path: [UInt8]) -> [UInt8] {
    if path == Archive.standardInputPath { return Array("standard input".utf8) }
    var name = PathName(path).lastComponent[...]
    if let dot = name.lastIndex(of: 0x2E), dot > name.startIndex { name = name[..<dot] }
    let shown = PathName(Array(name)).display
    return Array(LineRanges.of(shown).map { shown[$0] }.joined(separator: [0x20]))
  }
}

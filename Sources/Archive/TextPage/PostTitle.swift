/// Titles of further posts on one page, as an archive or a front page prints them.
enum PostTitle {
  /// The paragraphs that are titles of further posts; none when the short lines between paragraphs look
  /// like headings inside one post.
  ///
  /// A title is a line of its own of at least four words without an end of a sentence (a question mark
  /// is fine), is not introduced by a colon above it, and has a post of some length under it. Sub-headings
  /// are told by being short: one line of less than four words between prose, and the page is one post.
  static func starts(_ paragraphs: [PostRegion.Paragraph], of page: TextPage) -> [Int] {
    var starts: [Int] = []
    var questions = 0
    for index in paragraphs.indices.dropFirst() {
      guard let words = candidate(paragraphs, index, of: page) else { continue }
      guard words >= 4, words <= 16 else { return [] }
      let line = page.lines[paragraphs[index].lines.lowerBound]
      if page.utf8[line.text].last == 0x3F { questions += 1 }
      starts.append(index)
    }
    guard questions * 2 <= starts.count else { return [] }
    let ends = starts.dropFirst() + [paragraphs.count]
    let isLong = zip(starts, ends).allSatisfy { start, end in
      start + 1 < end && proseLength(paragraphs[(start + 1)..<end], of: page) >= 100
    }
    return isLong ? starts : []
  }

  /// The number of words of a short line that stands between paragraphs like a title; nil for others.
  private static func candidate(
    _ paragraphs: [PostRegion.Paragraph], _ index: Int, of page: TextPage
  ) -> Int? {
    let paragraph = paragraphs[index]
    guard paragraph.lines.count == 1, index + 1 < paragraphs.count else { return nil }
    let line = page.lines[paragraph.lines.lowerBound]
    let text = Name.trimmed(page.utf8[line.text])
    guard line.marker == nil, line.indent < 2, text.count <= 120, let first = text.first, let last = text.last
    else { return nil }
    // Lower-case and punctuated lines are prose.
    guard first >= 0x80 || first &- 0x41 < 26 || first &- 0x30 < 10 else { return nil }
    guard ![0x2E, 0x21, 0x3A, 0x3B, 0x2C, 0x22, 0x29].contains(last),
      !text.suffix(3).elementsEqual([0xE2, 0x80, 0xA6]),
      !text.suffix(3).elementsEqual([0xE2, 0x80, 0x9D])
    else { return nil }
    guard let above = paragraphs[index - 1].lines.last, page.utf8[page.lines[above].text].last != 0x3A else {
      return nil
    }
    return text.split(separator: 0x20).count
  }

  private static func proseLength(_ paragraphs: ArraySlice<PostRegion.Paragraph>, of page: TextPage) -> Int {
    paragraphs.reduce(0) { sum, paragraph in
      sum + paragraph.lines.reduce(0) { $0 + page.lines[$1].text.count }
    }
  }
}

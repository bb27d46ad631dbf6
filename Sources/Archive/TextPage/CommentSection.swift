import Discussion

/// The part of a page that holds comments.
struct CommentSection {
  /// Index of the line where the post's own part begins.
  var bodyStart = 0
  /// Whether the post's part may begin with its title.
  var hasTitle = true
  /// Index of the line where the post's own part ends.
  var bodyEnd: Int
  /// The number of comments that the page claims.
  var declared: Int?
  /// Whether the page says that comments are closed.
  var isClosed: Bool
  /// Who wrote the post and when, where the comments' style says it.
  var author: [UInt8]?
  /// When the post was written, where the comments' style says it.
  var date: Timestamp?
  /// The bytes of the post's title, where it stands above the post's part.
  var title: Range<Int>?
  /// The comments.
  var comments: [ParsedComment]
  /// What speaks for comments that could not be told apart.
  var unread: UnreadComments?

  /// Finds the comments of a page, the surest style first; nil when nothing speaks for comments.
  static func find(in page: TextPage) -> CommentSection? {
    if let questions = QuestionStyle.read(page) { return questions }
    let marks = PageMarks(page)
    if let forum = ForumStyle.read(page) { return forum }
    for (line, heading) in marks.tried {
      guard let comments = comments(of: page, under: line, heading, marks) else { continue }
      return CommentSection(
        bodyEnd: line, declared: heading.declared, isClosed: marks.isClosed, comments: comments)
    }
    if let list = ListStyle.readWithoutHeading(page, marks) ?? StampStyle.readWithoutHeading(page, marks) {
      var section = list
      section.isClosed = marks.isClosed
      // A heading that is not right above still says how many there are.
      section.declared =
        marks.headings.last { $0.line < list.bodyEnd && $0.heading.declared != nil }?.heading.declared
      return section
    }
    return withoutComments(page, marks)
  }

  /// The comments under a heading, read in the style that fits.
  private static func comments(
    of page: TextPage, under line: Int, _ heading: CommentHeading, _ marks: PageMarks
  ) -> [ParsedComment]? {
    let start = line + 1
    if marks.hasSignature(after: line, page), let found = TrailingAuthorStyle.read(page, from: start) {
      return found
    }
    if let found = ListStyle.read(page, from: start, marks) { return found }
    return StampStyle.read(page, from: start, after: heading, marks)
  }

  /// The part of a page that speaks of comments of which none can be told apart: their text stays in the
  /// post, and the page says so.
  private static func withoutComments(_ page: TextPage, _ marks: PageMarks) -> CommentSection? {
    let end = marks.form ?? marks.closedLine
    let heading =
      marks.headings.last { found in
        found.heading.isStrong || end.map { $0 > found.line } ?? false
      }
    guard end != nil || heading != nil else { return nil }
    var section = CommentSection(
      bodyEnd: end ?? page.lines.count, declared: heading?.heading.declared, isClosed: marks.isClosed,
      comments: [])
    guard let heading else { return section }
    let stop = max(section.bodyEnd, heading.line)
    let hasWords = (heading.line + 1..<max(stop, heading.line + 1)).contains { line in
      !page.lines[line].isBlank && !page.traits[line].isFurniture && !page.traits[line].contains(.heading)
    }
    if hasWords {
      if heading.heading.declared != 0 {
        section.unread = UnreadComments(
          line: page.number(of: heading.line), declared: heading.heading.declared)
      }
    } else {
      section.bodyEnd = heading.line
    }
    return section
  }
}

/// The lines of a page that say where comments begin and end.
struct PageMarks {
  /// Headings over comments, in order.
  var headings: [(line: Int, heading: CommentHeading)] = []
  /// The first line of a reply form.
  var form: Int?
  /// The line that says that comments are closed.
  var closedLine: Int?
  /// Every line of a form and every line that says that comments are closed.
  private(set) var ends: [Int] = []

  var isClosed: Bool { closedLine != nil }

  /// The headings under which comments are looked for; a page of thousands of headings holds none.
  var tried: ArraySlice<(line: Int, heading: CommentHeading)> { headings.prefix(24) }

  init(_ page: TextPage) {
    for line in page.lines.indices where page.lines[line].indent < 2 {
      let traits = page.traits[line]
      if traits.contains(.heading) {
        if let phrase = page.phrase(line), let heading = CommentHeading(phrase) {
          headings.append((line, heading))
        }
      } else if traits.contains(.closed) {
        closedLine = closedLine ?? line
        ends.append(line)
      } else if traits.contains(.form) {
        form = form ?? line
        ends.append(line)
      }
    }
    page.steps.count += page.lines.count
  }

  /// The first end of comments after a line, the page's end if none is said.
  func end(after line: Int, _ page: TextPage) -> Int { ends.first { $0 > line } ?? page.lines.count }

  /// Whether a line in the way of Squarespace names an author somewhere after a line.
  func hasSignature(after line: Int, _ page: TextPage) -> Bool {
    page.lines.indices.dropFirst(line + 1).prefix(4096).contains { TrailingAuthorStyle.isSignature(page, $0) }
  }
}

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
  /// The comments.
  var comments: [ParsedComment]

  /// Finds the comments of a page, the surest style first; nil when nothing speaks for comments.
  static func find(in page: TextPage) -> CommentSection? {
    if let questions = QuestionStyle.read(page) { return questions }
    let marks = PageMarks(page)
    var fallback: CommentSection?
    if let forum = ForumStyle.read(page) { return forum }
    for (line, heading) in marks.headings {
      let start = line + 1
      let comments =
        TrailingAuthorStyle.read(page, from: start) ?? ListStyle.read(page, from: start, after: heading)
      let section = CommentSection(
        bodyEnd: line, declared: heading.declared, isClosed: marks.isClosed, comments: comments ?? [])
      if comments != nil { return section }
      if heading.isStrong || marks.form.map({ $0 > line }) ?? false { fallback = fallback ?? section }
    }
    if let fallback { return fallback }
    if marks.isClosed || marks.form != nil {
      let end = marks.form ?? marks.closedLine ?? page.lines.count
      return CommentSection(bodyEnd: end, declared: nil, isClosed: marks.isClosed, comments: [])
    }
    return nil
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

  var isClosed: Bool { closedLine != nil }

  init(_ page: TextPage) {
    for line in page.lines.indices where page.lines[line].indent < 2 {
      guard let phrase = page.phrase(line) else { continue }
      if let heading = CommentHeading(phrase) {
        headings.append((line, heading))
      } else if Furniture.closed.matches(phrase) {
        closedLine = closedLine ?? line
      } else if form == nil, Furniture.form.matches(phrase) {
        form = line
      }
    }
  }
}

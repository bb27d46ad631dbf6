import Discussion

/// The discussions that stand on the golden screens.
enum Shelves {
  /// A discussion from an outline: each comment with its depth, 1 for a reply to the post.
  static func discussion(
    _ title: String, by author: String? = nil, on date: Timestamp? = nil, _ body: String,
    from source: String = "pages/bells.txt",
    _ comments: [(depth: Int, author: String?, date: Timestamp?, text: String)] = []
  ) -> ParsedDiscussion {
    var lastAtDepth: [Int: Int] = [:]
    var parsed: [ParsedComment] = []
    for (place, comment) in comments.enumerated() {
      let parent = lastAtDepth[comment.depth - 1]
      parsed.append(
        ParsedComment(
          parent: comment.depth == 1 ? .post : parent.map { .comment($0) } ?? .post,
          author: comment.author.map { Array($0.utf8) }, date: comment.date, text: text(comment.text)))
      lastAtDepth[comment.depth] = place
    }
    return ParsedDiscussion(
      title: Array(title.utf8), author: author.map { Array($0.utf8) }, date: date, format: "test",
      body: text(body), comments: parsed, sources: [Array(source.utf8)])
  }

  /// Text in which lines that begin with `>` are quotes.
  static func text(_ string: String) -> ParsedText {
    var spans: [RoleSpan] = []
    var start = 0
    for line in string.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.first == 0x3E { spans.append(RoleSpan(start..<start + line.count, .quote)) }
      start += line.count + 1
    }
    return ParsedText(utf8: Array(string.utf8), spans: spans)
  }

  static func day(_ year: Int, _ month: Int, _ day: Int, _ hour: Int? = nil, _ minute: Int? = nil)
    -> Timestamp?
  {
    Timestamp(year: year, month: month, day: day, hour: hour, minute: minute)
  }

  static let bells: ParsedDiscussion = {
    var parsed = discussion(
      "Who rings the bells at noon?", by: "Mara Quill", on: day(2013, 3, 2),
      "Since the old sexton left, the bells of the upper church ring at noon only on some days. I keep a list, "
        + "and there is no order in it that I can find.\n\nDoes anybody know who has the key to the tower now?",
      [
        (
          1, "Ned Asher", day(2013, 3, 2, 14, 5),
          "The key hangs in the baker's shop. Whoever comes first at noon may ring; on market days that is "
            + "mostly one of the bell children."
        ),
        (
          2, "Mara Quill", day(2013, 3, 2, 15, 40),
          "> The key hangs in the baker's shop.\n\nThat explains Saturdays. Thank you!"
        ),
        (3, nil, nil, "And the baker is closed on Tuesdays, which explains those."),
        (2, "Ola Fenn", day(2013, 3, 4), "The bell rope is worn. Somebody should tell the parish."),
        (
          1, "Pia", day(2013, 3, 9, 8, 12),
          "鐘の音 carries to our side of the lake when the wind is right, bell by bell."
        ),
        (1, "Quentin R. of the Upper Village Historical Society", nil, "See our page on the bells."),
      ])
    parsed.declaredComments = 8
    parsed.categories = [Array("village".utf8)]
    return parsed
  }()

  static let moss = discussion(
    "Moss on the north roof", by: "Rolf Ames", on: day(2014, 11, 20),
    (1...12).map { "Week \($0): the moss has grown by a hand, and no bell of warning rang." }
      .joined(separator: "\n"),
    from: "pages/moss.txt",
    (1...11).map { depth in
      (depth, depth % 2 == 0 ? "Sue" : "Tom Vale", day(2014, 11, 20 + depth / 2), "Reply at depth \(depth).")
    })

  static let untitled = discussion("", "A page without a title or an author.", from: "pages/bare.txt")

  static let long = discussion(
    "A title that is longer than any line of a narrow terminal can hold, and says so at length", by: "Ursula",
    on: day(2009, 1, 31), "Short words.", from: "pages/long.txt", [(1, "Vic", nil, "Yes.")])

  static let all = [bells, moss, untitled, long]

  static let library: Library = {
    let library = Library.of(all)
    precondition(library.checkInvariants().isEmpty)
    return library
  }()
}

import Discussion

/// The discussions that these tests read.
enum Shelves {
  /// A discussion from an outline: each comment with its depth, 1 for a reply to the post.
  static func discussion(
    _ title: String, by author: String? = nil, _ body: String, from source: String = "pages/one.txt",
    _ comments: [(depth: Int, author: String?, text: String)] = []
  ) -> ParsedDiscussion {
    var lastAtDepth: [Int: Int] = [:]
    var parsed: [ParsedComment] = []
    for (place, comment) in comments.enumerated() {
      let parent = lastAtDepth[comment.depth - 1]
      parsed.append(
        ParsedComment(
          parent: comment.depth == 1 ? .post : parent.map { .comment($0) } ?? .post,
          author: comment.author.map { Array($0.utf8) }, text: ParsedText(comment.text), line: place + 10))
      lastAtDepth[comment.depth] = place
    }
    return ParsedDiscussion(
      title: Array(title.utf8), author: author.map { Array($0.utf8) }, format: "test", body: ParsedText(body),
      comments: parsed, sources: [Array(source.utf8)], line: 1)
  }

  /// Lines that can be told apart, each with its own number.
  static func lines(_ count: Int, _ word: String) -> String {
    (1...count).map { "\(word) line \($0) of the log that somebody kept by hand" }.joined(separator: "\n")
  }

  static let ferry = discussion(
    "The ferry in winter", by: "Ada Brook",
    "The ferry runs twice a day in winter.\n\nIt is enough for the islanders, and the crew thinks so too.",
    [
      (1, "Bo Lind", "Twice is not enough when the school is open. The ferry is full at eight."),
      (2, "Cy Marsh", "The early boat was full on Monday only."),
      (3, "Bo Lind", "Monday is a school day."),
      (2, nil, "A second boat costs more than it earns."),
      (1, "Dee Orr", "I take the bus over the dam and never the ferry."),
      (2, "Ada Brook", "The dam is closed in a storm, the ferry is not."),
      (1, "Eve Ness", "Thank you for the timetable."),
    ])

  static let kites = discussion(
    "Kites, 凧 and cafe\u{301}s", by: "凧之介",
    "凧は風の中で高く上がる。" + String(repeating: "空は広い。", count: 20),
    [
      (1, "Zoë", "e\u{301}te\u{301} 👍🏽 in a \u{202E}hidden\u{202C} word, and a tab:\there."),
      (2, "凧之介", String(repeating: "風", count: 90)),
    ])

  static let chain = discussion(
    "A chain of answers", "Who goes on?",
    (1...14).map { (depth: $0, author: "Nr \($0)", text: "Answer number \($0) goes on.") })

  static let lone = discussion("Only a post", by: "Flo", "Nobody answered this one.")

  static let log = discussion(
    "The keeper's log", by: "Gus Hale", lines(70, "Tower"),
    [(1, "Hal", lines(55, "Harbour")), (2, "Gus Hale", "Short."), (1, nil, lines(30, "Ferry"))])

  static let all = [ferry, kites, chain, lone, log]

  static let library: Library = {
    let library = Library.of(all)
    precondition(library.checkInvariants().isEmpty)
    return library
  }()
}

import Discussion

/// One site of Stack Exchange, as far as its tables are read.
struct StackExchangeSite {
  /// An answer or a comment, and what its row says of others by number.
  private struct Reply {
    var words: ParsedComment
    var number: Int?
    /// The question of an answer, the post of a comment.
    var post: Int
    var user: Int?
    var commentCount = 0
  }

  private struct Question {
    var post: ParsedDiscussion
    var user: Int?
    var accepted: Int?
    /// Indices of its answers and of comments, in the order of the rows.
    var answers: [Int] = []
    var comments: [Int] = []
    var counted: Int?
  }

  private let key: [UInt8]
  private var questions: [Question] = []
  private var questionByNumber: [Int: Int] = [:]
  private var answers: [Reply] = []
  private var answerByNumber: [Int: Int] = [:]
  private var comments: [Reply] = []
  private var names: [Int: Range<Int>] = [:]
  private var nameBytes: [UInt8] = []
  private var postSources: [[UInt8]] = []
  private var commentSources: [[UInt8]] = []

  /// A site without rows.
  init(_ key: [UInt8]) { self.key = key }

  private func id(_ number: Int, of kind: String = "") -> [UInt8] {
    Array("se:".utf8) + key + Array(":\(kind)\(number)".utf8)
  }

  private static func number(_ value: [UInt8]?) -> Int? {
    value.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  // MARK: Rows

  /// Takes a row of users.
  mutating func addUser(_ row: XMLRecord) {
    guard let number = StackExchangeSite.number(row.attribute(.id)),
      let name = ShortLine.name(row.attribute(.displayName))
    else { return }
    let start = nameBytes.count
    nameBytes.append(contentsOf: name)
    names[number] = start..<nameBytes.count
  }

  /// Takes a row of posts: a question or an answer; other pages of a site are no discussions.
  mutating func addPost(_ row: XMLRecord, path: [UInt8]) {
    if postSources.last != path { postSources.append(path) }
    let number = StackExchangeSite.number(row.attribute(.id))
    let type = StackExchangeSite.number(row.attribute(.postTypeID))
    let user = StackExchangeSite.number(row.attribute(.ownerUserID))
    let author = ShortLine.name(row.attribute(.ownerDisplayName))
    let date = StackExchangeSite.date(row)
    let score = StackExchangeSite.number(row.attribute(.score)).map { Int32(clamping: $0) }
    let counted = StackExchangeSite.number(row.attribute(.commentCount))
    guard type == 1 || type == 2 else { return }
    let body = HTMLText.parsed(row.attribute(.body) ?? [])
    if type == 2 {
      guard let question = StackExchangeSite.number(row.attribute(.parentID)) else { return }
      if let number { answerByNumber[number] = answers.count }
      answers.append(
        Reply(
          words: ParsedComment(
            nativeID: number.map { id($0) }, kind: .answer, author: author, date: date, score: score,
            text: body, line: row.line),
          number: number, post: question, user: user, commentCount: counted ?? 0))
      return
    }
    let index = question(number)
    questions[index].post = ParsedDiscussion(
      title: ShortLine.of(row.attribute(.title) ?? []), author: author, date: date, format: "stack-exchange",
      nativeID: number.map { id($0) }, categories: StackExchangeSite.tags(row.attribute(.tags) ?? []),
      isClosed: row.attribute(.closedDate) == nil ? nil : true, body: body, score: score, line: row.line)
    questions[index].user = user
    questions[index].accepted = StackExchangeSite.number(row.attribute(.acceptedAnswerID))
    let answerCount = StackExchangeSite.number(row.attribute(.answerCount))
    if answerCount != nil || counted != nil {
      questions[index].counted = max(0, answerCount ?? 0) + max(0, counted ?? 0)
    }
  }

  /// Takes a row of comments.
  mutating func addComment(_ row: XMLRecord, path: [UInt8]) {
    guard let post = StackExchangeSite.number(row.attribute(.postID)) else { return }
    if commentSources.last != path { commentSources.append(path) }
    let number = StackExchangeSite.number(row.attribute(.id))
    comments.append(
      Reply(
        words: ParsedComment(
          nativeID: number.map { id($0, of: "c") }, author: ShortLine.name(row.attribute(.userDisplayName)),
          date: StackExchangeSite.date(row),
          score: StackExchangeSite.number(row.attribute(.score)).map { Int32(clamping: $0) },
          text: PlainWords.parsed(row.attribute(.text) ?? []), line: row.line),
        number: number, post: post, user: StackExchangeSite.number(row.attribute(.userID))))
  }

  /// Dumps state moments of UTC without saying so.
  private static func date(_ row: XMLRecord) -> Timestamp? {
    MachineDate.parse(utc: row.attribute(.creationDate), local: nil)
  }

  /// `<a><b>` as dumps have tags, `|a|b|` since 2024.
  private static func tags(_ value: [UInt8]) -> [[UInt8]] {
    value.split { $0 == 0x3C || $0 == 0x3E || $0 == 0x7C }.prefix(64).map { ShortLine.of($0) }
      .filter { !$0.isEmpty }
  }

  private mutating func question(_ number: Int?) -> Int {
    if let number, let known = questionByNumber[number], questions[known].post.title.isEmpty,
      questions[known].post.body.utf8.isEmpty
    {
      return known
    }
    if let number, questionByNumber[number] == nil { questionByNumber[number] = questions.count }
    questions.append(
      Question(post: ParsedDiscussion(format: "stack-exchange", nativeID: number.map { id($0) })))
    return questions.count - 1
  }

  // MARK: Joining

  private func name(_ user: Int?) -> [UInt8]? {
    user.flatMap { names[$0] }.map { Array(nameBytes[$0]) }
  }

  /// Joins all rows and hands the discussions over.
  /// - Complexity: O(rows).
  mutating func deliver(_ deliver: (ParsedDiscussion) -> Void) {
    for index in answers.indices {
      let number = answers[index].post
      questions[questionByNumber[number] ?? question(number)].answers.append(index)
    }
    for index in comments.indices {
      let post = comments[index].post
      if let answer = answerByNumber[post] {
        if let id = answers[answer].words.nativeID { comments[index].words.parent = .id(id) }
        questions[questionByNumber[answers[answer].post] ?? 0].comments.append(index)
      } else {
        questions[questionByNumber[post] ?? question(post)].comments.append(index)
      }
    }
    for index in questions.indices {
      deliver(discussion(questions[index]))
      questions[index].post.body = ParsedText()
    }
  }

  /// A question, its comments, then its answers, the accepted one first, as the site shows them.
  private func discussion(_ question: Question) -> ParsedDiscussion {
    var post = question.post
    post.author = post.author ?? name(question.user)
    var ordered = question.answers
    if let accepted = question.accepted,
      let place = ordered.firstIndex(where: { answers[$0].number == accepted })
    {
      ordered.insert(ordered.remove(at: place), at: 0)
    }
    for (replies, indices) in [(comments, question.comments), (answers, ordered)] {
      for index in indices {
        var words = replies[index].words
        words.author = words.author ?? name(replies[index].user)
        post.comments.append(words)
      }
    }
    if let counted = question.counted {
      post.declaredComments = question.answers.reduce(counted) { $0 + max(0, answers[$1].commentCount) }
    }
    post.sources = postSources
    if postSources.isEmpty || !question.comments.isEmpty { post.sources += commentSources }
    return post
  }
}

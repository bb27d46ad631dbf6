import Discussion

/// What GitHub says of comments and reviews.
enum GitHubComment {
  /// Whether a value is a comment or a review that names what it is about.
  static func isLoose(_ value: JSONNode) -> Bool {
    guard value.isObject, GitHubEntry.hasWords(value), !value.has("title"),
      value.has("user") || value.has("author") || value.has("actor") || value.has("issue_url")
        || value.has("pull_request_url")
    else { return false }
    guard
      value.has("created_at") || value.has("createdAt") || value.has("submitted_at") || value.has("state")
    else { return false }
    return GitHubEntry.place(of: value) != nil
  }

  /// Whether a comment is a review: what somebody says of a whole pull request, with a verdict.
  static func isReview(_ value: JSONNode) -> Bool {
    value.has("state") && !value.has("diff_hunk") && !value.has("diffHunk")
      && (value.has("submitted_at") || value.has("submittedAt") || value.has("pull_request_url")
        || value.has("commit") || value.has("commit_id") || value.has("comments")
        || value.has("authorAssociation")
        || isNamed(value, "pull_request_review"))
  }

  /// Whether a value says that it is of a kind, as migration archives do.
  static func isNamed(_ value: JSONNode, _ type: StaticString) -> Bool { value.isText("type", type) }

  /// A comment; nil when it holds nothing to read: a review without words or verdict.
  static func parsed(_ value: JSONNode, of place: [UInt8]?, showsCode: Bool = true) -> ParsedComment? {
    let isReview = isReview(value)
    let isLine =
      value.has("diff_hunk") || value.has("diffHunk") || value.has("in_reply_to_id")
      || value.has("original_position") || value.has("originalPosition")
    var comment = ParsedComment()
    comment.nativeID = GitHubEntry.id(
      value, of: place,
      kind: kind(of: value, isReview: isReview, isLine: isLine))
    comment.author = GitHubEntry.author(value)
    comment.date = GitHubEntry.date(value)
    comment.score = GitHubEntry.score(value)
    if value.isTrue("isAnswer") { comment.kind = .answer }
    if let parent = parent(of: value, place: place) { comment.parent = .id(parent) }
    let words = GitHubEntry.words(value)
    if isReview, let verdict = verdict(value) {
      comment.text = ParsedText(utf8: verdict, spans: [RoleSpan(0..<verdict.count, .emphasis)])
    } else if isReview, words.utf8.isEmpty {
      return nil
    } else if isLine, showsCode, comment.parent == .post {
      comment.text = code(value)
    }
    LinkedText.append(words, to: &comment.text)
    return comment
  }

  /// What the address of a comment has before its number.
  private static func kind(of value: JSONNode, isReview: Bool, isLine: Bool) -> StaticString {
    if isReview { return "pullrequestreview-" }
    if isLine { return "discussion_r" }
    return value.has("parent_id") || value.has("child_comment_count") ? "discussioncomment-" : "issuecomment-"
  }

  /// The comment that a comment answers: on a line, or in a discussion.
  private static func parent(of value: JSONNode, place: [UInt8]?) -> [UInt8]? {
    let place = place ?? Array("github:".utf8)
    if let number = value["in_reply_to_id"]?.int { return place + Array("#discussion_r\(number)".utf8) }
    if let number = value["parent_id"]?.int { return place + Array("#discussioncomment-\(number)".utf8) }
    for key in [value["in_reply_to"], value["reply_to"]] {
      guard let address = key?.string, let mark = address.lastIndex(of: 0x72) else { continue }
      let digits = address[(mark + 1)...]
      if !digits.isEmpty, digits.allSatisfy({ $0 &- 0x30 < 10 }) {
        return place + Array("#discussion_r".utf8) + digits
      }
    }
    guard let target = value["replyTo"], target.isObject else { return nil }
    return GitHubEntry.id(target, of: place, kind: "discussion_r")
  }

  /// What a review decided, in words; nil for a review that only comments.
  private static func verdict(_ value: JSONNode) -> [UInt8]? {
    guard let state = value["state"]?.string else { return nil }
    let known: [(String, String)] = [
      ("APPROVED", "Approved"), ("CHANGES_REQUESTED", "Changes requested"), ("DISMISSED", "Dismissed"),
    ]
    for (name, words) in known where state.elementsEqual(name.utf8) { return Array(words.utf8) }
    return nil
  }

  /// At most so many lines of code stand over a comment: those before the line that it is about.
  private static let codeLines = 6

  /// The file and the lines that a comment is about.
  private static func code(_ value: JSONNode) -> ParsedText {
    var text = ParsedText()
    if let path = value.line("path") {
      text = ParsedText(utf8: path, spans: [RoleSpan(0..<path.count, .strong)])
    }
    guard let hunk = value["diff_hunk"]?.nonEmptyString ?? value["diffHunk"]?.nonEmptyString else {
      return text
    }
    var lines = hunk.split(separator: 0x0A, omittingEmptySubsequences: true)
    if lines.first?.starts(with: [0x40, 0x40]) ?? false { lines.removeFirst() }
    var code: [UInt8] = []
    for line in lines.suffix(codeLines) {
      guard let last = line.lastIndex(where: { $0 > 0x20 }), last > line.startIndex else { continue }
      if !code.isEmpty { code.append(0x0A) }
      code += line[...last]
    }
    if !code.isEmpty {
      LinkedText.append(ParsedText(utf8: code, spans: [RoleSpan(0..<code.count, .code)]), to: &text)
    }
    return text
  }
}

import Discussion

/// What GitHub says of issues, pull requests and discussions, and the comments inside them.
enum GitHubIssue {
  /// Whether a value is an issue, a pull request or a discussion.
  static func isIssue(_ value: JSONNode) -> Bool {
    guard value.isObject, value.hasString("title") else { return false }
    if GitHubComment.isNamed(value, "issue") || GitHubComment.isNamed(value, "pull_request") {
      return value.has("user") && value.has("url") && value.has("created_at")
    }
    return value["number"]?.int != nil && GitHubEntry.hasWords(value)
      && (value.has("user") || value.has("author") || value.has("comments"))
      && (value.has("created_at") || value.has("createdAt") || value.has("comments") || value.has("state"))
  }

  /// An issue with the comments that came with it.
  /// - Parameter repository: `owner/name`, where the source says it beside the issue.
  static func parsed(
    _ value: JSONNode, repository: [UInt8]? = nil, kind: GitHubPlace.Kind = .issue
  ) -> ParsedDiscussion {
    let place =
      GitHubEntry.place(ofIssue: value)
      ?? GitHubPlace(repository: repository, number: value["number"]?.int, kind: kind)
    var post = ParsedDiscussion(title: value.line("title") ?? [], format: GitHub.name)
    post.nativeID = place?.id
    post.url = place?.address
    post.author = GitHubEntry.author(value)
    post.date = GitHubEntry.date(value)
    post.body = GitHubEntry.words(value)
    post.score = GitHubEntry.score(value)
    post.isClosed = value["locked"]?.bool
    for label in nodes(value["labels"]) {
      if let name = label.line ?? label.line("name") { post.categories.append(name) }
    }
    if let category = value["category"]?.line("name") { post.categories.append(category) }
    post.declaredComments = declared(value)
    post.comments = comments(of: value, place: place?.id)
    return post
  }

  private static func declared(_ value: JSONNode) -> Int? {
    let comments = value["comments"]?.int ?? value["comments"]?["totalCount"]?.int
    guard let comments, comments >= 0 else { return nil }
    guard let onLines = value["review_comments"]?.int, onLines >= 0 else { return comments }
    return comments.addingReportingOverflow(onLines).partialValue
  }

  /// The elements of an array, or of a list of GraphQL: `nodes`, or `edges` with a `node` each.
  static func nodes(_ list: JSONNode?) -> [JSONNode] {
    guard let list else { return [] }
    if list.isArray { return Array(list.elements) }
    if let nodes = list["nodes"], nodes.isArray { return Array(nodes.elements) }
    guard let edges = list["edges"], edges.isArray else { return [] }
    return edges.elements.compactMap { $0["node"] }
  }

  /// The comments inside an issue: of a discussion with the replies to them, of a pull request with its
  /// reviews and what they say of lines.
  private static func comments(of value: JSONNode, place: [UInt8]?) -> [ParsedComment] {
    var comments: [ParsedComment] = []
    var lists = 0
    let keys: [JSONNode?] = [
      value["comments"], value["comments_data"], value["comment_regular_data"], value["comment_data"],
      value["review_comments_data"], value["reviews"], value["reviews_data"], value["review_data"],
      value["reviewThreads"],
    ]
    for list in keys {
      let count = comments.count
      for comment in nodes(list) where comment.isObject {
        append(comment, to: &comments, place: place)
      }
      if comments.count > count { lists += 1 }
    }
    return lists > 1 ? inOrder(comments) : comments
  }

  private static func append(_ value: JSONNode, to comments: inout [ParsedComment], place: [UInt8]?) {
    let own = comments.count
    if GitHubEntry.hasWords(value), let comment = GitHubComment.parsed(value, of: place) {
      comments.append(comment)
    }
    // What a review says of lines; in a thread on lines the later ones answer the first.
    let isThread = !GitHubEntry.hasWords(value)
    for line in nodes(value["comments"]) where line.isObject && GitHubEntry.hasWords(line) {
      let isReply = isThread && comments.count > own
      guard var comment = GitHubComment.parsed(line, of: place, showsCode: !isReply) else { continue }
      if isReply { comment.parent = .comment(own) }
      comments.append(comment)
    }
    guard own < comments.count else { return }
    for reply in nodes(value["replies"]) where reply.isObject && GitHubEntry.hasWords(reply) {
      if var comment = GitHubComment.parsed(reply, of: place) {
        if comment.parent == .post || comments[own].nativeID == nil { comment.parent = .comment(own) }
        comments.append(comment)
      }
    }
  }

  /// Comments of several lists by date, if all have one and none answers another by its place.
  private static func inOrder(_ comments: [ParsedComment]) -> [ParsedComment] {
    var dated: [(seconds: Int64, index: Int)] = []
    for (index, comment) in comments.enumerated() {
      guard let date = comment.date else { return comments }
      if case .comment = comment.parent { return comments }
      dated.append((date.seconds, index))
    }
    return dated.sorted { ($0.seconds, $0.index) < ($1.seconds, $1.index) }.map { comments[$0.index] }
  }
}

extension GitHubEntry {
  /// Which issue a value is, of all its addresses by the first that says so.
  static func place(ofIssue value: JSONNode) -> GitHubPlace? {
    for key in [value["html_url"], value["url"], value["issue_url"], value["comments_url"]] {
      if let place = GitHubPlace(key?.nonEmptyString) { return place }
    }
    return nil
  }
}

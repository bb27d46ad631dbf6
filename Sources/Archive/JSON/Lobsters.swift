import Discussion

/// Lobsters and sites of the same software: stories with their comments, lists of stories, and comments by
/// themselves.
final class Lobsters: JSONFormat {
  private static let name = "lobsters"

  static func recognizes(_ value: JSONNode) -> Bool { isStory(value) || isComment(value) }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    if Lobsters.isStory(value) {
      intake.take(Lobsters.story(value))
      return
    }
    var comments: [ParsedComment] = []
    Lobsters.append(value, to: &comments)
    let story = Lobsters.story(of: value)
    for var comment in comments {
      // What stands inside the comment is answered by place; alone it has to be by id.
      if case .comment(let parent) = comment.parent {
        comment.parent = comments[parent].nativeID.map { .id($0) } ?? .post
      }
      intake.take(LooseComment(discussion: story, format: Lobsters.name, comment: comment))
    }
  }

  // MARK: Shapes

  private static func isStory(_ value: JSONNode) -> Bool {
    value.isObject && value.hasString("short_id") && value.hasString("title")
      && (value.has("submitter_user") || value.has("comments_url") || value.has("comment_count"))
  }

  private static func isComment(_ value: JSONNode) -> Bool {
    value.isObject && value.hasString("short_id") && value.has("commenting_user")
      && (value.has("comment") || value.has("comment_plain"))
  }

  // MARK: Reading

  private static func id(_ letter: StaticString, _ short: JSONNode?) -> [UInt8]? {
    guard let short = short?.nonEmptyString else { return nil }
    return Array("lobsters:".utf8) + letter.withUTF8Buffer { unsafe Array($0) } + short
  }

  /// A name, which newer answers state alone and older ones with all that is known of the person.
  private static func person(_ value: JSONNode?) -> [UInt8]? { value?.line ?? value?.line("username") }

  private static func story(_ value: JSONNode) -> ParsedDiscussion {
    var post = ParsedDiscussion(title: value.line("title") ?? [], format: name)
    post.nativeID = id("s/", value["short_id"])
    post.url = value["short_id_url"]?.nonEmptyString ?? value["comments_url"]?.nonEmptyString
    post.author = person(value["submitter_user"])
    post.date = value.date("created_at")
    post.score = value.score("score")
    post.declaredComments = value["comment_count"]?.int.flatMap { $0 >= 0 ? $0 : nil }
    if let tags = value["tags"], tags.isArray { post.categories = tags.elements.compactMap(\.line) }
    post.body = LinkedText.body(
      link: value["url"]?.nonEmptyString,
      words: words(html: value["description"], plain: value["description_plain"]))
    append(commentsOf: value, to: &post.comments)
    return post
  }

  /// The story that a comment's address names.
  private static func story(of comment: JSONNode) -> [UInt8]? {
    for key in [comment["url"], comment["short_id_url"]] {
      guard let path = WebAddress(key?.string)?.path, path.count >= 2, path[0].elementsEqual("s".utf8) else {
        continue
      }
      return Array("lobsters:s/".utf8) + path[1]
    }
    return nil
  }

  private static func words(html: JSONNode?, plain: JSONNode?) -> ParsedText {
    if let html = html?.nonEmptyString { return HTMLText.parsed(html) }
    return plain?.nonEmptyString.map { MarkdownText.parsed($0) } ?? ParsedText()
  }

  /// Appends a comment and what stands inside it.
  private static func append(_ comment: JSONNode, to comments: inout [ParsedComment]) {
    comments.append(self.comment(comment))
    append(commentsOf: comment, to: &comments)
  }

  /// Appends the comments inside a value, in their order: below each other, or one behind the other with
  /// the depth or the parent of each.
  private static func append(commentsOf value: JSONNode, to comments: inout [ParsedComment]) {
    var waiting: [(list: JSONElements, parent: Int?, path: [(level: Int, index: Int)])] = []
    func enter(_ value: JSONNode, parent: Int?) {
      for list in [value["comments"], value["replies"], value["children"]] {
        if let list, list.isArray { waiting.append((list.elements, parent, [])) }
      }
    }
    enter(value, parent: comments.isEmpty ? nil : comments.count - 1)
    while !waiting.isEmpty {
      let last = waiting.count - 1
      guard let value = waiting[last].list.next() else {
        waiting.removeLast()
        continue
      }
      guard isComment(value) else { continue }
      var comment = comment(value)
      if comment.parent == .post, let parent = waiting[last].parent { comment.parent = .comment(parent) }
      if !value.has("parent_comment"), let level = value["depth"]?.int ?? value["indent_level"]?.int {
        while let above = waiting[last].path.last, above.level >= level { waiting[last].path.removeLast() }
        if let above = waiting[last].path.last { comment.parent = .comment(above.index) }
        waiting[last].path.append((level, comments.count))
      }
      comments.append(comment)
      enter(value, parent: comments.count - 1)
    }
  }

  private static func comment(_ value: JSONNode) -> ParsedComment {
    var comment = ParsedComment(nativeID: id("c/", value["short_id"]))
    if let parent = value["parent_comment"] {
      if let id = id("c/", parent.isObject ? parent["short_id"] : parent) { comment.parent = .id(id) }
    }
    comment.author = person(value["commenting_user"])
    comment.date = value.date("created_at")
    comment.score = value.score("score")
    comment.isRemoved = value.isTrue("is_deleted") || value.isTrue("is_moderated")
    // In the place of words that are gone stands a notice of the site.
    if !comment.isRemoved { comment.text = words(html: value["comment"], plain: value["comment_plain"]) }
    return comment
  }
}

import Discussion

/// What Discourse says of a post.
enum DiscoursePost {
  /// Whether a value is a post, whole or as an answer of the search holds it.
  static func isPost(_ value: JSONNode) -> Bool {
    value.isObject && value.has("post_number") && value.has("topic_id")
      && (value.has("cooked") || value.has("raw") || value.has("blurb"))
  }

  /// Whether something that a user did is a post that the user wrote: a new topic (4) or a reply (5).
  static func isWriting(_ action: JSONNode) -> Bool {
    guard action.isObject, action.has("post_number"), let type = action["action_type"]?.int else {
      return false
    }
    return type == 4 || type == 5
  }

  /// Whether a post is a notice of the site itself without any words, such as that a topic was closed.
  static func isNotice(_ post: JSONNode) -> Bool {
    guard post["post_type"]?.int == 3 else { return false }
    return post["cooked"]?.nonEmptyString == nil && post["raw"]?.nonEmptyString == nil
  }

  /// A post as a comment of a topic.
  static func comment(_ post: JSONNode, topic: [UInt8]) -> ParsedComment {
    let number = post["post_number"]?.int
    var comment = ParsedComment(nativeID: number.map { id($0, of: topic) })
    if let parent = post["reply_to_post_number"]?.int, parent > 1, parent != number {
      comment.parent = .id(id(parent, of: topic))
    }
    comment.author = post.line("username")
    comment.date = post.date("created_at")
    comment.score = likes(post)
    comment.isRemoved = isRemoved(post)
    comment.text = words(post)
    return comment
  }

  /// Puts a topic's first post into the discussion.
  static func open(_ discussion: inout ParsedDiscussion, with post: JSONNode) {
    discussion.author = post.line("username") ?? discussion.author
    discussion.date = post.date("created_at") ?? discussion.date
    discussion.score = likes(post)
    discussion.body = words(post)
  }

  private static func id(_ number: Int, of topic: [UInt8]) -> [UInt8] {
    topic + Array("/\(number)".utf8)
  }

  /// How often a post was liked.
  private static func likes(_ post: JSONNode) -> Int32? {
    if let count = post.score("like_count") { return count }
    guard let actions = post["actions_summary"], actions.isArray else { return nil }
    for action in actions.elements where action["id"]?.int == 2 { return action.score("count") }
    return nil
  }

  private static func isRemoved(_ post: JSONNode) -> Bool {
    post.isTrue("user_deleted") || post.isTrue("hidden") || post.isTrue("deleted")
      || (post["deleted_at"].map { !$0.isNull } ?? false)
  }

  private static func words(_ post: JSONNode) -> ParsedText {
    // In these cases the site puts a notice in the place of the words.
    if post.isTrue("user_deleted") || post.isTrue("cooked_hidden") { return ParsedText() }
    if let cooked = post["cooked"]?.nonEmptyString { return words(cooked) }
    if let raw = post["raw"]?.nonEmptyString { return MarkdownText.parsed(raw, breaksLines: true) }
    if let excerpt = post["excerpt"]?.nonEmptyString { return HTMLText.parsed(excerpt) }
    return post["blurb"]?.nonEmptyString.map(PlainWords.parsed) ?? ParsedText()
  }

  /// The words of a post's HTML, without the file names and sizes that stand under pictures.
  private static func words(_ cooked: [UInt8]) -> ParsedText {
    let tree = HTMLTree(cooked)
    return HTMLText.parsed(tree, 0..<tree.count) { node in
      guard tree.tag(node) == .span, let range = tree.valueRange(node, HTMLAttributeName.class) else {
        return false
      }
      let name = tree.bytes[range]
      return name.elementsEqual("filename".utf8) || name.elementsEqual("informations".utf8)
    }
  }
}

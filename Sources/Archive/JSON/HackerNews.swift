import Discussion

/// Hacker News: items of the Firebase API one by one, items of the Algolia API with their children inside,
/// and answers of the Algolia search.
final class HackerNews: JSONFormat {
  private static let name = "hacker-news"
  private var oddChildren = 0

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject else { return false }
    return isItem(value) || isTree(value) || isHit(value) || isSearch(value) || isBare(value)
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    if let hits = value["hits"], hits.isArray {
      for hit in hits.elements where HackerNews.isHit(hit) { read(hit: hit, into: intake) }
    } else if HackerNews.isTree(value) {
      read(tree: value, into: intake)
    } else if HackerNews.isHit(value) {
      read(hit: value, into: intake)
    } else if HackerNews.isItem(value) || value.has("parent") || value.has("time") {
      read(item: value, into: intake)
    } else {
      read(tree: value, into: intake)
    }
  }

  func finish(into intake: Intake) {
    if oddChildren > 0 {
      intake.report(
        oddChildren == 1
          ? "1 reply that is no item was skipped" : "\(oddChildren) replies that are no items were skipped")
    }
  }

  // MARK: Shapes

  private static func isItem(_ value: JSONNode) -> Bool {
    guard value.has("id"), !value.hasArray("children") else { return false }
    if let type = value["type"] {
      guard type.kind == .string, isType(type.raw) else { return false }
      return value.hasString("by") || value.hasArray("kids") || value["deleted"]?.bool != nil
        || value["dead"]?.bool != nil || (value["time"]?.kind == .number && !value.has("user"))
    }
    return value.hasString("by") && (value.hasString("text") || value.hasString("title"))
  }

  private static func isType(_ type: ArraySlice<UInt8>) -> Bool {
    ["comment", "story", "job", "poll", "pollopt"].contains { type.elementsEqual($0.utf8) }
  }

  private static func isTree(_ value: JSONNode) -> Bool {
    value.isObject && value.has("id") && value.has("children")
      && (value.has("text") || value.has("title") || value.has("author") || value.has("created_at_i")
        || value.has("story_id"))
  }

  /// Whether an object is an item of which only some fields were kept: an id, words, and no field that
  /// items do not have.
  private static func isBare(_ value: JSONNode) -> Bool {
    guard value.hasIdentifier("id"), value.hasString("text") else { return false }
    return value.members.allSatisfy { key, _ in
      key.raw.count <= 12 && fields.contains { key.raw.elementsEqual($0.utf8) }
    }
  }

  private static let fields = [
    "id", "text", "title", "url", "by", "author", "time", "created_at", "created_at_i", "parent",
    "parent_id", "story_id", "score", "points", "kids", "children", "type", "dead", "deleted",
    "descendants", "options", "parts", "poll",
  ]

  private static func isHit(_ value: JSONNode) -> Bool {
    value.isObject && value.hasIdentifier("objectID")
      && (value.has("created_at_i") || value.has("comment_text") || value.has("story_text"))
  }

  private static func isSearch(_ value: JSONNode) -> Bool {
    guard let hits = value["hits"], hits.isArray, value.has("nbHits") || value.has("hitsPerPage") else {
      return false
    }
    for hit in hits.elements { return isHit(hit) }
    return true
  }

  // MARK: Reading

  private static func id(_ value: JSONNode, _ key: StaticString) -> [UInt8]? {
    value.identifier(key, after: "hn:")
  }

  /// The address of an item's own page; the address that a story links to stands in its body.
  private static func address(_ value: JSONNode, _ key: StaticString) -> [UInt8]? {
    guard let number = value[key]?.int, number > 0 else { return nil }
    return Array("https://news.ycombinator.com/item?id=\(number)".utf8)
  }

  private static func words(_ value: JSONNode, _ key: StaticString) -> ParsedText {
    value[key]?.nonEmptyString.map(HTMLText.parsed) ?? ParsedText()
  }

  private func post(
    _ value: JSONNode, id: StaticString, author: StaticString, date: StaticString, text: StaticString,
    score: StaticString, declared: StaticString
  ) -> ParsedDiscussion {
    var post = ParsedDiscussion(title: value.line("title") ?? [], format: HackerNews.name)
    post.author = value.line(author)
    post.date = value.date(date)
    post.url = HackerNews.address(value, id)
    post.nativeID = HackerNews.id(value, id)
    post.declaredComments = value[declared]?.int.flatMap { $0 >= 0 ? $0 : nil }
    post.score = value.score(score)
    post.body = LinkedText.body(link: value["url"]?.nonEmptyString, words: HackerNews.words(value, text))
    return post
  }

  private func read(item value: JSONNode, into intake: Intake) {
    let type = value["type"]?.string ?? []
    let isOption = type.elementsEqual("pollopt".utf8)
    guard type.elementsEqual("comment".utf8) || isOption || value.has("parent") else {
      intake.take(
        post(
          value, id: "id", author: "by", date: "time", text: "text", score: "score", declared: "descendants"))
      return
    }
    var comment = ParsedComment(nativeID: HackerNews.id(value, "id"))
    if let parent = HackerNews.id(value, "parent") ?? HackerNews.id(value, "poll") {
      comment.parent = .id(parent)
    }
    comment.author = value.line("by")
    comment.date = value.date("time")
    comment.score = value.score("score")
    comment.text = HackerNews.words(value, "text")
    comment.isRemoved = value.isTrue("deleted") || (value.isTrue("dead") && comment.text.utf8.isEmpty)
    intake.take(LooseComment(discussion: nil, format: HackerNews.name, comment: comment))
  }

  private func read(hit value: JSONNode, into intake: Intake) {
    let isComment = value["comment_text"].map { !$0.isNull } ?? false
    guard isComment || (value["parent_id"].map { !$0.isNull } ?? false) else {
      intake.take(
        post(
          value, id: "objectID", author: "author", date: "created_at_i", text: "story_text",
          score: "points", declared: "num_comments"))
      return
    }
    var comment = ParsedComment(nativeID: HackerNews.id(value, "objectID"))
    if let parent = HackerNews.id(value, "parent_id") { comment.parent = .id(parent) }
    comment.author = value.line("author")
    comment.date = value.date("created_at_i") ?? value.date("created_at")
    comment.score = value.score("points")
    comment.text = HackerNews.words(value, "comment_text")
    intake.take(
      LooseComment(
        discussion: HackerNews.id(value, "story_id"), format: HackerNews.name, comment: comment,
        title: value.line("story_title") ?? []))
  }

  /// An item with its replies inside, read without recursion in the order they stand.
  private func read(tree root: JSONNode, into intake: Intake) {
    let isComment = root.isText("type", "comment") || (root["parent_id"].map { !$0.isNull } ?? false)
    var comments: [ParsedComment] = []
    var waiting: [(children: JSONElements, parent: ParsedComment.Parent)] = []
    if isComment {
      comments.append(
        HackerNews.comment(root, parent: HackerNews.id(root, "parent_id").map { .id($0) } ?? .post))
    }
    if let children = root["children"], children.isArray {
      waiting.append((children.elements, isComment ? .comment(0) : .post))
    }
    while !waiting.isEmpty {
      guard let child = waiting[waiting.count - 1].children.next() else {
        waiting.removeLast()
        continue
      }
      guard child.isObject, child.has("id") || child.has("text") else {
        oddChildren += 1
        continue
      }
      let parent = waiting[waiting.count - 1].parent
      if let children = child["children"], children.isArray {
        waiting.append((children.elements, .comment(comments.count)))
      }
      comments.append(HackerNews.comment(child, parent: parent))
    }
    if isComment {
      var post = ParsedDiscussion(title: root.line("story_title") ?? [], format: HackerNews.name)
      post.nativeID = HackerNews.id(root, "story_id")
      post.url = HackerNews.address(root, "story_id")
      post.comments = comments
      intake.take(post)
      return
    }
    var post = post(
      root, id: "id", author: "author", date: "created_at_i", text: "text", score: "points",
      declared: "num_comments")
    post.date = post.date ?? root.date("created_at")
    post.comments = comments
    intake.take(post)
  }

  private static func comment(_ value: JSONNode, parent: ParsedComment.Parent) -> ParsedComment {
    var comment = ParsedComment(nativeID: id(value, "id"), parent: parent)
    comment.author = value.line("author")
    comment.date = value.date("created_at_i") ?? value.date("created_at")
    comment.score = value.score("points")
    comment.text = words(value, "text")
    comment.isRemoved = value["text"]?.isNull ?? false
    return comment
  }
}

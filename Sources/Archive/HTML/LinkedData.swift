import Discussion

/// What a page says of itself as JSON-LD in the vocabulary of schema.org: the post's author and date, and
/// comments when its markup shows none.
struct LinkedData {
  private(set) var author: [UInt8]?
  private(set) var date: Timestamp?
  private(set) var body: [UInt8]?
  /// The comments, each behind the one that it answers.
  private(set) var comments: [ParsedComment] = []

  /// At most so many comments are taken.
  private static let commentLimit = 1_000_000

  /// Reads all scripts of that type.
  init(_ tree: HTMLTree, base: [UInt8]) {
    for node in 0..<tree.count where tree.tag(node) == .script && node + 1 < tree.end(node) {
      guard let type = tree.value(node, LinkedData.type), Array(Phrase(folding: type).utf8) == LinkedData.json
      else {
        continue
      }
      read(Array(tree.bytes[tree.range(node + 1)]), base: base)
    }
  }

  private mutating func read(_ bytes: [UInt8], base: [UInt8]) {
    let nobody = Importer(deliver: { _ in }, report: { _ in })
    let stream = JSONStream(
      Source(path: [], bytes: bytes), intake: Intake(path: [], importer: nobody))
    while let values = stream.next() {
      var waiting = values
      var seen = 0
      while let value = waiting.popLast(), seen < 10_000 {
        seen += 1
        if value.isArray {
          waiting.append(contentsOf: value.elements)
        } else if value.isObject {
          if let graph = value["@graph"] { waiting.append(graph) }
          if let main = value["mainEntity"] { waiting.append(main) }
          take(value, base: base)
        }
      }
    }
  }

  /// Takes a thing that is a post.
  private mutating func take(_ thing: JSONNode, base: [UInt8]) {
    guard LinkedData.isPost(thing) else { return }
    if author == nil { author = LinkedData.name(thing["author"]) }
    if date == nil { date = thing.date("datePublished") ?? thing.date("dateCreated") }
    if body == nil { body = (thing["articleBody"] ?? thing["text"])?.nonEmptyString }
    guard comments.isEmpty else { return }
    var waiting: [(thing: JSONNode, parent: Int?)] = LinkedData.replies(to: thing).reversed().map {
      ($0, nil)
    }
    while let (thing, parent) = waiting.popLast(), comments.count < LinkedData.commentLimit {
      guard thing.isObject else { continue }
      var comment = ParsedComment(
        parent: parent.map { .comment($0) } ?? .post,
        kind: LinkedData.isType(thing, "Answer") ? .answer : .comment,
        author: LinkedData.name(thing["author"] ?? thing["creator"]),
        date: thing.date("datePublished") ?? thing.date("dateCreated"), score: thing.score("upvoteCount"))
      let words = (thing["text"] ?? thing["commentText"] ?? thing["description"])?.nonEmptyString ?? []
      comment.text =
        words.contains(0x3C) || words.contains(0x26) ? HTMLText.parsed(words) : PlainWords.parsed(words)
      if let id = (thing["@id"] ?? thing["url"])?.nonEmptyString {
        comment.nativeID = id.starts(with: "http".utf8) ? id : base + (id.first == 0x23 ? [] : [0x23]) + id
      }
      let place = comments.count
      comment.isRemoved = comment.text.utf8.isEmpty
      comments.append(comment)
      for reply in LinkedData.replies(to: thing).reversed() { waiting.append((reply, place)) }
    }
    // Nothing but empty places is no talk.
    if comments.allSatisfy(\.isRemoved) { comments = [] }
  }

  private static func replies(to thing: JSONNode) -> [JSONNode] {
    var replies: [JSONNode] = []
    for key in ["comment", "acceptedAnswer", "suggestedAnswer"] as [StaticString] {
      guard let value = thing[key] else { continue }
      if value.isArray { replies.append(contentsOf: value.elements) } else { replies.append(value) }
    }
    return replies
  }

  /// The name of a person or of the first of several.
  private static func name(_ value: JSONNode?) -> [UInt8]? {
    guard let value else { return nil }
    if value.isArray {
      for element in value.elements {
        if let name = name(ofOne: element) { return name }
      }
      return nil
    }
    return name(ofOne: value)
  }

  private static func name(ofOne value: JSONNode) -> [UInt8]? {
    if value.isObject { return value.line("name").flatMap(PageHead.person) }
    return value.line.flatMap(PageHead.person)
  }

  private static func isPost(_ thing: JSONNode) -> Bool {
    [
      "Article", "BlogPosting", "NewsArticle", "DiscussionForumPosting", "Question", "TechArticle",
      "SocialMediaPosting",
      "Report", "ScholarlyArticle", "Review", "VideoObject", "Blog",
    ].contains { isType(thing, $0) }
  }

  private static func isType(_ thing: JSONNode, _ name: StaticString) -> Bool {
    if thing.isText("@type", name) { return true }
    guard let types = thing["@type"], types.isArray else { return false }
    return types.elements.contains { type in
      let raw = type.raw
      return name.description.utf8.elementsEqual(raw)
    }
  }

  private static let type = HTMLNameHash.of("type")
  private static let json = Array("application/ld+json".utf8)
}

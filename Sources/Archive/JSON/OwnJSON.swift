import Discussion

/// What this program itself prints with `--json`, schema 1.
final class OwnJSON: JSONFormat {
  static func recognizes(_ value: JSONNode) -> Bool {
    value["schema"]?.int == 1 && value.hasArray("discussions")
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    guard let discussions = value["discussions"] else { return }
    for discussion in discussions.elements where discussion.isObject && discussion.has("id") {
      intake.take(OwnJSON.discussion(discussion))
      if intake.isCancelled { return }
    }
  }

  private static func discussion(_ value: JSONNode) -> ParsedDiscussion {
    var discussion = ParsedDiscussion(format: String(decoding: value.line("format") ?? [], as: UTF8.self))
    discussion.title = value.line("title") ?? []
    discussion.author = value.line("author")
    discussion.date = value.date("date")
    discussion.url = value.line("url")
    discussion.nativeID = value["id"]?.identifier
    discussion.categories = value["categories"]?.elements.compactMap(\.line) ?? []
    discussion.declaredComments = value["declaredComments"]?.int.flatMap { $0 >= 0 ? $0 : nil }
    discussion.isClosed = value["closed"]?.bool
    discussion.score = value.score("score")
    discussion.body = PlainWords.parsed(value["body"]?.string ?? [])
    guard let comments = value["comments"] else { return discussion }
    for comment in comments.elements where comment.isObject {
      var parsed = ParsedComment(nativeID: comment["id"]?.identifier)
      if let parent = comment["parent"]?.identifier { parsed.parent = .id(parent) }
      parsed.kind = kind(comment["kind"])
      parsed.author = comment.line("author")
      parsed.date = comment.date("date")
      parsed.score = comment.score("score")
      parsed.isRemoved = comment.isTrue("removed")
      parsed.text = PlainWords.parsed(comment["text"]?.string ?? [])
      discussion.comments.append(parsed)
    }
    return discussion
  }

  private static func kind(_ value: JSONNode?) -> EntryKind {
    guard let name = value?.string else { return .comment }
    return [EntryKind.answer, .pingback].first { String(describing: $0).utf8.elementsEqual(name) } ?? .comment
  }
}

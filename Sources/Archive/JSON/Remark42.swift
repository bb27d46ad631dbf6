import Discussion

/// Remark42: backups with one comment a line, and answers of its API, flat or as trees.
final class Remark42: JSONFormat {
  private static let name = "remark42"

  static func recognizes(_ value: JSONNode) -> Bool {
    if isComment(value) || isMeta(value) { return true }
    guard let first = value["comments"].flatMap(Remark42.first) else { return false }
    return isComment(first) || (first["comment"].map(isComment) ?? false)
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    guard let comments = value["comments"], comments.isArray else {
      if Remark42.isComment(value) { take(value, into: intake) }
      return
    }
    var waiting = [comments.elements]
    while !waiting.isEmpty {
      guard let node = waiting[waiting.count - 1].next() else {
        waiting.removeLast()
        continue
      }
      let comment = node["comment"] ?? node
      if Remark42.isComment(comment) { take(comment, into: intake) }
      if let replies = node["replies"], replies.isArray { waiting.append(replies.elements) }
    }
  }

  private static func isComment(_ value: JSONNode) -> Bool {
    guard let locator = value["locator"], locator.hasString("url") else { return false }
    return value.has("id") && value.has("user") && value.has("pid")
  }

  /// The first line of a backup.
  private static func isMeta(_ value: JSONNode) -> Bool {
    value["version"]?.kind == .number && value.has("users") && value.has("posts")
  }

  private static func first(_ array: JSONNode) -> JSONNode? {
    for value in array.elements { return value }
    return nil
  }

  private func take(_ value: JSONNode, into intake: Intake) {
    let site = value["locator"]?.line("site") ?? []
    let prefix = Array("remark42:".utf8) + site + [0x3A]
    let page = value["locator"]?.line("url") ?? []
    var comment = ParsedComment(nativeID: value["id"]?.identifier.map { prefix + $0 })
    if let parent = value["pid"]?.identifier { comment.parent = .id(prefix + parent) }
    comment.date = value.date("time")
    comment.score = value.score("score")
    comment.isRemoved = value.isTrue("delete") || value.isTrue("deleted")
    if !comment.isRemoved {
      comment.author = value["user"]?.line("name")
      comment.text = value["text"]?.nonEmptyString.map(HTMLText.parsed) ?? ParsedText()
    }
    let isAddress = page.starts(with: "http://".utf8) || page.starts(with: "https://".utf8)
    intake.take(
      LooseComment(
        discussion: isAddress ? page : prefix + page, format: Remark42.name, comment: comment,
        title: value.line("title") ?? []))
  }
}

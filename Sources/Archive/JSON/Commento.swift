import Discussion

/// Exports of Commento (versions 1 and 2) and of Comentario (3): comments of all pages in one array, their
/// writers in another.
final class Commento: JSONFormat {
  private static let name = "commento"

  static func recognizes(_ value: JSONNode) -> Bool {
    value.hasArray("comments") && value.hasArray("commenters")
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    guard let comments = value["comments"] else { return }
    let names = Commento.table(value["commenters"], keys: ["commenterHex", "id"])
    let pages = Commento.table(value["pages"], keys: ["id"])
    var places: [[UInt8]: Int] = [:]
    var discussions: [ParsedDiscussion] = []
    for comment in comments.elements where comment.isObject {
      let page = comment["pageId"]?.identifier.flatMap { pages[$0] }
      let address = Commento.address(comment, page: page)
      let place: Int
      if let known = places[address] {
        place = known
      } else {
        place = discussions.count
        places[address] = place
        discussions.append(Commento.discussion(address, page: page))
      }
      discussions[place].comments.append(Commento.comment(comment, names: names))
    }
    for discussion in discussions { intake.take(discussion) }
  }

  /// Objects of an array by their ids.
  private static func table(_ array: JSONNode?, keys: [StaticString]) -> [[UInt8]: JSONNode] {
    var table: [[UInt8]: JSONNode] = [:]
    guard let array else { return table }
    for value in array.elements {
      for key in keys { if let id = value[key]?.identifier { table[id] = value } }
    }
    return table
  }

  /// Domain and path of the page that a comment stands on.
  private static func address(_ comment: JSONNode, page: JSONNode?) -> [UInt8] {
    let path = comment.line("url") ?? page?.line("path") ?? comment.line("path") ?? []
    if path.starts(with: "http://".utf8) || path.starts(with: "https://".utf8) { return path }
    return (comment.line("domain") ?? page?.line("domain") ?? []) + path
  }

  private static func discussion(_ address: [UInt8], page: JSONNode?) -> ParsedDiscussion {
    var discussion = ParsedDiscussion(title: page?.line("title") ?? [], format: name)
    discussion.nativeID = Array("commento:".utf8) + address
    if address.starts(with: "http".utf8) {
      discussion.url = address
    } else if let slash = address.firstIndex(of: 0x2F), slash > 0 {
      discussion.url = Array("https://".utf8) + address
    }
    return discussion
  }

  private static func comment(_ value: JSONNode, names: [[UInt8]: JSONNode]) -> ParsedComment {
    var comment = ParsedComment()
    comment.nativeID =
      value.identifier("commentHex", after: "commento:") ?? value.identifier("id", after: "commento:")
    if let parent = value.identifier("parentHex", after: "commento:")
      ?? value.identifier("parentId", after: "commento:"),
      !value.isText("parentHex", "root")
    {
      comment.parent = .id(parent)
    }
    let writer = value["commenterHex"]?.identifier ?? value["userCreated"]?.identifier
    comment.author = writer.flatMap { names[$0]?.line("name") } ?? value.line("authorName")
    comment.date = value.date("creationDate") ?? value.date("createdTime")
    comment.score = value.score("score")
    comment.isRemoved = value.isTrue("deleted") || value.isTrue("isDeleted")
    if !comment.isRemoved {
      comment.text =
        value["html"]?.nonEmptyString.map(HTMLText.parsed)
        ?? value["markdown"]?.nonEmptyString.map { MarkdownText.parsed($0) } ?? ParsedText()
    }
    return comment
  }
}

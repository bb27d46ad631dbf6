import Discussion

/// The JSON that isso imports: pages with their comments inside.
final class IssoGeneric: JSONFormat {
  private static let name = "isso"

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.hasString("id"), value.hasString("title"), let comments = value["comments"], comments.isArray
    else { return false }
    for comment in comments.elements {
      return comment.has("created") && comment.has("text") && comment.has("author")
    }
    return value.count == 3
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    let page = value.line("id") ?? []
    let prefix = Array("isso:".utf8) + page
    var discussion = ParsedDiscussion(title: IssoGeneric.title(value), format: IssoGeneric.name)
    discussion.nativeID = prefix
    if page.starts(with: "http://".utf8) || page.starts(with: "https://".utf8) { discussion.url = page }
    guard let comments = value["comments"] else { return }
    for node in comments.elements where node.isObject {
      var comment = ParsedComment(nativeID: node["id"]?.identifier.map { prefix + [0x23] + $0 })
      if let parent = node["parent"]?.identifier { comment.parent = .id(prefix + [0x23] + parent) }
      comment.author = node.line("author")
      comment.date = node.date("created")
      comment.text =
        node["text"]?.nonEmptyString.map { MarkdownText.parsed($0, breaksLines: true) } ?? ParsedText()
      discussion.comments.append(comment)
    }
    intake.take(discussion)
  }

  /// The title; some exporters write it as in the query of an address (`Nat+%26+Miguel`).
  private static func title(_ value: JSONNode) -> [UInt8] {
    let title = value.line("title") ?? []
    guard !title.contains(0x20) else { return title }
    var decoded: [UInt8] = []
    var isEncoded = false
    var at = 0
    while at < title.count {
      if title[at] == 0x25, at + 2 < title.count,
        let byte = UInt8(String(decoding: title[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        isEncoded = true
        at += 3
      } else {
        decoded.append(title[at] == 0x2B ? 0x20 : title[at])
        at += 1
      }
    }
    guard isEncoded, String(validating: decoded, as: UTF8.self) != nil else { return title }
    return OneLine.of(decoded)
  }
}

import Discussion

/// JSON Feed 1.0 and 1.1: each item is a post.
final class JSONFeed: JSONFormat {
  private static let name = "json-feed"

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.hasArray("items"), let version = value["version"]?.string else { return false }
    return JSONFeed.mentions(version)
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    guard let items = value["items"] else { return }
    let author = JSONFeed.author(of: value)
    let feed = value.line("feed_url") ?? value.line("home_page_url") ?? []
    for item in items.elements where item.isObject {
      intake.take(JSONFeed.post(item, author: author, feed: feed))
    }
  }

  /// Whether a version names the format: its own address, with or without scheme and `www`.
  private static func mentions(_ version: [UInt8]) -> Bool {
    let name = Array("jsonfeed.org/version/".utf8)
    return version.count < 100
      && version.indices.contains { version[$0...].starts(with: name) }
  }

  private static func post(_ item: JSONNode, author: [UInt8]?, feed: [UInt8]) -> ParsedDiscussion {
    var post = ParsedDiscussion(title: item.line("title") ?? [], format: name)
    post.author = JSONFeed.author(of: item) ?? author
    post.date = item.date("date_published") ?? item.date("date_modified")
    post.url = item.line("url")
    post.nativeID = item["id"]?.identifier.map { id in
      id.starts(with: "http".utf8) || id.starts(with: "tag:".utf8) || id.starts(with: "urn:".utf8)
        ? id : Array("json-feed:".utf8) + feed + [0x23] + id
    }
    post.categories = item["tags"]?.elements.compactMap(\.line) ?? []
    var words = ParsedText()
    if let html = item["content_html"]?.nonEmptyString {
      words = HTMLText.parsed(html)
    } else if let text = (item["content_text"]?.nonEmptyString ?? item["summary"]?.nonEmptyString) {
      words = PlainWords.parsed(text)
    }
    post.body = LinkedText.body(link: item["external_url"]?.nonEmptyString, words: words)
    return post
  }

  /// The names of a feed's or an item's authors; 1.0 knows one, 1.1 several.
  private static func author(of value: JSONNode) -> [UInt8]? {
    var names: [[UInt8]] = value["authors"]?.elements.compactMap { $0.line("name") } ?? []
    if names.isEmpty, let name = value["author"]?.line("name") { names = [name] }
    return names.isEmpty ? nil : Array(names.joined(separator: ", ".utf8))
  }
}

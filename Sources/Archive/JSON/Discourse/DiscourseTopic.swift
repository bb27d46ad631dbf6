import Discussion

/// What Discourse says of a topic.
enum DiscourseTopic {
  /// A topic's id. Sites number their topics alike, and most answers do not name their site; the topic's
  /// short name in its address tells them apart.
  static func id(_ number: Int, slug: [UInt8]?) -> [UInt8] {
    Array("discourse:".utf8) + (slug ?? []) + Array("/\(number)".utf8)
  }

  /// Whether a value is a topic as lists hold it.
  static func isListed(_ value: JSONNode) -> Bool {
    value.isObject && value.has("id") && value.hasString("title") && value.has("posts_count")
      && (value.has("slug") || value.has("fancy_title"))
  }

  /// The titles and short names of listed topics by number.
  static func slugs(_ topics: JSONNode?) -> [Int: (title: [UInt8], slug: [UInt8]?)] {
    guard let topics, topics.isArray else { return [:] }
    var slugs: [Int: (title: [UInt8], slug: [UInt8]?)] = [:]
    for topic in topics.elements {
      if let id = topic["id"]?.int { slugs[id] = (topic.line("title") ?? [], topic.line("slug")) }
    }
    return slugs
  }

  /// A topic of a list, without its posts.
  static func listed(_ topic: JSONNode, users: JSONNode?) -> ParsedDiscussion {
    var discussion = outline(topic)
    discussion.author = discussion.author ?? starter(of: topic, users: users)
    // Of pinned topics lists have the first words, cut short.
    if let excerpt = topic["excerpt"]?.nonEmptyString { discussion.body = HTMLText.parsed(excerpt) }
    return discussion
  }

  /// A topic whose posts come with it, still without them.
  static func whole(_ topic: JSONNode, posts: JSONNode, stream: JSONNode?) -> ParsedDiscussion {
    var slug = topic.line("slug")
    var number = topic["id"]?.int
    var host: [UInt8]?
    for post in posts.elements {
      if slug == nil { slug = post.line("topic_slug") }
      if number == nil { number = post["topic_id"]?.int }
      if host == nil { host = ownHost(post["link_counts"]) }
    }
    var discussion = outline(topic)
    discussion.nativeID = number.map { id($0, slug: slug) }
    if discussion.declaredComments == nil, let stream, stream.isArray, stream.count > 0 {
      discussion.declaredComments = stream.count - 1
    }
    if let host = host ?? ownHost(topic["details"]?["links"]), let number {
      discussion.url = host + Array("/t/".utf8) + (slug.map { $0 + [0x2F] } ?? []) + Array("\(number)".utf8)
    }
    return discussion
  }

  private static func outline(_ topic: JSONNode) -> ParsedDiscussion {
    var discussion = ParsedDiscussion(title: topic.line("title") ?? [], format: Discourse.name)
    discussion.nativeID = topic["id"]?.int.map { id($0, slug: topic.line("slug")) }
    discussion.author = topic["details"]?["created_by"]?.line("username")
    discussion.date = topic.date("created_at")
    discussion.declaredComments = topic["posts_count"]?.int.flatMap { $0 > 0 ? $0 - 1 : nil }
    if let closed = topic["closed"]?.bool { discussion.isClosed = closed || topic.isTrue("archived") }
    if let category = topic["category"]?.line("name") { discussion.categories.append(category) }
    if let tags = topic["tags"], tags.isArray {
      for tag in tags.elements {
        if let name = tag.line ?? tag.line("name") { discussion.categories.append(name) }
      }
    }
    return discussion
  }

  /// Who began a listed topic: lists name its posters, the first of them first.
  private static func starter(of topic: JSONNode, users: JSONNode?) -> [UInt8]? {
    guard let posters = topic["posters"], posters.isArray, let users, users.isArray else { return nil }
    for poster in posters.elements {
      if let name = poster["user"]?.line("username") { return name }
      guard let id = poster["user_id"]?.int else { return nil }
      for user in users.elements where user["id"]?.int == id { return user.line("username") }
      return nil
    }
    return nil
  }

  /// The site's address, if links say which they are its own.
  private static func ownHost(_ links: JSONNode?) -> [UInt8]? {
    guard let links, links.isArray else { return nil }
    for link in links.elements where link.isTrue("internal") {
      guard let address = WebAddress(link["url"]?.string), address.path.count > 1,
        address.path[0].elementsEqual("t".utf8)
      else { continue }
      return Array((address.isSecure ? "https://" : "http://").utf8) + address.host
    }
    return nil
  }
}

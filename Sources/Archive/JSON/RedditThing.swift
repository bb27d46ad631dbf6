import Discussion

/// What the fields of a Reddit post or comment say, in answers of the API and in dumps of any year.
enum RedditThing {
  /// The format's short name.
  static let format = "reddit"

  /// Whether an object is a comment: the `data` of a `t1`, or a line of a dump of comments.
  static func isComment(_ data: JSONNode) -> Bool {
    guard data.isObject, data.has("parent_id") || data.has("link_id"),
      data.hasIdentifier("id") || data.hasIdentifier("name")
    else { return false }
    return data.has("body") && (data.has("created_utc") || data.has("subreddit_id") || data.has("subreddit"))
  }

  /// Whether an object is a post: the `data` of a `t3`, or a line of a dump of submissions.
  static func isPost(_ data: JSONNode) -> Bool {
    guard data.isObject, data.hasString("title"), data.hasIdentifier("id") || data.hasIdentifier("name"),
      !data.has("body")
    else { return false }
    return data.has("created_utc")
      && (data.has("subreddit") || data.has("subreddit_id") || data.has("selftext") || data.has("is_self"))
  }

  // MARK: Ids

  /// `t1_…` or `t3_…` of a thing itself.
  static func id(_ data: JSONNode, _ prefix: StaticString) -> [UInt8]? {
    if let name = data["name"], name.kind == .string, isFullName(name.raw) { return name.string }
    return data["id"].flatMap { fullName($0, prefix) }
  }

  /// An id with its prefix: old dumps leave it out, some write the number that the id stands for.
  static func fullName(_ value: JSONNode, _ prefix: StaticString) -> [UInt8]? {
    switch value.kind {
    case .string:
      guard let text = value.nonEmptyString else { return nil }
      return isFullName(text[...]) ? text : prefix.withUTF8Buffer { unsafe Array($0) } + text
    case .number:
      guard let number = value.int, number > 0 else { return nil }
      return prefix.withUTF8Buffer { unsafe Array($0) } + Array(String(number, radix: 36).utf8)
    default: return nil
    }
  }

  private static func isFullName(_ text: ArraySlice<UInt8>) -> Bool {
    text.count > 3 && text.first == 0x74 && text.dropFirst(2).first == 0x5F
      && (0x31...0x36).contains(text[text.startIndex + 1])
  }

  /// The post that a comment stands under, if the comment says: by id, or within an address.
  static func link(of data: JSONNode) -> [UInt8]? {
    if let link = (data["link_id"] ?? data["link"]).flatMap({ fullName($0, "t3_") }) { return link }
    for key in ["permalink", "context", "link_permalink"] as [StaticString] {
      if let address = data[key], address.kind == .string, let id = postID(in: address.raw) { return id }
    }
    return nil
  }

  /// The post's id in an address such as `/r/sub/comments/abc/title/def/`.
  private static func postID(in address: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = address.split(separator: 0x2F, omittingEmptySubsequences: true)
    guard let index = parts.firstIndex(where: { $0.elementsEqual("comments".utf8) }), index + 1 < parts.count
    else { return nil }
    let id = parts[index + 1]
    guard id.count <= 13, id.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 26 }) else { return nil }
    return Array("t3_".utf8) + id
  }

  /// The id of what a comment answers; nil when it does not say.
  static func parent(of data: JSONNode, link: [UInt8]?) -> [UInt8]? {
    guard let value = data["parent_id"] ?? data["parent"], !value.isNull else { return nil }
    if let link, let asPost = fullName(value, "t3_"), asPost == link { return link }
    return fullName(value, "t1_")
  }

  // MARK: Words

  /// Who wrote it; nil when that is gone.
  static func author(of data: JSONNode) -> [UInt8]? {
    guard let author = data.line("author"), !isGone(author[...]) else { return nil }
    return author
  }

  /// Whether words only tell that there are none any more.
  static func isGone(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == 0x5B, text.last == 0x5D, text.count <= 100 else { return false }
    let words = text.dropFirst().dropLast().map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }.drop { $0 == 0x20 }
    return words.elementsEqual("deleted".utf8) || words.elementsEqual("removed".utf8)
      || words.starts(with: "removed by reddit".utf8) || words.starts(with: "deleted by user".utf8)
  }

  /// Votes, unless they are hidden.
  static func score(of data: JSONNode) -> Int32? {
    data.isTrue("score_hidden") || data.isTrue("hide_score") ? nil : data.score("score") ?? data.score("ups")
  }

  /// A text that the API escaped (`&gt;`), as it was written. Whether it is escaped is told by the HTML that
  /// stands beside it, or else by the text: escaped, it has no bare `<`, `>` or `&`.
  static func unescaped(_ text: [UInt8], beside html: JSONNode?) -> [UInt8] {
    guard text.contains(0x26) else { return text }
    if let html, html.kind == .string, let first = html.raw.first {
      guard first == 0x26 else { return text }
    } else if !isEscaped(text) {
      return text
    }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      guard text[at] == 0x26, let (byte, length) = reference(text, at) else {
        output.append(text[at])
        at += 1
        continue
      }
      output.append(byte)
      at += length
    }
    return output
  }

  private static func isEscaped(_ text: [UInt8]) -> Bool {
    for (at, byte) in text.enumerated() {
      if byte == 0x3C || byte == 0x3E || (byte == 0x26 && reference(text, at) == nil) { return false }
    }
    return true
  }

  private static func reference(_ text: [UInt8], _ at: Int) -> (UInt8, Int)? {
    let rest = text[at...].prefix(5)
    if rest.starts(with: "&gt;".utf8) { return (0x3E, 4) }
    if rest.starts(with: "&lt;".utf8) { return (0x3C, 4) }
    if rest.starts(with: "&amp;".utf8) { return (0x26, 5) }
    return nil
  }

  // MARK: Whole things

  /// A comment, and its post if it says.
  static func comment(_ data: JSONNode) -> (comment: ParsedComment, link: [UInt8]?) {
    let link = link(of: data)
    var comment = ParsedComment(nativeID: id(data, "t1_"))
    if let parent = parent(of: data, link: link) {
      if parent != link { comment.parent = .id(parent) }
    }
    comment.author = author(of: data)
    comment.date = data.date("created_utc")
    comment.score = score(of: data)
    if let body = (data["body"] ?? data["contentText"])?.string {
      comment.isRemoved = isGone(body[...])
      if !comment.isRemoved {
        comment.text = MarkdownText.parsed(unescaped(body, beside: data["body_html"]))
      }
    } else {
      comment.isRemoved = data["body"]?.isNull ?? false
    }
    return (comment, link)
  }

  /// A post without its comments.
  static func post(_ data: JSONNode) -> ParsedDiscussion {
    let html = data["selftext_html"]
    var post = ParsedDiscussion(format: format)
    post.title = data["title"]?.string.map { OneLine.of(unescaped($0, beside: html)) } ?? []
    post.author = author(of: data)
    post.date = data.date("created_utc")
    post.nativeID = id(data, "t3_")
    post.url = address(data["permalink"])
    post.categories = [data.line("subreddit"), data.line("link_flair_text")].compactMap { $0 }
    post.declaredComments = data["num_comments"]?.int.flatMap { $0 >= 0 ? $0 : nil }
    if let locked = data["locked"]?.bool {
      post.isClosed = locked || data.isTrue("archived")
    } else if data.isTrue("archived") {
      post.isClosed = true
    }
    post.score = score(of: data)
    let words = data["selftext"]?.nonEmptyString.map { MarkdownText.parsed(unescaped($0, beside: html)) }
    let target =
      data.isTrue("is_self") ? nil : data["url"]?.nonEmptyString.map { unescaped($0, beside: html) }
    post.body = LinkedText.body(
      link: target.flatMap { isOwn($0, data["permalink"]) ? nil : $0 }, words: words ?? ParsedText())
    return post
  }

  /// The address of a post: `permalink` is a path on the site.
  private static func address(_ permalink: JSONNode?) -> [UInt8]? {
    guard let path = permalink?.nonEmptyString else { return nil }
    return path.first == 0x2F ? Array("https://www.reddit.com".utf8) + path : path
  }

  /// Whether a post's link only leads to the post.
  private static func isOwn(_ address: [UInt8], _ permalink: JSONNode?) -> Bool {
    guard let path = permalink?.nonEmptyString, path.count > 1 else { return false }
    return address.count >= path.count && address.suffix(path.count).elementsEqual(path)
  }
}

import Discussion

/// What Mastodon says of a status.
enum MastodonStatus {
  /// Whether a value is a status.
  static func isStatus(_ value: JSONNode) -> Bool {
    value.isObject && value.hasObject("account") && value.hasIdentifier("id") && value.has("created_at")
      && (value.hasString("content") || value.hasString("text") || value.hasObject("reblog")
        || value.hasArray("media_attachments"))
      && (value.has("in_reply_to_id") || value.has("visibility") || value.has("spoiler_text"))
  }

  /// The status that a boost is of; any other status itself.
  static func boosted(_ value: JSONNode) -> JSONNode {
    guard let inner = value["reblog"], isStatus(inner) else { return value }
    return inner
  }

  /// A status that answers nobody.
  static func post(_ status: JSONNode) -> ParsedDiscussion {
    let comment = comment(status)
    var post = ParsedDiscussion(format: Mastodon.name)
    post.nativeID = comment.nativeID
    post.url =
      status["url"]?.nonEmptyString
      ?? WebAddress(status["uri"]?.string).flatMap { _ in
        status["uri"]?.nonEmptyString
      }
    post.author = comment.author
    post.date = comment.date
    post.score = comment.score
    post.body = comment.text
    if let tags = status["tags"], tags.isArray {
      post.categories = tags.elements.compactMap { $0.line("name") }
    }
    return post
  }

  /// A status as a comment, still without whom it answers.
  static func comment(_ status: JSONNode) -> ParsedComment {
    let account = status["account"]
    var comment = ParsedComment(nativeID: id(status["id"], account: account?["id"]))
    comment.author = account?.line("display_name") ?? account?.line("acct") ?? account?.line("username")
    comment.date = status.date("created_at")
    comment.score = status.score("favourites_count")
    comment.text = words(status)
    return comment
  }

  /// The id of the status that a status answers.
  static func parent(of status: JSONNode) -> [UInt8]? {
    id(status["in_reply_to_id"], account: status["in_reply_to_account_id"])
  }

  /// Servers number statuses for themselves. Long numbers hold the millisecond and some chance, and are
  /// theirs alone; short ones get the account in front.
  static func id(_ id: JSONNode?, account: JSONNode?) -> [UInt8]? {
    guard let id = id?.identifier else { return nil }
    if id.count >= lengthOfUniqueID { return Array("mastodon:".utf8) + id }
    return Array("mastodon:".utf8) + (account?.identifier ?? []) + [0x2F] + id
  }

  /// From how many bytes on an id is taken to be unique among all servers.
  static let lengthOfUniqueID = 15

  private static func words(_ status: JSONNode) -> ParsedText {
    var text = ParsedText()
    if let warning = status["spoiler_text"]?.nonEmptyString { StatusText.append(warning: warning, to: &text) }
    LinkedText.append(content(status), to: &text)
    let quote = status["quote"]
    if let quoted = quote?["quoted_status"] ?? quote, quoted.isObject {
      StatusText.append(quote: content(quoted), to: &text)
    }
    StatusText.append(options: status["poll"]?["options"], name: "title", to: &text)
    if let media = status["media_attachments"], media.isArray {
      StatusText.append(
        media: media.elements.map { ($0["type"]?.string ?? [], $0.line("description")) }, to: &text)
    }
    return text
  }

  private static func content(_ status: JSONNode) -> ParsedText {
    if let html = status["content"]?.nonEmptyString { return HTMLText.parsed(html) }
    return status["text"]?.nonEmptyString.map(PlainWords.parsed) ?? ParsedText()
  }
}

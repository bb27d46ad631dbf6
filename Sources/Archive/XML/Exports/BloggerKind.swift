import Discussion

/// What an entry of a Blogger backup is.
enum BloggerKind {
  case post
  case comment
  /// A setting, a template, or anything else that is nobody's words.
  case settings

  /// Looks at an entry; nil when it does not come from Blogger.
  init?(_ record: XMLRecord) {
    if let type = record.value(.type, .blogger) {
      switch String(decoding: type, as: UTF8.self).uppercased() {
      case "POST", "PAGE": self = .post
      case "COMMENT": self = .comment
      default: self = .settings
      }
      return
    }
    for field in record.all(.category) {
      guard
        record.attribute(.scheme, of: field).map({
          $0.elementsEqual("http://schemas.google.com/g/2005#kind".utf8)
        })
          ?? false
      else { continue }
      let term = String(decoding: record.attribute(.term, of: field) ?? [], as: UTF8.self)
      if term.hasSuffix("#post") || term.hasSuffix("#page") {
        self = .post
      } else if term.hasSuffix("#comment") {
        self = .comment
      } else {
        self = .settings
      }
      return
    }
    return nil
  }

  /// Whether a comment lies in the spam or the trash.
  static func isTrash(_ record: XMLRecord) -> Bool {
    let status =
      record.value(.status, .blogger).map { String(decoding: $0, as: UTF8.self).uppercased() } ?? ""
    return status.contains("SPAM") || status.contains("TRASH")
  }

  /// A comment with its post and the comment that it answers.
  static func comment(
    _ entry: FeedEntry, of record: XMLRecord, in feed: FeedContext
  ) -> LooseComment {
    var comment = ParsedComment(
      nativeID: entry.id ?? entry.page, author: entry.author, date: entry.date, text: entry.body,
      line: entry.line)
    let post =
      record.value(.parent, .blogger).map(feed.global) ?? entry.answers.first.flatMap { $0.id ?? $0.page }
    if let answered = record.value(.replyTo, .blogger).map(feed.global)
      ?? entry.related.flatMap(id(ofCommentFeed:))
    {
      comment.parent = .id(answered)
    }
    for field in record.fields.indices where record.fields[field].name.word == .extendedProperty {
      if record.attribute(.name, of: field) == Array("blogger.contentRemoved".utf8),
        record.attribute(.value, of: field) == Array("true".utf8)
      {
        comment.isRemoved = true
        comment.text = ParsedText()
      }
    }
    return LooseComment(discussion: post, format: "blogger", comment: comment)
  }

  /// The id of the comment whose own feed an address is: `…/feeds/BLOG/POST/comments/default/COMMENT`.
  private static func id(ofCommentFeed address: [UInt8]) -> [UInt8]? {
    let parts = address.prefix { $0 != 0x3F }.split(separator: 0x2F)
    guard let feeds = parts.firstIndex(where: { $0.elementsEqual("feeds".utf8) }), feeds + 5 < parts.count,
      parts[feeds + 3].elementsEqual("comments".utf8)
    else { return nil }
    return Array("tag:blogger.com,1999:blog-".utf8) + parts[feeds + 1] + Array(".post-".utf8)
      + parts[feeds + 5]
  }
}

import Discussion

/// What a WordPress export says of its blog.
struct WordPressBlog {
  private var names: [[UInt8]: [UInt8]] = [:]
  private(set) var address: [UInt8]?

  /// Takes the login and the name of an author.
  mutating func addAuthor(_ record: XMLRecord) {
    guard let login = ShortLine.name(record.value(.authorLogin, .wordPress)),
      let name = ShortLine.name(record.value(.authorDisplayName, .wordPress)), names.count < 1 << 20
    else { return }
    names[login] = name
  }

  /// Takes what stands around the items.
  mutating func learn(_ document: XMLRecord, page: [UInt8]?) {
    address = document.value(.baseBlogURL, .wordPress) ?? page
  }

  /// The name of the author with a login: the one shown, else the login.
  func name(_ login: [UInt8]?) -> [UInt8]? {
    guard let login = ShortLine.name(login) else { return nil }
    return names[login] ?? login
  }

  /// An id that is unique everywhere, of a number that is unique in this blog.
  func global(_ number: [UInt8], _ path: [UInt8]) -> [UInt8] {
    Array("wxr:".utf8) + (address ?? path) + [0x23] + number
  }
}

/// The comments of one item of a WordPress export.
///
/// Comments that wait for approval are kept, those in the spam or the trash are left out, unless somebody
/// answered them: then their place stays.
struct WordPressComments {
  private var records: [(id: [UInt8]?, parent: [UInt8]?, comment: ParsedComment)] = []
  private var isLeftOut: [Bool] = []

  /// Whether there are none.
  var isEmpty: Bool { records.isEmpty }
  /// How many lie in the spam or the trash.
  var leftOut: Int { isLeftOut.count { $0 } }

  /// Takes a comment.
  mutating func add(_ record: XMLRecord) {
    let type = text(record.value(.commentType, .wordPress))
    let content = record.value(.commentContent, .wordPress) ?? []
    records.append(
      (
        record.value(.commentID, .wordPress), record.value(.commentParent, .wordPress),
        ParsedComment(
          kind: type == "pingback" || type == "trackback" ? .pingback : .comment,
          author: ShortLine.name(record.value(.commentAuthor, .wordPress)),
          date: MachineDate.parse(
            utc: record.value(.commentDateGMT, .wordPress), local: record.value(.commentDate, .wordPress)),
          text: HTMLText.parsed(WordPressParagraphs.html(content)), line: record.line)
      ))
    let approved = text(record.value(.commentApproved, .wordPress))
    isLeftOut.append(["spam", "trash", "post-trashed"].contains(approved))
  }

  /// The comments, with ids made of a base that is their post's.
  func comments(under base: [UInt8]) -> [ParsedComment] {
    let comments = records.map { record in
      var comment = record.comment
      if let id = record.id { comment.nativeID = base + id }
      if let parent = record.parent, parent != [0x30] { comment.parent = .id(base + parent) }
      return comment
    }
    return RemovedPlaces.prune(comments, isLeftOut: isLeftOut)
  }

  private func text(_ value: [UInt8]?) -> String {
    value.map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
  }
}

/// One item of a WordPress export.
struct WordPressItem {
  private let record: XMLRecord
  private let blog: WordPressBlog
  private let feed: FeedContext

  init(_ record: XMLRecord, of blog: WordPressBlog, in feed: FeedContext) {
    self.record = record
    self.blog = blog
    self.feed = feed
  }

  /// Whether an item comes from an export, and not from a feed.
  static func isOne(_ record: XMLRecord) -> Bool {
    record.fields.contains { $0.parent == nil && $0.name.space == .wordPress }
  }

  /// The item with its comments; nil when it is no text of the blog: a menu, a picture that nobody
  /// commented on, what lies in the trash.
  func discussion(_ comments: WordPressComments) -> ParsedDiscussion? {
    let type = record.value(.postType, .wordPress).map { String(decoding: $0, as: UTF8.self) } ?? "post"
    let status = record.value(.status, .wordPress).map { String(decoding: $0, as: UTF8.self) } ?? ""
    if comments.isEmpty {
      guard type == "post" || type == "page", status != "trash", status != "auto-draft" else { return nil }
    }
    let entry = FeedEntry(record, in: feed)
    let number = record.value(.postID, .wordPress)
    let own = number.map { blog.global($0, feed.path) }
    let id = record.value(.guid).flatMap { RelativeReference.isGlobal($0) ? $0 : nil } ?? own ?? entry.id
    let page = entry.page.map { Array($0.prefix { $0 != 0x23 }) }
    let content =
      [XMLName(.content, .encoded), XMLName(.excerpt, .encoded), XMLName(.plain, .description)]
      .lazy.compactMap { record.value($0.word, $0.space) }.first ?? []
    let base =
      page.flatMap {
        RelativeReference.isWeb($0) ? CommentAddress.postAddress(of: $0) + Array("#comment-".utf8) : nil
      }
      ?? (own ?? id ?? feed.path) + Array("#comment-".utf8)
    var date = MachineDate.parse(
      utc: record.value(.postDateGMT, .wordPress), local: record.value(.postDate, .wordPress))
    if date == nil { date = MailDate.parse(record.value(.pubDate) ?? []) }
    var categories: [[UInt8]] = []
    for category in entry.categories where !categories.contains(category) { categories.append(category) }
    return ParsedDiscussion(
      title: entry.title, author: blog.name(record.value(.creator, .dublinCore)), date: date, format: "wxr",
      url: page, nativeID: id, categories: categories,
      isClosed: record.value(.commentStatus, .wordPress).map { $0 == Array("closed".utf8) },
      body: HTMLText.parsed(WordPressParagraphs.html(content)), comments: comments.comments(under: base),
      line: record.line)
  }
}

import Discussion

/// An item of RSS or an entry of Atom as it stands, before it is known whether it is a post or a comment.
struct FeedEntry {
  var id: [UInt8]?
  var page: [UInt8]?
  var title: [UInt8]
  var author: [UInt8]?
  var date: Timestamp?
  var body: ParsedText
  var categories: [[UInt8]] = []
  var declaredComments: Int?
  /// Which entries it answers, by id and by address.
  var answers: [(id: [UInt8]?, page: [UInt8]?)] = []
  /// The comment that its first words link as the one that they answer.
  var answeredLink: [UInt8]?
  var related: [UInt8]?
  /// Where the feeds of its comments stand.
  var commentFeeds: [[UInt8]]
  var line: Int

  /// Reads a record.
  init(_ record: XMLRecord, in feed: FeedContext) {
    line = record.line
    let links = FeedLinks(record, bases: feed.bases)
    related = links.related
    commentFeeds = links.commentFeeds
    if let feed = record.value(.commentRSS, .wellFormedWeb) { commentFeeds.append(feed) }
    let guid = record.first(.guid)
    let guidValue = guid.flatMap { record.value(of: $0) }
    page = links.page
    if page == nil, let guid, let guidValue, RelativeReference.isWeb(guidValue),
      record.attribute(.isPermaLink, of: guid) != Array("false".utf8)
    {
      page = guidValue
    }
    let about = record.attribute(.about, .rdf)
    if page == nil, let about, RelativeReference.isWeb(about) { page = about }
    id =
      record.value(.id) ?? guidValue ?? about ?? record.value(.id, .atom)
      ?? record.value(.identifier, .dublinCore)
    if let id { self.id = id.count <= ShortLine.addressLimit ? feed.global(id) : nil }

    let titleField = record.first(.title) ?? record.first(.title, .atom) ?? record.first(.title, .dublinCore)
    title = FeedText.line(record, titleField, isAtom: feed.isAtom)
    if title.isEmpty { title = FeedEntry.mediaLine(record, .title) }
    author = FeedEntry.author(of: record, in: feed)
    date = FeedEntry.date(of: record)

    let text = FeedEntry.text(of: record)
    body = text?.parsed ?? ParsedText()
    answeredLink = text.flatMap { AnsweredLink.find(in: $0.html) }
    categories = FeedEntry.categories(of: record)
    let counted = record.value(.comments, .slash) ?? record.value(.total, .threading)
    declaredComments = counted.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? links.replyCount
    if let count = declaredComments, count < 0 { declaredComments = nil }
    for field in record.all(.inReplyTo, .threading) {
      let ref = record.attribute(.ref, of: field) ?? record.attribute(.ref, .threading, of: field)
      let href = record.attribute(.href, of: field) ?? record.attribute(.href, .threading, of: field)
      answers.append(
        (ref.map(feed.global), href.flatMap { RelativeReference.resolve($0, against: feed.bases) }))
    }
  }

  private static func author(of record: XMLRecord, in feed: FeedContext) -> [UInt8]? {
    if feed.isAtom {
      if let names = FeedAuthor.names(in: record) { return names }
      let sources = record.all(.source).compactMap { FeedAuthor.names(in: record, inside: $0) }
      if let source = sources.first { return source }
    }
    let creators = record.all(.creator, .dublinCore).compactMap {
      FeedAuthor.name(inText: record.value(of: $0))
    }
    if !creators.isEmpty { return ShortLine.name(Array(creators.joined(separator: [0x2C, 0x20]))) }
    return FeedAuthor.names(in: record)
      ?? record.all(.author, .podcast).lazy.compactMap { FeedAuthor.name(inText: record.value(of: $0)) }.first
  }

  private static let dates: [XMLName] = [
    XMLName(.plain, .published), XMLName(.plain, .issued), XMLName(.plain, .pubDate),
    XMLName(.dublinCore, .date), XMLName(.atom, .published), XMLName(.dublinCore, .issued),
    XMLName(.dublinCore, .created), XMLName(.plain, .created), XMLName(.plain, .date),
    XMLName(.plain, .updated),
    XMLName(.atom, .updated), XMLName(.plain, .modified), XMLName(.dublinCore, .modified),
  ]

  /// When the entry appeared; when it was changed only where nothing else is said.
  private static func date(of record: XMLRecord) -> Timestamp? {
    for name in dates {
      if let date = MachineDate.parse(record.value(name.word, name.space)) { return date }
    }
    return nil
  }

  private static let texts: [XMLName] = [
    XMLName(.content, .encoded), XMLName(.plain, .content), XMLName(.atom, .content), XMLName(.xhtml, .body),
    XMLName(.plain, .description), XMLName(.plain, .summary), XMLName(.atom, .summary),
    XMLName(.podcast, .summary), XMLName(.dublinCore, .description), XMLName(.media, .description),
  ]

  private static func text(of record: XMLRecord) -> FeedText? {
    for name in texts {
      for field in record.all(name.word, name.space) {
        if let text = FeedText(record, field), !text.isEmpty { return text }
      }
    }
    for field in record.fields.indices where record.fields[field].name == XMLName(.media, .description) {
      if let text = FeedText(record, field) { return text }
    }
    return nil
  }

  private static func mediaLine(_ record: XMLRecord, _ word: XMLWord) -> [UInt8] {
    let field = record.fields.firstIndex { $0.name == XMLName(.media, word) }
    return FeedText.line(record, field, isAtom: false)
  }

  private static func categories(of record: XMLRecord) -> [[UInt8]] {
    var categories: [[UInt8]] = []
    for index in record.fields.indices where record.fields[index].parent == nil {
      let field = record.fields[index]
      var value: [UInt8]?
      switch (field.name.word, field.name.space) {
      case (.category, .plain), (.category, .atom):
        let scheme = record.attribute(.scheme, of: index) ?? []
        if scheme.elementsEqual("http://schemas.google.com/g/2005#kind".utf8) { continue }
        value =
          record.value(of: index) ?? record.attribute(.label, of: index) ?? record.attribute(.term, of: index)
      case (.subject, .dublinCore): value = record.value(of: index)
      default: continue
      }
      guard let value else { continue }
      let line = ShortLine.of(CharacterReferences.decode(value), limit: ShortLine.nameLimit)
      if !line.isEmpty, categories.count < 256, !categories.contains(line) { categories.append(line) }
    }
    return categories
  }
}

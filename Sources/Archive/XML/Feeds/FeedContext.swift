/// What a feed says of itself, and so of all its items.
struct FeedContext {
  var title: [UInt8] = []
  var page: [UInt8]?
  var id: [UInt8]?
  /// Where the feed itself stands.
  var own: [UInt8]?
  /// Names of the feed's authors, which are those of Atom entries that name none.
  var authors: [UInt8]?
  var isAtom = false
  var bases: [[UInt8]] = []
  /// The path of the document, for ids that nothing else makes unique.
  var path: [UInt8] = []

  /// A document of which nothing is known.
  init() {}

  /// Reads what stands around the items of a feed.
  init(_ document: XMLRecord, isAtom: Bool, bases: [[UInt8]], path: [UInt8]) {
    self.isAtom = isAtom
    self.bases = bases
    self.path = path
    title = FeedText.line(document, document.first(.title), isAtom: isAtom)
    let links = FeedLinks(document, bases: bases)
    (page, own) = (links.page, links.own)
    id = isAtom ? document.value(.id) : nil
    authors = isAtom ? FeedAuthor.names(in: document) : nil
  }

  /// An id that is unique everywhere, of one that may only be unique in this feed.
  func global(_ id: [UInt8]) -> [UInt8] {
    if RelativeReference.isGlobal(id) { return id }
    let feed = self.id ?? page ?? path
    return Array("feed:".utf8) + feed + [0x23] + id
  }
}

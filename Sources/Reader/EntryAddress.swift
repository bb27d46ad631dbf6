import Discussion
import Grid

/// How an entry can be named to somebody else.
struct EntryAddress: Hashable {
  /// What a name is.
  enum Kind: Hashable {
    /// An address on the web that leads to the very entry.
    case permalink
    /// The address of the page that the entry stands in; the entry has none of its own.
    case page
    /// The Message-ID of a mail, in angle brackets.
    case messageID
    /// File and line: the source gives no address.
    case place
  }

  /// What it is.
  var kind: Kind
  /// The name, one line, by the display rule.
  var text: String

  /// The best name that the source gives for an entry.
  init(of entry: EntryID, in library: Library) {
    let discussion = library.discussion(of: entry)
    let page = library.url(of: discussion).flatMap { EntryAddress.isWeb($0) ? $0 : nil }
    let isPost = library.depth(of: entry) == 0
    if isPost, let page {
      self.init(.permalink, page)
    } else if let id = library.nativeID(of: entry), EntryAddress.isWeb(id) {
      self.init(.permalink, id)
    } else if let own = EntryAddress.permalink(
      ofID: library.nativeID(of: entry), format: library.format(of: discussion), page: page)
    {
      self.init(.permalink, own)
    } else if library.format(of: discussion) == "mail", let id = library.nativeID(of: entry),
      id.contains(UInt8(ascii: "@"))
    {
      self.init(.messageID, id.first == UInt8(ascii: "<") ? id : [0x3C] + id + [0x3E])
    } else if let page {
      self.init(.page, page)
    } else {
      let sources = library.sources(of: discussion).map { String(decoding: $0, as: UTF8.self) }
      let line = library.line(of: entry).map { ":\($0)" } ?? ""
      self.init(.place, Array(((sources.first ?? "") + line).utf8))
    }
  }

  private init(_ kind: Kind, _ bytes: [UInt8]) {
    self.kind = kind
    text = String(decoding: DisplayRule.printable(bytes.span, lineEnds: .fold), as: UTF8.self)
  }

  /// Whether bytes are an address on the web.
  private static func isWeb(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "https://".utf8) || bytes.starts(with: "http://".utf8)
  }

  /// The address of an entry where a site makes it of the entry's id by a rule of its own.
  private static func permalink(ofID id: [UInt8]?, format: String, page: [UInt8]?) -> [UInt8]? {
    guard let id else { return nil }
    func rest(after prefix: String) -> [UInt8]? {
      id.starts(with: prefix.utf8) && id.count > prefix.utf8.count
        ? Array(id.dropFirst(prefix.utf8.count)) : nil
    }
    switch format {
    case "hacker-news":
      return rest(after: "hn:").map { Array("https://news.ycombinator.com/item?id=".utf8) + $0 }
    case "lobsters": return rest(after: "lobsters:").map { Array("https://lobste.rs/".utf8) + $0 }
    case "reddit":
      guard let name = rest(after: "t1_"), let page, contains(page, "/comments/") else { return nil }
      return page + (page.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name
    case "stack-exchange":
      // se:HOST:NUMBER; comments, whose number begins with a c, have no address of this form.
      guard let parts = rest(after: "se:")?.split(separator: UInt8(ascii: ":")), parts.count == 2,
        parts[0].contains(UInt8(ascii: ".")), parts[1].allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      return Array("https://".utf8) + parts[0] + Array("/a/".utf8) + parts[1]
    default: return nil
    }
  }

  private static func contains(_ text: [UInt8], _ part: String) -> Bool {
    let part = Array(part.utf8)
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}

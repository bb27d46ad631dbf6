/// What stands before the first records of a document: what kind it is, and in which charset.
struct XMLProlog {
  /// A kind of document.
  enum Root: Equatable {
    case feed
    case disqus
    /// A table of a Stack Exchange dump.
    case stackExchange(XMLWord)
    /// XML that is none of these, and no page.
    case other
  }

  /// The kind; nil when the bytes begin no document of XML, or one that is read as a page.
  private(set) var root: Root?
  /// The label of the charset that is declared.
  private(set) var encoding: [UInt8]?

  /// How far the first element is looked for.
  private static let reach = 1 << 14

  /// Looks at the first bytes of a source.
  /// - Complexity: O(`head.count`).
  init(_ head: [UInt8]) {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = head[start...].firstIndex { $0 > 0x20 } ?? head.count
    let declaration = XMLProlog.declaration(in: head)
    if let declaration { encoding = XMLProlog.encoding(in: head[declaration]) }
    // Warnings of a program may stand before the declaration, a few words before the root.
    var from = first
    if first < head.count, head[first] != 0x3C {
      guard let mark = head[first...].prefix(512).firstIndex(of: 0x3C) else { return }
      from = mark
    }
    root = XMLProlog.root(Array(head[from...]))
    if root == nil || root == .other, let declaration, declaration.lowerBound > from {
      let behind = XMLProlog.root(Array(head[declaration.lowerBound...]))
      if behind != nil, behind != .other { root = behind }
    }
    if root == .other, declaration == nil || declaration?.lowerBound != first { root = nil }
  }

  private static func declaration(in head: [UInt8]) -> Range<Int>? {
    let mark = Array("<?xml".utf8)
    let limit = min(head.count, 2048) - mark.count - 1
    guard limit > 0 else { return nil }
    for at in 0..<limit where head[at] == 0x3C && head[at...].starts(with: mark) && head[at + 5] <= 0x20 {
      let end = head[at...].prefix(1024).firstIndex(of: 0x3E) ?? head.count
      return at..<end
    }
    return nil
  }

  private static func encoding(in declaration: ArraySlice<UInt8>) -> [UInt8]? {
    let mark = Array("encoding".utf8)
    guard let at = declaration.indices.first(where: { declaration[$0...].starts(with: mark) }) else {
      return nil
    }
    let rest = declaration[(at + mark.count)...].drop { $0 <= 0x20 || $0 == 0x3D }
    guard let quote = rest.first, quote == 0x22 || quote == 0x27 else { return nil }
    let label = rest.dropFirst().prefix { $0 != quote }
    return label.count <= 64 && !label.isEmpty ? Array(label) : nil
  }

  /// The kind of the first element.
  private static func root(_ bytes: [UInt8]) -> Root? {
    var tokenizer = XMLTokenizer(XMLWindow(Source(path: [], bytes: bytes), charset: XMLCharset()))
    var tags = 0
    var table: XMLWord?
    while tags < 8 {
      switch tokenizer.next() {
      case .finish: return nil
      case .start:
        tags += 1
        let name = tokenizer.name
        if let table { return name.word == .row ? .stackExchange(table) : .other }
        switch name.word {
        case .rss, .rdf, .feed, .channel:
          return name.word == .rdf && !isFeed(bytes) ? .other : .feed
        case .disqus: return .disqus
        case .html: return nil
        case .posts, .comments, .users, .badges, .votes, .tags, .postHistory, .postLinks: table = name.word
        default: return .other
        }
      default: continue
      }
    }
    return .other
  }

  /// Whether RDF is a feed, and not something else that is written in it.
  private static func isFeed(_ bytes: [UInt8]) -> Bool {
    for mark in ["purl.org/rss/1.0/", "netscape.com/rdf/simple/0.9", "purl.org/net/rss1.1"] {
      let pattern = Array(mark.utf8)
      if bytes.prefix(reach).indices.contains(where: {
        bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern)
      }) {
        return true
      }
    }
    return false
  }
}

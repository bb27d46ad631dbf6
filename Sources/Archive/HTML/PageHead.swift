import Discussion

/// What a page says of itself in its head: title, author, date, address, categories.
struct PageHead {
  private(set) var title: [UInt8] = []
  private(set) var author: [UInt8]?
  private(set) var date: Timestamp?
  private(set) var url: [UInt8]?
  /// The address that the page's links are relative to.
  private(set) var base: [UInt8]?
  private(set) var language: [UInt8]?
  private(set) var categories: [[UInt8]] = []
  /// The heading that is the page's title.
  private(set) var heading: Int?

  private var shareTitle: [UInt8] = []
  private var documentTitle: [UInt8] = []
  private var siteName: [UInt8] = []
  private var shareURL: [UInt8]?

  /// The longest address that is kept.
  static let addressLimit = 8192

  init(_ page: PageElements) {
    let tree = page.tree
    var headings: [Int] = []
    var generation = 0
    for node in 0..<tree.count {
      switch tree.tag(node) {
      case .html:
        language = tree.value(node, PageHeadName.lang)
      case .title where documentTitle.isEmpty && !isInside(.svg, node, tree):
        documentTitle = PageHead.title(in: tree, node)
      case .meta: look(at: tree, meta: node)
      case .link:
        if let rel = tree.value(node, PageAttribute.rel), PageHead.isToken("canonical", in: rel), url == nil {
          url = tree.value(node, HTMLAttributeName.href).flatMap(PageHead.address)
        }
      case .base where base == nil:
        base = tree.value(node, HTMLAttributeName.href)
      case .h1, .h2:
        if !page.facts[node].contains(.unseen), headings.count < 40 { headings.append(node) }
      case .a:
        if let rel = tree.valueRange(node, PageAttribute.rel), rel.count >= 3, generation < 200 {
          generation += 1
          takeCategory(tree, node)
        }
      default: break
      }
    }
    url = url ?? shareURL ?? PageHead.savedFrom(tree.bytes)
    base = base.flatMap { LinkTarget.absolute($0, base: url) } ?? url
    chooseTitle(page, headings)
  }

  /// The address in the comment that browsers write into pages they save: `saved from url=(0023)https://…`.
  private static func savedFrom(_ bytes: [UInt8]) -> [UInt8]? {
    let head = Array(bytes.prefix(2_048))
    guard let mark = head.firstRange(of: Array("saved from url=(".utf8)) else { return nil }
    guard let close = bytes[mark.upperBound...].prefix(8).firstIndex(of: 0x29) else { return nil }
    return address(Array(bytes[(close + 1)...].prefix { $0 > 0x20 }.prefix(addressLimit + 1)))
  }

  private func isInside(_ tag: HTMLTag, _ node: Int, _ tree: HTMLTree) -> Bool {
    var at = tree.parent(node)
    while at > 0 {
      if tree.tag(at) == tag { return true }
      at = tree.parent(at)
    }
    return false
  }

  private static func title(in tree: HTMLTree, _ node: Int) -> [UInt8] {
    var words: [UInt8] = []
    for inner in (node + 1)..<max(node + 1, tree.end(node)) where tree.tag(inner) == .text {
      CharacterReferences.decode(tree.bytes.span, tree.range(inner), as: .html, into: &words)
    }
    return OneLine.of(words)
  }

  private mutating func look(at tree: HTMLTree, meta node: Int) {
    guard let content = tree.value(node, PageAttribute.content) else { return }
    guard let name = tree.value(node, PageAttribute.property) ?? tree.value(node, PageAttribute.name)
    else { return }
    let line = OneLine.of(content)
    if line.isEmpty { return }
    switch HTMLNameHash.ofLowercased(name.span, 0..<name.count) {
    case PageHeadName.ogTitle: if shareTitle.isEmpty { shareTitle = line }
    case PageHeadName.ogURL: shareURL = shareURL ?? PageHead.address(line)
    case PageHeadName.ogSite: siteName = line
    case PageHeadName.published, PageHeadName.date, PageHeadName.dcDate, PageHeadName.pubdate:
      date = date ?? PageStamp().machine(line)
    case PageHeadName.author, PageHeadName.articleAuthor, PageHeadName.dcCreator:
      if author == nil { author = PageHead.person(line) }
    default: break
    }
  }

  /// The name of a person, not an address or a number that stands in its place.
  static func person(_ line: [UInt8]) -> [UInt8]? {
    if line.contains(0x2F), !line.contains(0x20) { return nil }
    if line.allSatisfy({ $0 &- 0x30 < 10 }) || line.starts(with: "http".utf8) { return nil }
    return AuthorName.of(line)
  }

  /// An address that is one.
  static func address(_ value: [UInt8]) -> [UInt8]? {
    let address = Name.trimmed(value[...])
    guard address.count <= addressLimit,
      address.starts(with: "http://".utf8) || address.starts(with: "https://".utf8),
      !address.contains(where: { $0 <= 0x20 })
    else { return nil }
    return Array(address)
  }

  private mutating func takeCategory(_ tree: HTMLTree, _ node: Int) {
    guard categories.count < 40, let rel = tree.value(node, PageAttribute.rel),
      PageHead.isToken("category", in: rel) || PageHead.isToken("tag", in: rel)
    else { return }
    let name = PageText.line(tree, node)
    if !name.isEmpty, name.count <= 100, !categories.contains(name) { categories.append(name) }
  }

  private static func isToken(_ word: StaticString, in value: [UInt8]) -> Bool {
    var found = false
    let bytes = value.span
    PageElements.eachToken(bytes, 0..<value.count) { token in
      if HTMLNameHash.ofLowercased(bytes, token) == HTMLNameHash.of(word) { found = true }
    }
    return found
  }

  // MARK: Title

  /// The heading that begins the document's title, else the title for sharing, else the document's title
  /// without the site's name.
  private mutating func chooseTitle(_ page: PageElements, _ headings: [Int]) {
    let tree = page.tree
    let whole = Phrase(folding: documentTitle).utf8
    let shared = Phrase(folding: shareTitle).utf8
    var best: (node: Int, line: [UInt8])?
    for node in headings where page.letterCount(page.subtree(node)) <= 500 {
      let line = PageText.line(tree, node)
      let folded = Phrase(folding: line).utf8
      guard folded.count >= 2 else { continue }
      let isInTitle = whole.firstRange(of: folded) != nil || shared.firstRange(of: folded) != nil
      guard isInTitle, folded != Phrase(folding: siteName).utf8, !namesSite(tree, node) else { continue }
      if let known = best, known.line.count >= line.count { continue }
      best = (node, line)
    }
    if let best {
      heading = best.node
      // A heading that is only a small part of the title is the site's name more often than not.
      if best.line.count * 3 >= min(documentTitle.count, shareTitle.isEmpty ? Int.max : shareTitle.count) {
        title = best.line
        return
      }
    }
    title = shareTitle.isEmpty ? withoutSite(documentTitle) : shareTitle
    let shorter = withoutSite(title)
    if !siteName.isEmpty, shorter.count < title.count, title.suffix(siteName.count).elementsEqual(siteName) {
      title = shorter
    }
    if title.isEmpty, let first = headings.first { title = PageText.line(tree, first) }
  }

  /// Whether a heading says by its class, or that of what it stands in, that it names the site.
  private func namesSite(_ tree: HTMLTree, _ node: Int) -> Bool {
    var found = false
    for node in [node, tree.parent(node)] where node > 0 {
      guard let value = tree.value(node, HTMLAttributeName.class) else { continue }
      let bytes = value.span
      PageElements.eachToken(bytes, 0..<value.count) { token in
        if PageHead.siteClasses.contains(HTMLNameHash.ofLowercased(bytes, token)) { found = true }
      }
    }
    return found
  }

  private static let siteClasses: Set<UInt64> = Set(
    [
      "site-title", "site-name", "sitename", "site-branding", "site-logo", "blog-title", "logo", "brand",
      "navbar-brand",
    ].map { (name: String) in Array(name.utf8) }.map { HTMLNameHash.ofLowercased($0.span, 0..<$0.count) })

  private func withoutSite(_ title: [UInt8]) -> [UInt8] {
    let marks: [[UInt8]] = [" | ", " « ", " » ", " :: ", " — ", " – ", " · ", " • ", " - "].map {
      Array($0.utf8)
    }
    for mark in marks {
      var cut: Int?
      var position = 0
      while position + mark.count <= title.count {
        if title[position..<position + mark.count].elementsEqual(mark) { cut = position }
        position += 1
      }
      if let cut, cut >= 3 { return Array(title[..<cut]) }
    }
    return title
  }
}

/// Names of what a page's head states, in lower case, by hash.
private enum PageHeadName {
  static let lang = HTMLNameHash.of("lang")
  static let ogTitle = HTMLNameHash.of("og:title")
  static let ogURL = HTMLNameHash.of("og:url")
  static let ogSite = HTMLNameHash.of("og:site_name")
  static let published = HTMLNameHash.of("article:published_time")
  static let date = HTMLNameHash.of("date")
  static let pubdate = HTMLNameHash.of("pubdate")
  static let dcDate = HTMLNameHash.of("dc.date.issued")
  static let author = HTMLNameHash.of("author")
  static let articleAuthor = HTMLNameHash.of("article:author")
  static let dcCreator = HTMLNameHash.of("dc.creator")
}

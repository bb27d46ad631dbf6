import Discussion

/// Reads what one comment of a page says: who, when, what, under which name.
struct CommentReader {
  let page: PageElements
  let stamp: PageStamp
  let blocks: [CommentBlock]
  /// The comment that begins at a node.
  let blockAtNode: [Int: Int]
  var tree: HTMLTree { page.tree }

  init(_ page: PageElements, _ stamp: PageStamp, _ blocks: [CommentBlock]) {
    self.page = page
    self.stamp = stamp
    self.blocks = blocks
    blockAtNode = Dictionary(
      blocks.indices.map { (blocks[$0].range.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a comment says.
  struct Reading {
    var id: [UInt8]?
    var author: [UInt8]?
    var date: Timestamp?
    var score: Int32?
    var isRemoved = false
    var kind = EntryKind.comment
    var text = ParsedText()
  }

  /// Reads one comment.
  /// - Complexity: O(bytes of its own elements).
  func read(_ index: Int) -> Reading {
    let block = blocks[index]
    let own = ownNodes(of: index)
    var reading = Reading()
    let container = textContainer(own)
    let head = own.filter { node in
      guard let container else { return true }
      return !container.isLeaf || !page.subtree(container.node).contains(node)
    }
    let author = author(head, container)
    let date = date(head, container)
    reading.author = author?.name
    reading.date = date?.moment
    reading.id = id(of: block, own)
    reading.score = score(head)
    reading.text = text(block, index, container, author?.node, date?.node)
    if block.word.contains(.pingback) || page.facts[block.range.lowerBound].contains(.pingback) {
      reading.kind = .pingback
    }
    if reading.kind == .comment, reading.author == nil, PingbackMark.begins(reading.text.utf8) {
      reading.kind = .pingback
    }
    if block.isAnswer { reading.kind = .answer }
    if RemovedMark.isAll(of: reading.text.utf8)
      || reading.text.utf8.isEmpty && page.facts[block.range.lowerBound].contains(.deleted)
    {
      reading.isRemoved = true
      reading.text = ParsedText()
    }
    return reading
  }

  /// The elements and texts of a comment, without those of comments inside it and without what is not
  /// shown; meta elements of microdata included.
  private func ownNodes(of index: Int) -> [Int] {
    let range = blocks[index].range
    var own: [Int] = []
    var node = range.lowerBound
    while node < range.upperBound {
      if let other = blockAtNode[node], other != index {
        node = blocks[other].range.upperBound
        continue
      }
      switch tree.tag(node) {
      case .script, .style, .select, .textarea, .template, .svg:
        node = tree.end(node)
        continue
      default: break
      }
      own.append(node)
      node += 1
    }
    page.steps.count &+= own.count
    return own
  }

  // MARK: The words

  /// The element that holds the words.
  struct Container {
    var node: Int
    /// Whether nobody and no date is named in it.
    var isLeaf: Bool
  }

  /// The element that holds the words of a comment and nothing else, or little else.
  private func textContainer(_ own: [Int]) -> Container? {
    var best: (node: Int, rank: Int, letters: Int)?
    var covered = 0
    for node in own {
      let facts = page.facts[node]
      guard node != own.first, !facts.contains(.quote), facts.contains(.text) || facts.contains(.itemText),
        !facts.contains(.unseen),
        tree.tag(node) != .text, tree.tag(node) != .meta, node >= covered || facts.contains(.itemText)
      else { continue }
      let range = page.subtree(node)
      let letters = page.letterCount(range)
      if letters == 0 { continue }
      // Markup that says which words are the comment's is believed.
      let isLeaf =
        facts.contains(.itemText) ? !range.dropFirst().contains { blockAtNode[$0] != nil } : !hasHead(range)
      if isLeaf { covered = range.upperBound }
      let rank = (facts.contains(.itemText) ? 2 : 0) + (isLeaf ? 1 : 0)
      if let known = best, (known.rank & 1, known.rank, known.letters) >= (rank & 1, rank, letters) {
        continue
      }
      best = (node, rank, letters)
    }
    return best.map { Container(node: $0.node, isLeaf: $0.rank & 1 == 1) }
  }

  /// Whether a stretch names an author or a date by its classes, quotes aside.
  private func hasHead(_ range: Range<Int>) -> Bool {
    var node = range.lowerBound + 1
    while node < range.upperBound {
      if blockAtNode[node] != nil { return true }
      let facts = page.facts[node]
      if facts.contains(.quote) || facts.contains(.unseen) {
        node = tree.end(node)
        continue
      }
      if page.authorRank[node] >= 6 || page.dateRank[node] >= 6 && page.dateRank[node] != 7 { return true }
      if facts.contains(.meta) || facts.contains(.signature) { return true }
      // `<cite>name</cite> says:` before all other words.
      if tree.tag(node) == .cite, page.letterCount(range.lowerBound..<node) == 0 { return true }
      node += 1
    }
    return false
  }

  private func text(
    _ block: CommentBlock, _ index: Int, _ container: Container?, _ author: Int?, _ date: Int?
  ) -> ParsedText {
    var range = container.map { page.subtree($0.node) } ?? block.range
    let root = range.lowerBound
    // Forums write their words in what calls itself a quotation.
    if tree.tag(root) == .blockquote || tree.tag(root) == .li || tree.tag(root) == .pre, range.count > 1 {
      range = root + 1..<range.upperBound
    }
    let all = page.letterCount(range)
    let heads = [author, date].compactMap { $0 }.map { wrapper(of: $0, in: range) }
    let isLeaf = container?.isLeaf ?? false
    func isOther(_ node: Int) -> Bool {
      if let other = blockAtNode[node], other != index { return true }
      return page.facts[node].contains(.unseen)
    }
    let parsed = HTMLText.parsed(tree, range) { node in
      if node == root || tree.tag(node) == .text { return false }
      if isOther(node) || heads.contains(node) { return true }
      let facts = page.facts[node]
      if facts.isEmpty { return false }
      let letters = page.letterCount(page.subtree(node))
      if !facts.isDisjoint(with: [.signature, .form]) { return true }
      if facts.contains(.action), letters <= 40 || tree.tag(node) == .a { return true }
      if isLeaf { return false }
      if !facts.isDisjoint(with: [.action, .avatar]) { return letters * 2 < all }
      if facts.contains(.text) { return false }
      if page.authorRank[node] >= 6 || page.dateRank[node] >= 6 { return letters * 2 < all || letters < 60 }
      if !facts.isDisjoint(with: [.meta, .badge, .otherTime]) { return letters * 2 < all || letters < 60 }
      return false
    }
    if !parsed.utf8.isEmpty || all == 0 { return parsed }
    return HTMLText.parsed(tree, range) { node in
      node != root && tree.tag(node) != .text
        && (isOther(node) || heads.contains(node) || page.facts[node].contains(.form))
    }
  }

  /// The outermost element around a name or a date that holds nothing but the head of a comment.
  private func wrapper(of node: Int, in range: Range<Int>) -> Int {
    var at = node
    while true {
      let parent = tree.parent(at)
      guard parent > range.lowerBound, range.contains(parent) else { return at }
      guard blockAtNode[parent] == nil, !page.facts[parent].contains(.text) else { return at }
      switch tree.tag(parent) {
      case .span, .cite, .b, .strong, .a, .em, .i, .small, .h1, .h2, .h3, .h4, .h5, .h6, .dt, .header, .abbr,
        .time:
        break
      default:
        guard page.authorRank[parent] >= 6 || page.dateRank[parent] >= 6 || page.facts[parent].contains(.meta)
        else {
          return at
        }
      }
      let letters = page.letterCount(page.subtree(parent))
      guard letters <= page.letterCount(page.subtree(at)) + 80 else { return at }
      at = parent
    }
  }

  // MARK: Names and votes

  /// The id of a comment: its own, that of an element inside that has a number, or that of a link to it.
  private func id(of block: CommentBlock, _ own: [Int]) -> [UInt8]? {
    if let id = tree.value(block.range.lowerBound, HTMLAttributeName.id),
      id.contains(where: { $0 &- 0x30 < 10 })
    {
      return id
    }
    for node in own.dropFirst().prefix(60) {
      if let id = tree.value(node, HTMLAttributeName.id) {
        let name = ClassName(id.span, 0..<id.count)
        if name.prefixHash != nil, !name.all.isDisjoint(with: [.comment, .post, .reply]) { return id }
        // Of an element that calls itself a comment any id is the comment's: `c_wlhfnk`.
        if isUnit(node) { return id }
      }
      if tree.tag(node) == .a, let anchor = tree.value(node, PageAttribute.name),
        anchor.contains(where: { $0 &- 0x30 < 10 }), anchor.count < 60
      {
        return anchor
      }
    }
    for node in own where tree.tag(node) == .a && !page.facts[node].contains(.action) {
      guard let address = tree.value(node, HTMLAttributeName.href), let mark = address.lastIndex(of: 0x23)
      else { continue }
      let fragment = address[(mark + 1)...]
      if (1...80).contains(fragment.count), fragment.contains(where: { $0 &- 0x30 < 10 }) {
        return Array(fragment)
      }
    }
    return tree.value(block.range.lowerBound, HTMLAttributeName.id)
  }

  private func isUnit(_ node: Int) -> Bool {
    guard PageElements.canBeUnit(tree.tag(node)), let classes = tree.valueRange(node, HTMLAttributeName.class)
    else { return false }
    var isUnit = false
    let bytes = tree.bytes.span
    PageElements.eachToken(bytes, classes) { token in
      let name = ClassName(bytes, token)
      if name.wordCount == 1, name.last.contains(.comment) { isUnit = true }
    }
    return isUnit
  }

  private func score(_ head: [Int]) -> Int32? {
    for node in head where page.facts[node].contains(.score) && tree.tag(node) != .text {
      guard page.letterCount(page.subtree(node)) <= 12 else { continue }
      let line = PageText.line(tree, node)
      let digits = line.prefix { $0 &- 0x30 < 10 || $0 == 0x2D }
      // `12` or `12 points`
      guard digits.count == line.count || line[digits.count] == 0x20 else { continue }
      if let score = Int32(String(decoding: digits, as: UTF8.self)) { return score }
    }
    return nil
  }
}

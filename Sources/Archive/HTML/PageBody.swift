import Discussion

/// The words of a page's own post, without what stands around them.
struct PageBody {
  private(set) var text = ParsedText()
  private(set) var author: [UInt8]?
  private(set) var date: Timestamp?
  /// Passages in it that the page hides.
  private(set) var hidden = 0

  /// Finds the post: what is marked up as an article's body, else the element whose paragraphs hold the
  /// most words that are not links.
  init(_ page: PageElements, _ stamp: PageStamp, _ head: PageHead, _ blocks: [CommentBlock]) {
    let tree = page.tree
    var isComment = [Bool](repeating: false, count: tree.count + 1)
    for block in blocks { isComment[block.range.lowerBound] = true }
    guard let root = PageBody.root(page, isComment) else { return }
    let total = page.letterCount(page.subtree(root))
    let firstComment = blocks.first?.range.lowerBound ?? Int.max
    text = HTMLText.parsed(tree, page.subtree(root)) { node in
      if node == root || tree.tag(node) == .text { return false }
      if isComment[node] || node == head.heading { return true }
      let facts = page.facts[node]
      if facts.isEmpty { return false }
      if facts.contains(.unseen) { return true }
      let letters = page.letterCount(page.subtree(node))
      if facts.contains(.comments), node < firstComment || letters * 2 < total, letters * 3 < total {
        return true
      }
      if !facts.isDisjoint(with: [.furniture, .form, .recent]), letters * 3 < total { return true }
      if !facts.isDisjoint(with: [.action]), letters < 80 { return true }
      // The line that says who wrote when.
      let isHead = facts.contains(.meta) || page.authorRank[node] >= 7
      if isHead, letters < 160, letters * 3 < total,
        page.authorCount(page.subtree(node)) + page.dateCount(page.subtree(node)) > 0
      {
        return true
      }
      return false
    }
    hidden = HiddenPassages.count(page, page.subtree(root))
    (author, date) = PageBody.byline(page, stamp, root, isComment, before: firstComment)
  }

  // MARK: Where

  private static func root(_ page: PageElements, _ isComment: [Bool]) -> Int? {
    let tree = page.tree
    let density = densest(page, isComment)
    let inDensest = density.map { ownLetters(page, $0, isComment) } ?? 0
    var best: (node: Int, rank: Int, letters: Int)?
    for node in 1..<max(1, tree.count) {
      let rank = rank(of: node, page)
      guard rank > 0, !page.facts[node].contains(.unseen) else { continue }
      let letters = ownLetters(page, node, isComment)
      guard letters > 0, letters * 5 >= inDensest * 2 else { continue }
      if let best, (best.rank, best.letters) >= (rank, letters) { continue }
      best = (node, rank, letters)
    }
    if let best { return best.node }
    // Of a page of a few lines every line may be the post's.
    if ownLetters(page, 0, isComment) < smallPage { return 0 }
    return density
  }

  /// A page of fewer letters is read whole.
  private static let smallPage = 1_500

  private static func rank(of node: Int, _ page: PageElements) -> Int {
    if page.facts[node].contains(.articleBody) { return 3 }
    if page.facts[node].contains(.text), let classes = page.tree.valueRange(node, HTMLAttributeName.class) {
      var isPost = false
      let bytes = page.tree.bytes.span
      PageElements.eachToken(bytes, classes) { token in
        let hash = HTMLNameHash.ofLowercased(bytes, token)
        if postBodies.contains(hash) { isPost = true }
      }
      if isPost { return 2 }
    }
    return page.tree.tag(node) == .article ? 1 : 0
  }

  private static let postBodies: Set<UInt64> = Set(
    ([
      "entry-content", "post-content", "post-body", "article-body", "article-content", "entry-body",
      "post-text",
      "article__body", "article__content", "e-content", "post__content", "post_content", "blog-post-content",
      "entry__content", "story-body", "articlebody", "post-entry", "entrytext", "article-text", "post_body",
      "available-content", "single-content", "the-content", "wp-block-post-content", "content-body",
    ] as [StaticString]).map { HTMLNameHash.of($0) })

  /// Letters of an element without those of comments.
  private static func ownLetters(_ page: PageElements, _ node: Int, _ isComment: [Bool]) -> Int {
    var letters = 0
    let range = page.subtree(node)
    var at = range.lowerBound
    // Comments are skipped whole; the rest is counted from the sums.
    var start = at
    while at < range.upperBound {
      if isComment[at] {
        letters += page.letterCount(start..<at)
        at = page.tree.end(at)
        start = at
      } else {
        at += 1
      }
    }
    return letters + page.letterCount(start..<max(start, range.upperBound))
  }

  /// The element that holds the most letters in paragraphs outside links, each counting wholly for its
  /// parent and half for its grandparent.
  private static func densest(_ page: PageElements, _ isComment: [Bool]) -> Int? {
    let tree = page.tree
    var scores = [Int32](repeating: 0, count: tree.count)
    // Letters of paragraphs before a node.
    var sums = [Int32](repeating: 0, count: tree.count + 1)
    var node = 0
    while node < tree.count {
      let facts = page.facts[node]
      if isComment[node] || facts.contains(.unseen) || isAside(page, node) {
        for skipped in node..<tree.end(node) { sums[skipped + 1] = sums[node] }
        node = tree.end(node)
        continue
      }
      sums[node + 1] = sums[node]
      if tree.tag(node) == .text {
        let letters = page.letterCount(node..<node + 1)
        let around = block(around: node, tree)
        if letters >= 20, !isInLink(node, tree), around > 0 {
          // A paragraph counts for its parent, loose text for where it stands.
          let isParagraph = tree.tag(around) == .p || tree.tag(around) == .pre || tree.tag(around) == .li
          let parent = isParagraph ? tree.parent(around) : around
          let above = tree.parent(parent)
          sums[node + 1] &+= Int32(letters)
          if parent >= 0 { scores[parent] &+= Int32(letters) }
          if above >= 0 { scores[above] &+= Int32(letters / 2) }
        }
      }
      node += 1
    }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] > 0 else {
      return tree.count > 1 ? 0 : nil
    }
    return ancestor(of: best, tree, sums)
  }

  /// The innermost element around the densest that holds most of the page's paragraphs: posts are cut into
  /// sections.
  private static func ancestor(of densest: Int, _ tree: HTMLTree, _ sums: [Int32]) -> Int {
    var at = densest
    while at > 0, Int(sums[tree.end(at)] - sums[at]) * 5 < Int(sums[tree.count]) * 3 { at = tree.parent(at) }
    return at
  }

  private static func isAside(_ page: PageElements, _ node: Int) -> Bool {
    let tree = page.tree
    switch tree.tag(node) {
    case .nav, .script, .style, .select, .button, .title, .head: return true
    case .footer, .aside: break
    default: guard !page.facts[node].isDisjoint(with: [.furniture, .form, .recent]) else { return false }
    }
    return page.letterCount(page.subtree(node)) * 2 < page.letterCount(0..<tree.count)
  }

  private static func block(around node: Int, _ tree: HTMLTree) -> Int {
    var at = tree.parent(node)
    while at > 0 {
      switch tree.tag(at) {
      case .a, .b, .i, .em, .strong, .span, .font, .code, .small, .u, .s, .sub, .sup, .mark, .abbr, .q, .cite,
        .time:
        at = tree.parent(at)
      default: return at
      }
    }
    return at
  }

  private static func isInLink(_ node: Int, _ tree: HTMLTree) -> Bool {
    var at = tree.parent(node)
    var steps = 0
    while at > 0, steps < 4 {
      if tree.tag(at) == .a { return true }
      at = tree.parent(at)
      steps += 1
    }
    return false
  }

  // MARK: Who and when

  /// The name that an element near a post states, itself or as a link to a person.
  private static func name(_ page: PageElements, _ stamp: PageStamp, _ node: Int) -> [UInt8]? {
    let tree = page.tree
    var candidates = [node]
    candidates += page.subtree(node).dropFirst().filter { tree.tag($0) == .a && page.authorRank[$0] >= 5 }
      .prefix(4)
    for candidate in candidates where page.letterCount(page.subtree(candidate)) <= 80 {
      let line = PageText.line(tree, candidate) { page.dateRank[$0] >= 6 || tree.tag($0) == .img }
      if let name = AuthorName.of(line), !stamp.isDate(name), name.split(separator: 0x20).count <= 5,
        !name.contains(0x7C)
      {
        return name
      }
    }
    return nil
  }

  /// The author and the date that stand in or near the post, as its markup names them.
  private static func byline(
    _ page: PageElements, _ stamp: PageStamp, _ root: Int, _ isComment: [Bool], before end: Int
  ) -> (author: [UInt8]?, date: Timestamp?) {
    let tree = page.tree
    var around = root
    var steps = 0
    while steps < 3, tree.parent(around) > 0, tree.tag(around) != .article {
      around = tree.parent(around)
      steps += 1
    }
    var author: (rank: UInt8, name: [UInt8])?
    var date: (rank: UInt8, moment: Timestamp)?
    var node = around
    while node < min(tree.end(around), end) {
      if isComment[node] || isAside(page, node) {
        node = tree.end(node)
        continue
      }
      let rank = page.authorRank[node]
      if rank >= 7, rank > author?.rank ?? 0, page.letterCount(page.subtree(node)) <= 240,
        let name = name(page, stamp, node)
      {
        author = (rank, name)
      }
      let dated = page.dateRank[node]
      if dated >= 8, dated > date?.rank ?? 0 {
        for name in [PageAttribute.datetime, PageAttribute.content] {
          if let value = tree.value(node, name), let moment = stamp.machine(value) { date = (dated, moment) }
        }
      }
      node += 1
    }
    return (author?.name, date?.moment)
  }
}

/// What a page hides from its readers.
enum HiddenPassages {
  /// Passages of a stretch that have words and say themselves that they are not shown; menus, forms and what
  /// is only folded away by a class are none.
  static func count(_ page: PageElements, _ range: Range<Int>) -> Int {
    let tree = page.tree
    var count = 0
    var node = range.lowerBound + 1
    while node < range.upperBound {
      guard tree.tag(node) != .text, HTMLVisibility.isHidden(tree, node) else {
        node += 1
        continue
      }
      let isTool = !page.facts[node].isDisjoint(with: [.action, .form, .furniture, .meta])
      if !isTool, holdsWords(tree, node) { count += 1 }
      node = tree.end(node)
    }
    return count
  }

  private static func holdsWords(_ tree: HTMLTree, _ node: Int) -> Bool {
    (node..<tree.end(node)).contains { inner in
      tree.tag(inner) == .text && tree.tag(tree.parent(inner)) != .script
        && tree.tag(tree.parent(inner)) != .style
        && tree.range(inner).contains { tree.bytes[$0] > 0x20 }
    }
  }
}

/// One comment of a page: a stretch of sibling subtrees, less the comments inside it.
struct CommentBlock {
  /// Its nodes; whole subtrees next to each other.
  var range: Range<Int>
  /// What its names say it is.
  var word: ClassWord
  /// The comment around it, by its place in the list; always before it.
  var outer: Int?
  /// Whether it is an answer to a question, by its names.
  var isAnswer = false
}

/// The comments of a page, found by what is repeated on it.
struct CommentFinder {
  let page: PageElements
  private var tree: HTMLTree { page.tree }

  /// At most so many names are looked at for more comments.
  private static let familyLimit = 60

  init(_ page: PageElements) { self.page = page }

  /// The comments in the order of the page; a comment inside another is its reply.
  /// - Complexity: O(names on the page), each of which is looked at a bounded number of times.
  func blocks() -> [CommentBlock] {
    var families = CommentFamilies(page).named()
    for index in families.indices { judge(&families[index]) }
    families.removeAll { $0.quality == 0 }
    if families.isEmpty {
      families = CommentFamilies(page).alike()
      for index in families.indices { judge(&families[index]) }
      families.removeAll { $0.quality == 0 }
    }
    if families.isEmpty {
      families = CommentFamilies(page).aroundWords()
      for index in families.indices { judge(&families[index]) }
      families.removeAll { $0.quality == 0 }
    }
    guard let best = families.indices.max(by: { isWorse(families[$0], than: families[$1]) }) else {
      return []
    }
    var chosen = [families[best]]
    families.remove(at: best)
    families.sort { isWorse($1, than: $0) }
    var nodes = chosen[0].nodes
    var isChosen = [Bool](repeating: false, count: tree.count)
    for node in nodes { isChosen[node] = true }
    var words = chosen[0].words
    for family in families.prefix(CommentFinder.familyLimit) {
      guard let addition = addition(family, to: nodes, isChosen, words) else { continue }
      chosen.append(addition)
      for node in addition.nodes { isChosen[node] = true }
      words.merge(addition.words) { $0.union($1) }
      nodes = (nodes + addition.nodes).sorted()
    }
    return blocks(of: chosen)
  }

  // MARK: Families

  /// Tells how many of a family's elements are comments, and leaves out those that are none.
  private func judge(_ family: inout CommentFamily) {
    var kept: [Int] = []
    for node in family.nodes where !isFurniture(node) { kept.append(node) }
    family.nodes = withoutWrappers(kept)
    guard !family.nodes.isEmpty else { return }
    let isComment = !family.word.isDisjoint(with: [.comment, .reply, .pingback, .comments])
    var whole = 0
    var marked = 0
    var quality = 0
    var ends: [Int] = []
    for (index, node) in family.nodes.enumerated() {
      while let end = ends.last, end <= node { ends.removeLast() }
      if !ends.isEmpty { family.nested += 1 }
      ends.append(page.end(node))
      let own = ownCounts(family.nodes, index)
      guard own.letters > 0 else { continue }
      whole += 1
      if own.authors > 0 || own.dates > 0 { marked += 1 }
      quality += 2 + (own.authors > 0 ? 2 : 0) + (own.dates > 0 ? 2 : 0)
    }
    guard whole * 2 >= family.nodes.count else { return }
    if marked * 2 < whole {
      // Without authors and dates only what numbers itself as comments is believed.
      guard family.isNumbered, family.word.contains(.comment), whole > 0 else { return }
    } else if !isSure(family) {
      guard isComment || isForum(family) else { return }
      guard isComment ? whole >= 1 : whole >= 2 || isForum(family) else { return }
    }
    family.quality = quality
  }

  /// Whether a family calls itself comments in a way that blogs and shops do not call other things.
  private func isSure(_ family: CommentFamily) -> Bool {
    let isComment = !family.word.isDisjoint(with: [.comment, .reply, .pingback, .comments])
    return family.name.kind == .item || family.name.kind == .sibling
      || isComment && (family.isNumbered || isInComments(family.nodes))
  }

  private func isWorse(_ one: CommentFamily, than other: CommentFamily) -> Bool {
    if one.quality != other.quality { return one.quality < other.quality }
    if one.nested != other.nested { return one.nested < other.nested }
    // The outer one holds all of the inner one.
    if let first = one.nodes.first, let second = other.nodes.first, first != second { return first > second }
    return one.name.kind.rawValue > other.name.kind.rawValue
  }

  /// The letters, authors and dates of an element without those of its family inside it.
  private func ownCounts(_ nodes: [Int], _ index: Int) -> (letters: Int, authors: Int, dates: Int) {
    let range = page.subtree(nodes[index])
    var letters = page.letterCount(range)
    var authors = page.authorCount(range)
    var dates = page.dateCount(range)
    var next = index + 1
    var end = 0
    while next < nodes.count, nodes[next] < range.upperBound {
      if nodes[next] >= end {
        let inner = page.subtree(nodes[next])
        letters -= page.letterCount(inner)
        authors -= page.authorCount(inner)
        dates -= page.dateCount(inner)
        end = inner.upperBound
      }
      next += 1
    }
    return (letters, authors, dates)
  }

  /// Elements of a family without those that only wrap another one, or are only a part of another one.
  private func withoutWrappers(_ nodes: [Int]) -> [Int] {
    var parts: Set<Int> = []
    for index in nodes.indices {
      guard index + 1 < nodes.count, nodes[index + 1] < page.end(nodes[index]) else { continue }
      let inner = nodes[index + 1]
      let own = ownCounts(nodes, index)
      let part = ownCounts(nodes, index + 1)
      // How many are directly inside.
      let isOnlyOne =
        index + 2 >= nodes.count || nodes[index + 2] >= page.end(nodes[index])
        || nodes[index + 2] < page.end(inner)
      if isOnlyOne, own.letters == 0 || part.authors == 0 && part.dates == 0 && own.authors + own.dates > 0 {
        parts.insert(inner)
      }
    }
    return parts.isEmpty ? nodes : nodes.filter { !parts.contains($0) }
  }

  private func isFurniture(_ node: Int) -> Bool {
    var at = node
    var steps = 0
    while at > 0, steps < 40 {
      let facts = page.facts[at]
      if facts.contains(.recent), page.letterCount(page.subtree(at)) * 4 < page.letterCount(0..<tree.count) {
        return true
      }
      switch tree.tag(at) {
      case .nav, .select, .button, .head: return true
      default: break
      }
      at = tree.parent(at)
      steps += 1
    }
    return false
  }

  private func isInComments(_ nodes: [Int]) -> Bool {
    guard var at = nodes.first else { return false }
    var steps = 0
    while at > 0, steps < 12 {
      if page.facts[at].contains(.comments) { return true }
      at = tree.parent(at)
      steps += 1
    }
    return false
  }

  /// Whether posts of a family are those of one talk: several, without headings that name different things,
  /// as the front page of a blog has them.
  private func isForum(_ family: CommentFamily) -> Bool {
    guard family.word.contains(.post) else { return false }
    var headings: Set<[UInt8]> = []
    var withHeading = 0
    for (index, node) in family.nodes.prefix(12).enumerated() {
      let end =
        index + 1 < family.nodes.count
        ? min(page.end(node), max(family.nodes[index + 1], node)) : page.end(node)
      guard
        let heading = (node..<end).first(where: {
          tree.tag($0).isHeading && page.authorCount(page.subtree($0)) == 0 && isLinked($0)
        })
      else { continue }
      let words = PageText.line(tree, heading)
      if words.isEmpty { continue }
      withHeading += 1
      headings.insert(PageText.withoutReplyMark(words))
    }
    if family.nodes.count == 1 { return hasMembers(family) }
    let named = family.nodes.filter { page.authorCount(page.subtree($0)) > 0 }
    guard named.count * 5 >= family.nodes.count * 4 else { return false }
    return headings.count <= max(1, withHeading / 3)
  }

  /// Whether a node is a link to another page, or at least to no place on a page.
  private func isElsewhere(_ node: Int) -> Bool {
    guard node >= 0, tree.tag(node) == .a, let address = tree.valueRange(node, HTMLAttributeName.href) else {
      return false
    }
    return !address.isEmpty && !address.contains { tree.bytes[$0] == 0x23 }
  }

  /// Whether a heading is a link, as those of other pages are.
  private func isLinked(_ heading: Int) -> Bool {
    isElsewhere(tree.parent(heading))
      || page.subtree(heading).contains { isElsewhere($0) }
  }

  /// Whether facts about members stand beside the posts of a family, or its software is a forum's.
  private func hasMembers(_ family: CommentFamily) -> Bool {
    guard let node = family.nodes.first else { return false }
    return page.subtree(node).contains { page.facts[$0].contains(.member) }
  }

  // MARK: More than one family

  /// What a family adds to those chosen: elements beside theirs, or around theirs if they are answers.
  /// - Parameter chosen: the elements chosen so far, in order.
  private func addition(
    _ family: CommentFamily, to chosen: [Int], _ isChosen: [Bool], _ chosenWords: [Int: ClassWord]
  ) -> CommentFamily? {
    var kept: [Int] = []
    for (index, node) in family.nodes.enumerated() {
      if let outer = chosenAround(node, isChosen) {
        // Comments below an answer or a post that was found first.
        guard outer != node, isSure(family), family.words[node]?.contains(.comment) ?? false,
          let around = chosenWords[outer], around.isDisjoint(with: [.comment, .comments]),
          page.authorCount(page.subtree(outer)) > page.authorCount(page.subtree(node))
        else { continue }
        let own = ownCounts(family.nodes, index)
        if own.letters > 0, own.authors > 0, own.dates > 0 { kept.append(node) }
        continue
      }
      let own = ownCounts(family.nodes, index)
      guard own.letters > 0 else { continue }
      let next = chosen.partition(after: node)
      if next < chosen.count, chosen[next] < page.end(node) {
        guard page.facts[node].contains(.answer), own.authors + own.dates > 0 else { continue }
      } else {
        guard !family.word.isDisjoint(with: [.comment, .pingback, .reply]) || family.name.kind == .item else {
          continue
        }
        if family.name.kind == .classToken, own.authors == 0 || own.dates == 0,
          !family.word.contains(.pingback)
        {
          continue
        }
      }
      kept.append(node)
    }
    guard !kept.isEmpty else { return nil }
    var addition = family
    addition.nodes = kept
    return addition
  }

  /// The innermost element that is chosen: this one or one around it.
  private func chosenAround(_ node: Int, _ isChosen: [Bool]) -> Int? {
    var at = node
    while at > 0 {
      if isChosen[at] { return at }
      at = tree.parent(at)
    }
    return nil
  }

  /// The question above answers: an element that calls itself so, holds words and no answer.
  private func question(before nodes: [Int]) -> Int? {
    guard nodes.contains(where: { page.facts[$0].contains(.answer) }) else { return nil }
    let answers = nodes.filter { page.facts[$0].contains(.answer) }.sorted()
    let known = Set(nodes)
    for node in 1..<tree.count where page.facts[node].contains(.question) && !known.contains(node) {
      let range = page.subtree(node)
      let next = answers.partition(after: node)
      guard PageElements.canBeUnit(tree.tag(node)),
        next == answers.count || answers[next] >= range.upperBound,
        page.authorCount(range) + page.dateCount(range) > 0, page.letterCount(range) > 0
      else { continue }
      return node
    }
    return nil
  }

  private func blocks(of families: [CommentFamily]) -> [CommentBlock] {
    var all: [(node: Int, word: ClassWord)] = []
    for family in families {
      for node in family.nodes { all.append((node, family.words[node] ?? family.word)) }
    }
    if let question = question(before: all.map(\.node)) { all.append((question, [.post, .question])) }
    all.sort { $0.node < $1.node }
    var blocks: [CommentBlock] = []
    var open: [Int] = []
    for entry in all {
      while let last = open.last, blocks[last].range.upperBound <= entry.node { open.removeLast() }
      var block = CommentBlock(range: page.subtree(entry.node), word: entry.word, outer: open.last)
      block.isAnswer = page.facts[entry.node].contains(.answer)
      open.append(blocks.count)
      blocks.append(block)
    }
    return blocks
  }
}

extension [Int] {
  /// The first place whose number is greater than a number, in an array in order.
  fileprivate func partition(after number: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > number { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Elements of one name that may be the comments of a page.
struct CommentFamily {
  var name: UnitName
  /// What their names say together.
  var word: ClassWord
  /// The elements in the order of the page.
  var nodes: [Int]
  /// What each of them is called.
  var words: [Int: ClassWord] = [:]
  /// How much they look like comments.
  var quality = 0
  /// How many of them are inside another.
  var nested = 0
  /// Whether their ids are numbers.
  var isNumbered: Bool { name.kind == .id }
}

/// Gathers the families of a page.
struct CommentFamilies {
  let page: PageElements
  private var tree: HTMLTree { page.tree }

  init(_ page: PageElements) { self.page = page }

  /// Elements by their names.
  func named() -> [CommentFamily] {
    var places: [UnitName: Int] = [:]
    var families: [CommentFamily] = []
    for unit in page.units {
      if let place = places[unit.name] {
        if families[place].nodes.last != unit.node { families[place].nodes.append(unit.node) }
        families[place].words[unit.node, default: []].formUnion(unit.word)
        families[place].word.formUnion(unit.word)
      } else {
        places[unit.name] = families.count
        families.append(
          CommentFamily(name: unit.name, word: unit.word, nodes: [unit.node], words: [unit.node: unit.word]))
      }
    }
    for index in families.indices { lift(&families[index]) }
    return families
  }

  // MARK: Children that look alike

  /// Children of elements that call themselves comments: of one tag, each with words and with
  /// an author or a date.
  func alike() -> [CommentFamily] {
    var families: [CommentFamily] = []
    var budget = 200
    var end = 0
    for node in 1..<max(1, tree.count) where page.facts[node].contains(.comments) {
      guard budget > 0, node >= end, !page.facts[node].contains(.recent) else { continue }
      switch tree.tag(node) {
      case .a, .span, .p, .h1, .h2, .h3, .h4, .h5, .h6, .body, .html, .button: continue
      default: break
      }
      budget -= 1
      var parent = node
      var depth = 0
      while depth < 5 {
        let found = alike(in: parent)
        if let found {
          families.append(found)
          end = page.end(node)
          break
        }
        guard let only = heaviestChild(of: parent) else { break }
        parent = only
        depth += 1
      }
    }
    return families
  }

  /// The child that holds most of an element's letters.
  private func heaviestChild(of parent: Int) -> Int? {
    let all = page.letterCount(page.subtree(parent))
    var child = parent + 1
    while child < page.end(parent) {
      if tree.tag(child) != .text, page.letterCount(page.subtree(child)) * 4 > all * 3 { return child }
      child = page.end(child)
    }
    return nil
  }

  private func alike(in parent: Int) -> CommentFamily? {
    var groups: [UnitName: [Int]] = [:]
    var child = parent + 1
    while child < page.end(parent) {
      let range = page.subtree(child)
      if PageElements.canBeUnit(tree.tag(child)), tree.tag(child) != .span, tree.tag(child) != .p,
        page.facts[child].isDisjoint(with: [.form, .furniture, .unseen, .meta]),
        page.letterCount(range) > 0, page.authorCount(range) > 0 || page.dateCount(range) > 0
      {
        groups[UnitName(kind: .sibling, tag: tree.tag(child), hash: 0), default: []].append(child)
      }
      child = page.end(child)
    }
    let both = groups.filter { _, nodes in
      let whole = nodes.filter {
        page.authorCount(page.subtree($0)) > 0 && page.dateCount(page.subtree($0)) > 0
      }
      return nodes.count > 1 && whole.count * 5 >= nodes.count * 4
    }
    guard let best = both.max(by: { ($0.value.count, $1.value[0]) < ($1.value.count, $0.value[0]) }) else {
      return nil
    }
    var name = best.key
    // Children of different parents are different families.
    name.hash = name.hash &+ UInt64(parent) &* 0x9E37_79B9_7F4A_7C15
    return CommentFamily(name: name, word: [.comment], nodes: best.value)
  }

  // MARK: Words without a head

  /// What stands around elements of one class that hold words, as far out as it takes to find a name for
  /// each: the rows of old forums, where only the words have a class.
  func aroundWords() -> [CommentFamily] {
    var seeds: [UnitName: [Int]] = [:]
    let span = tree.bytes.span
    for node in 1..<max(1, tree.count) where page.facts[node].contains(.text) {
      guard let classes = tree.valueRange(node, HTMLAttributeName.class),
        page.letterCount(page.subtree(node)) > 0
      else { continue }
      var hash: UInt64?
      PageElements.eachToken(span, classes) { token in
        let name = ClassName(span, token)
        if hash == nil, name.isText, name.isOfPosts { hash = name.hash }
      }
      if let hash {
        seeds[UnitName(kind: .sibling, tag: tree.tag(node), hash: hash), default: []].append(node)
      }
    }
    return seeds.compactMap { name, nodes in
      guard nodes.count > 1 else { return nil }
      var lifted = nodes
      for _ in 0..<8 {
        guard let above = parents(of: lifted) else { return nil }
        lifted = above
        let named = lifted.filter { page.authorCount(page.subtree($0)) > 0 }
        if named.count * 10 >= lifted.count * 9 {
          return CommentFamily(name: name, word: [.post], nodes: lifted)
        }
      }
      return nil
    }
  }

  // MARK: Elements that hold only a part of a comment

  /// Puts in the place of elements the ones around them, when these hold an author or a date that the
  /// elements lack, or when only these are nested as replies are.
  private func lift(_ family: inout CommentFamily) {
    guard family.nodes.count > 1 || family.name.kind != .classToken,
      !family.word.isDisjoint(with: [.comment, .reply]), !family.word.contains(.post)
    else { return }
    if isNested(family.nodes) { return }
    var lifted = family.nodes
    let marked = markedCount(lifted)
    for _ in 0..<4 {
      guard let above = parents(of: lifted) else { return }
      lifted = above
      let gains = marked * 2 < lifted.count && markedCount(lifted) * 10 >= lifted.count * 8
      if isNested(lifted) || gains {
        if gains, let rows = rows(around: lifted) { lifted = rows }
        replace(&family, by: lifted)
        return
      }
    }
  }

  /// The row of a table around each cell.
  private func rows(around nodes: [Int]) -> [Int]? {
    guard nodes.allSatisfy({ tree.tag($0) == .td }) else { return nil }
    return parents(of: nodes)
  }

  private func replace(_ family: inout CommentFamily, by nodes: [Int]) {
    var words: [Int: ClassWord] = [:]
    for (old, new) in zip(family.nodes, nodes) { words[new] = family.words[old] ?? family.word }
    family.nodes = nodes
    family.words = words
  }

  private func isNested(_ nodes: [Int]) -> Bool {
    zip(nodes, nodes.dropFirst()).contains { $1 < page.end($0) }
  }

  private func markedCount(_ nodes: [Int]) -> Int {
    nodes.reduce(0) { count, node in
      let range = page.subtree(node)
      return count + (page.authorCount(range) > 0 || page.dateCount(range) > 0 ? 1 : 0)
    }
  }

  /// The parent of each element, if they are all different, and each begins with its own element: no other
  /// one of the family stands in it before.
  private func parents(of nodes: [Int]) -> [Int]? {
    var parents: [Int] = []
    parents.reserveCapacity(nodes.count)
    for node in nodes {
      let parent = tree.parent(node)
      guard parent > 0, parents.last.map({ $0 < parent }) ?? true else { return nil }
      switch tree.tag(parent) {
      case .body, .html, .main, .document: return nil
      default: break
      }
      parents.append(parent)
    }
    // In order and different, so each parent lies after the element before it.
    for (place, parent) in parents.enumerated() where place > 0 && nodes[place - 1] >= parent { return nil }
    return parents
  }
}

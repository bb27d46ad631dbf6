/// Whom each comment of a page answers.
struct CommentTree {
  let page: PageElements
  let blocks: [CommentBlock]
  private var tree: HTMLTree { page.tree }

  /// For each comment the one it answers; nil for those that answer the post, or that do not say.
  func parents() -> [Int?] {
    var parents = blocks.map(\.outer)
    followIndentedElements(&parents)
    let loose = blocks.indices.filter { parents[$0] == nil && !blocks[$0].word.contains(.post) }
    if let depths = depths(of: loose) {
      var chain: [(depth: Int, block: Int)] = []
      for (place, block) in loose.enumerated() {
        while let last = chain.last, last.depth >= depths[place] { chain.removeLast() }
        parents[block] = chain.last?.block
        chain.append((depths[place], block))
      }
    }
    followNames(&parents)
    return parents
  }

  // MARK: Elements of replies

  /// Replies in an element that stands behind the comment they answer: `<div class="indented">`.
  private func followIndentedElements(_ parents: inout [Int?]) {
    for (index, block) in blocks.enumerated() where parents[index] == nil {
      var at = tree.parent(block.range.lowerBound)
      var steps = 0
      while at > 0, steps < 4 {
        if page.facts[at].contains(.indented), let answered = lastBlock(before: at, below: index) {
          parents[index] = answered
          break
        }
        at = tree.parent(at)
        steps += 1
      }
    }
  }

  /// The last comment that begins before an element and beside it.
  private func lastBlock(before node: Int, below index: Int) -> Int? {
    var candidate = index - 1
    var steps = 0
    while candidate >= 0, steps < 1_000 {
      let range = blocks[candidate].range
      if range.upperBound <= node, tree.parent(range.lowerBound) == tree.parent(node) { return candidate }
      candidate -= 1
      steps += 1
    }
    return nil
  }

  // MARK: Depth

  /// How deep each of some comments stands, if they say so in one way that makes sense: nobody stands more
  /// than one step deeper than the one before.
  private func depths(of loose: [Int]) -> [Int]? {
    guard loose.count > 1 else { return nil }
    for measure in [CommentTree.statedDepth, CommentTree.indentation] {
      let depths = loose.map { measure(self, blocks[$0]) }
      let known = depths.compactMap { $0 }
      guard known.count == depths.count else { continue }
      let steps = Set(known).sorted()
      guard steps.count > 1, known.first == steps.first else { continue }
      var level: [Int: Int] = [:]
      for (index, step) in steps.enumerated() { level[step] = index }
      let levels = known.map { level[$0] ?? 0 }
      let makesSense = zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }
      if makesSense { return levels }
    }
    return nil
  }

  /// A depth in a class (`depth-2`, `level-3`, `indent1`) or an attribute.
  private static func statedDepth(_ self: CommentTree, _ block: CommentBlock) -> Int? {
    let node = block.range.lowerBound
    let tree = self.tree
    for name in [depthAttribute, levelAttribute, plainDepth, nestLevel, ariaLevel] {
      if let value = tree.value(node, name),
        let number = Int(String(decoding: value.prefix(6), as: UTF8.self))
      {
        return number
      }
    }
    guard let classes = tree.valueRange(node, HTMLAttributeName.class) else { return nil }
    var found: Int?
    let bytes = tree.bytes.span
    PageElements.eachToken(bytes, classes) { token in
      let name = ClassName(bytes, token)
      guard found == nil, let number = name.number, number.count <= 3, let prefix = name.prefixHash,
        depthPrefixes.contains(prefix)
      else { return }
      found = Int(String(decoding: tree.bytes[number], as: UTF8.self))
    }
    return found
  }

  /// How far a comment is moved to the right by its style, an attribute `indent`, or an empty image.
  private static func indentation(_ self: CommentTree, _ block: CommentBlock) -> Int? {
    let tree = self.tree
    var node = block.range.lowerBound
    let end = min(block.range.upperBound, node + 12)
    while node < end {
      if let value = tree.value(node, indentAttribute),
        let number = Int(String(decoding: value.prefix(6), as: UTF8.self))
      {
        return number
      }
      if let style = tree.value(node, HTMLAttributeName.style), let pixels = pixels(in: style) {
        return pixels
      }
      if tree.tag(node) == .img, tree.valueRange(node, HTMLAttributeName.class) == nil,
        let width = tree.value(node, widthAttribute), tree.value(node, heightAttribute) == [0x31]
      {
        return Int(String(decoding: width.prefix(6), as: UTF8.self))
      }
      node += 1
    }
    return nil
  }

  /// The left margin or padding of a style.
  private static func pixels(in style: [UInt8]) -> Int? {
    let style = style.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    for property in ["margin-left", "padding-left"] {
      guard let place = style.firstRange(of: Array(property.utf8)) else { continue }
      var number = 0
      var hasDigit = false
      for byte in style[place.upperBound...].prefix(12) {
        if byte &- 0x30 < 10 {
          number = min(100_000, number * 10 + Int(byte - 0x30))
          hasDigit = true
        } else if hasDigit || byte == 0x3B {
          break
        }
      }
      if hasDigit { return number }
    }
    return nil
  }

  private static let depthAttribute = HTMLNameHash.of("data-depth")
  private static let levelAttribute = HTMLNameHash.of("data-level")
  private static let nestLevel = HTMLNameHash.of("data-nest-level")
  private static let plainDepth = HTMLNameHash.of("depth")
  private static let ariaLevel = HTMLNameHash.of("aria-level")
  private static let indentAttribute = HTMLNameHash.of("indent")
  private static let widthAttribute = HTMLNameHash.of("width")
  private static let heightAttribute = HTMLNameHash.of("height")
  private static let depthPrefixes: Set<UInt64> = Set(
    ([
      "depth-", "depth", "level-", "level", "comment-level-", "comment-depth-", "indent-", "indent", "lvl-",
      "lvl",
      "wpd_comment_level-", "comment-indent-", "nested-level-", "thread-level-", "depth_", "level_",
      "comment_level_",
      "reply-level-", "comment-lv", "depth--", "nesting-", "thread-depth-",
    ] as [StaticString]).map { HTMLNameHash.of($0) })

  // MARK: Names

  /// Comments that name the one they answer by its number, in an attribute.
  private func followNames(_ parents: inout [Int?]) {
    var blockByNumber: [[UInt8]: Int] = [:]
    for (index, block) in blocks.enumerated() {
      if let number = number(of: block), blockByNumber[number] == nil { blockByNumber[number] = index }
    }
    guard blockByNumber.count > 1 else { return }
    for (index, block) in blocks.enumerated() where parents[index] == nil {
      for name in CommentTree.parentAttributes {
        guard let value = tree.value(block.range.lowerBound, name) else { continue }
        let digits = Array(value.reversed().prefix { $0 != 0x5F && $0 != 0x2D && $0 != 0x23 }.reversed())
        if let parent = blockByNumber[digits], parent != index, !isAncestor(index, of: parent, parents) {
          parents[index] = parent
        }
      }
    }
  }

  private func isAncestor(_ one: Int, of other: Int, _ parents: [Int?]) -> Bool {
    var at: Int? = other
    var steps = 0
    while let block = at, steps < 1_000 {
      if block == one { return true }
      at = parents[block]
      steps += 1
    }
    return steps >= 1_000
  }

  private func number(of block: CommentBlock) -> [UInt8]? {
    let node = block.range.lowerBound
    for name in [HTMLAttributeName.id, CommentTree.commentID, CommentTree.dataID] {
      guard let id = tree.value(node, name) else { continue }
      let number = id.reversed().prefix { $0 != 0x5F && $0 != 0x2D && $0 != 0x23 }.reversed()
      if number.contains(where: { $0 &- 0x30 < 10 }) { return Array(number) }
    }
    return nil
  }

  private static let commentID = HTMLNameHash.of("data-comment-id")
  private static let dataID = HTMLNameHash.of("data-id")
  private static let parentAttributes: [UInt64] = [
    HTMLNameHash.of("data-parent-id"), HTMLNameHash.of("data-parent"),
    HTMLNameHash.of("data-parent-comment-id"),
    HTMLNameHash.of("data-parentid"), HTMLNameHash.of("data-reply-to"), HTMLNameHash.of("data-in-reply-to"),
    HTMLNameHash.of("parentid"), HTMLNameHash.of("data-comment-parent"),
  ]
}

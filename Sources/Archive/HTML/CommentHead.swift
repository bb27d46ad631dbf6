import Discussion

/// Who wrote a comment, and when.
extension CommentReader {
  // MARK: Who

  func author(_ head: [Int], _ container: Container?) -> (name: [UInt8], node: Int)? {
    var ranked: [(rank: UInt8, node: Int)] = []
    var skipEnd = 0
    for node in head where node >= skipEnd {
      let facts = page.facts[node]
      if !facts.isDisjoint(with: [.signature, .form]), node != head.first, !namesAuthor(node) {
        skipEnd = tree.end(node)
      }
      if facts.contains(.quote) { skipEnd = tree.end(node) }
      guard node >= skipEnd || node == head.first else { continue }
      var rank = page.authorRank[node]
      if facts.contains(.name), rank < 9, isInAuthorProperty(node, head.first ?? 0) { rank = 10 }
      if rank >= 4 { ranked.append((rank, node)) }
    }
    // By rank; of elements inside each other the innermost; else the first.
    while let top = ranked.max(by: { $0.rank < $1.rank })?.rank {
      let same = ranked.filter { $0.rank == top }.map(\.node)
      for (place, node) in same.enumerated() {
        var innermost = node
        for later in same[(place + 1)...] {
          page.steps.count &+= 1
          guard later < tree.end(innermost) else { break }
          innermost = later
        }
        for candidate in innermost == node ? [node] : [innermost, node] {
          if let name = name(in: candidate) { return (name, candidate) }
        }
      }
      ranked.removeAll { $0.rank == top }
    }
    return heading(head, container)
  }

  /// Whether what calls itself a signature is the line that says who wrote, as on pages of questions.
  private func namesAuthor(_ node: Int) -> Bool {
    let range = page.subtree(node)
    return page.facts[node].isDisjoint(with: .form) && page.authorCount(range) > 0
      && page.dateCount(range) > 0
  }

  private func isInAuthorProperty(_ node: Int, _ root: Int) -> Bool {
    var at = tree.parent(node)
    var steps = 0
    while at > root, steps < 8 {
      if page.authorRank[at] == 9 { return true }
      at = tree.parent(at)
      steps += 1
    }
    return false
  }

  /// The name that an element states.
  private func name(in node: Int) -> [UInt8]? {
    if tree.tag(node) == .meta || tree.tag(node) == .link {
      return tree.value(node, PageAttribute.content).flatMap(AuthorName.of)
    }
    if page.authorRank[node] == 4 {
      for name in [
        PageAttribute.dataAuthor, PageAttribute.dataAuthorName, PageAttribute.dataCommentAuthor,
        PageAttribute.dataUserName, PageAttribute.author,
      ] {
        if let value = tree.value(node, name) { return AuthorName.of(value) }
      }
      return nil
    }
    let rank = page.authorRank[node]
    let line = PageText.line(tree, node) { inner in
      guard inner != node, tree.tag(inner) != .text else { return tree.tag(inner) == .img }
      if tree.tag(inner) == .img { return true }
      if blockAtNode[inner] != nil { return true }
      let facts = page.facts[inner]
      if page.dateRank[inner] >= 6 { return true }
      if page.authorRank[inner] >= 5 { return false }
      return !facts.isDisjoint(with: [.badge, .action, .avatar, .otherTime, .meta])
        || facts.contains(.unseen) && !facts.contains(.name)
    }
    if let inner = linkedName(in: node, longerThan: line.count) { return inner }
    if let name = AuthorName.of(line), !stamp.isDate(name) { return name }
    if line.isEmpty, rank >= 9, let content = tree.value(node, PageAttribute.content) {
      return AuthorName.of(content)
    }
    return nil
  }

  /// The name that is a link to a person in an element that says more about him.
  private func linkedName(in node: Int, longerThan length: Int) -> [UInt8]? {
    guard tree.tag(node) != .a, page.authorRank[node] < 9 else { return nil }
    for inner in page.subtree(node).dropFirst() where tree.tag(inner) == .a && page.authorRank[inner] >= 5 {
      let line = PageText.line(tree, inner) { tree.tag($0) == .img }
      guard let name = AuthorName.of(line) else { continue }
      return line.count + 8 < length ? name : nil
    }
    return nil
  }

  /// A name as a heading or in strong letters above the words.
  private func heading(_ head: [Int], _ container: Container?) -> (name: [UInt8], node: Int)? {
    for node in head {
      if let container, node > container.node { break }
      let tag = tree.tag(node)
      guard tag.isHeading || tag == .dt || tag == .strong || tag == .b else { continue }
      let inBody = container == nil && page.letterCount(page.subtree(node)) > 40
      guard !inBody, page.facts[node].isDisjoint(with: [.action, .badge]) else { continue }
      if !tag.isHeading, !isAlone(node) { continue }
      let line = PageText.line(tree, node) { page.dateRank[$0] >= 6 || page.facts[$0].contains(.action) }
      guard let name = AuthorName.of(line), name.count <= 48, name.split(separator: 0x20).count <= 4,
        !stamp.isDate(name), PageText.withoutReplyMark(name) == Array(Phrase(folding: name).utf8)
      else { continue }
      return (name, node)
    }
    return nil
  }

  /// Whether an element stands before all other words of its parent, or is followed by `says:`.
  private func isAlone(_ node: Int) -> Bool {
    let parent = tree.parent(node)
    return parent >= 0 && page.letterCount(parent..<node) == 0
      && page.letterCount(page.subtree(parent)) <= page.letterCount(page.subtree(node)) + 30
  }

  // MARK: When

  func date(_ head: [Int], _ container: Container?) -> (moment: Timestamp?, node: Int)? {
    var ranked: [(rank: UInt8, node: Int)] = []
    var skipEnd = 0
    for node in head where node >= skipEnd {
      let facts = page.facts[node]
      if node != head.first, !facts.isDisjoint(with: [.otherTime, .signature, .form]),
        page.dateRank[node] < 8, tree.tag(node) != .time, !facts.contains(.signature) || !namesAuthor(node)
      {
        skipEnd = tree.end(node)
        continue
      }
      if facts.contains(.quote) {
        skipEnd = tree.end(node)
        continue
      }
      if page.dateRank[node] >= 6, !(facts.contains(.otherTime) && tree.tag(node) == .meta) {
        ranked.append((page.dateRank[node], node))
      }
    }
    while let top = ranked.max(by: { $0.rank < $1.rank })?.rank {
      for entry in ranked where entry.rank == top && !isEdit(entry.node) {
        if let moment = moment(of: entry.node) { return (moment, entry.node) }
      }
      ranked.removeAll { $0.rank == top }
    }
    return writtenDate(head, container)
  }

  /// Whether the words before a date say that it is that of a change.
  private func isEdit(_ node: Int) -> Bool {
    let parent = tree.parent(node)
    guard parent >= 0, tree.tag(node) != .meta, page.letterCount(page.subtree(parent)) <= 120 else {
      return false
    }
    let words = Array(Phrase(folding: PageText.line(tree, parent)).utf8)
    return EditMark.begins(words)
  }

  /// The moment that an element states in its attributes, else in its words.
  private func moment(of node: Int) -> Timestamp? {
    for name in [
      PageAttribute.datetime, PageAttribute.content, PageAttribute.title, PageAttribute.dataTime,
      PageAttribute.dataTimestamp, PageAttribute.dataUtime, PageAttribute.created,
    ] {
      if let value = tree.value(node, name), let moment = stamp.machine(value) { return moment }
    }
    guard page.letterCount(page.subtree(node)) <= 200 else { return nil }
    return stamp.written(PageText.line(tree, node))
  }

  /// A date that stands as words above or below the text.
  private func writtenDate(_ head: [Int], _ container: Container?) -> (moment: Timestamp?, node: Int)? {
    for node in head where tree.tag(node) == .text {
      let range = tree.range(node)
      guard (6...160).contains(range.count), page.letterCount(node..<node + 1) >= 6 else { continue }
      let parent = tree.parent(node)
      if page.facts[parent].contains(.otherTime) || page.facts[parent].contains(.badge) { continue }
      let line = PageText.line(tree, node)
      guard line.contains(where: { $0 &- 0x30 < 10 }), !EditMark.begins(Phrase(folding: line).utf8) else {
        continue
      }
      let isInMeta = isInMeta(node, head.first ?? 0)
      if container == nil || !(container?.isLeaf ?? false), !isInMeta {
        guard stamp.isWholeDate(line) else { continue }
      }
      if let moment = stamp.written(line) {
        return (moment, tree.tag(parent) == .a || isInMeta ? parent : node)
      }
    }
    return nil
  }

  private func isInMeta(_ node: Int, _ root: Int) -> Bool {
    var at = tree.parent(node)
    while at > root {
      if page.facts[at].contains(.meta) || page.authorRank[at] >= 6 { return true }
      at = tree.parent(at)
    }
    return false
  }
}

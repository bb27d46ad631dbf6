internal import Bytes

/// Single documents asked of a plan: for searches that a short list leads, or that want only the best.
extension SegmentScan {
  /// Whether a document may fit a node: for certain but for what texts tell, which counts as if it did.
  func mayFit(_ node: Int, _ document: UInt32) -> Bool {
    let own = unsafe nodes[node]
    switch own.kind {
    case .nothing: return false
    case .everything: return true
    case .leaf: return has(own.index, document)
    case .union: return plan.unions[own.index].contains(document)
    case .filter:
      return plan.filters[own.index].contains(DocumentID(rawValue: UInt32(base) + document))
    case .check, .presence: return mayFit(unsafe children[own.firstChild], document)
    case .and:
      for place in 0..<own.childCount where unsafe !mayFit(children[own.firstChild + place], document) {
        return false
      }
      return true
    case .or:
      for place in 0..<own.childCount where unsafe mayFit(children[own.firstChild + place], document) {
        return true
      }
      return false
    case .not:
      let child = unsafe children[own.firstChild]
      return readsTexts(child) || !mayFit(child, document)
    }
  }

  /// Whether a list holds a document.
  private func has(_ list: Int, _ document: UInt32) -> Bool {
    unsafe lists[list].seek(document) && lists[list].document == document
  }

  /// Whether texts decide about a node.
  func readsTexts(_ node: Int) -> Bool {
    let own = unsafe nodes[node]
    if own.kind == .check { return true }
    for place in 0..<own.childCount where unsafe readsTexts(children[own.firstChild + place]) { return true }
    return false
  }

  /// What a node adds to the score of a document; nil if that does not fit, or if it and what else may be
  /// added come to less than a bound.
  /// - Parameters:
  ///   - needed: less than this is not wanted.
  ///   - holds: whether a check holds for the document; nil to take all for held.
  func score(_ node: Int, _ document: UInt32, needed: Int, holds: ((_ check: Int) -> Bool)?) -> Int? {
    let own = unsafe nodes[node]
    switch own.kind {
    case .nothing: return nil
    case .everything, .filter, .union, .not: return mayFit(node, document) ? 0 : nil
    case .leaf:
      let table = unsafe tables[own.index]
      if needed > 0, let table = unsafe table {
        let highest = unsafe Int(table[Int(lists[own.index].highestImpact(around: document))])
        if highest < needed { return nil }
      }
      guard has(own.index, document) else { return nil }
      return unsafe table.map { unsafe Int($0[Int(lists[own.index].impact)]) } ?? 0
    case .presence:
      let child = unsafe children[own.firstChild]
      let found = score(child, document, needed: needed - Int(own.presence), holds: holds)
      return found.map { $0 + Int(own.presence) }
    case .check:
      let found = score(unsafe children[own.firstChild], document, needed: needed, holds: holds)
      guard let found, holds?(own.index) ?? true else { return nil }
      return found
    case .and:
      var sum = 0
      var rest = unsafe highest[node]
      for place in 0..<own.childCount {
        let child = unsafe children[own.firstChild + place]
        rest -= unsafe highest[child]
        guard let found = score(child, document, needed: needed - sum - rest, holds: holds) else {
          return nil
        }
        sum += found
      }
      return sum >= needed ? sum : nil
    case .or:
      var sum: Int?
      for place in 0..<own.childCount {
        let child = unsafe children[own.firstChild + place]
        if let found = score(child, document, needed: 0, holds: holds) { sum = (sum ?? 0) + found }
      }
      return sum
    }
  }

  // MARK: Candidates

  /// Documents in order, all that fit a node among them; nil if there may be too many.
  func candidates(_ node: Int, most: Int) -> [UInt32]? {
    let own = unsafe nodes[node]
    switch own.kind {
    case .nothing: return []
    case .everything, .filter, .not: return nil
    case .leaf:
      guard own.cost <= most else { return nil }
      var found: [UInt32] = []
      found.reserveCapacity(own.cost)
      var list = unsafe lists[own.index]
      unsafe list.forEachRun(from: 0, below: documentCount) { documents, _, count in
        for place in 0..<count { unsafe found.append(documents[place]) }
      }
      unsafe lists[own.index] = list
      return found
    case .union:
      guard own.cost <= most else { return nil }
      var found: [UInt32] = []
      plan.unions[own.index].forEachDocument {
        found.append($0)
        return true
      }
      return found
    case .check, .presence: return candidates(unsafe children[own.firstChild], most: most)
    case .or:
      guard own.cost <= most else { return nil }
      var found: [UInt32] = []
      for place in 0..<own.childCount {
        guard let part = unsafe candidates(children[own.firstChild + place], most: most) else { return nil }
        found += part
      }
      if own.childCount > 1 { found.sort() }
      return found
    case .and:
      for place in 0..<own.childCount {
        guard let found = unsafe candidates(children[own.firstChild + place], most: most) else { continue }
        var left: [UInt32] = []
        var asked = 0
        for document in found {
          asked += 1
          if asked & 255 == 0, poll() { return [] }
          var fits = true
          for other in 0..<own.childCount where fits && other != place {
            fits = unsafe mayFit(children[own.firstChild + other], document)
          }
          if fits { left.append(document) }
        }
        return left
      }
      return nil
    }
  }

  /// One bit a window: those in which something may fit; nil if that is not cheap to tell.
  func occupiedWindows() -> [UInt64]? {
    guard let found = candidates(plan.root, most: SegmentScan.mostCandidates) else { return nil }
    var windows = [UInt64](repeating: 0, count: Int(documentCount) / DateWindows.size / 64 + 1)
    for document in found where document < documentCount {
      let window = Int(document) / DateWindows.size
      windows[window >> 6] |= 1 << UInt64(window & 63)
    }
    return windows
  }

  /// Postings of a list that may lead a search.
  private static let mostCandidates = 16_384
}

internal import Bytes

/// Finds the best documents of a query without reading most of its postings: the lists of one part that
/// every hit must fit lead, a block of theirs whose highest impact cannot come among the hits is stepped
/// over, and the other parts are asked only about single documents that still can.
///
/// A part may have several lists, a word one in each field. They are walked one after the other, the one
/// that can add most first; a document is scored where it is met first, so that what later lists may add
/// bounds a block, and earlier lists do not. What texts decide is asked last, of the best documents first
/// and of no more than it takes.
///
/// After Broder and others, "Efficient Query Evaluation using a Two-Level Retrieval Process", CIKM 2003, and
/// Ding and Suel, "Faster Top-k Document Retrieval Using Block-Max Indexes", SIGIR 2011.
///
/// Memory: 16 bytes for each of at most 32,768 candidates, where texts decide.
struct RankedWalk {
  /// What names documents that may fit.
  private enum Source {
    case list(Int)
    case union(Int)
  }

  /// The sources of a part of the query.
  private struct Lead {
    var sources: [Source] = []
    var cost = 0
    /// Whether the part finds documents beside those of its sources.
    var isPartial = false
  }

  private static let mostSources = 24
  private static let mostCandidates = 32_768

  private let scan: SegmentScan
  private let excluding: DocumentBitmap?
  private let sources: [Source]
  /// What each source can add to a score, and what all others but the earlier sources can.
  private let bounds: [(own: Int, rest: Int)]
  private let isPartial: Bool
  private let hasChecks: Bool
  private let cost: Int
  private let limit: Int

  /// Nil if no part leads.
  init?(_ scan: SegmentScan, limit: Int) {
    let plan = scan.plan
    self.scan = scan
    self.limit = limit
    excluding = scan.options.excluding
    hasChecks = !plan.checks.isEmpty
    guard limit > 0, !hasChecks || plan.nodes.allSatisfy({ $0.kind != .check || $0.isPostponed }),
      let lead = RankedWalk.lead(plan.root, scan), lead.sources.count <= RankedWalk.mostSources
    else { return nil }
    let highest = { (source: Source) -> Int in
      if case .list(let number) = source { return scan.highestScore(ofList: number) }
      return 0
    }
    // A beginning that is a word itself scores more there, which would bound all documents: those that hold
    // the word go first.
    let before = RankedWalk.wordsOfBeginnings(scan).filter { $0.cost <= lead.cost }.map {
      Source.list($0.list)
    }
    sources =
      before
      + lead.sources.filter { source in
        guard case .list(let number) = source else { return true }
        return !before.contains { if case .list(number) = $0 { true } else { false } }
      }.sorted { highest($0) > highest($1) }
    isPartial = lead.isPartial
    cost = lead.cost
    var rest = scan.highestScore
    var bounds: [(own: Int, rest: Int)] = []
    for source in sources {
      rest -= highest(source)
      bounds.append((highest(source), rest))
    }
    self.bounds = bounds
  }

  /// The sources that name all documents of a node, or that lead best among what must all fit.
  private static func lead(_ node: Int, _ scan: SegmentScan) -> Lead? {
    let own = unsafe scan.nodes[node]
    switch own.kind {
    case .nothing: return Lead()
    case .everything, .filter, .not: return nil
    case .leaf: return Lead(sources: [.list(own.index)], cost: own.cost)
    case .union: return Lead(sources: [.union(own.index)], cost: own.cost)
    case .presence, .check: return lead(unsafe scan.children[own.firstChild], scan)
    case .and:
      var best: Lead?
      for place in 0..<own.childCount {
        guard let found = lead(unsafe scan.children[own.firstChild + place], scan) else { continue }
        if let present = best {
          if found.isPartial && !present.isPartial { continue }
          if found.isPartial == present.isPartial && found.cost >= present.cost { continue }
        }
        best = found
      }
      return best
    case .or:
      var all = Lead()
      for place in 0..<own.childCount {
        guard let found = lead(unsafe scan.children[own.firstChild + place], scan) else {
          all.isPartial = true
          continue
        }
        all.sources += found.sources
        all.cost += found.cost
        if found.isPartial { all.isPartial = true }
      }
      return all.sources.isEmpty ? nil : all
    }
  }

  /// The lists of words that are beginnings as well, in the parts of an AND.
  private static func wordsOfBeginnings(_ scan: SegmentScan) -> [(list: Int, cost: Int)] {
    let plan = scan.plan
    guard plan.nodes[plan.root].kind == .and else { return [] }
    return plan.children(of: plan.root).filter { plan.nodes[$0].kind == .or }.flatMap { part in
      let choices = plan.children(of: part).map { plan.nodes[$0] }
      guard choices.contains(where: { $0.kind == .presence }) else { return [(list: Int, cost: Int)]() }
      return choices.filter { $0.kind == .leaf }.map { (list: $0.index, cost: $0.cost) }
    }
  }

  /// Adds the best documents to the hits of a run.
  /// - Returns: false if other ways are better or it cannot be told; the run's hits are worth nothing then.
  /// - Complexity: O(blocks of the leading lists), O(their postings in blocks that may hold hits), and for
  ///   each of these that may be one, the others' lists by halving.
  func collect(into run: SearchRun) -> Bool {
    guard hasChecks else {
      var met = 0
      let isSure = walk(run.hits.worst, wanted: limit) { key, document in
        met += 1
        run.hits.offer(
          UInt64(key), UInt32(scan.base) + document, thread: run.thread(UInt32(scan.base) + document))
        return run.hits.worst
      }
      guard isSure else { return false }
      if scan.wasCancelled { return true }
      if scan.plainOr != nil, excluding == nil {
        let frequencies = sources.map { source -> Int in
          if case .list(let number) = source { return unsafe scan.lists[number].frequency }
          return 0
        }
        run.total += frequencies.max() ?? 0
        if sources.count > 1 { run.isTotalExact = false }
      } else {
        run.total += met
        run.isTotalExact = false
      }
      return !isPartial || isBeyondRest(run.hits.worst?.key)
    }
    run.isTotalExact = false
    let before = (hits: run.hits, total: run.total)
    var most = firstCandidates
    while true {
      (run.hits, run.total) = before
      var best = TopHits(limit: most)
      let isSure = walk(nil, wanted: most) { key, document in
        best.offer(key: UInt64(key), document: document)
        return best.worst.map { ($0.key, UInt32(scan.base) + $0.document) }
      }
      guard isSure else { return false }
      if scan.wasCancelled { return true }
      let found = best.sorted()
      if settle(found, isAll: found.count < most, run) {
        return !isPartial || isBeyondRest(run.hits.worst?.key)
      }
      if scan.wasCancelled { return true }
      most *= 8
      if most > RankedWalk.mostCandidates { return false }
    }
  }

  /// As many candidates as should do, by the share of all documents that a postponed check lets through; for
  /// phrases nobody knows.
  private var firstCandidates: Int {
    var share = 1.0
    for node in scan.plan.nodes where node.kind == .check {
      let isOpen = scan.plan.nodes[scan.plan.children[node.firstChild]].kind == .everything
      share *= isOpen ? min(1, Double(max(1, node.cost)) / Double(scan.documentCount)) : 0.1
    }
    return min(max(2 * limit, Int(1.5 * Double(limit) / max(share, 1e-4))), RankedWalk.mostCandidates)
  }

  /// Whether no document outside the sources can come among hits of which the worst has this key.
  private func isBeyondRest(_ worst: UInt64?) -> Bool {
    guard let worst, let rest = bounds.last?.rest else { return false }
    return worst > UInt64(rest)
  }

  // MARK: Walking

  /// Calls `take` for each document that may come among the best, with its score if all checks hold; it
  /// tells the worst that is still wanted.
  /// - Returns: false if most documents have to be scored, which windows do faster.
  private func walk(
    _ start: (key: UInt64, document: UInt32)?, wanted: Int,
    take: (Int, UInt32) -> (key: UInt64, document: UInt32)?
  ) -> Bool {
    var worst = start
    // Where the bounds tell little, it shows soon.
    var left = (hasChecks ? 20_000 : 2000) + 4 * wanted
    for place in sources.indices {
      switch sources[place] {
      case .list(let number): walk(place, number, &worst, &left, take)
      case .union(let number): walk(place, union: number, &worst, &left, take)
      }
      if scan.wasCancelled { return true }
      if left <= 0 { return false }
    }
    return true
  }

  private func walk(
    _ place: Int, _ number: Int, _ worst: inout (key: UInt64, document: UInt32)?, _ left: inout Int,
    _ take: (Int, UInt32) -> (key: UInt64, document: UInt32)?
  ) {
    let rest = bounds[place].rest
    let table = unsafe scan.tables[number]
    let base = UInt32(scan.base)
    let only = unsafe scan.lists[number]
    let blockCount =
      only.frequency == 1 ? 1 : only.blockCount + (only.frequency % PostingBlock.size > 0 ? 1 : 0)
    for block in 0..<blockCount {
      if block & 4095 == 4095, scan.poll() { return }
      if let worst {
        let own = unsafe table.map { unsafe Int($0[Int(scan.lists[number].highestImpact(block))]) } ?? 0
        let bound = UInt64(rest + own)
        if bound <= worst.key {
          let isFull = block > 0 && block <= only.blockCount
          let earliest = isFull ? unsafe scan.lists[number].lastDocument(block - 1) &+ 1 : 0
          if bound < worst.key || base + earliest > worst.document { continue }
        }
      }
      guard unsafe only.frequency == 1 || scan.lists[number].decode(block) else { return }
      if block & 15 == 15, scan.poll() { return }
      left += PostingBlock.size / 8
      let count = unsafe scan.lists[number].count
      let impacts = unsafe scan.lists[number].impacts
      // The room of the list: what is asked about a document of this block leaves the block in hand.
      let documents = unsafe scan.lists[number].documents
      for at in 0..<count {
        let own = unsafe table.map { unsafe Int($0[Int(impacts[at])]) } ?? 0
        if let worst, own + rest < worst.key { continue }
        offer(unsafe documents[at], own + rest, place, &worst, &left, take)
        if left <= 0 { return }
      }
      if scan.wasCancelled { return }
    }
  }

  private func walk(
    _ place: Int, union number: Int, _ worst: inout (key: UInt64, document: UInt32)?, _ left: inout Int,
    _ take: (Int, UInt32) -> (key: UInt64, document: UInt32)?
  ) {
    let rest = bounds[place].rest
    if let worst, rest < worst.key { return }
    let base = UInt32(scan.base)
    scan.plan.unions[number].forEachDocument { document in
      if let worst, rest < worst.key || (rest == worst.key && base + document > worst.document) {
        return false
      }
      offer(document, rest, place, &worst, &left, take)
      return left > 0 && !scan.wasCancelled
    }
  }

  @inline(__always)
  private func offer(
    _ document: UInt32, _ bound: Int, _ place: Int, _ worst: inout (key: UInt64, document: UInt32)?,
    _ left: inout Int, _ take: (Int, UInt32) -> (key: UInt64, document: UInt32)?
  ) {
    guard document < scan.documentCount else { return }
    let number = UInt32(scan.base) + document
    var needed = 0
    if let worst {
      // One that scores the same is wanted only before the worst.
      needed = Int(worst.key) + (number < worst.document ? 0 : 1)
      if bound < needed { return }
    }
    if let excluding, excluding.contains(DocumentID(rawValue: number)) { return }
    left -= 1
    if left & 255 == 0, scan.poll() { return }
    guard !wasMet(document, before: place),
      let score = scan.score(scan.plan.root, document, needed: needed, holds: nil), score >= needed
    else { return }
    worst = take(score, document)
  }

  /// Whether a document was met in a source that was walked already.
  private func wasMet(_ document: UInt32, before place: Int) -> Bool {
    for source in sources[..<place] {
      switch source {
      case .list(let number):
        if unsafe scan.lists[number].seek(document), unsafe scan.lists[number].document == document {
          return true
        }
      case .union(let number): if scan.plan.unions[number].contains(document) { return true }
      }
    }
    return false
  }

  // MARK: Texts

  /// Checks the texts of candidates, the best first, until no other can come among the hits.
  /// - Parameter isAll: whether there are no other candidates.
  /// - Returns: whether the hits are certain.
  private func settle(_ found: [(key: UInt64, document: UInt32)], isAll: Bool, _ run: SearchRun) -> Bool {
    let base = UInt32(scan.base)
    var next = 0
    var size = 16
    while next < found.count {
      if !run.hits.wants(found[next].key, base + found[next].document) { return true }
      let batch = found[next..<min(next + size, found.count)]
      let answers = TextAnswers(batch.map(\.document), of: scan)
      for (place, candidate) in batch.enumerated() {
        let number = base + candidate.document
        guard run.hits.wants(candidate.key, number),
          let score = scan.score(
            scan.plan.root, candidate.document, needed: 0, holds: { answers.holds($0, place) })
        else { continue }
        run.total += 1
        run.hits.offer(UInt64(score), number, thread: run.thread(number))
      }
      next += size
      size = min(size * 2, 64)
      if scan.poll() { return false }
    }
    if isAll { return true }
    guard let last = found.last else { return true }
    return !run.hits.wants(last.key, base + last.document)
  }
}

/// What the checks of a plan say about a few documents.
private struct TextAnswers {
  /// By check, then document.
  private var results: [[Int8]]

  init(_ documents: [UInt32], of scan: SegmentScan) {
    results = scan.plan.checks.map { _ in [Int8](repeating: 0, count: documents.count) }
    for (place, node) in scan.plan.nodes.enumerated() where node.kind == .check {
      let asked = documents.indices.filter {
        scan.mayFit(scan.plan.children[scan.plan.nodes[place].firstChild], documents[$0])
      }
      let wanted = asked.map { documents[$0] }
      var answers = [Int8](repeating: 0, count: wanted.count)
      unsafe wanted.withUnsafeBufferPointer { wanted in
        unsafe answers.withUnsafeMutableBufferPointer { answers in
          guard let documents = wanted.baseAddress, let base = answers.baseAddress else { return }
          unsafe scan.plan.checks[node.index].check(documents, wanted.count, base)
        }
      }
      for (answer, document) in zip(answers, asked) { results[node.index][document] = answer }
    }
  }

  func holds(_ check: Int, _ place: Int) -> Bool { results[check][place] == 1 }
}

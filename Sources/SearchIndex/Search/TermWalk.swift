/// Finds the best documents of a single word without reading most of its postings: a block whose highest
/// impact cannot come among the hits is stepped over.
///
/// A word may stand in several fields, each with a list. Lists are walked one after the other, the one that
/// can add most first; a document is scored where it is met first, so that what later lists may add bounds
/// a block, and earlier lists do not.
struct TermWalk {
  private let scan: SegmentScan
  private let excluding: DocumentBitmap?
  /// The lists, the one that can add most first.
  private let order: [Int]

  /// Nil if the plan is anything else than the lists of one word.
  init?(_ scan: SegmentScan, excluding: DocumentBitmap?) {
    guard let lists = scan.plainOr else { return nil }
    let leaves = lists.map { scan.plan.leaves[$0] }
    guard Set(leaves.map(\.word)).count == 1, Set(leaves.map(\.field)).count == leaves.count else {
      return nil
    }
    self.scan = scan
    self.excluding = excluding
    order = lists.sorted { scan.highestScore(ofList: $0) > scan.highestScore(ofList: $1) }
  }

  /// - Complexity: O(blocks), and O(postings of the blocks that may hold hits).
  func collect(into run: SearchRun) {
    for place in order.indices {
      let rest = order[(place + 1)...].reduce(0) { $0 + scan.highestScore(ofList: $1) }
      collect(place, rest: rest, into: run)
      if scan.wasCancelled { return }
    }
    let frequencies = order.map { unsafe scan.lists[$0].frequency }
    run.total += excluding == nil ? frequencies.max() ?? 0 : 0
    if excluding != nil || order.count > 1 { run.isTotalExact = false }
  }

  private func collect(_ place: Int, rest: Int, into run: SearchRun) {
    let number = order[place]
    guard let table = unsafe scan.tables[number] else { return }
    let base = UInt32(scan.base)
    var list = unsafe scan.lists[number]
    defer { unsafe scan.lists[number] = list }
    let blockCount =
      list.frequency == 1 ? 1 : list.blockCount + (list.frequency % PostingBlock.size > 0 ? 1 : 0)
    var worst = run.hits.worst
    for block in 0..<blockCount {
      if block & 4095 == 4095, scan.poll() { return }
      let bound = unsafe UInt64(rest + Int(table[Int(list.highestImpact(block))]))
      if let worst, bound <= worst.key {
        let earliest = block > 0 && block <= list.blockCount ? list.lastDocument(block - 1) &+ 1 : 0
        if bound < worst.key || base + earliest > worst.document { continue }
      }
      guard list.frequency == 1 || list.decode(block) else { return }
      if block & 15 == 15, scan.poll() { return }
      let impacts = unsafe list.impacts
      let documents = unsafe list.documents
      for at in 0..<list.count {
        let own = unsafe Int(table[Int(impacts[at])])
        if let worst, own + rest < worst.key { continue }
        let document = unsafe documents[at]
        guard document < scan.documentCount else { continue }
        if let excluding, excluding.contains(DocumentID(rawValue: base + document)) { continue }
        guard run.hits.wants(UInt64(own + rest), base + document), !wasMet(document, before: place) else {
          continue
        }
        var score = own
        for later in order[(place + 1)...] { score += self.score(document, later) }
        run.hits.offer(UInt64(score), base + document, thread: run.thread(base + document))
        worst = run.hits.worst
      }
    }
  }

  /// Whether a document is in a list that was walked already.
  private func wasMet(_ document: UInt32, before place: Int) -> Bool {
    for list in order[..<place] where unsafe scan.lists[list].seek(document) {
      if unsafe scan.lists[list].document == document { return true }
    }
    return false
  }

  private func score(_ document: UInt32, _ list: Int) -> Int {
    guard unsafe scan.lists[list].seek(document), unsafe scan.lists[list].document == document,
      let table = unsafe scan.tables[list]
    else { return 0 }
    return unsafe Int(table[Int(scan.lists[list].impact)])
  }
}

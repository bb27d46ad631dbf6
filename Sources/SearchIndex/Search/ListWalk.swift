internal import CKernel

/// Finds the best documents of a query that is nothing but scored lists: words of which every hit holds all,
/// or any, each with a list in every field it stands in.
///
/// The lists of the part that finds fewest lead, one after the other, the one that can add most first. Of a
/// leading list only blocks and postings are looked at whose impact can come among the hits, sixteen compared
/// at once; the other lists are asked about single documents, cheapest first, and no longer than a document
/// can still be a hit. Where that asks about more documents than windows would take to add up all, it is
/// given up; what it knows of the hits by then spares the windows most of their work.
///
/// What `RankedWalk` does for any query, for the queries where its questions are what takes the time.
@safe
struct ListWalk {
  /// A list that is asked about documents.
  @safe
  private struct Asked {
    let number: Int
    let table: UnsafePointer<UInt16>
    /// The part of the query that it belongs to.
    let part: Int
    /// The most that it adds.
    let highest: Int
    /// The most that it adds to these documents.
    var bound = 0
    var first: UInt32 = 1
    var last: UInt32 = 0
  }

  private enum Answer { case done, tooMuch, stopped }

  private static let mostLists = 24

  private let scan: SegmentScan
  private let limit: Int
  /// The lists of the leading part, the one that can add most first.
  private let leading: [Int]
  /// Those of the others, in the order in which they are asked.
  private let others: [(list: Int, part: Int)]
  /// Work that is worth doing before windows are the better way, in about ten nanoseconds.
  private let budget: Int

  /// Nil if the query is more than lists.
  init?(_ scan: SegmentScan, limit: Int) {
    let plan = scan.plan
    guard limit > 0, plan.checks.isEmpty, plan.leaves.count <= ListWalk.mostLists else { return nil }
    let root = plan.nodes[plan.root]
    let nodes = root.kind == .and ? Array(plan.children(of: plan.root)) : [plan.root]
    var parts: [(lists: [Int], cost: Int)] = []
    for node in nodes {
      let own = plan.nodes[node]
      let leaves = own.kind == .or ? plan.children(of: node).map { plan.nodes[$0] } : [own]
      guard leaves.allSatisfy({ unsafe $0.kind == .leaf && scan.tables[$0.index] != nil }) else { return nil }
      let lists = leaves.map(\.index).sorted {
        scan.highestScore(ofList: $0) > scan.highestScore(ofList: $1)
      }
      parts.append((lists, own.cost))
    }
    parts.sort { $0.cost < $1.cost }
    self.scan = scan
    self.limit = limit
    leading = parts[0].lists
    others = parts.indices.dropFirst().flatMap { part in parts[part].lists.map { (list: $0, part: part) } }
    let postings = parts.reduce(0) { $0 + $1.cost }
    let windows = Int(scan.documentCount / SegmentScan.size) + 1
    budget = 2000 + (windows * (100 + 100 * plan.leaves.count) + postings * 5 / 4) / 16
  }

  /// Adds the best documents to the hits of a run.
  /// - Returns: false if windows are better; the hits hold some of the best then, and nothing is counted.
  func collect(into run: SearchRun) -> Bool {
    var hits = run.hits
    var met = 0
    var work = 0
    var before: [Int] = []
    var rest = scan.highestScore
    for place in leading.indices {
      let number = leading[place]
      rest -= scan.highestScore(ofList: number)
      var asked = leading[(place + 1)...].compactMap { self.asked($0, part: 0) }
      asked += others.compactMap { self.asked($0.list, part: $0.part) }
      let answer = unsafe asked.withUnsafeMutableBufferPointer { asked in
        unsafe walk(number, asked, rest: rest, met: before, &hits, &met, &work, run)
      }
      guard answer == .done else {
        run.hits = hits
        return answer == .stopped
      }
      before.append(number)
    }
    run.hits = hits
    if leading.count > 1 || !others.isEmpty || scan.options.excluding != nil { run.isTotalExact = false }
    if others.isEmpty, scan.options.excluding == nil {
      run.total += leading.map { unsafe scan.lists[$0].frequency }.max() ?? 0
    } else {
      run.total += met
    }
    return true
  }

  private func asked(_ number: Int, part: Int) -> Asked? {
    guard let table = unsafe scan.tables[number] else { return nil }
    return unsafe Asked(number: number, table: table, part: part, highest: scan.highestScore(ofList: number))
  }

  /// Walks one leading list.
  /// - Parameters:
  ///   - rest: what all of `asked` add at most.
  ///   - met: lists of the leading part that were walked already, and their documents with them.
  private func walk(
    _ number: Int, _ asked: UnsafeMutableBufferPointer<Asked>, rest: Int, met: [Int],
    _ hits: inout HitCollector, _ count: inout Int, _ work: inout Int, _ run: SearchRun
  ) -> Answer {
    guard let table = unsafe scan.tables[number] else { return .done }
    let lists = unsafe scan.lists
    let list = unsafe lists + number
    let (base, documentCount) = (UInt32(scan.base), scan.documentCount)
    let excluding = scan.options.excluding
    let end = unsafe list.pointee.endBlock
    // Documents that come to fewer points are not wanted, and postings with a lower impact cannot be of others.
    var needed = 0
    var least = 1
    var block = 0
    var questions = work + 2048
    let start = work
    while block < end {
      if let worst = hits.worst {
        // One that scores the same is wanted only before the worst.
        let first =
          unsafe block > 0 && block <= list.pointee.blockCount ? list.pointee.lastDocument(block - 1) &+ 1 : 0
        needed = Int(worst.key) + (base + first > worst.document ? 1 : 0)
        // Scores rise with impacts.
        while least < 256, unsafe rest + Int(table[least]) < needed { least += 1 }
        if least > 255 { return .done }
        block = unsafe list.pointee.nextBlock(from: block, least: UInt8(least))
        if block >= end { return .done }
      }
      guard unsafe list.pointee.take(block) else { return .done }
      work += 6
      let documents = unsafe list.pointee.documents
      let impacts = unsafe list.pointee.impacts
      let size = unsafe list.pointee.count
      var bits: (UInt64, UInt64) = (0, 0)
      unsafe withUnsafeMutableBytes(of: &bits) { bits in
        guard let bits = unsafe bits.baseAddress?.assumingMemoryBound(to: UInt64.self) else { return }
        unsafe ck_block_from(impacts, UInt8(least), bits)
      }
      for half in 0..<2 {
        let room = size - half * 64
        var left = half == 0 ? bits.0 : bits.1
        if room < 64 { left &= room > 0 ? (1 << UInt64(room)) &- 1 : 0 }
        while left != 0 {
          let place = half * 64 + left.trailingZeroBitCount
          left &= left &- 1
          let document = unsafe documents[place]
          let own = unsafe Int(table[Int(impacts[place])])
          if let worst = hits.worst {
            needed = Int(worst.key) + (base + document < worst.document ? 0 : 1)
          }
          guard own + rest >= needed, document < documentCount else { continue }
          work += 1
          var score = own
          if asked.count > 0 {
            guard let found = unsafe self.score(document, own, rest, needed, asked, lists, &work) else {
              continue
            }
            score = found
          }
          if let excluding, excluding.contains(DocumentID(rawValue: base + document)) { continue }
          if !met.isEmpty, wasMet(document, met) { continue }
          count += 1
          hits.offer(UInt64(score), base + document, thread: run.thread(base + document))
        }
      }
      block += 1
      if work > questions {
        questions = work + 2048
        if scan.poll() { return .stopped }
        // At this pace; it grows less with every better hit.
        let (done, all) = (work - start, end)
        if work > budget || (done > budget / 8 && start + done * all / (2 * block) > budget) {
          return .tooMuch
        }
      }
    }
    return .done
  }

  /// The score of a document that has `own` points; nil if it does not fit or comes to less than needed.
  @inline(__always)
  private func score(
    _ document: UInt32, _ own: Int, _ rest: Int, _ needed: Int,
    _ asked: UnsafeMutableBufferPointer<Asked>, _ lists: UnsafeMutablePointer<PostingList>, _ work: inout Int
  ) -> Int? {
    var rest = rest
    for place in asked.indices {
      if unsafe document < asked[place].first || document > asked[place].last {
        let found = unsafe lists[asked[place].number].bound(around: document)
        unsafe asked[place].bound = unsafe Int(asked[place].table[Int(found.impact)])
        unsafe asked[place].first = found.first
        unsafe asked[place].last = found.last
        work += 1
      }
      rest -= unsafe asked[place].highest - asked[place].bound
    }
    guard own + rest >= needed else { return nil }
    var sum = own
    // Part 0 leads: it is held already.
    var part = 0
    var isHeld = true
    for place in asked.indices {
      let ask = unsafe asked[place]
      if ask.part != part {
        if !isHeld { return nil }
        part = ask.part
        isHeld = false
      }
      work += 2
      rest -= ask.bound
      if unsafe lists[ask.number].seek(document), unsafe lists[ask.number].document == document {
        isHeld = true
        sum += unsafe Int(ask.table[Int(lists[ask.number].impact)])
      }
      if sum + rest < needed { return nil }
    }
    return isHeld ? sum : nil
  }

  private func wasMet(_ document: UInt32, _ lists: [Int]) -> Bool {
    for number in lists {
      if unsafe scan.lists[number].seek(document), unsafe scan.lists[number].document == document {
        return true
      }
    }
    return false
  }
}

internal import Bytes
internal import CKernel

/// Answers a plan in windows of 4096 documents: first which documents of the window fit, as 64 words of
/// bits a node, then, if asked, how well, as one 16-bit sum a document.
///
/// What is dear is asked only about documents that passed the rest: lists are read posting by posting
/// where few documents are left, texts last of all, and those of postponed checks not here at all.
///
/// Memory: 512 bytes a node, 640 a list, and 4096 more a list outside a plain OR.
@safe
final class SegmentScan {
  /// Documents of a window.
  static let size = UInt32(DateWindows.size)
  static let words = DateWindows.size / 64

  let plan: SegmentPlan
  let base: Int
  let documentCount: UInt32
  let segment: IndexSegment
  private let lookup: WordLookup
  let options: SearchOptions
  private let isCancelled: () -> Bool
  /// Whether a search was told to stop; bits and sums are worth nothing from then on.
  private(set) var wasCancelled = false

  /// The nodes of the plan and their children, where no count of references is kept.
  let nodes: UnsafeMutablePointer<PlanNode>
  let children: UnsafeMutablePointer<Int>
  /// The most that each node adds to a score.
  let highest: UnsafeMutablePointer<Int>
  private let postponed: UnsafeMutablePointer<Int>
  private let postponedCount: Int
  let lists: UnsafeMutablePointer<PostingList>
  /// The table of scores of each list; nil if it adds nothing.
  let tables: UnsafeMutablePointer<UnsafePointer<UInt16>?>
  private let rooms: UnsafeMutableRawPointer
  private let bits: UnsafeMutablePointer<UInt64>
  /// Impacts of each list in the window, where the bits of its node are set.
  private let impacts: UnsafeMutablePointer<UInt8>?
  let sums: UnsafeMutablePointer<UInt16>
  /// Documents and answers of a batch of texts.
  private let batch: UnsafeMutablePointer<UInt32>
  private let results: UnsafeMutablePointer<Int8>
  /// What postponed checks said about documents of the window: for each 64 words of bits that tell which
  /// were asked, and 64 that tell which held.
  private let answers: UnsafeMutablePointer<UInt64>
  /// Postings of each list with a lower impact are not wanted; 0 where all are.
  private let least: UnsafeMutablePointer<UInt8>
  private let answerCount: Int
  /// Documents that score less are not wanted.
  private var needed = 0
  /// Texts that are checked at once, the documents they are taken from, and in which direction.
  private var ahead = 4
  private var goal: UnsafeMutablePointer<UInt64>
  private var isBackward = false
  private(set) var first: UInt32 = 0
  /// The node of the window's documents that are searched at all.
  private let live: Int
  /// The lists of a query that is an OR of scored lists, whose bits and sums come about at once, the one
  /// that can add most first; nil for any other.
  let plainOr: [Int]?

  init(
    _ plan: SegmentPlan, lookup: WordLookup, segment: IndexSegment, base: Int, options: SearchOptions,
    isRanked: Bool, isCancelled: @escaping () -> Bool
  ) {
    self.plan = plan
    self.lookup = lookup
    self.segment = segment
    self.base = base
    self.options = options
    self.isCancelled = isCancelled
    documentCount = UInt32(segment.documentCount)
    live = plan.nodes.count
    let leafCount = plan.leaves.count
    let isPlainOr = isRanked && SegmentScan.plainOr(plan) != nil
    unsafe nodes = .allocate(capacity: plan.nodes.count)
    unsafe children = .allocate(capacity: max(1, plan.children.count))
    unsafe highest = .allocate(capacity: plan.nodes.count)
    postponedCount = plan.postponed.count
    unsafe postponed = .allocate(capacity: max(1, postponedCount))
    for (place, node) in plan.postponed.enumerated() { unsafe postponed[place] = node }
    for (place, node) in plan.nodes.enumerated() { unsafe (nodes + place).initialize(to: node) }
    for (place, child) in plan.children.enumerated() { unsafe children[place] = child }
    unsafe rooms = .allocate(byteCount: max(1, leafCount) * PostingList.roomByteCount, alignment: 64)
    unsafe lists = .allocate(capacity: max(1, leafCount))
    unsafe tables = .allocate(capacity: max(1, leafCount))
    unsafe bits = .allocate(capacity: (live + 1) * SegmentScan.words)
    let needsImpacts = isRanked && !isPlainOr && leafCount > 0
    unsafe impacts = needsImpacts ? .allocate(capacity: leafCount * DateWindows.size) : nil
    unsafe sums = .allocate(capacity: DateWindows.size)
    unsafe batch = .allocate(capacity: SegmentScan.batchSize)
    unsafe results = .allocate(capacity: SegmentScan.batchSize)
    answerCount = plan.postponed.isEmpty ? 0 : plan.checks.count * 2 * SegmentScan.words
    unsafe answers = .allocate(capacity: max(1, answerCount))
    unsafe least = .allocate(capacity: max(1, leafCount))
    unsafe least.initialize(repeating: 0, count: max(1, leafCount))
    unsafe goal = bits + plan.root * SegmentScan.words
    for (number, leaf) in plan.leaves.enumerated() {
      let room = unsafe rooms + number * PostingList.roomByteCount
      unsafe (lists + number).initialize(
        to: PostingList(
          leaf.isPair ? segment.pairs : segment.field(leaf.field), rank: leaf.rank, room: room))
      unsafe (tables + number).initialize(to: leaf.word.flatMap { unsafe lookup.table($0, leaf.field) })
    }
    if isPlainOr, let found = SegmentScan.plainOr(plan) {
      let (tables, lists) = unsafe (tables, lists)
      let most = found.map { number in
        unsafe tables[number].map { unsafe Int($0[Int(lists[number].highest)]) } ?? 0
      }
      plainOr = found.indices.sorted { (most[$0], found[$1]) > (most[$1], found[$0]) }.map { found[$0] }
    } else {
      plainOr = nil
    }
    // Children come before parents.
    for (place, node) in plan.nodes.enumerated() {
      unsafe (highest + place).initialize(to: highestScore(of: node))
    }
  }

  /// The documents of the one posting list that alone tells which fit; nil if it takes more than that.
  var frequencyOfOnlyList: Int? {
    let root = plan.nodes[plan.root]
    return root.kind == .leaf ? unsafe lists[root.index].frequency : nil
  }

  deinit {
    unsafe nodes.deallocate()
    unsafe children.deallocate()
    unsafe highest.deallocate()
    unsafe postponed.deallocate()
    unsafe rooms.deallocate()
    unsafe lists.deallocate()
    unsafe tables.deallocate()
    unsafe bits.deallocate()
    unsafe impacts?.deallocate()
    unsafe sums.deallocate()
    unsafe batch.deallocate()
    unsafe results.deallocate()
    unsafe answers.deallocate()
    unsafe least.deallocate()
  }

  private static func plainOr(_ plan: SegmentPlan) -> [Int]? {
    let parts = plan.nodes[plan.root].kind == .or ? Array(plan.children(of: plan.root)) : [plan.root]
    let lists = parts.compactMap { part in
      let node = plan.nodes[part]
      return node.kind == .leaf && plan.leaves[node.index].word != nil ? node.index : nil
    }
    return lists.count == parts.count ? lists : nil
  }

  /// Texts that are checked between two questions whether to stop.
  private static let batchSize = 256

  /// Asks whether to stop.
  func poll() -> Bool {
    if !wasCancelled && isCancelled() { wasCancelled = true }
    return wasCancelled
  }

  // MARK: Windows

  /// The next window at or after a document in which something may fit, by its first document.
  func window(from document: UInt32) -> UInt32? {
    var bound = document
    if let only = options.restrictedTo {
      guard let next = only.first(from: base + Int(bound)), next < base + Int(documentCount) else {
        return nil
      }
      bound = UInt32(next - base)
    }
    guard bound < documentCount, let found = lowerBound(plan.root, from: bound), found < documentCount else {
      return nil
    }
    return found & ~(SegmentScan.size - 1)
  }

  /// A document before which a node finds nothing more; nil if it finds nothing more at all.
  private func lowerBound(_ node: Int, from document: UInt32) -> UInt32? {
    let own = unsafe nodes[node]
    switch own.kind {
    case .nothing: return nil
    case .everything, .not: return document
    case .filter:
      guard let next = plan.filters[own.index].first(from: base + Int(document)) else { return nil }
      return next - base < Int(documentCount) ? UInt32(next - base) : nil
    case .leaf:
      // A list with postings in nearly every window is not worth asking.
      if own.cost > Int(documentCount) / 1024 { return document }
      return unsafe lists[own.index].seek(document) ? lists[own.index].document : nil
    case .union: return plan.unions[own.index].first(from: document)
    case .check, .presence: return lowerBound(unsafe children[own.firstChild], from: document)
    case .and:
      var bound = document
      for place in 0..<own.childCount {
        let child = unsafe children[own.firstChild + place]
        guard let next = lowerBound(child, from: bound) else { return nil }
        bound = max(bound, next)
      }
      return bound
    case .or:
      var least: UInt32?
      for place in 0..<own.childCount {
        let child = unsafe children[own.firstChild + place]
        guard let next = lowerBound(child, from: document) else { continue }
        if next == document { return next }
        least = min(least ?? next, next)
      }
      return least
    }
  }

  /// Finds the documents of a window that fit, or may fit if a postponed check says so; false if there are
  /// none. For a plain OR, sums are made with it.
  /// - Parameter rows: only these documents of the segment.
  func match(window: UInt32, rows: Range<UInt32>? = nil) -> Bool {
    first = window
    let count = limit(rows)
    guard count > 0, !poll() else { return false }
    if answerCount > 0 { unsafe answers.initialize(repeating: 0, count: answerCount) }
    unsafe goal = matches
    isBackward = false
    if let plainOr { return accumulate(plainOr) > 0 }
    return unsafe evaluate(plan.root, within: bits(live), count: count) > 0
  }

  /// The bits of the documents that `match` found.
  var matches: UnsafeMutablePointer<UInt64> { unsafe bits(plan.root) }

  /// How many documents `match` found.
  var matchCount: Int { unsafe SegmentScan.count(bits(plan.root)) }

  /// Sets the bits of the documents that are searched at all; returns their number.
  private func limit(_ rows: Range<UInt32>?) -> Int {
    let target = unsafe bits(live)
    let left = Int(documentCount) - Int(first)
    if left >= DateWindows.size {
      unsafe target.initialize(repeating: .max, count: SegmentScan.words)
      if options.restrictedTo == nil && options.excluding == nil && rows == nil { return DateWindows.size }
    } else {
      for word in 0..<SegmentScan.words {
        let rest = left - word * 64
        unsafe target[word] = rest >= 64 ? .max : rest > 0 ? (1 << UInt64(rest)) &- 1 : 0
      }
    }
    if let rows {
      for word in 0..<SegmentScan.words {
        let start = Int(first) + word * 64
        let lower = min(max(Int(rows.lowerBound) - start, 0), 64)
        let upper = min(max(Int(rows.upperBound) - start, 0), 64)
        let below = { (count: Int) in count == 64 ? UInt64.max : (1 << UInt64(count)) &- 1 }
        unsafe target[word] &= below(upper) & ~below(lower)
      }
    }
    if let only = options.restrictedTo {
      unsafe only.intersectWindow(from: base + Int(first), target, inverted: false)
    }
    if let gone = options.excluding {
      unsafe gone.intersectWindow(from: base + Int(first), target, inverted: true)
    }
    return unsafe SegmentScan.count(target)
  }

  // MARK: Bits

  func bits(_ node: Int) -> UnsafeMutablePointer<UInt64> { unsafe bits + node * SegmentScan.words }

  static func count(_ bits: UnsafePointer<UInt64>) -> Int {
    var count = 0
    for word in 0..<words { count += unsafe bits[word].nonzeroBitCount }
    return count
  }

  /// Keeps what is in both; returns how many are left.
  @inline(__always) @discardableResult
  private func intersect(_ own: UnsafeMutablePointer<UInt64>, _ other: UnsafePointer<UInt64>) -> Int {
    var count = 0
    for word in 0..<SegmentScan.words {
      let both = unsafe own[word] & other[word]
      unsafe own[word] = both
      count += both.nonzeroBitCount
    }
    return count
  }

  @inline(__always)
  private func copy(_ own: UnsafeMutablePointer<UInt64>, _ other: UnsafePointer<UInt64>) {
    unsafe own.update(from: other, count: SegmentScan.words)
  }

  /// Sets the bits of a node to those of `limit` that fit; returns how many.
  /// - Parameter count: the bits of `limit`.
  private func evaluate(_ node: Int, within limit: UnsafePointer<UInt64>, count: Int) -> Int {
    let own = unsafe nodes[node]
    let target = unsafe bits(node)
    switch own.kind {
    case .nothing:
      unsafe target.initialize(repeating: 0, count: SegmentScan.words)
      return 0
    case .everything:
      unsafe copy(target, limit)
      return count
    case .leaf: return unsafe mark(own.index, target, within: limit, count: count)
    case .union:
      unsafe copy(target, plan.unions[own.index].window(first))
      return unsafe intersect(target, limit)
    case .filter:
      unsafe copy(target, limit)
      unsafe plan.filters[own.index].intersectWindow(from: base + Int(first), target, inverted: false)
      return unsafe SegmentScan.count(target)
    case .check:
      let child = unsafe children[own.firstChild]
      let left = unsafe evaluate(child, within: limit, count: count)
      unsafe copy(target, bits(child))
      return own.isPostponed || left == 0 ? left : unsafe verify(own.index, target)
    case .presence:
      let child = unsafe children[own.firstChild]
      let left = unsafe evaluate(child, within: limit, count: count)
      unsafe copy(target, bits(child))
      return left
    case .and:
      unsafe copy(target, limit)
      var left = count
      for place in 0..<own.childCount {
        let child = unsafe children[own.firstChild + place]
        left = unsafe evaluate(child, within: target, count: left)
        unsafe copy(target, bits(child))
        if left == 0 { break }
      }
      return left
    case .or:
      unsafe target.initialize(repeating: 0, count: SegmentScan.words)
      var number = 0
      for place in 0..<own.childCount {
        let child = unsafe children[own.firstChild + place]
        number += 1
        if number & 63 == 0, poll() { break }
        guard unsafe evaluate(child, within: limit, count: count) > 0 else { continue }
        let part = unsafe bits(child)
        for word in 0..<SegmentScan.words { unsafe target[word] |= part[word] }
      }
      return unsafe SegmentScan.count(target)
    case .not:
      let child = unsafe children[own.firstChild]
      _ = unsafe evaluate(child, within: limit, count: count)
      let part = unsafe bits(child)
      var left = 0
      for word in 0..<SegmentScan.words {
        let rest = unsafe limit[word] & ~part[word]
        unsafe target[word] = rest
        left += rest.nonzeroBitCount
      }
      return left
    }
  }

  /// Has the lists that every hit must be in leave out what cannot come to a score whatever the others add.
  /// Bits tell only of documents that still can from then on.
  func setNeeded(_ key: UInt64) {
    needed = Int(clamping: key)
    guard unsafe impacts != nil, unsafe nodes[plan.root].kind == .and else { return }
    let root = unsafe nodes[plan.root]
    for place in 0..<root.childCount {
      let child = unsafe nodes[children[root.firstChild + place]]
      guard child.kind == .leaf, let table = unsafe tables[child.index] else { continue }
      let rest = unsafe highest[plan.root] - highestScore(ofList: child.index)
      // Scores rise with impacts.
      var impact = unsafe Int(least[child.index])
      while impact < 255, unsafe rest + Int(table[impact]) < Int(key) { impact += 1 }
      unsafe least[child.index] = UInt8(impact)
    }
  }

  /// Sets the bits of a list's documents, and its impacts if scores are asked for.
  private func mark(
    _ number: Int, _ target: UnsafeMutablePointer<UInt64>, within limit: UnsafePointer<UInt64>, count: Int
  ) -> Int {
    let window = unsafe tables[number] == nil ? nil : impacts.map { unsafe $0 + number * DateWindows.size }
    var list = unsafe lists[number]
    defer { unsafe lists[number] = list }
    let expected = list.frequency * DateWindows.size / max(1, Int(documentCount))
    let least = unsafe least[number]
    if count * 8 < expected {
      // Few documents are left: ask for each.
      var found = 0
      for word in 0..<SegmentScan.words {
        var rest = unsafe limit[word]
        var kept: UInt64 = 0
        while rest != 0 {
          let place = UInt32(word * 64 + rest.trailingZeroBitCount)
          let bit = rest & (0 &- rest)
          rest ^= bit
          guard list.seek(first + place) else { continue }
          if list.document == first + place, list.impact >= least {
            kept |= bit
            unsafe window?[Int(place)] = list.impact
            found += 1
          }
        }
        unsafe target[word] = kept
      }
      return found
    }
    let first = first
    if expected < 192 {
      unsafe target.initialize(repeating: 0, count: SegmentScan.words)
      unsafe list.forEachRun(from: first, below: first + SegmentScan.size) { documents, impacts, count in
        for place in 0..<count where unsafe impacts[place] >= least {
          let at = unsafe Int((documents[place] &- first) & (SegmentScan.size - 1))
          unsafe target[at >> 6] |= 1 << UInt64(at & 63)
          unsafe window?[at] = impacts[place]
        }
      }
    } else {
      let spread = unsafe window ?? UnsafeMutableRawPointer(sums).assumingMemoryBound(to: UInt8.self)
      unsafe spread.initialize(repeating: 0, count: DateWindows.size)
      unsafe list.forEachRun(from: first, below: first + SegmentScan.size) { documents, impacts, count in
        unsafe ck_spread(documents, impacts, count, first, spread)
      }
      unsafe ck_bits_from(spread, max(least, 1), target)
    }
    return unsafe intersect(target, limit)
  }

  /// Takes out of some bits the documents whose text does not show what is looked for.
  private func verify(_ check: Int, _ target: UnsafeMutablePointer<UInt64>) -> Int {
    var left = 0
    var size = 0
    for word in 0..<SegmentScan.words {
      var rest = unsafe target[word]
      while rest != 0 {
        unsafe batch[size] = first + UInt32(word * 64 + rest.trailingZeroBitCount)
        size += 1
        rest &= rest &- 1
        if size == plan.checks[check].batchSize {
          left += unsafe verifyBatch(check, size, target)
          size = 0
          if poll() { return 0 }
        }
      }
    }
    return unsafe left + verifyBatch(check, size, target)
  }

  private func verifyBatch(_ check: Int, _ size: Int, _ target: UnsafeMutablePointer<UInt64>) -> Int {
    var left = 0
    unsafe plan.checks[check].check(batch, size, results)
    for place in 0..<size {
      if unsafe results[place] == 1 {
        left += 1
      } else {
        let at = Int(unsafe batch[place] - first)
        unsafe target[at >> 6] &= ~(1 << UInt64(at & 63))
      }
    }
    return left
  }
}

// MARK: - How well documents fit

extension SegmentScan {
  /// Sums of a plain OR, and the bits of its documents that come to what is needed; returns how many.
  ///
  /// Documents that stand only in lists which together add less are not looked for: these lists are added
  /// for the documents that the others named and that still can come to it. After Turtle and Flood, "Query
  /// Evaluation: Strategies and Optimizations", Information Processing & Management 31(6), 1995.
  private func accumulate(_ numbers: [Int]) -> Int {
    unsafe sums.initialize(repeating: 0, count: DateWindows.size)
    let target = unsafe bits(plan.root)
    // From the list that adds most on; the rest add `rest` at most.
    var rest = highestScore
    var place = 0
    while place < numbers.count, place == 0 || rest >= needed {
      if place & 31 == 31, poll() { return 0 }
      add(numbers[place])
      rest -= highestScore(ofList: numbers[place])
      place += 1
    }
    var left = unsafe choose(target, rest)
    left = unsafe left == 0 ? 0 : intersect(target, bits(live))
    while place < numbers.count, left > 0 {
      let number = numbers[place]
      rest -= highestScore(ofList: number)
      let expected = unsafe lists[number].frequency * DateWindows.size / max(1, Int(documentCount))
      if left * 24 > expected + 64 {
        add(number)
        left = unsafe filter(target, nil, nil, rest)
      } else {
        left = unsafe filter(target, lists + number, tables[number], rest)
      }
      place += 1
    }
    return left
  }

  /// Adds a list to the sums of the window.
  private func add(_ number: Int) {
    guard let table = unsafe tables[number] else { return }
    let first = first
    let sums = unsafe sums
    var list = unsafe lists[number]
    unsafe list.forEachRun(from: first, below: first + SegmentScan.size) { documents, impacts, count in
      unsafe ck_accumulate(documents, impacts, count, first, table, sums)
    }
    unsafe lists[number] = list
  }

  /// Sets the bits of the documents whose sums come to what is needed with `rest` more.
  private func choose(_ target: UnsafeMutablePointer<UInt64>, _ rest: Int) -> Int {
    let threshold = max(needed - rest - 1, 0)
    if threshold > Int(UInt16.max) {
      unsafe target.initialize(repeating: 0, count: SegmentScan.words)
      return 0
    }
    return unsafe Int(ck_bits_above(sums, UInt16(threshold), target))
  }

  /// Takes out the bits of documents that do not come to what is needed with `rest` more, after adding what
  /// a list holds of each.
  private func filter(
    _ target: UnsafeMutablePointer<UInt64>, _ list: UnsafeMutablePointer<PostingList>?,
    _ table: UnsafePointer<UInt16>?, _ rest: Int
  ) -> Int {
    var left = 0
    for word in 0..<SegmentScan.words {
      var open = unsafe target[word]
      var kept = open
      while open != 0 {
        let bit = open.trailingZeroBitCount
        open &= open &- 1
        let place = word * 64 + bit
        if let list = unsafe list, let table = unsafe table, unsafe list.pointee.seek(first + UInt32(place)),
          unsafe list.pointee.document == first + UInt32(place)
        {
          unsafe sums[place] &+= table[Int(list.pointee.impact)]
        }
        if unsafe Int(sums[place]) + rest < needed { kept ^= 1 << UInt64(bit) } else { left += 1 }
      }
      unsafe target[word] = kept
    }
    return left
  }

  /// Adds up the scores of the documents that `match` found. A part counts for the documents where it and
  /// everything around it fits; what is postponed counts as if it did. Uses up the bits of all nodes but
  /// the root's and those of postponed checks among their documents.
  func score() {
    if plainOr != nil { return }
    for word in 0..<SegmentScan.words where unsafe matches[word] != 0 {
      unsafe (sums + word * 64).initialize(repeating: 0, count: 64)
    }
    score(plan.root)
  }

  private func score(_ node: Int) {
    let own = unsafe nodes[node]
    let fitting = unsafe bits(node)
    switch own.kind {
    case .nothing, .everything, .filter, .not, .union: return
    case .leaf:
      guard let table = unsafe tables[own.index], let impacts = unsafe impacts else { return }
      let window = unsafe impacts + own.index * DateWindows.size
      for word in 0..<SegmentScan.words {
        var rest = unsafe fitting[word]
        while rest != 0 {
          let place = word * 64 + rest.trailingZeroBitCount
          unsafe sums[place] &+= table[Int(window[place])]
          rest &= rest &- 1
        }
      }
    case .presence:
      for word in 0..<SegmentScan.words {
        var rest = unsafe fitting[word]
        while rest != 0 {
          unsafe sums[word * 64 + rest.trailingZeroBitCount] &+= own.presence
          rest &= rest &- 1
        }
      }
      // Its checks are asked once more by whoever takes the hits.
      unsafe intersect(bits(children[own.firstChild]), fitting)
    case .check, .and, .or:
      for place in 0..<own.childCount {
        let child = unsafe children[own.firstChild + place]
        if unsafe intersect(bits(child), fitting) > 0 { score(child) }
      }
    }
  }

  /// What the parts below a node add to the score of a document that was matched, by its place in the window.
  private func score(_ node: Int, at place: Int) -> UInt16 {
    guard unsafe bits(node)[place >> 6] >> UInt64(place & 63) & 1 == 1 else { return 0 }
    let own = unsafe nodes[node]
    switch own.kind {
    case .nothing, .everything, .filter, .not, .union: return 0
    case .leaf:
      guard let table = unsafe tables[own.index], let impacts = unsafe impacts else { return 0 }
      return unsafe table[Int(impacts[own.index * DateWindows.size + place])]
    case .presence: return own.presence
    case .check, .and, .or: return plan.children(of: node).reduce(0) { $0 &+ score($1, at: place) }
    }
  }

  /// Does the postponed checks of a document of the window.
  /// - Returns: what its score is less than the sum, or nil if it does not fit.
  func settle(_ place: Int, isRanked: Bool) -> UInt16? {
    var less: UInt16 = 0
    for number in 0..<postponedCount {
      let node = unsafe postponed[number]
      let own = unsafe nodes[node]
      let count = own.kind == .or ? own.childCount : 1
      var holds = false
      for choice in 0..<count {
        let choice = unsafe own.kind == .or ? children[own.firstChild + choice] : node
        guard unsafe bits(choice)[place >> 6] >> UInt64(place & 63) & 1 == 1 else { continue }
        guard let check = postponable(choice) else {
          holds = true
          if isRanked { continue }
          break
        }
        if self.holds(check, choice, place) {
          holds = true
          if !isRanked { break }
        } else if isRanked {
          less &+= score(choice, at: place)
        }
      }
      if !holds { return nil }
    }
    return less
  }

  /// Whether a postponed check holds for a document of the window. Those of the next documents are done
  /// with it, the more of them the longer a search goes on: many texts are on their way from memory at once.
  private func holds(_ check: Int, _ node: Int, _ place: Int) -> Bool {
    let known = unsafe answers + 2 * check * SegmentScan.words
    let held = unsafe known + SegmentScan.words
    if unsafe known[place >> 6] >> UInt64(place & 63) & 1 == 0 {
      let own = unsafe bits(node)
      var size = 0
      var word = place >> 6
      let isBackward = isBackward
      var rest =
        unsafe own[word] & goal[word]
        & (isBackward ? UInt64.max >> UInt64(63 - place & 63) : UInt64.max << UInt64(place & 63))
      let most = min(ahead, plan.checks[check].batchSize)
      while size < most {
        if rest == 0 {
          word += isBackward ? -1 : 1
          guard word >= 0, word < SegmentScan.words else { break }
          rest = unsafe own[word] & goal[word]
          continue
        }
        let bit = isBackward ? 63 - rest.leadingZeroBitCount : rest.trailingZeroBitCount
        rest ^= 1 << UInt64(bit)
        unsafe batch[size] = first + UInt32(word * 64 + bit)
        size += 1
      }
      ahead = min(ahead * 2, 64)
      unsafe plan.checks[check].check(batch, size, results)
      for number in 0..<size {
        let at = Int(unsafe batch[number] - first)
        unsafe known[at >> 6] |= 1 << UInt64(at & 63)
        if unsafe results[number] == 1 { unsafe held[at >> 6] |= 1 << UInt64(at & 63) }
      }
    }
    return unsafe held[place >> 6] >> UInt64(place & 63) & 1 == 1
  }

  /// The check that alone decides about a node.
  private func postponable(_ node: Int) -> Int? {
    let own = unsafe nodes[node]
    switch own.kind {
    case .check: return own.index
    case .presence: return postponable(unsafe children[own.firstChild])
    default: return nil
    }
  }
}

// MARK: - What was found

extension SegmentScan {
  /// The most a list adds to a score.
  func highestScore(ofList number: Int) -> Int {
    unsafe tables[number].map { unsafe Int($0[Int(lists[number].highest)]) } ?? 0
  }

  /// No document scores more.
  var highestScore: Int { unsafe highest[plan.root] }

  private func highestScore(of node: PlanNode) -> Int {
    switch node.kind {
    case .nothing, .everything, .filter, .not, .union: return 0
    case .leaf: return highestScore(ofList: node.index)
    case .presence:
      return Int(node.presence) + (unsafe highest[plan.children[node.firstChild]])
    case .check, .and, .or:
      var sum = 0
      for place in 0..<node.childCount { sum += unsafe highest[plan.children[node.firstChild + place]] }
      return sum
    }
  }

  /// Calls `body` for each document that `match` found, by its number in the segment, as long as it
  /// returns true.
  func forEachMatch(_ body: (UInt32) -> Bool) {
    for word in 0..<SegmentScan.words {
      var rest = unsafe matches[word]
      while rest != 0 {
        guard body(first + UInt32(word * 64 + rest.trailingZeroBitCount)) else { return }
        rest &= rest &- 1
      }
    }
  }

  /// The same, the last document first.
  func forEachMatchBackward(_ body: (UInt32) -> Bool) {
    isBackward = true
    for word in (0..<SegmentScan.words).reversed() {
      var rest = unsafe matches[word]
      while rest != 0 {
        let bit = 63 - rest.leadingZeroBitCount
        guard body(first + UInt32(word * 64 + bit)) else { return }
        rest ^= 1 << UInt64(bit)
      }
    }
  }

  /// Calls `body` for each document that `match` found whose score is above a threshold, as long as it
  /// returns true.
  func forEachMatch(above threshold: UInt64, _ body: (UInt32, UInt16) -> Bool) {
    guard threshold < 65_535 else { return }
    let chosen = unsafe bits(live)
    if threshold > 0 {
      _ = unsafe ck_bits_above(sums, UInt16(threshold), chosen)
      unsafe intersect(chosen, matches)
    } else {
      unsafe copy(chosen, matches)
    }
    unsafe goal = chosen
    for word in 0..<SegmentScan.words {
      var rest = unsafe chosen[word]
      while rest != 0 {
        let place = word * 64 + rest.trailingZeroBitCount
        rest &= rest &- 1
        guard unsafe body(first + UInt32(place), sums[place]) else { return }
      }
    }
  }
}

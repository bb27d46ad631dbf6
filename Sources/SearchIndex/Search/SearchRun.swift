internal import Bytes

/// One search under way: a scan of each segment, and what they found together.
final class SearchRun {
  let index: SearchIndex
  private let query: Query
  private let texts: any DocumentTexts
  private let answers: [QueryFilter: DocumentBitmap]
  let options: SearchOptions
  let isCancelled: () -> Bool
  let isRanked: Bool
  private let lookup: WordLookup
  private(set) var wasCancelled = false
  /// An expression that took too long and was given up: what was found is no answer then.
  var refused: RegularExpression? { lookup.refused }
  /// Documents that are known to fit.
  var total = 0
  /// Whether `total` is all there are.
  var isTotalExact = true
  var hits: HitCollector

  init(
    _ query: Query, index: SearchIndex, texts: any DocumentTexts, answers: [QueryFilter: DocumentBitmap],
    options: SearchOptions, isCancelled: @escaping () -> Bool
  ) {
    self.query = query
    self.index = index
    self.texts = texts
    self.answers = answers
    self.options = options
    self.isCancelled = isCancelled
    isRanked = options.order == .ranked && query.hasWords
    lookup = WordLookup(query, index: index, isRanked: isRanked)
    hits = HitCollector(limit: options.limit, groupsThreads: options.groupsThreads)
  }

  /// A scan of a segment.
  private func scan(_ number: Int, isRanked: Bool, isExact: Bool) -> SegmentScan {
    let segment = index.segments[number]
    let base = index.bases[number]
    let plan = SegmentPlan(
      query, words: lookup, segment: segment, number: number, base: base, texts: texts, answers: answers,
      purpose: .init(isRanked: isRanked, isExact: isExact, limit: options.limit), isCancelled: isCancelled)
    return SegmentScan(
      plan, lookup: lookup, segment: segment, base: base, options: options, isRanked: isRanked,
      isCancelled: isCancelled)
  }

  /// The first document of the thread of a document.
  func thread(_ document: UInt32) -> UInt32 {
    UInt32(index.thread(of: DocumentID(rawValue: document)).lowerBound)
  }

  /// Remembers whether a scan was told to stop.
  func isStopped(_ scan: SegmentScan) -> Bool {
    if scan.wasCancelled { wasCancelled = true }
    return wasCancelled
  }

  // MARK: Results

  func result(problems: [QueryProblem]) -> SearchResult {
    if isCancelled() { wasCancelled = true }
    let counts = options.counting == .exact
    var threadTotal: Int?
    if !wasCancelled {
      switch options.order {
      case .ranked where isRanked:
        collectRanked(isExact: counts)
        if counts, options.groupsThreads, !wasCancelled { threadTotal = count { _ in true }.threadTotal }
      case .newestFirst:
        collectNewest()
        if counts && !wasCancelled {
          let counted = count { _ in true }
          total = counted.total
          threadTotal = counted.threadTotal
          isTotalExact = counted.isComplete
        }
      case .ranked, .reading:
        collectInOrder(isExact: counts)
        if counts, options.groupsThreads, !wasCancelled { threadTotal = count { _ in true }.threadTotal }
      }
    }
    var found = hits.sorted().map { hit in
      SearchHit(
        document: DocumentID(rawValue: hit.document), score: isRanked ? Float(hit.key) / lookup.scale : 0)
    }
    if options.groupsThreads && !wasCancelled { addFurther(&found) }
    if wasCancelled { isTotalExact = false }
    return SearchResult(
      hits: found, total: max(total, found.reduce(0) { $0 + 1 + $1.furtherInThread }),
      isTotalExact: isTotalExact, threadTotal: options.groupsThreads ? threadTotal ?? found.count : nil,
      problems: problems, isComplete: !wasCancelled)
  }

  /// Counts, and tells now and then how many there are so far.
  func count(progress: (Int) -> Bool) -> SearchCount {
    var total = 0
    var threads = 0
    var windows = 0
    segments: for number in index.segments.indices {
      let scan = scan(number, isRanked: false, isExact: true)
      if !options.groupsThreads, let all = wholeTotal(scan) {
        total += all
        continue
      }
      let starts = index.segments[number].threadStarts
      var threadEnd: UInt32 = 0
      var next: UInt32 = 0
      while let window = scan.window(from: next) {
        next = window + SegmentScan.size
        let isAny = scan.match(window: window)
        if isStopped(scan) { break segments }
        windows += 1
        if windows & 31 == 0, !progress(total) {
          wasCancelled = true
          break segments
        }
        guard isAny else { continue }
        total += scan.matchCount
        if options.groupsThreads {
          threads += SearchRun.countThreads(scan, starts, &threadEnd)
        }
      }
      if isStopped(scan) || scan.poll() {
        wasCancelled = true
        break
      }
    }
    return SearchCount(
      total: total, threadTotal: options.groupsThreads ? threads : nil, isComplete: !wasCancelled)
  }

  /// The hits of a segment, where one list alone tells which they are.
  private func wholeTotal(_ scan: SegmentScan) -> Int? {
    options.restrictedTo == nil && options.excluding == nil ? scan.frequencyOfOnlyList : nil
  }

  /// Threads of a window's documents that were not counted in an earlier window.
  /// - Parameter end: where the last counted thread ends.
  private static func countThreads(_ scan: SegmentScan, _ starts: Column<UInt32>, _ end: inout UInt32) -> Int
  {
    guard starts.count > 1 else { return scan.matchCount }
    var count = 0
    var after = end
    starts.withSpan { starts in
      scan.forEachMatch { document in
        guard document >= after else { return true }
        // The first start behind the document.
        var low = 0
        var high = starts.count - 1
        while low < high {
          let middle = (low + high) / 2
          if starts[middle] <= document { low = middle + 1 } else { high = middle }
        }
        after = starts[low]
        count += 1
        return true
      }
    }
    end = after
    return count
  }

  /// Counts the further hits of each hit's thread.
  private func addFurther(_ found: inout [SearchHit]) {
    let isExact = options.counting == .exact || options.limit > 1000
    var scans: [Int: SegmentScan] = [:]
    for place in found.indices {
      let thread = index.thread(of: found[place].document)
      let number = index.segment(of: found[place].document)
      let scan = scans[number] ?? scan(number, isRanked: false, isExact: isExact)
      scans[number] = scan
      let rows = UInt32(thread.lowerBound - scan.base)..<UInt32(thread.upperBound - scan.base)
      var window = rows.lowerBound & ~(SegmentScan.size - 1)
      var count = 0
      while window < rows.upperBound {
        if scan.match(window: window, rows: rows) {
          if scan.plan.postponed.isEmpty {
            count += scan.matchCount
          } else {
            scan.forEachMatch { document in
              if scan.settle(Int(document - window), isRanked: false) != nil { count += 1 }
              return true
            }
          }
        }
        if isStopped(scan) { return }
        window += SegmentScan.size
      }
      found[place].furtherInThread = max(0, count - 1)
    }
  }

  // MARK: Ranked

  private func collectRanked(isExact: Bool) {
    for number in index.segments.indices {
      let scan = scan(number, isRanked: true, isExact: isExact)
      let base = UInt32(scan.base)
      // What some documents of the segment are known to reach; less is not wanted.
      var floor: UInt64?
      if !isExact || wholeTotal(scan) != nil, options.restrictedTo == nil,
        let walk = ListWalk(scan, limit: options.limit)
      {
        let before = (hits: hits, total: total)
        let isSure = walk.collect(into: self)
        if isStopped(scan) { return }
        if isSure { continue }
        floor = hits.worst?.key
        (hits, total) = before
      } else if !isExact, options.restrictedTo == nil, let walk = RankedWalk(scan, limit: options.limit) {
        let before = (hits: hits, total: total)
        let isSure = walk.collect(into: self)
        if isStopped(scan) { return }
        if isSure { continue }
        (hits, total) = before
      }
      let isSettled = scan.plan.postponed.isEmpty
      let bound = UInt64(scan.highestScore)
      var next: UInt32 = 0
      while let window = scan.window(from: next) {
        if !isExact, !hits.wants(bound, base + window) {
          isTotalExact = false
          break
        }
        next = window + SegmentScan.size
        if !isExact, let needed = hits.worst?.key ?? floor {
          scan.setNeeded(max(needed, floor ?? 0))
          isTotalExact = false
        }
        let isAny = scan.match(window: window)
        if isStopped(scan) { return }
        guard isAny else { continue }
        if isSettled { total += scan.matchCount } else { isTotalExact = false }
        scan.score()
        var settled = 0
        var worst = hits.worst
        let needed = max(worst?.key ?? 0, floor ?? 0)
        scan.forEachMatch(above: needed == 0 ? 0 : needed - 1) { document, score in
          if let worst, score < worst.key || (score == worst.key && base + document > worst.document) {
            return true
          }
          var key = UInt64(score)
          if !isSettled {
            settled += 1
            if settled & 63 == 0, scan.poll() { return false }
            guard let less = scan.settle(Int(document - window), isRanked: true) else { return true }
            key -= UInt64(less)
            total += 1
          }
          hits.offer(key, base + document, thread: thread(base + document))
          worst = hits.worst
          return true
        }
        if isStopped(scan) { return }
      }
      if scan.poll(), isStopped(scan) { return }
    }
  }

  // MARK: In order of documents

  private func collectInOrder(isExact: Bool) {
    for number in index.segments.indices {
      let scan = scan(number, isRanked: false, isExact: isExact)
      let isSettled = scan.plan.postponed.isEmpty
      let all = isExact ? wholeTotal(scan) : nil
      let before = total
      var next: UInt32 = 0
      while let window = scan.window(from: next) {
        if !isExact, hits.isFull {
          isTotalExact = false
          return
        }
        if let all, hits.isFull {
          total = before + all
          break
        }
        next = window + SegmentScan.size
        let isAny = scan.match(window: window)
        if isStopped(scan) { return }
        guard isAny else { continue }
        if isSettled { total += scan.matchCount } else { isTotalExact = false }
        if hits.isFull { continue }
        collect(scan, keys: { _ in 0 }, backward: false)
        if isStopped(scan) { return }
      }
      if scan.poll(), isStopped(scan) { return }
    }
  }

  /// Offers the documents of a window, the last first or the first first.
  private func collect(_ scan: SegmentScan, keys: (UInt32) -> UInt64, backward: Bool) {
    let base = UInt32(scan.base)
    let isSettled = scan.plan.postponed.isEmpty
    var settled = 0
    let offer = { (document: UInt32) -> Bool in
      let key = keys(document)
      guard self.hits.wants(key, base + document) else {
        // In order of documents no later one is wanted.
        return backward
      }
      if !isSettled {
        settled += 1
        if settled & 63 == 0, scan.poll() { return false }
        guard scan.settle(Int(document - scan.first), isRanked: false) != nil else { return true }
        self.total += 1
      }
      self.hits.offer(key, base + document, thread: self.thread(base + document))
      return true
    }
    if backward { scan.forEachMatchBackward(offer) } else { scan.forEachMatch(offer) }
  }

  // MARK: Newest first

  /// Windows of a segment that are looked at before the documents of a short list are gathered.
  private static let windowsBeforeCandidates = 24

  private func collectNewest() {
    let scans = index.segments.indices.map { scan($0, isRanked: false, isExact: false) }
    let isDated = index.segments.contains { $0.dates.count > 0 }
    var order = NewestWindows(index.segments, isDated: isDated)
    var occupied: [[UInt64]?] = scans.map { _ in nil }
    var looked = scans.map { _ in 0 }
    while let (number, window, newest) = order.next() {
      let scan = scans[number]
      // Where hits are few, it pays to know the windows that can hold any.
      looked[number] += 1
      if looked[number] == SearchRun.windowsBeforeCandidates {
        occupied[number] = scan.occupiedWindows()
        if isStopped(scan) { return }
      }
      if let occupied = occupied[number] {
        let place = Int(window) / DateWindows.size
        if occupied[place >> 6] >> UInt64(place & 63) & 1 == 0 { continue }
      }
      let base = UInt32(scan.base)
      // Without dates, a document's own number is its date.
      let best = isDated ? TopHits.key(newest) : UInt64(base) + UInt64(window) + UInt64(SegmentScan.size) - 1
      if let worst = hits.worst {
        if best < worst.key {
          isTotalExact = false
          break
        }
        if best == worst.key, base + window > worst.document {
          isTotalExact = false
          continue
        }
      }
      let isAny = scan.match(window: window)
      if isStopped(scan) { return }
      guard isAny else { continue }
      if scan.plan.postponed.isEmpty { total += scan.matchCount } else { isTotalExact = false }
      let dates = index.segments[number].dates
      if !isDated {
        collect(scan, keys: { UInt64(base) + UInt64($0) }, backward: true)
      } else if dates.count == 0 {
        collect(scan, keys: { _ in TopHits.key(.min) }, backward: true)
      } else {
        dates.verify(Int(window)..<Int(window) + DateWindows.size)
        let column = unsafe uncheckedAddress(of: dates)
        collect(scan, keys: { unsafe TopHits.key(column[Int($0)]) }, backward: true)
      }
      if isStopped(scan) { return }
    }
  }
}

/// The windows of several segments, the one with the newest document first; undated ones last, the first
/// document first. Where no segment has dates, from the last document to the first.
private struct NewestWindows {
  private let segments: [IndexSegment]
  private let isDated: Bool
  /// How many windows of each segment were given out.
  private var places: [Int]
  private let counts: [Int]

  init(_ segments: [IndexSegment], isDated: Bool) {
    self.segments = segments
    self.isDated = isDated
    places = segments.map { _ in 0 }
    counts = segments.map { ($0.documentCount + DateWindows.size - 1) / DateWindows.size }
  }

  mutating func next() -> (segment: Int, window: UInt32, newest: Int64)? {
    var best: (segment: Int, window: UInt32, newest: Int64)?
    for number in isDated ? Array(segments.indices) : segments.indices.reversed()
    where places[number] < counts[number] {
      let windows = segments[number].dateWindows
      let place = places[number]
      if !isDated {
        best = (number, UInt32((counts[number] - 1 - place) * DateWindows.size), .min)
        break
      }
      let isOwn = windows.order.count == counts[number]
      let window = isOwn ? Int(windows.order[place]) : place
      let newest = isOwn ? windows.newest[window] : .min
      if best == nil || newest > (best?.newest ?? .min) {
        best = (number, UInt32(window * DateWindows.size), newest)
      }
    }
    if let best { places[best.segment] += 1 }
    return best
  }
}

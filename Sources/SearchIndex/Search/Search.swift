internal import Bytes

extension SearchIndex {
  /// Finds the documents that fit a query, as `search` does, by words alone: stems rank beside the words
  /// themselves, and nearness does not count.
  ///
  /// - Parameters:
  ///   - query: what is looked for; an empty one finds nothing, one of only negations all the others.
  ///   - texts: where phrases and signs are checked; asked only about documents that hold their words.
  ///   - filters: answers `is:`, `tag:` and the like; a filter without an answer is a problem of the
  ///     result and lets everything through.
  ///   - options: how many hits, in which order, counted how. Only `.ranked` computes scores.
  ///   - isCancelled: asked again and again; true ends the search with what it has.
  /// - Complexity: linear in the postings of the query's words, plus one analysis of each text that is
  ///   checked.
  func find(
    _ query: Query, texts: any DocumentTexts, filters: any QueryFilters, options: SearchOptions,
    isCancelled: () -> Bool
  ) -> SearchResult {
    var problems = query.problems
    let answers = resolve(query, filters, &problems)
    let keptCount = options.groupsThreads ? Int.max : options.limit
    var top = TopHits(limit: keptCount)
    var last = LastHits(limit: keptCount)
    var total = 0
    var isComplete = true
    let order = options.order
    let isRanked = order == .ranked && query.hasWords
    let isDated = segments.contains { $0.dates.count > 0 }
    search: for (segment, base) in zip(segments, bases) {
      let plan = SegmentPlan(query, index: self, segment: segment, filters: answers, isRanked: isRanked)
      var scan = WindowScan(plan, segment: segment, base: base, texts: texts, isRanked: isRanked)
      var next: UInt32 = 0
      while let window = scan.window(from: next) {
        if isCancelled() {
          isComplete = false
          break search
        }
        next = window + WindowScan.size
        let isAny = scan.match(
          window: window, restrictedTo: options.restrictedTo, excluding: options.excluding)
        if let refused = scan.refused {
          problems.append(QueryProblem(kind: .slowExpression, range: refused.range))
          return SearchResult(
            hits: [], total: 0, isTotalExact: true, threadTotal: nil, problems: problems, isComplete: true)
        }
        guard isAny else { continue }
        total += scan.count
        if isRanked { scan.score() }
        scan.forEachMatch { document, score in
          switch order {
          case .ranked: top.offer(key: TopHits.key(score), document: document)
          case .reading: top.offer(key: 0, document: document)
          case .newestFirst:
            if isDated {
              let place = Int(document) - base
              let date = place < segment.dates.count ? segment.dates[place] : .min
              top.offer(key: TopHits.key(date), document: document)
            } else {
              last.take(document)
            }
          }
        }
      }
    }
    var hits = last.sorted().map { SearchHit(document: DocumentID(rawValue: $0), score: 0) }
    hits += top.sorted().map { hit in
      SearchHit(
        document: DocumentID(rawValue: hit.document),
        score: isRanked ? Float(bitPattern: UInt32(truncatingIfNeeded: hit.key)) : 0)
    }
    var threadTotal: Int?
    if options.groupsThreads {
      hits = grouped(hits)
      threadTotal = hits.count
      hits = Array(hits.prefix(max(0, options.limit)))
    }
    return SearchResult(
      hits: hits, total: total, isTotalExact: isComplete, threadTotal: threadTotal, problems: problems,
      isComplete: isComplete)
  }

  /// The first hit of each thread, with the number of its further ones.
  private func grouped(_ hits: [SearchHit]) -> [SearchHit] {
    var places: [Int: Int] = [:]
    var kept: [SearchHit] = []
    for hit in hits {
      let thread = thread(of: hit.document).lowerBound
      if let place = places[thread] {
        kept[place].furtherInThread += 1
      } else {
        places[thread] = kept.count
        kept.append(hit)
      }
    }
    return kept
  }

  /// The documents of the thread a document belongs to.
  /// - Complexity: O(log threads + log segments).
  public func thread(of document: DocumentID) -> Range<Int> {
    var segment = 0
    var after = bases.count
    while after - segment > 1 {
      let middle = (segment + after) / 2
      if bases[middle] <= Int(document.rawValue) { segment = middle } else { after = middle }
    }
    let base = bases[segment]
    let row = document.rawValue - UInt32(base)
    return segments[segment].threadStarts.withSpan { starts in
      var low = 0
      var high = starts.count - 1
      guard high > 0, row < starts[high] else { return base + Int(row)..<base + Int(row) + 1 }
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= row { low = middle } else { high = middle }
      }
      return base + Int(starts[low])..<base + Int(starts[low + 1])
    }
  }

  /// Counts the documents that fit a query, telling between how many there are at least.
  ///
  /// - Parameters:
  ///   - query: as for `search`, like `texts`, `filters` and `options`, of which the limit, the order and
  ///     the way of counting do not matter.
  ///   - progress: told the count so far, about every millisecond; false ends the count.
  /// - Complexity: as for `search`.
  public func count(
    _ query: Query, texts: any DocumentTexts, filters: any QueryFilters = NoFilters(),
    options: SearchOptions, progress: (Int) -> Bool = { _ in true }, isCancelled: () -> Bool = { false }
  ) -> SearchCount {
    var counting = options
    counting.limit = 0
    counting.order = .reading
    counting.counting = .exact
    let result = find(query, texts: texts, filters: filters, options: counting, isCancelled: isCancelled)
    _ = progress(result.total)
    return SearchCount(
      total: result.total, threadTotal: result.threadTotal, isComplete: result.isComplete)
  }

  /// Finds the documents that fit a query, counting them all.
  public func search(
    _ query: Query, texts: any DocumentTexts, filters: any QueryFilters = NoFilters(), limit: Int,
    order: SearchOrder, restrictedTo: DocumentBitmap? = nil, excluding: DocumentBitmap? = nil,
    isCancelled: () -> Bool = { false }
  ) -> SearchResult {
    search(
      query, texts: texts, filters: filters,
      options: SearchOptions(
        limit: limit, order: order, restrictedTo: restrictedTo, excluding: excluding),
      isCancelled: isCancelled)
  }

  private func resolve(
    _ query: Query, _ filters: any QueryFilters, _ problems: inout [QueryProblem]
  ) -> [QueryFilter: DocumentBitmap] {
    var answers: [QueryFilter: DocumentBitmap] = [:]
    for (filter, range) in query.root.placedFilters where answers[filter] == nil {
      answers[filter] = filters.bitmap(for: filter)
      if answers[filter] == nil {
        let text = String(decoding: query.source[range], as: UTF8.self)
        problems.append(QueryProblem(kind: .unknownFilter(text), range: range))
      }
    }
    return answers
  }
}

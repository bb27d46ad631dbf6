public import Bytes

extension SearchIndex {
  /// Finds the documents that fit a query.
  ///
  /// - Parameters:
  ///   - query: what is looked for; an empty one finds nothing, one of only negations all the others.
  ///   - texts: where phrases and signs are checked; asked only about documents that hold their words.
  ///   - filters: answers `is:`, `tag:` and the like; a filter without an answer is a problem of the
  ///     result and lets everything through.
  ///   - limit: how many hits to keep; `total` counts them all.
  ///   - order: the order of the hits. Only `.ranked` computes scores.
  ///   - restrictedTo: only these documents, if given.
  ///   - excluding: not these, if given; for documents that are no longer there.
  ///   - dates: for `.newestFirst`, one number a document, the higher the newer; `Int64.min` for undated.
  ///   - isCancelled: asked about every 4096 documents; true ends the search with what it has.
  /// - Complexity: linear in the postings of the query's words, plus one analysis of each text that is
  ///   checked.
  public func search(
    _ query: Query, texts: any DocumentTexts, filters: any QueryFilters = NoFilters(), limit: Int,
    order: SearchOrder, restrictedTo: DocumentBitmap? = nil, excluding: DocumentBitmap? = nil,
    dates: Column<Int64>? = nil, isCancelled: () -> Bool = { false }
  ) -> SearchResult {
    var problems = query.problems
    let answers = resolve(query, filters, &problems)
    var top = TopHits(limit: limit)
    var last = LastHits(limit: limit)
    var total = 0
    var isComplete = true
    let isRanked = order == .ranked && query.hasWords
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
        let isAny = scan.match(window: window, restrictedTo: restrictedTo, excluding: excluding)
        if let refused = scan.refused {
          problems.append(QueryProblem(kind: .slowExpression, range: refused.range))
          return SearchResult(hits: [], total: 0, problems: problems, isComplete: true)
        }
        guard isAny else { continue }
        total += scan.count
        if isRanked { scan.score() }
        scan.forEachMatch { document, score in
          switch order {
          case .ranked: top.offer(key: TopHits.key(score), document: document)
          case .reading: top.offer(key: 0, document: document)
          case .newestFirst:
            if let dates {
              let place = Int(document)
              top.offer(key: TopHits.key(place < dates.count ? dates[place] : .min), document: document)
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
    return SearchResult(hits: hits, total: total, problems: problems, isComplete: isComplete)
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

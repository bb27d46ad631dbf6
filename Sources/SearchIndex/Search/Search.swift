internal import Bytes

extension SearchIndex {
  /// Finds the documents that fit a query.
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
  public func search(
    _ query: Query, texts: any DocumentTexts, filters: any QueryFilters = NoFilters(),
    options: SearchOptions, isCancelled: () -> Bool = { false }
  ) -> SearchResult {
    var problems = query.problems
    let answers = resolve(query, filters, &problems)
    return withoutActuallyEscaping(isCancelled) { isCancelled in
      let run = SearchRun(
        query, index: self, texts: texts, answers: answers, options: options, isCancelled: isCancelled)
      var result = run.result(problems: problems)
      if let refused = run.refused {
        problems.append(QueryProblem(kind: .slowExpression, range: refused.range))
        result = SearchResult(
          hits: [], total: 0, isTotalExact: true, threadTotal: nil, problems: problems, isComplete: true)
      }
      return result
    }
  }

  /// The segment that holds a document.
  func segment(of document: DocumentID) -> Int {
    var segment = 0
    var after = bases.count
    while after - segment > 1 {
      let middle = (segment + after) / 2
      if bases[middle] <= Int(document.rawValue) { segment = middle } else { after = middle }
    }
    return segment
  }

  /// The documents of the thread a document belongs to.
  /// - Complexity: O(log threads + log segments).
  public func thread(of document: DocumentID) -> Range<Int> {
    let segment = segment(of: document)
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
    var problems = query.problems
    let answers = resolve(query, filters, &problems)
    return withoutActuallyEscaping(isCancelled) { isCancelled in
      let run = SearchRun(
        query, index: self, texts: texts, answers: answers, options: options, isCancelled: isCancelled)
      return run.count(progress: progress)
    }
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

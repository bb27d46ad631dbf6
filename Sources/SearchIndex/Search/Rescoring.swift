extension SearchIndex {
  /// Finds the documents that fit a query.
  ///
  /// Ranked, the documents that hold every word as written come before those that only stems found, each
  /// by their score; of the best `Ranking.proximityDepth` the texts are read, and words that stand near one
  /// another add to the score.
  ///
  /// - Parameters:
  ///   - query: what is looked for; an empty one finds nothing, one of only negations all the others.
  ///   - texts: where phrases, signs and expressions are checked; asked only about documents that hold
  ///     their words.
  ///   - filters: answers `is:`, `tag:` and the like; a filter without an answer is a problem of the
  ///     result and lets everything through.
  ///   - options: how many hits, in which order, counted how. Only `.ranked` computes scores.
  ///   - isCancelled: asked again and again; true ends the search with what it has.
  /// - Complexity: linear in the postings of the query's words, plus one analysis of each text that is
  ///   checked. Ranked, a query with stems is answered twice, with them and without.
  public func search(
    _ query: Query, texts: any DocumentTexts, filters: any QueryFilters = NoFilters(),
    options: SearchOptions, isCancelled: () -> Bool = { false }
  ) -> SearchResult {
    guard options.order == .ranked, query.hasWords, options.limit > 0 else {
      return find(query, texts: texts, filters: filters, options: options, isCancelled: isCancelled)
    }
    let exact = query.exact
    let nearExact = Proximity(exact) { rarity(of: $0) }
    var deeper = options
    // Without two words there is nothing to be near.
    if nearExact != nil { deeper.limit = max(options.limit, Ranking.proximityDepth) }
    var result = find(exact, texts: texts, filters: filters, options: deeper, isCancelled: isCancelled)
    var exactCount = result.hits.count
    if query.exactRoot != nil, result.isComplete {
      let asWritten = result.hits
      result = find(query, texts: texts, filters: filters, options: deeper, isCancelled: isCancelled)
      let known = Set(asWritten.map { leader($0.document, options) })
      let others = result.hits.filter { !known.contains(leader($0.document, options)) }
      exactCount = asWritten.count
      result.hits = asWritten + (asWritten.count < deeper.limit ? others : [])
      if options.groupsThreads {
        countFurther(&result.hits, exactCount, query, texts, filters, options, isCancelled)
      }
    }
    if var near = nearExact {
      rescore(
        &result.hits, 0..<min(exactCount, Ranking.proximityDepth), limit: options.limit, &near, texts)
      if exactCount < Ranking.proximityDepth, var near = Proximity(query, rarity: { rarity(of: $0) }) {
        rescore(
          &result.hits, exactCount..<min(result.hits.count, Ranking.proximityDepth), limit: options.limit,
          &near, texts)
      }
    }
    result.hits = Array(result.hits.prefix(options.limit))
    return result
  }

  /// What stands for a hit among others: its thread, where only one hit of a thread is kept.
  private func leader(_ document: DocumentID, _ options: SearchOptions) -> Int {
    options.groupsThreads ? thread(of: document).lowerBound : Int(document.rawValue)
  }

  /// Counts the further documents of the threads of hits that were found by the words as written, with
  /// those that stems find.
  private func countFurther(
    _ hits: inout [SearchHit], _ count: Int, _ query: Query, _ texts: any DocumentTexts,
    _ filters: any QueryFilters, _ options: SearchOptions, _ isCancelled: () -> Bool
  ) {
    guard count > 0 else { return }
    var scope = DocumentBitmap(capacity: documentCount)
    for hit in hits[..<count] {
      let thread = thread(of: hit.document)
      scope.insert(UInt32(thread.lowerBound)..<UInt32(thread.upperBound))
    }
    if let own = options.restrictedTo { scope.formIntersection(own) }
    var narrow = options
    narrow.restrictedTo = scope
    narrow.limit = count
    let found = find(query, texts: texts, filters: filters, options: narrow, isCancelled: isCancelled)
    var further: [Int: Int] = [:]
    for hit in found.hits { further[leader(hit.document, options)] = hit.furtherInThread }
    for place in 0..<count {
      hits[place].furtherInThread = further[leader(hits[place].document, options)] ?? 0
    }
  }

  /// Adds to the scores of some hits what the nearness of words does, and puts these in order again, as far
  /// as they may be among the first `limit`.
  private func rescore(
    _ hits: inout [SearchHit], _ range: Range<Int>, limit: Int, _ near: inout Proximity,
    _ texts: any DocumentTexts
  ) {
    // Hits come the best first: once enough stand higher than any other can come, no more texts are read.
    var best = TopHits(limit: limit)
    for place in range {
      if let worst = best.worst, hits[place].score + near.highest < Float(bitPattern: UInt32(worst.key)) {
        break
      }
      hits[place].score += texts.withText(of: hits[place].document, field: .body) { near.score(of: $0) }
      // The bits of numbers from 0 up order as these do.
      best.offer(key: UInt64(hits[place].score.bitPattern), document: 0)
    }
    hits[range].sort { left, right in
      left.score != right.score ? left.score > right.score : left.document < right.document
    }
  }
}

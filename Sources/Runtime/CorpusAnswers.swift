import Discussion
public import Reader
public import SearchIndex

/// Answers to the reader's questions.
extension Corpus {
  /// Entries up to which a question is answered in full at once: one window of the index.
  static let answeredAtOnce = 4096
  /// Hits that the first answer to a question is made of.
  static let firstHits = 128
  /// Words whose number of entries is told.
  static let countedWords = 8

  /// Whether a request may be answered in full as fast as in part.
  func isAnsweredAtOnce(_ request: SearchRequest) -> Bool {
    if case .discussion = request.scope { return true }
    return index.documentCount <= Corpus.answeredAtOnce
  }

  /// The newest hits, as many as a screen or two show; they are not counted. Nil when a newer question came.
  public func newestHits(
    _ request: SearchRequest, snapshot: MarkSnapshot, stemming: Stemming? = nil,
    isCancelled: @Sendable () -> Bool
  ) -> SearchAnswer? {
    let start = ContinuousClock.now
    let query = Query.parse(request.text, typing: request.isTyping, stemming: stemming)
    let result = index.search(
      query, texts: CorpusTexts(corpus: self), filters: CorpusFilters(corpus: self, snapshot: snapshot),
      options: SearchOptions(
        limit: Corpus.firstHits, order: .newestFirst, counting: .atLeast, excluding: deadDocuments),
      isCancelled: isCancelled)
    guard result.isComplete else { return nil }
    let groups = grouped(result.hits)
    let isAll = result.isTotalExact && result.hits.count == result.total
    return answer(
      request, query, .newestFirst, isSettled: false, groups: groups,
      total: HitCount(result.total, isExact: result.isTotalExact),
      threads: HitCount(groups.count, isExact: isAll), problems: result.problems, from: start)
  }

  /// Counts the hits. Nil when a newer question came.
  /// - Parameter progress: told now and then how many there are at least.
  public func countHits(
    _ request: SearchRequest, snapshot: MarkSnapshot, stemming: Stemming? = nil,
    progress: (HitCount) -> Void = { _ in }, isCancelled: @Sendable () -> Bool
  ) -> HitCount? {
    let count = index.count(
      .parse(request.text, typing: request.isTyping, stemming: stemming), texts: CorpusTexts(corpus: self),
      filters: CorpusFilters(corpus: self, snapshot: snapshot),
      options: SearchOptions(limit: 0, order: .reading, excluding: deadDocuments),
      progress: {
        progress(HitCount($0, isExact: false))
        return !isCancelled()
      }, isCancelled: isCancelled)
    return count.isComplete ? HitCount(count.total) : nil
  }

  /// All hits by thread in the order asked for: as many threads as asked for, and the hits of the first of
  /// them. Nil when a newer question came.
  public func answer(
    _ request: SearchRequest, snapshot: MarkSnapshot, stemming: Stemming? = nil,
    isCancelled: @Sendable () -> Bool
  ) -> SearchAnswer? {
    let start = ContinuousClock.now
    let query = Query.parse(request.text, typing: request.isTyping, stemming: stemming)
    var scope: DocumentBitmap?
    if case .discussion(let discussion) = request.scope { scope = documents(ofDiscussion: discussion) }
    let result = index.search(
      query, texts: CorpusTexts(corpus: self), filters: CorpusFilters(corpus: self, snapshot: snapshot),
      options: SearchOptions(
        limit: max(1, request.threadLimit), order: request.order == .ranked ? .ranked : .newestFirst,
        groupsThreads: true, restrictedTo: scope, excluding: deadDocuments),
      isCancelled: isCancelled)
    guard result.isComplete else { return nil }
    var groups = grouped(result.hits)
    guard fill(&groups, query, snapshot, fillsFirst: scope != nil, isCancelled) else { return nil }
    return answer(
      request, query, request.order, isSettled: true, groups: groups,
      total: HitCount(result.total, isExact: result.isTotalExact),
      threads: HitCount(result.threadTotal ?? groups.count, isExact: result.isTotalExact),
      problems: result.problems, from: start)
  }

  /// Puts the hits of the first threads into them, as far as their matches are counted beforehand.
  /// - Parameter fillsFirst: whether the first thread gets its hits however many they are.
  /// - Returns: false when a newer question came.
  private func fill(
    _ groups: inout [HitGroup], _ query: Query, _ snapshot: MarkSnapshot, fillsFirst: Bool,
    _ isCancelled: () -> Bool
  ) -> Bool {
    var wanted = 0
    var sum = 0
    var threads = DocumentBitmap(capacity: index.documentCount)
    while wanted < groups.count {
      sum += groups[wanted].count
      guard sum <= SearchAnswer.countedHits || (wanted == 0 && fillsFirst) else { break }
      threads.insert(documents(of: library.entries(of: groups[wanted].discussion)))
      wanted += 1
    }
    guard wanted > 0 else { return true }
    guard let hits = hits(of: query, in: threads, snapshot, isCancelled) else { return false }
    var byThread: [DiscussionID: [FoundEntry]] = [:]
    for hit in hits { byThread[library.discussion(of: hit.entry), default: []].append(hit) }
    for place in 0..<wanted {
      let group = groups[place]
      guard let hits = byThread[group.discussion] else { continue }
      groups[place] = HitGroup(
        discussion: group.discussion, best: group.best, count: hits.count, hits: hits)
    }
    return true
  }

  /// The hits among some documents in reading order, their matches counted if they are few. Nil when a
  /// newer question came.
  private func hits(
    of query: Query, in documents: DocumentBitmap, _ snapshot: MarkSnapshot, _ isCancelled: () -> Bool
  ) -> [FoundEntry]? {
    let result = index.search(
      query, texts: CorpusTexts(corpus: self), filters: CorpusFilters(corpus: self, snapshot: snapshot),
      limit: .max, order: .reading, restrictedTo: documents, excluding: deadDocuments,
      isCancelled: isCancelled)
    guard result.isComplete else { return nil }
    let isCounted = result.hits.count <= SearchAnswer.countedHits
    var hits: [FoundEntry] = []
    hits.reserveCapacity(result.hits.count)
    for hit in result.hits {
      if isCancelled() { return nil }
      let entry = entry(of: hit.document)
      let count = isCounted ? max(1, query.matches(in: entry, of: library).count) : 0
      hits.append(FoundEntry(entry: entry, matchCount: count))
    }
    return hits
  }

  /// The hits of one thread in reading order. Nil when a newer question came.
  public func threadHits(
    _ request: ThreadHitsRequest, snapshot: MarkSnapshot, isCancelled: @Sendable () -> Bool
  ) -> ThreadHits? {
    let documents = documents(ofDiscussion: request.discussion)
    return hits(of: request.query, in: documents, snapshot, isCancelled).map {
      ThreadHits(
        ticket: request.ticket, generation: library.generation, discussion: request.discussion, hits: $0)
    }
  }

  /// Hits by thread, the thread of the first hit first.
  private func grouped(_ hits: [SearchHit]) -> [HitGroup] {
    var groups: [HitGroup] = []
    var places: [DiscussionID: Int] = [:]
    for hit in hits {
      let entry = entry(of: hit.document)
      let discussion = library.discussion(of: entry)
      if let place = places[discussion] {
        groups[place].count += 1
      } else {
        places[discussion] = groups.count
        groups.append(HitGroup(discussion: discussion, best: entry, count: 1 + hit.furtherInThread))
      }
    }
    return groups
  }

  private func answer(
    _ request: SearchRequest, _ query: Query, _ order: HitOrder, isSettled: Bool, groups: [HitGroup],
    total: HitCount, threads: HitCount, problems: [QueryProblem], from start: ContinuousClock.Instant
  ) -> SearchAnswer {
    let suggestion =
      groups.isEmpty ? self.suggestion(for: request.text, query, isTyping: request.isTyping) : nil
    let time = (ContinuousClock.now - start).components
    return SearchAnswer(
      ticket: request.ticket, generation: library.generation, query: query, order: order,
      isSettled: isSettled || (groups.isEmpty && total.isExact), groups: groups, total: total,
      threads: threads, terms: termCounts(of: query, request, countsPrefix: isSettled),
      problems: Corpus.sentences(problems),
      suggestion: suggestion?.word, suggestedText: suggestion?.text,
      microseconds: Int(time.seconds) * 1_000_000 + Int(time.attoseconds / 1_000_000_000_000))
  }

  /// In how many entries each of the first words of a query stands, if there are several.
  /// - Parameter countsPrefix: whether the word that may still grow is counted as well; that is a search.
  private func termCounts(of query: Query, _ request: SearchRequest, countsPrefix: Bool) -> [TermCount] {
    let whole = query.words
    let typed = request.isTyping ? Query.parse(request.text).words : whole
    var seen: Set<[UInt8]> = []
    let words = typed.filter { seen.insert($0).inserted }.prefix(Corpus.countedWords)
    guard words.count > 1 else { return [] }
    return words.compactMap { word in
      let text = String(decoding: word, as: UTF8.self)
      if whole.contains(word) { return TermCount(word: text, count: index.frequency(of: word)) }
      guard countsPrefix else { return nil }
      let count = index.count(
        .parse(text, typing: true), texts: CorpusTexts(corpus: self),
        options: SearchOptions(limit: 0, order: .reading))
      return TermCount(word: text + "*", count: count.total)
    }
  }
}

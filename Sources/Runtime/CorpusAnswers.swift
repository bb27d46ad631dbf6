import Discussion
public import Reader
import SearchIndex

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
    _ request: SearchRequest, snapshot: MarkSnapshot, isCancelled: @Sendable () -> Bool
  ) -> SearchAnswer? {
    let start = ContinuousClock.now
    let query = Query.parse(request.text, typing: request.isTyping)
    let result = index.search(
      query, texts: CorpusTexts(corpus: self), filters: CorpusFilters(corpus: self, snapshot: snapshot),
      limit: Corpus.firstHits, order: .newestFirst, excluding: deadDocuments, isCancelled: isCancelled)
    guard result.isComplete else { return nil }
    let isAll = result.hits.count < Corpus.firstHits
    let groups = grouped(result.hits.map { entry(of: $0.document) })
    return answer(
      request, query, .newestFirst, isSettled: false, groups: groups,
      total: HitCount(result.hits.count, isExact: isAll), threads: HitCount(groups.count, isExact: isAll),
      problems: result.problems, from: start)
  }

  /// The number of hits. Nil when a newer question came.
  public func countHits(
    _ request: SearchRequest, snapshot: MarkSnapshot, isCancelled: @Sendable () -> Bool
  ) -> HitCount? {
    let result = index.search(
      .parse(request.text, typing: request.isTyping), texts: CorpusTexts(corpus: self),
      filters: CorpusFilters(corpus: self, snapshot: snapshot), limit: 0, order: .reading,
      excluding: deadDocuments, isCancelled: isCancelled)
    return result.isComplete ? HitCount(result.total) : nil
  }

  /// All hits by thread in the order asked for: as many threads as asked for, and the hits of the first of
  /// them. Nil when a newer question came.
  public func answer(
    _ request: SearchRequest, snapshot: MarkSnapshot, isCancelled: @Sendable () -> Bool
  ) -> SearchAnswer? {
    let start = ContinuousClock.now
    let query = Query.parse(request.text, typing: request.isTyping)
    var scope: DocumentBitmap?
    if case .discussion(let discussion) = request.scope { scope = documents(ofDiscussion: discussion) }
    let result = index.search(
      query, texts: CorpusTexts(corpus: self), filters: CorpusFilters(corpus: self, snapshot: snapshot),
      limit: .max, order: request.order == .ranked ? .ranked : .newestFirst, restrictedTo: scope,
      excluding: deadDocuments, isCancelled: isCancelled)
    guard result.isComplete else { return nil }
    let all = grouped(result.hits.map { entry(of: $0.document) })
    var groups = Array(all.prefix(max(1, request.threadLimit)))
    var left = SearchAnswer.countedHits
    for place in groups.indices {
      if isCancelled() { return nil }
      left -= groups[place].count
      if left < 0, scope == nil { break }
      groups[place] = filled(groups[place], query, snapshot)
    }
    return answer(
      request, query, request.order, isSettled: true, groups: groups, total: HitCount(result.total),
      threads: HitCount(all.count), problems: result.problems, from: start)
  }

  /// The hits of one thread in reading order. Nil when a newer question came.
  public func threadHits(
    _ request: ThreadHitsRequest, snapshot: MarkSnapshot, isCancelled: @Sendable () -> Bool
  ) -> ThreadHits? {
    let result = index.search(
      request.query, texts: CorpusTexts(corpus: self),
      filters: CorpusFilters(corpus: self, snapshot: snapshot), limit: .max, order: .reading,
      restrictedTo: documents(ofDiscussion: request.discussion), excluding: deadDocuments,
      isCancelled: isCancelled)
    guard result.isComplete else { return nil }
    let isCounted = result.hits.count <= SearchAnswer.countedHits
    return ThreadHits(
      ticket: request.ticket, generation: library.generation, discussion: request.discussion,
      hits: result.hits.map { hit in
        let entry = entry(of: hit.document)
        let count = isCounted ? max(1, request.query.matches(in: entry, of: library).count) : 0
        return FoundEntry(entry: entry, matchCount: count)
      })
  }

  private func filled(_ group: HitGroup, _ query: Query, _ snapshot: MarkSnapshot) -> HitGroup {
    let request = ThreadHitsRequest(ticket: 0, query: query, discussion: group.discussion)
    guard let hits = threadHits(request, snapshot: snapshot, isCancelled: { false })?.hits, !hits.isEmpty
    else { return group }
    return HitGroup(discussion: group.discussion, best: group.best, count: hits.count, hits: hits)
  }

  /// Hits by thread, the thread of the first hit first.
  private func grouped(_ entries: [EntryID]) -> [HitGroup] {
    var groups: [HitGroup] = []
    var places: [DiscussionID: Int] = [:]
    for entry in entries {
      let discussion = library.discussion(of: entry)
      if let place = places[discussion] {
        groups[place].count += 1
      } else {
        places[discussion] = groups.count
        groups.append(HitGroup(discussion: discussion, best: entry, count: 1))
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
      threads: threads, terms: termCounts(of: query), problems: Corpus.sentences(problems),
      suggestion: suggestion?.word, suggestedText: suggestion?.text,
      microseconds: Int(time.seconds) * 1_000_000 + Int(time.attoseconds / 1_000_000_000_000))
  }

  /// In how many entries each of the first words of a query stands.
  private func termCounts(of query: Query) -> [TermCount] {
    var seen: Set<[UInt8]> = []
    let words = query.words.filter { seen.insert($0).inserted }
    guard words.count > 1 else { return [] }
    return words.prefix(Corpus.countedWords).map { word in
      let text = String(decoding: word, as: UTF8.self)
      let found = index.search(.parse(text), texts: CorpusTexts(corpus: self), limit: 0, order: .reading)
      return TermCount(word: text, count: found.total)
    }
  }
}

public import Discussion
public import Reader
public import SearchIndex

/// What a search over a corpus found.
public struct CorpusFindings: Sendable {
  /// The query as it was understood.
  public var query: Query
  /// One found entry with its score.
  public struct Finding: Hashable, Sendable {
    /// The entry.
    public var entry: EntryID
    /// How well it fits.
    public var score: Float
  }
  /// Found entries, the best first.
  public var ranked: [Finding]
  /// What is odd about the query, one sentence each.
  public var problems: [String]
  /// The nearest words of the dictionary when nothing was found.
  public var suggestion: String?
  /// False when a newer question interrupted the search.
  public var isComplete: Bool
}

extension Corpus {
  /// Searches the live entries.
  /// - Parameters:
  ///   - isTyping: whether the last word may still grow.
  ///   - discussion: look through this discussion alone.
  public func search(
    _ text: String, isTyping: Bool, in discussion: DiscussionID? = nil,
    snapshot: MarkSnapshot = MarkSnapshot(), isCancelled: @Sendable () -> Bool = { false }
  ) -> CorpusFindings {
    let query = Query.parse(text, typing: isTyping)
    var scope: DocumentBitmap
    if let discussion {
      scope = DocumentBitmap(capacity: index.documentCount)
      scope.insert(documents(of: library.entries(of: discussion)))
    } else {
      scope = liveDocuments()
    }
    let result = index.search(
      query, texts: CorpusTexts(corpus: self),
      filters: CorpusFilters(corpus: self, snapshot: snapshot), limit: .max, order: .ranked,
      restrictedTo: scope, isCancelled: isCancelled)
    var suggestion: String?
    if result.total == 0 {
      // The word being typed may be misspelt as well.
      let words = isTyping ? Query.parse(text, typing: false).words : query.words
      for word in words where word.count > 2 {
        if let near = index.suggestion(for: word), near != word {
          suggestion = String(decoding: near, as: UTF8.self)
          break
        }
      }
    }
    var problems: [String] = []
    for problem in result.problems where !problems.contains(problem.message) {
      problems.append(problem.message)
    }
    return CorpusFindings(
      query: query,
      ranked: result.hits.map { CorpusFindings.Finding(entry: entry(of: $0.document), score: $0.score) },
      problems: problems, suggestion: suggestion, isComplete: result.isComplete)
  }

  /// Answers a reader: hits discussion by discussion, the best discussion first, in reading order
  /// within, each with the number of matches that `n` stops at. Nil when a newer question came.
  public func answer(
    _ request: SearchRequest, snapshot: MarkSnapshot, isCancelled: @Sendable () -> Bool
  ) -> SearchAnswer? {
    let clock = ContinuousClock()
    let start = clock.now
    var scope: DiscussionID?
    if case .discussion(let discussion) = request.scope { scope = discussion }
    let findings = search(
      request.text, isTyping: request.isTyping, in: scope, snapshot: snapshot, isCancelled: isCancelled)
    guard findings.isComplete else { return nil }
    var rank: [DiscussionID: Int] = [:]
    for (place, finding) in findings.ranked.enumerated() {
      let discussion = library.discussion(of: finding.entry)
      if rank[discussion] == nil { rank[discussion] = place }
    }
    let ordered = findings.ranked.map { finding in
      (entry: finding.entry, rank: rank[library.discussion(of: finding.entry)] ?? .max)
    }.sorted { ($0.rank, $0.entry) < ($1.rank, $1.entry) }
    var found: [FoundEntry] = []
    found.reserveCapacity(ordered.count)
    for (place, hit) in ordered.enumerated() {
      if place % 256 == 0, isCancelled() { return nil }
      found.append(
        FoundEntry(entry: hit.entry, matchCount: findings.query.matches(in: hit.entry, of: library).count))
    }
    let time = clock.now - start
    return SearchAnswer(
      ticket: request.ticket, generation: library.generation, query: findings.query, found: found,
      total: found.count, problems: findings.problems,
      suggestion: findings.suggestion,
      microseconds: Int(time.components.seconds) * 1_000_000
        + Int(time.components.attoseconds / 1_000_000_000_000))
  }
}

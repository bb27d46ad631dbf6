import SearchIndex

/// What was checked of the answers.
struct Verification: Codable {
  /// Checks a class: how many, and how many went wrong.
  struct Tally: Codable {
    var checked = 0
    var wrong = 0
    /// The first thing that was wrong.
    var example: String?

    mutating func note(_ isRight: Bool, _ text: @autoclosure () -> String) {
      checked += 1
      if isRight { return }
      wrong += 1
      if example == nil { example = text() }
    }
  }

  /// Exact counts against the brute-force pass over the whole corpus, by class.
  var counts: [String: Tally] = [:]
  /// The newest ten against the same.
  var newest: [String: Tally] = [:]
  /// All hits of needles against where they were planted, by kind.
  var needles: [String: Tally] = [:]
  /// All hits against the linear scan, on a part of the corpus, by class.
  var scan: [String: Tally] = [:]
  /// The ten best against the scores of the linear scan there.
  var ranked: [String: Tally] = [:]
  /// Counts that a peer shares with Lectern, by engine and class.
  var peers: [String: [String: Tally]] = [:]

  var wrongCount: Int {
    [counts, newest, needles, scan, ranked].reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.wrong } }
  }

  /// - Complexity: one pass over the corpus.
  mutating func checkAgainstBruteForce(_ queries: [BenchQuery], _ lectern: LecternRun) {
    let truth = BruteForce.answers(queries, in: lectern.corpus)
    for kind in QueryClass.allCases {
      let places = queries.indices.filter { queries[$0].kind == kind }
      for (place, count) in zip(places, lectern.run.latencies(kind, .count)?.counts ?? []) {
        counts[kind.rawValue, default: Tally()].note(
          truth[place].count == count, "\(queries[place].words): \(count), not \(truth[place].count)")
      }
      for place in places.prefix(100) {
        let found = lectern.search(queries[place], .first).hits.map { Int($0.document.rawValue) }
        newest[kind.rawValue, default: Tally()].note(
          found == truth[place].newest.map(\.document),
          "\(queries[place].words): \(found), not \(truth[place].newest.map(\.document))")
      }
    }
    for needle in lectern.corpus.needles {
      let found = lectern.all(needle.query)
      needles[needle.kind, default: Tally()].note(
        found == needle.documents, "\(needle.query): \(found.count), not \(needle.documents.count)")
    }
  }

  /// - Complexity: linear in the words of the part, for each query.
  mutating func checkAgainstLinearScan(_ queries: [BenchQuery], _ part: LecternRun, perClass: Int) {
    let scan = LinearScan(texts: CorpusTexts(corpus: part.corpus), documentCount: part.corpus.documentCount)
    for kind in QueryClass.allCases {
      let ofKind = queries.filter { $0.kind == kind }
      for query in stride(from: 0, to: ofKind.count, by: max(1, ofKind.count / perClass)).map({ ofKind[$0] })
      {
        let (text, isTyping) = query.lectern
        let parsed = Query.parse(text, typing: isTyping)
        let truth = scan.matches(parsed).map { Int($0.rawValue) }
        let found = part.all(text, isTyping: isTyping)
        self.scan[kind.rawValue, default: Tally()].note(
          found == truth, "\(text): \(found.count), not \(truth.count)")
      }
    }
  }

  /// - Complexity: quadratic in the part: the linear scan looks for a word's rarity anew in each text.
  mutating func checkRanking(_ queries: [BenchQuery], _ part: LecternRun, perClass: Int) {
    let scan = LinearScan(texts: CorpusTexts(corpus: part.corpus), documentCount: part.corpus.documentCount)
    for kind in QueryClass.allCases {
      let ofKind = queries.filter { $0.kind == kind && (1...40).contains(part.search($0, .count).total) }
      for query in ofKind.prefix(perClass) {
        let (text, isTyping) = query.lectern
        let truth = scan.scores(Query.parse(text, typing: isTyping))
        let scores = Dictionary(uniqueKeysWithValues: truth.map { ($0.document, $0.score) })
        let best = truth.map(\.score).sorted(by: >).prefix(10)
        let hits = part.search(query, .ranked).hits
        // An impact is stored in 255 steps: scores differ by one in a hundred at most, or by half a step.
        let edge = (best.last ?? 0) * 0.98 - 0.03
        ranked[kind.rawValue, default: Tally()].note(
          hits.count == best.count && hits.allSatisfy { (scores[$0.document] ?? -1) >= edge },
          "\(text): \(hits.map { scores[$0.document] ?? -1 }), not \(Array(best))")
      }
    }
  }

  /// Compares what a peer counted with what Lectern counted on the same documents.
  mutating func compare(_ peer: EngineRun, _ lectern: EngineRun) {
    for kind in QueryClass.allCases {
      guard let theirs = peer.latencies(kind, .count)?.counts,
        let ours = lectern.latencies(kind, .count)?.counts
      else { continue }
      for (place, (left, right)) in zip(theirs, ours).enumerated() {
        peers[peer.engine, default: [:]][kind.rawValue, default: Tally()].note(
          left == right, "query \(place): \(left) there, \(right) here")
      }
    }
  }
}

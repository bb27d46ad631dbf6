internal import Bytes

/// How the score of a document came about.
public struct Explanation: Equatable, Sendable {
  /// What a word of the query added in one field.
  public struct Share: Equatable, Sendable {
    /// The word as analysis reads it.
    public var word: [UInt8]
    /// Whether the share is that of the word itself, or that of any word it is widened to.
    public var isWidened: Bool
    /// The field.
    public var field: Field
    /// In how many documents it stands, in the field where it is most frequent.
    public var frequency: Int
    /// What that makes it worth: ln(1 + (N - n + 0.5) / (n + 0.5)).
    public var rarity: Float
    /// `Ranking.weight(of:)`.
    public var weight: Float
    /// Repetitions in a text of this length, from 0 to `Ranking.k1` + 1; 1 if widened.
    public var saturation: Float
    /// The product of the three.
    public var score: Float { rarity * weight * saturation }
  }

  /// What two parts of the query added for being near one another in the body.
  public struct Nearness: Equatable, Sendable {
    /// The words of the two.
    public var words: [[UInt8]]
    /// Words from one to the other; 1 for neighbours.
    public var distance: Int
    /// What that added.
    public var score: Float
  }

  /// By word and field.
  public var shares: [Share]
  /// By pair.
  public var nearness: [Nearness]
  /// Whether every word stands there as written; those documents come first.
  public var isExact: Bool
  /// The score that the search gives.
  public var score: Float
  /// What the search rounds away: the score less all shares.
  public var rounding: Float
}

extension SearchIndex {
  /// Tells how the score of a document comes about; nil if it does not fit the query.
  /// - Complexity: that of a search among this one document, plus one lookup a word.
  public func explain(
    _ query: Query, document: DocumentID, texts: any DocumentTexts, filters: any QueryFilters = NoFilters()
  ) -> Explanation? {
    var only = DocumentBitmap(capacity: documentCount)
    only.insert(document)
    let options = SearchOptions(limit: 1, order: .ranked, restrictedTo: only)
    guard let hit = search(query, texts: texts, filters: filters, options: options).hits.first else {
      return nil
    }
    let isExact =
      query.exactRoot == nil
      || !find(query.exact, texts: texts, filters: filters, options: options, isCancelled: { false }).hits
        .isEmpty
    let meant = isExact ? query.exact : query
    var explainer = Explainer(index: self, document: document, texts: texts, filters: filters)
    explainer.add(meant.root)
    var nearness: [Explanation.Nearness] = []
    if var near = Proximity(meant, rarity: { rarity(of: $0) }) {
      let pairs = texts.withText(of: document, field: .body) { near.pairs(in: $0) }
      nearness = pairs.map { pair in
        Explanation.Nearness(
          words: near.patterns[pair.first...pair.first + 1].flatMap { $0.words.map(\.bytes) },
          distance: pair.distance, score: pair.score)
      }
    }
    let sum = explainer.shares.reduce(0) { $0 + $1.score } + nearness.reduce(0) { $0 + $1.score }
    return Explanation(
      shares: explainer.shares, nearness: nearness, isExact: isExact, score: hit.score,
      rounding: hit.score - sum)
  }

  /// How rare a word is among all documents, in the field where it is most frequent. For a word that
  /// stands for several terms their documents are added up, common ones counted again.
  func rarity(of word: PatternWord) -> Float {
    Ranking.rarity(frequency: frequency(of: word), documents: documentCount)
  }

  private func frequency(of word: PatternWord) -> Int {
    Field.allCases.map { field in
      segments.reduce(0) { sum, segment in
        sum + segment.field(field).termRanks(of: word, upTo: .max).postings
      }
    }.max() ?? 0
  }

  /// The words of a query that are looked for as they stand, with the number of documents that hold each,
  /// as written and in any field: for showing `fund 12 · office 3`. A word is named once.
  /// - Complexity: O(log terms) for each word, segment and field.
  public func frequencies(of query: Query) -> [(word: [UInt8], documents: Int)] {
    var seen: Set<[UInt8]> = []
    return query.words.filter { seen.insert($0).inserted }.map { ($0, frequency(of: $0)) }
  }
}

/// Walks a query for one document and collects what its words add.
private struct Explainer {
  let index: SearchIndex
  let document: DocumentID
  let texts: any DocumentTexts
  let filters: any QueryFilters
  private(set) var shares: [Explanation.Share] = []

  init(index: SearchIndex, document: DocumentID, texts: any DocumentTexts, filters: any QueryFilters) {
    self.index = index
    self.document = document
    self.texts = texts
    self.filters = filters
  }

  /// Adds the shares of the parts that fit.
  mutating func add(_ node: QueryNode) {
    switch node {
    case .nothing, .everything, .filter, .not, .regex: return
    case .and(let nodes): for node in nodes { add(node) }
    case .or(let nodes): for node in nodes where fits(node) { add(node) }
    case .pattern(let pattern): add([pattern], part: .pattern(pattern))
    case .near(let near): add(near.operands, part: .near(near))
    }
  }

  private func fits(_ node: QueryNode) -> Bool {
    var only = DocumentBitmap(capacity: index.documentCount)
    only.insert(document)
    let query = Query(source: [], problems: [], root: node, exactRoot: nil, shown: node.shown)
    let options = SearchOptions(limit: 1, order: .reading, restrictedTo: only)
    return index.find(query, texts: texts, filters: filters, options: options, isCancelled: { false }).total
      > 0
  }

  private mutating func add(_ patterns: [Pattern], part: QueryPart) {
    for field in Field.allCases where part.isSought(in: field) {
      if !isThere(part, field) { continue }
      for word in patterns.flatMap(\.words) { add(word, field) }
    }
  }

  private func isThere(_ part: QueryPart, _ field: Field) -> Bool {
    texts.withText(of: document, field: field) { text in
      switch part {
      case .pattern(let pattern):
        var matcher = PatternMatcher([pattern])
        return matcher.isMatch(text)
      case .near(let near):
        var matcher = NearMatcher(near)
        return matcher.isMatch(text)
      case .regex: return false
      }
    }
  }

  private mutating func add(_ word: PatternWord, _ field: Field) {
    guard let (segment, row) = index.place(of: document) else { return }
    let terms = index.segments[segment].field(field)
    let rarity = index.rarity(of: word)
    var share = Explanation.Share(
      word: word.bytes, isWidened: true, field: field, frequency: index.frequency(of: word.bytes),
      rarity: rarity, weight: Ranking.weight(of: field), saturation: 1)
    if word.match != .exact {
      let holds = terms.ranks(of: word).contains { terms.impact(ofTerm: $0, in: row) != nil }
      guard holds else { return }
      shares.append(share)
    }
    if let rank = terms.rank(of: word.bytes), let impact = terms.impact(ofTerm: rank, in: row) {
      share.isWidened = false
      share.saturation = Float(impact) * Ranking.impactStep
      shares.append(share)
    }
  }
}

extension SearchIndex {
  /// The segment a document is in, and its row there.
  fileprivate func place(of document: DocumentID) -> (segment: Int, row: UInt32)? {
    guard Int(document.rawValue) < documentCount else { return nil }
    var segment = 0
    while segment + 1 < segments.count, bases[segment + 1] <= Int(document.rawValue) { segment += 1 }
    return (segment, document.rawValue - UInt32(bases[segment]))
  }
}

extension FieldIndex {
  /// The stored impact of a term in a document of the segment; nil if it does not stand there.
  fileprivate func impact(ofTerm rank: Int, in row: UInt32) -> UInt8? {
    var found: UInt8?
    var cursor = PostingCursor(self, rank: rank)
    cursor.forEachPosting(in: self, from: row, to: row + 1) { _, impact in found = impact }
    return found
  }
}

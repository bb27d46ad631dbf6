internal import Bytes

/// A query made ready for one segment: its words looked up, its phrases with what checks them.
///
/// Nodes lie in an array, children before parents; each has 64 words of bits for the window in hand.
struct SegmentPlan {
  enum Kind {
    case nothing
    case everything
    /// Posting lists of one term, at most one a field.
    case term([Int])
    /// Documents that hold any of several terms, one set a field, and the lists of the word itself.
    case anyTerm([TermSet], exact: [Int])
    case filter(DocumentBitmap)
    /// What the child finds, if the text of a field shows it.
    case verified(child: Int, field: Field, matcher: Int)
    case and([Int])
    case or([Int])
    case not(Int)
  }

  /// The documents of a segment that hold any of several terms in a field.
  struct TermSet {
    let documents: DocumentBitmap
    /// What being in the set adds to a score.
    let weight: Float
  }

  /// A posting list and what one step of its impact adds to a score.
  struct Leaf {
    var cursor: PostingCursor
    let field: Field
    let weight: Float
  }

  var kinds: [Kind] = []
  var leaves: [Leaf] = []
  var matchers: [TextMatcher] = []
  /// The node of the whole query.
  private(set) var root = 0

  private let index: SearchIndex
  private let segment: IndexSegment
  private let filters: [QueryFilter: DocumentBitmap]
  private let isRanked: Bool

  /// - Parameter filters: the answers; filters without one let everything through.
  init(
    _ query: Query, index: SearchIndex, segment: IndexSegment, filters: [QueryFilter: DocumentBitmap],
    isRanked: Bool
  ) {
    self.index = index
    self.segment = segment
    self.filters = filters
    self.isRanked = isRanked
    root = add(query.root)
  }

  private mutating func add(_ kind: Kind) -> Int {
    kinds.append(kind)
    return kinds.count - 1
  }

  private mutating func add(_ node: QueryNode) -> Int {
    switch node {
    case .nothing: return add(Kind.nothing)
    case .everything: return add(Kind.everything)
    case .pattern(let pattern): return add(pattern)
    case .near(let near): return add(near.operands, verifiedBy: .near(NearMatcher(near)), field: near.field)
    case .regex(let expression): return add(expression)
    case .filter(let filter, _): return add(filters[filter].map { .filter($0) } ?? Kind.everything)
    case .not(.filter(let filter, _)) where filters[filter] == nil: return add(Kind.everything)
    case .not(let node):
      let child = add(node)
      return add(.not(child))
    case .and(let nodes):
      let children = nodes.map { add($0) }
      return add(.and(children.sorted { cost($0) < cost($1) }))
    case .or(let nodes):
      let children = nodes.map { add($0) }
      return add(.or(children))
    }
  }

  private mutating func add(_ pattern: Pattern) -> Int {
    guard pattern.needsText else {
      return add(pattern.words[0], in: pattern.field.map { [$0] } ?? Field.allCases)
    }
    return add([pattern], verifiedBy: .pattern(PatternMatcher([pattern])), field: pattern.field)
  }

  /// The documents that hold all words of some patterns in one field, and whose text there passes.
  private mutating func add(_ patterns: [Pattern], verifiedBy matcher: TextMatcher, field: Field?) -> Int {
    var choices: [Int] = []
    var number: Int?
    for field in field.map({ [$0] }) ?? Field.allCases {
      let words = patterns.flatMap(\.words).map { add($0, in: [field]) }
      if words.contains(where: { isNothing($0) }) { continue }
      let child = words.count == 1 ? words[0] : add(.and(words.sorted { cost($0) < cost($1) }))
      if number == nil {
        matchers.append(matcher)
        number = matchers.count - 1
      }
      choices.append(add(.verified(child: child, field: field, matcher: number ?? 0)))
    }
    if choices.isEmpty { return add(Kind.nothing) }
    return choices.count == 1 ? choices[0] : add(.or(choices))
  }

  /// The documents whose text shows an expression: of those that hold what it requires of a word, if that
  /// is rare, else of all.
  private mutating func add(_ expression: RegularExpression) -> Int {
    let terms = segment.field(expression.field)
    var child = Kind.everything
    if let ranks = terms.ranks(holding: expression.literal.ofAWord, atMost: segment.documentCount / 8) {
      child =
        ranks.isEmpty
        ? .nothing : .anyTerm([TermSet(documents: union(ranks, of: terms), weight: 0)], exact: [])
    }
    let candidates = add(child)
    if case .nothing = child { return candidates }
    matchers.append(.regex(RegexMatcher(expression)))
    return add(.verified(child: candidates, field: expression.field, matcher: matchers.count - 1))
  }

  private func isNothing(_ node: Int) -> Bool {
    if case .nothing = kinds[node] { return true }
    return false
  }

  /// An estimate of the documents a node finds, the checking of texts weighing heaviest.
  private func cost(_ node: Int) -> Int {
    switch kinds[node] {
    case .nothing: 0
    case .term(let lists): lists.reduce(0) { $0 + leaves[$1].cursor.frequency }
    case .anyTerm, .filter: segment.documentCount / 2
    case .everything, .not: segment.documentCount
    case .and(let children): children.map { cost($0) }.min() ?? 0
    case .or(let children): children.reduce(0) { $0 + cost($1) }
    case .verified: segment.documentCount + 1
    }
  }
}

// MARK: - Words

extension SegmentPlan {
  private mutating func add(_ word: PatternWord, in fields: [Field]) -> Int {
    let rarity = isRanked ? index.rarity(of: word) : 0
    var exact: [Int] = []
    var sets: [TermSet] = []
    for field in fields {
      let terms = segment.field(field)
      let weight = rarity * Ranking.weight(of: field)
      if word.match != .exact {
        let ranks = terms.ranks(of: word)
        if ranks.isEmpty { continue }
        sets.append(TermSet(documents: union(ranks, of: terms), weight: weight))
        if !isRanked { continue }
      }
      if let rank = terms.rank(of: word.bytes) {
        let step = weight * Ranking.impactStep
        leaves.append(Leaf(cursor: PostingCursor(terms, rank: rank), field: field, weight: step))
        exact.append(leaves.count - 1)
      }
    }
    if word.match == .exact { return add(exact.isEmpty ? Kind.nothing : .term(exact)) }
    return add(sets.isEmpty ? Kind.nothing : .anyTerm(sets, exact: exact))
  }

  private func union(_ ranks: [Int], of terms: FieldIndex) -> DocumentBitmap {
    var documents = DocumentBitmap(capacity: segment.documentCount)
    for rank in ranks {
      var cursor = PostingCursor(terms, rank: rank)
      cursor.forEachPosting(in: terms) { document, _ in documents.insert(DocumentID(rawValue: document)) }
    }
    return documents
  }
}

extension FieldIndex {
  /// The ranks of the terms a word stands for.
  func ranks(of word: PatternWord) -> [Int] {
    switch word.match {
    case .exact: return rank(of: word.bytes).map { [$0] } ?? []
    case .prefix: return Array(ranks(withPrefix: word.bytes))
    case .suffix: return ranks(withSuffix: word.bytes)
    case .stem(let stems): return ranks(of: stems, around: word.bytes)
    case .within(let distance):
      var ranks: [Int] = []
      forEachTerm(within: distance, of: word.bytes) { rank, _ in ranks.append(rank) }
      return ranks
    }
  }
}

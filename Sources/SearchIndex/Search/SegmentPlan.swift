internal import Bytes

/// One node of a query made ready for a segment.
struct PlanNode {
  enum Kind: UInt8 {
    case nothing
    case everything
    /// A posting list: `index` among the leaves.
    case leaf
    /// The documents of several terms united: `index` among the unions.
    case union
    /// A filter's answer: `index` among the filters.
    case filter
    /// What the child finds, if its text shows it: `index` among the checks.
    case check
    /// What the child finds, each scored `presence`.
    case presence
    case and
    case or
    case not
  }

  var kind: Kind
  var index = 0
  /// What a document of a `.presence` node scores.
  var presence: UInt16 = 0
  /// Its children in `SegmentPlan.children`.
  var firstChild = 0
  var childCount = 0
  /// About how many documents it finds at most.
  var cost = 0
  /// Whether its check is left to whoever takes the hits: the bits tell of what may fit.
  var isPostponed = false
}

/// A query made ready for one segment: its words looked up, its phrases with what checks them.
///
/// Nodes lie in an array, children before parents. One object, so that handing it on counts one reference.
final class SegmentPlan {
  /// A posting list to open.
  struct Leaf {
    var field: Field
    var rank: Int
    /// The word whose table scores it; nil if it adds nothing to a score.
    var word: Int?
    /// Whether it is a list of the pairs of common words.
    var isPair = false
  }

  /// What a plan is made for.
  struct Purpose {
    var isRanked: Bool
    /// Nothing may be postponed: every document is asked for.
    var isExact: Bool
    var limit: Int
  }

  private(set) var nodes: [PlanNode] = []
  private(set) var children: [Int] = []
  private(set) var leaves: [Leaf] = []
  private(set) var unions: [TermUnion] = []
  private(set) var filters: [DocumentBitmap] = []
  private(set) var checks: [TextCheck] = []
  /// The node of the whole query.
  private(set) var root = 0
  /// The nodes whose checks are postponed: a document fits if one child of each of them holds.
  private(set) var postponed: [Int] = []

  private let words: WordLookup
  private let segment: IndexSegment
  private let number: Int
  private let base: Int
  private let texts: any DocumentTexts
  private let answers: [QueryFilter: DocumentBitmap]
  private let purpose: Purpose
  private let isCancelled: () -> Bool

  /// - Parameters:
  ///   - number: the segment's place in the index; `base` is the number of its first document.
  ///   - answers: those of the filters; filters without one let everything through.
  init(
    _ query: Query, words: WordLookup, segment: IndexSegment, number: Int, base: Int,
    texts: any DocumentTexts, answers: [QueryFilter: DocumentBitmap], purpose: Purpose,
    isCancelled: @escaping () -> Bool
  ) {
    self.words = words
    self.segment = segment
    self.number = number
    self.base = base
    self.texts = texts
    self.answers = answers
    self.purpose = purpose
    self.isCancelled = isCancelled
    root = add(query.root, isShown: true, candidates: segment.documentCount, isConjunct: true)
    if !purpose.isExact { postpone() }
  }

  // MARK: Nodes

  private func add(_ node: PlanNode) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private func add(_ kind: PlanNode.Kind, of parts: [Int], cost: Int) -> Int {
    let first = children.count
    children += parts
    return add(PlanNode(kind: kind, firstChild: first, childCount: parts.count, cost: cost))
  }

  private func nothing() -> Int { add(PlanNode(kind: .nothing)) }

  private func everything() -> Int {
    add(PlanNode(kind: .everything, cost: segment.documentCount))
  }

  private func or(_ parts: [Int]) -> Int {
    var flat: [Int] = []
    for part in parts {
      switch nodes[part].kind {
      case .nothing: continue
      case .or: flat += children(of: part)
      default: flat.append(part)
      }
    }
    if flat.isEmpty { return nothing() }
    if flat.count == 1 { return flat[0] }
    let cost = flat.reduce(0) { min(segment.documentCount, $0 + nodes[$1].cost) }
    return add(.or, of: flat, cost: cost)
  }

  private func and(_ parts: [Int]) -> Int {
    if parts.contains(where: { nodes[$0].kind == .nothing }) { return nothing() }
    if parts.count == 1 { return parts[0] }
    let sorted = parts.sorted { effort($0) < effort($1) }
    return add(.and, of: sorted, cost: parts.map { nodes[$0].cost }.min() ?? 0)
  }

  /// What an AND goes by: few documents first, what must be read from texts last.
  private func effort(_ node: Int) -> Int {
    nodes[node].cost + (hasCheck(node) ? 4 * segment.documentCount : 0)
  }

  private func hasCheck(_ node: Int) -> Bool {
    nodes[node].kind == .check || children(of: node).contains { hasCheck($0) }
  }

  func children(of node: Int) -> ArraySlice<Int> {
    children[nodes[node].firstChild..<nodes[node].firstChild + nodes[node].childCount]
  }

  // MARK: Queries

  /// - Parameters:
  ///   - isShown: whether it counts for a score.
  ///   - candidates: about how many documents are left to be asked when it is its turn.
  ///   - isConjunct: whether every hit must fit it.
  private func add(_ node: QueryNode, isShown: Bool, candidates: Int, isConjunct: Bool) -> Int {
    switch node {
    case .nothing: return nothing()
    case .everything: return everything()
    case .pattern(let pattern):
      return add(pattern, isShown: isShown, candidates: candidates, isConjunct: isConjunct)
    case .near(let near):
      return verified(
        near.operands, NearMatcher(near), field: near.field, isShown: isShown, candidates: candidates)
    case .regex(let expression): return add(expression, candidates: candidates, isConjunct: isConjunct)
    case .not(.filter(let filter, _)) where answers[filter] == nil: return everything()
    case .filter(let filter, _):
      guard let answer = answers[filter] else { return everything() }
      filters.append(answer)
      return add(PlanNode(kind: .filter, index: filters.count - 1, cost: segment.documentCount / 2))
    case .not(let node):
      let child = add(node, isShown: false, candidates: candidates, isConjunct: false)
      return add(.not, of: [child], cost: segment.documentCount)
    case .or(let parts):
      return or(parts.map { add($0, isShown: isShown, candidates: candidates, isConjunct: false) })
    case .and(let parts):
      // What is read from texts comes last, when it is known how many documents the others leave.
      var nodesOfParts: [Int] = []
      var left = candidates
      for part in parts where !SegmentPlan.standsForSeveral(part) {
        let node = add(part, isShown: isShown, candidates: candidates, isConjunct: isConjunct)
        left = min(left, nodes[node].cost)
        nodesOfParts.append(node)
      }
      for part in parts where SegmentPlan.standsForSeveral(part) {
        nodesOfParts.append(add(part, isShown: isShown, candidates: left, isConjunct: isConjunct))
      }
      return and(nodesOfParts)
    }
  }

  private static func standsForSeveral(_ node: QueryNode) -> Bool {
    switch node {
    case .pattern(let pattern): !pattern.needsText && pattern.words[0].match != .exact
    case .regex: true
    default: false
    }
  }

  private func add(
    _ pattern: Pattern, isShown: Bool, candidates: Int, isConjunct: Bool
  ) -> Int {
    let fields = pattern.field.map { [$0] } ?? Field.allCases
    guard pattern.needsText else {
      let word = words.number(of: pattern.words[0])
      return or(
        fields.flatMap {
          add(word, $0, isShown: isShown, candidates: candidates, isConjunct: isConjunct)
        })
    }
    return verified(
      [pattern], PatternMatcher([pattern]), field: pattern.field, isShown: isShown, candidates: candidates)
  }

  /// The documents that hold all words of some patterns in one field, and whose text there passes.
  private func verified(
    _ patterns: [Pattern], _ matcher: some TextMatching, field: Field?, isShown: Bool, candidates: Int
  ) -> Int {
    let isScored = isShown && purpose.isRanked
    var choices: [Int] = []
    for field in field.map({ [$0] }) ?? Field.allCases {
      var left = candidates
      var parts: [Int] = []
      let pairs = field == .body && patterns.count == 1 ? pairs(of: patterns[0]) : []
      for pair in pairs {
        parts.append(pair)
        left = min(left, nodes[pair].cost)
      }
      // The list of a pair tells all about two words, but for a score.
      let isCertain = pairs.count == 1 && patterns[0].words.count == 2
      let words = patterns.flatMap(\.words)
      for word in words where word.match == .exact && !(isCertain && !isScored) {
        let found = add(words: self.words.number(of: word), field, isShown: isShown, candidates: left)
        parts.append(found)
        left = min(left, nodes[found].cost)
      }
      for word in words where word.match != .exact {
        // The check tells of the word as well: its lists are worth reading only where they leave less.
        let number = self.words.number(of: word)
        let ranks = self.words.words[number].ranks[self.number][Int(field.rawValue)]
        if ranks.isEmpty {
          parts.append(nothing())
        } else if !parts.isEmpty && ranks.postings > left {
          if isScored { parts.append(assumed(number, field, ranks.exact)) }
        } else {
          parts.append(add(words: number, field, isShown: isShown, candidates: left))
        }
      }
      let child = and(parts)
      if nodes[child].kind == .nothing { continue }
      let pattern = patterns.count == 1 && matcher is PatternMatcher ? patterns[0] : nil
      choices.append(isCertain ? child : check(child, matcher, pattern: pattern, field: field))
    }
    return or(choices)
  }

  private func add(words number: Int, _ field: Field, isShown: Bool, candidates: Int) -> Int {
    or(add(number, field, isShown: isShown, candidates: candidates, isConjunct: false))
  }

  /// The lists of pairs of common words that stand side by side in a phrase.
  private func pairs(of pattern: Pattern) -> [Int] {
    guard pattern.gaps.allSatisfy({ $0 == nil }), segment.pairs.termCount > 0 else { return [] }
    var found: [Int] = []
    for (first, second) in zip(pattern.words, pattern.words.dropFirst())
    where first.match == .exact && second.match == .exact {
      guard let rank = segment.pairs.rank(of: first.bytes + [0x20] + second.bytes) else { continue }
      leaves.append(Leaf(field: .body, rank: rank, word: nil, isPair: true))
      let frequency = Int(segment.pairs.frequencies[rank])
      found.append(add(PlanNode(kind: .leaf, index: leaves.count - 1, cost: frequency)))
    }
    return found
  }

  /// The documents whose text shows an expression: among those that hold what it requires of a word, if
  /// these are few, else among all that the rest of the query leaves. If that is everything and everything
  /// is asked for, the bodies are gone through at once.
  private func add(_ expression: RegularExpression, candidates: Int, isConjunct: Bool) -> Int {
    let terms = segment.field(expression.field)
    let literal = expression.literal.ofAWord
    var child: Int?
    if candidates > segment.documentCount / 64,
      let held = terms.ranks(holding: literal, atMost: segment.documentCount / 8)
    {
      if held.isEmpty { return nothing() }
      var ranks = TermRanks()
      ranks.scattered = held
      ranks.postings = held.reduce(0) { $0 + Int(terms.frequencies[$1]) }
      child = union(ranks, expression.field)
    } else if purpose.isExact || !isConjunct, candidates == segment.documentCount,
      expression.field == .body,
      let found = words.documents(
        showing: expression, inSegment: number, texts: texts, isCancelled: isCancelled)
    {
      filters.append(found)
      return add(PlanNode(kind: .filter, index: filters.count - 1, cost: segment.documentCount / 2))
    }
    let candidates = child ?? everything()
    return check(candidates, RegexMatcher(expression), pattern: nil, field: expression.field)
  }

  /// A word that a check around it looks for: it only adds to the score.
  private func assumed(_ number: Int, _ field: Field, _ exact: Int?) -> Int {
    let all = everything()
    let presence = add(.presence, of: [all], cost: segment.documentCount)
    nodes[presence].presence = words.words[number].presence[Int(field.rawValue)]
    return or([presence] + (exact.map { [leaf(field, $0, number)] } ?? []))
  }

  private func check(
    _ child: Int, _ matcher: any TextMatching, pattern: Pattern?, field: Field
  ) -> Int {
    checks.append(
      TextCheck(
        matcher, pattern: pattern, field: field, segment: number, base: base, texts: texts,
        onRefusal: { [words] in words.refused = $0 }))
    let node = add(.check, of: [child], cost: nodes[child].cost)
    nodes[node].index = checks.count - 1
    return node
  }

  // MARK: Words

  /// What finds a word in one field: alternatives, each of which is enough.
  private func add(
    _ number: Int, _ field: Field, isShown: Bool, candidates: Int, isConjunct: Bool
  ) -> [Int] {
    let word = words.words[number]
    let ranks = word.ranks[self.number][Int(field.rawValue)]
    if ranks.isEmpty { return [] }
    let isScored = isShown && purpose.isRanked
    if word.word.match == .exact { return [leaf(field, ranks.range.lowerBound, isScored ? number : nil)] }
    let found = several(word.word, ranks, field, candidates: candidates, isConjunct: isConjunct)
    guard isScored else { return [found] }
    let presence = add(.presence, of: [found], cost: nodes[found].cost)
    nodes[presence].presence = word.presence[Int(field.rawValue)]
    return [presence] + (ranks.exact.map { [leaf(field, $0, number)] } ?? [])
  }

  private func leaf(_ field: Field, _ rank: Int, _ word: Int?) -> Int {
    leaves.append(Leaf(field: field, rank: rank, word: word))
    let frequency = Int(segment.field(field).frequencies[rank])
    return add(PlanNode(kind: .leaf, index: leaves.count - 1, cost: frequency))
  }

  /// Chooses how the documents of several terms are found: by walking few lists side by side, by uniting
  /// many in a bitmap, or by looking into the texts of what the rest of the query leaves.
  private func several(
    _ word: PatternWord, _ ranks: TermRanks, _ field: Field, candidates: Int, isConjunct: Bool
  ) -> Int {
    let documents = segment.documentCount
    let cost = min(ranks.postings, documents)
    var asked = candidates
    if !purpose.isExact, isConjunct, !(purpose.isRanked && field != .body) {
      // The search ends when it has its hits, one of every so many documents.
      let wanted = min(purpose.limit, documents)
      asked = min(asked, wanted * max(1, documents / max(1, cost)) * 5 / 4)
    }
    // All in about nanoseconds.
    let uniting = ranks.postings * 3 / 2 + ranks.count * 12
    let windows = documents / DateWindows.size + 1
    let isLed = purpose.isExact || purpose.isRanked
    let visited = isLed ? windows : min(windows, asked * windows / max(1, candidates) + 1)
    let walking = ranks.count * (60 + 100 * visited)
    let reading = asked * nanosecondsOfReading(word, field, isApart: candidates < documents)
    if ranks.count <= 8 || (ranks.count <= 64 && walking < min(uniting, reading)) {
      var lists: [Int] = []
      ranks.forEach { rank in
        lists.append(leaf(field, rank, nil))
        return true
      }
      return or(lists)
    }
    if reading < uniting {
      let all = everything()
      let pattern = Pattern(words: [word], gaps: [], field: field)
      let node = check(all, PatternMatcher([pattern]), pattern: pattern, field: field)
      nodes[node].cost = cost
      return node
    }
    return union(ranks, field)
  }

  /// What it takes to look for a word in the text of one document.
  /// - Parameter isApart: whether these lie apart in memory.
  private func nanosecondsOfReading(_ word: PatternWord, _ field: Field, isApart: Bool) -> Int {
    if field == .body && TextCheck.isPlain(Pattern(words: [word], gaps: [], field: nil)) {
      // Ranked, some more candidates are gathered and put in order before.
      return purpose.isRanked && !purpose.isExact && isApart ? 3000 : isApart ? 250 : 150
    }
    return word.match == .prefix ? 2000 : 30_000
  }

  private func union(_ ranks: TermRanks, _ field: Field) -> Int {
    let documents = segment.documentCount
    unions.append(
      TermUnion(ranks, of: segment.field(field), documentCount: documents, isCancelled: isCancelled))
    return add(
      PlanNode(kind: .union, index: unions.count - 1, cost: min(ranks.postings, documents)))
  }

  // MARK: Postponing

  /// Leaves the checks that every hit must pass to whoever takes the hits.
  private func postpone() {
    let conjuncts = nodes[root].kind == .and ? Array(children(of: root)) : [root]
    for node in conjuncts {
      let choices = nodes[node].kind == .or ? Array(children(of: node)) : [node]
      let checked = choices.compactMap { postponable($0) }
      if checked.isEmpty { continue }
      for check in checked { nodes[check].isPostponed = true }
      postponed.append(node)
    }
  }

  /// The check that alone decides about a node.
  func postponable(_ node: Int) -> Int? {
    switch nodes[node].kind {
    case .check: node
    case .presence: postponable(children[nodes[node].firstChild])
    default: nil
    }
  }
}

/// What a reader asked for, understood as far as it could be. Every text parses: what was odd is in
/// `problems`, with its place, and the rest is searched.
///
/// Words must all be found; `OR` binds looser than standing side by side. See `parse` for the language.
public struct Query: Equatable, Sendable {
  /// What was typed, cut at `longestQuery` bytes.
  public let source: [UInt8]
  /// What could not be taken as meant.
  public let problems: [QueryProblem]
  let root: QueryNode
  /// The query with no word widened to its stem, if any is: the documents that fit it come first.
  let exactRoot: QueryNode?
  /// The parts that a document may show: all but the negated ones.
  let shown: [QueryPart]

  /// Bytes that are read of a query.
  public static let longestQuery = 4096

  /// Matches nothing, because nothing is asked.
  public var isEmpty: Bool { root == .nothing }

  /// Whether any word or phrase is looked for, so that documents can be ranked and highlighted.
  public var hasWords: Bool { shown.contains { !$0.patterns.isEmpty } }

  /// The query with every word meant as written.
  var exact: Query {
    let root = exactRoot ?? root
    return Query(source: source, problems: problems, root: root, exactRoot: nil, shown: root.shown)
  }

  /// The filters the query uses, in order; for the caller to prepare.
  public var filters: [QueryFilter] { root.placedFilters.map(\.filter) }

  /// The words that are looked for as they were folded, without beginnings, endings and negated ones; for
  /// suggestions when nothing is found.
  public var words: [[UInt8]] {
    shown.flatMap(\.patterns).flatMap(\.words).filter(\.isWhole).map(\.bytes)
  }
}

/// A query as a tree.
indirect enum QueryNode: Equatable, Sendable {
  case nothing
  case everything
  case pattern(Pattern)
  case near(Near)
  case regex(RegularExpression)
  case filter(QueryFilter, Range<Int>)
  case and([QueryNode])
  case or([QueryNode])
  case not(QueryNode)

  /// The parts outside negations.
  var shown: [QueryPart] {
    switch self {
    case .pattern(let pattern): [.pattern(pattern)]
    case .near(let near): [.near(near)]
    case .regex(let expression): [.regex(expression)]
    case .and(let nodes), .or(let nodes): nodes.flatMap(\.shown)
    case .nothing, .everything, .filter, .not: []
    }
  }

  var placedFilters: [(filter: QueryFilter, range: Range<Int>)] {
    switch self {
    case .filter(let filter, let range): [(filter, range)]
    case .and(let nodes), .or(let nodes): nodes.flatMap(\.placedFilters)
    case .not(let node): node.placedFilters
    case .nothing, .everything, .pattern, .near, .regex: []
    }
  }

  /// Whether any word is widened to its stem.
  var hasStems: Bool {
    switch self {
    case .pattern(let pattern): pattern.words.contains { $0.stems != nil }
    case .near(let near): near.operands.contains { $0.words.contains { $0.stems != nil } }
    case .and(let nodes), .or(let nodes): nodes.contains(where: \.hasStems)
    case .not(let node): node.hasStems
    case .nothing, .everything, .filter, .regex: false
    }
  }

  /// The same with every word meant as written.
  var withoutStems: QueryNode {
    switch self {
    case .pattern(let pattern): .pattern(pattern.withoutStems)
    case .near(var near):
      {
        near.operands = near.operands.map(\.withoutStems)
        return .near(near)
      }()
    case .and(let nodes): .and(nodes.map(\.withoutStems))
    case .or(let nodes): .or(nodes.map(\.withoutStems))
    case .not(let node): .not(node.withoutStems)
    case .nothing, .everything, .filter, .regex: self
    }
  }
}

/// Words that must follow one another in a field; most often a single one.
struct Pattern: Equatable, Sendable {
  var words: [PatternWord]
  /// What must stand before the first word, between words, and after the last one, as written; nil where
  /// anything may. One more than `words`, or empty for no check at all.
  var gaps: [[UInt8]?]
  /// The field, or nil for any one.
  var field: Field?

  /// Words a phrase may have; the matcher keeps one bit for each.
  static let longest = 64

  /// Whether a posting list alone does not tell that the pattern is there.
  var needsText: Bool { words.count > 1 || gaps.contains { $0 != nil } }

  /// The same with every word meant as written.
  var withoutStems: Pattern {
    var pattern = self
    pattern.words = words.map { $0.stems == nil ? $0 : PatternWord(bytes: $0.bytes, match: .exact) }
    return pattern
  }
}

/// One word of a pattern, folded.
struct PatternWord: Equatable, Sendable {
  enum Match: Equatable, Sendable {
    case exact
    case prefix
    case suffix
    /// The word and all others of its stem.
    case stem(StemClass)
    /// Up to so many letters added, left out, changed or swapped with a neighbour.
    case within(Int)
  }

  let bytes: [UInt8]
  let match: Match
  /// A single character of a script read by pairs, looked for as the beginning of a pair.
  let isCharacter: Bool
  let key0: UInt64
  let key1: UInt64

  init(bytes: [UInt8], match: Match, isCharacter: Bool = false) {
    self.bytes = bytes
    self.match = match
    self.isCharacter = isCharacter
    var keys: (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.prefix(16).enumerated() {
      if index < 8 {
        keys.0 |= UInt64(byte) << UInt64(8 * index)
      } else {
        keys.1 |= UInt64(byte) << UInt64(8 * (index - 8))
      }
    }
    (key0, key1) = keys
  }

  /// Whether a whole word was written, which others may stand for only by their stem.
  var isWhole: Bool { match == .exact || stems != nil }

  /// The class that the word is widened to.
  var stems: StemClass? {
    if case .stem(let stems) = match { return stems }
    return nil
  }

  /// Whether a word as analysis reads it is meant.
  func matches(_ term: [UInt8]) -> Bool {
    switch match {
    case .exact: term == bytes
    case .prefix: term.starts(with: bytes)
    case .suffix: term.suffix(bytes.count).elementsEqual(bytes)
    case .stem(let stems):
      term == bytes || term.starts(with: bytes.prefix(stems.sharedBytes)) && stems.contains(term)
    case .within(let limit): EditDistance.isWithin(limit, scalars(of: term), scalars(of: bytes))
    }
  }

  /// Whether the word the scanner stands on is meant.
  func matches(_ word: borrowing WordScanner) -> Bool {
    switch match {
    case .exact:
      return word.key0 == key0 && word.key1 == key1 && word.length == bytes.count
        && (bytes.count <= 16 || word.longTerm == bytes)
    case .prefix:
      guard word.length >= bytes.count else { return false }
      if bytes.count > 16 { return word.longTerm.starts(with: bytes) }
      let short = bytes.count < 8 ? (1 << UInt64(8 * bytes.count)) &- 1 : UInt64.max
      let rest =
        bytes.count <= 8 ? 0 : bytes.count < 16 ? (1 << UInt64(8 * (bytes.count - 8))) &- 1 : UInt64.max
      return word.key0 & short == key0 && word.key1 & rest == key1
    case .within(let distance):
      guard word.length <= (bytes.count + distance) * 4 else { return false }
      return EditDistance.isWithin(distance, scalars(of: word.term()), scalars(of: bytes))
    case .suffix: return word.length >= bytes.count && matches(word.term())
    case .stem(let stems):
      let shared = UInt64(min(stems.sharedBytes, 8))
      let mask = shared < 8 ? (1 << (8 * shared)) &- 1 : UInt64.max
      return (word.key0 ^ key0) & mask == 0 && matches(word.term())
    }
  }
}

/// The scalars of the bytes of a word.
func scalars(of bytes: [UInt8]) -> [UInt32] {
  let span = bytes.span
  var result: [UInt32] = []
  var at = 0
  while at < span.count {
    let (scalar, size) = decodeScalar(span, at: at, before: span.count)
    result.append(scalar)
    at += size
  }
  return result
}

/// The slow truth: answers a query by walking every word of every document. Shares with the index only
/// the analysis and the parsed query; tests and the check of a library hold the index against it.
public struct LinearScan: Sendable {
  private struct Word {
    var term: [UInt8]
    var range: Range<Int>
    /// Its number among the words; that of the pair before it for a tail.
    var place: Int
    var isTail: Bool
    var isQuoted: Bool
  }

  private struct Text {
    var bytes: [UInt8]
    var words: [Word] = []
    /// Words that are no tails and not quoted.
    var length = 0
  }

  /// For each document, its fields in the order of `Field.allCases`.
  private var documents: [[Text]] = []

  /// Reads and analyses all texts.
  /// - Complexity: linear in their bytes, in time and memory.
  public init(texts: any DocumentTexts, documentCount: Int) {
    for number in 0..<documentCount {
      let document = DocumentID(rawValue: UInt32(number))
      let quoted = texts.quoted(of: document)
      let fields = Field.allCases.map { field in
        texts.withText(of: document, field: field) {
          LinearScan.read($0, quoted: field == .body ? quoted : [])
        }
      }
      documents.append(fields)
    }
  }

  private static func read(_ span: Span<UInt8>, quoted: [Range<Int>]) -> Text {
    var text = Text(bytes: span.indices.map { span[$0] })
    var scanner = WordScanner()
    var place = -1
    while scanner.next(in: span) {
      if !scanner.isTail { place += 1 }
      let isQuoted = quoted.contains { $0.contains(scanner.start) }
      text.words.append(
        Word(
          term: scanner.term(), range: scanner.start..<scanner.end, place: place, isTail: scanner.isTail,
          isQuoted: isQuoted))
      if !scanner.isTail && !isQuoted { text.length += 1 }
    }
    return text
  }

  /// The documents that fit, in order.
  /// - Complexity: linear in the words of all documents, times those of the query.
  public func matches(_ query: Query, filters: any QueryFilters = NoFilters()) -> [DocumentID] {
    documents.indices.filter { fits(query.root, $0, filters) }.map { DocumentID(rawValue: UInt32($0)) }
  }

  /// The documents that fit with every word as written, where stems widen a query.
  func exactMatches(_ query: Query, filters: any QueryFilters = NoFilters()) -> [DocumentID] {
    documents.indices.filter { fits(query.exactRoot ?? query.root, $0, filters) }
      .map { DocumentID(rawValue: UInt32($0)) }
  }

  /// The score of each document that fits, without the rounding of stored impacts.
  /// - Complexity: as `matches`, times the words of the query.
  public func scores(
    _ query: Query, filters: any QueryFilters = NoFilters()
  ) -> [(document: DocumentID, score: Float)] {
    ranked(query, filters: filters).map { ($0.document, $0.score) }.sorted { $0.document < $1.document }
  }

  /// The documents that fit, the best first: those with every word as written before those that only stems
  /// found, then by score.
  func ranked(
    _ query: Query, filters: any QueryFilters = NoFilters()
  ) -> [(document: DocumentID, isExact: Bool, score: Float)] {
    func isBetter(
      _ left: (document: DocumentID, isExact: Bool, score: Float),
      _ right: (document: DocumentID, isExact: Bool, score: Float)
    ) -> Bool {
      if left.isExact != right.isExact { return left.isExact }
      return left.score != right.score ? left.score > right.score : left.document < right.document
    }
    let exactRoot = query.exactRoot ?? query.root
    var found = documents.indices.filter { fits(query.root, $0, filters) }.map { number in
      let isExact = fits(exactRoot, number, filters)
      return (
        document: DocumentID(rawValue: UInt32(number)), isExact: isExact,
        score: score(isExact ? exactRoot : query.root, number, filters)
      )
    }.sorted(by: isBetter)
    for place in found.indices.prefix(Ranking.proximityDepth) where query.hasWords {
      found[place].score += nearness(
        found[place].isExact ? query.exact : query, Int(found[place].document.rawValue))
    }
    return found.sorted(by: isBetter)
  }

  /// What the nearest places of neighbouring parts of a query add, every place held against every other.
  private func nearness(_ query: Query, _ number: Int) -> Float {
    let parts = query.shown.flatMap(\.patterns).filter { $0.field == nil || $0.field == .body }
      .prefix(Proximity.mostParts)
    let text = documents[number][Int(Field.body.rawValue)]
    var sum: Float = 0
    for (one, other) in zip(parts, parts.dropFirst()) {
      var nearest = Int.max
      for left in places(of: one, in: text) {
        for right in places(of: other, in: text) {
          if left.last < right.first { nearest = min(nearest, right.first - left.last) }
          if right.last < left.first { nearest = min(nearest, left.first - right.last) }
        }
      }
      let rarities = [one, other].map { $0.words.map { rarity($0) }.max() ?? 0 }
      if nearest <= Ranking.proximityReach {
        sum += Ranking.proximityScore(distance: nearest, rarity: rarities.min() ?? 0)
      }
    }
    return sum
  }
}

// MARK: - Fitting

extension LinearScan {
  private func fits(_ node: QueryNode, _ number: Int, _ filters: any QueryFilters) -> Bool {
    switch node {
    case .nothing: return false
    case .everything: return true
    case .pattern(let pattern): return !fields(of: .pattern(pattern), in: number).isEmpty
    case .near(let near): return !fields(of: .near(near), in: number).isEmpty
    case .regex(let expression): return !fields(of: .regex(expression), in: number).isEmpty
    case .filter(let filter, _):
      return filters.bitmap(for: filter)?.contains(DocumentID(rawValue: UInt32(number))) ?? true
    case .not(.filter(let filter, _)) where filters.bitmap(for: filter) == nil: return true
    case .not(let node): return !fits(node, number, filters)
    case .and(let nodes): return nodes.allSatisfy { fits($0, number, filters) }
    case .or(let nodes): return nodes.contains { fits($0, number, filters) }
    }
  }

  /// The fields of a document that show a part of a query.
  private func fields(of part: QueryPart, in number: Int) -> [Field] {
    Field.allCases.filter { field in
      guard part.isSought(in: field) else { return false }
      let text = documents[number][Int(field.rawValue)]
      switch part {
      case .pattern(let pattern): return !places(of: pattern, in: text).isEmpty
      case .near(let near): return isNear(near, in: text)
      case .regex(let expression):
        var matcher = RegexMatcher(expression)
        return matcher.first(in: text.bytes.span, from: 0) != nil
      }
    }
  }

  /// The first and the last word of each place of a pattern, by number.
  private func places(of pattern: Pattern, in text: Text) -> [(first: Int, last: Int)] {
    let plain = text.words.filter { !$0.isTail }
    let size = pattern.words.count
    var places: [(first: Int, last: Int)] = []
    for word in text.words where word.isTail && size == 1 && same(pattern.words[0], word.term) {
      if WrittenGap.holds(pattern.gaps, around: { _ in word.range }, in: text.bytes.span) {
        places.append((word.place, word.place))
      }
    }
    for first in 0..<max(0, plain.count - size + 1) {
      guard (0..<size).allSatisfy({ same(pattern.words[$0], plain[first + $0].term) }) else { continue }
      if WrittenGap.holds(pattern.gaps, around: { plain[first + $0].range }, in: text.bytes.span) {
        places.append((first, first + size - 1))
      }
    }
    return places
  }

  /// Tries every place of every operand.
  private func isNear(_ near: Near, in text: Text) -> Bool {
    var ends = places(of: near.operands[0], in: text)
    for (operand, distance) in zip(near.operands.dropFirst(), near.distances) {
      ends = places(of: operand, in: text).filter { next in
        ends.contains { present in
          let apart =
            next.first > present.last
            ? next.first - present.last : present.first > next.last ? present.first - next.last : 0
          return apart >= 1 && apart <= distance
        }
      }
    }
    return !ends.isEmpty
  }

  private func same(_ meant: PatternWord, _ word: [UInt8]) -> Bool {
    switch meant.match {
    case .exact: return word == meant.bytes
    case .prefix: return word.starts(with: meant.bytes)
    case .suffix: return word.reversed().starts(with: meant.bytes.reversed())
    case .within(let limit):
      return EditDistance.isWithin(limit, scalars(of: word), scalars(of: meant.bytes))
    case .stem(let stems):
      let isAlike = word.starts(with: meant.bytes.prefix(stems.sharedBytes))
      return word == meant.bytes || (isAlike && stems.contains(word))
    }
  }
}

// MARK: - Scores

extension LinearScan {
  private func score(_ node: QueryNode, _ number: Int, _ filters: any QueryFilters) -> Float {
    switch node {
    case .nothing, .everything, .filter, .not, .regex: return 0
    case .and(let nodes), .or(let nodes):
      return nodes.reduce(0) { $0 + (fits($1, number, filters) ? score($1, number, filters) : 0) }
    case .pattern(let pattern): return score(.pattern(pattern), number)
    case .near(let near): return score(.near(near), number)
    }
  }

  private func score(_ part: QueryPart, _ number: Int) -> Float {
    var sum: Float = 0
    for field in fields(of: part, in: number) {
      for word in part.patterns.flatMap(\.words) {
        let text = documents[number][Int(field.rawValue)]
        let found = text.words.filter { $0.term == word.bytes }
        let count = found.count { !$0.isQuoted }
        var saturation: Float = word.match == .exact ? 0 : text.words.contains { same(word, $0.term) } ? 1 : 0
        if count > 0 {
          saturation += Ranking.saturation(
            frequency: UInt32(count), length: UInt32(text.length), averageLength: averageLength(field))
        } else if !found.isEmpty {
          saturation += Ranking.impactStep
        }
        sum += rarity(word) * Ranking.weight(of: field) * saturation
      }
    }
    return sum
  }

  private func averageLength(_ field: Field) -> Float {
    let lengths = documents.map { $0[Int(field.rawValue)].length }.filter { $0 > 0 }
    return lengths.isEmpty ? 0 : Float(lengths.reduce(0, +)) / Float(lengths.count)
  }

  private func rarity(_ word: PatternWord) -> Float {
    let highest = Field.allCases.map { field in
      documents.reduce(0) { sum, document in
        let text = document[Int(field.rawValue)]
        return sum + Set(text.words.map(\.term)).count { same(word, $0) }
      }
    }
    return Ranking.rarity(frequency: highest.max() ?? 0, documents: documents.count)
  }
}

/// The slow truth: answers a query by walking every word of every document. Shares with the index only
/// the analysis and the parsed query; tests and the check of a library hold the index against it.
public struct LinearScan: Sendable {
  private struct Text {
    var bytes: [UInt8]
    var words: [[UInt8]] = []
    var ranges: [Range<Int>] = []
    var tails: [[UInt8]] = []
    var tailRanges: [Range<Int>] = []
  }

  /// For each document, its fields in the order of `Field.allCases`.
  private var documents: [[Text]] = []

  /// Reads and analyses all texts.
  /// - Complexity: linear in their bytes, in time and memory.
  public init(texts: any DocumentTexts, documentCount: Int) {
    for number in 0..<documentCount {
      let fields = Field.allCases.map { field in
        texts.withText(of: DocumentID(rawValue: UInt32(number)), field: field) { LinearScan.read($0) }
      }
      documents.append(fields)
    }
  }

  private static func read(_ span: Span<UInt8>) -> Text {
    var text = Text(bytes: span.indices.map { span[$0] })
    var scanner = WordScanner()
    while scanner.next(in: span) {
      if scanner.isTail {
        text.tails.append(scanner.term())
        text.tailRanges.append(scanner.start..<scanner.end)
      } else {
        text.words.append(scanner.term())
        text.ranges.append(scanner.start..<scanner.end)
      }
    }
    return text
  }

  /// The documents that fit, in order.
  /// - Complexity: linear in the words of all documents, times those of the query.
  public func matches(_ query: Query, filters: any QueryFilters = NoFilters()) -> [DocumentID] {
    documents.indices.filter { fits(query.root, $0, filters) }.map { DocumentID(rawValue: UInt32($0)) }
  }

  /// The score of each document that fits, without the rounding of stored impacts.
  /// - Complexity: as `matches`, times the words of the query.
  public func scores(
    _ query: Query, filters: any QueryFilters = NoFilters()
  ) -> [(document: DocumentID, score: Float)] {
    documents.indices.filter { fits(query.root, $0, filters) }.map { number in
      (DocumentID(rawValue: UInt32(number)), score(query.root, number, filters))
    }
  }
}

// MARK: - Fitting

extension LinearScan {
  private func fits(_ node: QueryNode, _ number: Int, _ filters: any QueryFilters) -> Bool {
    switch node {
    case .nothing: return false
    case .everything: return true
    case .pattern(let pattern): return !fields(of: pattern, in: number).isEmpty
    case .filter(let filter, _):
      return filters.bitmap(for: filter)?.contains(DocumentID(rawValue: UInt32(number))) ?? true
    case .not(.filter(let filter, _)) where filters.bitmap(for: filter) == nil: return true
    case .not(let node): return !fits(node, number, filters)
    case .and(let nodes): return nodes.allSatisfy { fits($0, number, filters) }
    case .or(let nodes): return nodes.contains { fits($0, number, filters) }
    }
  }

  /// The fields of a document that show a pattern.
  private func fields(of pattern: Pattern, in number: Int) -> [Field] {
    Field.allCases.filter { field in
      if let only = pattern.field, only != field { return false }
      let text = documents[number][Int(field.rawValue)]
      let size = pattern.words.count
      for (tail, range) in zip(text.tails, text.tailRanges) where size == 1 && same(pattern.words[0], tail) {
        if WrittenGap.holds(pattern.gaps, around: { _ in range }, in: text.bytes.span) { return true }
      }
      for first in 0..<max(0, text.words.count - size + 1) {
        guard (0..<size).allSatisfy({ same(pattern.words[$0], text.words[first + $0]) }) else { continue }
        if WrittenGap.holds(pattern.gaps, around: { text.ranges[first + $0] }, in: text.bytes.span) {
          return true
        }
      }
      return false
    }
  }

  private func same(_ meant: PatternWord, _ word: [UInt8]) -> Bool {
    switch meant.match {
    case .exact: word == meant.bytes
    case .prefix: word.starts(with: meant.bytes)
    case .within(let limit): EditDistance.isWithin(limit, scalars(of: word), scalars(of: meant.bytes))
    }
  }
}

// MARK: - Scores

extension LinearScan {
  private func score(_ node: QueryNode, _ number: Int, _ filters: any QueryFilters) -> Float {
    switch node {
    case .nothing, .everything, .filter, .not: return 0
    case .and(let nodes), .or(let nodes):
      return nodes.reduce(0) { $0 + (fits($1, number, filters) ? score($1, number, filters) : 0) }
    case .pattern(let pattern):
      var sum: Float = 0
      for field in fields(of: pattern, in: number) {
        for word in pattern.words {
          let text = documents[number][Int(field.rawValue)]
          let all = text.words + text.tails
          var saturation: Float = word.match == .exact ? 0 : all.contains { same(word, $0) } ? 1 : 0
          let count = all.count { $0 == word.bytes }
          if count > 0 {
            saturation += Ranking.saturation(
              frequency: UInt32(count), length: UInt32(text.words.count), averageLength: averageLength(field))
          }
          sum += rarity(word) * Ranking.weight(of: field) * saturation
        }
      }
      return sum
    }
  }

  private func averageLength(_ field: Field) -> Float {
    let lengths = documents.map { $0[Int(field.rawValue)].words.count }.filter { $0 > 0 }
    return lengths.isEmpty ? 0 : Float(lengths.reduce(0, +)) / Float(lengths.count)
  }

  private func rarity(_ word: PatternWord) -> Float {
    let highest = Field.allCases.map { field in
      documents.reduce(0) { sum, document in
        let text = document[Int(field.rawValue)]
        return sum + Set(text.words + text.tails).count { same(word, $0) }
      }
    }
    return Ranking.rarity(frequency: highest.max() ?? 0, documents: documents.count)
  }
}

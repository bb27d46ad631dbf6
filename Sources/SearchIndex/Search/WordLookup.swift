internal import Bytes

/// The terms a word of a query stands for in one field of one segment.
struct TermRanks {
  /// The terms, if they stand side by side in the dictionary.
  var range: Range<Int> = 0..<0
  /// The terms, if they do not.
  var scattered: [Int] = []
  /// The word itself.
  var exact: Int?
  /// Documents of all these terms, a document counted once for each; once the sum reaches the documents of
  /// the index, it is not added up further.
  var postings = 0

  var count: Int { range.count + scattered.count }
  var isEmpty: Bool { count == 0 }

  /// From the first to behind the last of the terms.
  var bounds: Range<Int> {
    var bounds = range
    for rank in scattered {
      bounds =
        bounds.isEmpty ? rank..<rank + 1 : min(bounds.lowerBound, rank)..<max(bounds.upperBound, rank + 1)
    }
    return bounds
  }

  /// Calls `body` for each term, as long as it returns true.
  func forEach(_ body: (Int) -> Bool) {
    for rank in range where !body(rank) { return }
    for rank in scattered where !body(rank) { return }
  }
}

/// The words of a query looked up in every segment, and what each adds to a score.
///
/// Scores are whole numbers: a posting adds `round(weight * impact * scale)`, at least 1, where `weight`
/// is the rarity of its word times the weight of the field and the step of impact, and `scale` is chosen
/// for each query so that no document comes above 65,535. All ways of answering add the same numbers, so
/// that they agree to the last digit; against BM25F each part is off by half of 1 / `scale` at most, next
/// to the rounding of the stored impact.
@safe
final class WordLookup {
  struct Word {
    let word: PatternWord
    /// By segment, then field.
    var ranks: [[TermRanks]]
    var rarity: Float
    /// For each field, the number of its table of scores, if it has one.
    var tables: [Int?] = [nil, nil, nil]
    /// For each field, what it adds to be among the documents of any of the word's terms.
    var presence: [UInt16] = [0, 0, 0]
  }

  private let index: SearchIndex
  private(set) var words: [Word] = []
  private var numbers: [[UInt8]: [Int]] = [:]
  private(set) var scale: Float = 1
  private let isRanked: Bool
  /// An expression that took too long and was given up.
  var refused: RegularExpression?
  /// What scans of whole segments have found, by segment.
  private var scanned: [(segment: Int, expression: RegularExpression, found: DocumentBitmap)] = []
  private var tables: UnsafeMutablePointer<UInt16>?

  init(_ query: Query, index: SearchIndex, isRanked: Bool) {
    self.index = index
    self.isRanked = isRanked
    unsafe tables = nil
    var most: Float = 0
    var parts = 0
    register(query.root, isShown: true, &most, &parts)
    guard isRanked else { return }
    scale = most > 0 ? Float(max(1, 65_535 - parts)) / most : 1
    fillTables()
  }

  deinit { unsafe tables?.deallocate() }

  /// The number of a word.
  func number(of word: PatternWord) -> Int {
    for number in numbers[word.bytes] ?? [] where words[number].word == word { return number }
    return add(word)
  }

  /// The documents of a segment whose bodies show an expression, by going through them all; nil if they
  /// do not lie side by side, or the search is told to stop.
  func documents(
    showing expression: RegularExpression, inSegment segment: Int, texts: any DocumentTexts,
    isCancelled: @escaping () -> Bool
  ) -> DocumentBitmap? {
    for known in scanned where known.segment == segment && known.expression == expression {
      return known.found
    }
    let scan = RegexScan.documents(
      showing: expression, inSegment: segment, base: index.bases[segment],
      documentCount: index.segments[segment].documentCount, texts: texts, isCancelled: isCancelled)
    guard let scan else { return nil }
    if scan.isRefused { refused = expression }
    scanned.append((segment, expression, scan.found))
    return scan.found
  }

  /// What each impact of a word adds in a field: 256 numbers.
  func table(_ number: Int, _ field: Field) -> UnsafePointer<UInt16>? {
    guard isRanked, number < words.count, let table = words[number].tables[Int(field.rawValue)] else {
      return nil
    }
    return unsafe tables.map { unsafe UnsafePointer($0 + 256 * table) }
  }

  private func register(_ node: QueryNode, isShown: Bool, _ most: inout Float, _ parts: inout Int) {
    switch node {
    case .nothing, .everything, .filter, .regex: return
    case .not(let node): register(node, isShown: false, &most, &parts)
    case .and(let nodes), .or(let nodes):
      for node in nodes { register(node, isShown: isShown, &most, &parts) }
    case .pattern(let pattern): register(pattern, field: pattern.field, isShown: isShown, &most, &parts)
    case .near(let near):
      for operand in near.operands {
        register(operand, field: near.field, isShown: isShown, &most, &parts)
      }
    }
  }

  private func register(
    _ pattern: Pattern, field: Field?, isShown: Bool, _ most: inout Float, _ parts: inout Int
  ) {
    for word in pattern.words {
      let number = number(of: word)
      guard isShown, isRanked else { continue }
      for field in field.map({ [$0] }) ?? Field.allCases {
        let weight = words[number].rarity * Ranking.weight(of: field)
        if word.match != .exact {
          most += weight
          parts += 1
        }
        if let highest = highestImpact(number, field) {
          most += weight * Ranking.impactStep * Float(highest)
          parts += 1
          words[number].tables[Int(field.rawValue)] = 0
        }
      }
    }
  }

  private func highestImpact(_ number: Int, _ field: Field) -> UInt8? {
    var highest: UInt8?
    for (segment, ranks) in zip(index.segments, words[number].ranks) {
      guard let rank = ranks[Int(field.rawValue)].exact else { continue }
      highest = max(highest ?? 0, segment.field(field).impacts[rank])
    }
    return highest
  }

  private func fillTables() {
    var count = 0
    for number in words.indices {
      for field in Field.allCases {
        let place = Int(field.rawValue)
        let weight = words[number].rarity * Ranking.weight(of: field) * scale
        words[number].presence[place] = UInt16(max(1, min(weight.rounded(), 65_535)))
        if words[number].tables[place] != nil {
          words[number].tables[place] = count
          count += 1
        }
      }
    }
    let tables = UnsafeMutablePointer<UInt16>.allocate(capacity: max(1, 256 * count))
    for word in words {
      for field in Field.allCases {
        guard let table = word.tables[Int(field.rawValue)] else { continue }
        let step = word.rarity * Ranking.weight(of: field) * Ranking.impactStep * scale
        for impact in 0..<256 {
          unsafe tables[256 * table + impact] = UInt16(max(1, min(Float(impact) * step + 0.5, 65_535)))
        }
      }
    }
    unsafe self.tables = tables
  }

  private func add(_ word: PatternWord) -> Int {
    var ranks: [[TermRanks]] = []
    var highest = 0
    var sums = [0, 0, 0]
    for segment in index.segments {
      for field in Field.allCases { segment.field(field).prefetch(word.bytes) }
    }
    for segment in index.segments {
      var own: [TermRanks] = []
      for field in Field.allCases {
        let found = segment.field(field).termRanks(of: word, upTo: index.documentCount)
        sums[Int(field.rawValue)] += found.postings
        own.append(found)
      }
      ranks.append(own)
    }
    highest = sums.max() ?? 0
    words.append(
      Word(
        word: word, ranks: ranks,
        rarity: isRanked ? Ranking.rarity(frequency: highest, documents: index.documentCount) : 0))
    numbers[word.bytes, default: []].append(words.count - 1)
    return words.count - 1
  }
}

extension FieldIndex {
  /// The terms a word stands for, with their postings as far as the sum is below a limit.
  func termRanks(of word: PatternWord, upTo limit: Int) -> TermRanks {
    var found = TermRanks()
    switch word.match {
    case .exact:
      found.exact = rank(of: word.bytes)
      if let rank = found.exact { found.range = rank..<rank + 1 }
    case .prefix:
      found.range = ranks(withPrefix: word.bytes)
      if !found.range.isEmpty, isTerm(found.range.lowerBound, word.bytes) {
        found.exact = found.range.lowerBound
      }
    case .within, .suffix, .stem:
      found.scattered = ranks(of: word)
      found.exact = rank(of: word.bytes)
    }
    frequencies.verify(found.bounds)
    frequencies.withUnverifiedSpan { frequencies in
      var sum = 0
      found.forEach { rank in
        sum += Int(frequencies[rank])
        return sum < limit
      }
      found.postings = sum
    }
    return found
  }

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

/// How near to one another the words of a query stand in a text.
///
/// Each two neighbours among the shown parts of the query (a phrase is one part) add
/// `Ranking.proximityWeight` times the rarity of the more common one, divided by the words that lie from one
/// to the other at their nearest: 1 for neighbours, as `NEAR` counts. So what it adds is bounded by that of
/// neighbours, and words that never come near add nothing. In the manner of Büttcher, Clarke and Lushman,
/// "Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text Collections", SIGIR 2006, with the
/// nearest pair alone.
struct Proximity {
  /// Two parts of a query that follow one another there.
  struct Pair: Equatable {
    /// The number of the first one; the second follows.
    var first: Int
    /// Words from one to the other.
    var distance: Int
    /// What that adds to a score.
    var score: Float
  }

  /// Parts whose neighbourhood counts, the first ones of a long query.
  static let mostParts = 16
  /// Bytes of a text that are looked at.
  static let longestText = 1 << 16

  /// Which words may be a part, by their first eight bytes: those whose key is this one where the mask is set.
  private struct Probe {
    var key: UInt64
    var mask: UInt64

    init(_ word: PatternWord) {
      let sharedBytes: Int
      switch word.match {
      case .exact: sharedBytes = 8
      case .prefix: sharedBytes = min(8, word.bytes.count)
      case .stem(let stems): sharedBytes = min(8, stems.sharedBytes, word.bytes.count)
      case .suffix, .within: sharedBytes = 0
      }
      mask = sharedBytes == 8 ? .max : (1 << UInt64(8 * sharedBytes)) &- 1
      key = word.key0 & mask
    }
  }

  /// The last place of a part, and the last one before it.
  private struct Last {
    var place = Int.min
    var before = Int.min

    mutating func take(_ next: Int) {
      guard next > place else { return }
      before = place
      place = next
    }

    /// The last place before another.
    func place(before other: Int) -> Int { place < other ? place : before }
  }

  let patterns: [Pattern]
  private let rarities: [Float]
  private var matcher: PatternMatcher
  private var scanner = WordScanner()
  /// One a part, if every part is one word and nothing around it is asked for; else empty.
  private let probes: [Probe]

  /// Nil if there is no pair of parts.
  init?(_ query: Query, rarity: (PatternWord) -> Float) {
    let patterns = query.shown.flatMap(\.patterns).filter { $0.field == nil || $0.field == .body }
    guard patterns.count > 1 else { return nil }
    self.patterns = Array(patterns.prefix(Proximity.mostParts))
    rarities = self.patterns.map { $0.words.map(rarity).max() ?? 0 }
    matcher = PatternMatcher(self.patterns)
    let isPlain = self.patterns.allSatisfy { $0.words.count == 1 && $0.gaps.allSatisfy { $0 == nil } }
    probes = isPlain ? self.patterns.map { Probe($0.words[0]) } : []
  }

  /// No text adds more.
  var highest: Float {
    let pairs = zip(rarities, rarities.dropFirst())
    return pairs.reduce(0) { $0 + Ranking.proximityScore(distance: 1, rarity: min($1.0, $1.1)) } * 1.000_01
  }

  /// What the pairs of a text add, the sum of `pairs`.
  mutating func score(of text: Span<UInt8>) -> Float { pairs(in: text).reduce(0) { $0 + $1.score } }

  /// The pairs that are near enough to count.
  /// - Complexity: linear in the bytes of the text, of which `longestText` are read.
  mutating func pairs(in text: Span<UInt8>) -> [Pair] {
    let seen = text.extracting(first: Proximity.longestText)
    let nearest = probes.isEmpty ? nearestPlaces(seen) : nearestWords(seen)
    return (0..<patterns.count - 1).compactMap { first in
      guard nearest[first] <= Ranking.proximityReach else { return nil }
      return Pair(
        first: first, distance: nearest[first],
        score: Ranking.proximityScore(
          distance: nearest[first], rarity: min(rarities[first], rarities[first + 1])))
    }
  }

  /// For each part but the last how near the next one comes, for parts of any kind.
  private mutating func nearestPlaces(_ text: Span<UInt8>) -> [Int] {
    let count = patterns.count
    let sizes = patterns.map(\.words.count)
    // The last words of the places of each part so far.
    var ends = [[Int]](repeating: [], count: count)
    var nearest = [Int](repeating: .max, count: count)
    matcher.forEachPlace(in: text) { part, first, _ in
      for neighbour in [part - 1, part + 1] where ends.indices.contains(neighbour) {
        // Places that reach into this one are stepped over: at most as many as it has words.
        if let end = ends[neighbour].reversed().first(where: { $0 < first }) {
          nearest[min(part, neighbour)] = min(nearest[min(part, neighbour)], first - end)
        }
      }
      ends[part].append(first + sizes[part] - 1)
      return true
    }
    return nearest
  }

  /// The same for parts of one word each: a word of the text is compared with what it may be alone.
  private mutating func nearestWords(_ text: Span<UInt8>) -> [Int] {
    var nearest = [Int](repeating: .max, count: patterns.count)
    var last = [Last](repeating: Last(), count: patterns.count)
    var number = -1
    scanner.restart()
    while scanner.next(in: text) {
      if !scanner.isTail { number += 1 }
      let key = scanner.key0
      for part in probes.indices where key & probes[part].mask == probes[part].key {
        guard patterns[part].words[0].matches(scanner) else { continue }
        if part > 0 {
          let place = last[part - 1].place(before: number)
          if place >= 0 { nearest[part - 1] = min(nearest[part - 1], number - place) }
        }
        if part + 1 < last.count {
          let place = last[part + 1].place(before: number)
          if place >= 0 { nearest[part] = min(nearest[part], number - place) }
        }
        last[part].take(number)
      }
    }
    return nearest
  }
}

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

  let patterns: [Pattern]
  private let rarities: [Float]
  private var matcher: PatternMatcher

  /// Nil if there is no pair of parts.
  init?(_ query: Query, rarity: (PatternWord) -> Float) {
    let patterns = query.shown.flatMap(\.patterns).filter { $0.field == nil || $0.field == .body }
    guard patterns.count > 1 else { return nil }
    self.patterns = Array(patterns.prefix(Proximity.mostParts))
    rarities = self.patterns.map { $0.words.map(rarity).max() ?? 0 }
    matcher = PatternMatcher(self.patterns)
  }

  /// What the pairs of a text add, the sum of `pairs`.
  mutating func score(of text: Span<UInt8>) -> Float { pairs(in: text).reduce(0) { $0 + $1.score } }

  /// The pairs that are near enough to count.
  /// - Complexity: linear in the bytes of the text, of which `longestText` are read.
  mutating func pairs(in text: Span<UInt8>) -> [Pair] {
    let seen = text.extracting(first: Proximity.longestText)
    let count = patterns.count
    let sizes = patterns.map(\.words.count)
    // The last words of the places of each part so far.
    var ends = [[Int]](repeating: [], count: count)
    var nearest = [Int](repeating: .max, count: count)
    matcher.forEachPlace(in: seen) { part, first, _ in
      for neighbour in [part - 1, part + 1] where ends.indices.contains(neighbour) {
        // Places that reach into this one are stepped over: at most as many as it has words.
        if let end = ends[neighbour].reversed().first(where: { $0 < first }) {
          nearest[min(part, neighbour)] = min(nearest[min(part, neighbour)], first - end)
        }
      }
      ends[part].append(first + sizes[part] - 1)
      return true
    }
    return (0..<count - 1).compactMap { first in
      guard nearest[first] <= Ranking.proximityReach else { return nil }
      return Pair(
        first: first, distance: nearest[first],
        score: Ranking.proximityScore(
          distance: nearest[first], rarity: min(rarities[first], rarities[first + 1])))
    }
  }
}

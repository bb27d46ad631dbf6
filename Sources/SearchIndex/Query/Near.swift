/// `a NEAR/5 b`: words and phrases that stand near one another in one field, in either order.
///
/// There must be a place for each operand so that each is at most its number of words away from the place
/// of the operand before: neighbours are 1 apart, words with one between them 2. A phrase is as far away
/// as its nearer end. Words are counted as analysis reads them, so a hyphen parts two; places that overlap
/// are not near one another.
struct Near: Equatable, Sendable {
  /// Two or more words or phrases.
  var operands: [Pattern]
  /// Between an operand and the next, how many words at most; one less than there are operands.
  var distances: [Int]
  /// The field, or nil for any one.
  var field: Field?

  /// The distance of `NEAR` without a number.
  static let usualDistance = 10
}

/// Finds operands of `NEAR` close enough to one another.
///
/// Keeps the places of all operands in a text, then goes through them from one operand to the next. All
/// places of an operand are equally many words long, so what is near enough to one is a run of the sorted
/// places of the next.
struct NearMatcher {
  let near: Near
  private var matcher: PatternMatcher
  private var places: [[Place]]

  /// Where an operand stands: its first word by number, and its bytes.
  private struct Place {
    var word: Int
    var range: Range<Int>
  }

  init(_ near: Near) {
    self.near = near
    matcher = PatternMatcher(near.operands)
    places = Array(repeating: [], count: near.operands.count)
  }

  /// Whether the operands stand near one another anywhere in a text.
  mutating func isMatch(_ text: Span<UInt8>) -> Bool {
    guard findPlaces(text) else { return false }
    return reachable()[near.operands.count - 1].contains(true)
  }

  /// Calls `body` for each place of an operand that is part of a match, operand by operand.
  mutating func forEachMatch(in text: Span<UInt8>, _ body: (_ operand: Int, _ range: Range<Int>) -> Void) {
    guard findPlaces(text) else { return }
    // A place counts if a chain reaches it from the first operand and goes on from it to the last.
    var forward = reachable()
    for operand in near.operands.indices.dropLast().reversed() {
      let distance = near.distances[operand]
      forward[operand] = meet(
        forward[operand], of: operand, with: forward[operand + 1], of: operand + 1, distance: distance)
    }
    for operand in near.operands.indices {
      for (place, isPart) in zip(places[operand], forward[operand]) where isPart {
        body(operand, place.range)
      }
    }
  }

  /// False if an operand is nowhere.
  private mutating func findPlaces(_ text: Span<UInt8>) -> Bool {
    var found = places
    for operand in found.indices { found[operand].removeAll(keepingCapacity: true) }
    matcher.forEachPlace(in: text) { operand, word, range in
      // A tail stands at the place of the pair before it and is found once.
      if found[operand].last?.word != word { found[operand].append(Place(word: word, range: range)) }
      return true
    }
    places = found
    return places.allSatisfy { !$0.isEmpty }
  }

  /// For each operand, which of its places a chain from the first operand reaches.
  private func reachable() -> [[Bool]] {
    var reached = places.map { Array(repeating: true, count: $0.count) }
    for operand in near.operands.indices.dropFirst() {
      reached[operand] = meet(
        reached[operand], of: operand, with: reached[operand - 1], of: operand - 1,
        distance: near.distances[operand - 1])
    }
    return reached
  }

  /// The places of one operand, of those given, that have one of the given places of another near.
  /// - Complexity: linear in both.
  private func meet(
    _ own: [Bool], of operand: Int, with other: [Bool], of neighbour: Int, distance: Int
  ) -> [Bool] {
    let size = near.operands[operand].words.count
    let otherSize = near.operands[neighbour].words.count
    let there = zip(places[neighbour], other).filter(\.1).map(\.0.word)
    var kept = own
    var low = 0
    for (index, place) in places[operand].enumerated() where own[index] {
      let word = place.word
      // Before: its last word is 1...distance words before this first one.
      let earliest = word - min(distance, word) - otherSize + 1
      while low < there.count, there[low] < earliest { low += 1 }
      var at = low
      var isNear = at < there.count && there[at] + otherSize <= word
      if !isNear {
        // After: its first word is 1...distance words after this last one. What overlaps is stepped over,
        // at most as many places as both have words.
        while at < there.count, there[at] < word + size { at += 1 }
        isNear = at < there.count && there[at] - (word + size - 1) <= distance
      }
      kept[index] = isNear
    }
    return kept
  }
}

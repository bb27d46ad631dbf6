extension Query {
  /// Where a field's text shows what is looked for: byte ranges on scalar boundaries, sorted, apart from
  /// one another. A phrase is one range from its first to its last word, a word found by its beginning is
  /// marked whole, of `NEAR` its words are marked where they
  /// are near enough, negated parts are never marked. Their number is what `n` and `N` walk.
  /// - Complexity: linear in the bytes of the text, times the words of the query.
  public func highlights(in text: Span<UInt8>, field: Field) -> [Range<Int>] {
    var found: [Range<Int>] = []
    forEachMatch(in: text, field: field) { _, range in found.append(range) }
    found.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    var merged: [Range<Int>] = []
    for range in found {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// Calls `body` for each place where a part of the query stands in a field, with the number of the part.
  func forEachMatch(in text: Span<UInt8>, field: Field, _ body: (Int, Range<Int>) -> Void) {
    let here = shown.filter { $0.isSought(in: field) }
    let plain = here.compactMap { part -> Pattern? in
      if case .pattern(let pattern) = part { return pattern }
      return nil
    }
    if !plain.isEmpty {
      var matcher = PatternMatcher(plain)
      matcher.forEachMatch(in: text) { index, range in
        body(index, range)
        return true
      }
    }
    var number = plain.count
    for part in here {
      switch part {
      case .pattern: continue
      case .near(let near):
        var matcher = NearMatcher(near)
        matcher.forEachMatch(in: text) { operand, range in body(number + operand, range) }
        number += near.operands.count
      case .regex(let expression):
        var matcher = RegexMatcher(expression)
        matcher.forEachMatch(in: text) { range in
          body(number, range)
          return true
        }
        number += 1
      }
    }
  }
}

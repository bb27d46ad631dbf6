/// Finds patterns in a text by analysing it: what checks phrases, and what highlights.
///
/// One bit a word of each pattern runs along the text ("shift-and"), so that the cost does not depend on
/// how often a phrase almost matches.
struct PatternMatcher {
  let patterns: [Pattern]
  private var scanner = WordScanner()
  private var states: [UInt64]
  /// Where the last 64 words stand, by number of the word.
  private var recent = [Range<Int>](repeating: 0..<0, count: Pattern.longest)

  init(_ patterns: [Pattern]) {
    self.patterns = patterns
    states = Array(repeating: 0, count: patterns.count)
  }

  /// Whether the first pattern is in a text. The same steps as `forEachMatch` takes, without what only
  /// highlights need: thousands of texts are checked for one phrase.
  mutating func isMatch(_ text: Span<UInt8>) -> Bool {
    let words = patterns[0].words
    let gaps = patterns[0].gaps
    let last: UInt64 = 1 << UInt64(words.count - 1)
    let (firstKey, firstIsExact) = (words[0].key0, words[0].match == .exact)
    var number = 0
    var state: UInt64 = 0
    scanner.restart()
    while scanner.next(in: text) {
      if scanner.isTail {
        let range = scanner.start..<scanner.end
        if last == 1, words[0].matches(scanner), WrittenGap.holds(gaps, around: { _ in range }, in: text) {
          return true
        }
        continue
      }
      recent[number % Pattern.longest] = scanner.start..<scanner.end
      number += 1
      if state == 0 && firstIsExact && scanner.key0 != firstKey { continue }
      var due = state << 1 | 1
      if words.count < 64 { due &= (1 << UInt64(words.count)) &- 1 }
      state = 0
      while due != 0 {
        let place = due.trailingZeroBitCount
        if words[place].matches(scanner) { state |= 1 << UInt64(place) }
        due &= due &- 1
      }
      guard state & last != 0 else { continue }
      if gaps.isEmpty { return true }
      let first = number - words.count
      let places = recent
      let holds = WrittenGap.holds(gaps, around: { places[(first + $0) % Pattern.longest] }, in: text)
      if holds { return true }
    }
    return false
  }

  /// Calls `body` for each place where a pattern is, in order of its last word, until it returns false.
  /// - Complexity: O(bytes of the text * words of the patterns).
  mutating func forEachMatch(in text: Span<UInt8>, _ body: (_ pattern: Int, _ range: Range<Int>) -> Bool) {
    forEachPlace(in: text) { pattern, _, range in body(pattern, range) }
  }

  /// The same with the number of the first word of each place.
  mutating func forEachPlace(
    in text: Span<UInt8>, _ body: (_ pattern: Int, _ word: Int, _ range: Range<Int>) -> Bool
  ) {
    for index in states.indices { states[index] = 0 }
    scanner.restart()
    var number = -1
    while scanner.next(in: text) {
      if scanner.isTail {
        for (index, pattern) in patterns.enumerated()
        where pattern.words.count == 1 && pattern.words[0].matches(scanner) {
          if !report(index, number: number, tail: scanner.start..<scanner.end, text, body) { return }
        }
        continue
      }
      number += 1
      recent[number % Pattern.longest] = scanner.start..<scanner.end
      for index in patterns.indices {
        if !step(index, number: number, text, body) { return }
      }
    }
  }

  private mutating func step(
    _ index: Int, number: Int, _ text: Span<UInt8>, _ body: (Int, Int, Range<Int>) -> Bool
  ) -> Bool {
    let words = patterns[index].words
    // A bit of the state says that the words up to it have just been seen one after the other.
    let due = states[index] << 1 | 1
    var state: UInt64 = 0
    for place in 0..<words.count where due >> UInt64(place) & 1 == 1 {
      if words[place].matches(scanner) { state |= 1 << UInt64(place) }
    }
    states[index] = state
    guard state >> UInt64(words.count - 1) & 1 == 1 else { return true }
    return report(index, number: number, tail: nil, text, body)
  }

  private func report(
    _ index: Int, number: Int, tail: Range<Int>?, _ text: Span<UInt8>, _ body: (Int, Int, Range<Int>) -> Bool
  ) -> Bool {
    let pattern = patterns[index]
    let first = number - pattern.words.count + 1
    func range(_ place: Int) -> Range<Int> { tail ?? recent[(first + place) % Pattern.longest] }
    guard WrittenGap.holds(pattern.gaps, around: range, in: text) else { return true }
    var found = range(0).lowerBound..<range(pattern.words.count - 1).upperBound
    if pattern.words.count == 1, pattern.words[0].isCharacter {
      let (_, size) = decodeScalar(text, at: found.lowerBound, before: text.count)
      found = found.lowerBound..<min(found.upperBound, found.lowerBound + size)
    }
    return body(index, first, found)
  }
}

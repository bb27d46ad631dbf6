import CKernel
import Testing

@testable import SearchIndex

/// The loops of answering against their twins, and words looked for as bytes against the analysis.
@Suite struct TextKernelTests {
  @Test func bitsAreThoseOfTheTwins() {
    var random = Seeded(3)
    for round in 0..<40 {
      let bytes = (0..<4096).map { _ in UInt8.random(in: 0...(round % 2 == 0 ? 2 : 255), using: &random) }
      let sums = (0..<4096).map { _ in UInt16.random(in: 0...(round % 3 == 0 ? 3 : .max), using: &random) }
      let threshold = [0, 1, 300, 32_767, 32_768, 65_534][round % 6] as UInt16
      var (fast, twin) = ([UInt64](repeating: 0, count: 64), [UInt64](repeating: 0, count: 64))
      unsafe ck_bits_of_bytes(bytes, &fast)
      unsafe ck_bits_of_bytes_portable(bytes, &twin)
      #expect(fast == twin)
      #expect(twin == bits(bytes.map { $0 != 0 }))
      let fastCount = unsafe ck_bits_above(sums, threshold, &fast)
      let twinCount = unsafe ck_bits_above_portable(sums, threshold, &twin)
      #expect(fast == twin && fastCount == twinCount)
      #expect(twin == bits(sums.map { $0 > threshold }))
    }
  }

  @Test func bitsFromABoundAreThoseOfEachByte() {
    var random = Seeded(5)
    for least in [1, 2, 127, 128, 200, 255] as [UInt8] {
      let bytes = (0..<4096).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      var found = [UInt64](repeating: 0, count: 64)
      unsafe ck_bits_from(bytes, least, &found)
      #expect(found == bits(bytes.map { $0 >= least }))
    }
  }

  /// Terms of one word's neighbourhood against the table of distances.
  @Test func termsOneLetterAwayAreThoseOfTheTable() {
    var random = Seeded(6)
    for _ in 0..<200 {
      func word() -> [UInt8] {
        var text = ""
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          text += ["a", "b", "c", "é", "东"].randomElement(using: &random) ?? "a"
        }
        return Array(text.utf8)
      }
      let sought = word().filter { $0 < 0x80 }
      guard !sought.isEmpty else { continue }
      let terms = (0..<60).map { _ in word() }
      var starts: [UInt32] = [0]
      for term in terms { starts.append((starts.last ?? 0) + UInt32(term.count)) }
      let bytes = terms.flatMap(\.self)
      let numbers = (0..<60).map { UInt32($0) }.shuffled(using: &random)
      for isOrdered in [true, false] {
        var found = [UInt32](repeating: 0, count: 60)
        let count =
          isOrdered
          ? unsafe ck_within_one(sought, sought.count, nil, 0, 60, bytes, UInt64(bytes.count), starts, &found)
          : unsafe ck_within_one(
            sought, sought.count, numbers, 0, 60, bytes, UInt64(bytes.count), starts, &found)
        let truth = (0..<60).filter { EditDistance.isWithin(1, scalars(of: terms[$0]), scalars(of: sought)) }
        let certain = found[..<count].filter { $0 >> 31 == 0 }.map { Int($0) }
        let open = found[..<count].filter { $0 >> 31 == 1 }.map { Int($0 & 0x7FFF_FFFF) }
        #expect(Set(certain).isSubset(of: truth))
        #expect(Set(truth).isSubset(of: certain + open))
        #expect(open.allSatisfy { number in terms[number].contains { $0 >= 0x80 } })
      }
    }
  }

  private func bits(_ set: [Bool]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: set.count / 64)
    for (place, isSet) in set.enumerated() where isSet { words[place / 64] |= 1 << UInt64(place % 64) }
    return words
  }

  @Test func countsBelowABound() {
    var random = Seeded(4)
    for count in 0...128 {
      let numbers = (0..<max(1, count)).map { _ in UInt32.random(in: 0..<500, using: &random) }.sorted()
      for bound in [0, 1, 250, 499, 500] as [UInt32] {
        let below = numbers.prefix(count).count { $0 < bound }
        #expect(unsafe ck_count_below(numbers, UInt32(count), bound) == UInt32(below))
      }
    }
  }

  static let words = ["ab", "b", "a", "abc", "a1", "10", "ba"]
  static let between = [
    " ", ", ", "-", "’", "—", "\u{A0}", "“", "\u{2028}", "\u{200B}", "\u{10}", "é", "\u{301}", "东", "👍", "_",
    "", "…", "ß", "\n\n", "\u{2003}",
  ]

  /// Whatever the bytes decide is what the analysis says, in every script and between any signs.
  @Test(arguments: 0..<8) func bytesDecideOnlyWhatTheAnalysisConfirms(_ seed: UInt64) {
    var random = Seeded(900 + seed)
    var decided = 0
    for _ in 0..<3_000 {
      var text = ""
      let pool = Int.random(in: 1...TextKernelTests.between.count, using: &random)
      for _ in 0..<Int.random(in: 0..<24, using: &random) {
        let word = TextKernelTests.words.randomElement(using: &random) ?? ""
        text += Bool.random(using: &random) ? word : word.uppercased()
        text += TextKernelTests.between[Int.random(in: 0..<pool, using: &random)]
      }
      var bytes = Array(text.utf8)
      if Int.random(in: 0..<6, using: &random) == 0, !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: .min ... .max, using: &random)
      }
      let count = Int.random(in: 1...3, using: &random)
      let isPrefix = Bool.random(using: &random)
      let sought = (0..<count).map { place in
        PatternWord(
          bytes: Array((TextKernelTests.words.randomElement(using: &random) ?? "a").utf8),
          match: place == count - 1 && isPrefix ? .prefix : .exact)
      }
      let pattern = Pattern(words: sought, gaps: [], field: nil)
      #expect(TextCheck.isPlain(pattern))
      var matcher = PatternMatcher([pattern])
      let truth = matcher.isMatch(bytes.span)
      let answer = find(sought, in: bytes)
      if answer >= 0 {
        decided += 1
        #expect((answer == 1) == truth, "\(text) \(sought.map { String(decoding: $0.bytes, as: UTF8.self) })")
      }
    }
    #expect(decided > 500)
  }

  private func find(_ words: [PatternWord], in text: [UInt8]) -> Int32 {
    let bytes = words.flatMap(\.bytes)
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return -1 }
      var at = 0
      let sought = unsafe words.map { word in
        defer { at += word.bytes.count }
        return unsafe ck_sought(
          bytes: base + at, length: UInt32(word.bytes.count), is_prefix: word.match == .prefix ? 1 : 0)
      }
      return unsafe ck_has_words(text + [0], text.count, sought, sought.count)
    }
  }
}

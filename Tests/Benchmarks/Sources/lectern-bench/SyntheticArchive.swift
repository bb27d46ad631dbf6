import Discussion

/// SplitMix64: the same archive in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
  /// From 0 up to 1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}

/// Discussions of made-up words whose frequencies fall off as in a language (Zipf).
struct SyntheticArchive {
  let words: [[UInt8]]
  let discussions: [ParsedDiscussion]
  let textBytes: Int

  /// - Complexity: O(discussions * words of each).
  init(discussions count: Int, seed: UInt64) {
    var random = Seeded(state: seed)
    let consonants = Array("bcdfghklmnprstvw".utf8)
    let vowels = Array("aeiou".utf8)
    let words = (0..<30_000).map { rank in
      let syllables = rank < 60 ? 1 : (rank < 2000 ? 2 : 3) + Int(random.next() % 2)
      return (0..<syllables).flatMap { _ in
        [consonants[Int(random.next() % 16)], vowels[Int(random.next() % 5)]]
      } + [consonants[Int(random.next() % 16)]]
    }
    var bytes = 0
    func text(_ length: Int, _ random: inout Seeded) -> [UInt8] {
      var text: [UInt8] = []
      for place in 0..<length {
        // The inverse of a Zipf distribution's sum, by its integral.
        var power = 1.0
        let exponent = random.unit()
        var base = Double(words.count)
        var bits = Int(exponent * 1024)
        // words.count raised to `exponent`, by repeated roots, so that no library is needed.
        var step = 512
        while step > 0 {
          base = base.squareRoot()
          if bits >= step {
            power *= base
            bits -= step
          }
          step /= 2
        }
        text += words[min(words.count - 1, Int(power) - 1 + Int(random.next() % 3))]
        text.append(place % 17 == 16 ? 0x0A : 0x20)
      }
      return text
    }
    var discussions: [ParsedDiscussion] = []
    for number in 0..<count {
      var comments: [ParsedComment] = []
      for index in 0..<Int(random.next() % 20) {
        let body = text(20 + Int(random.next() % 100), &random)
        bytes += body.count
        let parent: ParsedComment.Parent =
          index > 0 && random.next() % 2 == 0 ? .comment(Int(random.next() % UInt64(index))) : .post
        comments.append(
          ParsedComment(
            parent: parent, author: words[Int(random.next() % 3000)], text: ParsedText(utf8: body)))
      }
      let body = text(100 + Int(random.next() % 300), &random)
      bytes += body.count
      discussions.append(
        ParsedDiscussion(
          title: text(6, &random), author: words[Int(random.next() % 3000)], format: "synthetic",
          nativeID: Array("post-\(number)".utf8), body: ParsedText(utf8: body), comments: comments,
          sources: [Array("synthetic".utf8)]))
    }
    self.words = words
    self.discussions = discussions
    textBytes = bytes
  }
}

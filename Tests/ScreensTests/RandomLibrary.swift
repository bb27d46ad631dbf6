import Discussion

/// A library made by chance: shapes, widths and lengths of all kinds.
enum RandomLibrary {
  private static let pieces = [
    "ferry", "bell", "風の音", "e\u{301}te\u{301}", "👍🏽", "a\tb", "\u{202E}right\u{202C}", "x\u{0007}y",
    "supercalifragilistic",
    "\u{200B}", "and", "the", "of it", "¶", "\u{1F469}\u{200D}\u{1F680}", "zero",
  ]

  static func text(_ random: inout SeededRandom, words limit: Int) -> String {
    (0..<Int.random(in: 0...limit, using: &random)).map { _ in
      (pieces.randomElement(using: &random) ?? "")
        + ([" ", " ", " ", "\n", "\n\n", ", "].randomElement(using: &random) ?? " ")
    }.joined()
  }

  static func discussion(_ random: inout SeededRandom, number: Int) -> ParsedDiscussion {
    let isChain = Int.random(in: 0..<5, using: &random) == 0
    let count = Int.random(in: 0...(isChain ? 40 : 14), using: &random)
    let comments = (0..<count).map { place in
      let parent = isChain ? place - 1 : Int.random(in: -1..<max(0, place), using: &random)
      let author = text(&random, words: 2)
      let text = ParsedText(text(&random, words: [0, 3, 12, 120].randomElement(using: &random) ?? 3))
      return ParsedComment(
        parent: parent < 0 ? .post : .comment(parent),
        kind: Int.random(in: 0..<9, using: &random) == 0 ? .pingback : .comment,
        author: author.isEmpty ? nil : Array(author.utf8),
        date: Timestamp(seconds: Int64.random(in: 0...2_000_000_000, using: &random), precision: .minute),
        score: Bool.random(using: &random) ? 7 : nil, text: text)
    }
    let title = text(&random, words: 6) + (Int.random(in: 0..<6, using: &random) == 0 ? "" : " \(number)")
    return ParsedDiscussion(
      title: Array(title.utf8), format: "test", body: ParsedText(text(&random, words: 60)),
      comments: comments, sources: [Array("folder/\(number).txt".utf8)])
  }

  static func batch(_ random: inout SeededRandom, from number: Int) -> [ParsedDiscussion] {
    (0..<Int.random(in: 1...4, using: &random)).map { discussion(&random, number: number + $0) }
  }
}

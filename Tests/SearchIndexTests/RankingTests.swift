import Bytes
import Testing

@testable import SearchIndex

@Suite struct RankingTests {
  /// Three bodies of 2, 4 and 6 words, on average 4; `fox` stands 1, 0 and 3 times in them.
  let corpus = Corpus(["fox runs", "a dog sleeps here", "fox fox fox and a dog"])

  @Test func scoresAsComputedByHand() {
    // rarity = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6 = 0.470004
    // document 0: 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 4)) = 2.2 / 1.75 = 1.257143 -> 0.590862
    // document 2: 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 6 / 4)) = 6.6 / 4.65 = 1.419355 -> 0.667102
    let hits = corpus.index().search(.parse("fox"), texts: corpus, limit: 9, order: .ranked).hits
    #expect(hits.map(\.document.rawValue) == [2, 0])
    let step = Ranking.impactStep * 0.470004
    #expect(abs(hits[0].score - 0.667102) <= step && abs(hits[1].score - 0.590862) <= step)
    let exact = corpus.truth.scores(.parse("fox")).map(\.score)
    #expect(abs(exact[0] - 0.590862) < 1e-5 && abs(exact[1] - 0.667102) < 1e-5)
  }

  @Test func logarithmIsClose() {
    // ln of 1, 2, e, 10, 1e6
    for (value, expected) in [(1, 0), (2, 0.693147), (2.7182818, 1), (10, 2.302585), (1e6, 13.815511)]
      as [(Float, Float)]
    {
      #expect(abs(Ranking.logarithm(value) - expected) < 1e-5)
    }
  }

  @Test func titleBeatsAuthorBeatsBodyAndExactBeatsBeginning() {
    let corpus = Corpus([
      .init(body: "fox"), .init(body: "x", author: "fox"), .init(body: "x", title: "fox"),
      .init(body: "foxes"),
    ])
    func order(_ query: String) -> [UInt32] {
      corpus.index().search(.parse(query), texts: corpus, limit: 9, order: .ranked).hits.map(
        \.document.rawValue)
    }
    #expect(order("fox") == [2, 1, 0])
    #expect(Array(order("fox*").suffix(2)) == [0, 3])
  }

  @Test func tiesGoToTheFirstDocument() {
    let corpus = Corpus(Array(repeating: "same words here", count: 300))
    let hits = corpus.index().search(.parse("words"), texts: corpus, limit: 5, order: .ranked).hits
    #expect(hits.map(\.document.rawValue) == [0, 1, 2, 3, 4])
  }

  @Test func partsThatDoNotFitAddNothing() {
    let far = String(repeating: "x ", count: Ranking.proximityReach)
    let corpus = Corpus(["fox", "fox \(far) dog", "fox dog cat"])
    let hits = corpus.index().search(.parse("fox OR (dog cat)"), texts: corpus, limit: 9, order: .ranked).hits
    #expect(hits.first?.document.rawValue == 2)
    let plain = corpus.index().search(.parse("fox"), texts: corpus, limit: 9, order: .ranked).hits
    let one = DocumentID(rawValue: 1)
    let score = hits.first { $0.document == one }?.score ?? 0
    let alone = plain.first { $0.document == one }?.score ?? 1
    // Each query has its own step of scores.
    #expect(abs(score - alone) < 1e-4)
  }
}

@Suite struct SuggestionTests {
  let corpus = Corpus(["receive receipts", "receive words", "worlds été", "zebra"])

  @Test(
    arguments: [
      ("recieve", "receive"), ("receiv", "receive"), ("wrods", "words"), ("zerba", "zebra"), ("ete", nil),
      ("receive", nil), ("completelyelse", nil), ("wordls", "words"),
    ] as [(String, String?)])
  func suggests(_ word: String, _ expected: String?) {
    #expect(corpus.index().suggestion(for: Array(word.utf8)) == expected.map { Array($0.utf8) })
    #expect(corpus.index(segmentSize: 1).suggestion(for: Array(word.utf8)) == expected.map { Array($0.utf8) })
  }

  /// The dictionary walk against a comparison with every term by the textbook's recursion.
  @Test func walkFindsWhatComparingAllTermsFinds() {
    var random = Seeded(21)
    let letters: [Character] = ["a", "b", "c", "é", "東"]
    func word() -> String {
      String(
        (0..<Int.random(in: 1...6, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
    }
    func distance(_ left: ArraySlice<UInt32>, _ right: ArraySlice<UInt32>) -> Int {
      guard let a = left.last, let b = right.last else { return left.count + right.count }
      var best = min(distance(left.dropLast(), right), distance(left, right.dropLast())) + 1
      best = min(best, distance(left.dropLast(), right.dropLast()) + (a == b ? 0 : 1))
      if left.count > 1, right.count > 1, left.dropLast().last == b, right.dropLast().last == a {
        best = min(best, distance(left.dropLast(2), right.dropLast(2)) + 1)
      }
      return best
    }
    for _ in 0..<5 {
      let segment = Corpus((0..<60).map { _ in word() }).index().segments[0]
      for _ in 0..<8 {
        let wanted = Array(word().utf8.prefix(7))
        for limit in 0...2 {
          var found: [Int] = []
          segment.body.forEachTerm(within: limit, of: wanted) { rank, _ in found.append(rank) }
          let expected = (0..<segment.body.termCount).filter { rank in
            let (term, meant) = (scalars(of: segment.body.term(rank)), scalars(of: wanted))
            return abs(term.count - meant.count) <= limit && distance(term[...], meant[...]) <= limit
          }
          #expect(found == expected)
          var unsorted = segment.body.columns
          unsorted.endingRanks = Column()
          var walked: [Int] = []
          FieldIndex(unsorted).forEachTerm(within: limit, of: wanted) { rank, _ in walked.append(rank) }
          #expect(walked == expected)
        }
        let ending = Array(wanted.suffix(2))
        #expect(
          segment.body.ranks(withSuffix: ending)
            == (0..<segment.body.termCount).filter {
              segment.body.term($0).suffix(ending.count) == ending[...]
            })
      }
    }
  }
}

import Testing

@testable import SearchIndex

/// The index against the linear scan.
@Suite struct TruthTests {
  static let words = ["ant", "bee", "ante", "c++", "été"]

  /// All documents of up to two words of the alphabet and some of three, with titles and authors here and
  /// there.
  static let corpus: Corpus = {
    var documents: [Corpus.Document] = []
    for first in words {
      documents.append(.init(body: first))
      for second in words {
        documents.append(.init(body: "\(first) \(second)", author: documents.count % 3 == 0 ? first : ""))
        let third = words[(documents.count * 7) % 5]
        let title = documents.count % 2 == 0 ? second : ""
        documents.append(.init(body: "\(first)-\(second), \(third)", title: title))
      }
    }
    documents.append(.init(body: ""))
    return Corpus(documents)
  }()

  static func units(_ words: [String]) -> [String] {
    words.flatMap { [$0, "-\($0)", "\($0)*", "title:\($0)", "-author:\($0)", "\"\($0)\"", "\($0)~1"] }
  }

  func check(
    _ queries: some Sequence<String>, _ corpus: Corpus, segmentSize: Int = .max, stemming: Stemming? = nil
  ) {
    let truth = corpus.truth
    let index = corpus.index(segmentSize: segmentSize)
    for text in queries {
      for typing in [false, true] {
        let query = Query.parse(text, typing: typing, stemming: stemming)
        let result = index.search(query, texts: corpus, limit: .max, order: .reading)
        let expected = truth.matches(query)
        #expect(result.hits.map(\.document) == expected, "\(text) typing \(typing)")
        #expect(result.total == expected.count)
        if result.total != expected.count { return }
      }
    }
  }

  @Test func allQueriesOfUpToTwoParts() {
    let units = TruthTests.units(TruthTests.words)
    check(units, TruthTests.corpus)
    for first in units {
      check(units.map { "\(first) \($0)" }, TruthTests.corpus, segmentSize: 13)
      check(TruthTests.words.map { "\(first) OR \($0)" }, TruthTests.corpus)
    }
  }

  @Test func allQueriesOfThreeWords() {
    let words = TruthTests.words
    for first in words {
      for second in words {
        for third in words {
          let (a, b, c) = (first, second, third)
          check(
            [
              "\(a) \(b) \(c)", "\"\(a) \(b) \(c)\"", "\(a) OR \(b) \(c)", "(\(a) OR \(b)) \(c)",
              "\(a) -\"\(b) \(c)\"", "-(\(a) OR \(b)) \(c)", "\(a)-\(b) OR \(c)*", "-\(a) -\(b) -\(c)",
            ], TruthTests.corpus)
        }
      }
    }
  }

  static let pieces = [
    "ant", "Bee", "ANTE", "c++", "c#", "été", "e\u{301}te\u{301}", "naïve", "don't", "don’t", "self-made",
    "x",
    "東京", "京", "東京都", "か\u{3099}", "hello", "hel\u{200B}lo", "#1", "@bee", "a.b/c", "👍", "ß", "ss",
    "internationalisation", "internationalisierung", "ΣΊΣΥΦΟΣ", "σίσυφος", "ants", "using", "use", "Cities",
    "city",
  ]

  static func randomCorpus(_ random: inout Seeded, count: Int) -> Corpus {
    func text(_ longest: Int) -> String {
      (0..<Int.random(in: 0...longest, using: &random)).map { _ in
        (pieces.randomElement(using: &random) ?? "")
          + ([" ", " ", ", ", "\n", "-", ""].randomElement(using: &random) ?? "")
      }.joined()
    }
    return Corpus((0..<count).map { _ in Corpus.Document(body: text(8), title: text(2), author: text(2)) })
  }

  static let expressions = [
    "/ant/ ", "/AN[TS]/i ", "-/\\bbee\\b/ ", "title:/^ant/ ", "author:/e+$/ ", "/t.*e/ ", "/n(a|t)i?/ ",
    "/[^a-z\\s]{2}/ ",
    "/(?i)été/ ", "/internationali[sz]/ ", "/\\p{Han}+/ ", "/o{2}/ ", "/ant bee/ ", "/x?/ ",
  ]

  static func randomQuery(_ random: inout Seeded) -> String {
    func word() -> String { pieces.randomElement(using: &random) ?? "" }
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      switch Int.random(in: 0..<20, using: &random) {
      case 0: text += "\"\(word()) \(word())\" "
      case 1: text += "-\(word()) "
      case 2: text += "OR "
      case 3: text += "("
      case 4: text += ") "
      case 5: text += "\(String(word().prefix(2)))* "
      case 6: text += "author:\(word()) "
      case 7: text += "title:\"\(word()) \(word())\" "
      case 8: text += "\(word())~ "
      case 9: text += "-\"\(word()) \(word())* \" "
      case 10: text += "\(word()) NEAR/\(Int.random(in: 1...4, using: &random)) \(word()) "
      case 11: text += "\"\(word()) \(word())\" NEAR/2 \(word().prefix(2))* NEAR/1 \(word()) "
      case 12: text += expressions.randomElement(using: &random) ?? ""
      case 13: text += "*\(String(word().suffix(2))) "
      default: text += "\(word()) "
      }
    }
    return text
  }

  /// Over all seeds and both ways of reading, 10,800 queries.
  @Test(arguments: 0..<90) func randomQueriesOverRandomDocuments(_ seed: UInt64) {
    var random = Seeded(seed)
    let corpus = TruthTests.randomCorpus(&random, count: 30)
    let queries = (0..<60).map { _ in TruthTests.randomQuery(&random) }
    check(
      queries, corpus, segmentSize: seed % 2 == 0 ? .max : 11,
      stemming: seed % 3 == 0 ? Stemming("english") : nil)
  }

  /// Segments joined without reading a text again, some documents gone and others only left out.
  @Test(arguments: 0..<20) func randomQueriesAfterMergingAndLeavingOut(_ seed: UInt64) throws {
    var random = Seeded(5000 + seed)
    let corpus = TruthTests.randomCorpus(&random, count: 40)
    let parts = corpus.index(segmentSize: 9)
    let gone = Set((0..<40).filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
    var kept: [Int] = []
    var rows: [[UInt32]] = []
    for (number, segment) in parts.segments.enumerated() {
      rows.append(
        (0..<segment.documentCount).map { row in
          let document = number * 9 + row
          if gone.contains(document) { return .max }
          kept.append(document)
          return UInt32(kept.count - 1)
        })
    }
    let left = Corpus(kept.map { corpus.documents[$0] })
    let merged = SearchIndex(
      segments: [try IndexSegment.merging(parts.segments, rows: rows, documentCount: kept.count)])
    #expect(merged.segments[0].brokenInvariants() == [])
    var excluded = DocumentBitmap(capacity: 40)
    for document in gone { excluded.insert(DocumentID(rawValue: UInt32(document))) }
    let truth = left.truth
    for _ in 0..<40 {
      let text = TruthTests.randomQuery(&random)
      let query = Query.parse(text, stemming: seed % 2 == 0 ? Stemming("english") : nil)
      let expected = truth.matches(query)
      let found = merged.search(query, texts: left, limit: .max, order: .reading)
      #expect(found.hits.map(\.document) == expected, "merged: \(text)")
      let before = parts.search(query, texts: corpus, limit: .max, order: .reading, excluding: excluded)
      #expect(
        before.hits.map { Int($0.document.rawValue) } == expected.map { kept[Int($0.rawValue)] },
        "left out: \(text)")
      #expect(before.total == expected.count)
    }
  }

  @Test(arguments: 0..<10) func scoresAreThoseOfTheScanButForRounding(_ seed: UInt64) {
    var random = Seeded(1000 + seed)
    let corpus = TruthTests.randomCorpus(&random, count: 30)
    let index = corpus.index()
    let truth = corpus.truth
    for _ in 0..<30 {
      let text = TruthTests.randomQuery(&random)
      let query = Query.parse(text, stemming: seed % 2 == 0 ? Stemming("english") : nil)
      let result = index.search(query, texts: corpus, limit: .max, order: .ranked)
      let expected = truth.scores(query)
      let exact = Set(truth.exactMatches(query))
      #expect(Set(result.hits.map(\.document)) == Set(expected.map(\.document)), "\(text)")
      for (document, score) in expected {
        let own = result.hits.first { $0.document == document }?.score ?? -1
        #expect(abs(own - score) <= 0.02 * score + 0.02, "\(text) document \(document)")
      }
      if let hit = result.hits.randomElement(using: &random) {
        let explained = index.explain(query, document: hit.document, texts: corpus)
        #expect(explained?.score == hit.score, "\(text)")
        #expect(abs(explained?.rounding ?? 1) <= 0.001 * hit.score + 0.001, "\(text)")
        #expect(explained?.isExact == exact.contains(hit.document))
      }
      for (better, worse) in zip(result.hits, result.hits.dropFirst()) {
        let (isFirst, isSecond) = (exact.contains(better.document), exact.contains(worse.document))
        #expect(isFirst || !isSecond, "\(text)")
        if isFirst != isSecond { continue }
        #expect(
          better.score > worse.score || (better.score == worse.score && better.document < worse.document))
      }
    }
  }

  /// Enough documents for full blocks, several windows, and lists of every density.
  @Test func longListsEqualTheScan() {
    var random = Seeded(7)
    let count = 9_500
    let corpus = Corpus(
      (0..<count).map { number in
        var words = number % 2 == 0 ? "even" : "odd"
        if number % 3 == 0 { words += " three" }
        if number % 61 == 0 { words += " rare" }
        if number > 8_900 { words += " late" }
        if number == 4_096 || number == 9_499 { words += " twice" }
        if Int.random(in: 0..<5, using: &random) == 0 { words += " random three" }
        return words
      })
    let queries = [
      "even", "odd three", "rare late", "twice", "rare OR twice", "\"random three\"", "\"three random\"",
      "even -three", "late rare even", "r*", "t* -late", "-even", "random", "twice rare",
    ]
    let truth = corpus.truth
    let index = corpus.index()
    let cut = corpus.index(segmentSize: 4_200)
    for text in queries {
      let query = Query.parse(text)
      let expected = truth.matches(query)
      for searched in [index, cut] {
        for order in [SearchOrder.reading, .ranked, .newestFirst] {
          let result = searched.search(query, texts: corpus, limit: .max, order: order)
          #expect(result.total == expected.count, "\(text) \(order)")
          #expect(result.hits.map(\.document).sorted() == expected, "\(text) \(order)")
          let ten = searched.search(query, texts: corpus, limit: 10, order: order)
          #expect(ten.hits == Array(result.hits.prefix(10)), "\(text) \(order)")
        }
      }
    }
  }
}

import SearchIndex
import Testing

@Suite struct HighlightTests {
  func marked(_ query: String, _ text: String, field: Field = .body, typing: Bool = false) -> [String] {
    let bytes = Array(text.utf8)
    return Query.parse(query, typing: typing).highlights(in: bytes.span, field: field).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }

  @Test(
    arguments: [
      ("quick fox", "The Quick brown fox; quickly", ["Quick", "fox"]),
      ("\"quick brown\" brown", "quick brown brown", ["quick brown", "brown"]),
      ("qui*", "Quick quit quay", ["Quick", "quit"]), ("fox -quick", "quick fox", ["fox"]),
      ("C++", "C, C++ and C+", ["C"]), ("cafe", "un café, cafe\u{301}!", ["café", "cafe\u{301}"]),
      ("word", "wo\u{200B}rd", ["wo\u{200B}rd"]), ("東京", "東京都の東京", ["東京", "東京"]), ("京", "東京都 京", ["京", "京"]),
      ("都", "東京都", ["都"]), ("東京都", "東京都庁", ["東京都"]), ("don't", "I don’t, don t", ["don’t", "don t"]),
      ("author:fox", "fox", []), ("\"a a\"", "a a a", ["a a a"]),
      ("fox~1", "fix fax box", ["fix", "fax", "box"]),
      ("NOT fox", "fox", []),
    ] as [(String, String, [String])])
  func marks(_ query: String, _ text: String, _ expected: [String]) {
    #expect(marked(query, text) == expected)
  }

  @Test func marksByFieldAndWhileTyping() {
    #expect(marked("author:fox", "Fox", field: .author) == ["Fox"])
    #expect(marked("quick f", "quick fox f", typing: true) == ["quick", "fox", "f"])
  }

  /// What is found is highlighted, what is not found is not, for queries of one pattern.
  @Test func agreesWithTheSearch() {
    var random = Seeded(11)
    for _ in 0..<20 {
      let corpus = TruthTests.randomCorpus(&random, count: 12)
      let index = corpus.index()
      for piece in TruthTests.pieces {
        let query = Query.parse("\"\(piece) \(TruthTests.pieces.randomElement(using: &random) ?? "")\"")
        let hits = index.search(query, texts: corpus, limit: .max, order: .reading).hits.map(\.document)
        for number in 0..<12 {
          let document = DocumentID(rawValue: UInt32(number))
          let isMarked = Field.allCases.contains { field in
            corpus.withText(of: document, field: field) { !query.highlights(in: $0, field: field).isEmpty }
          }
          #expect(isMarked == hits.contains(document))
        }
      }
    }
  }
}

@Suite struct SnippetTests {
  func snippet(_ query: String, _ text: String, _ limit: Int) -> (
    text: String, marked: [String], source: String
  ) {
    let bytes = Array(text.utf8)
    let snippet = Query.parse(query).snippet(of: bytes.span, field: .body, limitScalars: limit)
    let line = String(decoding: snippet.text, as: UTF8.self)
    let scalars = Array(line.unicodeScalars)
    #expect(scalars.count <= max(limit, 1))
    let marked = snippet.highlights.map { range in
      String(String.UnicodeScalarView(scalars[range]))
    }
    return (line, marked, String(decoding: bytes[snippet.sourceRange], as: UTF8.self))
  }

  @Test func foldsLinesAndMarksScalars() {
    let found = snippet("naïve fox", "A naïve\n\n  Fox — here", 80)
    #expect(found.text == "A naïve Fox — here")
    #expect(found.marked == ["naïve", "Fox"])
    #expect(found.source == "A naïve\n\n  Fox — here")
  }

  @Test func takesThePlaceWithMostParts() {
    let filler = String(repeating: "word ", count: 40)
    let found = snippet("fox dog", "fox \(filler)fox and dog \(filler)dog", 30)
    #expect(found.marked == ["fox", "dog"])
    #expect(found.text.hasPrefix("…") && found.text.hasSuffix("…"))
    #expect(found.text.contains("fox and dog"))
  }

  @Test func withoutAMatchShowsTheBeginning() {
    #expect(snippet("fox", "One two three four", 9).text == "One two…")
    #expect(snippet("fox", "", 9).text == "")
    #expect(snippet("fox", " \n ", 9).text == "")
  }

  @Test func keepsItsPromisesForAnyTextAndWidth() {
    var random = Seeded(12)
    for _ in 0..<300 {
      let corpus = TruthTests.randomCorpus(&random, count: 1)
      let text = corpus.documents[0].body
      for limit in [0, 1, 2, 3, 7, 20, 100] {
        let found = snippet(TruthTests.randomQuery(&random), text, limit)
        #expect(!found.text.contains("\n") && !found.text.hasPrefix(" ") && !found.text.hasSuffix(" "))
      }
    }
  }

  @Test func anyBytesAreCut() {
    var random = Seeded(13)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        [0x61, 0x20, 0xC3, 0xA9, 0xE6, 0x9D, 0xB1, 0xF0, 0xFF, 0x0A].randomElement(using: &random) ?? UInt8(0)
      }
      let snippet = Query.parse("a* é").snippet(of: bytes.span, field: .body, limitScalars: 12)
      #expect(String(validating: snippet.text, as: UTF8.self) != nil)
    }
  }
}

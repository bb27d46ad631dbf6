import SearchIndex
import Testing

@Suite struct SearchTests {
  let corpus = Corpus([
    .init(body: "The quick brown fox", title: "Foxes", author: "Steve Radick"),
    .init(body: "a brown dog, quick to bark; don’t run", author: "Ari Herzog"),
    .init(body: "I write C++ and C# but rarely C", author: "Natalie"),
    .init(body: "see https://example.org/a?b=1 or mail me@example.org #1 issue, #10 too"),
    .init(body: "wo\u{200B}rd and Café, CAFE\u{301}; Straße"),
    .init(body: "東京都庁へ行く。 が か\u{3099}"),
  ])

  @Test(
    arguments: [
      ("quick", [0, 1]), ("QUICK brown", [0, 1]), ("\"quick brown\"", [0]), ("\"brown quick\"", []),
      ("brown -dog", [0]), ("fox OR dog", [0, 1]), ("quick (fox OR bark)", [0, 1]), ("qui*", [0, 1]),
      ("author:steve", [0]), ("author:\"steve radick\"", [0]), ("author:\"radick steve\"", []),
      ("title:foxes", [0]), ("steve", [0]), ("don't", [1]), ("dont", []), ("don t", [1]),
      ("C++", [2]), ("c#", [2]), ("C", [2]), ("#1", [3]), ("#10", [3]), ("#2", []), ("1", [3]),
      ("https://example.org/a?b=1", [3]), ("https://example.org/b", []), ("me@example.org", [3]),
      ("@example", [3]), ("example.org", [3]), ("example,org", []), ("word", [4]), ("cafe", [4]),
      ("CAFÉ", [4]), ("\"cafe cafe\"", [4]), ("strasse", [4]), ("STRASSE", [4]), ("東京", [5]), ("京都", [5]),
      ("都", [5]), ("京都庁", [5]), ("東都", []), ("く", [5]), ("\"が が\"", [5]), ("-quick", [2, 3, 4, 5]),
      ("#2~", []), ("", []), ("quikc~1", [0, 1]), ("brwn~", [0, 1]), ("foks~2", [0]), ("(quick", [0, 1]),
      ("quick)", [0, 1]),
      ("-\"quick brown\" quick", [1]), ("NOT quick brown", []), ("author:(steve OR ari)", [0, 1]),
      ("quick -author:ari", [0]), ("C++ -rarely", []), ("“quick brown”", [0]), ("++", []),
      ("qui* OR c++ OR 都", [0, 1, 2, 5]),
    ] as [(String, [UInt32])])
  func finds(_ query: String, _ documents: [UInt32]) {
    #expect(corpus.found(query) == documents)
    #expect(corpus.truth.matches(.parse(query)).map(\.rawValue) == documents)
  }

  @Test(
    arguments: [
      ("qui", [0, 1]), ("qui ", []), ("brown f", [0]), ("\"quick br", [0]), ("author:ste", [0]), ("東", [5]),
      ("C+", [2]), ("#1", [3]), ("quick -do", [0, 1]), ("don't r", [1]), ("don'", [1]),
    ] as [(String, [UInt32])])
  func typingTakesTheLastWordAsABeginning(_ query: String, _ documents: [UInt32]) {
    #expect(corpus.found(query, typing: true) == documents)
  }

  @Test func ordersAndLimits() {
    let index = corpus.index()
    let query = Query.parse("quick OR c OR word")
    func numbers(_ order: SearchOrder, _ limit: Int) -> [UInt32] {
      index.search(query, texts: corpus, limit: limit, order: order).hits.map(\.document.rawValue)
    }
    #expect(numbers(.reading, 2) == [0, 1])
    #expect(numbers(.newestFirst, 2) == [4, 2])
    #expect(index.search(query, texts: corpus, limit: 0, order: .reading).total == 4)
  }

  @Test func newestFirstGoesByDateWhereThereAreDates() {
    let dates: [Int64] = [50, 10, 70, .min, 50, .min]
    for size in [6, 2] {
      let index = corpus.index(segmentSize: size, dates: dates)
      func numbers(_ query: String, _ limit: Int) -> [UInt32] {
        index.search(.parse(query), texts: corpus, limit: limit, order: .newestFirst)
          .hits.map(\.document.rawValue)
      }
      #expect(numbers("-nowhere", 9) == [2, 0, 4, 1, 3, 5])
      #expect(numbers("-nowhere", 2) == [2, 0])
      #expect(numbers("quick", 9) == [0, 1])
      let undated = corpus.index(segmentSize: size)
      let last = undated.search(.parse("-nowhere"), texts: corpus, limit: 4, order: .newestFirst).hits
      #expect(last.map(\.document.rawValue) == [5, 4, 3, 2])
    }
  }

  @Test func leavesOutWhatIsExcludedOrNotAskedFor() {
    let index = corpus.index()
    var dead = DocumentBitmap(capacity: 6)
    dead.insert(DocumentID(rawValue: 0))
    let some = index.search(
      .parse("quick"), texts: corpus, limit: 9, order: .reading, excluding: dead)
    #expect(some.hits.map(\.document.rawValue) == [1])
    let only = index.search(.parse("quick"), texts: corpus, limit: 9, order: .reading, restrictedTo: dead)
    #expect(only.hits.map(\.document.rawValue) == [0])
  }

  @Test func stopsWhenCancelled() {
    let result = corpus.index().search(
      .parse("quick"), texts: corpus, limit: 9, order: .reading, isCancelled: { true })
    #expect(!result.isComplete && result.hits.isEmpty)
  }
}

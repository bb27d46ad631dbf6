import Testing

@testable import SearchIndex

@Suite struct QueryTests {
  func kinds(_ text: String, typing: Bool = false) -> [QueryProblem.Kind] {
    Query.parse(text, typing: typing).problems.map(\.kind)
  }

  @Test func reportsWhatIsOddWithItsPlace() {
    #expect(Query.parse("a \"b").problems == [QueryProblem(kind: .openQuote, range: 2..<3)])
    #expect(Query.parse("(a").problems == [QueryProblem(kind: .openGroup, range: 0..<1)])
    #expect(Query.parse("a )").problems == [QueryProblem(kind: .strayParenthesis, range: 2..<3)])
    #expect(Query.parse("a OR").problems == [QueryProblem(kind: .danglingOperator, range: 2..<4)])
    #expect(Query.parse("OR a").problems == [QueryProblem(kind: .danglingOperator, range: 0..<2)])
    #expect(Query.parse("a ++").problems == [QueryProblem(kind: .noWords, range: 2..<4)])
    #expect(Query.parse("author: a").problems == [QueryProblem(kind: .missingValue("author"), range: 0..<7)])
    #expect(Query.parse("is:odd").problems.map(\.range) == [0..<6])
    #expect(kinds("/colou?r/ a NEAR b \"c d\" NEAR/3 e") == [])
    #expect(
      Query.parse("a /(b/").problems == [
        QueryProblem(kind: .badExpression("missing closing parenthesis"), range: 2..<6)
      ])
    #expect(kinds("a /b+") == [.openExpression])
    #expect(kinds("a /usr/share") == [] && kinds("a /usr") == [])
    #expect(Query.parse("NEAR a").problems == [QueryProblem(kind: .danglingNear, range: 0..<4)])
    #expect(Query.parse("a NEAR/2").problems == [QueryProblem(kind: .danglingNear, range: 2..<8)])
    #expect(kinds("a NEAR -b") == [.danglingNear] && kinds("a NEAR (b OR c)") == [.danglingNear])
    #expect(kinds("a NEAR/0 b") == [.badDistance])
    #expect(kinds("title:a NEAR author:b") == [.nearAcrossFields])
    #expect(kinds("a -\"b c\" (d OR e) f* author:g is:read") == [])
    let messages = Query.parse("a )").problems.map(\.message)
    #expect(messages == ["this parenthesis closes nothing"])
  }

  @Test(arguments: [
    "a \"b", "(a", "a OR", "author:", "is:", "is:rea", "-", "a -", "date:20", "a NEAR/", "a NEAR/0",
    "a NEAR/4 ", "/a(", "title:/[",
  ])
  func isPatientWhileTyping(_ text: String) {
    #expect(kinds(text, typing: true) == [])
  }

  @Test(
    arguments: [
      ("is:starred", .mark(.starred)), ("is:post", .kind(.post)), ("in:comment", .kind(.comment)),
      ("tag:\"to do\"", .tag("to do")), ("note:x", .note("x")), ("source:a.mbox", .source("a.mbox")),
      ("thread:this", .thread("this")), ("format:html", .format("html")),
      ("replies:>5", .replies(6...Int.max)),
      ("replies:<5", .replies(0...4)), ("replies:2..5", .replies(2...5)), ("replies:3", .replies(3...3)),
      ("date:2012", .date(1_325_376_000..<1_356_998_400)),
      ("date:2012-02", .date(1_328_054_400..<1_330_560_000)),
      ("date:1970-01-01", .date(0..<86400)), ("before:1970-01-02", .date(.min..<86400)),
      ("after:1969-12-31", .date(0..<Int64.max)), ("date:1970..1971-01-01", .date(0..<31_622_400)),
      ("date:..1970-01-01", .date(.min..<86400)), ("IS:read", .mark(.read)),
    ] as [(String, QueryFilter)])
  func understandsFilters(_ text: String, _ filter: QueryFilter) {
    #expect(Query.parse(text).filters == [filter])
    #expect(Query.parse("-\(text)").filters == [filter])
  }

  @Test(arguments: [
    "date:12", "date:2012-13", "date:2012-02-30", "replies:x", "replies:5..2", "replies:-1", "in:x",
  ])
  func refusesValuesThatMeanNothing(_ text: String) {
    let query = Query.parse("a \(text)")
    #expect(query.filters.isEmpty && query.problems.count == 1 && !query.isEmpty)
  }

  struct EvenDocuments: QueryFilters {
    func bitmap(for filter: QueryFilter) -> DocumentBitmap? {
      guard filter == .mark(.starred) else { return nil }
      var even = DocumentBitmap(capacity: 5)
      for number in [0, 2, 4] as [UInt32] { even.insert(DocumentID(rawValue: number)) }
      return even
    }
  }

  @Test(
    arguments: [
      ("is:starred", [0, 2, 4]), ("-is:starred", [1, 3]), ("b is:starred", [2]),
      ("b OR is:starred", [0, 1, 2, 4]),
      ("b tag:x", [1, 2]), ("b -tag:x", [1, 2]), ("tag:x", [0, 1, 2, 3, 4]),
    ] as [(String, [UInt32])])
  func filtersAreAskedAndUnknownOnesLetEverythingThrough(_ text: String, _ documents: [UInt32]) {
    let corpus = Corpus(["a", "b", "b c", "c", "d"])
    #expect(corpus.found(text, filters: EvenDocuments()) == documents)
    #expect(corpus.truth.matches(.parse(text), filters: EvenDocuments()).map(\.rawValue) == documents)
    let result = corpus.index(segmentSize: 2).search(
      .parse(text), texts: corpus, filters: EvenDocuments(), limit: 9, order: .reading)
    #expect(result.hits.map(\.document.rawValue) == documents)
    #expect(result.problems.count == (text.contains("tag") ? 1 : 0))
  }

  @Test func everyBeginningOfEveryQueryParses() {
    let corpus = Corpus(["quick brown fox", "c++ 東京 don't"])
    let index = corpus.index()
    let queries = [
      "(quick OR \"brown fox\") -author:\"steve radick\" title:c++ is:unread date:2011..2012 replies:>5 fox~2 qui*",
      "-\"a b\" -(c OR (d e)) “東京” don’t thread:this NOT x AND y /re/ NEAR/5 )(",
      "a NEAR/5 \"b c\" NEAR d* NEAR/999999999999 title:e -f~1 NEAR/2 g NEAR -h NEAR (i) *ing *",
      "/[a/]+\\/(b|c)*d?/i title:/^x y$/ -/(?<=a)b/ (author:/\\bq/) /(a+)+$/ //i /usr/share /é{2}/",
      "\"\"\"(((-(-a OR OR)))~*~1*",
      "title:(author:(a \"b) c", "-- - -> :-) a:b author:( author:) \u{3000}x\u{A0}y",
      "\"* *\" *a* ~ ~1 a~3 **",
    ]
    for query in queries {
      let bytes = Array(query.utf8)
      for end in 0...bytes.count {
        for typing in [false, true] {
          let parsed = Query.parse(Array(bytes[..<end]), typing: typing)
          for problem in parsed.problems {
            #expect(problem.range.lowerBound >= 0 && problem.range.upperBound <= end, "\(query) \(end)")
            #expect(!problem.message.isEmpty)
          }
          _ = index.search(parsed, texts: corpus, limit: 3, order: .ranked)
        }
      }
    }
  }

  @Test func anyBytesParse() {
    var random = Seeded(5)
    let alphabet =
      Array("ab \"()-*~:1#+/.,ORNTauthordateis".utf8) + [
        0xE6, 0x9D, 0xB1, 0xE2, 0x80, 0x9C, 0xFF, 0, 0xC2, 0xA0,
      ]
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      let query = Query.parse(bytes, typing: Bool.random(using: &random))
      #expect(query.problems.allSatisfy { $0.range.upperBound <= bytes.count })
    }
  }

  @Test func longAndDeepQueriesAreBounded() {
    for unit in ["(", "-(", "a ", "\"", "(a OR ", "a-", "title:(", "NOT ", "東", "a* ", ")"] {
      let query = Query.parse(String(repeating: unit, count: 20_000))
      #expect(query.source.count <= Query.longestQuery)
      #expect(query.problems.first?.kind == .queryTooLong)
      let corpus = Corpus(["a a a", "b"])
      _ = corpus.index().search(query, texts: corpus, limit: 3, order: .ranked)
    }
  }

  @Test func tellsWhatItIs() {
    #expect(Query.parse("").isEmpty && Query.parse("  ").isEmpty && Query.parse("++").isEmpty)
    #expect(!Query.parse("-a").isEmpty && !Query.parse("-a").hasWords && Query.parse("a").hasWords)
    #expect(Query.parse("Foo -bar b* \"x y\"").words == ["foo", "x", "y"].map { Array($0.utf8) })
  }
}

import Testing

@testable import SearchIndex

/// Every way of stopping early, counting, grouping and leaving out, against a search that does none of it.
@Suite struct AnsweringTests {
  /// Documents enough for several windows, with lists of every density, phrases, titles and authors.
  static let corpus: Corpus = {
    var random = Seeded(77)
    let common = ["the", "of", "and", "to", "in"]
    let middle = (0..<40).map { "mid\($0)le" }
    let rare = (0..<900).map { "rare\($0)" }
    return Corpus(
      (0..<9_000).map { number in
        var words: [String] = []
        for _ in 0..<Int.random(in: 2...12, using: &random) {
          switch Int.random(in: 0..<10, using: &random) {
          case 0..<5: words.append(common[min(4, Int.random(in: 0..<9, using: &random))])
          case 5..<8: words.append(middle[Int.random(in: 0..<40, using: &random)])
          case 8: words.append(rare[Int.random(in: 0..<900, using: &random)])
          default: words.append(["été", "l’été", "the—of", "naïve", "东京"][number % 5])
          }
        }
        return Corpus.Document(
          body: words.joined(separator: number % 7 == 0 ? ", " : " "),
          title: number % 13 == 0 ? "the \(middle[number % 40])" : "", author: "writer\(number % 300) of")
      })
  }()

  static let dates: [Int64] = {
    var random = Seeded(78)
    return (0..<9_000).map { number in
      number % 50 == 0 ? .min : Int64(number / 4) + Int64.random(in: 0..<700, using: &random)
    }
  }()

  static let threads: [Int] = (0..<9_000).filter { $0 % 7 == 0 || $0 % 31 == 0 }

  static let queries = [
    "the", "mid3le", "rare5", "writer7", "the of", "mid3le the", "rare5 of", "the OR mid4le",
    "rare1 OR rare2 OR mid5le OR to", "\"the of\"", "\"of the and\"", "\"mid1le the\"", "\"the of\" mid3le",
    "m*", "ra*", "rare1*", "mid3*", "the m*", "t*", "w*", "rare77~1", "mid3le -the", "-the", "ete",
    "\"l ete\"",
    "(the OR rare3) (of OR mid2le)", "the OR \"of and\"", "title:the", "author:of the", "\"the mid*\"",
    "东京", "naive the", "nowhere", "the nowhere",
  ]

  static func hits(
    _ index: SearchIndex, _ query: Query, _ options: SearchOptions
  ) -> SearchResult {
    index.search(query, texts: corpus, options: options)
  }

  @Test(arguments: [4_200, 1_700]) func stoppingEarlyChangesNoHit(_ segmentSize: Int) {
    // Undated documents in one world are enough.
    for dates in segmentSize == 4_200 ? [AnsweringTests.dates, []] : [AnsweringTests.dates] {
      let index = AnsweringTests.corpus.index(
        segmentSize: segmentSize, dates: dates, threads: AnsweringTests.threads)
      var gone = DocumentBitmap(capacity: 9_000)
      for document in 0..<9_000 where document % 11 == 0 {
        gone.insert(DocumentID(rawValue: UInt32(document)))
      }
      var some = DocumentBitmap(capacity: 9_000)
      some.insert(1_234..<6_200)
      for text in AnsweringTests.queries {
        let query = Query.parse(text)
        for order in SearchOrder.allCases {
          for (only, without) in [(nil, nil), (nil, gone), (some, gone)]
            as [(DocumentBitmap?, DocumentBitmap?)]
          {
            var options = SearchOptions(limit: .max, order: order, restrictedTo: only, excluding: without)
            let all = AnsweringTests.hits(index, query, options)
            #expect(all.isTotalExact && all.total == all.hits.count, "\(text) \(order)")
            options.limit = 10
            let counted = AnsweringTests.hits(index, query, options)
            #expect(counted.hits == Array(all.hits.prefix(10)), "\(text) \(order)")
            #expect(counted.total == all.total)
            options.counting = .atLeast
            let quick = AnsweringTests.hits(index, query, options)
            #expect(quick.hits == counted.hits, "\(text) \(order) \(segmentSize) \(dates.isEmpty)")
            #expect(quick.total <= all.total, "\(text) \(order)")
            if quick.isTotalExact { #expect(quick.total == all.total, "\(text) \(order)") }
            check(grouping: all, index, query, options)
          }
        }
      }
    }
  }

  /// Hits by thread against the same made from all hits.
  func check(grouping all: SearchResult, _ index: SearchIndex, _ query: Query, _ options: SearchOptions) {
    var counts: [Int: Int] = [:]
    var leaders: [SearchHit] = []
    for hit in all.hits {
      let thread = index.thread(of: hit.document).lowerBound
      if counts.updateValue((counts[thread] ?? 0) + 1, forKey: thread) == nil { leaders.append(hit) }
    }
    var expected = Array(leaders.prefix(10))
    for place in expected.indices {
      expected[place].furtherInThread =
        (counts[index.thread(of: expected[place].document).lowerBound] ?? 1) - 1
    }
    var grouped = options
    grouped.groupsThreads = true
    #expect(AnsweringTests.hits(index, query, grouped).hits == expected)
    grouped.counting = .exact
    let exact = AnsweringTests.hits(index, query, grouped)
    #expect(exact.hits == expected && exact.total == all.total && exact.threadTotal == leaders.count)
  }

  @Test func theCountSettles() {
    let index = AnsweringTests.corpus.index(
      segmentSize: 700, dates: AnsweringTests.dates, threads: AnsweringTests.threads)
    for text in AnsweringTests.queries {
      let query = Query.parse(text)
      let all = AnsweringTests.hits(index, query, SearchOptions(limit: .max, order: .reading))
      var told: [Int] = []
      let count = index.count(
        query, texts: AnsweringTests.corpus, options: SearchOptions(limit: 0, order: .reading),
        progress: {
          told.append($0)
          return true
        })
      #expect(count.total == all.total && count.isComplete, "\(text)")
      #expect(told == told.sorted() && told.allSatisfy { $0 <= count.total })
    }
  }

  @Test func cancelledAtEveryQuestionItStopsAtOnce() {
    let index = AnsweringTests.corpus.index(
      segmentSize: 4_200, dates: AnsweringTests.dates, threads: AnsweringTests.threads)
    for text in ["the of", "\"of the and\"", "the OR mid4le", "m*", "ra* the", "-the"] {
      for order in SearchOrder.allCases {
        for counting in [SearchOptions.Counting.exact, .atLeast] {
          let options = SearchOptions(limit: 10, order: order, counting: counting, groupsThreads: true)
          let query = Query.parse(text)
          let whole = AnsweringTests.hits(index, query, options)
          for wanted in [0, 1, 2, 3, 5, 8, 13, 21, 34] {
            var asked = 0
            let result = index.search(
              query, texts: AnsweringTests.corpus, options: options,
              isCancelled: {
                asked += 1
                return asked > wanted
              })
            if asked <= wanted {
              #expect(result == whole, "\(text) \(order)")
              break
            }
            #expect(!result.isComplete && !result.isTotalExact, "\(text) \(order) \(wanted)")
            // It does not go on asking.
            #expect(asked < wanted + 12, "\(text) \(order) \(wanted)")
          }
        }
      }
    }
  }

  @Test func aThousandWordsInOneOr() {
    let index = AnsweringTests.corpus.index()
    let text = (0..<1_000).map { "rare\($0 % 900)" }.joined(separator: " OR ")
    let query = Query.parse(text)
    let all = AnsweringTests.hits(index, query, SearchOptions(limit: .max, order: .ranked))
    #expect(all.total == AnsweringTests.hits(index, query, SearchOptions(limit: 3, order: .reading)).total)
    #expect(all.hits.allSatisfy { $0.score > 0 })
  }
}

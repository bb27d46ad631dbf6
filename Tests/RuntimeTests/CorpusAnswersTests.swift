import Discussion
import SearchIndex
import Synchronization
import Testing

@testable import Reader
@testable import Runtime

/// Answers in part and in full against a scan of every text, over libraries made by chance.
@Suite struct CorpusAnswersTests {
  static let words = ["apple", "pear", "wall", "mill", "orchard", "well", "press", "tree"]

  /// A corpus of some batches; some discussions come a second time, with a comment more.
  static func corpus(_ seed: UInt64) -> Corpus {
    var random = SeededNumbers(seed: seed)
    func text(_ count: Int) -> String {
      (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
    }
    var corpus = Corpus()
    var pages: [ParsedDiscussion] = []
    for batch in 0..<4 {
      var fresh = (0..<12).map { number -> ParsedDiscussion in
        let count = Int.random(in: 0...9, using: &random)
        var page = CorpusTests.page(
          "Page \(batch) \(number) \(text(2))", by: "Ines",
          on: Timestamp(year: Int.random(in: 1999...2020, using: &random), month: number + 1),
          text(9) + " \(batch) \(number)", from: "folder/\(batch)-\(number).txt",
          (0..<count).map { comment in
            ("Jo", text(Int.random(in: 1...6, using: &random)), comment % 2 == 0 ? nil : 0)
          })
        for place in page.comments.indices {
          page.comments[place].date = Timestamp(
            seconds: Int64.random(in: 900_000_000...1_600_000_000, using: &random), precision: .second)
        }
        return page
      }
      if var again = pages.randomElement(using: &random) {
        again.sources = [Array("again/\(batch).txt".utf8)]
        again.comments.append(ParsedComment(text: ParsedText("An apple more, \(batch).")))
        fresh.append(again)
      }
      pages += fresh
      corpus = corpus.adding(fresh).corpus
    }
    return corpus
  }

  static let queries = [
    "apple", "apple pear", "press tree OR wall", "-apple", "in:comment mill", "date:2005..2010", "pre",
  ]

  @Test(arguments: 0..<6) func answersHoldWhatAScanFinds(_ seed: UInt64) throws {
    let corpus = CorpusAnswersTests.corpus(seed)
    let library = corpus.library
    for text in CorpusAnswersTests.queries {
      for order in [HitOrder.ranked, .newestFirst] {
        let request = SearchRequest(
          ticket: 3, text: text, isTyping: text == "pre", scope: .everything, order: order)
        let answer = try #require(corpus.inFull(request))
        let truth = CorpusTests.truth(corpus, text == "pre" ? "pre*" : text)
        var byThread: [DiscussionID: Set<EntryID>] = [:]
        for entry in truth { byThread[library.discussion(of: entry), default: []].insert(entry) }
        #expect(answer.total == HitCount(truth.count), "\(text)")
        #expect(answer.threads == HitCount(byThread.count), "\(text)")
        #expect(Set(answer.groups.map(\.discussion)) == Set(byThread.keys), "\(text)")
        for group in answer.groups {
          let hits = byThread[group.discussion] ?? []
          #expect(group.count == hits.count && hits.contains(group.best), "\(text)")
          if let held = group.hits { #expect(held.map(\.entry) == hits.sorted(), "\(text)") }
        }
        if order == .newestFirst {
          let newest = { (discussion: DiscussionID) in
            (byThread[discussion] ?? []).compactMap { library.date(of: $0)?.seconds }.max() ?? .min
          }
          let dates = answer.groups.map { newest($0.discussion) }
          #expect(dates == dates.sorted(by: >), "\(text)")
          for group in answer.groups {
            #expect(library.date(of: group.best)?.seconds ?? .min == newest(group.discussion))
          }
        }
        let first = try #require(corpus.atFirst(request))
        #expect(first.groups.allSatisfy { truth.contains($0.best) })
        #expect(first.groups.isEmpty == truth.isEmpty)
        #expect(first.total.isExact ? first.total.value == truth.count : first.total.value <= truth.count)
        #expect(
          corpus.countHits(request, snapshot: MarkSnapshot(), isCancelled: { false }) == HitCount(truth.count)
        )
        for group in answer.groups.prefix(5) {
          let asked = ThreadHitsRequest(ticket: 3, query: answer.query, discussion: group.discussion)
          let hits = corpus.threadHits(asked, snapshot: MarkSnapshot(), isCancelled: { false })
          #expect(hits?.hits.map(\.entry) == byThread[group.discussion]?.sorted())
        }
      }
    }
  }

  /// The first so many threads are the same ones, however many are asked for.
  @Test func moreThreadsFollowTheFirstOnes() throws {
    let corpus = CorpusAnswersTests.corpus(7)
    for order in [HitOrder.ranked, .newestFirst] {
      func threads(_ limit: Int) throws -> [DiscussionID] {
        let request = SearchRequest(
          ticket: 1, text: "apple", isTyping: false, scope: .everything, order: order, threadLimit: limit)
        return try #require(corpus.inFull(request))
          .groups.map(\.discussion)
      }
      let all = try threads(1000)
      #expect(all.count > 20)
      for limit in [1, 2, 7, 20] { #expect(try threads(limit) == Array(all.prefix(limit))) }
    }
  }

  @Test func filtersPassWhatTheModelSaysOfEachEntry() {
    let corpus = CorpusAnswersTests.corpus(9)
    let library = corpus.library
    var snapshot = MarkSnapshot()
    var random = SeededNumbers(seed: 9)
    let live = library.discussions.flatMap { Array(library.entries(of: $0)) }
    for entry in live where Bool.random(using: &random) { snapshot.read.set(entry, isRead: true) }
    let filters = CorpusFilters(corpus: corpus, snapshot: snapshot)
    func expect(_ filter: QueryFilter, _ passes: (EntryID) -> Bool) {
      let bitmap = filters.bitmap(for: filter)
      #expect(filters.bitmap(for: filter) == bitmap)
      for entry in live {
        #expect(bitmap?.contains(corpus.document(of: entry)) == passes(entry), "\(filter) \(entry)")
      }
    }
    expect(.mark(.read)) { snapshot.read.isRead($0) }
    expect(.mark(.unread)) { !snapshot.read.isRead($0) }
    expect(.kind(.post)) { library.depth(of: $0) == 0 }
    expect(.kind(.comment)) { library.depth(of: $0) > 0 }
    expect(.replies(1...3)) { (1...3).contains(library.descendantCount(of: $0)) }
    expect(.date(Int64.min..<1_200_000_000)) {
      library.date(of: $0).map { $0.seconds < 1_200_000_000 } ?? false
    }
    expect(.source("again")) { entry in
      library.sources(of: library.discussion(of: entry)).contains { $0.starts(with: Array("again".utf8)) }
    }
    expect(.format("test")) { _ in true }
  }

  @Test func wordsAreCountedOneByOne() throws {
    let corpus = CorpusTests.corpus
    let request = SearchRequest(ticket: 1, text: "apple wall", isTyping: false, scope: .everything)
    let answer = try #require(corpus.inFull(request))
    #expect(answer.terms.map(\.word) == ["apple", "wall"])
    #expect(answer.terms.allSatisfy { $0.count > 0 })
    var typing = request
    typing.text = "apple wal"
    typing.isTyping = true
    let second = try #require(corpus.inFull(typing))
    #expect(second.terms.map(\.word) == ["apple", "wal*"])
    let first = try #require(corpus.atFirst(typing))
    #expect(first.terms.map(\.word) == ["apple"])
  }

  @Test func theQueryIsOfferedWithTheRightWordInIt() throws {
    for (text, better) in [
      ("orchrad", "orchard"), ("apple orchrad", "apple orchard"), ("\"old Orchrad\"", "\"old orchard\""),
      ("(orchrad OR zebrax) in:post", "(orchard OR zebrax) in:post"),
    ] {
      let request = SearchRequest(ticket: 1, text: text, isTyping: true, scope: .everything)
      let answer = try #require(
        CorpusTests.corpus.inFull(request))
      #expect(answer.groups.isEmpty)
      #expect(answer.suggestedText == better, "\(text)")
    }
  }

  /// A search looks at its flag often: it ends at any time it is told to.
  @Test func aSearchIsCancelledWhereverItIs() {
    let corpus = CorpusAnswersTests.corpus(2)
    let request = SearchRequest(ticket: 1, text: "apple", isTyping: true, scope: .everything)
    for patience in 0..<12 {
      let asked = Mutex(0)
      let isCancelled: @Sendable () -> Bool = {
        asked.withLock { count in
          count += 1
          return count > patience
        }
      }
      let answer = corpus.answer(request, snapshot: MarkSnapshot(), isCancelled: isCancelled)
      if asked.withLock({ $0 }) > patience { #expect(answer == nil) }
    }
  }
}

extension Corpus {
  /// The full answer, without marks.
  func inFull(_ request: SearchRequest) -> SearchAnswer? {
    answer(request, snapshot: MarkSnapshot(), isCancelled: { false })
  }

  /// The first answer, without marks.
  func atFirst(_ request: SearchRequest) -> SearchAnswer? {
    newestHits(request, snapshot: MarkSnapshot(), isCancelled: { false })
  }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

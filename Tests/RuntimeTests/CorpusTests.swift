import Discussion
import SearchIndex
import Testing

@testable import Reader
@testable import Runtime

/// A library and its index against a plain scan of the model.
@Suite struct CorpusTests {
  static func page(
    _ title: String, by author: String? = nil, on date: Timestamp? = nil, _ body: String,
    from source: String, _ comments: [(author: String?, text: String, parent: Int?)] = []
  ) -> ParsedDiscussion {
    ParsedDiscussion(
      title: Array(title.utf8), author: author.map { Array($0.utf8) }, date: date, format: "test",
      body: ParsedText(body),
      comments: comments.map { comment in
        ParsedComment(
          parent: comment.parent.map { .comment($0) } ?? .post, author: comment.author.map { Array($0.utf8) },
          text: ParsedText(comment.text))
      }, sources: [Array(source.utf8)])
  }

  static let orchard = page(
    "The old orchard", by: "Ines Vale", on: Timestamp(year: 2011, month: 5, day: 3),
    "The apple trees in the old orchard are older than the wall.", from: "folder/orchard.txt",
    [
      ("Jon", "Apple and pear, I counted forty.", nil), ("Ines Vale", "Pear trees only by the wall.", 0),
      (nil, "Who prunes them?", nil), ("Kim Apple", "The wall leans.", 1),
    ])
  static let mill = page(
    "A mill for the orchard", by: "Jon", on: Timestamp(year: 2012, month: 6),
    "We could press the apples ourselves, with a mill.", from: "folder/mill.txt",
    [("Lea", "An apple press and a mill cost as much as a wall.", nil)])
  static let well = page(
    "Water in the well", "No fruit here; the pears are dry.", from: "other/well.txt",
    [("Mo", "Apple.", nil), ("Mo", "Apple apple apple.", 0)])
  static let orchardAgain: ParsedDiscussion = {
    var parsed = orchard
    parsed.sources = [Array("copies/orchard.txt".utf8)]
    parsed.comments.append(ParsedComment(author: Array("Nia".utf8), text: ParsedText("An apple a day.")))
    return parsed
  }()

  static let pages = [orchard, mill, well, orchardAgain]
  static let corpus = Corpus().adding(pages).corpus

  static let queries = [
    "apple", "apple pear", "apple OR wall", "\"old orchard\"", "-apple", "apple -wall", "app*", "author:jon",
    "title:orchard apple", "in:post", "in:comment apple", "pears~1", "is:post wall", "zebra", "",
    "mill OR (apple wall)",
  ]

  static func words(_ corpus: Corpus, _ entry: EntryID) -> String {
    corpus.library.key(of: entry).hexadecimal
  }

  static func found(_ corpus: Corpus, _ query: String, _ snapshot: MarkSnapshot = MarkSnapshot()) -> [EntryID]
  {
    corpus.search(query, isTyping: false, snapshot: snapshot).ranked.map(\.entry)
  }

  /// The entries of live discussions that the linear scan finds, in reading order.
  static func truth(_ corpus: Corpus, _ query: String, _ snapshot: MarkSnapshot = MarkSnapshot()) -> Set<
    EntryID
  > {
    let scan = LinearScan(texts: CorpusTexts(corpus: corpus), documentCount: corpus.index.documentCount)
    let filters = CorpusFilters(corpus: corpus, snapshot: snapshot)
    let all = scan.matches(.parse(query), filters: filters).map { corpus.entry(of: $0) }
    return Set(all.filter { corpus.library.isLive($0) })
  }

  @Test(arguments: queries) func theIndexFindsWhatAScanFinds(_ query: String) {
    let found = CorpusTests.found(CorpusTests.corpus, query)
    #expect(Set(found).count == found.count)
    #expect(Set(found) == CorpusTests.truth(CorpusTests.corpus, query), "\(query)")
  }

  @Test func documentsAndEntriesAreOneToOne() {
    var corpus = Corpus()
    for page in CorpusTests.pages { corpus = corpus.adding([page]).corpus }
    var seen: Set<UInt32> = []
    for segment in 0..<corpus.library.segmentCount {
      for row in 0..<corpus.library.rowCount(ofSegment: segment) {
        let entry = EntryID(segment: segment, row: row)
        let document = corpus.document(of: entry)
        #expect(corpus.entry(of: document) == entry)
        #expect(seen.insert(document.rawValue).inserted)
      }
    }
    #expect(seen.count == corpus.index.documentCount)
  }

  @Test(arguments: queries) func growingBatchByBatchIsTheSameAsAllAtOnce(_ query: String) {
    for cuts in [[1, 1, 1, 1], [2, 2], [3, 1], [1, 3]] {
      var corpus = Corpus()
      var next = 0
      for size in cuts {
        corpus = corpus.adding(Array(CorpusTests.pages[next..<next + size])).corpus
        next += size
      }
      #expect(corpus.library.checkInvariants().isEmpty)
      let whole = CorpusTests.corpus
      func keys(_ corpus: Corpus) -> [[EntryKey]] {
        corpus.library.discussions.map { discussion in
          corpus.library.entries(of: discussion).map { corpus.library.key(of: $0) }
        }
      }
      #expect(keys(corpus) == keys(whole))
      let found = CorpusTests.found(corpus, query)
      #expect(found.allSatisfy { corpus.library.isLive($0) })
      #expect(
        Set(found.map { corpus.library.key(of: $0) })
          == Set(CorpusTests.found(whole, query).map { whole.library.key(of: $0) }), "\(query) \(cuts)")
      #expect(Set(found) == CorpusTests.truth(corpus, query))
    }
  }

  @Test(arguments: queries) func joinedSegmentsFindTheSame(_ query: String) {
    var corpus = Corpus()
    for page in CorpusTests.pages { corpus = corpus.adding([page]).corpus }
    let before = CorpusTests.found(corpus, query).map { corpus.library.key(of: $0) }
    for joined in [[0], [3], [0, 1], [1, 3], [0, 1, 2, 3]] {
      let (next, remap) = corpus.joining(segments: joined)
      #expect(next.library.checkInvariants() == [])
      #expect(next.index.segments.allSatisfy { $0.brokenInvariants().isEmpty })
      let found = CorpusTests.found(next, query)
      #expect(Set(found) == CorpusTests.truth(next, query))
      #expect(Set(found.map { next.library.key(of: $0) }) == Set(before))
      #expect(Set(CorpusTests.found(corpus, query).compactMap { remap($0) }) == Set(found))
    }
  }

  @Test func smallSegmentsAreJoinedFirst() {
    var corpus = Corpus()
    for page in 0..<9 {
      let text = String(repeating: "word ", count: page == 4 ? 4000 : 10 + page)
      corpus = corpus.adding([CorpusTests.page("Page \(page)", text, from: "p\(page)")]).corpus
    }
    let policy = MergePolicy(fewEnough: 3, largest: 10_000)
    #expect(policy.next(corpus.library) == [0, 1, 2, 3, 5, 6, 7])
    var steps = 0
    while let joined = policy.next(corpus.library), steps < 20 {
      corpus = corpus.joining(segments: joined).corpus
      steps += 1
    }
    #expect(steps == 1)
    #expect((0..<corpus.library.segmentCount).count { corpus.library.rowCount(ofSegment: $0) > 0 } == 3)
    #expect(MergePolicy(fewEnough: 2, largest: 100).next(corpus.library) == nil)
  }

  @Test func aSegmentThatIsMostlyDeadIsWrittenAnew() {
    let (corpus, _) = Corpus().adding([CorpusTests.orchard]).corpus.adding([CorpusTests.orchardAgain])
    #expect(MergePolicy().next(corpus.library) == [0])
    let (next, _) = corpus.joining(segments: [0])
    #expect(MergePolicy().next(next.library) == nil)
    #expect(next.library.rowCount(ofSegment: 0) == 0 && next.library.entryCount == 6)
  }

  @Test func rowsThatWentDeadAreNeverFound() {
    let (corpus, _) = Corpus().adding([CorpusTests.orchard]).corpus.adding([CorpusTests.orchardAgain])
    let found = CorpusTests.found(corpus, "prunes")
    #expect(found.count == 1)
    #expect(found.first?.segment == 1)
    #expect(CorpusTests.found(corpus, "-zebra").count == 6)
    #expect(CorpusTests.found(corpus, "is:unread").count == 6)
    #expect(CorpusTests.found(corpus, "source:copies").count == 6)
  }

  @Test func filtersByMarks() throws {
    let corpus = CorpusTests.corpus
    let library = corpus.library
    let orchard = Array(library.entries(of: library.discussions[0]))
    let mill = Array(library.entries(of: library.discussions[1]))
    var snapshot = MarkSnapshot(openDiscussion: library.discussions[1])
    snapshot.marks[MarkTarget(key: library.key(of: orchard[1]))] = Mark(isStarred: true)
    snapshot.marks[MarkTarget(key: library.key(of: orchard[3]))] = Mark(
      note: "Ask about PRUNING", tags: ["Trees"])
    snapshot.marks[MarkTarget(key: library.key(of: mill[0]), isDiscussion: true)] = Mark(isStarred: true)
    snapshot.marks[MarkTarget(key: EntryKey(high: 9, low: 9))] = Mark(isStarred: true)
    snapshot.read.set(orchard[0], isRead: true)
    func found(_ query: String) -> Set<EntryID> { Set(CorpusTests.found(corpus, query, snapshot)) }
    #expect(found("is:starred") == [orchard[1], mill[0]])
    #expect(found("is:bookmarked") == [orchard[1], orchard[3], mill[0]])
    #expect(found("tag:trees") == [orchard[3]])
    #expect(found("note:pruning") == [orchard[3]])
    #expect(found("note:zebra").isEmpty)
    #expect(found("is:read") == [orchard[0]])
    #expect(found("is:unread").count == library.entryCount - 1)
    #expect(found("-is:starred thread:this") == [mill[1]])
    #expect(found("thread:this") == Set(mill))
    #expect(
      found("is:starred apple") == CorpusTests.truth(corpus, "apple").intersection([orchard[1], mill[0]]))
  }

  @Test func filtersByWhatThePageSays() {
    let corpus = CorpusTests.corpus
    let library = corpus.library
    func found(_ query: String) -> Set<EntryID> { Set(CorpusTests.found(corpus, query)) }
    let posts = library.discussions.map { library.post(of: $0) }
    #expect(found("in:post") == Set(posts))
    #expect(found("is:comment").count == library.entryCount - posts.count)
    #expect(found("date:2011") == [posts[0]])
    #expect(found("date:2011..2012") == [posts[0], posts[1]])
    #expect(found("before:2012") == [posts[0]])
    #expect(found("after:2011") == [posts[1]])
    #expect(found("source:mill") == Set(library.entries(of: library.discussions[1])))
    #expect(found("source:FOLDER/").count == 8)
    #expect(found("format:test").count == library.entryCount)
    #expect(found("format:mbox").isEmpty)
    for limit in 0...6 {
      let expected = library.discussions.flatMap { Array(library.entries(of: $0)) }.filter {
        library.descendantCount(of: $0) > limit
      }
      #expect(found("replies:>\(limit)") == Set(expected))
    }
  }

  @Test func theScopeIsOneDiscussion() {
    let corpus = CorpusTests.corpus
    for discussion in corpus.library.discussions {
      let entries = corpus.library.entries(of: discussion)
      let found = corpus.search("apple OR wall", isTyping: false, in: discussion).ranked.map(\.entry)
      #expect(Set(found) == CorpusTests.truth(corpus, "apple OR wall").filter { entries.contains($0) })
    }
  }

  /// Discussion by discussion, the one with the best hit first, in reading order within.
  @Test(arguments: queries) func answersAreGroupedByDiscussion(_ query: String) throws {
    let corpus = CorpusTests.corpus
    let ranked = CorpusTests.found(corpus, query)
    let request = SearchRequest(ticket: 7, text: query, isTyping: false, scope: .everything)
    let answer = try #require(corpus.answer(request, snapshot: MarkSnapshot()) { false })
    #expect(answer.ticket == 7)
    #expect(answer.generation == corpus.library.generation)
    #expect(answer.isSettled && answer.total == HitCount(ranked.count))
    var order: [DiscussionID] = []
    for entry in ranked where !order.contains(corpus.library.discussion(of: entry)) {
      order.append(corpus.library.discussion(of: entry))
    }
    #expect(answer.groups.map(\.discussion) == order)
    #expect(answer.threads == HitCount(order.count))
    for group in answer.groups {
      let hits = ranked.filter { corpus.library.discussion(of: $0) == group.discussion }
      #expect(group.best == hits.first)
      #expect(group.count == hits.count)
      #expect(group.hits?.map(\.entry) == hits.sorted())
      for found in group.hits ?? [] {
        #expect(found.matchCount == max(1, answer.query.matches(in: found.entry, of: corpus.library).count))
      }
    }
  }

  @Test func aCancelledSearchAnswersNothing() {
    let request = SearchRequest(ticket: 1, text: "apple", isTyping: true, scope: .everything)
    #expect(CorpusTests.corpus.answer(request, snapshot: MarkSnapshot()) { true } == nil)
  }

  @Test func theNearestWordIsOfferedWhenNothingIsFound() {
    #expect(CorpusTests.corpus.search("orchrad", isTyping: false).suggestion == "orchard")
    #expect(CorpusTests.corpus.search("orchard", isTyping: false).suggestion == nil)
    #expect(Corpus().search("orchard", isTyping: false).ranked.isEmpty)
  }

  @Test func anUnknownThreadIsTold() {
    let findings = CorpusTests.corpus.search("thread:nowhere apple", isTyping: false)
    #expect(!findings.problems.isEmpty)
  }
}

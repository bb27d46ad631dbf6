import Discussion
import SearchIndex
import Testing

@testable import Reader
@testable import Runtime

/// The list as it is limited and sorted in the background, against a look at every entry.
@Suite struct ArrangingTests {
  @Test(arguments: 0..<4) func aLimitLeavesTheDiscussionsThatAScanFinds(_ seed: UInt64) throws {
    let corpus = CorpusAnswersTests.corpus(seed)
    let library = corpus.library
    for text in CorpusAnswersTests.queries where text != "date:2005..2010" && text != "in:comment mill" {
      let request = ListRequest(ticket: 1, sort: .source, limit: text)
      let arranged = corpus.arrange(request, snapshot: MarkSnapshot(), isCancelled: { false })
      let answer = try #require(arranged)
      let hits = corpus.answer(
        SearchRequest(ticket: 1, text: text, isTyping: true, scope: .everything, threadLimit: 10_000),
        snapshot: MarkSnapshot(), isCancelled: { false })
      let wanted = Set(try #require(hits).groups.map(\.discussion))
      #expect(answer.discussions == library.discussions.filter { wanted.contains($0) }, "\(text)")
      for sort in ListSort.allCases {
        let sorted = corpus.arrange(
          ListRequest(ticket: 1, sort: sort, limit: text), snapshot: MarkSnapshot(), isCancelled: { false })
        #expect(sorted.map { Set($0.discussions) } == Set(answer.discussions), "\(text) \(sort)")
      }
    }
    #expect(
      corpus.arrange(
        ListRequest(ticket: 1, sort: .date, limit: ""), snapshot: MarkSnapshot(), isCancelled: { true })
        == nil)
  }

  @Test func theFirstMentionOfAWordIsTheEarliestOfItsHits() throws {
    let corpus = CorpusAnswersTests.corpus(3)
    let library = corpus.library
    let found = corpus.survey(
      .firstMention("mill", within: nil), problems: [], snapshot: MarkSnapshot(), isCancelled: { false })
    guard case .firstMention(let entry?, let count, let isDated) = try #require(found) else {
      Issue.record("nothing found")
      return
    }
    #expect(isDated)
    let query = Query.parse("mill", typing: true)
    let hits = library.discussions.flatMap { discussion in
      library.entries(of: discussion).filter { !query.matches(in: $0, of: library).isEmpty }
    }
    #expect(count == hits.count)
    #expect(library.date(of: entry)?.seconds == hits.compactMap { library.date(of: $0)?.seconds }.min())
  }
}

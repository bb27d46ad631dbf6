import Discussion
import Grid
import Reader
import SearchIndex
import Testing

@testable import Runtime

/// The pure reader with the real index behind it.
@Suite struct ReadingWithTheIndexTests {
  @Test func typingFindsAndNWalksAllMatches() throws {
    let corpus = CorpusTests.corpus
    var state = ReaderState(name: "test")
    var requests: [SearchRequest] = []
    func send(_ event: Event) {
      for effect in update(&state, event) {
        if case .search(let request) = effect { requests.append(request) }
      }
    }
    send(.libraryChanged(corpus.library, nil))
    for scalar in "/apple".unicodeScalars {
      send(.key(Key(.scalar(scalar))))
      if let request = requests.popLast(),
        let answer = corpus.answer(request, snapshot: MarkSnapshot(), isCancelled: { false })
      {
        send(.searchAnswered(answer))
      }
    }
    send(.key(Key(.enter)))
    #expect(state.surface == .thread)
    let total = try #require(state.search).matchTotal.value
    #expect(total > 8)
    var seen: [EntryID: Int] = [:]
    // The best hit opens; the numbers count from the first hit of its thread.
    let opened = try #require(state.search?.matchNumber)
    #expect(state.thread?.selected == state.search?.groups.first?.best)
    for step in 0..<total {
      #expect(state.search?.matchNumber == (opened - 1 + step) % total + 1)
      let match = try #require(state.currentMatch)
      let entry = try #require(state.search?.entry)
      if match.part == .text {
        let text = corpus.library.text(of: entry)[match.bytes]
        #expect(String(decoding: text, as: UTF8.self).lowercased().hasPrefix("apple"))
      }
      seen[entry, default: 0] += 1
      send(.key(Key(.scalar("n"))))
    }
    #expect(state.search?.matchNumber == opened)
    #expect(Set(seen.keys) == CorpusTests.truth(corpus, "apple*"))
  }
}

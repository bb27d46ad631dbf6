import Discussion
import Grid
import SearchIndex
import Testing

@testable import Reader

/// The newest hits at once, all of them in order when typing rests, and what is not here yet when it is
/// needed.
@Suite struct SearchStagesTests {
  /// Many discussions about the same.
  static func manyThreads(_ count: Int) -> Library {
    Library.of(
      (0..<count).map { number in
        Shelves.discussion(
          "Thread \(number)", "The ferry number \(number).", from: "pages/\(number).txt",
          number % 3 == 0 ? [(1, "Bo", "A ferry, and another ferry.")] : [])
      })
  }

  @Test func theNewestComeAtOnceAndAllInOrderWhenTypingRests() {
    var session = Session()
    session.press("/")
    session.type("ferry")
    #expect(session.searchRequests.last?.isSettled == false)
    session.answerFirst()
    #expect(session.state.surface == .hits)
    #expect(session.state.search?.answer?.order == .newestFirst)
    #expect(session.state.search?.isSettled == false)
    #expect(session.state.search?.answer?.total == HitCount(2, isExact: false))
    let first = session.state.search?.entry
    #expect(session.state.thread?.selected == first)
    let ticket = session.state.search?.ticket ?? 0
    let generation = session.state.library.generation
    session.send(.searchCounted(HitCount(4, isExact: false), ticket: ticket, generation: generation))
    #expect(session.state.search?.answer?.total.text == "4+")
    session.send(.searchCounted(HitCount(9), ticket: ticket - 1, generation: generation))
    session.send(.searchCounted(HitCount(5), ticket: ticket, generation: generation))
    #expect(session.state.search?.answer?.total == HitCount(5))
    let asked = session.searchRequests.count
    session.rest()
    session.rest()
    #expect(session.searchRequests.count == asked + 1)
    #expect(session.searchRequests.last?.isSettled == true)
    #expect(session.searchRequests.last?.ticket == ticket)
    #expect(session.searchRequests.last?.order == .ranked)
    session.answer()
    #expect(session.state.search?.isSettled == true)
    #expect(session.state.search?.answer?.order == .ranked)
    #expect(session.state.search?.group == 0)
    session.answerFirst()
    #expect(session.state.search?.isSettled == true, "a late first answer took the place of the full one")
    session.rest()
    #expect(session.searchRequests.count == asked + 1)
  }

  @Test func aRestThatWasNoneAsksNothing() {
    var session = Session()
    session.press("/")
    session.type("ferr")
    let early = session.state.search?.ticket ?? 0
    session.type("y")
    let asked = session.searchRequests.count
    session.send(.typingRested(ticket: early))
    #expect(session.searchRequests.count == asked)
    session.press("<Esc>")
    session.send(.typingRested(ticket: early + 1))
    #expect(session.searchRequests.count == asked)
  }

  @Test func theEntryOneIsOnStaysWhenTheOrderChanges() {
    var session = Session()
    session.press("/")
    session.type("ferry")
    session.answerFirst()
    session.press("<C-n>")
    let chosen = session.state.search?.entry
    #expect(session.state.search?.group == 1)
    session.rest()
    session.answer()
    #expect(session.state.search?.entry == chosen)
    #expect(session.state.search?.group == 0)
    #expect(session.state.thread?.selected == chosen)
    session.press("<C-n>")
    let other = session.state.search?.entry
    session.press("<C-r>")
    #expect(session.searchRequests.last?.order == .newestFirst)
    session.answer()
    #expect(session.state.search?.answer?.order == .newestFirst)
    #expect(session.state.search?.entry == other)
    #expect(session.state.search?.group == 0)
    session.press("<Esc>/")
    session.type("boat")
    #expect(session.state.search?.order == .newestFirst)
  }

  @Test func noNumberTellsOfAHitThatTheOtherOrderDoesNotHold() {
    var session = Session(SearchStagesTests.manyThreads(30))
    session.search("ferry")
    let opened = session.state.search?.entry
    #expect(session.state.search?.hitNumber == 1)
    session.press("<C-r>")
    // Only some threads are answered with, and the one that is open is not among them.
    guard let request = session.searchRequests.last, let opened else { return }
    let all = NaiveIndex.answer(request, over: session.state.library)
    let others = all.groups.filter { $0.best != opened }
    session.send(
      .searchAnswered(
        SearchAnswer(
          ticket: request.ticket, generation: session.state.library.generation, query: all.query,
          order: request.order, groups: Array(others.prefix(5)), total: all.total, threads: all.threads)))
    #expect(session.state.thread?.selected == opened)
    #expect(session.state.search?.hitNumber == nil)
    #expect(session.state.search?.matchNumber == nil)
    session.press("n")
    #expect(session.state.search?.hitNumber != nil)
    #expect(session.state.thread?.selected == session.state.search?.entry)
  }

  @Test func enterAsksForAllAndOpensTheBest() {
    var session = Session()
    session.press("/")
    session.type("ferry")
    session.answerFirst()
    session.press("<Enter>")
    #expect(session.state.surface == .list)
    #expect(session.searchRequests.last?.isSettled == true)
    session.answerFirst()
    #expect(session.state.surface == .list)
    session.answer()
    #expect(session.state.surface == .thread)
    #expect(session.shownTitle == "The ferry in winter")
    #expect(session.state.search?.matchNumber == 1)
  }

  @Test func enterOnAChosenHitOpensIt() {
    var session = Session()
    session.press("/")
    session.type("ferry")
    session.answerFirst()
    session.press("<C-n>")
    let chosen = session.state.search?.entry
    session.press("<Enter>")
    #expect(session.state.surface == .thread)
    #expect(session.state.thread?.selected == chosen)
    session.answer()
    #expect(session.state.thread?.selected == chosen)
    #expect(session.state.search?.entry == chosen)
    #expect(session.state.search?.isSettled == true)
  }

  /// An answer may hold the best hit of a thread alone; the others come when someone gets there.
  @Test func theHitsOfAThreadComeWhenTheyAreNeeded() throws {
    var session = Session()
    session.press("/")
    session.type("ferry")
    session.press("<Enter>")
    let request = try #require(session.searchRequests.last)
    var answer = NaiveIndex.answer(request, over: session.state.library)
    #expect(answer.groups.map(\.count) == [4, 1])
    // The best hit of the first thread is its third one.
    answer.replace(
      groups: answer.groups.map { group in
        let best = group.hits?[min(2, group.count - 1)].entry ?? group.best
        return HitGroup(discussion: group.discussion, best: best, count: group.count)
      })
    session.send(.searchAnswered(answer))
    #expect(session.selected == "1.1.1" || session.state.thread?.selected == answer.groups[0].best)
    #expect(session.state.search?.hitNumber == nil)
    #expect(session.threadRequests.map(\.discussion) == [answer.groups[0].discussion])
    // Steps that are taken too early are taken when the hits come.
    session.press("nn")
    #expect(session.state.thread?.selected == answer.groups[0].best)
    session.answerThread()
    #expect(session.state.search?.matchNumber == nil ? false : true)
    #expect(session.state.search?.hitNumber != nil)
    let here = try #require(session.state.search?.entry)
    #expect(session.state.thread?.selected == here)
    #expect(here > answer.groups[0].best || session.state.currentMatch != nil)
    var seen: Set<EntryID> = []
    for _ in 0..<40 {
      session.press("n")
      session.answerThread()
      if let entry = session.state.search?.entry { seen.insert(entry) }
      #expect(session.state.thread?.selected == session.state.search?.entry)
    }
    #expect(seen.count == 5)
    #expect(session.state.search?.matchTotal == HitCount(35))
    for _ in 0..<40 {
      session.press("N")
      session.answerThread()
    }
    #expect(session.state.currentMatch != nil)
  }

  @Test func moreThreadsComeWhereTheLastOnesShow() {
    var session = Session(SearchStagesTests.manyThreads(1061))
    session.press("/")
    session.type("ferry")
    session.rest()
    session.answer()
    #expect(session.state.search?.groups.count == 1000)
    #expect(session.state.search?.answer?.threads == HitCount(1061))
    #expect(session.state.search?.matchTotal.isExact == false)
    session.press("<Enter>")
    let asked = session.searchRequests.count
    session.press("qG")
    #expect(session.state.search?.group == 999)
    #expect(session.searchRequests.count == asked + 1)
    #expect(session.searchRequests.last?.threadLimit == 2000)
    #expect(session.searchRequests.last?.isTyping == true, "more of the same hits, not of other ones")
    session.press("kj")
    #expect(session.searchRequests.count == asked + 1)
    let entry = session.state.search?.entry
    session.press("n")
    session.answer()
    #expect(session.state.search?.groups.count == 1061)
    #expect(session.state.search?.matchTotal.isExact == true)
    #expect(session.state.search?.entry != entry)
    session.press("G")
    #expect(session.state.search?.group == 1060)
    session.press("nnn")
    #expect(session.state.search?.group == 0)
  }

  /// While more is read in, hits keep their places; after it they are put in order.
  @Test func hitsKeepTheirPlacesWhileTheLibraryGrows() {
    var session = Session(SearchStagesTests.manyThreads(6))
    session.press("/<C-r>")
    session.type("ferry")
    session.rest()
    session.answer()
    session.send(.loading(LoadingProgress(done: 1, total: 2)))
    let titles = { (session: Session) in
      (session.state.search?.groups ?? []).map {
        String(decoding: session.state.library.title(of: $0.discussion), as: UTF8.self)
      }
    }
    #expect(titles(session).first == "Thread 5")
    session.press("<C-n>")
    GrowingTests.grow(&session, with: [GrowingTests.more])
    session.answer()
    #expect(
      titles(session) == [
        "Thread 5", "Thread 4", "Thread 3", "Thread 2", "Thread 1", "Thread 0", "A new page",
      ])
    #expect(session.state.search?.group == 1)
    session.send(.loading(nil))
    session.answer()
    #expect(titles(session).first == "A new page")
    #expect(session.state.search?.group == 2)
    #expect(session.state.search?.entry.map { session.shownTitle + session.name($0) } == "Thread 4post")
  }

  @Test func theWordThatIsOfferedIsTakenByAKey() {
    for key in ["<Tab>", "<C-t>"] {
      var session = Session()
      session.press("/")
      session.type("ferrx")
      session.answer()
      #expect(session.state.search?.answer?.suggestion == "ferry")
      session.press(key)
      #expect(session.state.prompt?.field.text == "ferry")
      #expect(session.searchRequests.last?.text == "ferry")
      session.answer()
      session.press(key)
      #expect(session.state.prompt?.field.text == "ferry")
    }
    var session = Session()
    session.search("ferrx")
    #expect(session.state.prompt == nil)
    session.press("<C-t>")
    #expect(session.state.prompt?.field.text == "ferry")
    session.answer()
    #expect(session.state.search?.groups.isEmpty == false)
  }

  /// Keys come faster than answers: every answer but the one to the last key is dropped.
  @Test func aFloodOfKeysLeavesOneAnswer() {
    var session = Session()
    session.press("/")
    var answers: [SearchAnswer] = []
    for round in 0..<200 {
      session.type(round % 7 == 6 ? "f" : "e")
      if round % 3 == 0 { session.press("<Backspace>") }
      if let request = session.searchRequests.last {
        let answer = NaiveIndex.answer(request, over: session.state.library)
        answers.append(NaiveIndex.firstAnswer(answer))
        answers.append(answer)
      }
    }
    let newest = session.searchRequests.last?.ticket
    var random = SeededRandom(seed: 4)
    for answer in answers.shuffled(using: &random) where answer.ticket != newest {
      session.send(.searchAnswered(answer))
      #expect(session.state.search?.answer == nil)
    }
    session.answer()
    #expect(session.state.search?.answer?.ticket == newest)
  }

  @Test func previewsMarkNothingRead() {
    var session = Session(columns: 100, rows: 30)
    session.press("/")
    session.type("ferry")
    session.answer()
    for _ in 0..<20 { session.press("<C-n>") }
    session.press("<Enter>")
    for _ in 0..<40 { session.press("n") }
    session.press("q")
    for _ in 0..<20 { session.press("n") }
    #expect(session.keptRead.isEmpty)
  }

  @Test func countsAreWrittenInGroups() {
    #expect(
      [0, 12, 999, 1000, 12345, 1_234_567].map { HitCount.grouped($0) } == [
        "0", "12", "999", "1,000", "12,345", "1,234,567",
      ])
    #expect(HitCount(1000, isExact: false).text == "1,000+")
  }
}

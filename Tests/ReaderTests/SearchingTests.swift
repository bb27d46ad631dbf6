import Discussion
import Grid
import SearchIndex
import Testing

@testable import Reader

@Suite struct SearchingTests {
  @Test func everyKeyAsksWithAHigherTicket() {
    var session = Session()
    session.press("/")
    session.type("boat")
    session.press("<Backspace>")
    session.send(.paste(Array("ts\nand".utf8)))
    #expect(session.searchRequests.map(\.text) == ["b", "bo", "boa", "boat", "boa", "boats and"])
    #expect(session.searchRequests.allSatisfy { $0.isTyping })
    let tickets = session.searchRequests.map(\.ticket)
    #expect(tickets == tickets.sorted() && Set(tickets).count == tickets.count)
    session.press("<Left><Right><Home><End>")
    #expect(session.searchRequests.count == 6)
  }

  @Test func answersToOlderQuestionsAndOtherGenerationsAreDropped() {
    var session = Session()
    session.press("/")
    session.type("fe")
    let old = NaiveIndex.answer(session.searchRequests[0], over: session.state.library)
    session.send(.searchAnswered(old))
    #expect(session.state.search?.answer == nil)
    var other = NaiveIndex.answer(session.searchRequests[1], over: session.state.library)
    other.generation += 1
    session.send(.searchAnswered(other))
    #expect(session.state.search?.answer == nil)
    session.answer()
    #expect(session.state.search?.answer?.ticket == session.searchRequests.last?.ticket)
    session.press("<Esc>")
    session.answer()
    #expect(session.state.search == nil)
    #expect(session.state.surface == .list)
  }

  @Test func hitsOverEverythingShowAsAList() {
    var session = Session()
    session.press("/")
    session.type("ferry")
    session.answer()
    #expect(session.state.surface == .hits)
    #expect(session.state.search?.groups.map(\.count) == [4, 1])
    #expect(session.state.thread?.selected == session.entry(0, "post"))
    session.press("<C-n>")
    #expect(session.state.search?.group == 1)
    #expect(session.state.thread?.selected == session.entry(4, "2"))
    session.press("<C-p><C-p>")
    #expect(session.state.search?.group == 0)
    session.press("<C-n><C-n><Enter>")
    #expect(session.state.surface == .thread)
    #expect(session.shownTitle == "The keeper's log")
    #expect(session.selected == "2")
    session.press("q")
    #expect(session.state.surface == .hits)
    session.press("q")
    #expect(session.state.surface == .list)
    #expect(session.state.search == nil)
  }

  @Test func hitsInOneDiscussionShowInPlaceFromHereOn() {
    var session = Session()
    session.open(0, at: "1.2")
    session.press("/")
    session.type("ferry")
    session.answer()
    #expect(session.state.surface == .thread)
    #expect(session.state.search?.scope == .discussion(session.state.library.discussions[0]))
    #expect(session.selected == "2")
    session.press("<Enter>")
    #expect(session.selected == "2")
    #expect(session.state.prompt == nil)
    #expect(session.state.searches == ["ferry"])
  }

  @Test func theScopeWidensAndNarrows() {
    var session = Session()
    session.open(0)
    session.press("/")
    session.type("ferry")
    session.answer()
    #expect(session.state.search?.answer?.total == HitCount(4))
    session.press("<C-g>")
    session.answer()
    #expect(session.state.search?.scope == .everything)
    #expect(session.state.search?.answer?.total == HitCount(5))
    #expect(session.state.surface == .hits)
    session.press("<C-g>")
    session.answer()
    #expect(session.state.search?.answer?.total == HitCount(4))
    #expect(session.state.surface == .thread)
    #expect(session.shownTitle == "The ferry in winter")
  }

  @Test(arguments: ["<Esc>", "<C-c>", "<Backspace><Backspace><Backspace><Backspace><Backspace><Backspace>"])
  func givingUpBringsBackTheEarlierView(_ leaving: String) {
    for widens in [false, true] {
      var session = Session()
      session.open(4, at: "1")
      session.press("<C-e><C-e><C-e>za")
      let before = session.state
      session.press("/")
      session.type("ferry")
      session.answer()
      if widens {
        session.press("<C-g>")
        session.answer()
      }
      session.press("<C-n>")
      if leaving.hasPrefix("<B") {
        for _ in 0..<5 {
          session.press("<Backspace>")
          session.answer()
        }
        session.press("<Backspace>")
      } else {
        session.press(leaving)
      }
      #expect(session.state.surface == before.surface)
      #expect(session.state.trail == before.trail)
      #expect(session.state.thread == before.thread, "widened \(widens)")
      #expect(session.state.list == before.list)
      #expect(session.state.search == nil)
      #expect(session.state.prompt == nil)
    }
  }

  @Test func givingUpASecondSearchKeepsTheFirst() {
    var session = Session()
    session.search("ferry")
    session.press("n")
    let before = session.state
    session.press("/")
    session.type("boat")
    session.answer()
    session.press("<Esc>")
    #expect(session.state.search?.text == "ferry")
    #expect(session.state.search?.matchNumber == before.search?.matchNumber)
    #expect(session.state.thread == before.thread)
    session.press("n")
    #expect(session.state.search?.matchNumber == 3)
    session.press("q/")
    session.type("boat")
    session.answer()
    session.press("<Esc>")
    #expect(session.state.surface == .hits)
    #expect(session.state.search?.text == "ferry")
  }

  @Test func clearingThePromptShowsTheEarlierView() {
    var session = Session()
    session.open(2, at: "1.1")
    let before = session.state
    session.press("/<C-g>")
    session.type("f")
    session.answer()
    #expect(session.state.surface == .hits)
    session.press("<Backspace>")
    session.answer()
    #expect(session.state.surface == .thread)
    #expect(session.state.thread == before.thread)
  }

  @Test func historyGoesUpAndDown() {
    var session = Session()
    session.search("ferry")
    session.search("boat")
    session.search("ferry")
    #expect(session.state.searches == ["boat", "ferry"])
    session.press("/")
    session.press("<Up>")
    #expect(session.state.prompt?.field.text == "ferry")
    session.press("<Up>")
    #expect(session.state.prompt?.field.text == "boat")
    session.press("<Up>")
    #expect(session.state.prompt?.field.text == "boat")
    session.press("<Down>")
    #expect(session.searchRequests.last?.text == "ferry")
    session.press("<Down>")
    #expect(session.state.prompt?.field.text == "")
  }

  /// One counter over all matches of all discussions, round and round.
  @Test func everyMatchHasItsNumberAndTheEndWraps() throws {
    var session = Session()
    session.search("ferry")
    let total = try #require(session.state.search).matchTotal.value
    #expect(total == 35)
    var numbers: [Int] = []
    var places: [Place] = []
    for _ in 0..<total {
      numbers.append(try #require(session.state.search?.matchNumber))
      let match = try #require(session.state.currentMatch)
      let entry = try #require(session.state.search?.entry)
      #expect(session.state.thread?.selected == entry)
      let layout = try #require(session.state.flow).layout(of: entry)
      let row = match.part == .text ? layout.row(ofByte: match.bytes.lowerBound) : 0
      let place = Place(entry: entry, row: row)
      #expect(session.visibleRows.contains(place))
      if places.last != place { places.append(place) }
      session.press("n")
    }
    #expect(numbers == Array(1...total))
    #expect(places == places.sorted { ($0.entry, $0.row) < ($1.entry, $1.row) })
    #expect(session.state.search?.matchNumber == 1)
    #expect(session.state.message == "From the last match on to the first.")
    session.press("N")
    #expect(session.state.search?.matchNumber == total)
    #expect(session.state.message == "From the first match to the last.")
    session.press("5N")
    #expect(session.state.search?.matchNumber == total - 5)
  }

  @Test func afterMovingByHandTheNextMatchIsTheOneAfterTheSelection() {
    var session = Session()
    session.search("ferry")
    session.press("}}")
    #expect(session.selected == "2")
    session.press("n")
    #expect(session.selected == "2")
    #expect(session.state.search?.entry == session.entry(0, "2"))
    session.press("kkn")
    #expect(session.selected == "2")
    session.press("kkN")
    #expect(session.selected == "1")
    session.press("GN")
    #expect(session.selected == "2.1")
    session.press("jn")
    #expect(session.shownTitle == "The keeper's log")
  }

  @Test func escapeEndsTheSearchAndNIsUnreadAgain() {
    var session = Session()
    session.search("ferry")
    session.press("<Esc>")
    #expect(session.state.search == nil)
    session.press("n")
    #expect(session.selected == "1")
  }

  @Test func nothingFoundLeavesTheViewAndSaysSo() {
    var session = Session()
    session.open(0, at: "2")
    let before = session.state.thread
    session.search("ferr zzz")
    #expect(session.state.surface == .thread)
    #expect(session.state.thread == before)
    #expect(session.state.message == "Nothing found. Did you mean ferry?")
  }

  @Test func anEmptySearchIsGivenUp() {
    var session = Session()
    session.press("/")
    session.type("   ")
    session.press("<Enter>")
    #expect(session.state.search == nil)
    #expect(session.state.searches.isEmpty)
  }

  /// Enter may come before the answer does: the thread opens when it comes, the same as otherwise.
  @Test func enterBeforeTheAnswerEndsAlike() {
    for number in [nil, "1.2"] {
      for answersFirstKey in [false, true] {
        func searched(isLate: Bool) -> Session {
          var session = Session()
          if let number { session.open(0, at: number) }
          session.press("/")
          session.type("f")
          if answersFirstKey || !isLate { session.answer() }
          session.type("erry")
          if !isLate { session.answer() }
          session.press("<Enter>")
          if isLate { session.answer() }
          return session
        }
        let (late, early) = (searched(isLate: true), searched(isLate: false))
        #expect(late.state.surface == .thread)
        #expect(late.state.surface == early.state.surface)
        #expect(late.state.trail == early.state.trail)
        #expect(late.state.thread == early.state.thread)
        #expect(late.state.search?.matchNumber == early.state.search?.matchNumber)
      }
    }
  }

  @Test func aLateAnswerWithNothingLeavesTheViewAndSaysSo() {
    var session = Session()
    session.open(0, at: "2")
    let before = session.state.thread
    session.press("/<C-g>")
    session.type("f")
    session.answer()
    session.type("zzz")
    session.press("<Enter>")
    session.answer()
    #expect(session.state.surface == .thread)
    #expect(session.state.thread == before)
    #expect(session.state.message == "Nothing found. Did you mean ferry?")
  }

  @Test func searchingAwayKeepsWhereReadingStopped() {
    var session = Session()
    session.open(0, at: "2")
    session.press("/<C-g>")
    session.type("harbour")
    session.answer()
    session.press("<Enter>")
    #expect(session.shownTitle == "The keeper's log")
    #expect(session.keptPositions.last?.discussion == session.state.library.discussions[0])
    #expect(session.keptPositions.last?.entry == session.entry(0, "2"))
    session.press("<C-o>")
    #expect(session.shownTitle == "The ferry in winter")
    #expect(session.selected == "2")
  }
}

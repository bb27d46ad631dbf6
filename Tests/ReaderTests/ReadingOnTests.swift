import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct ReadingOnTests {
  /// All of a library with Space alone: each entry once, in order, to its last line.
  @Test(
    arguments: [
      Size(columns: 80, rows: 24), Size(columns: 40, rows: 12), Size(columns: 200, rows: 60),
      Size(columns: 24, rows: 5), Size(columns: 130, rows: 9), Size(columns: 20, rows: 4),
    ])
  func spaceAloneReadsEverythingOnce(_ size: Size) {
    var session = Session(columns: size.columns, rows: size.rows)
    let library = session.state.library
    var expected: [EntryID] = []
    for discussion in library.discussions { expected += Array(library.entries(of: discussion)) }
    var shownRows: [EntryID: Set<Int>] = [:]
    var selections: [EntryID] = []
    var presses = 0
    while session.state.message != "Everything is read.", presses < 3000 {
      session.press("<Space>")
      presses += 1
      guard session.state.surface == .thread, let thread = session.state.thread else { continue }
      if selections.last != thread.selected { selections.append(thread.selected) }
      for place in session.visibleRows { shownRows[place.entry, default: []].insert(place.row) }
    }
    #expect(session.state.message == "Everything is read.")
    #expect(session.keptRead == expected)
    // Once read, nothing is selected again; and no row of any entry was passed over.
    #expect(selections == expected)
    for entry in expected {
      let layout = EntryLayout(
        of: entry, in: library, columns: session.state.layout.thread?.columns ?? 1, isFolded: false)
      #expect((shownRows[entry] ?? []).isSuperset(of: 0...layout.lastReadableRow))
    }
    #expect(library.discussions.allSatisfy { session.state.unreadCount(of: $0) == 0 })
    #expect(session.state.readOnPlan == .done)
  }

  @Test func whatIsReadIsReadAgainInOrder() {
    var session = Session(columns: 60, rows: 14)
    while session.state.unreadTotal > 0 { session.press("<Space>") }
    session.press("<Space>")
    session.press("q")
    session.press("gg<Enter>gg")
    let first = session.state.thread?.discussion
    var seen: [EntryID] = []
    var presses = 0
    while session.state.thread?.discussion == first, presses < 500 {
      if let entry = session.state.thread?.selected, seen.last != entry { seen.append(entry) }
      session.press("<Space>")
      presses += 1
    }
    #expect(first.map { Array(session.state.library.entries(of: $0)) } == seen)
    #expect(session.state.thread?.discussion == session.state.library.discussions[1])
    // The end of the last one is the end.
    while session.state.message != "Everything is read.", presses < 3_000 {
      session.press("<Space>")
      presses += 1
    }
    #expect(presses < 3_000 && session.state.thread?.discussion == session.state.library.discussions.last)
  }

  @Test func spaceDoesWhatThePlanSays() {
    var session = Session(columns: 60, rows: 14)
    var steps = 0
    while session.state.message != "Everything is read.", steps < 500 {
      let plan = session.state.readOnPlan
      let before = session.state.thread
      session.press("<Space>")
      steps += 1
      switch plan {
      case .open(let discussion), .discussion(let discussion):
        #expect(session.state.thread?.discussion == discussion)
        #expect(session.state.surface == .thread)
      case .page: #expect(session.state.thread?.discussion == before?.discussion)
      case .entry(let entry): #expect(session.state.thread?.selected == entry)
      case .done: #expect(session.state.message == "Everything is read.")
      }
    }
    #expect(steps < 500)
  }

  @Test func anEntryIsReadOnceItsEndWasShownAndTheReaderMovesOn() {
    for key in ["<Space>", "j", "n", "<Tab>"] {
      var session = Session()
      session.open(0)
      let post = session.entry(0, "post")
      #expect(!session.state.read.isRead(post))
      session.press(key)
      #expect(session.state.read.isRead(post), "\(key)")
      #expect(session.keptRead == [post])
      #expect(session.selected == "1")
    }
  }

  @Test func anEntryWhoseEndWasNotShownStaysUnread() {
    for key in ["j", "<Tab>"] {
      var session = Session()
      session.open(4)
      session.press(key)
      #expect(session.selected == "1")
      #expect(session.keptRead.isEmpty)
    }
  }

  @Test func scrollingAloneReadsNothing() {
    var session = Session()
    session.open(0)
    session.press("<PageDown><PageUp><C-e><C-y>dukG")
    #expect(session.keptRead.isEmpty)
  }

  @Test func aSearchJumpReadsNothing() {
    var session = Session()
    session.search("ferry")
    #expect(session.state.surface == .thread)
    session.press("nnnNn")
    #expect(session.keptRead.isEmpty)
  }

  @Test func aPreviewReadsNothing() {
    var session = Session(columns: 160, rows: 40)
    #expect(session.state.thread != nil)
    session.press("jjjk")
    session.press("/")
    session.type("ferry")
    session.answer()
    session.press("<C-n><C-n><C-n><Esc>")
    #expect(session.keptRead.isEmpty)
  }

  @Test func tabWalksOverTheUnreadOfAllDiscussions() {
    var session = Session()
    session.open(3)
    session.press("<Tab>")
    #expect(session.shownTitle == "The keeper's log")
    session.press("<Tab><Tab><Tab>")
    #expect(session.selected == "2")
    session.press("<Tab>")
    #expect(session.shownTitle == "The ferry in winter")
    #expect(session.selected == "post")
    session.press("<S-Tab>")
    #expect(session.shownTitle == "The keeper's log")
    #expect(session.selected == "2")
    session.press("<S-Tab>")
    #expect(session.selected == "1")
  }

  @Test func nIsNextUnreadWhileNoSearchIsActive() {
    var session = Session()
    session.open(0)
    session.press("nn")
    #expect(session.selected == "1.1")
    session.press("GN")
    #expect(session.selected == "2.1")
    session.press("NNNNN")
    #expect(session.shownTitle == "The keeper's log")
  }

  @Test func tabOnTheListGoesToADiscussionWithUnread() {
    var session = Session()
    session.press("jr")
    #expect(session.state.unreadCount(of: session.state.library.discussions[1]) == 0)
    session.press("k<Tab>")
    #expect(session.state.list.selected == 2)
    #expect(session.state.surface == .list)
  }

  @Test func readAndUnreadByHand() {
    var session = Session()
    session.open(0, at: "1")
    let before = session.keptRead.count
    session.press("r")
    #expect(session.state.read.isRead(session.entry(0, "1")))
    #expect(session.keptRead.count == before + 1)
    session.press("r")
    #expect(!session.state.read.isRead(session.entry(0, "1")))
    session.press("R")
    for number in ["1", "1.1", "1.1.1", "1.2"] {
      #expect(session.state.read.isRead(session.entry(0, number)))
    }
    #expect(!session.state.read.isRead(session.entry(0, "2")))
    session.press("R")
    #expect(!session.state.read.isRead(session.entry(0, "1.1.1")))
  }

  @Test func catchingUpAsksFirst() {
    for answer in ["n", "<Esc>", "<Enter>", "<Space>"] {
      var session = Session()
      session.open(0)
      session.press("c")
      #expect(session.state.prompt != nil)
      session.press(answer)
      #expect(session.state.prompt == nil)
      #expect(session.keptRead.isEmpty)
    }
    var session = Session()
    session.open(0)
    session.press("cy")
    #expect(session.keptRead.count == 8)
  }

  @Test func whatWasMarkedUnreadByHandStaysSoOnce() {
    var session = Session()
    session.open(0, at: "1")
    session.press("rrj")
    #expect(!session.state.read.isRead(session.entry(0, "1")))
    session.press("kj")
    #expect(session.state.read.isRead(session.entry(0, "1")))
  }

  /// An unread comment that is folded is unfolded by Space, not passed over.
  @Test func spaceUnfoldsWhatIsUnread() {
    var session = Session(
      Library.of([Shelves.discussion("T", "Post.", [(1, "A", "One."), (1, "B", "Two.")])]))
    session.open(0, at: "1")
    session.press("zcr")
    session.press("r")
    session.press("j<Space>")
    #expect(session.state.message != "Everything is read.")
    #expect(session.selected == "1")
    session.press("zc<Space>")
    #expect(session.state.message != "Everything is read.")
    #expect(session.state.flow?.isFolded(session.entry(0, "1")) == false)
    session.press("<Space>")
    #expect(session.state.message == "Everything is read.")
    #expect(session.state.unreadCount(of: session.state.library.discussions[0]) == 0)
  }
}

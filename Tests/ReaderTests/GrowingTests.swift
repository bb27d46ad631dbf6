import Discussion
import Grid
import Testing

@testable import Reader

/// The library grows while it is read: everything that names an entry goes with it.
@Suite struct GrowingTests {
  /// A second source of the ferry page: one comment more, before the others.
  static let ferryAgain: ParsedDiscussion = {
    var parsed = Shelves.ferry
    parsed.sources = [Array("pages/two.txt".utf8)]
    parsed.comments.append(
      ParsedComment(author: Array("Ida".utf8), text: ParsedText("The ferry has a new captain.")))
    return parsed
  }()

  static let more = Shelves.discussion("A new page", "About a ferry elsewhere.", from: "pages/three.txt")

  static func grow(_ session: inout Session, with batch: [ParsedDiscussion]) {
    let (library, remap) = session.state.library.adding(batch)
    session.send(.libraryChanged(library, remap))
  }

  @Test func selectionTopAndListStay() {
    var session = Session(rows: 10)
    session.open(0, at: "2")
    session.press("<C-e>")
    let rows = session.visibleRows.map { session.state.library.key(of: $0.entry) }
    let top = session.state.thread?.top.row
    GrowingTests.grow(&session, with: [GrowingTests.more, GrowingTests.ferryAgain])
    #expect(session.state.library.discussions.count == 6)
    #expect(session.selected == "2")
    #expect(session.state.thread?.discussion.segment == 1)
    #expect(session.state.list.selected == 0)
    #expect(session.state.thread?.top.row == top)
    #expect(session.visibleRows.map { session.state.library.key(of: $0.entry) } == rows)
  }

  @Test func foldsMarksReadStateAndJumpsGoAlong() {
    var session = Session()
    session.open(0, at: "1.1")
    session.press("zcma")
    let read = session.keptRead.count
    session.press("s")
    session.open(3)
    GrowingTests.grow(&session, with: [GrowingTests.ferryAgain])
    session.saveAll()
    #expect(session.shownTitle == "Only a post")
    session.press("'a")
    #expect(session.selected == "1.1")
    #expect(session.shownTitle == "The ferry in winter")
    #expect(session.state.mark(on: session.entry(0, "1.1"))?.isStarred == true)
    #expect(session.state.read.isRead(session.entry(0, "post")))
    #expect(session.state.unreadCount(of: session.state.library.discussions[0]) == 9 - read)
    session.press("<C-o>")
    #expect(session.shownTitle == "Only a post")
  }

  @Test func foldsStay() {
    var session = Session()
    session.open(0, at: "1")
    session.press("zc")
    GrowingTests.grow(&session, with: [GrowingTests.ferryAgain])
    #expect(session.state.flow?.isFolded(session.entry(0, "1")) == true)
    #expect(session.selected == "1")
  }

  @Test func theSearchIsAskedAgainAndTheViewStays() {
    var session = Session()
    session.search("ferry")
    session.press("nnn")
    let before = session.state.search
    session.press("gg")
    GrowingTests.grow(&session, with: [GrowingTests.ferryAgain])
    #expect(session.searchRequests.last?.text == "ferry")
    #expect(session.searchRequests.last?.isTyping == true, "the hits that were accepted are asked for")
    #expect(session.state.search?.matchNumber == before?.matchNumber)
    session.answer()
    #expect(session.selected == "post")
    #expect(session.state.search?.matchNumber == before?.matchNumber)
    #expect(session.state.search?.matchTotal == HitCount(36))
    session.press("n")
    #expect(session.shownTitle == "The ferry in winter")
  }

  @Test func aNoteBeingTypedIsKeptOnItsEntry() {
    var session = Session()
    session.open(0, at: "2.1")
    session.press("B")
    session.type("dam")
    GrowingTests.grow(&session, with: [GrowingTests.ferryAgain])
    session.press("<Enter>")
    #expect(session.keeps.last?.target.key == session.state.library.key(of: session.entry(0, "2.1")))
  }

  @Test func aSearchGivenUpAfterGrowthComesBackToItsPlace() {
    var session = Session()
    session.open(0, at: "2.1")
    session.press("/")
    session.type("boat")
    session.answer()
    GrowingTests.grow(&session, with: [GrowingTests.ferryAgain])
    session.answer()
    session.press("<Esc>")
    #expect(session.selected == "2.1")
    #expect(session.state.surface == .thread)
  }

  @Test func bookmarksUnderAThreadGoAlong() {
    var session = Session()
    session.open(0, at: "2")
    session.press("s")
    session.saveAll()
    session.press("M<Enter>")
    GrowingTests.grow(&session, with: [GrowingTests.ferryAgain])
    session.press("q")
    #expect(session.state.surface == .bookmarks)
    #expect(session.state.bookmarkRows.map(\.entry) == [session.entry(0, "2")])
    #expect(session.state.thread?.discussion == session.state.library.discussions[0])
  }

  @Test func anotherLibraryStartsAnew() {
    var session = Session()
    session.open(4, at: "1")
    session.press("sM")
    session.send(.libraryChanged(Library.of([Shelves.lone]), nil))
    #expect(session.state.surface == .list)
    #expect(session.state.thread == nil)
    session.press("<Enter>")
    #expect(session.shownTitle == "Only a post")
    session.press("qq")
    #expect(session.hasQuit)
  }

  @Test func whatIsBeingTypedStaysWhenEverythingIsReadAnew() {
    var session = Session()
    session.press("/")
    session.type("fer")
    session.answer()
    session.send(.libraryChanged(session.state.library.emptied(), nil))
    session.type("ry")
    #expect(session.state.prompt?.field.text == "ferry")
    #expect(!session.hasQuit)
    session.send(.libraryChanged(Shelves.library, nil))
    #expect(session.searchRequests.last?.text == "ferry", "the search is not asked of what was read anew")
    session.answer()
    #expect(session.state.surface == .hits)
    #expect(session.state.search?.groups.isEmpty == false)
    session.press("<Esc>")
    #expect(session.state.surface == .list)
    #expect(session.state.search == nil)
  }

  @Test func aNoteOfAnEntryThatIsGoneEndsWithASentence() {
    var session = Session()
    session.open(0, at: "2")
    session.press("B")
    session.type("keep th")
    session.send(.libraryChanged(session.state.library.emptied(), nil))
    #expect(session.state.prompt == nil)
    #expect(session.state.message?.isEmpty == false)
  }
}

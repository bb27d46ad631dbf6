import Discussion
import Grid
import Testing

@testable import Reader

/// One comment with its replies as a thread of its own, and what the list tells of a thread's shape.
@Suite struct RootingTests {
  @Test func aCommentAloneAndTheWayBack() {
    var session = Session()
    session.open(0, at: "1.1")
    session.press("zs")
    #expect(session.state.flow?.entries.count == 2)
    #expect(session.visibleRows.first?.entry == session.entry(0, "1.1"))
    // Set as if nothing stood above it.
    #expect(session.state.flow?.layout(of: session.entry(0, "1.1")).indent == 1)
    session.press("G")
    #expect(session.selected == "1.1.1")
    session.press("zS")
    #expect(session.state.thread?.root == session.entry(0, "1"))
    #expect(session.selected == "1.1.1")
    session.press("q")
    #expect(session.state.thread?.root == nil)
    #expect(session.state.surface == .thread)
    session.press("q")
    #expect(session.state.surface == .list)
  }

  @Test func whatStandsElsewhereShowsTheWholeThread() {
    var session = Session()
    session.open(0, at: "1.1")
    session.press("zs")
    session.press("}")
    #expect(session.selected == "2")
    #expect(session.state.thread?.root == nil)
    session.open(0, at: "1.1")
    session.press("zs")
    session.search("timetable")
    #expect(session.selected == "3")
    #expect(session.state.thread?.root == nil)
  }

  @Test func readingOnGoesOnWithTheRestOfTheThread() {
    var session = Session()
    session.open(0, at: "2.1")
    session.press("zs<Space>")
    #expect(session.selected == "3")
    #expect(session.state.thread?.root == nil)
  }

  @Test func theRootOutlivesALibraryThatGrows() {
    var session = Session()
    session.open(0, at: "1.1")
    session.press("zs")
    var again = session.state.library.parsed(session.state.library.discussions[0])
    again.sources = [Array("again.txt".utf8)]
    again.comments.append(ParsedComment(text: ParsedText("One comment more.")))
    let (grown, remap) = session.state.library.adding([again])
    session.send(.libraryChanged(grown, remap))
    #expect(session.state.flow?.entries.count == 2)
  }

  @Test func theBreadcrumbNamesWhatIsOutOfSight() {
    var session = Session(rows: 12)
    session.open(2, at: "1.1.1.1.1.1")
    session.press("zs")
    #expect(session.state.breadcrumb(limit: 3).map { session.name($0) } == ["1.1.1", "1.1.1.1", "1.1.1.1.1"])
    session.press("qgg")
    #expect(session.state.breadcrumb(limit: 3).isEmpty)
  }

  @Test func theDigestTellsLevelsHitsMarksAndWhatIsUnread() {
    var session = Session()
    session.open(0, at: "2")
    session.press("s")
    session.saveAll()
    session.search("timetable")
    let digest = session.state.digest(of: session.state.library.discussions[0], cells: 20)
    #expect(digest.cells.map(\.level) == [0, 1, 2, 2, 2, 1, 2, 1])
    #expect(digest.cells.map(\.isHit) == [false, false, false, false, false, false, false, true])
    #expect(digest.cells.map(\.isMarked) == [false, false, false, false, false, true, false, false])
    #expect(!digest.cells[0].isUnread && digest.cells[7].isUnread)
    // Fewer cells than entries: each stands for a run.
    let short = session.state.digest(of: session.state.library.discussions[0], cells: 3)
    #expect(short.cells.map(\.level) == [0, 2, 1])
    #expect(short.cells.map(\.isHit) == [false, false, true])
    #expect(short.cells.map(\.isMarked) == [false, false, true])
  }
}

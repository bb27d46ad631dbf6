import Discussion
import Grid
import Testing

@testable import Reader

/// Hits and what stands around them.
@Suite struct HitsInContextTests {
  @Test(arguments: [(60, 20), (100, 30), (200, 60)])
  func theMatchIsInViewForEveryHit(columns: Int, rows: Int) throws {
    var session = Session(columns: columns, rows: rows)
    session.press("/")
    session.type("ferry")
    session.answer()
    for _ in 0..<40 {
      if session.state.layout.thread != nil {
        let entry = try #require(session.state.search?.entry)
        let match = try #require(session.state.currentMatch)
        let flow = try #require(session.state.flow)
        let row = match.part == .text ? flow.layout(of: entry).row(ofByte: match.bytes.lowerBound) : 0
        #expect(session.visibleRows.contains(Place(entry: entry, row: row)))
      }
      session.press("<C-n>")
    }
  }

  @Test func oneCounterCountsOverAllDiscussions() {
    var session = Session()
    session.search("ferry")
    var numbers = [session.state.search?.matchNumber ?? 0]
    let total = session.state.search?.matchTotal.value ?? 0
    for _ in 1..<total {
      session.press("n")
      numbers.append(session.state.search?.matchNumber ?? 0)
    }
    #expect(numbers == Array(1...total))
    #expect(Set([session.shownTitle]).count == 1 && session.shownTitle == "The keeper's log")
    session.press("n")
    #expect(session.state.search?.matchNumber == 1)
    session.press("N")
    #expect(session.state.search?.matchNumber == total)
  }

  @Test func whatDoesNotMatchFoldsBesideTheHitsToo() throws {
    var session = Session(columns: 140, rows: 40)
    session.search("timetable")
    session.press("q")
    #expect(session.state.surface == .hits)
    session.press("zx")
    let flow = try #require(session.state.flow)
    #expect(flow.isFolded(session.entry(0, "1")))
    #expect(!flow.isFolded(session.entry(0, "3")))
    session.press("<Enter>")
    #expect(session.selected == "3")
  }
}

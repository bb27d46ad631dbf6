import Discussion
import Grid
import Testing

@testable import Reader

/// Choosing panes and giving them the keys.
@Suite struct PanesTests {
  @Test(arguments: [(60, 20), (80, 24), (100, 30), (140, 40), (200, 60)])
  func theLineOnTopStaysWhateverPanesShow(columns: Int, rows: Int) throws {
    var session = Session(columns: columns, rows: rows)
    session.open(4)
    session.press("<C-e><C-e><C-e><C-e><C-e><C-e><C-e>")
    let flow = try #require(session.state.flow)
    let top = try #require(session.state.thread?.top)
    let byte = flow.layout(of: top.entry).byte(atRow: top.row)
    var seen: Set<PaneChoice> = []
    for _ in 0..<4 {
      session.press("+")
      seen.insert(session.state.shownPanes)
      let flow = try #require(session.state.flow)
      let now = try #require(session.state.thread?.top)
      #expect(now.entry == top.entry)
      let line = flow.layout(of: now.entry).byte(atRow: now.row)
      #expect(line <= byte && flow.layout(of: now.entry).byte(atRow: now.row + 1) > byte, "\(line) \(byte)")
    }
    let fitting = PaneChoice.allCases.filter { $0.fits(Size(columns: columns, rows: rows)) }
    #expect(seen == Set(fitting))
    session.press("_")
    #expect(fitting.contains(session.state.shownPanes))
  }

  @Test func keysGoToListThreadAndOutline() throws {
    var session = Session(columns: 140, rows: 40)
    session.press("j<A-2>")
    #expect(session.state.surface == .thread)
    #expect(session.shownTitle.hasPrefix("Kites"))
    session.press("<A-1>")
    #expect(session.state.surface == .list)
    #expect(session.state.list.selected == 1)
    session.press("k<A-3>")
    #expect(session.state.isInOutline)
    #expect(session.state.layout.outline != nil)
    session.press("jjj")
    #expect(session.selected == "1.1.1")
    // In the outline a row is an entry, and the thread follows with its head on top.
    #expect(
      session.state.thread?.top.entry == session.state.thread?.selected
        || session.visibleRows.last?.entry == session.state.flow?.last)
    session.press("q")
    #expect(session.state.surface == .thread && !session.state.isInOutline)
    #expect(session.selected == "1.1.1")
    session.press("q")
    #expect(session.state.surface == .list)
  }

  @Test func besideHitsThereIsNoOutlineToChoose() {
    var session = Session(columns: 200, rows: 60)
    session.search("ferry")
    session.press("q")
    #expect(session.state.shownPanes == .beside)
    session.press("+")
    #expect(session.state.shownPanes == .one)
    session.press("_")
    #expect(session.state.shownPanes == .beside)
    session.press("gT")
    session.survey()
    session.press("+")
    #expect(session.state.message == "An overview stands alone.")
  }

  @Test func aNarrowScreenSaysThatTheOutlineHasNoRoom() {
    var session = Session(columns: 50, rows: 20)
    session.press("<A-3>")
    #expect(!session.state.isInOutline)
    #expect(session.state.message?.contains("56") == true)
  }

  @Test func fromHitsTheListPaneIsTheHits() {
    var session = Session(columns: 140, rows: 40)
    session.search("ferry")
    #expect(session.state.surface == .thread)
    #expect(session.state.listed == .hits)
    #expect(session.state.layout.rows != nil && session.state.layout.list == nil)
    let columns = session.state.layout.rows?.columns
    session.press("<A-1>")
    #expect(session.state.surface == .hits)
    #expect(session.state.layout.rows?.columns == columns)
    session.press("<A-2>")
    #expect(session.state.surface == .thread)
    // Without the search the list stands there again.
    session.press("<Esc>")
    #expect(session.state.listed == .list && session.state.layout.list != nil)
  }

  @Test func theOutlineShowsWhatIsAroundTheSelectedEntry() {
    var session = Session(columns: 200, rows: 60)
    session.open(0)
    session.press("G")
    let all = session.state.outlineEntries(rows: 50)
    #expect(all.count == session.state.library.entries(of: session.state.thread!.discussion).count)
    #expect(session.state.outlineEntries(rows: 3) == all.suffix(3))
    session.press("gg")
    #expect(session.state.outlineEntries(rows: 3) == Array(all.prefix(3)))
    #expect(session.state.outlineEntries(rows: 0).isEmpty)
  }
}

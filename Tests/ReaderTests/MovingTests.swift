import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct MovingTests {
  @Test func commentsOneByOneInReadingOrder() {
    var session = Session()
    session.open(0)
    var seen = [session.selected]
    for _ in 0..<7 {
      session.press("j")
      seen.append(session.selected)
    }
    #expect(seen == ["post", "1", "1.1", "1.1.1", "1.2", "2", "2.1", "3"])
    session.press("j")
    #expect(session.selected == "3")
    for expected in seen.dropLast().reversed() {
      session.press("k")
      #expect(session.selected == expected)
    }
  }

  @Test func arrowsAndControlKeysMoveAlike() {
    for (down, up) in [("j", "k"), ("<Down>", "<Up>"), ("<C-n>", "<C-p>")] {
      var session = Session()
      session.open(0)
      session.press(down + down)
      #expect(session.selected == "1.1")
      session.press(up)
      #expect(session.selected == "1")
    }
  }

  @Test func aCountRepeatsAMoveAndEndsWithIt() {
    var session = Session()
    session.open(0)
    session.press("3j")
    #expect(session.selected == "1.1.1")
    session.press("2k")
    #expect(session.selected == "1")
    session.press("j")
    #expect(session.selected == "1.1")
    session.press("99999999999k")
    #expect(session.selected == "post")
    session.press("3<Esc>j")
    #expect(session.selected == "1")
  }

  @Test func firstAndLast() {
    for (first, last) in [("gg", "G"), ("<Home>", "<End>")] {
      var session = Session()
      session.open(0)
      session.press(last)
      #expect(session.selected == "3")
      session.press(first)
      #expect(session.selected == "post")
      #expect(session.state.thread?.top == Place(entry: session.entry(0, "post")))
    }
  }

  @Test func rowsOfTheListWithCountsAndEnds() {
    var session = Session()
    #expect(session.state.list.selected == 0)
    session.press("2j")
    #expect(session.state.list.selected == 2)
    session.press("G")
    #expect(session.state.list.selected == 4)
    session.press("j")
    #expect(session.state.list.selected == 4)
    session.press("2G")
    #expect(session.state.list.selected == 1)
    session.press("gg")
    #expect(session.state.list.selected == 0)
    session.press("k")
    #expect(session.state.list.selected == 0)
    session.press("<PageDown>")
    #expect(session.state.list.selected == 4)
    session.press("b")
    #expect(session.state.list.selected == 0)
  }

  /// Scrolling keeps two lines of the page before in sight, and the selection on the screen.
  @Test func pagesHalfPagesAndLines() throws {
    var session = Session()
    session.open(4)
    let flow = try #require(session.state.flow)
    let height = try #require(session.state.layout.thread).rows
    let start = try #require(session.state.thread).top
    func top() throws -> Int {
      let top = try #require(session.state.thread).top
      return try #require(flow.distance(from: start, to: top, limit: 10_000))
    }
    session.press("<PageDown>")
    try #expect(top() == height - 2)
    session.press("d")
    try #expect(top() == height - 2 + height / 2)
    session.press("<C-e><C-e>")
    try #expect(top() == height + height / 2)
    session.press("<C-y><C-y>u")
    try #expect(top() == height - 2)
    session.press("b")
    try #expect(top() == 0)
    session.press("3<C-e>")
    try #expect(top() == 3)
    for _ in 0..<60 {
      session.press("<PageDown>")
      #expect(session.visibleRows.contains { $0.entry == session.state.thread?.selected })
    }
    // The end of the document stands on the last row, no air below it.
    #expect(session.visibleRows.count == height)
    #expect(session.visibleRows.last?.entry == flow.last)
    for _ in 0..<60 { session.press("<PageUp>") }
    try #expect(top() == 0)
  }

  @Test func siblingsParentsAndTopLevels() {
    var session = Session()
    session.open(0, at: "1")
    session.press("J")
    #expect(session.selected == "2")
    session.press("K")
    #expect(session.selected == "1")
    session.press("]")
    #expect(session.selected == "1.1")
    session.press(")")
    #expect(session.selected == "1.2")
    session.press("(")
    #expect(session.selected == "1.1")
    session.press("]")
    #expect(session.selected == "1.1.1")
    session.press("}")
    #expect(session.selected == "2")
    session.press("]{")
    #expect(session.selected == "2")
    session.press("{")
    #expect(session.selected == "1")
    session.press("]]P")
    #expect(session.selected == "1.1")
    session.press("[P")
    #expect(session.selected == "post")
    session.press("P")
    #expect(session.selected == "post")
    #expect(session.state.message?.isEmpty == false)
    session.press("}")
    #expect(session.selected == "1")
  }

  @Test func sameAuthor() {
    var session = Session()
    session.open(0, at: "1")
    session.press("ga")
    #expect(session.selected == "1.1.1")
    session.press("gA")
    #expect(session.selected == "1")
    session.open(0, at: "1.2")
    session.press("ga")
    #expect(session.selected == "1.2")
  }

  @Test func neighbouringDiscussions() {
    var session = Session()
    session.open(0)
    session.press(">")
    #expect(session.shownTitle == "Kites, 凧 and cafe\u{301}s")
    #expect(session.state.list.selected == 1)
    session.press("<<")
    #expect(session.shownTitle == "The ferry in winter")
    #expect(session.state.message == "This is the first discussion.")
    session.press("4>")
    #expect(session.shownTitle == "The keeper's log")
    session.press(">")
    #expect(session.state.message == "This is the last discussion.")
  }

  @Test func aThreadOpensWhereItWasLeft() {
    var session = Session()
    session.open(4, at: "1")
    session.press("<C-e><C-e><C-e>")
    let top = session.state.thread?.top
    session.press("q")
    #expect(session.state.surface == .list)
    #expect(session.keptPositions.last?.entry == session.entry(4, "1"))
    session.press("k<Enter>q")
    session.press("G<Enter>")
    #expect(session.selected == "1")
    #expect(session.state.thread?.top == top)
  }

  /// Where the line on top begins stays on top through every width; going back brings the same rows.
  @Test func resizingKeepsTheLineOnTop() throws {
    let words = (1...900).map { "word\($0) 風" }.joined(separator: " ")
    var session = Session(Library.of([Shelves.discussion("One", words)]), columns: 100, rows: 24)
    session.open(0)
    session.press("<C-e><C-e><C-e><C-e><C-e>")
    let before = try #require(session.state.thread)
    let layout = try #require(session.state.flow).layout(of: before.top.entry)
    let byte = layout.byte(atRow: before.top.row)
    #expect(byte > 0)
    for columns in [40, 33, 90, 27, 61, 79, 35, 50, 100] {
      session.send(.resize(Size(columns: columns, rows: 24)))
      let thread = try #require(session.state.thread)
      let flow = try #require(session.state.flow)
      #expect(thread.selected == before.selected)
      #expect(thread.top.row == flow.layout(of: before.top.entry).row(ofByte: byte), "\(columns)")
    }
    #expect(session.state.thread == before)
  }
}

import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct MousingTests {
  private func click(_ session: inout Session, _ column: Int, _ row: Int, clicks: Int = 1) {
    session.send(.mouse(MouseEvent(.press(.left), column: column, row: row, clicks: clicks)))
    session.send(.mouse(MouseEvent(.release, column: column, row: row)))
  }

  private func wheel(
    _ session: inout Session, _ kind: MouseEvent.Kind, _ column: Int, _ row: Int, times: Int = 1
  ) {
    for _ in 0..<times { session.send(.mouse(MouseEvent(kind, column: column, row: row))) }
  }

  @Test func aClickSelectsAndADoubleClickOpens() {
    var session = Session()
    click(&session, 10, 3)
    #expect(session.state.list.selected == 2 && session.state.surface == .list)
    click(&session, 10, 3, clicks: 2)
    #expect(session.state.surface == .thread && session.shownTitle == "A chain of answers")
    click(&session, 10, 23)  // the status line
    click(&session, 10, 0)  // the title
    #expect(session.state.surface == .thread)
    var empty = Session(Library())
    click(&empty, 10, 3, clicks: 2)
    #expect(empty.state.surface == .list)
  }

  @Test func inAThreadAClickSelectsAndAFoldMarkFolds() throws {
    var session = Session()
    session.open(0)
    let unread = session.state.unreadTotal
    let entry = session.entry(0, "1.1")
    let pane = try #require(session.state.layout.thread)
    let row = try #require(session.screenRow(of: entry)) + pane.row
    click(&session, 20, row + 1)
    #expect(session.selected == "1.1")
    let indent = try #require(session.state.flow?.layout(of: entry).indent)
    click(&session, indent, row)
    #expect(session.state.flow?.isFolded(entry) == true)
    // A click elsewhere on it only selects; twice unfolds.
    click(&session, 20, row)
    #expect(session.state.flow?.isFolded(entry) == true)
    click(&session, 20, row, clicks: 2)
    #expect(session.state.flow?.isFolded(entry) == false)
    #expect(session.state.unreadTotal == unread && session.keptRead.isEmpty)
  }

  @Test func aClickBesideTheThreadOpensThatHitAndOneInTheOutlineGoesThere() throws {
    var session = Session(columns: 200, rows: 60)
    session.search("ferry")
    let rows = try #require(session.state.layout.rows)
    try #require((session.state.search?.groups.count ?? 0) > 1)
    let first = session.state.thread?.selected
    click(&session, rows.column + 2, rows.row + 2)
    #expect(session.state.surface == .thread)
    #expect(session.state.search?.group == 1)
    #expect(session.state.thread?.selected != first)
    session.press("<Esc>")
    session.open(0)
    let outline = try #require(session.state.layout.outline)
    click(&session, outline.column + 3, outline.row + 2)
    #expect(session.state.thread?.selected == session.state.outlineEntries(rows: 60)[2])
    click(&session, outline.column + 3, outline.row + 50)
    #expect(session.state.surface == .thread)
  }

  @Test func theWheelScrollsWhatIsUnderItAndReadsNothing() throws {
    var session = Session()
    session.open(4)
    let unread = session.state.unreadTotal
    let top = try #require(session.state.thread?.top)
    wheel(&session, .wheelDown, 20, 12)
    #expect(session.state.thread?.top.row == top.row + 3)
    wheel(&session, .wheelUp, 20, 12, times: 2)
    #expect(session.state.thread?.top == top)
    wheel(&session, .wheelDown, 20, 12, times: 100)
    #expect(session.state.unreadTotal == unread && session.keptRead.isEmpty)

    var list = Session(rows: 5)
    wheel(&list, .wheelDown, 5, 2)
    #expect(list.state.list.top == 2 && list.state.list.selected == 2)
    wheel(&list, .wheelUp, 5, 2)
    #expect(list.state.list.top == 0 && list.state.list.selected == 2)
  }

  @Test func aClickIntoAPreviewGoesIn() throws {
    var session = Session(columns: 140, rows: 30)
    let pane = try #require(session.state.layout.thread)
    click(&session, pane.column + 20, pane.row + 1)
    #expect(session.state.surface == .thread && session.shownTitle == "The ferry in winter")
    // The list beside it opens what is clicked.
    click(&session, 5, 2)
    #expect(session.shownTitle == "Kites, 凧 and cafe\u{301}s")
    session.press("q")
    #expect(session.state.surface == .list)
  }

  @Test func hitsAreChosenAndOpened() {
    var session = Session()
    session.press("/")
    session.type("ferry")
    session.answer()
    session.press("<Enter>q")
    guard session.state.surface == .hits else {
      Issue.record("no hits")
      return
    }
    click(&session, 10, 3)
    #expect(session.state.search?.group == 1)
    click(&session, 10, 3, clicks: 2)
    #expect(session.state.surface == .thread)
  }

  @Test func theDividerIsDragged() throws {
    var session = Session(columns: 140, rows: 30)
    let before = try #require(session.state.layout.list)
    session.send(.mouse(MouseEvent(.press(.left), column: before.columns, row: 10)))
    session.send(.mouse(MouseEvent(.drag(.left), column: 70, row: 12)))
    session.send(.mouse(MouseEvent(.release, column: 70, row: 12)))
    session.send(.mouse(MouseEvent(.drag(.left), column: 30, row: 12)))
    #expect(session.state.layout.list?.columns == 70 && session.state.layout.thread?.column == 71)
    #expect(session.state.surface == .list)
    session.send(.resize(Size(columns: 80, rows: 30)))
    session.press("<Enter>")
    let rule = try #require(session.state.layout.threadTitle)
    session.send(.mouse(MouseEvent(.press(.left), column: 9, row: rule.row)))
    session.send(.mouse(MouseEvent(.drag(.left), column: 9, row: 14)))
    #expect(session.state.layout.list?.rows == 13 && session.state.layout.thread?.row == 15)
    session.send(.mouse(MouseEvent(.drag(.left), column: 9, row: 99)))
    #expect(session.state.layout.thread?.rows == 2)
  }

  @Test func dividedPanesStayApartAtEverySize() {
    for columns in stride(from: 1, through: 240, by: 7) {
      for rows in [1, 4, 9, 13, 31, 60] {
        for surface in [Surface.list, .thread, .hits, .bookmarks] {
          for at in [-5, 0, 3, 24, 60, 119, 500] {
            let size = Size(columns: columns, rows: rows)
            let plain = ScreenLayout(size: size, surface: surface)
            let layout = plain.divided(
              at: Dividers(column: at, rows: [surface: at]), surface: surface)
            var taken = Set<Int>()
            for pane in [
              layout.title, layout.list, layout.rows, layout.threadTitle, layout.thread, layout.outline,
              layout.status,
            ].compactMap({ $0 }) {
              #expect(pane.columns > 0 && pane.rows > 0, "\(size) \(surface) \(at)")
              #expect(pane.column + pane.columns <= columns && pane.row + pane.rows <= rows)
              for row in pane.row..<pane.row + pane.rows {
                for column in pane.column..<pane.column + pane.columns {
                  if !taken.insert(row * columns + column).inserted {
                    Issue.record("\(size) \(surface) \(at): panes overlap")
                    return
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  @Test func switchedOffItDoesNothing() {
    var session = Session()
    session.press(":mouse<Enter>")
    #expect(session.state.message == "The mouse is left to the terminal.")
    let asked = session.effects.compactMap { effect -> Bool? in
      if case .setMouse(let isOn) = effect { isOn } else { nil }
    }
    #expect(asked == [false])
    click(&session, 10, 3, clicks: 2)
    #expect(session.state.list.selected == 0 && session.state.surface == .list)
  }

  @Test func linksAreNotFollowedByAClick() {
    var session = Session(
      Library.of([
        ParsedDiscussion(
          title: Array("L".utf8), format: "test", body: ParsedText("https://a.example/ https://b.example/"))
      ]))
    session.press("<Enter>gl")
    click(&session, 5, 2, clicks: 2)
    #expect(session.state.linkList?.place.selected == 1)
    #expect(!session.effects.contains { if case .openLink = $0 { true } else { false } })
  }

  @Test func whatIsPastedOutsideAPromptIsNotRun() {
    var session = Session()
    session.send(.paste(Array("Qjjs\n".utf8)))
    #expect(!session.hasQuit && session.state.list.selected == 0 && session.keeps.isEmpty)
    #expect(session.state.message == "Pasted text goes into a prompt; nothing of it was run.")
    session.press(":")
    session.send(.paste(Array("open one\ntwo\u{1B}[31m\tthree".utf8)))
    #expect(session.state.prompt?.field.text == "open one two [31m three")
  }
}

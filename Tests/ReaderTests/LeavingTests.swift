import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct LeavingTests {
  @Test func qLeavesOneLevelAndQuitsFromTheListAlone() {
    var session = Session()
    session.open(0)
    session.press("q")
    #expect(session.state.surface == .list && !session.hasQuit)
    session.press("q")
    #expect(session.hasQuit)
  }

  @Test(arguments: [
    "<Enter>", "M", "/ferry<Enter>", "<Enter>M", "<Enter>/ferry<Enter>", "?", ":", "c", "B", "<C-c>",
  ])
  func nothingNestedFallsOut(_ way: String) {
    var session = Session()
    if way == "<Enter>M" {
      session.press("<Enter>s")
      session.saveAll()
    }
    session.press(way)
    session.answer()
    session.press("<Esc>")
    while session.state.surface != .list {
      let before = session.state.trail.count
      session.press("q")
      #expect(session.state.trail.count < before || session.state.surface == .list)
      #expect(!session.hasQuit)
    }
    session.press("q")
    #expect(session.hasQuit)
  }

  @Test func quittingKeepsWhereReadingStopped() {
    var session = Session()
    session.open(0, at: "1.1")
    session.press("Q")
    #expect(session.hasQuit)
    #expect(session.keptPositions.last?.entry == session.entry(0, "1.1"))
    #expect(session.effects.count >= 2)
  }

  @Test func theInterruptAsks() {
    for (answer, quits) in [("y", true), ("Y", true), ("n", false), ("<Enter>", false), ("<C-c>", false)] {
      var session = Session()
      session.press("<C-c>")
      #expect(session.state.prompt?.purpose == .confirm(.quit))
      session.press(answer)
      #expect(session.hasQuit == quits, "\(answer)")
      #expect(session.state.prompt == nil)
    }
  }

  @Test func theInterruptStopsLoadingBeforeItAsksToQuit() {
    var session = Session()
    session.send(.loading(LoadingProgress(done: 1, total: 3)))
    session.press("<C-c>")
    var stops = false
    if case .stopLoading? = session.effects.last { stops = true }
    #expect(stops && session.state.loading == nil)
    #expect(session.state.prompt == nil)
    session.press("<C-c>")
    #expect(session.state.prompt != nil)
  }

  @Test func commandsByName() {
    var session = Session()
    session.press("<Enter>:")
    session.type("next-sib")
    session.press("<Tab>")
    #expect(session.state.prompt?.field.text == "next-sibling")
    session.press("<C-u>")
    session.type("last")
    session.press("<Enter>")
    #expect(session.selected == "3")
    session.press(":")
    session.type("fold")
    session.press("<Enter>")
    #expect(session.state.message?.hasPrefix("fold could be ") == true)
    session.press(":")
    session.type("no-such")
    session.press("<Enter>")
    #expect(session.state.message == "No command is called no-such.")
    session.press(":<Enter>:<Backspace>")
    #expect(session.state.prompt == nil)
    session.press(":")
    session.type("q")
    session.press("<Enter>")
    #expect(session.state.surface == .list && !session.hasQuit)
  }

  @Test func everyCommandRunsByName() {
    for command in Command.allCases where command != .quit {
      var session = Session()
      session.press("<Enter>:")
      session.type(command.name)
      session.press("<Enter>")
      #expect(session.state.message?.hasPrefix("No command") != true, "\(command)")
      #expect(!session.hasQuit)
    }
  }

  @Test func theHelpFiltersAndRuns() {
    var session = Session()
    session.press("<Enter>?")
    #expect(session.state.help?.commands.count == Command.allCases.count)
    session.type("last row")
    #expect(session.state.help?.commands == [.last])
    session.press("<Enter>")
    #expect(session.state.help == nil)
    #expect(session.selected == "3")
    session.press("<F1>")
    session.type("fold")
    let count = session.state.help?.commands.count ?? 0
    #expect(count > 5)
    session.press("<Down><Down><Up>")
    #expect(session.state.help?.place.selected == 1)
    for _ in 0..<100 { session.press("<Down>") }
    #expect(session.state.help?.place.selected == count - 1)
    session.type("zzz")
    session.press("<Enter>")
    #expect(session.state.help == nil)
    session.press("?q")
    #expect(session.state.help == nil)
    session.press("?<Esc>")
    #expect(session.state.help == nil)
    #expect(session.state.surface == .thread)
  }

  @Test func whatIsAskedOfTheTerminal() {
    var session = Session()
    session.press("<C-l><C-z>")
    #expect(session.effects.count == 2)
    if case .redraw = session.effects[0], case .suspend = session.effects[1] { return }
    Issue.record("\(session.effects)")
  }

  @Test func whereAmI() {
    var session = Session()
    session.open(0, at: "1")
    session.press("<C-g>")
    #expect(session.state.message == "pages/one.txt, line 10")
    session.press("j")
    #expect(session.state.message == nil)
  }
}

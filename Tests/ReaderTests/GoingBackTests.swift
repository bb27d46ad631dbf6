import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct GoingBackTests {
  @Test func marksByLetter() {
    var session = Session()
    session.open(0, at: "1.2")
    session.press("ma")
    #expect(session.state.message == "This place is 'a.")
    session.open(4, at: "2")
    session.press("mb'a")
    #expect(session.selected == "1.2")
    #expect(session.shownTitle == "The ferry in winter")
    session.press("''")
    #expect(session.shownTitle == "The keeper's log")
    session.press("''")
    #expect(session.selected == "1.2")
    session.press("'z")
    #expect(session.state.message?.contains("No place is marked 'z") == true)
    #expect(session.selected == "1.2")
    session.press("'b")
    #expect(session.selected == "2")
  }

  @Test func aMarkFromTheList() {
    var session = Session()
    session.press("jjmc")
    session.press("gg'c")
    #expect(session.state.surface == .thread)
    #expect(session.shownTitle == "A chain of answers")
    session.press("q")
    #expect(session.state.surface == .list)
  }

  @Test func backAndForwardAsInABrowser() {
    var session = Session()
    session.press("<C-o>")
    #expect(session.state.message == "No earlier place.")
    session.open(0, at: "1")
    session.press("G")
    session.press("gg")
    session.press("}}")
    var there = [session.selected]
    for _ in 0..<3 {
      session.press("<C-o>")
      there.append(session.selected)
    }
    var back = [session.selected]
    for _ in 0..<3 {
      session.press("<A-Right>")
      back.append(session.selected)
    }
    #expect(there.reversed() == back)
    #expect(back.last == "2")
    session.press("<A-Right>")
    #expect(session.state.message == "No later place.")
  }

  @Test func backCrossesDiscussions() {
    var session = Session()
    session.open(0, at: "2")
    session.press(">jj")
    session.press("<A-Left>")
    #expect(session.shownTitle == "The ferry in winter")
    #expect(session.selected == "2")
    session.press("<A-Right>")
    #expect(session.shownTitle.hasPrefix("Kites"))
    #expect(session.selected == "1.1")
  }
}

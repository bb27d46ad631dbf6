import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct FoldingTests {
  /// The numbers of the entries that the whole thread shows, folded ones with a plus.
  func outline(_ session: Session) -> [String] {
    guard let flow = session.state.flow else { return [] }
    var shown: [String] = []
    var entry: EntryID? = flow.entries[0]
    while let current = entry {
      shown.append(session.name(current) + (flow.isFolded(current) ? "+" : ""))
      entry = flow.next(after: current)
    }
    return shown
  }

  @Test func oneComment() {
    var session = Session()
    session.open(0, at: "1")
    let open = outline(session)
    session.press("za")
    #expect(outline(session) == ["post", "1+", "2", "2.1", "3"])
    session.press("za")
    #expect(outline(session) == open)
    session.press("zczc")
    #expect(outline(session) == ["post", "1+", "2", "2.1", "3"])
    session.press("zozo")
    #expect(outline(session) == open)
  }

  @Test func allAndNone() {
    var session = Session()
    session.open(0, at: "1.1.1")
    session.press("zM")
    #expect(outline(session) == ["post", "1+", "2+", "3+"])
    #expect(session.selected == "1")
    session.press("zo")
    #expect(outline(session) == ["post", "1", "1.1+", "1.2+", "2+", "3+"])
    session.press("zR")
    #expect(outline(session).count == 8)
  }

  @Test func toADepth() {
    var session = Session()
    session.open(2)
    for depth in 1...9 {
      session.press("z\(depth)")
      #expect(outline(session).count == depth + 2)
      #expect(outline(session).last?.hasSuffix("+") == true)
    }
  }

  @Test func whatIsRead() {
    var session = Session()
    session.open(0, at: "1.1")
    for entry in session.state.library.entries(of: session.state.library.discussions[0]) {
      session.state.read.set(entry, isRead: false)
    }
    session.press("R")  // 1.1 and 1.1.1
    session.press("}R")  // 2 and 2.1
    session.press("zr")
    #expect(outline(session) == ["post", "1", "1.1+", "1.2", "2+", "3"])
  }

  @Test func whatDoesNotMatch() {
    var session = Session()
    session.open(0)
    session.press("zx")
    #expect(session.state.message == "No search is active.")
    session.search("dam")
    session.press("zx")
    #expect(outline(session) == ["post", "1+", "2", "2.1", "3+"])
  }

  @Test func thePostDoesNotFold() {
    var session = Session()
    session.open(0)
    session.press("za")
    #expect(outline(session).count == 8)
    #expect(session.state.message?.contains("post") == true)
  }

  @Test func lettersAsInAFileTree() {
    var session = Session()
    session.open(0, at: "1.1")
    session.press("h")
    #expect(outline(session).contains("1.1+"))
    session.press("l")
    #expect(outline(session).contains("1.1"))
    session.press("l")
    #expect(session.selected == "1.1.1")
    session.press("h")
    #expect(session.selected == "1.1")
    session.press("<Left><Left>")
    #expect(session.selected == "1")
    session.press("<Enter>")
    #expect(outline(session).contains("1+"))
    session.press("<Enter>")
    #expect(outline(session).contains("1"))
    session.press("hh")
    #expect(session.selected == "post")
    session.press("h")
    #expect(session.state.surface == .list)
    session.press("h")
    #expect(session.state.surface == .list)
    #expect(!session.hasQuit)
    session.press("<Right>")
    #expect(session.state.surface == .thread)
  }

  /// Whatever is folded or opened, the selected comment stays on its row of the screen, unless the
  /// document is too short above or below for that.
  @Test func theSelectedCommentStaysOnItsRow() throws {
    var comments: [(depth: Int, author: String?, text: String)] = []
    for number in 1...40 {
      comments.append((1, "A\(number)", Shelves.lines(6, "Top")))
      for _ in 0..<3 { comments.append((2, "B", "A reply.")) }
    }
    let library = Library.of([Shelves.discussion("Many", Shelves.lines(30, "Post"), comments)])
    for keys in ["zM", "zMzR", "z1", "za", "zaza", "zMzo", "z2"] {
      var session = Session(library, rows: 40)
      session.open(0, at: "6")
      session.press("<C-e><C-e><C-e>")
      let selected = session.entry(0, "6")
      let row = try #require(session.screenRow(of: selected))
      session.press(keys)
      #expect(session.state.thread?.selected == selected)
      #expect(session.screenRow(of: selected) == row, "\(keys)")
    }
  }

  @Test func jumpingIntoAFoldOpensIt() {
    var session = Session()
    session.open(0)
    session.press("zM")
    session.search("\"Monday is\"")
    #expect(session.selected == "1.1.1")
    #expect(outline(session) == ["post", "1", "1.1", "1.1.1", "1.2+", "2+", "3+"])
  }
}

import Discussion
import Grid
import Testing

@testable import Reader

/// What is cut at the edge is scrolled sideways, entry by entry.
@Suite struct SidewaysTests {
  private static let line = (1...30).map { "gate\($0)" }.joined(separator: "=")

  private static func code(_ text: String) -> ParsedText {
    let bytes = Array(text.utf8)
    return ParsedText(utf8: bytes, spans: [RoleSpan(0..<bytes.count, .code)])
  }

  private static let library = Library.of([
    ParsedDiscussion(
      title: Array("Gates".utf8), format: "test", body: code(line + "\nshort"),
      comments: [
        ParsedComment(text: ParsedText("Words that are broken. " + line)),
        ParsedComment(text: code("b " + line)),
      ])
  ])

  private func session(columns: Int = 40) -> Session {
    var session = Session(SidewaysTests.library, columns: columns)
    session.press("<Enter>")
    return session
  }

  private func aside(_ session: Session) -> Int {
    session.state.thread.map { session.state.columnsAside(of: $0.selected) } ?? -1
  }

  @Test func halfAPaneOrSomeColumnsAndNotBeyondTheEnds() throws {
    var session = session()
    let layout = try #require(session.state.flow).layout(of: try #require(session.state.thread).selected)
    #expect(layout.keptColumns == 37)
    session.press("zl")
    #expect(aside(session) == 18)
    session.press("5zl")
    #expect(aside(session) == 23)
    session.press("3zh")
    #expect(aside(session) == 20)
    session.press("999zl")
    #expect(aside(session) == SidewaysTests.line.utf8.count - 37)
    session.press("zl")
    #expect(session.state.message == "This is the end of the longest line.")
    session.press("999zh")
    #expect(aside(session) == 0)
    session.press("zh")
    #expect(session.state.message == "This is the start of the lines.")
    session.press("4zl.")
    #expect(aside(session) == 8, "repeated with its count")
  }

  @Test func anotherEntryStartsAtItsStart() {
    var session = session()
    session.press("zlj")
    #expect(aside(session) == 0)
    session.press("zl")
    #expect(session.state.message == "No line here is cut at the edge.")
    session.press("jzl")
    #expect(aside(session) > 0)
    session.press("gg")
    #expect(aside(session) == 0, "forgotten when it was left")
  }

  @Test func aWiderPaneShowsTheEndAndNoMore() {
    var session = session()
    session.press("999zl")
    session.send(.resize(Size(columns: 100, rows: 24)))
    #expect(aside(session) == SidewaysTests.line.utf8.count - 97)
    session.send(.resize(Size(columns: 400, rows: 24)))
    #expect(aside(session) == 0)
  }

  @Test func aMatchOutOfSightComesIntoIt() {
    var session = session()
    session.press("/")
    session.type("gate28")
    session.answer()
    session.press("<Enter>")
    let match = SidewaysTests.line.utf8.count - "gate28=gate29=gate30".utf8.count
    #expect(aside(session) > 0)
    #expect((aside(session) + 1...aside(session) + 30).contains(match))
    let before = aside(session)
    session.press("5zh")
    #expect(aside(session) == before - 5, "it is not held there")
    session.press("nnn")
    #expect(aside(session) == before, "and comes again when it is stepped to")
  }

  @Test func whoIsToldTheTextIsToldAllOfIt() throws {
    var session = session()
    session.send(.capabilities(Capabilities(colors: 0, isLinear: true)))
    let flow = try #require(session.state.flow)
    let layout = flow.layout(of: flow.entries[0])
    #expect(layout.lines.allSatisfy { $0.columns <= layout.textColumns })
    session.press("zl")
    #expect(session.state.message == "No line here is cut at the edge.")
  }

  @Test func theLinesOfAPageStayWholeThenMove() throws {
    var session = session()
    let text = SidewaysTests.line + "\nshort\n" + SidewaysTests.line
    session.send(.pageMade(TextPage(title: "gates.txt", text: Array(text.utf8))))
    let broken = try #require(session.state.page).lines.count
    #expect(broken > 3)
    session.press("zl")
    #expect(session.state.page?.aside == 0)
    #expect(session.state.page?.lines.count == 3)
    session.press("zl")
    #expect(session.state.page?.aside == 19)
    session.press("10zl")
    #expect(session.state.page?.aside == 29)
    session.press("999zlzh")
    #expect(session.state.page?.aside == SidewaysTests.line.utf8.count - 38 - 19)
    session.press("999zhzh")
    #expect(session.state.page?.aside == nil)
    #expect(session.state.page?.lines.count == broken)
    session.press("2zq")
    #expect(session.state.page == nil)
    #expect(session.state.pendingKeys.isEmpty && session.state.count == nil)
  }
}

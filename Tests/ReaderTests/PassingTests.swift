import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct PassingTests {
  private func piped(_ session: Session) -> [(Passage, String)] {
    session.effects.compactMap { effect in
      if case .pipe(let passage, let command) = effect { (passage, command) } else { nil }
    }
  }

  private func saved(_ session: Session) -> [(Passage, String, Bool)] {
    session.effects.compactMap { effect in
      if case .save(let passage, let path, _, let replaces) = effect {
        (passage, path, replaces)
      } else {
        nil
      }
    }
  }

  @Test func whatIsGivenToACommandIsChosenByCountOrTab() {
    var session = Session()
    session.open(0, at: "1")
    let entry = session.entry(0, "1")
    session.press("|")
    session.type("wc -l")
    session.press("<Enter>")
    session.press("2|")
    session.type("sort")
    session.press("<Enter>3|")
    session.press("<Up><Up><Enter>")
    session.press("|<Tab><Tab>")
    session.type("less")
    session.press("<Enter>|<Esc>")
    let given = piped(session)
    #expect(given.map(\.1) == ["wc -l", "sort", "wc -l", "less"])
    #expect(
      given.map(\.0) == [.entry(entry), .withReplies(entry), .discussion(entry), .discussion(entry)])
    #expect(session.state.prompt == nil)
  }

  @Test func withoutACommandNothingRuns() {
    var session = Session()
    session.press("|  <Enter>")
    #expect(piped(session).isEmpty && session.state.prompt == nil)
  }

  @Test func onTheListItIsTheDiscussion() {
    var session = Session()
    session.press("w<Enter>")
    #expect(saved(session).map(\.1) == ["the-ferry-in-winter.md"])
    #expect(saved(session).map(\.0) == [.discussion(session.entry(0, "post"))])
  }

  @Test func aFileThatIsThereIsAskedFor() {
    var session = Session()
    session.open(0, at: "1.1")
    session.press("w")
    session.type("notes.txt")
    session.press("<Enter>")
    let entry = session.entry(0, "1.1")
    #expect(saved(session).map(\.2) == [false])
    session.send(.fileExists(.entry(entry), path: "notes.txt"))
    session.press("n")
    #expect(saved(session).count == 1 && session.state.prompt == nil)
    session.send(.fileExists(.entry(entry), path: "notes.txt"))
    session.press("y")
    #expect(saved(session).last.map { $0.1 == "notes.txt" && $0.2 } == true)
  }

  @Test func namesAreMadeOfTheTitle() {
    var session = Session()
    #expect(session.state.suggestedName(for: .entry(session.entry(0, "1.1"))) == "the-ferry-in-winter-1.1.md")
    #expect(session.state.suggestedName(for: .discussion(session.entry(1, "post"))) == "kites-and-cafe-s.md")
    session = Session(
      Library.of([ParsedDiscussion(title: Array("../風/..".utf8), format: "test", body: ParsedText("x"))]))
    #expect(session.state.suggestedName(for: .discussion(session.entry(0, "post"))) == "discussion.md")
  }

  @Test func theListedBookmarksArePassedOn() {
    var session = Session()
    session.open(0, at: "1")
    session.press("sjs")
    session.saveAll()
    session.press("M")
    session.press("w<Enter>")
    #expect(saved(session).map(\.1) == ["bookmarks.md"])
    guard case .bookmarks(let targets)? = saved(session).first?.0 else {
      Issue.record("not the bookmarks")
      return
    }
    #expect(targets == session.state.bookmarkRows.map(\.target) && targets.count == 2)
    session.press(":")
    session.type("export /somewhere/b.json")
    session.press("<Enter>")
    #expect(saved(session).last?.1 == "/somewhere/b.json")
    session.press("gd")
    let digests = session.effects.filter { if case .showDigest(targets) = $0 { true } else { false } }
    #expect(digests.count == 1)
  }

  @Test func aPageOfTextIsScrolledAndLeft() throws {
    var session = Session(rows: 12)
    let text = (1...40).map { "line \($0)" }.joined(separator: "\n")
    session.send(.pageMade(TextPage(title: "A source", text: Array(text.utf8), start: 0)))
    func top() -> Int { session.state.page?.top ?? -1 }
    session.press("jj")
    #expect(top() == 2)
    session.press("G")
    #expect(top() == 30)
    session.press("jg")
    #expect(top() == 0)
    session.press("<Space>")
    #expect(top() == 8)
    session.send(.resize(Size(columns: 80, rows: 6)))
    #expect(top() == 8)
    session.press("q")
    #expect(session.state.page == nil && session.state.surface == .list)
    let byte = try #require(text.utf8Offset(of: "line 20"))
    session.send(.pageMade(TextPage(title: "A source", text: Array(text.utf8), start: byte)))
    #expect(top() == 19)
  }

  @Test func whereAmIAndTheSourceAreAsked() {
    var session = Session()
    session.press("<Enter>j<C-g>")
    #expect(session.state.message == "pages/one.txt, line 10")
    session.press("v")
    let shown = session.effects.compactMap { effect -> EntryID? in
      if case .showSource(let entry) = effect { entry } else { nil }
    }
    #expect(shown == [session.entry(0, "1")])
  }
}

extension String {
  fileprivate func utf8Offset(of part: String) -> Int? {
    let (all, part) = (Array(utf8), Array(part.utf8))
    return all.indices.first { all[$0...].starts(with: part) }
  }
}

import Discussion
import Grid
import Reader
import Testing

@testable import Screens

/// Every surface at several sizes, held against the screens in `Golden`.
@Suite struct GoldenTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 100, rows: 30), Size(columns: 200, rows: 60),
    Size(columns: 40, rows: 12),
  ]

  /// What is done before each screen.
  static let scenes: [(name: String, act: @Sendable (inout Session) -> Void)] = [
    ("list", { $0.press("j") }),
    ("first-start", { $0.send(.shelfLoaded(ShelfImage())) }),
    ("thread", { $0.press("<Enter>jj") }),
    ("folded", { $0.press("<Enter>jzcj") }),
    ("deep", { $0.press("j<Enter>GG") }),
    (
      "typing",
      {
        $0.press("/")
        $0.type("bell")
        $0.answer()
        $0.press("<C-n>")
      }
    ),
    (
      "typing-here",
      {
        $0.press("<Enter>/")
        $0.type("bell")
        $0.answer()
      }
    ),
    (
      "newest",
      {
        $0.send(.loading(LoadingProgress(done: 62, total: 100)))
        $0.press("/")
        $0.type("the bell")
        $0.answerFirst(terms: [TermCount(word: "the", count: 1234), TermCount(word: "bell", count: 19)])
      }
    ),
    (
      "hits",
      {
        $0.search("bell")
        $0.press("qn")
      }
    ),
    (
      "accepted",
      {
        $0.search("bell")
        $0.press("nnn")
      }
    ),
    (
      "nothing",
      {
        $0.press("/")
        $0.type("zebra")
        $0.answer()
      }
    ),
    (
      "bookmarks",
      {
        $0.press("jS")
        $0.press("k<Enter>jBask at the bakery<Enter>tbells key<Enter>jjs")
        $0.saveAll()
        $0.press("M")
      }
    ),
    (
      "source",
      {
        $0.press("<Enter>j")
        let text = (1...80).map { "\($0): X-Header-\($0): 風 and \u{1B}[31m words that go on for a while" }
        $0.send(
          .pageMade(
            TextPage(
              title: "box.mbox, line 9", text: Array(text.joined(separator: "\n").utf8), start: 400)))
      }
    ),
    (
      "links",
      {
        let text = "See https://a.example/\(String(repeating: "long/", count: 30)) and http://b.example."
        $0.send(
          .libraryChanged(
            Library.of([
              ParsedDiscussion(title: Array("Links".utf8), format: "test", body: ParsedText(text))
            ]), nil))
        $0.press("<Enter>glj")
      }
    ),
    ("piping", { $0.press("<Enter>j2|") }),
    ("saving", { $0.press("<Enter>jw") }),
    (
      "limited",
      {
        $0.press("Oc")
        $0.arrange()
        $0.press("&")
        $0.type("bell")
        $0.arrange()
        $0.press("<Enter>")
      }
    ),
    (
      "limit-typed",
      {
        $0.press("j&")
        $0.type("zebra")
        $0.arrange()
      }
    ),
    ("rooted", { $0.press("j<Enter>5jzsjj") }),
    ("breadcrumb", { $0.press("j<Enter>7j<C-e><C-e><C-e>") }),
    ("outline", { $0.press("<Enter><A-3>jj") }),
    ("beside", { $0.press("<Enter>++") }),
    (
      "timeline",
      {
        $0.press("<Enter>gt")
        $0.survey()
        $0.press("j")
      }
    ),
    (
      "whole-timeline",
      {
        $0.press("gT")
        $0.survey()
      }
    ),
    (
      "sources",
      {
        $0.press("gs")
        $0.survey()
      }
    ),
    (
      "answers",
      {
        $0.press("gw")
        $0.survey()
      }
    ),
    ("sorting", { $0.press("O") }),
    ("help", { $0.press("?") }),
    (
      "help-filtered",
      {
        $0.press("?")
        $0.type("fold")
        $0.press("<Down>")
      }
    ),
    ("note", { $0.press("<Enter>jBask at the bakery") }),
    ("command", { $0.press("<Enter>:next-") }),
    ("catch-up", { $0.press("<Enter>c") }),
    ("quit", { $0.press("<C-c>") }),
    ("keys", { $0.press("<Enter>12z") }),
  ]

  @Test(arguments: sizes) func scene(at size: Size) {
    for scene in GoldenTests.scenes {
      var session = Session(columns: size.columns, rows: size.rows)
      scene.act(&session)
      GoldenScreen.check(session.state, "\(scene.name)-\(size.columns)x\(size.rows)")
    }
  }

  @Test(arguments: [0, 16]) func fewColours(_ colors: Int) {
    for scene in GoldenTests.scenes where ["list", "accepted", "bookmarks"].contains(scene.name) {
      var session = Session(colors: colors)
      scene.act(&session)
      GoldenScreen.check(session.state, "\(scene.name)-\(colors)-colours")
    }
  }

  @Test func onLightPaper() {
    var session = Session()
    session.send(.capabilities(Capabilities(colors: 256, isLight: true)))
    session.search("bell")
    GoldenScreen.check(session.state, "accepted-light")
  }

  @Test func beforeAnythingIsOpen() {
    var session = Session(Library(), columns: 60, rows: 8)
    session.send(.loading(LoadingProgress(done: 2, total: 9)))
    GoldenScreen.check(session.state, "loading")
    session.send(.loading(nil))
    GoldenScreen.check(session.state, "empty")
  }

  /// A failing comparison must be seen: another screen is not the one that was kept.
  @Test func aDifferentScreenIsNoticed() {
    var session = Session()
    let first = GoldenScreen.text(of: view(session.state))
    session.press("j")
    #expect(GoldenScreen.text(of: view(session.state)) != first)
    #expect(GoldenScreen.text(of: view(session.state)) == GoldenScreen.text(of: view(session.state)))
  }
}

import Discussion
import Grid
import Reader
import Testing

@testable import Screens

/// What is hard to set, and what is not there: wide letters, marks, text from right to left, long names and
/// addresses, program text, lists, deep threads; empty surfaces, problems, small screens.
@Suite struct HardTextGoldenTests {
  static let sizes = [
    Size(columns: 40, rows: 12), Size(columns: 80, rows: 24), Size(columns: 120, rows: 36),
  ]

  /// A post with program text, a list in a list, tabs and a long address, and comments by long names.
  static let library: Library = {
    let code =
      "func ring(bell: Bell) {\n\tbell.ring(); 鐘.鳴る(); "
      + String(repeating: "wait(1); ", count: 14) + "stop()\n}"
    let address = "https://bells.example/" + String(repeating: "towers/", count: 16) + "?key=鐘"
    let items = [
      "• The first item of a list that goes on for long enough to be broken over some lines of the screen.",
      "• 二番目の項目は日本語で書かれていて、とても長いので、画面の端で折り返されるはずです。", "1. inner\n", "2. items",
    ]
    let text = "See \(address) first.\n\n\(code)\n\n\(items.joined(separator: "\n"))\n\nname\tkeys\n鐘\t12\n"
    func span(_ part: String, _ role: Role) -> RoleSpan {
      let (whole, wanted) = (Array(text.utf8), Array(part.utf8))
      let start = whole.indices.first { whole[$0...].starts(with: wanted) } ?? 0
      return RoleSpan(start..<start + wanted.count, role)
    }
    var spans = [span(code, .code)] + items.map { span($0, .listItem) }
    spans[2].bytes = spans[2].bytes.lowerBound..<(spans.last?.bytes.upperBound ?? 0)
    let author = String(repeating: "Maria Theresia von und zu ", count: 4) + "Turm"
    func comment(_ author: String?, _ text: String, to parent: Int?) -> ParsedComment {
      ParsedComment(
        parent: parent.map { .comment($0) } ?? .post, author: author.map { Array($0.utf8) },
        date: Shelves.day(2013, 3, 2, 14, 5), text: ParsedText(text))
    }
    let replies = [
      comment(author, "A name longer than the line.", to: nil),
      comment("مريم", "هذا الجرس يرن 12 مرة, then שלום and \u{202E}turned\u{202C} words.", to: nil),
      comment("鐘撞き堂の管理人である山田太郎さんの弟", "e\u{301}te\u{301} Z\u{351}\u{363}\u{346} 👍🏽 👩\u{200D}🚀 end", to: 1),
      comment(nil, "\u{1B}[31mred\u{7} tabs\tand\u{200B}more", to: 2),
    ]
    let deep = (0..<14).map { comment("Reader \($0)", "鐘 at depth \($0 + 4).", to: $0 + 3) }
    let page = ParsedDiscussion(
      title: Array("鐘の音: who keeps the bells of the upper and the lower church, and why?".utf8),
      author: Array("山田".utf8), date: Shelves.day(2013, 3, 2), format: "test",
      body: ParsedText(utf8: Array(text.utf8), spans: spans), comments: replies + deep,
      sources: [Array("pages/\(String(repeating: "long-", count: 20))name.html".utf8)])
    return Library.of([page, Shelves.moss, Shelves.untitled])
  }()

  static let scenes: [(name: String, act: @Sendable (inout Session) -> Void)] = [
    ("hard-list", { $0.press("jk") }),
    ("hard-thread", { $0.press("<Enter>") }),
    ("hard-sideways", { $0.press("<Enter>30zl") }),
    ("hard-comments", { $0.press("<Enter>jjj") }),
    ("hard-deep", { $0.press("<Enter>G") }),
    ("hard-folded", { $0.press("<Enter>zM") }),
    ("hard-outline", { $0.press("<Enter>4j<A-3>") }),
    (
      "hard-hits",
      {
        $0.search("鐘"); $0.press("q")
      }
    ),
    ("hard-match", { $0.search("stop") }),
    (
      "hard-bookmarks",
      {
        $0.press("<Enter>jjBa 鐘 note<Enter>jjs"); $0.saveAll(); $0.press("M")
      }
    ),
    (
      "hard-sources",
      {
        $0.press("gs"); $0.survey()
      }
    ),
    (
      "hard-authors",
      {
        $0.press("<Enter>gW"); $0.survey()
      }
    ),
    (
      "hard-source",
      {
        let lines = (1...40).map { "\($0)\tX-\($0): 鐘 \u{1B}[31m" + String(repeating: " and on", count: $0) }
        $0.send(.pageMade(TextPage(title: "box.mbox", text: Array(lines.joined(separator: "\n").utf8))))
        $0.press("zl20zl")
      }
    ),
    (
      "hard-note",
      {
        $0.press("<Enter>B"); $0.type(String(repeating: "鐘e\u{301}", count: 50))
      }
    ),
    ("no-bookmarks", { $0.press("M") }),
    ("problem", { $0.send(.notice("gone.mbox: there is no such file; 鐘.html was read.")) }),
    ("nothing-open", { $0.send(.libraryChanged(Library(), nil)) }),
    (
      "no-command",
      {
        $0.press("?"); $0.type("zebra")
      }
    ),
  ]

  @Test(arguments: sizes) func scene(at size: Size) {
    for scene in HardTextGoldenTests.scenes {
      var session = Session(HardTextGoldenTests.library, columns: size.columns, rows: size.rows)
      scene.act(&session)
      GoldenScreen.check(session.state, "\(scene.name)-\(size.columns)x\(size.rows)")
    }
  }

  /// What shows in the terminal's dark shows on light paper and without colours too.
  @Test(arguments: ["hard-thread", "hard-sideways", "hard-hits", "hard-outline", "hard-authors", "problem"])
  func onOtherPaper(_ name: String) throws {
    let scene = try #require(HardTextGoldenTests.scenes.first { $0.name == name })
    for (kind, capabilities) in [
      ("light", Capabilities(colors: 256, isLight: true)), ("monochrome", Capabilities(colors: 0)),
    ] {
      var session = Session(HardTextGoldenTests.library, columns: 120, rows: 24)
      session.send(.capabilities(capabilities))
      scene.act(&session)
      GoldenScreen.check(session.state, "\(name)-\(kind)")
    }
  }

  @Test func tooSmall() {
    for size in [Size(columns: 19, rows: 4), Size(columns: 20, rows: 3), Size(columns: 20, rows: 4)] {
      let session = Session(HardTextGoldenTests.library, columns: size.columns, rows: size.rows)
      GoldenScreen.check(session.state, "small-\(size.columns)x\(size.rows)")
    }
  }
}

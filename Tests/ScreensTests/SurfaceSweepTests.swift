import Discussion
import Grid
import Reader
import Testing

@testable import Screens

/// Every surface at every small size and at many larger ones: whatever the size, the screen is sound and
/// what is selected shows.
@Suite struct SurfaceSweepTests {
  /// A shelf with what is hard to set: wide letters, marks, long words, a deep thread, program text, tabs,
  /// text from right to left, nothing at all.
  static let library: Library = {
    let code = "func ring(bell: Bell)\t{ 鐘.ring(); " + String(repeating: "wait(1); ", count: 30) + "}"
    let body = Array(("See https://a.example/" + String(repeating: "long/", count: 40) + "\n" + code).utf8)
    var page = ParsedDiscussion(
      title: Array("鐘の音 and e\u{301}te\u{301} of שלום and مرحبا".utf8), author: Array("風の又三郎".utf8),
      format: "test",
      body: ParsedText(utf8: body, spans: [RoleSpan(body.count - code.utf8.count..<body.count, .code)]),
      comments: [], sources: [Array("pages/wide.html".utf8)])
    page.comments = (0..<16).map { depth in
      let text = depth % 3 == 0 ? "• 一つ目の鐘が鳴る\n• two" : "\u{202E}bell\u{202C} at depth \(depth)\n\ttabbed"
      let spans = depth % 3 == 0 ? [RoleSpan(0..<text.utf8.count - 6, .listItem)] : []
      return ParsedComment(
        parent: depth == 0 ? .post : .comment(depth - 1),
        author: depth % 4 == 0 ? nil : Array("Name \(depth) ながい名前".utf8),
        text: ParsedText(utf8: Array(text.utf8), spans: spans))
    }
    return Library.of([page] + Shelves.all)
  }()

  /// Each surface, and what leads to it.
  static let surfaces: [(name: String, act: @Sendable (inout Session) -> Void)] = [
    ("list", { $0.press("jj") }),
    ("thread", { $0.press("<Enter>jjjjj") }),
    ("end", { $0.press("<Enter>G") }),
    ("sideways", { $0.press("<Enter>zl") }),
    ("folded", { $0.press("<Enter>zM") }),
    ("re-rooted", { $0.press("<Enter>9jzsj") }),
    ("outline", { $0.press("<Enter><A-3>jjj") }),
    (
      "hits",
      {
        $0.search("bell"); $0.press("q")
      }
    ),
    (
      "typed",
      {
        $0.press("/"); $0.type("bell"); $0.answer()
      }
    ),
    (
      "nothing",
      {
        $0.press("/"); $0.type("zebra"); $0.answer()
      }
    ),
    (
      "limited",
      {
        $0.press("&"); $0.type("鐘"); $0.arrange()
      }
    ),
    (
      "bookmarks",
      {
        $0.press("<Enter>jBa 鐘 note<Enter>js"); $0.saveAll(); $0.press("M")
      }
    ),
    ("no bookmarks", { $0.press("M") }),
    (
      "sources",
      {
        $0.press("gs"); $0.survey()
      }
    ),
    (
      "timeline",
      {
        $0.press("j<Enter>gt"); $0.survey()
      }
    ),
    (
      "whole timeline",
      {
        $0.press("gT"); $0.survey()
      }
    ),
    (
      "answers",
      {
        $0.press("<Enter>gw"); $0.survey(); $0.press("j")
      }
    ),
    (
      "authors",
      {
        $0.press("<Enter>gW"); $0.survey(); $0.press("G")
      }
    ),
    ("help", { $0.press("?<Down><Down>") }),
    (
      "no help",
      {
        $0.press("?"); $0.type("zebra")
      }
    ),
    (
      "palette",
      {
        $0.press(":"); $0.type("next")
      }
    ),
    ("links", { $0.press("<Enter>gl") }),
    (
      "source",
      {
        let text = Array("X: 鐘 \u{1B}[31m\n\(String(repeating: "wide 鐘 ", count: 90))\n".utf8)
        $0.send(.pageMade(TextPage(title: "wide 鐘.html, line 9", text: text)))
      }
    ),
    (
      "source sideways",
      {
        let text = Array(String(repeating: "wide 鐘 ", count: 90).utf8)
        $0.send(.pageMade(TextPage(title: "wide.html", text: text)))
        $0.press("zl7zl")
      }
    ),
    (
      "note",
      {
        $0.press("<Enter>B"); $0.type(String(repeating: "鐘e\u{301}", count: 60))
      }
    ),
    (
      "tags",
      {
        $0.press("<Enter>t"); $0.type("鐘 bell")
      }
    ),
    ("sort", { $0.press("O") }),
    (
      "open",
      {
        $0.press(":"); $0.type("open-source"); $0.press("<Enter>"); $0.type("/鐘/")
      }
    ),
    (
      "pipe",
      {
        $0.press("<Enter>|"); $0.type("wc -l")
      }
    ),
    ("save", { $0.press("<Enter>w") }),
    ("question", { $0.press("<Enter>c") }),
    ("message", { $0.send(.notice("A notice about 鐘 \u{1B}[31m that is rather long for a small screen.")) }),
    ("keys", { $0.press("<Enter>12z") }),
    ("loading", { $0.send(.loading(LoadingProgress(done: 3, total: 7))) }),
    ("nothing open", { $0.send(.libraryChanged(Library(), nil)) }),
  ]

  /// Sizes exhaustively while they are small, then one in so many.
  static let small: [Size] = (1...40).flatMap { columns in
    (1...16).map { Size(columns: columns, rows: $0) }
  }
  static let large: [Size] = {
    var random = SeededRandom(seed: 5)
    let edges = [41, 69, 70, 79, 80, 81, 109, 110, 119, 120, 121, 179, 180, 181, 399, 400]
    return edges.map { Size(columns: $0, rows: [1, 5, 11, 30, 120].randomElement(using: &random) ?? 1) }
      + (0..<12).map { _ in
        Size(
          columns: Int.random(in: 41...400, using: &random), rows: Int.random(in: 1...120, using: &random))
      } + [Size(columns: 400, rows: 120)]
  }()

  @Test(arguments: surfaces.indices) func atEverySize(_ number: Int) {
    let (name, act) = SurfaceSweepTests.surfaces[number]
    var session = Session(SurfaceSweepTests.library)
    act(&session)
    for size in SurfaceSweepTests.small + SurfaceSweepTests.large {
      session.send(.resize(size))
      let grid = view(session.state)
      let faults =
        Soundness.faults(of: session.state, drawn: grid)
        + Soundness.selectionFaults(of: session.state, drawn: grid)
      #expect(faults.isEmpty, "\(name) at \(size): \(faults)")
      if !faults.isEmpty { return }
    }
  }

  /// The surfaces are what they are called: a sweep over lists alone would prove little.
  @Test func theSurfacesAreReached() {
    var reached: Set<Surface> = []
    var prompts = 0
    for (name, act) in SurfaceSweepTests.surfaces {
      var session = Session(SurfaceSweepTests.library)
      act(&session)
      reached.insert(session.state.surface)
      if session.state.prompt != nil { prompts += 1 }
      switch name {
      case "help", "no help": #expect(session.state.help != nil)
      case "links": #expect(session.state.linkList != nil)
      case "source", "source sideways": #expect(session.state.page != nil)
      case "re-rooted": #expect(session.state.thread?.root != nil)
      case "outline": #expect(session.state.layout.outline == nil || session.state.isInOutline)
      case "sideways":
        #expect(session.state.thread.map { session.state.columnsAside(of: $0.selected) } ?? 0 > 0)
      case "sources", "timeline", "whole timeline", "answers", "authors":
        #expect(session.state.overview?.rows.isEmpty == false, "\(name)")
      case "bookmarks": #expect(session.state.bookmarkRows.count > 1)
      default: break
      }
    }
    #expect(reached == [.list, .thread, .hits, .bookmarks, .overview])
    #expect(prompts >= 10)
  }
}

extension Soundness {
  /// What is selected shows: its mark stands on the screen wherever its pane has room.
  static func selectionFaults(of state: ReaderState, drawn grid: Grid) -> [String] {
    guard state.layout.title != nil else { return [] }
    let marks = (0..<grid.size.rows).filter { row in
      (0..<grid.size.columns).contains { grid.scalars(column: $0, row: row) == ["▌"] }
    }
    let isEmpty: Bool
    if let help = state.help {
      isEmpty = help.commands.isEmpty || grid.size.rows < 3
    } else if state.linkList != nil {
      isEmpty = grid.size.rows < 3
    } else if state.page != nil {
      isEmpty = true
    } else {
      switch state.surface {
      case .list: isEmpty = state.listing.count == 0
      case .thread: isEmpty = false
      case .hits: isEmpty = state.search?.groups.isEmpty ?? true
      case .bookmarks: isEmpty = state.bookmarkRows.isEmpty
      case .overview: isEmpty = state.overview?.rows.isEmpty ?? true
      }
    }
    return isEmpty || !marks.isEmpty ? [] : ["nothing shows what is selected"]
  }
}

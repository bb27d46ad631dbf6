import Discussion
import Grid
import Testing

@testable import Reader

/// Limiting and sorting the list.
@Suite struct ArrangingTests {
  /// The titles of the list from top to bottom, their first words.
  private func titles(_ session: Session) -> [String] {
    session.state.listing.map { discussion in
      let title = String(decoding: session.state.library.title(of: discussion), as: UTF8.self)
      return title.split(separator: " ").first { $0 != "The" && $0 != "A" }.map(String.init) ?? ""
    }
  }

  @Test func aLimitLeavesWholeThreadsAndClearsAgain() {
    var session = Session()
    session.press("jj&")
    session.type("ferry")
    session.arrange()
    #expect(titles(session) == ["ferry", "keeper's"])
    #expect(session.state.selectedDiscussion == session.state.listing[0])
    session.press("<Enter>")
    #expect(session.state.prompt == nil)
    #expect(session.state.arrangement.isLimited)
    session.press("<Enter>")
    #expect(session.state.flow?.entries.count == 8)
    session.press("qj&")
    #expect(!session.state.arrangement.isLimited)
    #expect(titles(session).count == 5)
    #expect(session.state.list.selected == 4)
  }

  @Test func escapeWhileTypingShowsAllAndTheSelectionOfBefore() {
    var session = Session()
    session.press("jj&")
    session.type("ferry")
    session.arrange()
    #expect(session.state.list.selected == 0)
    session.press("<Esc>")
    #expect(titles(session).count == 5)
    #expect(session.state.list.selected == 2)
    session.press("&")
    session.type("nobodywrotethis")
    session.arrange()
    #expect(session.state.listing.isEmpty)
    #expect(session.state.selectedDiscussion == nil)
    session.press("<Enter>jGggl<Space>n")
    #expect(session.state.surface == .list)
    session.press("&")
    #expect(session.state.list.selected == 2 || session.state.list.selected == 0)
  }

  @Test func leavingALimitedListShowsAllBeforeItQuits() {
    var session = Session()
    session.press(":")
    session.type("limit ferry")
    session.press("<Enter>")
    session.arrange()
    session.press("q")
    #expect(!session.hasQuit)
    #expect(titles(session).count == 5)
    session.press(":")
    session.type("limit ferry")
    session.press("<Enter>")
    session.arrange()
    session.press("<Esc>")
    #expect(titles(session).count == 5)
    session.press("q")
    #expect(session.hasQuit)
  }

  @Test func nothingIsPreviewedWhereNothingIsListed() {
    var session = Session(columns: 140, rows: 40)
    #expect(session.state.thread != nil)
    session.press("&")
    session.type("nobodywrotethis")
    session.arrange()
    #expect(session.state.thread == nil)
    session.press("<Esc>")
    #expect(session.shownTitle == "The ferry in winter")
  }

  @Test func anAnswerToAnOlderQuestionIsDropped() throws {
    var session = Session()
    session.press("&")
    session.type("ferry")
    let old = try #require(session.listRequests.last)
    session.press("<Backspace>")
    session.send(.listArranged(NaiveIndex.arrange(old, over: session.state)))
    #expect(titles(session).count == 5)
    #expect(session.state.arrangement.isAwaited)
  }

  @Test func sortingKeepsTheSelectedDiscussionAndTurnsRound() {
    var session = Session()
    session.press("jOc")
    let kites = session.state.library.discussions[1]
    session.arrange()
    #expect(titles(session) == ["chain", "ferry", "keeper's", "Kites,", "Only"])
    #expect(session.state.selectedDiscussion == kites)
    session.press("OO")
    #expect(titles(session) == ["Only", "Kites,", "keeper's", "ferry", "chain"])
    #expect(session.state.selectedDiscussion == kites)
    session.press("Ot")
    session.arrange()
    #expect(titles(session) == ["chain", "Kites,", "Only", "ferry", "keeper's"])
    session.press("Os")
    #expect(titles(session) == ["ferry", "Kites,", "chain", "Only", "keeper's"])
    session.press("Os")
    #expect(titles(session).first == "keeper's")
    // From the top one sees the top of the other order.
    session.press("ggOc")
    session.arrange()
    #expect(session.state.list.selected == 0 && session.state.list.top == 0)
    session.press("O")
    session.type("c")
    #expect(session.state.list.selected == 0)
  }

  @Test func sortsByDateAndActivityAndPutsTheUndatedLast() {
    func dated(_ title: String, _ post: Int64?, _ comment: Int64?) -> ParsedDiscussion {
      let stamp = { (seconds: Int64?) in seconds.map { Timestamp(seconds: $0, precision: .second) } }
      return ParsedDiscussion(
        title: Array(title.utf8), date: stamp(post), format: "test", body: ParsedText("Body of \(title)."),
        comments: [ParsedComment(date: stamp(comment), text: ParsedText("Reply to \(title)."))],
        sources: [Array("\(title).txt".utf8)])
    }
    let library = Library.of([
      dated("a", 10, 50), dated("b", nil, nil), dated("c", 30, 40), dated("d", nil, 5),
    ])
    func order(_ sort: ListSort) -> String {
      let sorted = sort.arranged(Array(library.discussions), of: library, read: ReadMarks()) ?? []
      return sorted.map { String(decoding: library.title(of: $0), as: UTF8.self) }.joined()
    }
    #expect(order(.date) == "cabd")
    #expect(order(.activity) == "acdb")
    #expect(order(.source) == "abcd")
  }

  @Test func theOrderOutlivesALibraryThatGrows() {
    var session = Session(Library.of([Shelves.ferry, Shelves.lone]))
    session.press("Oc")
    session.arrange()
    session.press("j")
    #expect(titles(session) == ["ferry", "Only"])
    let (grown, remap) = session.state.library.adding([Shelves.chain])
    session.send(.libraryChanged(grown, remap))
    #expect(titles(session) == ["ferry", "Only"])
    session.arrange()
    #expect(titles(session) == ["chain", "ferry", "Only"])
    #expect(session.state.list.selected == 2)
  }

  @Test func commandsTakeTheQueryAndTheOrder() {
    var session = Session()
    session.press(":")
    session.type("limit ferry")
    session.press("<Enter>")
    session.arrange()
    #expect(titles(session).count == 2)
    session.press(":")
    session.type("sort title")
    session.press("<Enter>")
    session.arrange()
    #expect(session.state.arrangement.sort == .title)
    #expect(titles(session).count == 2)
  }

  @Test func bookmarksAreLimitedByTheirWordsAndTags() {
    var session = Session()
    session.open(0, at: "1")
    session.press("Bask the school<Enter>thousehold key<Enter>jsjs")
    session.saveAll()
    session.press("M")
    #expect(session.state.bookmarkRows.count == 3)
    func rows(_ limit: String) -> Int {
      session.press("&")
      session.type(limit)
      session.press("<Enter>")
      defer { session.press("&") }
      return session.state.bookmarkRows.count
    }
    #expect(rows("school") == 2)
    #expect(rows("ask school") == 1)
    #expect(rows("-ask") == 2)
    #expect(rows("#house") == 1)
    #expect(rows("tag:key") == 1)
    #expect(rows("marsh") == 1)
    #expect(rows("nobody") == 0)
    #expect(session.state.bookmarkRows.count == 3)
  }
}

import Discussion
import Grid
import Testing

@testable import Reader

/// Pingbacks are there and out of the way.
@Suite struct PingbackTests {
  static let library: Library = {
    var page = Shelves.ferry
    for (place, text) in [(1, "A page about ferries links here."), (4, "Another weblog on the ferry.")] {
      page.comments.append(
        ParsedComment(
          parent: place == 1 ? .post : .comment(0), kind: .pingback, author: Array("A blog".utf8),
          text: ParsedText(text)))
    }
    page.comments.append(
      ParsedComment(
        kind: .pingback, author: Array("Answered".utf8), text: ParsedText("This one was answered.")))
    page.comments.append(
      ParsedComment(
        parent: .comment(page.comments.count - 1), author: Array("Bo".utf8), text: ParsedText("Indeed.")))
    return Library.of([page, Shelves.lone])
  }()

  private static func shown(_ session: Session) -> [String] {
    guard let flow = session.state.flow else { return [] }
    var names: [String] = []
    var entry: EntryID? = flow.entries[0]
    while let current = entry {
      names.append(session.name(current))
      entry = flow.next(after: current)
    }
    return names
  }

  @Test func theyAreHiddenUntilAskedForAndNeverCounted() {
    var session = Session(PingbackTests.library)
    let discussion = session.state.library.discussions[0]
    #expect(session.state.library.commentCount(of: discussion) == 11)
    #expect(
      session.state.commentCount(of: discussion) == 9 && session.state.pingbackCount(of: discussion) == 2)
    #expect(session.state.unreadCount(of: discussion) == 10)
    #expect(session.state.unreadTotal == 11)
    session.open(0)
    #expect(
      PingbackTests.shown(session) == ["post", "1", "1.1", "1.1.1", "1.2", "2", "2.1", "3", "5", "5.1"])
    session.press("zp")
    #expect(session.state.message == "Pingbacks show; 2 here.")
    #expect(PingbackTests.shown(session).count == 12)
    #expect(session.state.unreadTotal == 13 && session.state.unreadCount(of: discussion) == 12)
    session.press("zp")
    #expect(PingbackTests.shown(session).count == 10)
    #expect(session.state.unreadTotal == 11)
  }

  @Test func keysPassThemBy() {
    var session = Session(PingbackTests.library, rows: 12)
    session.open(0, at: "1.2")
    session.press("j")
    #expect(session.selected == "2")
    session.press("k")
    #expect(session.selected == "1.2")
    session.press("J")
    #expect(session.selected == "1.2")
    session.open(0, at: "3")
    session.press("J")
    #expect(session.selected == "5")
    session.press("K")
    #expect(session.selected == "3")
    session.press("}")
    #expect(session.selected == "5")
    session.press("{")
    #expect(session.selected == "3")
    session.press("G")
    #expect(session.selected == "5.1")
    // Space reads everything that is counted and nothing else.
    session.press("gg")
    var seen: Set<String> = []
    for _ in 0..<80 where session.state.unreadCount(of: session.state.library.discussions[0]) > 0 {
      seen.insert(session.selected)
      session.press("<Space>")
    }
    #expect(session.state.unreadCount(of: session.state.library.discussions[0]) == 0)
    #expect(!seen.contains("4") && !seen.contains("1.3"))
  }

  @Test func aSearchHitInOneShowsIt() {
    var session = Session(PingbackTests.library)
    session.open(0)
    session.search("weblog")
    #expect(session.selected == "1.3")
    #expect(PingbackTests.shown(session).contains("1.3"))
    #expect(!PingbackTests.shown(session).contains("4"))
  }

  @Test func whatIsHiddenStaysHiddenAsTheLibraryGrows() {
    var session = Session(PingbackTests.library)
    session.open(0, at: "2")
    let unread = session.state.unreadTotal
    var again = Shelves.ferry
    again.sources = [[0x7A]]
    again.comments.append(ParsedComment(kind: .pingback, text: ParsedText("A third page.")))
    GrowingTests.grow(&session, with: [again])
    #expect(session.selected == "2")
    #expect(session.state.pingbackCount(of: session.state.library.discussions[0]) == 3)
    #expect(session.state.unreadTotal == unread)
    session.press("zp")
    GrowingTests.grow(&session, with: [Shelves.discussion("More", "Words.", from: "x")])
    #expect(session.state.showsPingbacks)
  }

  @Test func everythingReadMeansNothingHiddenIsMissed() {
    var session = Session(PingbackTests.library)
    session.open(0)
    session.press("cy")
    #expect(session.state.unreadTotal == 1)
    session.press("zp")
    #expect(session.state.unreadTotal == 1)
  }
}

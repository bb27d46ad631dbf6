import Foundation
import Glibc
import PseudoTerminal
import Testing

/// Whole sessions, keys in and screens out.
@Suite(.serialized) struct SessionTests {
  @Test(arguments: [(80, 24), (100, 30), (200, 60)])
  func spaceAloneReadsEverythingAndItIsRemembered(columns: Int, rows: Int) throws {
    let session = try ReaderSession(columns: columns, rows: rows)
    session.expect("29 unread")
    for _ in 0..<200 {
      session.terminal.send(" ")
      _ = session.terminal.wait(seconds: 0.02) { $0.shows("Everything is read.") }
      if session.terminal.shows("Everything is read.") { break }
    }
    session.expect("Everything is read.")
    session.expect(" 0 unread")
    session.quit()
    let again = try ReaderSession(home: session.home, columns: columns, rows: rows)
    again.expect(" 0 unread")
    again.quit()
  }

  @Test func searchWalksMatchesAcrossDiscussionsAndKeepsWhatIsMarked() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("/government", until: "/33")
    session.expect("ranked")
    // The best hit opens, wherever it stands in its thread; matches are numbered in reading order.
    let first = (1...33).first { session.terminal.shows("match \($0)/33") } ?? 0
    session.press("\r", until: "n: next match")
    for match in first + 1...33 { session.press("n", until: "match \(match)/33") }
    session.press("n", until: "From the last match on to the first.")
    session.press("n", until: "match 2/33")
    session.press("N", until: "match 1/33")
    session.press("N", until: "From the first match to the last.")
    session.press("s", until: "★ saved")
    session.press("B", until: "note:")
    session.press("worth keeping\r", until: "✎ bookmark saved")
    session.press("t", until: "tags:")
    session.press("budget\r", until: "Tags saved")
    session.press("M", until: "#budget  worth keeping")
    session.press("q", until: "n: next match")
    session.quit()

    let again = try ReaderSession(home: session.home)
    again.expect("discussion ")
    again.press("M", until: "#budget  worth keeping")
    again.press("\r", until: "✎")
    again.press("q", until: "bookmark 1 of 1")
    again.press("q", until: "Space: open")
    again.press("/", until: "in everything")
    again.press("\u{1B}[A", until: "/government")
    again.press("\u{1B}", until: "Space: open")
    again.quit()
  }

  @Test func foldingHidesRepliesAndCountsThem() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("5j", until: "discussion 6 of 8")
    session.press("\r", until: "post · 7 comments")
    session.press("j", until: " 1 of 7 ")
    session.press("za", until: "+2")
    session.press("j", until: " 4 of 7 ")
    session.press("zR", until: "1.1.1")
    session.press("zM", until: "+1")
    session.press("gg", until: "post · 7 comments")
    session.press("q", until: "discussion 6 of 8")
    session.quit()
  }

  @Test func everySizeShowsAndQuits() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("\r", until: "post · 11 comments")
    for (columns, rows) in [(1, 1), (2, 5), (19, 3), (20, 4), (200, 1), (40, 10), (400, 120), (80, 24)] {
      session.terminal.resize(columns: columns, rows: rows)
      _ = session.terminal.wait(seconds: 0.2) { _ in false }
      #expect(session.terminal.end == nil, "at \(columns)×\(rows)")
    }
    session.expect("post · 11 comments")
    session.quit()
  }

  @Test func helpFiltersAndRuns() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("?", until: "type to filter")
    session.press("stars and bookm", until: "List stars and bookmarks")
    session.press("\r", until: "Nothing is starred or bookmarked yet")
    session.press("q", until: "discussion 1 of 8")
    session.press(":quit\r", until: "")
    #expect(session.terminal.waitForEnd() == .exit(0))
  }

  @Test func quittingNeedsNoSecondThoughtAndNestedLevelsDoNotFallOut() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("\r", until: "post · 11 comments")
    session.press("M", until: "bookmarks")
    session.press("q", until: "post · 11 comments")
    session.press("q", until: "discussion 1 of 8")
    session.press("\u{3}", until: "Quit? y/n")
    session.press("n", until: "discussion 1 of 8")
    session.terminal.send("q")
    #expect(session.terminal.waitForEnd() == .exit(0))
  }

  @Test func standardInputIsReadAndKeysComeFromTheTerminal() throws {
    let home = try ReaderSession.newHome()
    let page = home.appendingPathComponent("page.txt")
    try Data("A page of our own\n\nIts only paragraph.\n".utf8).write(to: page)
    let command = "exec \(ReaderSession.binary) - < \(page.path)"
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", command], environment: ["XDG_DATA_HOME": home.path], columns: 80, rows: 24)
    #expect(terminal.wait(for: "discussion 1 of 1") == nil)
    terminal.send("\r")
    #expect(terminal.wait(for: "Its only paragraph.") == nil)
    terminal.send("Q")
    #expect(terminal.waitForEnd() == .exit(0))
  }
}

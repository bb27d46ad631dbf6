import Foundation
import PseudoTerminal
import Testing

/// What two readers, a change of mind and a hasty hand leave on the shelf.
@Suite(.serialized) struct KeepingSessionTests {
  @Test func aStarTakenAwayLeavesNothingBehind() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("\r", until: "post · 11 comments")
    session.press("s", until: "★ saved")
    session.press("s", until: "taken away")
    session.press("S", until: "discussion saved")
    session.press("S", until: "taken away")
    session.quit()
    #expect(try ReaderSession.bookmarks(in: session.home).isEmpty)
  }

  @Test func theNoteOfAnotherReaderIsFoundAndKept() throws {
    let first = try ReaderSession()
    first.expect("discussion 1 of 8")
    first.press("\r", until: "post · 11 comments")
    let second = try ReaderSession(home: first.home)
    second.expect("discussion 1 of 8")
    second.press("\r", until: "post · 11 comments")
    first.press("Bprecious\r", until: "✎ bookmark saved")
    second.press("s", until: "★ saved")
    second.press("B", until: "note: precious")
    second.press(" indeed\r", until: "✎ bookmark saved")
    first.press("M", until: "precious indeed")
    let kept = try ReaderSession.bookmarks(in: first.home)
    #expect(kept.count == 1)
    #expect(kept.first?["note"] as? String == "precious indeed" && kept.first?["starred"] as? Bool == true)
    first.quit()
    second.quit()
  }

  @Test func keysBehindTheOneThatQuitsDoNothing() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.terminal.send("QsSjs")
    #expect(session.terminal.waitForEnd() == .exit(0))
    #expect(try ReaderSession.bookmarks(in: session.home).isEmpty)
  }

  @Test func whatCannotBeKeptIsSaidAtTheEnd() throws {
    let home = try ReaderSession.newHome()
    let file = home.appendingPathComponent("no-folder")
    try Data("a file".utf8).write(to: file)
    let session = try ReaderSession(home: file)
    session.expect("Not saved")
    session.expect("The social media plateau?")
    session.press("\r", until: "post · 11 comments")
    session.press("s", until: "Not saved")
    session.terminal.send("Q")
    #expect(session.terminal.waitForEnd() == .exit(70))
    #expect(session.terminal.shows("could not be saved"))
  }

  @Test func aWordMisspeltIsOfferedWhileTyping() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("/goverment", until: "Did you mean government?")
    session.press("\r", until: "Did you mean government?")
    session.press("/is:foo", until: "nothing found")
    session.press("\r", until: "is: takes starred")
    session.quit()
  }
}

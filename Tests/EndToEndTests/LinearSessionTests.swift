import PseudoTerminal
import Testing

/// The reader on a terminal that only adds lines, and where `--linear` asks for that.
@Suite(.serialized) struct LinearSessionTests {
  @Test(arguments: [["TERM": "dumb"], ["TERM": "xterm-256color"]])
  func aSessionIsToldInLines(_ environment: [String: String]) throws {
    let asks = environment["TERM"] == "dumb" ? [] : ["--linear"]
    let session = try ReaderSession(asks + [ReaderSession.seeds], environment: environment)
    session.expect("Question mark for help.")
    session.press("G\r", until: "Post, ")
    session.press("j", until: "1, ")
    session.press("s", until: "saved")
    session.press("/media", until: "search: media")
    session.terminal.send("\r")
    session.press("M", until: "Bookmark 1 of 1: ")
    session.terminal.send("Q")
    #expect(session.terminal.waitForEnd() == .exit(0))
    #expect(session.terminal.isCooked)
    #expect(try ReaderSession.bookmarks(in: session.home).count == 1)
  }

  @Test func aSignalGivesTheTerminalBack() throws {
    let session = try ReaderSession(["--linear", ReaderSession.seeds])
    session.expect("Question mark for help.")
    session.terminal.signal(15)
    #expect(session.terminal.waitForEnd() == .signal(15))
    #expect(session.terminal.isCooked)
  }
}

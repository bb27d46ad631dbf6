import Foundation
import PseudoTerminal
import Testing

/// Searching as one types, over more entries than are answered in full at once.
@Suite(.serialized) struct SearchingSessionTests {
  /// A mailbox of 1,300 threads of four messages: the word `lantern` is in all of every fifth thread, in the
  /// first message of thread 7 over and over, and last of all in the newest thread.
  private static func mailbox() throws -> URL {
    let folder = try ReaderSession.newHome()
    var text = ""
    for thread in 0..<1300 {
      for message in 0..<4 {
        let minute = thread * 4 + message
        let clock = [minute / 60 % 24, minute % 60, 0].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let time = "\(1 + minute / 1440) Jan 2012 \(clock.joined(separator: ":"))"
        let word = thread % 5 == 0 || (thread == 7 && message == 0) ? "lantern" : "candle"
        let body =
          thread == 7 && message == 0 ? "lantern lantern lantern" : "A \(word) in the window, \(minute)."
        text += """
          From a@b Sun Jan  1 00:00:00 2012
          From: Writer \(message) <w\(message)@example.org>
          Subject: \(message == 0 ? "" : "Re: ")Thread \(thread)
          Date: \(time) +0000
          Message-ID: <\(thread).\(message)@example.org>
          \(message == 0 ? "X-None: 1" : "In-Reply-To: <\(thread).0@example.org>")

          \(body)


          """
      }
    }
    let file = folder.appendingPathComponent("window.mbox")
    try Data(text.utf8).write(to: file)
    return file
  }

  @Test func theNewestShowAtOnceThenTheBest() throws {
    let session = try ReaderSession([try Self.mailbox().path])
    session.expect("1300 discussions · 3900 comments")
    session.expectGone("loading")
    session.terminal.send("/lantern")
    _ = session.terminal.wait(seconds: 10) { $0.shows("newest first") || $0.shows("ranked") }
    session.expect("in 261 threads · ranked")
    session.expect("1,041 ")
    let written = String(decoding: session.terminal.log, as: UTF8.self)
    #expect(written.contains("newest first"), "the newest hits were never on the screen")
    #expect(written.contains("settling"))
    session.expect("+3 more")
    session.press("\u{12}", until: "newest first")
    session.expect("Thread 1295")
    session.press("\u{12}", until: "ranked")
    session.press("\r", until: "n: next match")
    session.press("n", until: "match 2/1,0")
    session.press("q", until: "in 261 threads · ranked")
    session.press("jjG", until: "entry 1,0")
    session.press("q", until: "discussion ")
    session.quit()
  }

  @Test func theWordThatIsOfferedIsTakenAndSearchesAreRemembered() throws {
    let session = try ReaderSession([try Self.mailbox().path])
    session.expect("1300 discussions · 3900 comments")
    session.expectGone("loading")
    session.press("/lantrn", until: "Did you mean lantern? Tab takes it.")
    session.press("\t", until: "/lantern ")
    session.expect("in 261 threads")
    session.press("\r", until: "n: next match")
    session.press("qq", until: "discussion ")
    session.press("/", until: "in everything")
    session.press("\u{1B}[A", until: "in 261 threads")
    session.press("\u{1B}[B", until: "in everything")
    session.press("\u{1B}", until: "Space: open")
    session.quit()
  }
}

import Foundation
import Glibc
import PseudoTerminal
import Testing

/// Where a discussion was left is where it opens: after a restart, another width, and reading again.
@Suite(.serialized) struct PositionSessionTests {
  /// Discussions whose texts are long, each line of them its own.
  private static func mailbox(in home: URL) throws -> String {
    let path = home.appendingPathComponent("long.mbox")
    var text = ""
    for number in 0..<4 {
      for answer in 0..<3 {
        let id = "\(number)-\(answer)"
        text += """
          From writer@example.org Mon Jan  1 00:00:00 2024
          From: Writer \(answer) <writer@example.org>
          Subject: \(answer == 0 ? "" : "Re: ")Matter \(number)
          Message-ID: <\(id)@example.org>\(answer == 0 ? "" : "\nIn-Reply-To: <\(number)-0@example.org>")
          Date: Mon, 1 Jan 2024 0\(number):1\(answer):00 +0000

          \((0..<60).map { "line \($0) of \(id) in words enough to be broken where the screen is narrow" }
            .joined(separator: "\n"))


          """
      }
    }
    try Data(text.utf8).write(to: path)
    return path.path
  }

  @Test func eachDiscussionOpensWhereItWasLeft() throws {
    let home = try ReaderSession.newHome()
    let path = try Self.mailbox(in: home)
    var session = try ReaderSession([path], home: home)
    session.expect("discussion 1 of 4")
    // The second discussion, its second comment, in the middle; the third one at its post.
    session.press("j\r", until: "post")
    session.press("j", until: "comment 1 of 2")
    session.press("j", until: "comment 2 of 2")
    session.press("20\u{05}", until: "line 20 of 1-2")
    session.expectGone("line 10 of 1-2")
    session.press("q", until: "discussion 2 of 4")
    session.press("j\r", until: "line 0 of 2-0")
    session.press("q", until: "discussion 3 of 4")
    session.press("k\r", until: "comment 2 of 2")
    session.expect("line 20 of 1-2")
    session.quit()

    // It is the last one that was read; elsewhere nothing changed.
    session = try ReaderSession([path], home: home)
    session.expect("discussion 2 of 4")
    session.press("\r", until: "comment 2 of 2")
    session.expect("line 20 of 1-2")
    // Narrower, and back.
    session.terminal.resize(columns: 50, rows: 20)
    session.expect("line 20 of 1-2")
    session.terminal.resize(columns: 100, rows: 30)
    session.expect("line 20 of 1-2")
    // Read again.
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(
      contentsOf: Data(
        """
        From writer@example.org Mon Jan  1 00:00:00 2024
        From: Late <late@example.org>
        Subject: Re: Matter 1
        Message-ID: <late@example.org>
        In-Reply-To: <1-0@example.org>
        Date: Mon, 1 Jan 2024 09:10:00 +0000

        Late words.


        """.utf8))
    try file.close()
    session.press("\u{1B}[15~", until: "─ 2 of 3 ─")
    session.expect("line 20 of 1-2")
    session.quit()

    // On a screen of another size, without the cache, and when a hang-up ended it.
    session = try ReaderSession([path, "--no-cache"], home: home, columns: 60, rows: 20)
    session.expect("discussion 2 of 4")
    session.press("\r", until: "comment 2 of 3")
    session.expect("line 20 of 1-2")
    session.press("j", until: "comment 3 of 3")
    session.terminal.signal(SIGHUP)
    _ = session.terminal.waitForEnd()
    session = try ReaderSession([path], home: home)
    session.expect("discussion 2 of 4")
    session.press("\r", until: "comment 3 of 3")
    session.quit()
  }

  @Test func theReaderBeginsAtACommentThatIsNamed() throws {
    let home = try ReaderSession.newHome()
    let path = try Self.mailbox(in: home)
    var session = try ReaderSession([path], home: home)
    session.expect("discussion 1 of 4")
    session.press("/\"line 7 of 3-1\"\r", until: "match 1")
    session.quit()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ReaderSession.binary)
    process.arguments = ["search", "\"line 7 of 3-1\"", path, "--json"]
    process.environment = ["XDG_DATA_HOME": home.path, "XDG_CACHE_HOME": home.path, "LC_ALL": "C.UTF-8"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let object = try JSONSerialization.jsonObject(with: pipe.fileHandleForReading.readDataToEndOfFile())
    let hits = try #require((object as? [String: Any])?["hits"] as? [[String: Any]])
    let id = try #require(hits.first?["id"] as? String)
    for arguments in [["--at", id, path], [id, path], [String(id.prefix(9)), path]] {
      session = try ReaderSession(arguments, home: home)
      session.expect("comment 1 of 2")
      session.expect("line 0 of 3-1")
      session.press("q", until: "discussion 4 of 4")
      session.quit()
    }
    session = try ReaderSession(["--at", "ffffffffff", path], home: home)
    session.expect("Nothing here has the id ffffffffff.")
    session.quit()
  }
}

import Foundation
import PseudoTerminal
import Testing

/// What leaves the reader by hand: to the clipboard, to other programs, to files.
@Suite(.serialized) struct HandSessionTests {
  /// What was put into the clipboard, in order.
  private func clipboard(_ session: ReaderSession) -> [String] {
    String(decoding: session.terminal.log, as: UTF8.self).components(separatedBy: "\u{1B}]52;c;").dropFirst()
      .compactMap { $0.components(separatedBy: "\u{7}").first.flatMap { Data(base64Encoded: $0) } }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func anEntryIsCopiedThroughTheTerminal() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("\r", until: "post · 11 comments")
    session.press("j", until: " 1 of 11 ")
    session.press("Y", until: "Copied the comment: ")
    session.press("gy", until: "Copied a quote with attribution: ")
    session.press("y", until: "Copied ")
    session.quit()
    let copied = clipboard(session)
    #expect(copied.count == 3)
    #expect(
      copied.count == 3 && copied[1].contains(" wrote:\n> ")
        && copied[1].contains("> " + copied[0].prefix(20)))
  }

  @Test func aTerminalWithoutAClipboardIsToldSo() throws {
    let session = try ReaderSession(environment: ["TERM": "linux"])
    session.expect("discussion 1 of 8")
    session.press("Y", until: "Not copied")
    #expect(clipboard(session).isEmpty)
    session.quit()
  }

  /// A folder with a mailbox of two messages and programs that write down what they were given.
  private struct Desk {
    let folder: URL

    init() throws {
      folder = try ReaderSession.newHome()
      try write(
        "box.mbox",
        """
        From a@b Mon Jan 1 00:00:00 2001
        From: Ann <ann@example.org>
        Subject: Links
        Message-ID: <1@example.org>
        Date: Mon, 1 Jan 2001 00:00:00 +0000

        See https://example.org/one and http://example.com/two?x=1;$(touch never)

        From b@b Mon Jan 1 00:00:00 2001
        From: Bob <bob@example.org>
        Subject: Re: Links
        Message-ID: <2@example.org>
        In-Reply-To: <1@example.org>
        X-Odd: \u{1B}]0;pwned\u{7} header
        Date: Tue, 2 Jan 2001 00:00:00 +0000

        Fine \u{1B}[31mwords.

        """)
    }

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    /// A program in bash.
    func program(_ name: String, _ body: String) throws -> String {
      try write(name, "#!/bin/bash\ncd '\(folder.path)'\n" + body + "\n")
      let path = folder.appendingPathComponent(name).path
      unsafe chmod(path, 0o700)
      return path
    }

    /// What a file holds; one that is being written is waited for.
    func text(_ name: String) -> String? {
      for _ in 0..<400 {
        if let data = try? Data(contentsOf: folder.appendingPathComponent(name)), !data.isEmpty {
          return String(decoding: data, as: UTF8.self)
        }
        usleep(25_000)
      }
      return nil
    }

    func open(_ environment: [String: String] = [:], columns: Int = 100) throws -> ReaderSession {
      let session = try ReaderSession(
        [folder.appendingPathComponent("box.mbox").path], home: folder, environment: environment,
        columns: columns)
      session.expect("discussion 1 of 1")
      session.press("\r", until: "?: help")
      return session
    }

    /// Waits for a file that another program writes.
    func expect(_ name: String, on session: ReaderSession, _ condition: (String) -> Bool) {
      let seen = session.terminal.wait { _ in text(name).map(condition) == true }
      #expect(seen == nil, "\(name): \(text(name) ?? "missing")")
    }
  }

  @Test func aLinkIsOpenedWithoutAShellAndWithoutTheTerminal() throws {
    let desk = try Desk()
    let browser = try desk.program(
      "browser",
      "{ printf '%s\\n' \"$#\" \"$@\"; ps -o tty= -p $$; readlink /proc/$$/fd/{0,2}; } > given.new; mv given.new given"
    )
    let session = try desk.open(["BROWSER": "\(browser) '--new tab'"])
    session.press("2", until: "2o: http://example.com/two?x=1;$(touch")
    session.press("o", until: "Opening link 2/2: http://example.com/two?x=1;$(touch")
    desk.expect("given", on: session) {
      $0 == "2\n--new tab\nhttp://example.com/two?x=1;$(touch\n?\n/dev/null\n/dev/null\n"
    }
    session.press("gl", until: "2 links")
    session.press("j\r", until: "Opening link 2/2")
    session.quit()
    #expect(desk.text("never") == nil)
  }

  @Test func anOpenerThatIsNotThereOrFailsIsTold() throws {
    let desk = try Desk()
    let session = try desk.open(["BROWSER": "no-such-browser"])
    session.press("o", until: "Not opened: there is no no-such-browser here.")
    session.quit()
    let failing = try desk.open(["BROWSER": try desk.program("fails", "exit 3")])
    failing.press("o", until: "ended with 3: https://example.org/one")
    failing.quit()
  }

  @Test func aCommandGetsTheTextAndTheTerminal() throws {
    let desk = try Desk()
    let program = try desk.program(
      "taker",
      "cat > taken; printf '%s\\n' \"$@\" > words; ps -o pgid=,tpgid= -p $$ > groups; echo \"it ran\"; exit 4"
    )
    let session = try desk.open()
    session.press("j|", until: "Give this comment to: ")
    session.press("\(program) 'a b' $HOME *\r", until: "it ran")
    session.expect("ended with 4. Enter goes back to Lectern]")
    #expect(session.terminal.isCooked && !session.terminal.isAlternate && session.terminal.showsCursor)
    session.terminal.send("\r")
    let seen = session.terminal.wait { $0.isAlternate && !$0.isCooked && $0.shows("taker ended with 4.") }
    #expect(seen == nil)
    #expect(desk.text("words") == "a b\n$HOME\n*\n")
    #expect(desk.text("taken")?.hasSuffix("Bob · 2001-01-02T00:00:00Z\nFine ␛[31mwords.\n") == true)
    let groups = try #require(desk.text("groups")).split(whereSeparator: { " \n".contains($0) })
    #expect(groups.count == 2 && groups[0] == groups[1], "in the foreground")
    session.press("3|", until: "Give the discussion to: ")
    session.press("no-such-program\r", until: "Not run: there is no no-such-program here.")
    session.press("|", until: "Give this comment to: ")
    session.press("'open\r", until: "a quote in the command is not closed")
    session.quit()
  }

  @Test func interruptedAndStoppedTheCommandIsMeantAlone() throws {
    let desk = try Desk()
    let sleeper = try desk.program("sleeper", "echo ready; sleep 60")
    let home = desk.folder.path
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "-i"],
      environment: [
        "XDG_DATA_HOME": home, "XDG_CACHE_HOME": home, "PS1": "shell> ", "HISTFILE": "/dev/null",
      ],
      columns: 90, rows: 24)
    #expect(terminal.wait(for: "shell>") == nil)
    terminal.send("\(ReaderSession.binary) \(home)/box.mbox\r")
    #expect(terminal.wait(for: "discussion 1 of 1") == nil)
    terminal.send("|\(sleeper)\r")
    #expect(terminal.wait { $0.shows("ready") && $0.isCooked } == nil)
    terminal.send("\u{1A}")
    #expect(terminal.wait(for: "Stopped") == nil)
    terminal.send("fg\r")
    #expect(terminal.wait { $0.text.contains { $0.hasSuffix("box.mbox") && !$0.hasPrefix("shell>") } } == nil)
    // The shell writes that line before it gives the terminal away.
    #expect(terminal.wait { !$0.isInForeground } == nil)
    terminal.send("\u{3}")
    #expect(terminal.wait(for: "Enter goes back to Lectern]") == nil)
    terminal.send("\r")
    #expect(terminal.wait { $0.isAlternate && $0.shows("signal 2") } == nil)
    terminal.send("Q")
    #expect(terminal.wait { !$0.isAlternate } == nil)
    terminal.send("exit\r")
    #expect(terminal.waitForEnd() != nil)
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func asToEndWhileACommandRunsBothEnd(number: Int32) throws {
    let desk = try Desk()
    let sleeper = try desk.program(
      "sleeper",
      "stty -echo -icanon; trap 'echo ended > ended; exit 0' TERM HUP; echo ready; while :; do sleep 0.1; done"
    )
    let session = try desk.open()
    session.press("|\(sleeper)\r", until: "ready")
    session.terminal.signal(number)
    #expect(session.terminal.waitForEnd() == .signal(number))
    #expect(!session.terminal.isAlternate && session.terminal.isCooked && session.terminal.showsCursor)
    #expect(desk.text("ended") == "ended\n")
  }

  @Test func anEntryIsSavedAndNothingWrittenOverUnasked() throws {
    let desk = try Desk()
    let session = try desk.open(columns: 160)
    let file = desk.folder.appendingPathComponent("saved.md").path
    session.press("w", until: "Save the post in: ")
    session.press("\(file)\r", until: "Saved the post: ")
    let first = try #require(desk.text("saved.md"))
    #expect(first.hasPrefix("# Links\n") && first.contains("\nSee https://example.org/one"))
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    session.press("3w", until: "Save the discussion in: ")
    session.press("\(file)\r", until: "is there. Write over it? y/n")
    session.press("n", until: "?: help")
    #expect(desk.text("saved.md") == first)
    session.press("3w\(file)\r", until: "is there. Write over it? y/n")
    session.press("y", until: "Saved the discussion: ")
    #expect(desk.text("saved.md")?.contains("## 1 Bob") == true)
    session.press("jw\(desk.folder.path)/one.json\r", until: "Saved this comment: ")
    let json = try JSONSerialization.jsonObject(with: Data(try #require(desk.text("one.json")).utf8))
    let discussions = (json as? [String: Any])?["discussions"] as? [[String: Any]]
    let comments = discussions?.first?["comments"] as? [[String: Any]]
    #expect(comments?.compactMap { $0["author"] as? String } == ["Bob"])
    session.press("w\(desk.folder.path)/one.txt\r", until: "Saved this comment: ")
    #expect(desk.text("one.txt")?.hasSuffix("1 Bob · 2001-01-02T00:00:00Z\nFine ␛[31mwords.\n") == true)
    session.press("w\(desk.folder.path)\r", until: "links-1.md")
    #expect(desk.text("links-1.md") != nil)
    session.press("w\(desk.folder.path)/none/x.md\r", until: "there is no such folder")
    session.quit()
  }

  @Test func theSourceShowsWithAllHeaders() throws {
    let desk = try Desk()
    let session = try desk.open()
    session.press("jv", until: "X-Odd: ␛]0;pwned␇ header")
    #expect(session.terminal.shows("box.mbox, line 9"))
    session.press("q", until: "?: help")
    session.quit()
    #expect(OutputAudit.findings(in: session.terminal.log) == [])
  }

  @Test func aNoteIsWrittenWithAnEditor() throws {
    let desk = try Desk()
    let editor = try desk.program(
      "editor",
      "echo $# $1 > args; stat -c %a \"$2\" >> args; cat \"$2\" > before; printf 'first\\nsecond\\n' > \"$2\""
    )
    let session = try desk.open(["EDITOR": "'\(editor)' -f", "VISUAL": ""])
    session.press("jBplain\r", until: "✎ bookmark saved")
    session.press("E", until: "✎ bookmark saved")
    desk.expect("before", on: session) { $0 == "plain\n" }
    #expect(desk.text("args") == "2 -f\n600\n")
    let seen = session.terminal.wait { _ in
      (try? ReaderSession.bookmarks(in: desk.folder))?.first?["note"] as? String == "first\nsecond"
    }
    #expect(seen == nil)
    session.quit()
    let left = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path + "/lectern")
    #expect(!left.contains { $0.hasPrefix("note-") })
  }

  @Test(arguments: [
    ("printf 'lost?' > \"$1\"; exit 1", "ended with 1.", true),
    ("printf '\\xFF\\n' > \"$1\"", "is not UTF-8.", true),
    ("kill -9 $$", "signal 9.", false), ("rm \"$1\"", "cannot be read", false),
    ("exit 0", "The note is as it was.", false),
  ])
  func anEditorThatFailsLosesNothing(body: String, sentence: String, isKept: Bool) throws {
    let desk = try Desk()
    let session = try desk.open(["VISUAL": try desk.program("editor", body)], columns: 200)
    session.press("jBplain\r", until: "✎ bookmark saved")
    session.press("E", until: sentence)
    session.press("B", until: "note: plain")
    session.press("\u{1B}", until: "?: help")
    session.quit()
    let left = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path + "/lectern")
    #expect(left.contains { $0.hasPrefix("note-") } == isKept)
    #expect(try ReaderSession.bookmarks(in: desk.folder).first?["note"] as? String == "plain")
  }

  @Test func marksAreUndoneAndKept() throws {
    let desk = try Desk()
    let session = try desk.open()
    session.press("js", until: "★ saved")
    session.press("s", until: "Star taken away")
    session.press("U", until: "Undone: the star is back; saved.")
    session.press("cy", until: "marked read; U takes it back.")
    session.press("U", until: "unread again.")
    session.quit()
    #expect(try ReaderSession.bookmarks(in: desk.folder).count == 1)
    let again = try desk.open()
    again.press("q", until: "1 unread")
    again.quit()
  }

  @Test func theDigestIsLookedAtAndSaved() throws {
    let desk = try Desk()
    let session = try desk.open(columns: 160)
    session.press("jBworth it\r", until: "✎ bookmark saved")
    session.press("M", until: "bookmark 1 of 1")
    session.press("gd", until: "Note: worth it")
    session.press("q", until: "bookmark 1 of 1")
    session.press("w\(desk.folder.path)/d.md\r", until: "Saved 1 bookmark: ")
    #expect(desk.text("d.md")?.hasPrefix("# Bookmarks for ") == true)
    session.press(":export \(desk.folder.path)/d.json\r", until: "Saved 1 bookmark: ")
    #expect(desk.text("d.json")?.contains("\"note\":\"worth it\"") == true)
    session.quit()
  }
}

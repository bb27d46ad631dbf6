import PseudoTerminal
import Testing

/// What is typed, through ncurses and a real terminal line.
@Suite(.serialized) struct InputTests {
  @Test func keysHaveTheirNames() throws {
    let table: [(bytes: String, name: String)] = [
      ("a", "a"), ("é", "é"), ("界", "界"), (" ", "space"), ("\r", "enter"), ("\n", "enter"), ("\t", "tab"),
      ("\u{7F}", "backspace"), ("\u{8}", "backspace"), ("\u{0}", "C-@"), ("\u{3}", "C-c"), ("\u{11}", "C-q"),
      ("\u{13}", "C-s"), ("\u{1C}", "C-\\"), ("\u{1B}", "escape"), ("\u{1B}1", "A-1"), ("\u{1B}x", "A-x"),
      ("\u{1B}[A", "up"), ("\u{1B}OA", "up"), ("\u{1B}OB", "down"), ("\u{1B}OC", "right"),
      ("\u{1B}OD", "left"),
      ("\u{1B}OH", "home"), ("\u{1B}[H", "home"), ("\u{1B}[1~", "home"), ("\u{1B}OF", "end"),
      ("\u{1B}[4~", "end"), ("\u{1B}[5~", "pageUp"), ("\u{1B}[6~", "pageDown"), ("\u{1B}[2~", "insert"),
      ("\u{1B}[3~", "delete"), ("\u{1B}[Z", "backTab"), ("\u{1B}OP", "F1"), ("\u{1B}[11~", "F1"),
      ("\u{1B}OS", "F4"), ("\u{1B}[15~", "F5"), ("\u{1B}[24~", "F12"), ("\u{1B}[1;3D", "A-left"),
      ("\u{1B}[1;3C", "A-right"), ("\u{1B}[1;5A", "C-up"), ("\u{1B}[1;2B", "down"),
      ("\u{1B}[5;5~", "C-pageUp"),
      ("\u{1B}\u{1B}OD", "A-left"), ("\u{1B}O", "A-O"), ("\u{1B}[", "A-["),
    ]
    let run = try ProbeRun.started()
    for (index, entry) in table.enumerated() {
      run.terminal.send(entry.bytes)
      let seen = run.terminal.wait {
        $0.text[1].hasPrefix("keys \(index + 1): ") && $0.text[1].hasSuffix(" \(entry.name)")
      }
      if let seen { Issue.record("\(entry.bytes.debugDescription) is not \(entry.name): \(seen)") }
    }
    run.quit()
  }

  @Test func theSameKeysUnderOtherDescriptions() throws {
    for term in ["screen-256color", "tmux-256color", "linux", "rxvt-unicode", "vt220", "nosuchterm"] {
      let run = try ProbeRun.started(environment: ["TERM": term])
      run.terminal.send("\u{1B}[A")
      run.expect("keys 1: up")
      run.terminal.send("\u{1B}[1;3D")
      run.expect("keys 2: up A-left")
      run.terminal.send("\u{1B}[5~")
      run.expect("keys 3: up A-left pageUp")
      run.terminal.send("\u{1B}[200~q\u{1B}[201~")
      run.expect("pastes 1 of 1: q")
      run.terminal.send("q")
      #expect(run.terminal.waitForEnd() == .exit(0))
      #expect(run.terminal.isCooked)
    }
  }

  @Test func pasteArrivesAsOneInsertAndRunsNothing() throws {
    let run = try ProbeRun.started()
    run.terminal.send("\u{1B}[200~qQ\u{3}\u{1A}\u{18}é\u{1B}[201~")
    run.expect("pastes 1 of 7: qQ   é")
    run.expect("keys 0:")
    let long = [UInt8](repeating: UInt8(ascii: "q"), count: 300_000)
    run.terminal.send(Array("\u{1B}[200~".utf8) + long + Array("\u{1B}[201~k".utf8))
    run.expect("pastes 2 of 65536: qqq")
    run.expect("keys 1: k")
    run.quit()
  }

  @Test func whatTerminalsSayIsNoKey() throws {
    let run = try ProbeRun.started()
    for reply in KeyDecoderTests.replies { run.terminal.send(reply) }
    run.terminal.send("k")
    run.expect("keys 1: k")
    run.expect("pastes 0 ")
    run.quit()
  }

  @Test func inSlowPiecesNothingIsLost() throws {
    let run = try ProbeRun.started()
    let pieces: [[UInt8]] = [
      [0x61], [0xC3], [0xA9], [0x1B, 0x5B], [0x41], [0x1B, 0x5B, 0x31], [0x3B], [0x33], [0x44],
    ]
    for piece in pieces {
      run.terminal.send(piece)
      _ = run.terminal.wait(seconds: 0.03) { _ in false }  // longer than ESCDELAY
    }
    run.expect("keys 4: a é up A-left")
    run.quit()
  }

  @Test func aFloodOfKeysIsReadWhole() throws {
    let run = try ProbeRun.started()
    run.terminal.send([UInt8](repeating: UInt8(ascii: "j"), count: 100_000))
    run.expect("keys 100000: j j j")
    run.quit()
  }

  @Test func aThreadWakesTheWait() throws {
    let run = try ProbeRun.started()
    run.terminal.send("\u{17}")
    let seen = run.terminal.wait {
      $0.text[3].hasPrefix("interruptions 0 wakeups ") && !$0.text[3].hasSuffix(" wakeups 0")
    }
    #expect(seen == nil)
    run.quit()
  }
}

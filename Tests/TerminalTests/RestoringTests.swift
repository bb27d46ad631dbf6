import Glibc
import PseudoTerminal
import Testing

/// Whatever way it ends, the terminal is as it was.
@Suite(.serialized) struct RestoringTests {
  @Test(arguments: ["xterm-256color", "screen", "linux", "vt100"]) func quittingRestores(term: String) throws
  {
    let run = try ProbeRun.started(environment: ["TERM": term])
    #expect(!run.terminal.isCooked)
    run.terminal.send("q")
    #expect(run.terminal.waitForEnd() == .exit(0))
    #expect(run.terminal.isCooked && !run.terminal.isAlternate && run.terminal.showsCursor)
    #expect(run.terminal.shows("bye"))
  }

  @Test(arguments: [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGIO,
  ])
  func aSignalRestoresAndEndsIt(number: Int32) throws {
    let run = try ProbeRun.started()
    run.terminal.signal(number)
    #expect(run.terminal.waitForEnd() == .signal(number))
    run.expectRestored()
  }

  @Test(arguments: [
    ("trap", SIGILL), ("fatal", SIGILL), ("abort", SIGABRT), ("segv", SIGSEGV), ("overflow", SIGSEGV),
    ("thread-overflow", SIGSEGV),
  ])
  func aCrashRestoresAndSaysSo(kind: String, number: Int32) throws {
    let run = try ProbeRun.started([kind])
    run.terminal.send("\u{18}")
    let end = run.terminal.waitForEnd()
    #expect(end == .signal(number) || (number == SIGILL && end == .signal(SIGTRAP)))
    run.expectRestored()
    #expect(run.terminal.shows("lectern crashed; what was saved is safe"))
    if kind == "fatal" { #expect(run.terminal.shows("Fatal error: fatal ?]0;pwned?")) }
  }

  @Test(arguments: [SIGBUS, SIGFPE, SIGSYS, SIGTRAP]) func aFatalSignalFromOutsideRestores(number: Int32)
    throws
  {
    let run = try ProbeRun.started()
    run.terminal.signal(number)
    #expect(run.terminal.waitForEnd() == .signal(number))
    run.expectRestored()
  }

  @Test func exitingFromWithinRestores() throws {
    let run = try ProbeRun.started(["exit"])
    run.terminal.send("\u{18}")
    #expect(run.terminal.waitForEnd() == .exit(3))
    run.expectRestored()
  }

  @Test func standardErrorIsRepeatedAfterwardsWithoutControls() throws {
    let run = try ProbeRun.started()
    run.terminal.send("\u{5}")
    run.expect("keys 1: C-e")
    #expect(!run.terminal.shows("told"))
    run.quit()
    #expect(run.terminal.shows("told ?]0;pwned?"))
  }

  @Test func stoppingAndContinuingUnderAShell() throws {
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "-i"], environment: ["PS1": "shell> ", "HISTFILE": "/dev/null"])
    #expect(terminal.wait(for: "shell>") == nil)
    terminal.send("\(ProbeRun.binary)\r")
    #expect(terminal.wait(for: "size 80x24") == nil)
    for round in 1...5 {
      if round % 2 == 1 { terminal.send("\u{1A}") } else { terminal.signalForeground(SIGTSTP) }
      #expect(terminal.wait { !$0.isAlternate && $0.shows("Stopped") && $0.showsCursor } == nil)
      terminal.send("echo still $((40+2)) $(stty -a | grep -c ' echo ')\r")
      #expect(terminal.wait(for: "still 42 1") == nil)
      let columns = 80 + round
      terminal.resize(columns: columns, rows: 24)
      terminal.send("fg\r")
      if let seen = terminal.wait(until: { $0.isAlternate && $0.shows("size \(columns)x24") }) {
        Issue.record("round \(round): \(seen)")
      }
      #expect(!terminal.isCooked)
    }
    terminal.signalForeground(SIGSTOP)
    #expect(terminal.wait(for: "Stopped") == nil)
    terminal.send("clear; fg\r")
    #expect(terminal.wait { $0.shows("interruptions") && $0.shows("guard 0") } == nil)
    terminal.send("q")
    #expect(terminal.wait { !$0.isAlternate && $0.shows("bye") } == nil)
    terminal.send("exit\r")
    #expect(terminal.waitForEnd() != nil)
    #expect(OutputAudit.findings(in: terminal.log) == [])
  }

  @Test func aStopThatNobodyCouldUndoDoesNotStop() throws {
    let run = try ProbeRun.started()  // leader of its session: an orphaned group
    run.terminal.send("\u{1A}")
    run.expect("interruptions 1")
    run.terminal.signal(SIGCONT)
    run.expect("interruptions 2")
    run.quit()
  }

  @Test func aClosedWindowEndsItAtOnce() throws {
    let run = try ProbeRun.started()
    run.terminal.closeWindow()
    #expect(run.terminal.waitForEnd(seconds: 1) == .signal(SIGHUP))
  }

  @Test func aClosedWindowEndsItWhereHangingUpIsIgnored() throws {
    let terminal = try PseudoTerminal("/usr/bin/env", ["--ignore-signal=HUP", ProbeRun.binary])
    #expect(terminal.wait(for: "size 80x24") == nil)
    terminal.closeWindow()
    #expect(terminal.waitForEnd(seconds: 1) != nil)
  }

  @Test func aTerminalThatCannotIsRefused() throws {
    let dumb = try ProbeRun(environment: ["TERM": "dumb"])
    #expect(dumb.terminal.waitForEnd() == .exit(64))
    #expect(ProbeRun.log(of: dumb).contains("noCursorAddressing"))
    #expect(!dumb.terminal.log.contains(0x1B))
    for (redirected, word) in [(Int32(1), "input"), (Int32(0x10), "input")] {
      let run = try ProbeRun(redirected: redirected)
      #expect(run.terminal.waitForEnd() == .exit(64))
      #expect(ProbeRun.log(of: run).contains("notATerminal") && ProbeRun.log(of: run).contains(word))
      #expect(!run.terminal.log.contains(0x1B))
    }
    for redirected in [Int32(2), 0x20, 0x70] {
      let run = try ProbeRun(redirected: redirected)
      #expect(run.terminal.waitForEnd() == .exit(64))
      #expect(run.terminal.log.isEmpty)
    }
  }

  @Test func keysComeFromTheTerminalWhenInputHoldsData() throws {
    let run = try ProbeRun.started(["--piped"], redirected: 1)
    run.terminal.send("j")
    run.expect("keys 1: j")
    run.quit()
  }

  @Test(arguments: ["nosuchterm", "", "xterm-kitty"]) func anUnknownTerminalIsTakenAsXterm(term: String)
    throws
  {
    let run = try ProbeRun.started(environment: ["TERM": term])
    run.expect("colors 256 utf8 true fallback \(term.debugDescription)")
    run.quit()
  }
}

import Foundation
import Glibc
import PseudoTerminal
import Testing

/// Whatever way the reader ends, the terminal is as it was before.
@Suite(.serialized) struct TerminalLifeTests {
  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1])
  func aSignalEndsItWithTheTerminalGivenBack(number: Int32) throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    #expect(session.terminal.isAlternate && !session.terminal.isCooked)
    session.press("\r", until: "post · 11 comments")
    session.press("G", until: " 11 of 11 ")
    session.terminal.signal(number)
    #expect(session.terminal.waitForEnd() == .signal(number))
    #expect(!session.terminal.isAlternate && session.terminal.isCooked && session.terminal.showsCursor)
    let again = try ReaderSession(home: session.home)
    again.expect("discussion ")
    again.press("\r", until: " 11 of 11 ")  // where reading stopped
    again.quit()
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGBUS])
  func aCrashGivesTheTerminalBack(number: Int32) throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.terminal.signal(number)
    #expect(session.terminal.waitForEnd() == .signal(number))
    #expect(!session.terminal.isAlternate && session.terminal.isCooked && session.terminal.showsCursor)
  }

  @Test func stoppedAndContinuedItDrawsAgain() throws {
    let home = try ReaderSession.newHome()
    // A shell with job control owns the terminal while the reader is stopped.
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "-i"],
      environment: ["XDG_DATA_HOME": home.path, "PS1": "shell> ", "HISTFILE": "/dev/null"], columns: 90,
      rows: 24)
    #expect(terminal.wait(for: "shell>") == nil)
    terminal.send("\(ReaderSession.binary) \(ReaderSession.seeds)\r")
    #expect(terminal.wait(for: "discussion 1 of 8") == nil)
    for _ in 0..<3 {
      terminal.send("\u{1A}")
      #expect(terminal.wait { !$0.isAlternate && $0.shows("Stopped") } == nil)
      terminal.send("echo still $((40+2))\r")
      #expect(terminal.wait(for: "still 42") == nil)
      terminal.send("fg\r")
      #expect(terminal.wait { $0.isAlternate && $0.shows("discussion 1 of 8") } == nil)
    }
    terminal.send("Q")
    #expect(terminal.wait { !$0.isAlternate } == nil)
    terminal.send("exit\r")
    #expect(terminal.waitForEnd() != nil)
  }

  @Test(arguments: [["TERM": "nosuchterm"], ["TERM": ""], ["LC_ALL": "C"], ["LC_ALL": "en_US.UTF-8"]])
  func oddEnvironmentsStillShowLetters(environment: [String: String]) throws {
    let session = try ReaderSession(environment: environment)
    session.expect("Importance of the Social Media Office")
    session.expect("●")
    session.quit()
  }

  @Test func withoutColoursNoColourIsSent() throws {
    let session = try ReaderSession(environment: ["NO_COLOR": "1"])
    session.press("/government", until: "match 1/33")
    session.press("\r", until: "n: next match")
    session.quit()
    let text = String(decoding: session.terminal.log, as: UTF8.self)
    let styles = text.matches(of: /\u{1B}\[([0-9;]*)m/).flatMap { $0.1.split(separator: ";") }.compactMap {
      Int($0)
    }
    #expect(!styles.isEmpty)
    #expect(styles.allSatisfy { !(30...49).contains($0) && !(90...107).contains($0) })
  }

  @Test func idleItUsesNoTime() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    _ = session.terminal.wait(seconds: 0.3) { _ in false }
    let before = session.terminal.processorMilliseconds
    let logged = session.terminal.log.count
    _ = session.terminal.wait(seconds: 1) { _ in false }
    #expect(session.terminal.processorMilliseconds - before <= 20)
    #expect(session.terminal.log.count == logged)
    session.quit()
  }
}

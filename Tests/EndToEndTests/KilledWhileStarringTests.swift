import Foundation
import Glibc
import PseudoTerminal
import Testing

/// What the screen has called saved is there after kill -9.
///
/// `LECTERN_KILL_ROUNDS` says how many times; the default keeps the suite quick.
@Suite(.serialized) struct KilledWhileStarringTests {
  @Test func noStarThatTheScreenShowedAsSavedIsLost() throws {
    let rounds = ProcessInfo.processInfo.environment["LECTERN_KILL_ROUNDS"].flatMap(Int.init) ?? 5
    var acknowledged = 0
    for round in 0..<rounds {
      let session = try ReaderSession()
      session.expect("discussion 1 of 8")
      session.press("\r", until: "post · 11 comments")
      // Each round is killed at another moment: right after a key, or a little later.
      let stars = 1 + round % 7
      var shown = 0
      for star in 0..<stars {
        session.terminal.send("s")
        guard session.terminal.wait(seconds: 5, until: { $0.shows("★ saved") }) == nil else { break }
        shown += 1
        if star + 1 < stars {
          session.terminal.send("j")
          session.expectGone("★ saved")
        }
      }
      // One more is on its way when the end comes.
      session.terminal.send("js")
      if round % 3 != 0 { _ = session.terminal.wait(seconds: 0.0005 * Double(round % 11)) { _ in false } }
      session.terminal.signal(SIGKILL)
      #expect(session.terminal.waitForEnd() == .signal(SIGKILL))
      let kept = try starred(in: session.home)
      #expect(kept == shown || kept == shown + 1, "round \(round): \(shown) shown as saved, \(kept) kept")
      acknowledged += shown
    }
    #expect(acknowledged >= rounds)
  }

  private func starred(in home: URL) throws -> Int {
    try ReaderSession.bookmarks(in: home).count { $0["starred"] as? Bool == true }
  }
}

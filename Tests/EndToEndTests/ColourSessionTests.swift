import Foundation
import PseudoTerminal
import Testing

/// Colours as a terminal gets them: the theme follows what the terminal says of its paper.
@Suite struct ColourSessionTests {
  private static let light = "\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\"
  private static let question = Array("\u{1B}]11;?".utf8)

  private func paper(_ session: ReaderSession) -> Int { session.terminal.ink(column: 1, row: 0).background }

  private func hasAsked(_ session: ReaderSession) -> Bool {
    !session.terminal.log.ranges(of: ColourSessionTests.question).isEmpty
  }

  private func home(_ config: String) throws -> URL {
    let home = try ReaderSession.newHome()
    let folder = home.appendingPathComponent("lectern")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(config.utf8).write(to: folder.appendingPathComponent("config.toml"))
    return home
  }

  @Test func theAnswerOfTheTerminalRecoloursWheneverItComes() throws {
    let session = try ReaderSession()
    session.expect("Space: open")
    #expect(session.terminal.wait(until: { _ in hasAsked(session) }) == nil)
    // It is asked after something was painted.
    let firstText = session.terminal.log.ranges(of: Array("Lectern".utf8)).first?.lowerBound ?? .max
    let asked = session.terminal.log.ranges(of: ColourSessionTests.question).first?.lowerBound ?? 0
    #expect(firstText < asked)
    #expect(paper(session) == 236)
    session.press("j", until: "discussion 2 of")
    session.terminal.send(ColourSessionTests.light)
    #expect(session.terminal.wait(until: { _ in paper(session) == 253 }) == nil)
    session.terminal.send("\u{1B}]11;rgb:0000/00")
    session.terminal.send("00/0000\u{7}")
    #expect(session.terminal.wait(until: { _ in paper(session) == 236 }) == nil)
    session.press("j", until: "discussion 3 of")
    session.quit()
  }

  @Test func aThemeThatIsNamedNeedsNoQuestion() throws {
    let home = try home("[theme]\nname = \"light\"\n[keys]\n\"<F9>\" = \"down\"\n")
    let session = try ReaderSession(home: home, environment: ["XDG_CONFIG_HOME": home.path])
    session.expect("Space: open")
    #expect(paper(session) == 253)
    session.press("\u{1B}[20~", until: "discussion 2 of")
    #expect(!hasAsked(session))
    session.quit()
  }

  @Test func withoutColoursNothingIsAskedAndNothingColoured() throws {
    for environment in [["NO_COLOR": "1"], ["TERM": "vt100"]] {
      let session = try ReaderSession(environment: environment)
      session.expect("Space: open")
      session.press("j", until: "discussion 2 of")
      #expect(session.terminal.ink(column: 1, row: 0).background == -1)
      #expect(session.terminal.ink(column: 1, row: 0).attributes & 8 != 0)
      #expect(!hasAsked(session))
      session.quit()
    }
  }

  /// An answer that comes as the reader leaves is taken by it and not left for the shell.
  @Test func aLateAnswerIsNotLeftForTheShell() throws {
    let session = try ReaderSession()
    session.expect("Space: open")
    #expect(session.terminal.wait(until: { _ in hasAsked(session) }) == nil)
    session.terminal.send("Q" + ColourSessionTests.light + "\u{1B}[?64;1c")
    #expect(session.terminal.waitForEnd() == .exit(0))
    // What is left in the terminal's queue would be echoed once it is cooked again.
    #expect(!String(decoding: session.terminal.log, as: UTF8.self).contains("rgb:ffff"))
  }

  @Test func mistakesAreToldAtTheStart() throws {
    let home = try home("# nothing\nmesure = 3\nx\n")
    let session = try ReaderSession(home: home, environment: ["XDG_CONFIG_HOME": home.path])
    session.expect(
      "config.toml:2: “mesure” is no setting. Did you mean measure? (1 more: lectern config --check)")
    session.quit()
  }
}

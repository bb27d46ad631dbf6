import Foundation
import PseudoTerminal
import Testing

/// The probe, a small program around one session, in a pseudo-terminal.
struct ProbeRun {
  let terminal: PseudoTerminal

  static var binary: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("TerminalProbe").path
  }

  init(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24,
    redirected: Int32 = 0
  ) throws {
    terminal = try PseudoTerminal(
      Self.binary, arguments, environment: environment, columns: columns, rows: rows, redirected: redirected)
  }

  /// Starts the probe and waits for its first screen.
  static func started(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24,
    redirected: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProbeRun {
    let run = try ProbeRun(
      arguments, environment: environment, columns: columns, rows: rows, redirected: redirected)
    run.expect("size \(columns)x\(rows)", sourceLocation: sourceLocation)
    return run
  }

  /// All that was written; lines are not broken at the edge as on the screen.
  static func log(of run: ProbeRun) -> String { String(decoding: run.terminal.log, as: UTF8.self) }

  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    if let seen = terminal.wait(for: text) { Issue.record("\(seen)", sourceLocation: sourceLocation) }
  }

  /// Whether everything the program did to the terminal is undone, and nothing was written that is not
  /// painting.
  func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      !terminal.isAlternate && terminal.isCooked && terminal.showsCursor,
      "alternate \(terminal.isAlternate), cooked \(terminal.isCooked), cursor \(terminal.showsCursor)",
      sourceLocation: sourceLocation)
    let log = String(decoding: terminal.log, as: UTF8.self)
    let on = log.components(separatedBy: "\u{1B}[?2004h").last ?? ""
    #expect(on.contains("\u{1B}[?2004l") || on == log, sourceLocation: sourceLocation)
    #expect(OutputAudit.findings(in: terminal.log) == [], sourceLocation: sourceLocation)
  }

  func quit(sourceLocation: SourceLocation = #_sourceLocation) {
    terminal.send("q")
    #expect(terminal.waitForEnd() == .exit(0), sourceLocation: sourceLocation)
    expectRestored(sourceLocation: sourceLocation)
  }
}

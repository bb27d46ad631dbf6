import Foundation
import Glibc
import PseudoTerminal
import Testing

/// The real program in a real pseudo-terminal, with a home of its own.
struct ReaderSession {
  let terminal: PseudoTerminal
  let home: URL

  static var binary: String {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("lectern").path
  }

  static var packageRoot: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  static var seeds: String { packageRoot.appendingPathComponent("seeds").path }

  init(
    _ arguments: [String] = [ReaderSession.seeds], home: URL? = nil, environment: [String: String] = [:],
    columns: Int = 100, rows: Int = 30
  ) throws {
    self.home = try home ?? ReaderSession.newHome()
    var variables = environment
    variables["XDG_DATA_HOME"] = self.home.path
    variables["XDG_CACHE_HOME"] = self.home.path
    terminal = try PseudoTerminal(
      ReaderSession.binary, arguments, environment: variables, columns: columns, rows: rows)
  }

  static func newHome() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  /// Sends keys and waits for a text.
  func press(
    _ keys: String, until needle: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    terminal.send(keys)
    expect(needle, sourceLocation: sourceLocation)
  }

  /// Waits for a text.
  func expect(_ needle: String, sourceLocation: SourceLocation = #_sourceLocation) {
    if let seen = terminal.wait(for: needle) { Issue.record("\(seen)", sourceLocation: sourceLocation) }
  }

  /// Waits until a text is gone.
  func expectGone(_ needle: String, sourceLocation: SourceLocation = #_sourceLocation) {
    if let seen = terminal.wait(until: { !$0.shows(needle) }) {
      Issue.record("still shows \(needle); \(seen)", sourceLocation: sourceLocation)
    }
  }

  /// Quits and checks that the terminal is given back.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) {
    terminal.send("Q")
    #expect(terminal.waitForEnd() == .exit(0), sourceLocation: sourceLocation)
    #expect(
      !terminal.isAlternate && terminal.isCooked && terminal.showsCursor, sourceLocation: sourceLocation)
  }

  /// What is on the shelf, as `lectern bookmarks list --json` says.
  static func bookmarks(in home: URL) throws -> [[String: Any]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ReaderSession.binary)
    process.arguments = ["bookmarks", "list", "--json"]
    process.environment = ["XDG_DATA_HOME": home.path, "XDG_CACHE_HOME": home.path, "LC_ALL": "C.UTF-8"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(object?["bookmarks"] as? [[String: Any]])
  }
}

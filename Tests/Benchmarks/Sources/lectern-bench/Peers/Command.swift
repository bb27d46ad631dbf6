import Foundation

/// A program that is run to its end.
struct Command {
  var words: [String]
  var environment: [String: String] = [:]

  struct Outcome {
    var output: Data
    var error: String
    var code: Int32
    /// Seconds on the clock.
    var wall: Double
  }

  /// Runs it, looking for it in PATH; nil if it cannot be started.
  func run() -> Outcome? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    let complaints = NSTemporaryDirectory() + "lectern-bench-\(getpid()).err"
    _ = FileManager.default.createFile(atPath: complaints, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: complaints) }
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: complaints)
    let begun = Clocks.wall
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let wall = Clocks.wall - begun
    let error = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
    return Outcome(output: data, error: error, code: process.terminationStatus, wall: wall)
  }

  /// What it prints, without the end of the line; nil if it fails.
  var line: String? {
    guard let outcome = run(), outcome.code == 0 else { return nil }
    return String(decoding: outcome.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

import Foundation

/// A mailbox as a newsgroup on this machine alone, for slrn; ends with this value.
final class NewsServer {
  private let process = Process()
  private let input = Pipe()
  let port: Int
  /// How many messages it serves.
  let count: Int

  /// Starts it and waits until it has read the mailbox; nil where that fails.
  init?(script: String, mailbox: String) {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, mailbox]
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return nil }
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard numbers.count == 2 else {
      process.terminate()
      return nil
    }
    (port, count) = (numbers[0], numbers[1])
  }

  deinit {
    input.fileHandleForWriting.closeFile()
    process.waitUntilExit()
  }
}

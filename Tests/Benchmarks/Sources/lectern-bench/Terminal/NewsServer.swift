import Foundation
import Glibc

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
    var bytes: [UInt8] = []
    while bytes.last != UInt8(ascii: "\n") {
      var byte: UInt8 = 0
      let count = read(output.fileHandleForReading.fileDescriptor, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { break }
      bytes.append(byte)
    }
    let line = String(decoding: bytes, as: UTF8.self)
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

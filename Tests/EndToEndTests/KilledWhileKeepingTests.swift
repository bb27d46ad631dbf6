import Foundation
import Glibc
import Testing

/// A program that is killed while it keeps what it read leaves the old or the new behind, never a mixture.
@Suite struct KilledWhileKeepingTests {
  private static func messages(_ numbers: Range<Int>) -> String {
    numbers.map { number in
      """
      From writer@example.org Mon Jan  1 00:00:00 2024
      From: Writer \(number % 7) <writer@example.org>
      Subject: Matter \(number / 3)
      Message-ID: <mail\(number)@example.org>
      Date: Mon, 1 Jan 2024 \(number / 3600 % 24 + 10):\(number / 60 % 60):\(number % 50 + 10) +0000

      \(String(repeating: "word\(number) ", count: 260))


      """
    }.joined()
  }

  /// Starts `lectern list all.mbox` and kills it after some microseconds.
  /// - Returns: whether it was killed before it ended, and how long it ran.
  private func killed(in scratch: CommandLineScratch, after delay: Int64) throws -> (Bool, Int64) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLineRun.program)
    process.arguments = ["list", "all.mbox"]
    process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
    process.environment = ["HOME": scratch.path, "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let start = Self.microseconds
    try process.run()
    if delay > 0 {
      usleep(UInt32(delay))
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    return (process.terminationReason == .uncaughtSignal, Self.microseconds - start)
  }

  private static var microseconds: Int64 {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
  }

  @Test func oldOrNewIsFoundWheneverItIsKilled() throws {
    let scratch = try CommandLineScratch()
    var count = 600
    try scratch.write("all.mbox", Self.messages(0..<count))
    let (_, whole) = try killed(in: scratch, after: 0)
    let moments: Int64 = 12
    var deaths = 0
    for moment in 1...moments {
      // Something new each time; now and then nothing was kept before.
      try append(Self.messages(count..<count + 60), to: scratch)
      count += 60
      if moment % 4 == 0 { _ = unsafe system("rm -rf '\(scratch.path)/.cache'") }
      let (isKilled, _) = try killed(in: scratch, after: max(1, whole * moment / moments))
      deaths += isKilled ? 1 : 0
      // What is left is whole, and with the sources it says what they say alone.
      let check = try scratch.run("check", "--cache-only", "all.mbox")
      #expect(check.code == 0, "\(check.text)")
      let truth = try scratch.run("list", "--no-cache", "all.mbox")
      let found = try scratch.run("list", "all.mbox")
      #expect(truth.code == 0 && found.text == truth.text)
      #expect(found.complaints.isEmpty, "\(found.complaints)")
    }
    #expect(deaths > 0)
    // Who wrote last has removed what the dead left half written.
    #expect(unsafe system("ls -A '\(scratch.path)/.cache/lectern' | grep -q '^[.].*tmp$'") != 0)
  }

  private func append(_ text: String, to scratch: CommandLineScratch) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(scratch.path)/all.mbox"))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }
}

import ArgumentParser
import Glibc
import Grid

/// Standard output, buffered. A reader that went away (`| head`) ends the program quietly.
struct Output: ~Copyable {
  private var buffer: [UInt8] = []

  /// Appends bytes that are fit to print.
  mutating func write(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count > 1 << 16 { flush() }
  }

  /// Appends text of our own.
  mutating func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { flush() }
  }

  /// Appends text from a source, by the display rule.
  mutating func write(untrusted bytes: [UInt8], lineEnds: DisplayRule.LineEnds) {
    write(DisplayRule.printable(bytes.span, lineEnds: lineEnds))
  }

  /// Writes everything out. What cannot be written ends the program with a sentence: a digest cut short
  /// must not pass for a whole one.
  mutating func flush() {
    var offset = 0
    while offset < buffer.count {
      let written = unsafe buffer[offset...].withUnsafeBytes { bytes in
        unsafe Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
      }
      if written >= 0 {
        offset += written
      } else if errno == EPIPE {
        Glibc.exit(0)
      } else if errno != EINTR {
        complain("lectern: \(Sentences.cannotPrint(errno))")
        Glibc.exit(Exit.failure.rawValue)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Exit codes, after sysexits(3).
enum Exit {
  static let nothingFound = ExitCode(1)
  static let usage = ExitCode(64)
  static let unreadable = ExitCode(65)
  static let failure = ExitCode(70)
}

/// Says one line on standard error, by the display rule.
func complain(_ line: String) {
  let bytes = Array((DisplayRule.printable(line) + "\n").utf8)
  var offset = 0
  while offset < bytes.count {
    let written = unsafe bytes[offset...].withUnsafeBytes {
      unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
    }
    if written <= 0 { return }
    offset += written
  }
}

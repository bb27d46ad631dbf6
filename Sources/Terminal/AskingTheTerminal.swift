import CNcurses

#if canImport(Glibc)
  import Glibc
#endif

/// Questions to the terminal. Nothing waits for an answer: it comes among the keys whenever it comes.
extension TerminalSession {
  /// Asks for the colour of the paper, and for the device attributes behind it: every terminal answers the
  /// second, so that it is known when no answer to the first will come. `readInput` gives `background`.
  /// Ask after the first painting. Terminals that would print the question are not asked.
  public mutating func askBackground() {
    guard screen_takes_strings() == 1 else { return }
    let question = Array("\u{1B}]11;?\u{1B}\\\u{1B}[c".utf8)
    unsafe screen_write_string(question, Int32(question.count))
    decoder.awaitsReply = true
    askedAt = .now
  }

  /// Seconds after which an answer is not expected any more.
  static var questionLife: Duration { .seconds(5) }

  /// Takes what the terminal still has to answer before it is given back, or the shell would get it as
  /// typed. Waits only when it was asked less than a second ago, and then at most a tenth of one.
  mutating func takeLateAnswer() { Self.takeLateAnswer(&decoder, askedAt: askedAt, keys: keys) }

  static func takeLateAnswer(_ decoder: inout KeyDecoder, askedAt: ContinuousClock.Instant, keys: Int32) {
    guard decoder.awaitsReply, ContinuousClock.now - askedAt < .seconds(1) else { return }
    let end = ContinuousClock.now + .milliseconds(100)
    var ignored: [TerminalInput] = []
    while decoder.awaitsReply {
      let left = (end - .now).components.attoseconds / 1_000_000_000_000_000
      guard ContinuousClock.now < end else { break }
      var polled = pollfd(fd: keys, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&polled, 1, Int32(left + 1)) > 0, polled.revents & Int16(POLLIN) != 0 else { break }
      // A byte at a time: what is typed behind the answer belongs to whoever has the terminal next.
      var byte: UInt8 = 0
      guard unsafe read(keys, &byte, 1) == 1 else { break }
      decoder.feed(Int(byte), into: &ignored)
    }
    decoder.awaitsReply = false
  }
}

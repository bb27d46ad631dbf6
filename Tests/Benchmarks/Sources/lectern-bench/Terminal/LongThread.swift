import Foundation

/// Threads of ten and of a hundred thousand comments, otherwise alike, and keys pressed in them.
struct LongThread {
  let program: String
  let scratch: String

  static let counts = [10, 100_000]

  /// Writes a mailbox of one thread: every message answers one of the eight before it.
  private func mailbox(_ count: Int) -> String? {
    var text = ""
    var random = Seeded(state: 11)
    let words = [
      "harbour", "lantern", "of", "the", "river", "and", "stone", "under", "a", "winter", "bridge",
    ]
    for number in 0...count {
      text +=
        "From a@example.org Sat Jan  1 00:00:00 2005\nFrom: Reader \(number % 40) <r\(number % 40)@example.org>\n"
      text += "Subject: \(number == 0 ? "" : "Re: ")The long thread\n"
      text += "Message-ID: <\(number)@example.org>\nDate: Sat, 01 Jan 2005 00:00:00 +0000\n"
      if number > 0 {
        text += "In-Reply-To: <\(Int.random(in: max(0, number - 8)..<number, using: &random))@example.org>\n"
      }
      text += "\n"
      for _ in 0..<12 {
        text +=
          (0..<10).map { _ in words[Int.random(in: words.indices, using: &random)] }.joined(separator: " ")
          + "\n"
      }
      text += "\n"
    }
    let path = "\(scratch)/thread-\(count).mbox"
    return (try? text.write(toFile: path, atomically: true, encoding: .utf8)) == nil ? nil : path
  }

  /// Times of keys in the middle of each thread.
  func measure() -> SessionFigures {
    var figures = SessionFigures()
    for count in LongThread.counts {
      let home = "\(scratch)/thread-\(count)"
      try? FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
      guard let file = mailbox(count) else {
        figures.faults.append("no mailbox of \(count)")
        continue
      }
      let reader = ReaderUnderTest.lectern(program, file)
      figures.version = reader.version
      guard
        let terminal = PseudoTerminal(
          reader.command(home), environment: ReaderUnderTest.environment(home), columns: SessionBench.columns,
          rows: SessionBench.rows, isFollowed: true),
        terminal.wait(
          seconds: 60, until: { reader.showsList($0) && $0.line(0).contains(" \(count) comments") })
          != nil, terminal.rest(seconds: 60)
      else {
        figures.faults.append("no list of \(count)")
        continue
      }
      terminal.type("\r")
      terminal.settle(milliseconds: 300)
      figures.note("thread of \(count), first page", terminal.burst("gg", quiet: 60)?.time)
      figures.note("thread of \(count), to its end", terminal.burst("G", quiet: 60)?.time)
      _ = terminal.burst("\u{02}\u{02}", quiet: 60)
      for (name, on, back) in [("j", "j", "k"), ("page", "\u{06}", "\u{02}"), ("line", "\u{05}", "\u{19}")] {
        let before = terminal.processorSeconds ?? 0
        defer {
          let used = (terminal.processorSeconds ?? 0) - before
          figures.note("thread of \(count), \(name), processor", used * 1e6 / 200)
        }
        for number in 0..<200 {
          // Never against an end, where nothing moves.
          let time = terminal.time(key: number % 2 == 0 ? back : on)
          figures.note("thread of \(count), \(name)", time?.last)
        }
      }
      terminal.type("Q")
      if terminal.end(seconds: 20).code != 0 { figures.faults.append("the reader failed") }
    }
    return figures
  }
}

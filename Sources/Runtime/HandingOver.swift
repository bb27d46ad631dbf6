import Bytes
import Discussion
import Glibc
import Grid
import Reader
import Shelf
import Terminal

/// What goes to other programs and into files. Programs are started by an argument vector, never by a
/// shell.
extension ReaderLoop where Face: ~Copyable {
  /// Opens an address by `$BROWSER`, else xdg-open, in a session of its own.
  mutating func openLink(_ address: String) {
    var command = ["xdg-open"]
    if let browser = Self.variable("BROWSER") {
      guard let words = CommandWords.split(browser), !words.isEmpty else {
        dispatch(.notice("Not opened: BROWSER is \(browser), which cannot be parted into words."))
        return
      }
      command = words
    }
    openers.submit { [mailbox, command] in
      let name = DisplayRule.printable(command[0])
      switch ChildProgram.runDetached(command + [address]) {
      case .exit(0): break
      case .exit(let status): mailbox.post(.notice("\(name) ended with \(status): \(address)"))
      case .signal(let number): mailbox.post(.notice("\(name) was ended by signal \(number): \(address)"))
      case .notStarted(ENOENT):
        mailbox.post(
          .notice("Not opened: there is no \(name) here. BROWSER names another program; y copies."))
      case .notStarted(let code):
        mailbox.post(.notice("Not opened: \(name) cannot be started (\(SystemErrorText.of(code)))."))
      }
    }
  }

  /// Gives a passage to a program that gets the terminal.
  mutating func pipe(_ passage: Passage, to line: String) {
    guard let words = CommandWords.split(line), let program = words.first else {
      dispatch(.notice("Not run: a quote in the command is not closed."))
      return
    }
    if let sign = words.first(where: { ["|", ">", ">>", "<", "&&", "||", ";", "&"].contains($0) }) {
      dispatch(.notice("Not run: no shell reads \(sign) here. Say sh -c '… \(sign) …'."))
      return
    }
    if case .bookmarks(let targets) = passage {
      guard let text = digest(of: targets) else { return }
      return run(words, program, input: text)
    }
    run(words, program, input: PassageText(of: passage, in: state.library).plain())
  }

  private mutating func run(_ words: [String], _ program: String, input: [UInt8]) {
    let name = DisplayRule.printable(program.split(separator: "/").last.map(String.init) ?? program)
    let (end, endSignal) = terminal.run(words, input: input) { end in
      let result =
        switch end {
        case .exit(0): ""
        case .exit(let status): " ended with \(status)."
        case .signal(let number): " was ended by signal \(number)."
        case .notStarted: ""
        }
      return "\n[\(result.isEmpty ? "" : name + result + " ")Enter goes back to Lectern] "
    }
    if let endSignal { self.end(by: endSignal) }
    switch end {
    case .notStarted(ENOENT): dispatch(.notice("Not run: there is no \(name) here."))
    case .notStarted(let code): dispatch(.notice("Not run: \(name): \(SystemErrorText.of(code))."))
    case .exit(0): dispatch(.notice("Given to \(name)."))
    case .exit(let status): dispatch(.notice("\(name) ended with \(status)."))
    case .signal(let number): dispatch(.notice("\(name) was ended by signal \(number)."))
    }
  }

  /// Writes a passage into a file that is not there yet, unless it may replace one.
  mutating func save(_ passage: Passage, to typed: String, suggested: String, replaces: Bool) {
    var path = PathName(Self.path(typed))
    if path.kind == .folder { path = path.appending(Array(suggested.utf8)) }
    let shown = String(decoding: path.bytes, as: UTF8.self)
    let ending = shown.lowercased()
    var bytes: [UInt8]
    if case .bookmarks(let targets) = passage {
      guard let kept = ending.hasSuffix(".json") ? bookmarksJSON(of: targets) : digest(of: targets) else {
        return
      }
      bytes = kept
    } else {
      let text = PassageText(of: passage, in: state.library)
      bytes =
        ending.hasSuffix(".json") ? text.json() : ending.hasSuffix(".txt") ? text.plain() : text.markdown()
    }
    do throws(FileError) {
      if replaces {
        try DurableFile.replace(path, with: bytes)
      } else if try !DurableFile.create(path, with: bytes) {
        dispatch(.fileExists(passage, path: shown))
        return
      }
      dispatch(
        .notice("Saved \(passage.name(in: state.library)): \(Self.count(bytes.count)) in \(shown)"))
    } catch {
      dispatch(.notice("Not saved: \(shown): \(SystemErrorText.of(error))."))
    }
  }

  private static func count(_ bytes: Int) -> String {
    bytes < 10_000 ? "\(bytes) bytes" : bytes < 10_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB"
  }

  /// A variable of the environment; nil when it is not set or empty.
  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// A process that asks this one to end while another has the terminal is heard.
  mutating func end(by signal: Int32) {
    end = .signal(signal)
    isOver = true
  }
}

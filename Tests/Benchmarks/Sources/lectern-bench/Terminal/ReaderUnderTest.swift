import Foundation

/// A reader that is measured, and how it is handled.
struct ReaderUnderTest {
  var name: String
  var version: String
  /// Starts it on a mailbox, with a folder of its own.
  var command: (_ home: String) -> [String]
  /// What is pressed to get from its first screen to the list, and what the first screen shows.
  var entrance: (shows: String, key: String)?
  /// Whether the list of messages or threads is on the screen.
  var showsList: (Emulator) -> Bool
  /// The row that is selected in the list.
  var selected: (Emulator) -> Int?
  /// Whether it still loads.
  var isLoading: (Emulator) -> Bool
  var down: String
  var up: String
  var pageDown: String
  var pageUp: String
  /// From the list into a text, and in there on.
  var open = "\r"
  var readOn = " "
  /// One line down in a text.
  var lineDown: String
  var redraw = "\u{0C}"
  var quit: String
  /// Whether a second start finds something that the first one left.
  var hasCache = false

  /// Environment with a home of its own.
  static func environment(_ home: String) -> [String] {
    [
      "HOME=\(home)", "XDG_DATA_HOME=\(home)/data", "XDG_CACHE_HOME=\(home)/cache",
      "XDG_CONFIG_HOME=\(home)/config", "SWIFT_BACKTRACE=enable=no",
    ]
  }
}

extension ReaderUnderTest {
  static func lectern(_ program: String, _ mailbox: String) -> ReaderUnderTest {
    let version = Command(words: [program, "--version"]).line ?? "unknown"
    return ReaderUnderTest(
      name: "lectern", version: "lectern \(version)", command: { _ in [program, mailbox] },
      showsList: { $0.line(1).hasPrefix("▌") },
      selected: { screen in (1..<screen.rows).first { screen.line($0).hasPrefix("▌") } },
      isLoading: { $0.line(0).contains(" % ") || !$0.line(0).contains("discussion") },
      down: "j", up: "k", pageDown: "\u{06}", pageUp: "\u{02}", lineDown: "\u{05}", quit: "Q", hasCache: true)
  }

  static func neomutt(_ mailbox: String) -> ReaderUnderTest? {
    guard let version = Command(words: ["neomutt", "-v"]).line?.split(separator: "\n").first else {
      return nil
    }
    return ReaderUnderTest(
      name: "neomutt", version: String(version),
      command: { _ in
        [
          "neomutt", "-R", "-n", "-F", "/dev/null", "-e", "set sort=threads quit=yes folder=/", "-f", mailbox,
        ]
      },
      showsList: { $0.line($0.rows - 2).contains("(threads") },
      selected: \.firstMarkedRow, isLoading: { _ in false }, down: "j", up: "k", pageDown: "z", pageUp: "Z",
      lineDown: "\r", quit: "xx")
  }

  /// - Parameter port: where the mailbox is served as a newsgroup.
  static func slrn(port: Int) -> ReaderUnderTest? {
    guard let version = Command(words: ["slrn", "--version"]).line?.split(separator: "\n").first else {
      return nil
    }
    return ReaderUnderTest(
      name: "slrn", version: String(version),
      command: { home in
        let settings =
          "hostname \"bench.invalid\"\nset username \"reader\"\nset query_read_group_cutoff 0\nset confirm_actions 0\n"
        try? settings.write(toFile: "\(home)/slrnrc", atomically: true, encoding: .utf8)
        try? "bench.mailbox: \n".write(toFile: "\(home)/newsrc", atomically: true, encoding: .utf8)
        return [
          "slrn", "-n", "-k", "-f", "\(home)/newsrc", "-i", "\(home)/slrnrc", "-h", "127.0.0.1", "-p",
          String(port),
        ]
      },
      entrance: ("bench.mailbox", "\r"),
      showsList: { $0.line($0.rows - 2).contains("Group: bench.mailbox") },
      selected: { screen in (1..<screen.rows).first { screen.line($0).hasPrefix("->") } },
      isLoading: { _ in false }, down: "\u{0E}", up: "\u{10}", pageDown: "\u{04}", pageUp: "\u{15}",
      lineDown: "\r", quit: "qqqq")
  }
}

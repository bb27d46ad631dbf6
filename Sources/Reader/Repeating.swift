/// A command as it was run.
struct RememberedCommand: Sendable, Hashable {
  var command: Command
  var argument: Unicode.Scalar?
  var times: Int?
}

/// Running the last command again.
extension ReaderState {
  /// Runs a command that was asked for by a key or by its name.
  mutating func runAndRemember(_ command: Command, argument: Unicode.Scalar?, times: Int?) -> [Effect] {
    if command.isRepeatable {
      lastCommand = RememberedCommand(command: command, argument: argument, times: times)
    }
    return run(command, argument: argument, times: times)
  }

  /// Runs the last command once more; a count of its own goes before the one it had, and stays.
  mutating func repeatLast(times: Int?) -> [Effect] {
    guard var last = lastCommand else {
      message = "There is no command to repeat yet."
      return []
    }
    if let times { last.times = times }
    lastCommand = last
    return run(last.command, argument: last.argument, times: last.times)
  }
}

extension Command {
  /// Whether it does something to what is read, and does not only come and go.
  fileprivate var isRepeatable: Bool {
    switch self {
    case .repeatLast, .palette, .help, .redraw, .suspend, .leave, .quit, .interrupt, .undo, .reloadConfig:
      false
    default: true
    }
  }

  /// The names that begin so, as the palette completes them.
  public static func names(beginningWith text: String) -> [String] {
    allCases.map(\.name).filter { $0.hasPrefix(text) }
  }
}

public import Grid

/// A sequence of keys in writing: `gg`, `<C-d>`, `<A-Left>`, `<Space>`.
public struct KeySequence: Hashable, Sendable {
  /// The keys in the order they are pressed.
  public var keys: [Key]
  /// Whether any letter follows as an argument, written `{a-z}`.
  public var takesLetter: Bool

  /// Reads the notation; nil when a name between `<` and `>` is unknown.
  public init?(_ notation: String) {
    keys = []
    takesLetter = false
    var rest = Substring(notation)
    while let first = rest.unicodeScalars.first {
      if rest == "{a-z}" {
        takesLetter = true
        return
      }
      if first == "<", rest.utf8.count > 1, let end = rest.firstIndex(of: ">") {
        guard let key = KeySequence.named(rest[rest.index(after: rest.startIndex)..<end]) else { return nil }
        keys.append(key)
        rest = rest[rest.index(after: end)...]
      } else {
        keys.append(Key(.scalar(first)))
        rest = rest.dropFirst()
      }
    }
  }

  private static func named(_ name: Substring) -> Key? {
    var rest = name
    var control = false
    var alt = false
    while rest.utf8.count > 2 {
      if rest.hasPrefix("C-") {
        control = true
      } else if rest.hasPrefix("A-") {
        alt = true
      } else {
        break
      }
      rest = rest.dropFirst(2)
    }
    let codes: [Substring: Key.Code] = [
      "Space": .scalar(" "), "Enter": .enter, "Tab": .tab, "S-Tab": .backTab, "Esc": .escape,
      "Backspace": .backspace, "Delete": .delete, "Up": .up, "Down": .down, "Left": .left,
      "Right": .right, "Home": .home, "End": .end, "PageUp": .pageUp, "PageDown": .pageDown,
    ]
    if rest.first == "F", let number = Int(rest.dropFirst()), (1...63).contains(number) {
      return Key(.function(number), alt: alt, control: control)
    }
    if let code = codes[rest] { return Key(code, alt: alt, control: control) }
    guard rest.unicodeScalars.count == 1, let scalar = rest.unicodeScalars.first else { return nil }
    return Key(.scalar(scalar), alt: alt, control: control)
  }
}

/// Which keys run which command.
public struct Keymap: Sendable {
  /// What keys pressed so far amount to.
  public enum Match: Equatable, Sendable {
    /// A command, with the last key when that is an argument.
    case command(Command, argument: Unicode.Scalar?)
    /// The beginning of some command.
    case prefix
    /// Nothing.
    case none
  }

  private var commands: [[Key]: Command] = [:]
  private var prefixes: Set<[Key]> = []
  private var letterPrefixes: [[Key]: Command] = [:]

  /// The default keys of the command table.
  public static let standard = Keymap()

  /// A keymap of the table's default keys.
  public init() {
    for command in Command.allCases {
      for notation in command.entry.keys { bind(notation, to: command) }
    }
  }

  /// Binds keys to a command; what is not readable as keys is left out.
  public mutating func bind(_ notation: String, to command: Command) {
    guard let sequence = KeySequence(notation), !sequence.keys.isEmpty else { return }
    for length in 1..<max(1, sequence.keys.count) { prefixes.insert(Array(sequence.keys.prefix(length))) }
    if sequence.takesLetter {
      prefixes.insert(sequence.keys)
      letterPrefixes[sequence.keys] = command
    } else {
      commands[sequence.keys] = command
    }
  }

  /// What keys amount to.
  public func match(_ keys: [Key]) -> Match {
    if let command = commands[keys] {
      if case .scalar(let last)? = keys.last?.code, keys.count > 1 {
        return .command(command, argument: last)
      }
      return .command(command, argument: nil)
    }
    if let last = keys.last, case .scalar(let letter) = last.code, ("a"..."z").contains(letter),
      !last.alt, !last.control, let command = letterPrefixes[Array(keys.dropLast())]
    {
      return .command(command, argument: letter)
    }
    return prefixes.contains(keys) ? .prefix : .none
  }
}

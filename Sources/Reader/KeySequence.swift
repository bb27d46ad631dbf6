public import Grid

/// A sequence of keys in writing: `gg`, `<C-d>`, `<A-Left>`, `<Space>`.
public struct KeySequence: Hashable, Sendable {
  /// The keys in the order they are pressed.
  public var keys: [Key]
  /// Whether any letter follows as an argument, written `{a-z}`.
  public var takesLetter: Bool

  /// Reads the notation; nil when a name between `<` and `>` is unknown. Names are read in any case, and
  /// those that vim and mutt have for the same key count too: `<CR>`, `<BS>`, `<M-x>`, `<PgDn>`.
  public init?(_ notation: String) {
    keys = []
    takesLetter = false
    var rest = Substring(notation)
    while let first = rest.unicodeScalars.first {
      if rest == "{a-z}" {
        takesLetter = true
        return
      }
      if first == "<", rest.utf8.count > 1, let end = rest.dropFirst(2).firstIndex(of: ">") {
        guard let key = KeySequence.named(rest[rest.index(after: rest.startIndex)..<end]) else { return nil }
        keys.append(key)
        rest = rest[rest.index(after: end)...]
      } else {
        keys.append(Key(.scalar(first)))
        rest = rest.dropFirst()
      }
    }
  }

  /// The keys in writing; what `init` reads as the same keys.
  public var notation: String {
    keys.map(KeySequence.name).joined() + (takesLetter ? "{a-z}" : "")
  }

  /// The names of keys that have no sign, each with others that are read as well.
  private static let names: [(code: Key.Code, name: String, others: [String])] = [
    (.scalar(" "), "Space", []), (.enter, "Enter", ["cr", "return"]), (.tab, "Tab", []),
    (.backTab, "S-Tab", ["backtab"]), (.escape, "Esc", ["escape"]), (.backspace, "Backspace", ["bs"]),
    (.delete, "Delete", ["del"]), (.insert, "Insert", ["ins"]), (.up, "Up", []), (.down, "Down", []),
    (.left, "Left", []), (.right, "Right", []), (.home, "Home", []), (.end, "End", []),
    (.pageUp, "PageUp", ["pgup"]), (.pageDown, "PageDown", ["pgdn", "pgdown"]), (.scalar("<"), "lt", []),
    (.scalar(">"), "gt", []),
  ]

  private static func named(_ name: Substring) -> Key? {
    var rest = name
    var control = false
    var alt = false
    while rest.utf8.count > 2 {
      if rest.hasPrefix("C-") || rest.hasPrefix("c-") {
        control = true
      } else if ["A-", "a-", "M-", "m-"].contains(where: rest.hasPrefix) {
        alt = true
      } else {
        break
      }
      rest = rest.dropFirst(2)
    }
    let word = rest.lowercased()
    if word.first == "f", let number = Int(word.dropFirst()), (1...63).contains(number) {
      return Key(.function(number), alt: alt, control: control)
    }
    if let known = names.first(where: { $0.name.lowercased() == word || $0.others.contains(word) }) {
      return Key(known.code, alt: alt, control: control)
    }
    guard rest.unicodeScalars.count == 1, let scalar = rest.unicodeScalars.first else { return nil }
    guard control else { return Key(.scalar(scalar), alt: alt) }
    // What a terminal sends for these is another key's.
    switch scalar {
    case "i", "I": return Key(.tab, alt: alt)
    case "m", "M", "j", "J": return Key(.enter, alt: alt)
    case "h", "H", "?": return Key(.backspace, alt: alt)
    case "[": return Key(.escape, alt: alt)
    default: return Key(.scalar(word.unicodeScalars.first ?? scalar), alt: alt, control: true)
    }
  }

  private static func name(of key: Key) -> String {
    let modifiers = (key.control ? "C-" : "") + (key.alt ? "A-" : "")
    if case .function(let number) = key.code { return "<\(modifiers)F\(number)>" }
    if case .scalar(let scalar) = key.code, scalar != " ",
      modifiers.isEmpty || (scalar != "<" && scalar != ">")
    {
      return modifiers.isEmpty ? String(scalar) : "<\(modifiers)\(scalar)>"
    }
    let name = names.first { $0.code == key.code }?.name ?? "?"
    return "<\(modifiers)\(name)>"
  }
}

/// Taking what the user has set, and telling the keys that hold.
extension ReaderState {
  mutating func take(_ new: ReaderOptions) -> [Effect] {
    let old = options
    guard new != old else { return [] }
    pendingKeys = []
    keepingTopLine { $0.options = new }
    // What was chosen by hand since stays, unless the setting itself is another now.
    if new.hitOrder != old.hitOrder { hitOrder = new.hitOrder }
    if new.usesMouse != old.usesMouse { usesMouse = new.usesMouse }
    let keys = keysHere()
    help?.keys = keys
    return new.listSort == old.listSort || new.listSort == arrangement.sort ? [] : sortList(by: new.listSort)
  }

  /// What was read again. A file with a mistake in it changes nothing: what was in force stays.
  mutating func take(_ new: ReaderOptions, problem: String?) -> [Effect] {
    if let problem {
      message = problem
      return []
    }
    if new != options { message = "The settings were read again." }
    return take(new)
  }

  /// Whether colours depend on how light the terminal's paper is.
  public var followsPaper: Bool {
    capabilities.colors >= 256 && [.auto, .highContrast].contains(options.theme.name)
  }

  /// The keys that run a command here, in writing.
  public func keys(of command: Command) -> [String] {
    let context = surface.keyContext
    guard search != nil, options.keymap.contexts.contains(.search) else {
      return options.keymap.keys(of: command, in: context)
    }
    return options.keymap.keys(of: command, in: context, isSearching: true)
  }

  /// The first key that runs a command here, as a hint shows it: `Space`, `?`, `^T`; nil without one.
  public func keyHint(for command: Command) -> String? {
    guard let key = keys(of: command).first else { return nil }
    guard key.utf8.count > 2, key.first == "<", key.firstIndex(of: ">") == key.index(before: key.endIndex)
    else { return key }
    let name = key.dropFirst().dropLast()
    return name.hasPrefix("C-") && name.utf8.count == 3 ? "^" + name.suffix(1).uppercased() : String(name)
  }

  /// The keys of every command here.
  func keysHere() -> [Command: [String]] {
    Dictionary(uniqueKeysWithValues: Command.allCases.map { ($0, keys(of: $0)) })
  }
}

public import Grid

/// Where a binding holds.
public enum KeyContext: String, CaseIterable, Sendable, Hashable {
  /// Everywhere, unless one of the others says something else of the same keys.
  case all
  case list, thread, hits, bookmarks
  /// Sources, timelines, who answers whom.
  case overview
  /// On every surface while a search is active; goes before the surface's own.
  case search
}

extension Surface {
  /// The context of the keys on this surface.
  public var keyContext: KeyContext {
    switch self {
    case .list: .list
    case .thread: .thread
    case .hits: .hits
    case .bookmarks: .bookmarks
    case .overview: .overview
    }
  }
}

/// Which keys run which command, by context.
public struct Keymap: Sendable, Equatable {
  /// What keys pressed so far amount to.
  public enum Match: Equatable, Sendable {
    /// A command, with the last key when that is an argument.
    case command(Command, argument: Unicode.Scalar?)
    /// The beginning of some command.
    case prefix
    /// Nothing.
    case none
  }

  /// Keys and the command that they run; nil takes away what they ran.
  public struct Binding: Hashable, Sendable {
    /// The keys.
    public var sequence: KeySequence
    /// The command.
    public var command: Command?

    /// A binding.
    public init(_ sequence: KeySequence, _ command: Command?) {
      self.sequence = sequence
      self.command = command
    }
  }

  /// Two bindings that cannot both be reached: the keys of one are, or begin, those of the other.
  public struct Clash: Hashable, Sendable {
    /// The one that holds.
    public var kept: Binding
    /// The one that cannot be reached.
    public var lost: Binding
    /// Where.
    public var context: KeyContext
    /// Whether both were made by `bind`, so that one of them must be wrong.
    public var isOwn: Bool
  }

  /// The table that the rest is laid over.
  public let preset: Preset
  /// What was bound on top of it, in the order in which it was.
  public private(set) var own: [KeyContext: [Binding]] = [:]
  /// The contexts whose keys differ from those that hold everywhere, and `all`.
  public private(set) var contexts: [KeyContext] = [.all]
  private let presetBindings: [KeyContext: [Binding]]
  private var tables: [Situation: KeyTable] = [:]

  /// The surface's context, or `all` where it has no keys of its own, and whether a search is active.
  private struct Situation: Hashable {
    var context: KeyContext
    var isSearching: Bool
  }

  /// The default keys of the command table.
  public static let standard = Keymap(preset: .vim)

  /// The keys of a preset.
  public init(preset: Preset) {
    self.preset = preset
    presetBindings = preset.bindings
    build()
  }

  /// Two keymaps are the same when they were made of the same.
  public static func == (left: Keymap, right: Keymap) -> Bool {
    left.preset == right.preset && left.own == right.own
  }

  /// Lays bindings over the preset's, in the order given; in one context the later goes before the earlier.
  public mutating func bind(_ bindings: [(context: KeyContext, binding: Binding)]) {
    for (context, binding) in bindings { own[context, default: []].append(binding) }
    build()
  }

  /// What keys amount to.
  /// - Parameters:
  ///   - surface: nil for what holds everywhere.
  ///   - isSearching: whether a search is active.
  public func match(_ keys: [Key], on surface: Surface? = nil, isSearching: Bool = false) -> Match {
    table(surface?.keyContext ?? .all, isSearching).match(keys)
  }

  /// The keys of a command in a context, those of the preset first, in writing.
  /// - Parameter isSearching: whether a search is active; in the context `search` it is.
  public func keys(
    of command: Command, in context: KeyContext = .all, isSearching: Bool = false
  ) -> [String] {
    table(context == .search ? .all : context, isSearching || context == .search).keys(of: command)
  }

  /// Bindings that cannot be reached, as seen in the context where that happens first.
  public var clashes: [Clash] {
    var seen: Set<[Binding]> = []
    var clashes: [Clash] = []
    for context in contexts {
      let table = table(context == .search ? .all : context, context == .search)
      for clash in table.clashes where seen.insert([clash.kept, clash.lost]).inserted {
        clashes.append(Clash(kept: clash.kept, lost: clash.lost, context: context, isOwn: clash.isOwn))
      }
    }
    return clashes
  }

  private func table(_ context: KeyContext, _ isSearching: Bool) -> KeyTable {
    tables[
      Situation(
        context: contexts.contains(context) ? context : .all,
        isSearching: isSearching && contexts.contains(.search))] ?? KeyTable()
  }

  private mutating func build() {
    tables = [:]
    contexts = KeyContext.allCases.filter { $0 == .all || presetBindings[$0] != nil || own[$0] != nil }
    for context in contexts where context != .search {
      for isSearching in contexts.contains(.search) ? [false, true] : [false] {
        var order: [KeyContext] = [.all]
        if context != .all { order.append(context) }
        if isSearching { order.append(.search) }
        var table = KeyTable()
        for layer in order { table.lay(presetBindings[layer] ?? [], isOwn: false) }
        if preset != .vim { table.rescue() }
        for layer in order { table.lay(own[layer] ?? [], isOwn: true) }
        tables[Situation(context: context, isSearching: isSearching)] = table
      }
    }
  }
}

/// The keys of one situation: what is left when all layers are laid over each other.
private struct KeyTable: Sendable {
  private var commands: [KeySequence: (command: Command, isOwn: Bool)] = [:]
  /// How many bindings begin so.
  private var prefixes: [[Key]: Int] = [:]
  /// The bindings in the order in which they were made, with those that are gone.
  private var order: [KeySequence] = []
  private(set) var clashes: [(kept: Keymap.Binding, lost: Keymap.Binding, isOwn: Bool)] = []

  mutating func lay(_ bindings: [Keymap.Binding], isOwn: Bool) {
    for binding in bindings {
      let sequence = binding.sequence
      guard !sequence.keys.isEmpty else { continue }
      remove(sequence)
      guard let command = binding.command else { continue }
      giveWay(to: binding, isOwn: isOwn)
      commands[sequence] = (command, isOwn)
      order.append(sequence)
      for length in prefixLengths(of: sequence) {
        prefixes[Array(sequence.keys.prefix(length)), default: 0] += 1
      }
    }
  }

  /// Gives commands of the standard table that have no key any more their keys with Alt on the first.
  mutating func rescue() {
    for command in Command.allCases where !command.entry.keys.isEmpty && keys(of: command).isEmpty {
      for notation in command.entry.keys {
        guard var sequence = KeySequence(notation), !sequence.keys.isEmpty, !sequence.keys[0].alt else {
          continue
        }
        sequence.keys[0].alt = true
        guard match(sequence.keys) == .none,
          prefixLengths(of: sequence).allSatisfy({
            commands[KeySequence(keys: Array(sequence.keys.prefix($0)), takesLetter: false)] == nil
          })
        else { continue }
        lay([Keymap.Binding(sequence, command)], isOwn: false)
      }
    }
  }

  func match(_ keys: [Key]) -> Keymap.Match {
    if let found = commands[KeySequence(keys: keys, takesLetter: false)] {
      if case .scalar(let last)? = keys.last?.code, keys.count > 1 {
        return .command(found.command, argument: last)
      }
      return .command(found.command, argument: nil)
    }
    if let last = keys.last, case .scalar(let letter) = last.code, ("a"..."z").contains(letter),
      !last.alt, !last.control,
      let found = commands[KeySequence(keys: Array(keys.dropLast()), takesLetter: true)]
    {
      return .command(found.command, argument: letter)
    }
    return prefixes[keys] == nil ? .none : .prefix
  }

  func keys(of command: Command) -> [String] {
    var seen: Set<KeySequence> = []
    return order.reversed().filter { commands[$0]?.command == command && seen.insert($0).inserted }
      .reversed().map(\.notation)
  }

  /// Takes away what the keys of a binding begin with, and what begins with them.
  private mutating func giveWay(to binding: Keymap.Binding, isOwn: Bool) {
    let keys = binding.sequence.keys
    var lost: [KeySequence] = []
    for length in prefixLengths(of: binding.sequence) {
      let shorter = KeySequence(keys: Array(keys.prefix(length)), takesLetter: false)
      if commands[shorter] != nil { lost.append(shorter) }
    }
    if !binding.sequence.takesLetter, prefixes[keys] != nil {
      lost += order.filter { other in
        commands[other] != nil && other.keys.starts(with: keys) && other != binding.sequence
      }
    }
    for sequence in lost {
      guard let old = commands[sequence] else { continue }
      clashes.append((binding, Keymap.Binding(sequence, old.command), isOwn && old.isOwn))
      remove(sequence)
    }
  }

  private mutating func remove(_ sequence: KeySequence) {
    guard commands.removeValue(forKey: sequence) != nil else { return }
    for length in prefixLengths(of: sequence) {
      let prefix = Array(sequence.keys.prefix(length))
      prefixes[prefix] = prefixes[prefix].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
  }

  private func prefixLengths(of sequence: KeySequence) -> Range<Int> {
    1..<max(1, sequence.takesLetter ? sequence.keys.count + 1 : sequence.keys.count)
  }
}

extension KeySequence {
  fileprivate init(keys: [Key], takesLetter: Bool) {
    self.keys = keys
    self.takesLetter = takesLetter
  }
}

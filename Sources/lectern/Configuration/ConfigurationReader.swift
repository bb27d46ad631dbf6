import Grid
import Reader

/// Makes options of the text of a configuration file. What is wrong is told with its line, and the rest of
/// the file still counts.
struct ConfigurationReader {
  private var options = ReaderOptions()
  private var problems: [Configuration.Problem] = []
  private var bindings: [(context: KeyContext, binding: Keymap.Binding)] = []
  /// Where each binding stands.
  private var bindingLines: [Keymap.Binding: Int] = [:]

  /// Tables with settings in them.
  private static let tables = Set(ConfigurationSetting.all.compactMap(\.table)).union(["keys", "theme"])

  /// Reads a file.
  static func read(_ bytes: [UInt8]) -> (options: ReaderOptions, problems: [Configuration.Problem]) {
    var reader = ConfigurationReader()
    let text = TOMLText(bytes)
    for fault in text.faults { reader.tell(fault.line, fault.sentence) }
    for assignment in text.assignments { reader.take(assignment) }
    reader.options.keymap.bind(reader.bindings)
    for clash in reader.options.keymap.clashes where clash.isOwn { reader.tell(clash) }
    // Sorting by line keeps what stands on one line as it is.
    let sorted = reader.problems.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }
    return (reader.options, sorted.map(\.element))
  }

  private mutating func take(_ assignment: TOMLText.Assignment) {
    switch assignment.path.first {
    case "keys": takeKey(assignment)
    case "theme": takeTheme(assignment)
    default: takeSetting(assignment)
    }
  }

  // MARK: Settings

  private mutating func takeSetting(_ assignment: TOMLText.Assignment) {
    let (path, value, line) = (assignment.path, assignment.value, assignment.line)
    let name = path.joined(separator: ".")
    if path.count == 1, Self.tables.contains(name) {
      if value != .table { tell(line, Sentences.expected("a table", "[\(name)]", found: value.words)) }
      return
    }
    guard let setting = ConfigurationSetting.all.first(where: { path.starts(with: $0.path) }) else {
      return tellUnknown(assignment)
    }
    guard setting.path == path else {
      return tell(
        line, Sentences.expected(setting.expectation, setting.path.joined(separator: "."), found: "a table"))
    }
    switch (setting.form, value) {
    case (.truth, .truth(let truth)): return setting.set(&options, .truth(truth))
    case (.number(let range), .number(let number)) where range.contains(number):
      return setting.set(&options, .number(number))
    case (.choice(let words), .text(let word)) where words.contains(word):
      return setting.set(&options, .word(word))
    case (.choice(let words), .text(let word)):
      let nearest = Sentences.nearest(NearestName.of(word, among: words), to: word)
      tell(line, Sentences.expected(setting.expectation, name, found: value.words) + nearest)
    default: tell(line, Sentences.expected(setting.expectation, name, found: value.words))
    }
  }

  /// An unknown table is told once, and what is in it not at all.
  private mutating func tellUnknown(_ assignment: TOMLText.Assignment) {
    let path = assignment.path
    let isInKnown = path.count > 1 && Self.tables.contains(path[0])
    let name = path[isInKnown ? 1 : 0]
    if assignment.path.count > (isInKnown ? 2 : 1),
      problems.contains(where: { $0.subject == Array(path.prefix(isInKnown ? 2 : 1)) })
    {
      return
    }
    var known = ConfigurationSetting.all.filter { $0.table == (isInKnown ? path[0] : nil) }.map(\.key)
    if !isInKnown { known += Self.tables.sorted() }
    problems.append(
      Configuration.Problem(
        line: assignment.line,
        sentence: Sentences.unknownSetting(name, nearest: NearestName.of(name, among: known)),
        subject: Array(path.prefix(isInKnown ? 2 : 1))))
  }

  // MARK: Keys

  private mutating func takeKey(_ assignment: TOMLText.Assignment) {
    let (path, value, line) = (assignment.path, assignment.value, assignment.line)
    switch (path.count, value) {
    case (1, .table): break
    case (1, _): tell(line, Sentences.expected("a table", "[keys]", found: value.words))
    case (2, .table):
      guard KeyContext(rawValue: path[1]) == nil else { break }
      let nearest = NearestName.of(path[1], among: KeyContext.allCases.map(\.rawValue))
      tell(line, Sentences.unknown("place for keys", path[1], nearest: nearest))
    case (2, _): takeBinding(path[1], .all, value, line)
    case (3, _):
      guard let context = KeyContext(rawValue: path[1]) else { break }
      takeBinding(path[2], context, value, line)
    default: tell(line, Sentences.expected("the name of a command", path[2], found: "a table"))
    }
  }

  private mutating func takeBinding(
    _ notation: String, _ context: KeyContext, _ value: TOMLValue, _ line: Int
  ) {
    guard let sequence = KeySequence(notation), let first = sequence.keys.first else {
      return tell(line, Sentences.noKeys(notation))
    }
    guard case .text(let name) = value else {
      return tell(line, Sentences.expected("the name of a command", notation, found: value.words))
    }
    if case .scalar(let digit) = first.code, ("0"..."9").contains(digit), !first.alt, !first.control {
      return tell(line, Sentences.digitKey(notation))
    }
    let command = Command.allCases.first { $0.name == name }
    if command == nil, !name.isEmpty {
      let nearest = NearestName.of(name, among: Command.allCases.map(\.name))
      return tell(line, Sentences.unknown("command", name, nearest: nearest))
    }
    let binding = Keymap.Binding(sequence, command)
    bindings.append((context, binding))
    bindingLines[binding] = line
  }

  private mutating func tell(_ clash: Keymap.Clash) {
    tell(
      bindingLines[clash.lost] ?? bindingLines[clash.kept] ?? 1,
      Sentences.clash(
        clash.lost.sequence.notation, clash.kept.sequence.notation, clash.kept.command?.name ?? ""))
  }

  // MARK: Colours

  private mutating func takeTheme(_ assignment: TOMLText.Assignment) {
    let (path, value, line) = (assignment.path, assignment.value, assignment.line)
    if path.count == 1 {
      switch value {
      case .table: break
      case .text: takeSetting(TOMLText.Assignment(path: path + ["name"], value: value, line: line))
      default: tell(line, Sentences.expected("the name of a theme, or a table", "theme", found: value.words))
      }
      return
    }
    if path[1] == "name" { return takeSetting(assignment) }
    guard let role = InkRole(rawValue: path[1]) else {
      if path.count > 2 { return }
      let nearest = NearestName.of(path[1], among: ["name"] + InkRole.allCases.map(\.rawValue))
      return tell(line, Sentences.unknownSetting(path[1], nearest: nearest))
    }
    if path.count == 2, value == .table { return }
    var change = options.theme.changes[role] ?? StyleChange()
    if path.count == 2 {
      change.foreground = color(value, path[1], line)
    } else {
      take(value, as: path[2], isDeep: path.count > 3, into: &change, line)
    }
    options.theme.changes[role] = change
  }

  private mutating func take(
    _ value: TOMLValue, as key: String, isDeep: Bool, into change: inout StyleChange, _ line: Int
  ) {
    if isDeep { return tell(line, Sentences.expected("a value", key, found: "a table")) }
    switch key {
    case "fg": change.foreground = color(value, key, line)
    case "bg": change.background = color(value, key, line)
    default:
      guard let attribute = ColorNames.attributes[key] else {
        let nearest = NearestName.of(key, among: ["fg", "bg"] + ColorNames.attributes.keys)
        return tell(line, Sentences.unknownSetting(key, nearest: nearest))
      }
      guard case .truth(let truth) = value else {
        return tell(line, Sentences.expected("true or false", key, found: value.words))
      }
      if truth { change.added.formUnion(attribute) } else { change.removed.formUnion(attribute) }
    }
  }

  private mutating func color(_ value: TOMLValue, _ key: String, _ line: Int) -> Color? {
    if case .number(let number) = value, (0...255).contains(number) { return .palette(UInt8(number)) }
    var nearest = ""
    if case .text(let word) = value {
      if let color = ColorNames.color(word) { return color }
      if !word.hasPrefix("#") {
        nearest = Sentences.nearest(NearestName.of(word, among: ColorNames.names.map(\.name)), to: word)
      }
    }
    tell(
      line, Sentences.expected("a colour (a name, 0 to 255, or #rrggbb)", key, found: value.words) + nearest)
    return nil
  }

  private mutating func tell(_ line: Int, _ sentence: String) {
    problems.append(Configuration.Problem(line: line, sentence: sentence))
  }
}

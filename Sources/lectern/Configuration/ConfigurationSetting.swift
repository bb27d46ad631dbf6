import Reader

/// A value that a setting takes or has.
enum ConfigurationValue: Hashable, Sendable {
  case truth(Bool)
  case number(Int)
  case word(String)

  /// As TOML.
  var toml: String {
    switch self {
    case .truth(let truth): truth ? "true" : "false"
    case .number(let number): String(number)
    case .word(let word): "\"\(word)\""
    }
  }
}

/// One setting: the table that reading, checking, `lectern config`, its template and the documentation
/// are made of.
struct ConfigurationSetting: Sendable {
  /// What may stand behind the equals sign.
  enum Form: Sendable {
    case truth
    case number(ClosedRange<Int>)
    case choice([String])
  }

  /// The table it stands in; nil for none.
  let table: String?
  let key: String
  /// What it does: lines of a comment.
  let help: [String]
  let form: Form
  let get: @Sendable (ReaderOptions) -> ConfigurationValue
  /// Sets a value of the right form.
  let set: @Sendable (inout ReaderOptions, ConfigurationValue) -> Void

  /// Where it stands.
  var path: [String] { (table.map { [$0] } ?? []) + [key] }

  /// `a number from 20 to 400`: what it takes, in words.
  var expectation: String {
    switch form {
    case .truth: "true or false"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "one of " + words.map { "“\($0)”" }.joined(separator: ", ")
    }
  }

  /// Every setting but keys and colours, in the order of the template.
  static let all: [ConfigurationSetting] = [
    choice(
      nil, "preset",
      [
        "The keys to begin with: vim (the table that lectern keys prints), mutt, slrn, less, or hn.",
        "What [keys] says is laid over them.",
      ], Preset.allCases, { $0.keymap.preset },
      { options, preset in
        let own = options.keymap.own
        options.keymap = Keymap(preset: preset)
        options.keymap.bind(
          KeyContext.allCases.flatMap { context in (own[context] ?? []).map { (context, $0) } })
      }),
    number(
      nil, "measure", ["The longest line of running text, in columns."], ReaderOptions.measures, \.measure),
    choice(
      nil, "dates",
      [
        "How dates are written: age (14 Jun 2012 · 14 y), short (14 Jun 2012), long (14 June 2012),",
        "iso (2012-06-14), or relative (14 y ago).",
      ], DateStyle.allCases, { $0.dates }, { $0.dates = $1 }),
    number(
      nil, "first_import",
      [
        "What is opened together with up to so many posts and comments is unread the first time.",
        "Of more, unread begins with what comes later; 0: always.",
      ], 0...1_000_000_000, \.firstImport),
    truth(nil, "mouse", ["Whether the terminal is asked to report the mouse."], \.usesMouse),
    ConfigurationSetting(
      table: "search", key: "order",
      help: ["The order of hits: rank (the best first) or date (the newest first). A key changes it too."],
      form: .choice(["rank", "date"]), get: { .word($0.hitOrder == .ranked ? "rank" : "date") },
      set: { $0.hitOrder = $1 == .word("date") ? .newestFirst : .ranked }),
    choice(
      "list", "sort",
      [
        "What the list is sorted by at first: source (as they were read), activity (the newest entry first),",
        "date, comments, unread or title. A key sorts it otherwise.",
      ], ListSort.allCases, { $0.listSort }, { $0.listSort = $1 }),
    number(
      "panes", "two_from", ["Columns from which the list stands beside the thread."], 70...1000,
      \.panes.twoFrom),
    number(
      "panes", "three_from", ["Columns from which the outline stands beside both."], 110...1000,
      \.panes.threeFrom),
    ConfigurationSetting(
      table: "panes", key: "list",
      help: ["Columns of the list beside a thread; 0 for a third of the screen."],
      form: .number(0...400), get: { .number($0.panes.listColumns ?? 0) },
      set: { options, value in
        if case .number(let number) = value {
          options.panes.listColumns = number == 0 ? nil : max(20, number)
        }
      }),
    number("panes", "outline", ["Columns of the outline."], 12...200, \.panes.outlineColumns),
    number("panes", "strip", ["Rows of the list above a thread; 0 for none."], 0...50, \.panes.stripRows),
    number(
      "panes", "strip_from", ["Rows that the screen must have for the list above a thread."], 10...1000,
      \.panes.stripFrom),
    choice(
      "theme", "name",
      [
        "The colours: auto (dark or light, as the terminal's paper is), dark, light, high-contrast,",
        "monochrome, or terminal (its own 16 colours). NO_COLOR in the environment turns all of them off.",
      ], ThemeName.allCases, { $0.theme.name }, { $0.theme.name = $1 }),
  ]

  private static func truth(
    _ table: String?, _ key: String, _ help: [String],
    _ option: any WritableKeyPath<ReaderOptions, Bool> & Sendable
  ) -> ConfigurationSetting {
    ConfigurationSetting(
      table: table, key: key, help: help, form: .truth, get: { .truth($0[keyPath: option]) },
      set: { options, value in if case .truth(let truth) = value { options[keyPath: option] = truth } })
  }

  private static func number(
    _ table: String?, _ key: String, _ help: [String], _ range: ClosedRange<Int>,
    _ option: any WritableKeyPath<ReaderOptions, Int> & Sendable
  ) -> ConfigurationSetting {
    ConfigurationSetting(
      table: table, key: key, help: help, form: .number(range), get: { .number($0[keyPath: option]) },
      set: { options, value in if case .number(let number) = value { options[keyPath: option] = number } })
  }

  private static func choice<Choice: RawRepresentable<String> & Sendable>(
    _ table: String?, _ key: String, _ help: [String], _ choices: [Choice],
    _ get: @escaping @Sendable (ReaderOptions) -> Choice,
    _ set: @escaping @Sendable (inout ReaderOptions, Choice) -> Void
  ) -> ConfigurationSetting {
    ConfigurationSetting(
      table: table, key: key, help: help, form: .choice(choices.map(\.rawValue)),
      get: { .word(get($0).rawValue) },
      set: { options, value in
        if case .word(let word) = value, let choice = Choice(rawValue: word) { set(&options, choice) }
      })
  }
}

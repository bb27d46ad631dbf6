public import Grid
public import Reader

/// Inks by meaning: the one place where a style is chosen.
public struct Theme: Sendable {
  /// What a cell means.
  public enum Ink: Hashable, Sendable {
    case plain, dim, bar, barStrong, rule, title, heading
    case author, number, date, unread, star, note
    case quote, code, link, emphasis, strong, listItem, signature
    case hit, currentHit, selected, marker, prompt, message, key
    case spine(Int)
  }

  private let styles: ThemeStyles
  private let changes: [InkRole: StyleChange]
  private let hasColors: Bool

  /// A theme for what a terminal can show and its user wants.
  public init(_ capabilities: Capabilities, _ options: ThemeOptions = ThemeOptions()) {
    styles = ThemeStyles(options.name, capabilities)
    changes = options.changes
    hasColors = capabilities.colors >= 8
  }

  /// The style of an ink.
  public subscript(ink: Ink) -> Style {
    let style = styles[ink]
    guard !changes.isEmpty, let change = changes[ink.role] else { return style }
    let changed = change.applied(to: style)
    return hasColors ? changed : Style(attributes: changed.attributes)
  }
}

extension Theme.Ink {
  /// The name by which a configuration changes it.
  var role: InkRole {
    switch self {
    case .plain: .plain
    case .dim: .dim
    case .bar: .bar
    case .barStrong: .barStrong
    case .rule: .rule
    case .title: .title
    case .heading: .heading
    case .author: .author
    case .number: .number
    case .date: .date
    case .unread: .unread
    case .star: .star
    case .note: .note
    case .quote: .quote
    case .code: .code
    case .link: .link
    case .emphasis: .emphasis
    case .strong: .strong
    case .listItem: .listItem
    case .signature: .signature
    case .hit: .hit
    case .currentHit: .currentHit
    case .selected: .selected
    case .marker: .marker
    case .prompt: .prompt
    case .message: .message
    case .key: .key
    case .spine(let depth): InkRole.spines[depth % InkRole.spines.count]
    }
  }
}

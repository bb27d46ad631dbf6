public import Grid

/// Which colours the reader has.
public struct ThemeOptions: Sendable, Hashable {
  /// The theme that the rest is laid over.
  public var name = ThemeName.auto
  /// What differs from it.
  public var changes: [InkRole: StyleChange] = [:]

  /// The theme that follows the terminal's paper.
  public init() {}
}

/// A set of colours.
public enum ThemeName: String, CaseIterable, Sendable, Hashable {
  /// `dark` or `light`, as the terminal's paper is.
  case auto
  case dark, light
  /// No grey and no faint text; for dark or light paper, as the terminal's is.
  case highContrast = "high-contrast"
  /// No colours: bold, faint, underlined and reversed.
  case monochrome
  /// The terminal's own 16 colours.
  case terminal
}

/// What a cell means, by the name that a configuration gives it.
public enum InkRole: String, CaseIterable, Sendable, Hashable {
  case plain, dim, bar
  case barStrong = "bar-strong"
  case rule, title, heading, author, number, date, unread, star, note, quote, code, link, emphasis, strong
  case listItem = "list-item"
  case signature, hit
  case currentHit = "current-hit"
  case selected, marker, prompt, message, key
  case spine1 = "spine-1"
  case spine2 = "spine-2"
  case spine3 = "spine-3"
  case spine4 = "spine-4"
  case spine5 = "spine-5"
  case spine6 = "spine-6"

  /// The spines by depth; they begin again after the last.
  public static let spines: [InkRole] = [.spine1, .spine2, .spine3, .spine4, .spine5, .spine6]
}

/// What differs from a theme's own style.
public struct StyleChange: Sendable, Hashable {
  /// The colour of the ink; nil for the theme's.
  public var foreground: Color?
  /// The colour of the paper; nil for the theme's.
  public var background: Color?
  /// Attributes that are there whatever the theme says.
  public var added: Style.Attributes = []
  /// Attributes that are not.
  public var removed: Style.Attributes = []

  /// No change.
  public init() {}

  /// A style with this change.
  public func applied(to style: Style) -> Style {
    Style(
      foreground: foreground ?? style.foreground, background: background ?? style.background,
      attributes: style.attributes.subtracting(removed).union(added))
  }
}

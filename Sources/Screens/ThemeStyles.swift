import Grid
import Reader

/// The themes: what each ink looks like in them, on terminals of many colours, of few and of none.
enum ThemeStyles: Sendable, Hashable {
  case monochrome
  /// The terminal's own 8 or 16 colours and nothing beside them.
  case terminal
  /// All 256 colours, for dark and light paper.
  case dark, light
  case contrastOnDark, contrastOnLight

  init(_ name: ThemeName, _ capabilities: Capabilities) {
    let isLight = capabilities.isLight
    switch name {
    case _ where capabilities.colors < 8: self = .monochrome
    case .monochrome: self = .monochrome
    case .highContrast where capabilities.colors < 256: self = .monochrome
    case .highContrast: self = isLight ? .contrastOnLight : .contrastOnDark
    case _ where capabilities.colors < 256: self = .terminal
    case .terminal: self = .terminal
    case .auto: self = isLight ? .light : .dark
    case .dark: self = .dark
    case .light: self = .light
    }
  }

  subscript(ink: Theme.Ink) -> Style {
    switch self {
    case .monochrome: monochrome(ink)
    case .terminal: terminal(ink)
    case .dark: colored(ink, .dark)
    case .light: colored(ink, .light)
    case .contrastOnDark: contrast(ink, .dark)
    case .contrastOnLight: contrast(ink, .light)
    }
  }

  private func monochrome(_ ink: Theme.Ink) -> Style {
    switch ink {
    case .dim, .date, .quote, .signature, .rule: Style(attributes: .dim)
    case .bar: Style(attributes: .reverse)
    case .barStrong: Style(attributes: [.reverse, .bold])
    case .title, .heading, .author, .unread, .star, .note, .strong, .key, .marker: Style(attributes: .bold)
    case .link, .emphasis: Style(attributes: .underline)
    case .hit: Style(attributes: .reverse)
    case .currentHit: Style(attributes: [.reverse, .bold, .underline])
    case .selected, .message: Style(attributes: .bold)
    case .plain, .number, .code, .listItem, .prompt: .plain
    case .spine: Style(attributes: .dim)
    }
  }

  private func terminal(_ ink: Theme.Ink) -> Style {
    switch ink {
    case .plain, .listItem, .prompt: .plain
    case .dim, .date, .number, .signature, .rule: Style(attributes: .dim)
    case .bar: Style(attributes: .reverse)
    case .barStrong: Style(attributes: [.reverse, .bold])
    case .title, .heading, .strong: Style(attributes: .bold)
    case .author: Style(foreground: .palette(6), attributes: .bold)
    case .unread: Style(foreground: .palette(2), attributes: .bold)
    case .star, .note, .marker: Style(foreground: .palette(3), attributes: .bold)
    case .quote: Style(foreground: .palette(2))
    case .code: Style(foreground: .palette(5))
    case .link: Style(foreground: .palette(4), attributes: .underline)
    case .emphasis: Style(attributes: .italic)
    case .hit: Style(foreground: .palette(0), background: .palette(3))
    case .currentHit: Style(foreground: .palette(0), background: .palette(6), attributes: .bold)
    case .selected: Style(attributes: .reverse)
    case .message: Style(foreground: .palette(3))
    case .key: Style(foreground: .palette(6))
    case .spine(let depth): Style(foreground: .palette([4, 2, 5, 6, 3, 1][depth % 6]))
    }
  }

  private func colored(_ ink: Theme.Ink, _ colors: ThemeColors) -> Style {
    switch ink {
    case .plain, .prompt, .listItem: .plain
    case .dim, .date, .number, .signature: Style(foreground: colors.faint)
    case .rule: Style(foreground: colors.rule)
    case .bar: Style(foreground: colors.barInk, background: colors.bar)
    case .barStrong: Style(foreground: colors.barStrongInk, background: colors.bar, attributes: .bold)
    case .title, .heading, .strong: Style(attributes: .bold)
    case .author: Style(foreground: colors.name, attributes: .bold)
    case .unread: Style(foreground: colors.unread, attributes: .bold)
    case .star, .note, .marker: Style(foreground: colors.star, attributes: .bold)
    case .quote: Style(foreground: colors.quote)
    case .code: Style(foreground: colors.code)
    case .link: Style(foreground: colors.link, attributes: .underline)
    case .emphasis: Style(attributes: .italic)
    case .hit: Style(foreground: colors.hitInk, background: colors.hit)
    case .currentHit: Style(foreground: colors.currentInk, background: colors.current, attributes: .bold)
    case .selected: Style(background: colors.selected, attributes: .bold)
    case .message: Style(foreground: colors.star)
    case .key: Style(foreground: colors.name)
    case .spine(let depth): Style(foreground: colors.spines[depth % colors.spines.count])
    }
  }

  /// No grey, no faint text, and the selected row reversed: every ink stands out against its paper at
  /// least seven to one.
  private func contrast(_ ink: Theme.Ink, _ paper: ContrastColors) -> Style {
    switch ink {
    case .plain, .prompt, .listItem, .dim, .date, .number, .signature: Style(foreground: paper.ink)
    case .rule: Style(foreground: paper.ink)
    case .bar: Style(foreground: paper.paper, background: paper.ink)
    case .barStrong: Style(foreground: paper.paper, background: paper.ink, attributes: .bold)
    case .title, .heading, .strong: Style(foreground: paper.ink, attributes: .bold)
    case .emphasis: Style(foreground: paper.ink, attributes: [.italic, .underline])
    case .author, .key: Style(foreground: paper.name, attributes: .bold)
    case .unread: Style(foreground: paper.unread, attributes: .bold)
    case .star, .note, .marker, .message: Style(foreground: paper.star, attributes: .bold)
    case .quote: Style(foreground: paper.quote)
    case .code: Style(foreground: paper.code)
    case .link: Style(foreground: paper.name, attributes: .underline)
    case .hit: Style(foreground: paper.hitInk, background: paper.hit)
    case .currentHit:
      Style(foreground: paper.paper, background: paper.current, attributes: [.bold, .underline])
    // Reversed, and not in colours: what is laid over it keeps its ink and stays readable.
    case .selected: Style(attributes: [.reverse, .bold])
    case .spine(let depth): Style(foreground: paper.spines[depth % paper.spines.count])
    }
  }
}

/// The colours of the two common themes. Where they are the terminal's own, its user chose them.
private struct ThemeColors {
  var faint, rule, bar, barInk, barStrongInk, name, unread, star, quote, code, link: Color
  var hit, hitInk, current, currentInk, selected: Color
  var spines: [Color]

  static let dark = ThemeColors(
    faint: .palette(246), rule: .palette(240), bar: .palette(236), barInk: .palette(252),
    barStrongInk: .palette(231), name: .palette(6), unread: .palette(2), star: .palette(3),
    quote: .palette(108), code: .palette(5), link: .palette(4), hit: .palette(3), hitInk: .palette(0),
    current: .palette(208), currentInk: .palette(0), selected: .palette(237),
    spines: [4, 2, 5, 6, 3, 1].map { .palette($0) })

  /// On light paper the terminal's yellow and cyan cannot be read.
  static let light = ThemeColors(
    faint: .palette(242), rule: .palette(250), bar: .palette(253), barInk: .palette(236),
    barStrongInk: .palette(16), name: .palette(24), unread: .palette(28), star: .palette(130),
    quote: .palette(28), code: .palette(90), link: .palette(25), hit: .palette(222), hitInk: .palette(16),
    current: .palette(208), currentInk: .palette(16), selected: .palette(254),
    spines: [25, 28, 90, 23, 130, 124].map { .palette($0) })
}

/// The colours of the theme for weak eyes and bright rooms.
private struct ContrastColors {
  var paper, ink, name, unread, star, quote, code, hit, hitInk, current: Color
  var spines: [Color]

  static let dark = ContrastColors(
    paper: .palette(16), ink: .palette(231), name: .palette(51), unread: .palette(46), star: .palette(226),
    quote: .palette(157), code: .palette(219), hit: .palette(226), hitInk: .palette(16),
    current: .palette(51), spines: [117, 120, 219, 123, 228, 216].map { .palette($0) })

  static let light = ContrastColors(
    paper: .palette(231), ink: .palette(16), name: .palette(18), unread: .palette(22), star: .palette(88),
    quote: .palette(22), code: .palette(53), hit: .palette(226), hitInk: .palette(16),
    current: .palette(18), spines: [18, 22, 53, 23, 52, 88].map { .palette($0) })
}

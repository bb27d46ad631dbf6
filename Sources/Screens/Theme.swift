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

  private let colors: Int
  private let isLight: Bool

  /// A theme for what a terminal can show.
  public init(_ capabilities: Capabilities) {
    colors = capabilities.colors
    isLight = capabilities.isLight
  }

  /// The style of an ink.
  public subscript(ink: Ink) -> Style {
    switch colors {
    case 0...7: monochrome(ink)
    default: colored(ink)
    }
  }

  private func monochrome(_ ink: Ink) -> Style {
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

  private func colored(_ ink: Ink) -> Style {
    let hasMany = colors >= 256
    let faint: Color = hasMany ? .palette(isLight ? 242 : 246) : .default
    let faintAttributes: Style.Attributes = hasMany ? [] : .dim
    switch ink {
    case .plain: return .plain
    case .dim, .date: return Style(foreground: faint, attributes: faintAttributes)
    case .rule:
      return Style(
        foreground: hasMany ? .palette(isLight ? 250 : 240) : .default, attributes: faintAttributes)
    case .bar:
      return hasMany
        ? Style(foreground: .palette(isLight ? 236 : 252), background: .palette(isLight ? 253 : 236))
        : Style(attributes: .reverse)
    case .barStrong:
      return hasMany
        ? Style(
          foreground: .palette(isLight ? 16 : 231), background: .palette(isLight ? 253 : 236),
          attributes: .bold)
        : Style(attributes: [.reverse, .bold])
    case .title: return Style(attributes: .bold)
    case .heading, .strong: return Style(attributes: .bold)
    case .author: return Style(foreground: .palette(6), attributes: .bold)
    case .number: return Style(foreground: faint, attributes: faintAttributes)
    case .unread: return Style(foreground: .palette(2), attributes: .bold)
    case .star, .note: return Style(foreground: .palette(3), attributes: .bold)
    case .quote: return Style(foreground: hasMany ? .palette(isLight ? 28 : 108) : .palette(2))
    case .code: return Style(foreground: .palette(5))
    case .link: return Style(foreground: .palette(4), attributes: .underline)
    case .emphasis: return Style(attributes: .italic)
    case .listItem: return .plain
    case .signature: return Style(foreground: faint, attributes: faintAttributes)
    case .hit: return Style(foreground: .palette(0), background: .palette(3))
    case .currentHit:
      return Style(
        foreground: .palette(0), background: hasMany ? .palette(208) : .palette(6), attributes: .bold)
    case .selected:
      return hasMany
        ? Style(background: .palette(isLight ? 254 : 237), attributes: .bold)
        : Style(attributes: .reverse)
    case .marker: return Style(foreground: .palette(3), attributes: .bold)
    case .prompt: return .plain
    case .message: return Style(foreground: .palette(3))
    case .key: return Style(foreground: .palette(6))
    case .spine(let depth): return Style(foreground: .palette([4, 2, 5, 6, 3, 1][depth % 6]))
    }
  }
}

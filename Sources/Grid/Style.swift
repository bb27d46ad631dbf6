/// A terminal colour: the terminal's own default, or one of the 256 palette colours.
public struct Color: Hashable, Sendable {
  /// 0 for the default, otherwise the palette number plus one; fits nine bits.
  public var code: UInt16

  /// The terminal's own colour.
  public static let `default` = Color(code: 0)

  /// One of the 256 palette colours; the first 16 are the user's own.
  public static func palette(_ number: UInt8) -> Color { Color(code: UInt16(number) + 1) }

  /// Nil for the default, otherwise the palette number.
  public var paletteNumber: UInt8? { code == 0 ? nil : UInt8(truncatingIfNeeded: code - 1) }

  private init(code: UInt16) { self.code = code }
  /// A colour from the nine bits of a packed style.
  init(packed: UInt32) { code = min(UInt16(packed & 0x1FF), 256) }
}

/// How a cell is inked: two colours and attributes, packed into 32 bits.
public struct Style: Hashable, Sendable {
  /// Bit set of attributes.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt8
    /// Attributes from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Bold.
    public static let bold = Attributes(rawValue: 1)
    /// Dim.
    public static let dim = Attributes(rawValue: 2)
    /// Italic, where the terminal has it.
    public static let italic = Attributes(rawValue: 4)
    /// Underlined.
    public static let underline = Attributes(rawValue: 8)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 16)
  }

  /// Attributes in bits 18 to 25, background in 9 to 17, foreground in 0 to 8.
  public var packed: UInt32

  /// The terminal's own look.
  public static let plain = Style()

  /// A style from its parts.
  public init(
    foreground: Color = .default, background: Color = .default, attributes: Attributes = []
  ) {
    packed =
      UInt32(foreground.code) | UInt32(background.code) << 9 | UInt32(attributes.rawValue) << 18
  }

  /// The colour of the ink.
  public var foreground: Color { Color(packed: packed) }
  /// The colour of the paper.
  public var background: Color { Color(packed: packed >> 9) }
  /// The attributes.
  public var attributes: Attributes { Attributes(rawValue: UInt8(truncatingIfNeeded: packed >> 18)) }

  /// This style with other parts laid over it: colours where `other` has some, attributes united.
  public func overlaid(by other: Style) -> Style {
    Style(
      foreground: other.foreground == .default ? foreground : other.foreground,
      background: other.background == .default ? background : other.background,
      attributes: attributes.union(other.attributes))
  }
}

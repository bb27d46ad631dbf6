/// The display rule: the one place that decides what a scalar of a stranger's text shows as. Drawing,
/// measuring, line breaking and plain output all go through it; nothing it refuses reaches a cell or a
/// printed line.
public enum DisplayRule {
  /// What a single scalar shows as.
  public enum Appearance: Hashable, Sendable {
    /// Itself, in one or two columns.
    case spacing(columns: Int)
    /// Itself, joined to the base before it; no column of its own.
    case mark
    /// Nothing; it is counted.
    case dropped
    /// Another scalar in one column, drawn with reverse toggled so that the style tells it from text.
    case substitute(Unicode.Scalar)
    /// The end of a line.
    case lineEnd
    /// Blanks to the next eighth column.
    case tab
    /// A substitute for itself, then the end of a line.
    case pageBreak(Unicode.Scalar)
  }

  /// Most marks shown on one base, and most combining scalars shown in a row.
  public static let markLimit = 4

  /// Columns from one tab stop to the next.
  public static let tabColumns = 8

  /// Stands in for what has no picture.
  public static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// Carries marks that have no base.
  public static let markCarrier: Unicode.Scalar = "\u{25CC}"

  /// What a scalar shows as when it stands alone. Skin tones are `.spacing` here; after an emoji the
  /// scanner drops them.
  /// - Complexity: O(1).
  public static func appearance(of scalar: Unicode.Scalar) -> Appearance {
    let displayClass = DisplayTable.shared[scalar.value]
    switch displayClass {
    case .text, .wide, .spacingMark, .wideSpacingMark: return .spacing(columns: displayClass.columns)
    case .mark: return .mark
    case .dropped: return .dropped
    case .replaced: return .substitute(replacement)
    case .picture: return .substitute(picture(of: scalar.value))
    case .lineEnd: return .lineEnd
    case .tab: return .tab
    case .pageBreak: return .pageBreak(picture(of: scalar.value))
    }
  }

  /// The last guard of a cell writer: whether a scalar may be handed to the terminal as the base of a
  /// cell, or as a mark on one.
  /// - Complexity: O(1).
  public static func isPaintable(_ scalar: Unicode.Scalar, asMark: Bool) -> Bool {
    if scalar.value < 0x7F { return !asMark && scalar.value >= 0x20 }
    let displayClass = DisplayTable.shared[scalar.value]
    return asMark ? displayClass == .mark : displayClass.columns > 0
  }

  /// Columns of a scalar that `isPaintable` as a base, 0 for any other.
  /// - Complexity: O(1).
  public static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return scalar.value >= 0x20 ? 1 : 0 }
    return DisplayTable.shared[scalar.value].columns
  }

  /// The control picture of a C0 control or DEL.
  static func picture(of control: UInt32) -> Unicode.Scalar {
    control == 0x7F ? "\u{2421}" : Unicode.Scalar(0x2400 + (control & 0x1F)) ?? replacement
  }
}

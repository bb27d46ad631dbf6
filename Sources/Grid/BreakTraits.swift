/// What line breaking needs to know of a unit: a small part of UAX #14.
struct BreakTraits: OptionSet {
  var rawValue: UInt8

  /// A letter, or narrow non-ASCII text.
  static let letter = BreakTraits(rawValue: 1)
  /// An ASCII digit.
  static let digit = BreakTraits(rawValue: 2)
  /// A hyphen or a slash: a break after it inside a word.
  static let joint = BreakTraits(rawValue: 4)
  /// A dash: a break after it.
  static let dash = BreakTraits(rawValue: 8)
  /// Two columns wide: a break before and after it.
  static let wide = BreakTraits(rawValue: 16)
  /// No break after it.
  static let opener = BreakTraits(rawValue: 32)
  /// No break before it.
  static let closer = BreakTraits(rawValue: 64)
  /// A space: a break after it; at the end of a line it hangs.
  static let space = BreakTraits(rawValue: 128)

  /// Neither opens nor closes nor joins.
  static let none: BreakTraits = []
  /// Sticks to both neighbours.
  static let glue: BreakTraits = [.opener, .closer]
}

extension BreakTraits {
  /// The traits of a unit of text.
  init(of unit: DisplayUnit) {
    guard !unit.isSubstitute else {
      self = .none
      return
    }
    let value = unit.base.value
    self = value < 0x80 ? BreakTraits(ascii: UInt8(value)) : BreakTraits(beyondASCII: value)
    // A space that carries marks is something to see.
    if contains(.space), unit.markCount > 0 { self = .letter }
    if unit.columns == 2, self != .space { insert(.wide) }
  }

  /// The traits of a printable ASCII byte.
  @inline(__always)
  init(ascii byte: UInt8) {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A: self = .letter
    case 0x20: self = .space
    case 0x30...0x39: self = .digit
    case 0x2D, 0x2F: self = .joint
    case 0x21, 0x25, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x7D: self = .closer
    case 0x28, 0x5B, 0x7B: self = .opener
    default: self = .none
    }
  }

  private init(beyondASCII value: UInt32) {
    switch value {
    case 0x1680, 0x2000...0x2006, 0x2008...0x200A, 0x205F, 0x3000: self = .space
    case 0xA0, 0x2007, 0x2011, 0x202F: self = .glue
    case 0x2010: self = .joint
    case 0x2013, 0x2014: self = .dash
    // Quotation marks and brackets that open.
    case 0xAB, 0x2018, 0x201C, 0x2039, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018,
      0x301A, 0x301D, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F:
      self = .opener
    // Their partners, stops, and what Japanese typesetting keeps off the start of a line: iteration
    // marks, the long vowel mark and small kana.
    case 0xBB, 0x2019, 0x201D, 0x2025, 0x2026, 0x203A, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D,
      0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B...0x301C, 0x301E...0x301F, 0x303B, 0x3041, 0x3043,
      0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095...0x3096, 0x309B...0x309E,
      0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE, 0x30F5...0x30F6,
      0x30FB...0x30FE, 0x31F0...0x31FF, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A...0xFF1B, 0xFF1F, 0xFF3D,
      0xFF5D, 0xFF60...0xFF61, 0xFF63...0xFF65:
      self = .closer
    default: self = .letter
    }
  }

  /// Whether a line may end after `last` when `next` follows and `before` stands before `last` in the same
  /// line. Spaces are not asked about: a break after a space is always permitted, before one never.
  static func permit(before: BreakTraits, last: BreakTraits, next: BreakTraits) -> Bool {
    if last.contains(.opener) || next.contains(.closer) { return false }
    if last.contains(.wide) || next.contains(.wide) { return true }
    if last.contains(.dash) { return !before.isEmpty && before != .space && !next.contains(.dash) }
    guard last.contains(.joint), next.contains(.letter) else { return false }
    return !before.isDisjoint(with: [.letter, .digit])
  }
}

/// The smallest piece of text that is shown, wrapped or left out as a whole.
public struct DisplayUnit: Hashable, Sendable {
  /// What a unit does on the screen.
  public enum Kind: Hashable, Sendable {
    /// A base with its marks, in one or two columns.
    case text
    /// Blanks to the next eighth column.
    case tab
    /// LF, CRLF, CR, NEL, LS or PS.
    case lineEnd
    /// The picture of FF or VT in one column, then a line end.
    case pageBreak
    /// Dropped scalars with no base before them: no column.
    case hidden
  }

  /// Bytes of the text it covers, dropped scalars included.
  public var bytes: Range<Int>
  /// What it does.
  public var kind: Kind
  /// 1 or 2 for text, 1 for a page break, otherwise 0.
  public var columns: Int
  /// The scalar drawn first; a space unless the kind is `text` or `pageBreak`.
  public var base: Unicode.Scalar
  /// How many of `marks` are set, at most `DisplayRule.markLimit`.
  public private(set) var markCount = 0
  /// Whether `base` stands for something that cannot be shown.
  public var isSubstitute: Bool
  /// Scalars of it that are not shown.
  public internal(set) var droppedCount = 0
  /// Whether a dropped zero-width space permits a line break after it.
  var permitsBreakAfter = false
  private var markValues = SIMD4<UInt32>()

  init(
    bytes: Range<Int>, kind: Kind, columns: Int = 0, base: Unicode.Scalar = " ",
    isSubstitute: Bool = false
  ) {
    self.bytes = bytes
    self.kind = kind
    self.columns = columns
    self.base = base
    self.isSubstitute = isSubstitute
  }

  /// The marks on the base, in the order of the text.
  public var marks: [Unicode.Scalar] {
    (0..<markCount).compactMap { Unicode.Scalar(markValues[$0]) }
  }

  /// Whether the unit ends its line.
  public var isLineEnd: Bool { kind == .lineEnd || kind == .pageBreak }

  mutating func append(mark: UInt32) {
    markValues[markCount] = mark
    markCount += 1
  }
}

/// Cuts UTF-8, valid or not, into display units. It holds no text: the same span is given to each call.
/// Broken bytes count as one substitute for each maximal ill-formed part.
public struct DisplayScanner: Sendable {
  /// Where the next unit begins.
  public internal(set) var offset: Int
  /// Where the text ends.
  public let end: Int
  /// Combining scalars shown in a row up to here.
  private var marksInRow = 0
  private let table = DisplayTable.shared

  /// A scanner over a range of a text, clamped to the text by `next(in:)`.
  public init(bytes: Range<Int>) {
    offset = max(0, bytes.lowerBound)
    end = bytes.upperBound
  }

  /// The next unit, nil at the end.
  /// - Complexity: O(bytes of the unit).
  public mutating func next(in text: Span<UInt8>) -> DisplayUnit? {
    let end = min(end, text.count)
    guard offset < end else { return nil }
    let start = offset
    let scalar = decodeScalar(text, at: start, end: end)
    offset = start + scalar.length
    let displayClass = table[scalar.value]
    if displayClass == .lineEnd || displayClass == .tab || displayClass == .pageBreak {
      return boundary(displayClass, scalar.value, from: start, in: text, end: end)
    }
    var unit = DisplayUnit(bytes: start..<offset, kind: .text)
    switch displayClass {
    case .dropped:
      unit.kind = .hidden
      absorb(into: &unit, value: scalar.value, displayClass, emoji: false)
    case .mark:
      setBase(&unit, DisplayRule.markCarrier.value, columns: 1)
      absorb(into: &unit, value: scalar.value, displayClass, emoji: false)
    case .spacingMark, .wideSpacingMark:
      if marksInRow < DisplayRule.markLimit {
        let row = marksInRow + 1
        setBase(&unit, scalar.value, columns: displayClass.columns)
        marksInRow = row
      } else {
        setSubstitute(&unit, DisplayRule.replacement)
      }
    case .picture: setSubstitute(&unit, DisplayRule.picture(of: scalar.value))
    case .text, .wide: setBase(&unit, scalar.value, columns: displayClass.columns)
    default: setSubstitute(&unit, DisplayRule.replacement)
    }
    let emoji = displayClass.columns > 0 && takesSkinTone(scalar.value)
    while offset < end {
      if text[offset] < 0x80 { break }
      let following = decodeScalar(text, at: offset, end: end)
      guard absorb(into: &unit, value: following.value, table[following.value], emoji: emoji) else { break }
      offset += following.length
    }
    unit.bytes = start..<offset
    return unit
  }

  /// A unit that ends a line or jumps to a tab stop; CRLF is one.
  private mutating func boundary(
    _ displayClass: DisplayClass, _ value: UInt32, from start: Int, in text: Span<UInt8>, end: Int
  ) -> DisplayUnit {
    marksInRow = 0
    switch displayClass {
    case .tab: return DisplayUnit(bytes: start..<offset, kind: .tab)
    case .pageBreak:
      return DisplayUnit(
        bytes: start..<offset, kind: .pageBreak, columns: 1, base: DisplayRule.picture(of: value),
        isSubstitute: true)
    default:
      if value == 0x0D, offset < end, text[offset] == 0x0A { offset += 1 }
      return DisplayUnit(bytes: start..<offset, kind: .lineEnd)
    }
  }

  private mutating func setBase(_ unit: inout DisplayUnit, _ value: UInt32, columns: Int) {
    unit.base = Unicode.Scalar(value) ?? DisplayRule.replacement
    unit.columns = columns
    marksInRow = 0
  }

  private mutating func setSubstitute(_ unit: inout DisplayUnit, _ scalar: Unicode.Scalar) {
    unit.base = scalar
    unit.columns = 1
    unit.isSubstitute = true
    marksInRow = 0
  }

  /// Takes a mark, a dropped scalar or a skin tone into the unit before it; false for anything else.
  @discardableResult
  private mutating func absorb(
    into unit: inout DisplayUnit, value: UInt32, _ displayClass: DisplayClass, emoji: Bool
  ) -> Bool {
    switch displayClass {
    case .mark:
      if unit.kind == .hidden { return false }
      if marksInRow < DisplayRule.markLimit {
        unit.append(mark: value)
        marksInRow += 1
      } else {
        unit.droppedCount += 1
      }
      return true
    case .dropped:
      unit.droppedCount += 1
      if value == 0x200B { unit.permitsBreakAfter = true }
      return true
    default:
      guard emoji, 0x1F3FB...0x1F3FF ~= value else { return false }
      unit.droppedCount += 1
      return true
    }
  }
}

/// Whether a skin tone after this scalar only colours it.
private func takesSkinTone(_ value: UInt32) -> Bool {
  switch value {
  case 0x1F000..<0x1FB00, 0x261D, 0x26F9, 0x270A...0x270D: true
  default: false
  }
}

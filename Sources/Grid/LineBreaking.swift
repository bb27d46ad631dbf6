/// One line of wrapped text.
public struct WrappedLine: Hashable, Sendable {
  /// The bytes of the line, with the spaces that hang over its end and its line end. The lines of a text
  /// tile it: each begins where the one before ends.
  public var bytes: Range<Int>
  /// Columns it takes, without the spaces at its end; never more than were asked for.
  public var columns: Int
  /// Whether it ends with a line end or with the text, not with a break.
  public var endsParagraph: Bool

  /// A line from its parts.
  public init(bytes: Range<Int>, columns: Int, endsParagraph: Bool) {
    self.bytes = bytes
    self.columns = columns
    self.endsParagraph = endsParagraph
  }
}

/// Breaks a whole text into lines of at most `columns` columns (at least 1 is used).
///
/// Lines break after spaces, after hyphens and slashes inside words, after dashes and around wide glyphs,
/// and inside a word only when it is longer than a line. Spaces at the end of a line hang; indentation is
/// kept; an empty text has no line, a line end after the last line opens none. A wide glyph in a single
/// column has a line of its own and is drawn as a blank.
/// - Complexity: O(`text.count`).
public func wrapLines(_ text: Span<UInt8>, columns: Int) -> [WrappedLine] {
  wrapLines(text, bytes: 0..<text.count, columns: columns)
}

/// Breaks a range of a text, as if it were the whole, into at most `limit` lines. Going on where the last
/// line ended gives the lines that one call would have given.
/// - Complexity: O(bytes of the lines given).
public func wrapLines(
  _ text: Span<UInt8>, bytes: Range<Int>, columns: Int, limit: Int = .max
) -> [WrappedLine] {
  var breaker = LineBreaker(bytes: bytes, columns: columns)
  var lines: [WrappedLine] = []
  while lines.count < limit, let line = breaker.next(in: text) { lines.append(line) }
  return lines
}

/// Breaks a text from a byte offset on, the start of one of its lines, into at most `limit` lines.
/// - Complexity: O(bytes of the lines given).
public func wrapLines(
  _ text: Span<UInt8>, from byteOffset: Int, columns: Int, limit: Int
) -> [WrappedLine] {
  let start = min(max(0, byteOffset), text.count)
  return wrapLines(text, bytes: start..<text.count, columns: columns, limit: limit)
}

/// Breaks a text line by line. Each line depends on its start alone, so any line can be begun from.
public struct LineBreaker: Sendable {
  /// Where the next line begins.
  public private(set) var offset: Int
  private let end: Int
  private let columns: Int
  private var scanner: DisplayScanner

  /// A breaker over a range of a text, clamped to the text by `next(in:)`.
  public init(bytes: Range<Int>, columns: Int) {
    offset = max(0, bytes.lowerBound)
    end = bytes.upperBound
    self.columns = max(1, columns)
    scanner = DisplayScanner(bytes: bytes)
  }

  /// The next line, nil at the end of the text.
  /// - Complexity: O(bytes of the line); a word carried over to the next line is looked at once more.
  public mutating func next(in text: Span<UInt8>) -> WrappedLine? {
    let end = min(end, text.count)
    guard offset < end else { return nil }
    var line = LineState(start: offset, columns: columns)
    while line.offset < end {
      line.takeASCII(in: text, end: end)
      guard line.offset < end else { break }
      scanner.offset = line.offset
      guard let unit = scanner.next(in: text) else { break }
      // A no-break space beside a space holds nothing together: it is air between sentences.
      if line.isAfterSpace, unit.bytes.count == 2, text[unit.bytes.lowerBound] == 0xC2,
        text[unit.bytes.lowerBound + 1] == 0xA0
      {
        line.takeSpace(unit, columns: unit.columns)
        continue
      }
      if let broken = line.take(unit) {
        offset = broken.bytes.upperBound
        return broken
      }
    }
    offset = end
    return WrappedLine(bytes: line.start..<end, columns: line.inked, endsParagraph: true)
  }
}

/// A line being filled.
private struct LineState {
  let start: Int
  let columns: Int
  /// Where the next unit begins.
  var offset: Int
  /// Columns taken up to `offset`, spaces included, never more than `columns`.
  var column = 0
  /// Columns up to the last unit that is no space.
  var inked = 0
  /// The last place where the line may end, and its columns then.
  private var breakOffset = -1
  private var breakInked = 0
  /// Traits of the last unit and of the one before it.
  private var last = BreakTraits.none
  private var before = BreakTraits.none

  init(start: Int, columns: Int) {
    self.start = start
    self.columns = columns
    offset = start
  }

  /// Takes printable ASCII that fits, up to the first byte that needs a closer look.
  @inline(__always)
  mutating func takeASCII(in text: Span<UInt8>, end: Int) {
    var index = offset
    var column = column
    while index < end, column < columns {
      let byte = text[index]
      guard byte &- 0x20 < 0x5F else { break }
      if index + 1 < end, text[index + 1] >= 0x80 { break }
      index += 1
      column += 1
      if byte == 0x20 {
        breakOffset = index
        breakInked = inked
        before = .none
        last = .space
        continue
      }
      let traits = BreakTraits(ascii: byte)
      if !last.isDisjoint(with: [.joint, .dash, .wide]) {
        offset = index - 1
        noteBreak(before: traits)
      }
      before = last
      last = traits
      inked = column
    }
    offset = index
    self.column = column
  }

  /// Takes one unit. Gives the finished line when it ends with this unit or before it.
  mutating func take(_ unit: DisplayUnit) -> WrappedLine? {
    switch unit.kind {
    case .hidden:
      offset = unit.bytes.upperBound
      if last == .space { breakOffset = offset }
      return nil
    case .lineEnd:
      return WrappedLine(bytes: start..<unit.bytes.upperBound, columns: inked, endsParagraph: true)
    case .tab:
      let stop = (column / DisplayRule.tabColumns + 1) * DisplayRule.tabColumns
      takeSpace(unit, columns: stop - column)
      return nil
    case .text, .pageBreak: break
    }
    let traits = BreakTraits(of: unit)
    if traits.contains(.space) {
      takeSpace(unit, columns: unit.columns)
      return nil
    }
    noteBreak(before: traits)
    if column + unit.columns > columns {
      if breakOffset > start { return brokenLine(at: breakOffset, columns: breakInked) }
      if offset > start, column > 0 { return brokenLine(at: offset, columns: inked) }
    }
    column = min(columns, column + unit.columns)
    inked = column
    before = last
    last = traits
    offset = unit.bytes.upperBound
    if unit.kind == .pageBreak {
      return WrappedLine(bytes: start..<offset, columns: inked, endsParagraph: true)
    }
    if unit.permitsBreakAfter {
      breakOffset = offset
      breakInked = inked
    }
    return nil
  }

  /// Whether the last unit was a space behind something else.
  var isAfterSpace: Bool { last == .space && inked > 0 }

  mutating func takeSpace(_ unit: DisplayUnit, columns width: Int) {
    column = min(columns, column + width)
    offset = unit.bytes.upperBound
    breakOffset = offset
    breakInked = inked
    before = .none
    last = .space
  }

  /// Remembers a break at `offset` if one is permitted before a unit with these traits.
  private mutating func noteBreak(before next: BreakTraits) {
    guard inked > 0, last != .space, BreakTraits.permit(before: before, last: last, next: next)
    else { return }
    breakOffset = offset
    breakInked = inked
  }

  private func brokenLine(at offset: Int, columns: Int) -> WrappedLine {
    WrappedLine(bytes: start..<offset, columns: columns, endsParagraph: false)
  }
}

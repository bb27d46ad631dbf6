import Testing

@testable import Grid

/// The slow twin: cuts the whole text into units once, then for each line tries every length from the
/// longest down.
private func slowWrap(_ text: [UInt8], columns limit: Int) -> [WrappedLine] {
  let units = Units.all(of: text)
  var lines: [WrappedLine] = []
  var start = 0
  while start < units.count {
    // A line may hold units up to its line end, if there is one.
    let paragraphEnd = units[start...].firstIndex(where: \.isLineEnd).map { $0 + 1 } ?? units.count
    let lengths = (start + 1...paragraphEnd).reversed()
    func inked(_ end: Int) -> Int { inkedColumns(units[start..<end], text, limit: limit) }
    func mayEnd(_ end: Int) -> Bool {
      end == paragraphEnd || mayBreak(units[start..<paragraphEnd], text, before: end)
    }
    // The whole paragraph, else up to the last break, else as much as fits.
    let stop =
      lengths.first { inked($0) <= limit && mayEnd($0) }
      ?? lengths.first { inked($0) <= limit && inked($0) > 0 } ?? start + 1
    lines.append(
      WrappedLine(
        bytes: units[start].bytes.lowerBound..<units[stop - 1].bytes.upperBound,
        columns: inked(stop), endsParagraph: stop == paragraphEnd))
    start = stop
  }
  return lines
}

/// Columns of a line up to its last glyph that is no space. A glyph wider than the line counts as a column.
private func inkedColumns(_ units: ArraySlice<DisplayUnit>, _ text: [UInt8], limit: Int) -> Int {
  var column = 0
  var inked = 0
  for (index, unit) in zip(units.indices, units) {
    if isAir(units, text, index) {
      column += unit.columns
      continue
    }
    switch unit.kind {
    case .tab: column += 8 - column % 8
    case .text where BreakTraits(of: unit).contains(.space): column += unit.columns
    case .text, .pageBreak:
      column += min(unit.columns, limit)
      inked = column
    case .lineEnd, .hidden: break
    }
  }
  return inked
}

/// Whether a unit is a no-break space behind a space, which is air as well, behind something of the line.
private func isAir(_ line: ArraySlice<DisplayUnit>, _ text: [UInt8], _ index: Int) -> Bool {
  guard text[line[index].bytes].elementsEqual([0xC2, 0xA0]) else { return false }
  let visible = line[..<index].indices.filter { line[$0].kind != .hidden }
  guard let last = visible.last else { return false }
  func isBlank(_ index: Int) -> Bool {
    line[index].kind == .tab || line[index].kind == .text && BreakTraits(of: line[index]).contains(.space)
  }
  let hasInk = visible.contains { !isBlank($0) && !isAir(line, text, $0) }
  return hasInk && (isBlank(last) || isAir(line, text, last))
}

private func mayBreak(_ line: ArraySlice<DisplayUnit>, _ text: [UInt8], before end: Int) -> Bool {
  func traits(_ index: Int) -> BreakTraits {
    line[index].kind == .tab || isAir(line, text, index) ? .space : BreakTraits(of: line[index])
  }
  if line[end].kind == .hidden || line[end].isLineEnd && line[end].columns == 0 { return false }
  let visible = line[..<end].indices.filter { line[$0].kind != .hidden }
  guard let last = visible.last else { return false }
  if traits(last).contains(.space) { return !traits(end).contains(.space) }
  if traits(end).contains(.space) { return false }
  if line[last].permitsBreakAfter { return true }
  let before = visible.dropLast().last.map(traits) ?? .none
  return BreakTraits.permit(
    before: before, last: traits(last), next: traits(end))
}

/// Pieces that make every rule of line breaking matter.
private let pieces: [String] = [
  "a", "b", "1", " ", " ", "  ", "-", "/", "\t", "\n", "\r\n", "\u{C}", "一", "。", "「", "(", ")", "\u{301}",
  "\u{200B}", "\u{AD}", "\u{1F44D}", "\u{1F3FD}", "\u{2014}", "\u{3000}", "\u{A0}", "\u{1B}", "wörd",
  "long-word",
]

@Suite struct LineBreakingOracleTests {
  @Test func agreesWithTheSlowTwin() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<2_500 {
      let text = (0..<random.below(14)).map { _ in pieces[random.below(pieces.count)] }.joined()
      let bytes = Array(text.utf8)
      let columns = 1 + random.below(9)
      let fast = wrapLines(bytes.span, columns: columns)
      #expect(fast == slowWrap(bytes, columns: columns), "\(text.debugDescription) at \(columns)")
    }
  }

  @Test func agreesWithTheSlowTwinOnAllShortTexts() {
    let alphabet: [[UInt8]] = ["a", " ", "-", "一", "\n", "\u{200B}"].map { Array($0.utf8) }
    for length in 0...5 {
      var count = 1
      for _ in 0..<length { count *= alphabet.count }
      for number in stride(from: 0, to: count, by: length == 5 ? 3 : 1) {
        var rest = number
        var bytes: [UInt8] = []
        for _ in 0..<length {
          bytes += alphabet[rest % alphabet.count]
          rest /= alphabet.count
        }
        let fast = wrapLines(bytes.span, columns: 2)
        if fast != slowWrap(bytes, columns: 2) { Issue.record("\(String(decoding: bytes, as: UTF8.self))") }
      }
    }
  }

  @Test func linesTileTheTextAndFit() {
    var random = SeededRandom(seed: 5)
    for _ in 0..<400 {
      let bytes = (0..<random.below(90)).map { _ in
        random.below(3) == 0 ? UInt8(random.below(256)) : UInt8(0x20 + random.below(0x5F))
      }
      let columns = 1 + random.below(20)
      var expected = 0
      for line in wrapLines(bytes.span, columns: columns) {
        #expect(line.bytes.lowerBound == expected)
        #expect(!line.bytes.isEmpty)
        #expect(line.columns <= columns)
        expected = line.bytes.upperBound
      }
      #expect(expected == bytes.count)
    }
  }

  @Test func anyLineCanBeBegunFrom() {
    var random = SeededRandom(seed: 9)
    for _ in 0..<300 {
      let text = (0..<40).map { _ in pieces[random.below(pieces.count)] }.joined()
      let bytes = Array(text.utf8)
      let columns = 1 + random.below(12)
      let whole = wrapLines(bytes.span, columns: columns)
      for (index, line) in whole.enumerated() {
        let part = wrapLines(bytes.span, from: line.bytes.lowerBound, columns: columns, limit: 3)
        #expect(part == Array(whole[index...].prefix(3)))
      }
      #expect(wrapLines(bytes.span, from: bytes.count, columns: columns, limit: 3).isEmpty)
    }
  }

  @Test func rangeIsWrappedAsIfItWereTheWhole() {
    let bytes = Array("one two three\nfour five".utf8)
    let inner = Array(bytes[4..<18])
    let found = wrapLines(bytes.span, bytes: 4..<18, columns: 5)
    let expected = wrapLines(inner.span, columns: 5)
    #expect(found.map { $0.bytes.lowerBound - 4 } == expected.map(\.bytes.lowerBound))
    #expect(found.map(\.columns) == expected.map(\.columns))
    #expect(wrapLines(bytes.span, bytes: 20..<900, columns: 5).last?.bytes.upperBound == bytes.count)
  }

  /// Each letter of the text lies in exactly one line, and drawing the lines shows each exactly once.
  @Test func everyLetterIsShownOnce() {
    var random = SeededRandom(seed: 21)
    for _ in 0..<300 {
      let text = (0..<30).map { _ in pieces[random.below(pieces.count)] }.joined()
      let bytes = Array(text.utf8)
      let columns = 2 + random.below(12)
      let lines = wrapLines(bytes.span, columns: columns)
      var grid = Grid(size: Size(columns: columns, rows: lines.count))
      for (row, line) in lines.enumerated() {
        grid.write(bytes.span, bytes: line.bytes, column: 0, row: row, columns: columns) { _ in .plain }
      }
      let blanks: Set<Unicode.Scalar> = [" ", "\u{3000}", "\u{A0}"]
      let shown = grid.rows().joined().unicodeScalars.filter { !blanks.contains($0) }
      let glyphs = Units.all(of: bytes).flatMap { unit in [unit.base] + unit.marks }
      let expected = glyphs.filter { !blanks.contains($0) }
      #expect(Array(shown) == expected, "\(text.debugDescription) at \(columns)")
      #expect(DisplayRule.violations(in: grid) == 0)
    }
  }

  @Test func aMillionOfAnythingIsLinear() {
    for piece in ["a", " ", "-", "\t", "一", "\u{301}", "\u{200B}", "\u{1B44}"] {
      let one = Array(piece.utf8)
      let bytes = (0..<150_000).flatMap { _ in one }
      let lines = wrapLines(bytes.span, columns: 7)
      #expect(lines.last?.bytes.upperBound == bytes.count)
    }
  }
}

/// All units of a text.
enum Units {
  static func all(of bytes: [UInt8]) -> [DisplayUnit] {
    var scanner = DisplayScanner(bytes: 0..<bytes.count)
    var units: [DisplayUnit] = []
    while let unit = scanner.next(in: bytes.span) { units.append(unit) }
    return units
  }
}

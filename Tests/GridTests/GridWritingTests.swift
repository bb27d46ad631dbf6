import Testing

@testable import Grid

private let bold = Style(attributes: .bold)

@Suite struct GridWritingTests {
  @Test func writesByTheRule() {
    var grid = Grid(size: Size(columns: 12, rows: 1))
    let used = grid.write("a\u{1B}[\u{202E}e\u{301}一", column: 1, row: 0, columns: 20, style: bold)
    #expect(used == 6)
    #expect(grid.rows() == [" a\u{241B}[e\u{301}一"])
    #expect(grid[2, 0].style == bold.reversed)
    #expect(grid[3, 0].style == bold)
    #expect(grid.clusters == [["e", "\u{301}"]])
  }

  @Test func styleIsAskedForEachUnit() {
    var grid = Grid(size: Size(columns: 8, rows: 1))
    let text = Array("ab一c".utf8)
    var asked: [Int] = []
    grid.write(text.span, bytes: 1..<6, column: 0, row: 0, columns: 8) { offset in
      asked.append(offset)
      return offset == 2 ? bold : .plain
    }
    #expect(asked == [1, 2, 5])
    #expect(grid.styleRows(letters: [bold: "B"]) == [".BB"])
  }

  @Test func clipsAtEveryEdge() {
    var grid = Grid(size: Size(columns: 4, rows: 2))
    #expect(grid.write("一二三", column: -1, row: 0, columns: 100, style: .plain) == 5)
    #expect(grid.rows() == [" 二", ""])
    #expect(grid[3, 0].scalar == " ")
    for row in [-1, 2, .max, .min] {
      grid.write("xx", column: 0, row: row, columns: 4, style: .plain)
    }
    for column in [Int.min, .max, -5, 4] {
      grid.write("xx", column: column, row: 1, columns: .max, style: .plain)
    }
    grid.write("xx", column: 0, row: 1, columns: .min, style: .plain)
    grid.write("xx", column: 0, row: 1, columns: 0, style: .plain)
    #expect(grid.rows() == [" 二", ""])
  }

  @Test func wideGlyphThatDoesNotFitLeavesABlank() {
    var grid = Grid(size: Size(columns: 5, rows: 1))
    #expect(grid.write("a一二", column: 0, row: 0, columns: 4, style: bold) == 4)
    #expect(grid.rows() == ["a一"])
    #expect(grid.styleRows(letters: [bold: "B"]) == ["BBBB"])
  }

  @Test func noHalfOfAGlyphStaysBehind() {
    for column in 0..<4 {
      var grid = Grid(size: Size(columns: 4, rows: 1))
      grid.write("一二", column: 0, row: 0, columns: 4, style: .plain)
      grid.write("x", column: column, row: 0, columns: 1, style: .plain)
      #expect(DisplayRule.violations(in: grid) == 0)
      #expect(grid.rows() == [["x 二", " x二", "一x", "一 x"][column]])
    }
    var grid = Grid(size: Size(columns: 4, rows: 1))
    grid.write("一二", column: 0, row: 0, columns: 4, style: .plain)
    grid.write("三", column: 1, row: 0, columns: 2, style: .plain)
    #expect(grid.rows() == [" 三"])
  }

  @Test func ellipsisMarksACut() {
    func written(_ text: String, _ columns: Int) -> String {
      var grid = Grid(size: Size(columns: 10, rows: 1))
      let used = grid.write(text, column: 0, row: 0, columns: columns, style: .plain, ellipsis: true)
      #expect(used <= max(0, columns))
      return grid.rows()[0]
    }
    #expect(written("abcdef", 6) == "abcdef")
    #expect(written("abcdef", 5) == "abcd…")
    #expect(written("一二三", 5) == "一二…")
    #expect(written("一二三", 4) == "一…")
    #expect(written("ab", 1) == "…")
    #expect(written("ab", 0) == "")
    #expect(written("e\u{301}\u{301}fg", 2) == "e\u{301}\u{301}…")
  }

  @Test func tabsAndLineEndsInOneLine() {
    var grid = Grid(size: Size(columns: 20, rows: 1))
    #expect(grid.write("a\tb\nc\n", column: 2, row: 0, columns: 18, style: .plain) == 11)
    #expect(grid.rows() == ["  a       b c"])
    #expect(displayColumns(of: "a\tb\nc\n") == 11)
  }

  @Test func measuringIsDrawing() {
    var random = SeededRandom(seed: 17)
    for _ in 0..<300 {
      let bytes = (0..<random.below(24)).map { _ in
        random.below(2) == 0 ? UInt8(random.below(256)) : UInt8(0x20 + random.below(0x60))
      }
      var grid = Grid(size: Size(columns: 300, rows: 1))
      let used = grid.write(bytes.span, bytes: 0..<bytes.count, column: 0, row: 0, columns: 300) { _ in .plain
      }
      #expect(used == displayColumns(of: bytes.span, bytes: 0..<bytes.count))
    }
  }

  @Test func truncatedFits() {
    #expect(truncated("abc", columns: 3) == "abc")
    #expect(truncated("abcd", columns: 3) == "ab…")
    #expect(truncated("一二", columns: 3) == "一…")
    #expect(truncated("abcd", columns: 0) == "")
    #expect(truncated("", columns: 0) == "")
    #expect(truncated("abcd", columns: -4) == "")
  }

  @Test func droppedScalarsAreCounted() {
    let text = Array("\u{FEFF}a\u{202E}b\u{200B}\u{200B}".utf8)
    #expect(droppedCount(in: text.span, bytes: 0..<text.count) == 4)
    #expect(droppedCount(in: text.span, bytes: 3..<8) == 1)
    #expect(droppedCount(in: text.span, bytes: -1..<900) == 4)
  }
}

@Suite struct GridRegionTests {
  private func page() -> Grid {
    var grid = Grid(size: Size(columns: 6, rows: 2))
    grid.write("一二三", column: 0, row: 0, columns: 6, style: .plain)
    grid.write("abcdef", column: 0, row: 1, columns: 6, style: .plain)
    return grid
  }

  @Test func fillTakesWholeGlyphs() {
    var grid = page()
    grid.fill(columns: 1..<3, rows: 0..<9, style: bold)
    #expect(grid.rows() == ["    三", "a  def"])
    #expect(grid.styleRows(letters: [bold: "B"]) == [".BB", ".BB"])
    grid.fill(columns: -9..<99, rows: -9..<99, style: .plain)
    #expect(grid == Grid(size: grid.size))
  }

  @Test func restyleTakesWholeGlyphs() {
    var grid = page()
    grid.restyle(columns: 1..<3, row: 0) { $0.overlaid(by: bold) }
    #expect(grid.styleRows(letters: [bold: "B"]) == ["BBBB", ""])
    grid.restyle(columns: -4..<99, row: 1) { _ in bold }
    grid.restyle(columns: 0..<6, row: 7) { _ in bold }
    #expect(grid.styleRows(letters: [bold: "B"]) == ["BBBB", "BBBBBB"])
    #expect(grid.rows() == page().rows())
  }

  @Test func placeClipsAndCutsWholeGlyphs() {
    var popup = Grid(size: Size(columns: 2, rows: 1))
    popup.write("e\u{301}x", column: 0, row: 0, columns: 2, style: .plain)
    var grid = page()
    grid.place(popup, column: 1, row: 0)
    #expect(grid.rows() == [" e\u{301}x 三", "abcdef"])
    var wide = Grid(size: Size(columns: 2, rows: 1))
    wide.write("四", column: 0, row: 0, columns: 2, style: .plain)
    grid.place(wide, column: -1, row: 1)
    grid.place(wide, column: 5, row: 1)
    #expect(grid.rows()[1] == " bcde")
    for place in [(99, 0), (0, 99), (-99, 0), (0, -99), (.min, .min), (.max, .max)] {
      grid.place(wide, column: place.0, row: place.1)
    }
    #expect(DisplayRule.violations(in: grid) == 0)
  }

  @Test func sameLookIsEqual() {
    func grid(_ order: [Int]) -> Grid {
      var grid = Grid(size: Size(columns: 2, rows: 1))
      for column in order {
        grid.write(["e\u{301}", "o\u{308}"][column], column: column, row: 0, columns: 1, style: .plain)
      }
      return grid
    }
    #expect(grid([0, 1]) == grid([1, 0]))
    #expect(grid([0, 1]).hashValue == grid([1, 0]).hashValue)
    #expect(grid([0, 1]) != grid([0]))
    var other = grid([0, 1])
    other.write("a\u{308}", column: 0, row: 0, columns: 1, style: .plain)
    #expect(other != grid([0, 1]))
  }

  @Test func theLastGuardSeesWhatIsPlanted() {
    var grid = page()
    #expect(DisplayRule.violations(in: grid) == 0)
    grid.cells[6] = Cell(scalar: "\u{1B}", width: 1, style: .plain)
    #expect(DisplayRule.violations(in: grid) == 1)
    grid.cells[0] = .blank
    #expect(DisplayRule.violations(in: grid) == 2)
    grid.cells[5] = .blank
    #expect(DisplayRule.violations(in: grid) == 3)
    grid.clusters = [["a", "\u{301}", "b"], ["a"] + Array(repeating: "\u{301}", count: 5)]
    grid.cells[7] = Cell(cluster: 0, width: 1, style: .plain)
    grid.cells[8] = Cell(cluster: 1, width: 1, style: .plain)
    grid.cells[9] = Cell(scalar: "一", width: 1, style: .plain)
    #expect(DisplayRule.violations(in: grid) == 6)
  }

  /// Ten thousand random writes, fills, restyles and popups over CJK: no half glyph, nothing forbidden.
  @Test func nothingBreaksAGrid() {
    var random = SeededRandom(seed: 41)
    let texts = ["一二三四五", "a一b二c", "e\u{301}一\u{302}x", "\u{1B}[31m\u{202E}", "👍🏽\t字", "plain text"]
    var grid = Grid(size: Size(columns: 19, rows: 5))
    for round in 0..<10_000 {
      let column = random.below(26) - 4
      let row = random.below(7) - 1
      switch random.below(4) {
      case 0:
        var popup = Grid(size: Size(columns: random.below(9), rows: random.below(4)))
        for line in 0..<3 {
          popup.write(texts[random.below(texts.count)], column: 0, row: line, columns: 9, style: bold)
        }
        grid.place(popup, column: column, row: row)
      case 1: grid.fill(columns: column..<column + random.below(6), rows: row..<row + 2, style: .plain)
      case 2: grid.restyle(columns: column..<column + random.below(6), row: row) { $0.reversed }
      default:
        grid.write(
          texts[random.below(texts.count)], column: column, row: row, columns: random.below(12), style: .plain
        )
      }
      if round % 50 == 0 { #expect(DisplayRule.violations(in: grid) == 0) }
      if round % 1_000 == 999 { grid = Grid(size: grid.size) }
    }
    #expect(DisplayRule.violations(in: grid) == 0)
  }
}

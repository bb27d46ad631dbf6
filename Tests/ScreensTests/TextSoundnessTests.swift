import Discussion
import Grid
import Reader
import Testing

@testable import Screens

/// Text that is right: what a thread shows of a text is the text, each cluster whole, in its order, in its
/// place, whatever the width.
@Suite struct TextSoundnessTests {
  private static let pieces = [
    "鐘", "の音", "e\u{301}", "Z\u{351}\u{363}", "שלום", "مرحبا", "👍🏽", "word", "well-known",
    "https://a.example/b/c?d=e",
    " ", " ", " ", ", ", "“quoted”", "(鐘)", "ｗｉｄｅ", "각", "\u{1100}\u{1161}", "supercalifragilistic", "—",
    "\t",
    "\u{202E}", "\u{2066}", "\u{2069}",
  ]

  private static func text(_ random: inout SeededRandom) -> String {
    (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  /// The clusters of a text as they show: bases with their marks, in order.
  private static func clusters(_ text: String) -> [[Unicode.Scalar]] {
    let bytes = Array(text.utf8)
    var scanner = DisplayScanner(bytes: bytes.indices)
    var found: [[Unicode.Scalar]] = []
    while let unit = scanner.next(in: bytes.span) {
      if unit.kind == .text, unit.base != " ", unit.base != "\u{3000}" {
        found.append([unit.base] + unit.marks)
      }
    }
    return found
  }

  /// What the cells of some columns of a grid show, row after row, blanks left out.
  private static func shown(_ grid: Grid, columns: Range<Int>, rows: Range<Int>) -> [[Unicode.Scalar]] {
    var found: [[Unicode.Scalar]] = []
    for row in rows {
      for column in columns {
        let scalars = grid.scalars(column: column, row: row)
        if !scalars.isEmpty, scalars != [" "], scalars != ["\u{3000}"] { found.append(scalars) }
      }
    }
    return found
  }

  private func session(_ text: ParsedText, _ size: Size) -> Session {
    let page = ParsedDiscussion(title: Array("T".utf8), format: "test", body: text)
    var session = Session(Library.of([page]), columns: size.columns, rows: size.rows)
    session.press("<Enter>zz")
    return session
  }

  @Test(arguments: 0..<24) func aBrokenTextIsTheText(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = TextSoundnessTests.text(&random)
    for columns in [20, 21, 22, 33, 61, 90] {
      // The rule, the title and the byline, and room for all the rest.
      let session = session(ParsedText(text), Size(columns: columns, rows: 200))
      let grid = view(session.state)
      #expect(DisplayRule.violations(in: grid) == 0)
      let shown = TextSoundnessTests.shown(grid, columns: 3..<columns, rows: 5..<199)
      #expect(shown == TextSoundnessTests.clusters(text), "seed \(seed) at \(columns)")
    }
  }

  /// Moved sideways column by column, a line shows every cluster whole somewhere, and at each step a
  /// stretch of the line.
  @Test(arguments: 0..<8) func aLineThatIsMovedIsTheLine(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let line = "x" + TextSoundnessTests.text(&random).replacing("\t", with: " ") + "end"
    let bytes = Array(line.utf8)
    let text = ParsedText(utf8: bytes, spans: [RoleSpan(0..<bytes.count, .code)])
    var session = session(text, Size(columns: 30, rows: 12))
    let whole = TextSoundnessTests.clusters(line)
    let width = displayColumns(of: line)
    for step in 0...(width - 27) {
      let grid = view(session.state)
      #expect(DisplayRule.violations(in: grid) == 0)
      var shown = TextSoundnessTests.shown(grid, columns: 3..<30, rows: 5..<6)
      if step > 0 { #expect(shown.removeFirst() == ["‹"]) }
      if step < width - 27 { #expect(shown.removeLast() == ["›"]) }
      #expect(
        whole.indices.contains { whole[$0...].starts(with: shown) }, "seed \(seed), \(step) columns aside")
      if step == width - 27 { #expect(shown.suffix(3) == [["e"], ["n"], ["d"]]) }
      session.press("1zl")
    }
  }

  /// Names and titles in a row of their own never change the place of what stands beside them: a text from
  /// right to left is cells in order, and a control of direction is none.
  @Test func textFromRightToLeftKeepsToItsPlace() {
    func page(_ title: String, _ author: String) -> ParsedDiscussion {
      Shelves.discussion(
        title, by: author, on: Shelves.day(2013, 3, 2), "Words.",
        [(1, author, Shelves.day(2013, 3, 2), "More.")])
    }
    let plain = page("Title", "Anna")
    for (title, author) in [
      ("שלוםם", "מרים"), ("\u{202E}Title", "\u{2067}Anna"), ("Ti\u{2066}tle\u{202A}", "An\u{200F}na\u{202D}"),
    ] {
      for keys in ["j", "<Enter>", "<Enter>j", "<Enter>zM", "<Enter>jsM"] {
        var one = Session(Library.of([plain]), columns: 80, rows: 24)
        var other = Session(Library.of([page(title, author)]), columns: 80, rows: 24)
        one.press(keys)
        other.press(keys)
        let (left, right) = (view(one.state), view(other.state))
        #expect(left.cells.map(\.style) == right.cells.map(\.style), "\(keys)")
        for row in 0..<24 {
          for column in 0..<80
          where left.scalars(column: column, row: row).first?.properties.isAlphabetic != true {
            #expect(
              left.scalars(column: column, row: row) == right.scalars(column: column, row: row),
              "\(keys) at \(column), \(row)")
          }
        }
      }
    }
  }

  /// A long word or address is broken where it may be, and only where it has no such place within a line.
  @Test func addressesAreBrokenBehindTheirSlashes() {
    let address = "https://bells.example/" + String(repeating: "tower/", count: 20)
    let grid = view(session(ParsedText("See " + address + "x now."), Size(columns: 60, rows: 30)).state)
    let rows = grid.rows()[5..<20].map { $0.dropFirst(3) }.filter { !$0.isEmpty && $0.contains("tower") }
    #expect(rows.count > 2)
    for row in rows.dropLast() { #expect(row.hasSuffix("/"), "\(row)") }
  }
}

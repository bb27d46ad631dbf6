import Foundation
import PseudoTerminal
import Testing

/// What a grid looks like on a terminal.
@Suite(.serialized) struct PaintingTests {
  @Test func glyphsLandInTheirCells() throws {
    let run = try ProbeRun.started()
    let terminal = run.terminal
    run.expect("guard 0")
    #expect(terminal.text[6] == "a界e\u{301}\u{323}b한x")
    let glyphs = (0..<9).map { terminal.glyph(column: $0, row: 6) }
    #expect(glyphs == ["a", "界", nil, "e\u{301}\u{323}", "b", "한", nil, "x", ""] || glyphs.last == " ")
    // Half a wide glyph was written over: the other half is blank, and what follows keeps its place.
    #expect(terminal.text[7].hasPrefix(" xy 界"))
    #expect(terminal.glyph(column: 4, row: 7) == "界")
    // A wide glyph does not fit into the last column, a narrow one fits into the last cell of all.
    #expect(terminal.text[8] == "")
    #expect(terminal.glyph(column: 79, row: 23) == "$")
    #expect(terminal.cursor == (2, 9) && terminal.showsCursor)
    run.quit()
  }

  @Test func inkIsWhatTheStyleSays() throws {
    let run = try ProbeRun.started()
    run.expect("inked")
    #expect(run.terminal.ink(column: 10, row: 7) == (3, 1, 25))
    #expect(run.terminal.ink(column: 20, row: 7) == (0, 240, 241))
    #expect(run.terminal.ink(column: 0, row: 0) == (0, -1, -1))
    run.quit()
  }

  @Test func fewerColoursTakeTheNearestAndStayReadable() throws {
    let run = try ProbeRun.started(environment: ["TERM": "xterm"])
    run.expect("colors 8 ")
    run.expect("inked")
    let ink = run.terminal.ink(column: 10, row: 7)
    #expect(ink.foreground == 1 && ink.background == 4)
    let grey = run.terminal.ink(column: 20, row: 7)
    #expect(grey.background == -1)  // both greys become one: no text on its own colour
    run.quit()
  }

  @Test func withoutColoursAttributesStay() throws {
    for environment in [["NO_COLOR": "1"], ["TERM": "vt220"], ["TERM": "xterm-mono"]] {
      let run = try ProbeRun.started(environment: environment)
      run.expect("colors 0 ")
      run.expect("inked")
      #expect(run.terminal.ink(column: 10, row: 7) == (3, -1, -1))
      run.terminal.send("q")
      #expect(run.terminal.waitForEnd() == .exit(0))
      #expect(run.terminal.isCooked)
      let parts = String(decoding: run.terminal.log, as: UTF8.self).components(separatedBy: "\u{1B}[")
        .dropFirst()
      for part in parts {
        let body = part.prefix { $0.isNumber || $0 == ";" }
        guard part.dropFirst(body.count).first == "m" else { continue }
        let numbers = body.split(separator: ";").compactMap { Int($0) }
        #expect(numbers.allSatisfy { !(30...49).contains($0) && !(90...107).contains($0) })
      }
    }
  }

  @Test(arguments: ["C", "POSIX", "en_US.UTF-8", ""]) func anyLocaleShowsLetters(locale: String) throws {
    let run = try ProbeRun.started(environment: ["LC_ALL": locale])
    run.expect("utf8 true")
    run.expect("a界e\u{301}\u{323}b한x")
    run.quit()
  }

  @Test func everySizeIsShownAndTheLastOneStays() throws {
    let run = try ProbeRun.started()
    for (columns, rows) in [(1, 1), (2, 5), (1, 200), (200, 1), (400, 120), (20, 6), (80, 24)] {
      run.terminal.resize(columns: columns, rows: rows)
      if columns == 1 {  // the emulator does not take it; what is written is still looked at below
        _ = run.terminal.wait(seconds: 0.1) { _ in false }
        #expect(run.terminal.end == nil)
        continue
      }
      let shown = String("size \(columns)x\(rows)".prefix(columns - (rows == 1 ? 1 : 0)))
      let seen = run.terminal.wait {
        $0.text[0].hasPrefix(shown) && $0.glyph(column: columns - 1, row: rows - 1) == "$"
      }
      if let seen { Issue.record("\(columns)x\(rows): \(seen)") }
    }
    for step in 0..<200 { run.terminal.resize(columns: 20 + step * 7 % 150, rows: 5 + step * 3 % 50) }
    run.terminal.resize(columns: 90, rows: 30)
    run.expect("size 90x30")
    run.quit()
  }

  @Test func exportedSizesAreNotBelieved() throws {
    let run = try ProbeRun.started(environment: ["LINES": "5", "COLUMNS": "11"])
    run.quit()
  }

  @Test func whatStandsThereIsNotSentAgain() throws {
    let run = try ProbeRun.started()
    run.terminal.send("a")
    run.expect("keys 1: a")
    let before = run.terminal.log.count
    run.terminal.send("b")
    run.expect("keys 2: a b")
    #expect(run.terminal.log.count - before < 100)
    let beforeRedraw = run.terminal.log.count
    run.terminal.send("\u{C}")
    #expect(run.terminal.wait { $0.shows("keys 3: a b C-l") && $0.log.count - beforeRedraw > 150 } == nil)
    run.quit()
  }

  @Test func theBackgroundIsReadFromTheEnvironment() throws {
    for (value, word) in [
      ("15;0", "false"), ("0;default;15", "true"), ("0;7", "true"), ("nonsense", "unknown"),
    ] {
      let run = try ProbeRun.started(environment: ["COLORFGBG": value])
      run.expect("light \(word)")
      run.quit()
    }
  }
}

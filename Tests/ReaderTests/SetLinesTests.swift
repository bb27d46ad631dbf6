import Discussion
import Grid
import Testing

@testable import Reader

/// Program text stays whole, lists hang, and nothing of a text is lost or set too wide.
@Suite struct SetLinesTests {
  private func set(
    _ text: String, _ spans: [RoleSpan], columns: Int, breaksCode: Bool = false
  ) -> SetLines {
    let bytes = Array(text.utf8)
    return SetLines(bytes.span, spans: spans, columns: columns, breaksCode: breaksCode)
  }

  private func rows(_ text: String, _ spans: [RoleSpan], columns: Int, breaksCode: Bool = false) -> [String] {
    let bytes = Array(text.utf8)
    let set = set(text, spans, columns: columns, breaksCode: breaksCode)
    return set.lines.enumerated().map { index, line in
      let hang = set.hangs.isEmpty ? 0 : set.hangs[index]
      var row = String(repeating: ".", count: hang) + String(decoding: bytes[line.bytes], as: UTF8.self)
      while row.last == " " || row.last == "\n" { row.removeLast() }
      return row
    }
  }

  private func span(_ part: String, of text: String, _ role: Role) throws -> RoleSpan {
    let (whole, wanted) = (Array(text.utf8), Array(part.utf8))
    let start = try #require(whole.indices.first { whole[$0...].starts(with: wanted) })
    return RoleSpan(start..<start + wanted.count, role)
  }

  @Test func programTextIsNotBroken() throws {
    let text = "Some words before it.\nlet gate = open(all)\n  raise()\nAnd words after."
    let code = try span("let gate = open(all)\n  raise()", of: text, .code)
    #expect(
      rows(text, [code], columns: 10) == [
        "Some words", "before it.", "let gate = open(all)", "  raise()", "And words", "after.",
      ])
    #expect(set(text, [code], columns: 10).kept == [2..<4])
    #expect(
      rows(text, [code], columns: 10, breaksCode: true).contains("let gate ="),
      "who is told the text is told all of it")
    let within = try span("gate", of: text, .code)
    #expect(set(text, [within], columns: 10).kept.isEmpty, "code within a line of words")
  }

  @Test func quotationsWithoutMarksAreSetIn() throws {
    let text = "Own words.\n\nquoted one two\n\ninner words\n\nOwn again.\n> marked already"
    let inner = try span("inner words", of: text, .quote)
    var outer = try span("quoted one two", of: text, .quote)
    outer.bytes = outer.bytes.lowerBound..<inner.bytes.upperBound
    let marked = try span("> marked already", of: text, .quote)
    #expect(
      rows(text, [outer, inner, marked], columns: 12) == [
        "Own words.", "", "..quoted one", "..two", "..", "....inner", "....words", "", "Own again.",
        "> marked", "..already",
      ])
    #expect(
      set(text, [outer, inner, marked], columns: 12).quoteLevels == [0, 0, 1, 1, 1, 2, 2, 0, 0, 0, 1])
    #expect(set(text, [marked], columns: 20).quoteLevels.isEmpty)
    // What is narrow stays readable, however deep.
    let deep = (0..<40).map { RoleSpan($0..<text.utf8.count, .quote) }
    for columns in 1..<12 {
      #expect(set(text, deep, columns: columns).hangs.allSatisfy { $0 <= columns / 3 })
    }
  }

  @Test func itemsHangBelowTheirMarks() throws {
    let text = "• one two three\n• four\n• five six\n12. seven eight"
    let inner = try span("• five six", of: text, .listItem)
    var outer = try span("• four", of: text, .listItem)
    outer.bytes = outer.bytes.lowerBound..<inner.bytes.upperBound
    let spans = [
      try span("• one two three", of: text, .listItem), outer, inner,
      try span("12. seven eight", of: text, .listItem),
    ]
    #expect(
      rows(text, spans, columns: 12) == [
        "• one two", "..three", "• four", "..• five six", "12. seven", "....eight",
      ])
  }

  @Test(arguments: 0..<40) func linesTileTheTextAndFit(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "word ", "鐘の音", "e\u{301}", "\t", "\n", "• ", "1. ", "https://a.example/b/c", " ", "\u{202E}x",
    ]
    let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    let bytes = Array(text.utf8)
    let starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    var spans: [RoleSpan] = []
    for start in starts where start < bytes.count && Bool.random(using: &random) {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if start < end { spans.append(RoleSpan(start..<end, Bool.random(using: &random) ? .listItem : .code)) }
    }
    for columns in [1, 2, 7, 30, 200] {
      let set = set(text, spans, columns: columns)
      var end = 0
      for (index, line) in set.lines.enumerated() {
        #expect(line.bytes.lowerBound == end)
        end = line.bytes.upperBound
        let isKept = set.kept.contains { $0.contains(index) }
        let hang = set.hangs.isEmpty ? 0 : set.hangs[index]
        #expect(isKept || line.columns + hang <= max(1, columns), "seed \(seed) at \(columns)")
      }
      #expect(end == bytes.count)
      #expect(set.hangs.isEmpty || set.hangs.count == set.lines.count)
    }
    #expect(set(text, [], columns: 30).lines == wrapLines(bytes.span, columns: 30))
  }
}

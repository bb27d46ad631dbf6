import Testing

@testable import Grid

/// The lines of a text without hanging spaces and line ends.
private func lines(_ text: String, _ columns: Int) -> [String] {
  let bytes = Array(text.utf8)
  return wrapLines(bytes.span, columns: columns).map { line in
    var part = String(decoding: bytes[line.bytes], as: UTF8.self)
    while let last = part.unicodeScalars.last, " \n\r\t".unicodeScalars.contains(last) {
      part.unicodeScalars.removeLast()
    }
    return part
  }
}

@Suite struct LineBreakingTests {
  @Test func breaksAtSpaces() {
    #expect(lines("the quick brown fox", 10) == ["the quick", "brown fox"])
    #expect(lines("the quick brown fox", 9) == ["the quick", "brown fox"])
    #expect(lines("the quick brown fox", 8) == ["the", "quick", "brown", "fox"])
  }

  @Test func longWordsBreakHard() {
    #expect(lines("a abcdefghij b", 4) == ["a", "abcd", "efgh", "ij b"])
  }

  @Test func paragraphsAndBlankLines() {
    #expect(lines("a\n\nb", 5) == ["a", "", "b"])
    #expect(lines("a\r\n\r\nb\r", 5) == ["a", "", "b"])
    #expect(lines("", 5).isEmpty)
    #expect(lines("\n", 5) == [""])
    let text = Array("ab cd\nef".utf8)
    #expect(wrapLines(text.span, columns: 3).map(\.endsParagraph) == [false, true, true])
    #expect(wrapLines(text.span, columns: 3).map(\.columns) == [2, 2, 2])
  }

  @Test func trailingSpacesMakeNoLine() {
    #expect(lines("abcde      ", 5) == ["abcde"])
    #expect(lines("abcde      \nfg", 5) == ["abcde", "fg"])
    #expect(lines("abcde           fg", 5) == ["abcde", "fg"])
  }

  @Test func indentationStays() {
    #expect(lines("    a b", 10) == ["    a b"])
    #expect(lines("x\n  y z", 4) == ["x", "  y", "z"])
  }

  @Test func tabsGoToTheEighthColumn() {
    let text = Array("a\tb\tc".utf8)
    #expect(wrapLines(text.span, columns: 20).map(\.columns) == [17])
    #expect(lines("a\tb\tc", 16) == ["a\tb", "c"])
    #expect(lines("a\tb", 3) == ["a", "b"])
  }

  @Test func hyphensAndSlashesInsideWords() {
    #expect(lines("well-known", 6) == ["well-", "known"])
    #expect(lines("and/or", 5) == ["and/", "or"])
    #expect(lines("x -option", 7) == ["x", "-option"])
    #expect(lines("on 2012-06-14", 9) == ["on", "2012-06-1", "4"])
    #expect(lines("see http://host/path", 12) == ["see", "http://host/", "path"])
  }

  @Test func betweenIdeographsButNotBeforeTheirStops() {
    #expect(lines("一二三四", 4) == ["一二", "三四"])
    #expect(lines("一二三四", 5) == ["一二", "三四"])
    #expect(lines("一二。三", 4) == ["一", "二。", "三"])
    #expect(lines("一「二」", 4) == ["一", "「二", "」"])
    #expect(lines("ab一cd", 3) == ["ab", "一", "cd"])
  }

  @Test func zeroWidthSpacePermitsABreakAndNoBreakSpaceDoesNot() {
    #expect(lines("abc\u{200B}def", 4) == ["abc\u{200B}", "def"])
    #expect(lines("x abc\u{A0}def", 7) == ["x", "abc\u{A0}def"])
  }

  @Test func wideGlyphInOneColumnHasItsOwnLine() {
    let text = Array("一a二".utf8)
    #expect(wrapLines(text.span, columns: 1).map(\.bytes) == [0..<3, 3..<4, 4..<7])
    #expect(wrapLines(text.span, columns: 1).map(\.columns) == [1, 1, 1])
    #expect(wrapLines(text.span, columns: -3).count == 3)
  }

  @Test func pageBreakEndsItsLine() {
    let text = Array("ab\u{C}cd".utf8)
    #expect(wrapLines(text.span, columns: 10).map(\.bytes) == [0..<3, 3..<5])
    #expect(wrapLines(text.span, columns: 2).map(\.bytes) == [0..<2, 2..<3, 3..<5])
  }
}

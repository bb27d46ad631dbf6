import Discussion
import Testing

@testable import Shelf

@Suite struct DigestTests {
  /// 2012-07-28T12:00:00Z
  private let july: Int64 = 1_343_476_800

  @Test func headingsNameTheDays() {
    func heading(_ moments: [Int64], _ offset: Int = 0) -> String {
      Digest.heading(
        moments.map { Bookmark(key: key(1), discussion: key(1), createdAt: $0, changedAt: 0) },
        offsetMinutes: offset)
    }
    let day: Int64 = 86_400
    #expect(heading([]) == "Bookmarks")
    #expect(heading([july]) == "Bookmarks for July 28th")
    #expect(heading([july, july + 3600]) == "Bookmarks for July 28th")
    #expect(heading([july + 8 * day, july]) == "Bookmarks for July 28th through August 5th")
    #expect(heading([july], 12 * 60) == "Bookmarks for July 29th")
    #expect(heading([july, july + 3600], 11 * 60 + 30) == "Bookmarks for July 28th through July 29th")
    #expect(
      heading([july, july + 160 * day]) == "Bookmarks for July 28th, 2012 through January 4th, 2013")
    #expect(heading([.min, .max]).hasPrefix("Bookmarks for "))
  }

  @Test func ordinalsAreEnglish() {
    #expect(
      (1...31).map(Digest.ordinal).joined(separator: " ")
        == "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th 15th 16th 17th 18th 19th 20th "
        + "21st 22nd 23rd 24th 25th 26th 27th 28th 29th 30th 31st")
    #expect(Digest.ordinal(111) == "111th")
  }

  @Test func aPageAsWritten() {
    let first = Bookmark(
      key: key(1), discussion: key(9), isStarred: true, note: utf8("\nAsk *Ann*.\n"),
      tags: [utf8("budget"), utf8("a`b")], createdAt: july, changedAt: july,
      copy: BookmarkCopy(
        title: utf8("Where *does*\r\n# it\u{2028}belong?"), author: utf8("A_b <x>"),
        date: Timestamp(year: 2011, month: 1, day: 5), sources: [utf8("/saved/a page.html"), utf8("b\nc")],
        text: utf8("One line.\r\n\n# Two\u{85}<b> ![x](y)\n"), ancestors: [utf8("top"), utf8("- near")]))
    let second = Bookmark(
      key: key(2), discussion: key(9), createdAt: july + 8 * 86_400, changedAt: july,
      quote: QuoteSelector(exact: utf8("only this")))
    let page = Digest.markdown(bookmarks: [first, second])
    #expect(
      String(decoding: page, as: UTF8.self) == """
        # Bookmarks for July 28th through August 5th

        ## Where \\*does\\* \\# it belong?

        A\\_b \\<x\\>, 2011-01-05 ★

        In reply to: \\- near

        > One line.
        >
        > # Two
        > \\<b> !\\[x](y)

        Note: Ask *Ann*.

        Tags: `budget`, `` a`b ``

        Source: `/saved/a page.html`

        Source: `b␊c`

        ## (title not in the source)

        (name not in the source), (date not in the source)

        > only this

        """)
    #expect(
      Digest.markdown(bookmarks: [], title: utf8("My # page\n")) == utf8("# My \\# page\n"))
  }

  /// Whatever the text, each of its lines stays inside the quotation.
  @Test func noTextLeavesItsQuotation() {
    let pieces = ["\r", "\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{0B}", "\u{0C}", "> ", "#", "`", "<", "a"]
    var random = Seeded(state: 3)
    for _ in 0..<300 {
      let text = utf8("t" + (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined() + "t")
      let bookmark = Bookmark(
        key: key(1), discussion: key(1), createdAt: 0, changedAt: 0,
        copy: BookmarkCopy(title: text, author: text, text: text))
      let page = String(decoding: Digest.markdown(bookmarks: [bookmark]), as: UTF8.self)
      let lines = page.split(omittingEmptySubsequences: false) { $0.isNewline }
      #expect(lines.count(where: { $0.hasPrefix("#") }) == 2)
      #expect(lines.allSatisfy { !$0.hasPrefix("`") && !$0.hasPrefix("<") })
      #expect(lines.dropFirst(6).dropLast().allSatisfy { $0.hasPrefix(">") })
    }
  }
}

import Discussion
import Grid
import Testing

@testable import Reader

/// From a quote to its source and back, and quotes out of the way.
@Suite struct QuotingTests {
  /// A comment whose first line is a quote.
  static func reply(_ quote: String?, _ text: String, to parent: Int? = nil) -> ParsedComment {
    let utf8 = Array(((quote.map { $0 + "\n\n" } ?? "") + text).utf8)
    return ParsedComment(
      parent: parent.map { .comment($0) } ?? .post, author: Array("Ann".utf8),
      text: ParsedText(
        utf8: utf8, spans: quote.map { [RoleSpan(0..<$0.utf8.count, .quote)] } ?? []))
  }

  static let boat = "The boat is full at eight, and nobody minds the cold any more."
  static let dam = "The dam is closed in every storm that deserves the name."

  static let library = Library.of([
    ParsedDiscussion(
      title: Array("Boats".utf8), body: ParsedText("A post.\n\n\(dam)"),
      comments: [
        reply(nil, "I was there.\n\n\(boat)\n\nReally."), reply(boat, "Not on Monday.", to: 0),
        reply(boat, "They do mind.", to: 1), reply(dam, "So it is.\n\n\(Shelves.lines(3, "Dam"))"),
        reply("“Somebody said something that is nowhere in here at all.”", "Who?"),
        reply("\(boat)\n\n\(dam)", "Both."),
      ], sources: [[0x61]]),
    Shelves.lone,
  ])

  @Test func toTheSourceAndBack() {
    var session = Session(QuotingTests.library)
    session.open(0, at: "1.1")
    session.press("gq")
    #expect(session.selected == "1")
    #expect(session.state.message == "The source of quote 1/1.")
    session.press("<C-o>")
    #expect(session.selected == "1.1")
    session.press("jgq")
    #expect(session.selected == "1")
    session.open(0, at: "3")
    session.press("gq")
    #expect(session.selected == "3")
    #expect(session.state.message == "No quote here has its source in this discussion.")
  }

  @Test func theQuoteAtTheTopLineCounts() {
    var session = Session(QuotingTests.library, rows: 8)
    session.open(0, at: "4")
    session.press("gq")
    #expect(session.selected == "1")
    session.press("<C-o>")
    // With the second quote on top, its source is meant.
    let entry = session.entry(0, "4")
    let layout = session.state.flow?.layout(of: entry)
    session.state.thread?.top = Place(
      entry: entry, row: layout?.row(ofByte: QuotingTests.boat.utf8.count + 4) ?? 0)
    session.press("gq")
    #expect(session.selected == "post")
    session.open(0, at: "4")
    session.press("2gq")
    #expect(session.selected == "post" && session.state.message == "The source of quote 2/2.")
    session.press("<C-o>9gq")
    #expect(session.selected == "post")
  }

  @Test func whoQuotesIsSteppedThrough() {
    var session = Session(QuotingTests.library)
    session.open(0, at: "1")
    var seen: [String] = []
    for _ in 0..<4 {
      session.press("gr")
      seen.append("\(session.selected) \(session.state.message ?? "")")
    }
    #expect(
      seen == [
        "1.1 1/3 that quote it", "1.1.1 2/3 that quote it", "4 3/3 that quote it", "1.1 1/3 that quote it",
      ])
    session.press("<C-o>")
    #expect(session.selected == "1")
    session.press("2gr")
    #expect(session.selected == "1.1.1")
    // Elsewhere it begins anew.
    session.press("gggr")
    #expect(session.selected == "2" && session.state.message == "1/2 that quote it")
    session.open(0, at: "1.1.1")
    session.press("gr")
    #expect(session.state.message == "Nobody quotes this here.")
  }

  @Test func aFoldedQuoterOpens() {
    var session = Session(QuotingTests.library)
    session.open(0, at: "1")
    session.press("zcgr")
    #expect(session.selected == "1.1")
    #expect(session.state.flow?.isFolded(session.entry(0, "1")) == false)
  }

  @Test func longDiscussionsAreSearchedInTheBackground() {
    let filler = (0..<60).map { index in
      QuotingTests.reply(nil, Shelves.lines(400, "Part \(index)"))
    }
    let library = Library.of([
      ParsedDiscussion(
        title: [0x54], body: ParsedText(QuotingTests.boat),
        comments: [QuotingTests.reply(QuotingTests.boat, "Yes.")] + filler, sources: [[0x61]])
    ])
    #expect(library.textByteCount(of: library.discussions[0]) > ReaderState.quoteBytesAtOnce)
    var session = Session(library)
    session.open(0, at: "1")
    session.press("gq")
    #expect(session.selected == "1" && session.state.message == "Looking for quotes…")
    let asked = session.effects.compactMap {
      if case .findQuotes(let discussion) = $0 { discussion } else { nil }
    }
    #expect(asked == [library.discussions[0]])
    let index = QuoteIndex(of: asked[0], in: library)
    session.send(.quotesFound(index, generation: library.generation - 1))
    #expect(session.selected == "1")
    session.press("gq")
    session.send(.quotesFound(index, generation: library.generation))
    #expect(session.selected == "post")
    // Known now: at once. And who has gone elsewhere meanwhile stays there.
    session.press("gr")
    #expect(session.selected == "1")
    session.press("gq")
    #expect(session.selected == "post")
  }

  @Test func quotesAreSetAsideAndComeBack() throws {
    var session = Session(QuotingTests.library)
    session.open(0, at: "4")
    let entry = session.entry(0, "4")
    let whole = try #require(session.state.flow?.layout(of: entry))
    session.press("T")
    let short = try #require(session.state.flow?.layout(of: entry))
    #expect(short.rowCount < whole.rowCount)
    #expect(
      (0..<short.rowCount).map { short[$0] } == [.head, .hiddenQuote(lines: 2), .text(3), .text(4), .blank])
    #expect(session.state.flow?.layout(of: session.entry(0, "1")).rowCount == 7)
    for row in 0..<short.rowCount { #expect(short.row(ofByte: short.byte(atRow: row)) <= row || row == 0) }
    session.press("T")
    #expect(session.state.flow?.layout(of: entry).rowCount == whole.rowCount)
  }

  @Test func aMatchInAHiddenQuoteOpensIt() throws {
    var session = Session(QuotingTests.library)
    session.open(0, at: "2")
    session.press("T")
    let entry = session.entry(0, "2")
    let short = try #require(session.state.flow?.layout(of: entry).rowCount)
    session.search("storm")
    for _ in 0..<5 where session.selected != "2" { session.press("n") }
    #expect(session.selected == "2")
    #expect(try #require(session.state.flow?.layout(of: entry).rowCount) >= short)
    #expect(
      session.state.flow.map { flow in
        (0..<flow.layout(of: entry).rowCount).allSatisfy { row in
          if case .hiddenQuote = flow.layout(of: entry)[row] { return false }
          return true
        }
      } == true)
  }
}

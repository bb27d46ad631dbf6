import Discussion
import Grid
import Testing

@testable import Reader

/// Overviews, first mentions, same titles.
@Suite struct SurveyingTests {
  private static func dated(
    _ title: String, _ dates: [String?], from source: String, authors: [String?] = []
  ) -> ParsedDiscussion {
    func stamp(_ text: String?) -> Timestamp? {
      guard let parts = text?.split(separator: "-").compactMap({ Int($0) }) else { return nil }
      return Timestamp(
        year: parts[0], month: parts.count > 1 ? parts[1] : nil, day: parts.count > 2 ? parts[2] : nil)
    }
    return ParsedDiscussion(
      title: Array(title.utf8), date: stamp(dates[0]), format: "test",
      body: ParsedText("Body of \(title) from \(source), where the kestrel is not named."),
      comments: dates.dropFirst().enumerated().map { place, date in
        ParsedComment(
          author: authors.indices.contains(place) ? authors[place].map { Array($0.utf8) } : nil,
          date: stamp(date), text: ParsedText("Reply \(place) to \(title): a kestrel."))
      }, sources: [Array(source.utf8)])
  }

  private func rows(_ session: Session) -> [String] {
    (session.state.overview?.rows ?? []).map { row in
      [row.label, row.count.map(String.init) ?? "-", row.detail].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  @Test func aTimelineCountsMonthsAndTellsWhatIsVague() {
    let library = Library.of([
      SurveyingTests.dated(
        "Kestrels", ["2012-03-01", "2012-03-09", "2012-05-02", "2013-05-02", "2013", nil], from: "a")
    ])
    var session = Session(library)
    session.press("<Enter>gt")
    #expect(session.state.surface == .overview)
    #expect(session.state.overview?.isAwaited == true)
    session.survey()
    #expect(
      rows(session) == [
        "2012-03 2", "2012-04 0", "2012-05 1", "⋮ - 11 months without an entry", "2013-05 1",
        "vague - 1 with a date less precise than this", "undated - 1 without a date in the source",
      ])
    session.press("jj<Enter>")
    #expect(session.selected == "2")
    session.press("q")
    #expect(session.state.surface == .overview)
    #expect(session.state.overview?.place.selected == 2)
    session.press("q")
    #expect(session.state.surface == .thread || session.state.surface == .list)
  }

  @Test func shortTimesShowDaysAndWeeksLongOnesYears() {
    func labels(_ dates: [String]) -> [String] {
      let library = Library.of([SurveyingTests.dated("K", dates, from: "a")])
      return Timeline(of: library.discussions, in: library)?.rows(limitsList: true).map(\.label) ?? []
    }
    #expect(labels(["2012-03-01", "2012-03-03"]) == ["2012-03-01", "2012-03-02", "2012-03-03"])
    // Weeks begin on Monday: 2012-03-04 was a Sunday.
    #expect(
      labels(["2012-03-04", "2012-03-05", "2012-04-01"])
        == ["2012-02-27", "2012-03-05", "2012-03-12", "2012-03-19", "2012-03-26"])
    #expect(labels(["1990", "2012-03-05"]) == ["1990", "⋮", "2012"])
    let weeks = Library.of([SurveyingTests.dated("K", ["2012-03-04", "2012-04-01"], from: "a")])
    let rows = Timeline(of: weeks.discussions, in: weeks)?.rows(limitsList: true) ?? []
    #expect(rows.first?.target == .limit("date:2012-02-27..2012-03-04"))
  }

  @Test func whoAnswersWhomAndWhoWrote() {
    var session = Session()
    session.press("<Enter>gw")
    session.survey()
    #expect(rows(session).contains("Bo Lind → Ada Brook 1"))
    #expect(rows(session).contains("(no name) → Bo Lind 1"))
    session.press("qgW")
    session.survey()
    #expect(rows(session).first == "Ada Brook 2")
    #expect(rows(session).contains("Bo Lind 2"))
    session.press("<Enter>")
    #expect(session.selected == "post")
  }

  @Test func sourcesTellProblemsAndLimitTheList() {
    let library = Library.of([
      SurveyingTests.dated("A", [nil, nil], from: "a.txt"), SurveyingTests.dated("B", [nil], from: "b.txt"),
    ])
    let found = library.sourceRows([
      SourceProblem(path: Array("b.txt".utf8), line: 12, message: "it ends early", isNote: false),
      SourceProblem(path: Array("c.bin".utf8), line: nil, message: "binary file, not read", isNote: true),
    ])
    #expect(found.map(\.label) == ["a.txt", "b.txt", "  line 12", "c.bin", "  note"])
    #expect(found.map(\.isProblem) == [false, true, true, false, false])
    #expect(found[0].detail == "test · 1 discussion")
    #expect(found[1].detail == "test · 1 discussion · 1 problem")
    #expect(found[3].detail == "nothing read")
    var session = Session(library)
    session.press("gs")
    session.send(
      .surveyed(
        SurveyAnswer(
          ticket: session.state.surveyTicket, generation: session.state.library.generation,
          finding: .rows(found))))
    session.press("j<Enter>")
    #expect(session.state.surface == .list)
    #expect(session.state.arrangement.limit == "source:\"b.txt\"")
  }

  @Test func theSameTitleElsewhere() {
    let library = Library.of([
      SurveyingTests.dated("Kestrels", ["2012"], from: "a"),
      SurveyingTests.dated("Owls", ["2012"], from: "b"),
      SurveyingTests.dated("Re: KESTRELS", ["2013"], from: "c"),
    ])
    var session = Session(library)
    session.press("<Enter>=")
    session.survey()
    #expect(session.shownTitle == "Re: KESTRELS")
    session.press("=")
    session.survey()
    #expect(session.shownTitle == "Kestrels")
    session.press("<C-o>")
    #expect(session.shownTitle == "Re: KESTRELS")
    session.press("q")
    while session.state.surface != .list { session.press("q") }
    session.press("ggj=")
    session.survey()
    #expect(session.state.message?.hasPrefix("No other") == true)
  }

  @Test func theFirstMentionIsTheOneWithTheEarliestDate() {
    let library = Library.of([
      SurveyingTests.dated("Kestrels", [nil, "2014-01-01", "2011-05-05"], from: "a"),
      SurveyingTests.dated("Owls", ["2012", "2011-06-06"], from: "b"),
    ])
    var session = Session(library)
    session.press("gf")
    #expect(session.state.message?.contains("first-mention") == true)
    session.press(":")
    session.type("first-mention kestrel")
    session.press("<Enter>")
    session.survey()
    #expect(session.shownTitle == "Kestrels")
    #expect(session.selected == "2")
    #expect(session.state.message?.contains("of 5") == true)
  }

  @Test func everythingByOnePersonIsListedAsHitsThatHaveTheKeys() {
    for way in ["<Esc>", "q"] {
      var session = Session()
      session.open(0, at: "1")
      session.press("gp")
      #expect(session.searchRequests.last?.text == "author:\"Bo Lind\"")
      #expect(session.searchRequests.last?.scope == .everything)
      #expect(session.state.surface == .hits && session.state.prompt == nil)
      session.answer()
      #expect(session.state.search?.groups.isEmpty == false)
      // Back where it was asked.
      session.press(way)
      #expect(session.state.surface == .thread)
      #expect(session.selected == "1")
    }
    var session = Session()
    session.open(0, at: "1")
    session.press("gp")
    session.answer()
    session.press("<Enter>")
    #expect(session.state.surface == .thread)
    // Out of what was opened from the hits leads to the hits, and from there out, not around.
    session.press("q")
    #expect(session.state.surface == .hits)
    session.press("q")
    #expect(session.state.surface == .list)
  }

  @Test func anOverviewOutlivesALibraryThatGrowsAndAnswersToOthersAreDropped() {
    var session = Session()
    session.press("<Enter>gw")
    session.survey()
    let count = session.state.overview?.rows.count
    let (grown, remap) = session.state.library.adding([SurveyingTests.dated("New", ["2012"], from: "n")])
    session.send(.libraryChanged(grown, remap))
    #expect(session.state.overview?.isAwaited == true)
    #expect(session.state.overview?.rows.count == count)
    session.survey()
    #expect(session.state.overview?.isAwaited == false)
    session.send(
      .surveyed(SurveyAnswer(ticket: -1, generation: grown.generation, finding: .rows([]))))
    #expect(session.state.overview?.rows.count == count)
    session.send(.libraryChanged(Library.of([Shelves.lone]), nil))
    #expect(session.state.surface == .list)
  }
}

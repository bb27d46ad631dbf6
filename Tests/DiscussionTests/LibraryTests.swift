import Testing

@testable import Discussion

@Suite struct LibraryTests {
  private let thread = discussion(
    "A title",
    comments: [
      comment("one", by: "Ann"), comment("one.one", to: .comment(0)),
      comment("one.one.one", by: "Ann", to: .comment(1)), comment("two"),
      comment("one.two", to: .comment(0)),
    ])

  @Test func entriesStandInReadingOrder() {
    let library = library(of: [thread])
    let entries = library.entries(of: library.discussions[0])
    #expect(
      entries.map(library.string) == ["Body.", "one", "one.one", "one.one.one", "one.two", "two"])
    #expect(entries.map { library.depth(of: $0) } == [0, 1, 2, 3, 2, 1])
    #expect(entries.map { library.number(of: $0) } == [[], [1], [1, 1], [1, 1, 1], [1, 2], [2]])
    #expect(library.kind(of: entries[0]) == .post && library.kind(of: entries[1]) == .comment)
    #expect(library.author(of: entries[1]) == Array("Ann".utf8))
    #expect(library.author(of: entries[2]) == nil)
    #expect(library.authorID(of: entries[1]) == library.authorID(of: entries[3]))
  }

  @Test func walkingAgreesWithAScan() {
    var generator = SeededGenerator(state: 11)
    let comments = (0..<200).map { index in
      comment(
        "c\(index)",
        to: index == 0 || Bool.random(using: &generator)
          ? .post : .comment(Int.random(in: 0..<index, using: &generator)))
    }
    let library = library(of: [discussion("T", comments: comments)])
    let entries = library.entries(of: library.discussions[0])
    for entry in entries {
      let siblings = entries.filter {
        library.parent(of: $0) != nil && library.parent(of: $0) == library.parent(of: entry)
      }
      let place = siblings.firstIndex(of: entry)
      #expect(
        library.nextSibling(of: entry) == place.flatMap { $0 + 1 < siblings.count ? siblings[$0 + 1] : nil })
      #expect(library.previousSibling(of: entry) == place.flatMap { $0 > 0 ? siblings[$0 - 1] : nil })
      #expect(library.ordinal(of: entry) == (place ?? -1) + 1)
      #expect(library.firstReply(to: entry) == entries.first { library.parent(of: $0) == entry })
      #expect(library.ancestors(of: entry).count == library.depth(of: entry))
      #expect(library.entry(withKey: library.key(of: entry)) == entry)
      #expect(library.discussion(of: entry) == library.discussions[0])
    }
  }

  @Test func columnsKeepDatesScoresSpansAndLines() {
    var only = comment("quoted words")
    only.date = Timestamp(year: 2012, month: 6, day: 14)
    only.score = -3
    only.line = 17
    only.isRemoved = true
    only.kind = .pingback
    let link = RoleSpan(7..<12, .link, target: Array("https://a.example/".utf8))
    only.text.spans = [RoleSpan(0..<6, .quote), link]
    let library = library(of: [discussion("T", comments: [only])])
    let entry = library.entries(of: library.discussions[0])[1]
    #expect(library.date(of: entry)?.iso8601 == "2012-06-14")
    #expect(library.score(of: entry) == -3 && library.line(of: entry) == 17)
    #expect(library.isRemoved(entry) && library.kind(of: entry) == .pingback)
    #expect(library.spans(of: entry) == [RoleSpan(0..<6, .quote), link])
    #expect(library.checkInvariants() == [])
    #expect(library.withText(of: entry) { $0.count } == 12)
  }

  @Test func thePostHasTheIdOfItsDiscussion() {
    var one = discussion("T", comments: [comment("x")])
    one.nativeID = Array("<id@example.org>".utf8)
    let library = library(of: [one, discussion("U", comments: [comment("y")])])
    let posts = library.discussions.map { library.post(of: $0) }
    #expect(posts.map { library.nativeID(of: $0) } == [one.nativeID, nil])
    #expect(library.nativeID(of: library.entries(of: library.discussions[0])[1]) == nil)
  }

  @Test(
    arguments: [
      ("A title", "Words.", "A title"), ("", "Two\n\n  words.", "Two words."), ("", " \n", "(no title)"),
      ("", "", "(no title)"),
      ("", String(repeating: "word ", count: 40), String(repeating: "word ", count: 20) + "…"),
      ("", String(repeating: "ä", count: 300), String(repeating: "ä", count: 50) + " …"),
      ("", String(repeating: " ", count: 399) + "äb", "(no title)"),
    ])
  func whatStandsForATitle(title: String, body: String, shown: String) {
    let library = library(of: [discussion(title, body)])
    #expect(String(decoding: library.shownTitle(of: library.discussions[0]), as: UTF8.self) == shown)
  }

  @Test func theSamePostFromTwoSourcesIsOneDiscussion() {
    let bare = discussion("A  title!", "Body", from: "b.txt")
    let united = library(of: [bare, discussion("Other"), thread])
    #expect(united.discussions.count == 2)
    let first = united.discussions[0]
    #expect(united.name(first) == "A title")
    #expect(united.commentCount(of: first) == 5)
    #expect(united.sources(of: first) == [Array("b.txt".utf8), Array("a.txt".utf8)])
  }

  @Test func commentsOfTwoSourcesUniteUnderTheirParents() {
    let more = discussion(
      "A title", from: "b.txt",
      comments: [comment("one", by: "Ann"), comment("new below one", to: .comment(0))])
    let united = library(of: [thread, more])
    let entries = united.entries(of: united.discussions[0])
    #expect(
      entries.map(united.string)
        == ["Body.", "one", "one.one", "one.one.one", "one.two", "new below one", "two"])
  }

  @Test func entriesNeverUniteWithinOneSource() {
    let twice = discussion("T", comments: [comment("same"), comment("same")])
    let library = library(of: [twice, twice])
    #expect(library.discussions.count == 2)
    #expect(library.commentCount(of: library.discussions[0]) == 2)
    let keys = Set(library.discussions.flatMap { library.entries(of: $0).map { library.key(of: $0) } })
    #expect(keys.count == 6)
  }

  @Test func keysDoNotDependOnWhatElseIsOpen() {
    let alone = library(of: [thread])
    let among = library(of: [discussion("First"), thread])
    let keys = { (library: Library, at: Int) in
      library.entries(of: library.discussions[at]).map { library.key(of: $0) }
    }
    #expect(keys(alone, 0) == keys(among, 1))
  }

  @Test func growingKeepsIdsOrMovesThem() throws {
    let first = library(of: [thread, discussion("Stays")])
    let more = discussion("A title", from: "b.txt", comments: [comment("zero, newly found")])
    let (second, remap) = first.adding([more, discussion("Fresh")])
    #expect(second.checkInvariants() == [])
    #expect(second.generation == first.generation + 1)
    #expect(second.discussions.map(second.name) == ["A title", "Stays", "Fresh"])
    for old in first.discussions.flatMap({ Array(first.entries(of: $0)) }) {
      let new = try #require(remap(old))
      #expect(second.string(new) == first.string(old))
      #expect(second.key(of: new) == first.key(of: old))
      #expect(second.isLive(new))
    }
    #expect(!second.isLive(first.entries(of: first.discussions[0])[0]))
    #expect(second.commentCount(of: second.discussions[0]) == 6)
    #expect(second.entryCount == 7 + 1 + 1)
  }

  @Test func aDeepThreadIsWalkedWithoutRecursion() {
    let comments = (0..<10_000).map { comment("c", to: $0 == 0 ? .post : .comment($0 - 1)) }
    let library = library(of: [discussion("Deep", comments: comments)])
    let entries = library.entries(of: library.discussions[0])
    #expect(library.depth(of: entries[10_000]) == 10_000)
    #expect(library.number(of: entries[10_000]).count == 10_000)
    #expect(library.topLevel(of: entries[10_000]) == entries[1])
  }
}

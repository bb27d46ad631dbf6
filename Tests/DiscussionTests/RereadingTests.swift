import Testing

@testable import Discussion

/// A source that is read again says what holds now; one that is gone takes along what only it held.
@Suite struct RereadingTests {
  private static func page(
    _ source: String, _ comments: [ParsedComment],
    body: String = "Body of the page, told at some length."
  ) -> ParsedDiscussion {
    UnitingTests.post("Title", body, id: "root", from: source, comments)
  }

  private static func reply(_ id: String, to parent: String = "root", _ text: String) -> ParsedComment {
    UnitingTests.reply(id, to: parent, by: "Ann", text, at: 1000)
  }

  private static func texts(_ library: Library) -> [String] {
    library.discussions.flatMap { library.entries(of: $0).map { library.string($0) } }
  }

  private static func readAgain(
    _ library: Library, _ sources: [String], _ batches: [[ParsedDiscussion]], gone: [String] = []
  ) -> (library: Library, remaps: [Remap]) {
    var rereading = Rereading(sources: Set(sources.map { Array($0.utf8) }))
    var (library, remaps) = (library, [Remap]())
    for batch in batches {
      let (next, remap) = library.adding(batch, rereading: &rereading)
      #expect(next.checkInvariants() == [])
      (library, remaps) = (next, remaps + [remap])
    }
    let (next, remap) = library.removing(sources: Set(gone.map { Array($0.utf8) }), rereading: rereading)
    #expect(next.checkInvariants() == [])
    return (next, remaps + [remap])
  }

  @Test func whatDidNotChangeStaysWhereItIs() {
    let page = RereadingTests.page(
      "a", [RereadingTests.reply("c1", "One."), RereadingTests.reply("c2", to: "c1", "Two.")])
    let before = Library.of([page])
    let (after, remaps) = RereadingTests.readAgain(before, ["a"], [[page]])
    #expect(after.segmentCount == 1)
    #expect(after.discussions == before.discussions)
    #expect(remaps.allSatisfy { $0.isEmpty })
  }

  @Test func aCommentThatIsNoLongerThereIsLeftOut() throws {
    let all =
      ["c1", "c2", "c3"].map { RereadingTests.reply($0, "Text of \($0).") }
      + [RereadingTests.reply("c4", to: "c2", "An answer.")]
    let before = Library.of([RereadingTests.page("a", all)])
    let second = before.entries(of: before.discussions[0]).first { before.string($0) == "Text of c2." }
    let first = before.entries(of: before.discussions[0]).first { before.string($0) == "Text of c1." }
    let (after, remaps) = RereadingTests.readAgain(
      before, ["a"], [[RereadingTests.page("a", all.filter { $0.nativeID != Array("c2".utf8) })]])
    #expect(
      RereadingTests.texts(after).sorted() == [
        "An answer.", "Body of the page, told at some length.", "Text of c1.", "Text of c3.",
      ])
    let there = try #require(second)
    #expect(remaps[0](there) == nil)
    #expect(first.flatMap { remaps[0]($0) }.map { after.string($0) } == "Text of c1.")
    #expect(after.entryCount == 4)
  }

  @Test func whatTheSourceSaysNowHolds() {
    let before = Library.of([
      RereadingTests.page(
        "a", [RereadingTests.reply("c1", "A long first version of it.")],
        body: "A long body that will be cut down to a few words.")
    ])
    let (after, _) = RereadingTests.readAgain(
      before, ["a"],
      [[RereadingTests.page("a", [RereadingTests.reply("c1", "Short.")], body: "A short body.")]])
    #expect(RereadingTests.texts(after) == ["A short body.", "Short."])
  }

  @Test func anotherSourceKeepsWhatItHolds() {
    let one = RereadingTests.reply("c1", "One.")
    let two = RereadingTests.reply("c2", "Two.")
    let before = Library.of([RereadingTests.page("a", [one, two]), RereadingTests.page("b", [one, two])])
    let (after, _) = RereadingTests.readAgain(before, ["a"], [[RereadingTests.page("a", [one])]])
    #expect(RereadingTests.texts(after).contains("Two."))
    let (without, _) = RereadingTests.readAgain(after, [], [], gone: ["a"])
    #expect(RereadingTests.texts(without).contains("Two."))
    #expect(without.discussions.map { without.sources(of: $0) } == [[Array("b".utf8)]])
    let (empty, remaps) = RereadingTests.readAgain(without, [], [], gone: ["b"])
    #expect(empty.discussions.isEmpty && empty.entryCount == 0)
    #expect(remaps[0](without.discussions[0]) == nil)
    // What comes back is there again.
    let (back, _) = empty.adding([RereadingTests.page("b", [one])])
    #expect(RereadingTests.texts(back) == ["Body of the page, told at some length.", "One."])
    #expect(back.checkInvariants() == [])
  }

  /// A thread of which one file has the post and another the reply.
  @Test func aThreadOfSeveralFilesLosesWhatOneOfThemHeld() {
    let post = RereadingTests.page("a", [])
    let reply = UnitingTests.part(of: "root", from: "b", [RereadingTests.reply("c1", "Only in b.")])
    let before = Library.of([post, reply])
    #expect(before.sources(heldTogetherWith: [Array("a".utf8)]) == [Array("a".utf8), Array("b".utf8)])

    var rereading = Rereading(sources: [Array("a".utf8)], gone: [Array("b".utf8)])
    var (after, _) = before.adding([post], rereading: &rereading)
    after = after.removing(sources: [Array("b".utf8)], rereading: rereading).library
    #expect(after.checkInvariants() == [])
    #expect(RereadingTests.texts(after) == ["Body of the page, told at some length."])
    #expect(after.discussions.map { after.sources(of: $0) } == [[Array("a".utf8)]])

    rereading = Rereading(sources: [Array("b".utf8)], gone: [Array("a".utf8)])
    (after, _) = before.adding([reply], rereading: &rereading)
    after = after.removing(sources: [Array("a".utf8)], rereading: rereading).library
    #expect(RereadingTests.texts(after) == ["", "Only in b."])

    // An edit of the same length is what holds now.
    let edited = UnitingTests.part(of: "root", from: "b", [RereadingTests.reply("c1", "Also in b.")])
    rereading = Rereading(sources: [Array("a".utf8), Array("b".utf8)])
    (after, _) = before.adding([post, edited], rereading: &rereading)
    #expect(RereadingTests.texts(after) == ["Body of the page, told at some length.", "Also in b."])
  }

  @Test func aDiscussionThatIsNotMetAgainIsGone() {
    let other = UnitingTests.post("Other", "Quite another body.", id: "other", from: "a", [])
    let before = Library.of([RereadingTests.page("a", []), other])
    let (after, _) = RereadingTests.readAgain(before, ["a"], [[other]])
    #expect(RereadingTests.texts(after) == ["Quite another body."])
  }

  @Test func partsInSeveralBatchesAreAllKept() {
    let comments = (0..<6).map { RereadingTests.reply("c\($0)", "Text \($0).") }
    let before = Library.of([RereadingTests.page("a", comments)])
    let (after, _) = RereadingTests.readAgain(
      before, ["a"],
      [
        [RereadingTests.page("a", Array(comments[..<2]))],
        [UnitingTests.part(of: "root", from: "a", Array(comments[3...]))],
      ])
    #expect(after.entryCount == 6)
    #expect(!RereadingTests.texts(after).contains("Text 2."))
  }

  /// However a page changes between two readings, the library ends as if only the later one had been read.
  @Test func readingAgainIsLikeReadingOnce() {
    var random = SeededGenerator(state: 77)
    for _ in 0..<200 {
      func state() -> [ParsedDiscussion] {
        (0..<3).compactMap { page in
          guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
          var ids = ["root\(page)"]
          var comments: [ParsedComment] = []
          for index in 0..<8 where Bool.random(using: &random) {
            comments.append(
              UnitingTests.reply(
                "p\(page)c\(index)", to: ids.randomElement(using: &random) ?? "", by: "A",
                "Text \(page) \(index) \(Int.random(in: 0..<2, using: &random)).",
                at: Int64(1000 + index)))
            ids.append("p\(page)c\(index)")
          }
          return UnitingTests.post("T\(page)", "Body \(page).", id: "root\(page)", from: "s", comments)
        }
      }
      let (first, second) = (state(), state())
      let (after, _) = RereadingTests.readAgain(Library.of(first), ["s"], [second])
      let truth = Library.of(second)
      #expect(Set(RereadingTests.texts(after)) == Set(RereadingTests.texts(truth)))
      #expect(after.entryCount == truth.entryCount)
      for discussion in truth.discussions {
        for entry in truth.entries(of: discussion) {
          guard let same = after.entry(withKey: truth.key(of: entry)) else {
            Issue.record("an entry is missing")
            continue
          }
          #expect(
            after.parent(of: same).map { after.key(of: $0) }
              == truth.parent(of: entry).map { truth.key(of: $0) })
        }
      }
    }
  }
}

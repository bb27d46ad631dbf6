import Testing

@testable import Discussion

/// However a discussion is cut and in whatever order its parts come, it ends as the same tree.
@Suite struct GrowingTests {
  /// A thread of dated comments with ids, ordered by date among siblings.
  private static func thread(_ count: Int, _ random: inout SeededGenerator) -> ParsedDiscussion {
    let comments = (0..<count).map { index -> ParsedComment in
      let parent = Int.random(in: -1..<max(index, 0), using: &random)
      return UnitingTests.reply(
        "c\(index)", to: parent < 0 ? "root" : "c\(parent)", by: "A\(index % 5)", "Text \(index).",
        at: Int64(1000 + index))
    }
    return UnitingTests.post("T", "Body.", id: "root", from: "s0", comments)
  }

  private static func outline(_ library: Library, _ discussion: DiscussionID) -> [String] {
    library.entries(of: discussion).map {
      String(repeating: " ", count: library.depth(of: $0)) + library.string($0)
        + library.key(of: $0).hexadecimal
    }
  }

  @Test func anySplitInAnyOrderIsTheSameTree() {
    var random = SeededGenerator(state: 2012)
    for _ in 0..<150 {
      let whole = GrowingTests.thread(Int.random(in: 0..<40, using: &random), &random)
      let truth = library(of: [whole])
      let sources = Int.random(in: 1...4, using: &random)
      var parts = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        UnitingTests.part(of: "root", from: "s\(Int.random(in: 0..<sources, using: &random))", [])
      }
      for comment in whole.comments {
        // Some stand in several parts.
        for _ in 0..<Int.random(in: 1...2, using: &random) {
          let part = Int.random(in: 0..<parts.count, using: &random)
          if !parts[part].comments.contains(comment) { parts[part].comments.append(comment) }
        }
      }
      // A part that knows only some comment stands under that comment's name.
      parts = parts.map { part in
        guard part.comments.count == 1, case .id(let parent) = part.comments[0].parent else { return part }
        var renamed = part
        renamed.nativeID = parent
        return renamed
      }
      var post = whole
      post.comments = []
      parts.insert(post, at: Int.random(in: 0...parts.count, using: &random))
      var grown = Library()
      var rest = parts[...]
      while !rest.isEmpty {
        let size = Int.random(in: 1...rest.count, using: &random)
        grown = grown.adding(Array(rest.prefix(size))).library
        #expect(grown.checkInvariants() == [])
        rest = rest.dropFirst(size)
      }
      #expect(grown.discussions.count == 1)
      #expect(grown.entryCount == truth.entryCount)
      guard let discussion = grown.discussions.first else { continue }
      #expect(GrowingTests.outline(grown, discussion) == GrowingTests.outline(truth, truth.discussions[0]))
      #expect(grown.name(discussion) == "T")
    }
  }

  @Test func batchesMakeNoDifference() {
    var random = SeededGenerator(state: 5)
    for _ in 0..<60 {
      let words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
      func sentence() -> String {
        (0..<Int.random(in: 1...30, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
          .joined(separator: " ")
      }
      let bodies = (0..<4).map { _ in sentence() }
      let pages = (0..<20).map { _ in
        discussion(
          "T\(Int.random(in: 0..<2, using: &random))", bodies.randomElement(using: &random) ?? "",
          from: "s\(Int.random(in: 0..<3, using: &random))",
          comments: (0..<Int.random(in: 0..<4, using: &random)).map { index in
            comment(
              words.randomElement(using: &random) ?? "",
              by: Bool.random(using: &random) ? words.randomElement(using: &random) : nil,
              to: index > 0 && Bool.random(using: &random) ? .comment(index - 1) : .post)
          })
      }
      let whole = library(of: pages)
      var grown = Library()
      var rest = pages[...]
      while !rest.isEmpty {
        let size = Int.random(in: 1...rest.count, using: &random)
        let (next, remap) = grown.adding(Array(rest.prefix(size)))
        for entry in grown.discussions.flatMap({ Array(grown.entries(of: $0)) }) {
          #expect(remap(entry).map { next.isLive($0) } == true)
        }
        for discussion in grown.discussions {
          #expect(remap(discussion).map { next.discussions.contains($0) } == true)
        }
        grown = next
        #expect(grown.checkInvariants() == [])
        rest = rest.dropFirst(size)
      }
      #expect(
        grown.discussions.map { GrowingTests.outline(grown, $0) }
          == whole.discussions.map { GrowingTests.outline(whole, $0) })
    }
  }

  @Test func aRemovedNumberKeepsTheListInOrder() {
    let comments = UnitingTests.part(of: "c", from: "a", [UnitingTests.reply("d")])
    let other = discussion("Other")
    let post = UnitingTests.post("Late", "Body.", id: "p", from: "b", [UnitingTests.reply("c")])
    let (grown, remap) = library(of: [comments, other]).adding([post, discussion("New", from: "c")])
    #expect(grown.discussions.map(grown.name) == ["Late", "Other", "New"])
    #expect(remap.to == 2)
    let again = grown.adding([UnitingTests.part(of: "d", from: "c", [UnitingTests.reply("e")])]).library
    #expect(again.discussions.map(again.name) == ["Late", "Other", "New"])
    #expect(again.commentCount(of: again.discussions[0]) == 3)
    #expect(again.entryCount == 6)
    // Two that were listed become one.
    let first = library(of: [UnitingTests.post("P", "x", id: "p", from: "a"), other, comments])
    let (second, moved) = first.adding([
      UnitingTests.part(of: "p", from: "d", [UnitingTests.reply("c", to: "p")])
    ])
    #expect(second.checkInvariants() == [])
    #expect(second.discussions.map(second.name) == ["P", "Other"])
    #expect(moved(first.discussions[2]) == second.discussions[0])
    let placeholder = moved(first.post(of: first.discussions[2]))
    #expect(placeholder.map { second.string($0) } == "Words of c.")
    let third = second.adding([UnitingTests.part(of: "c", from: "e", [UnitingTests.reply("f", to: "c")])])
      .library
    #expect(third.discussions.map(third.name) == ["P", "Other"])
    #expect(third.commentCount(of: third.discussions[0]) == 3)
  }
}

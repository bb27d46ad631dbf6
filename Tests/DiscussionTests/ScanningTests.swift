import Testing

@testable import Discussion

/// Whole columns against one entry after another.
@Suite struct ScanningTests {
  private static let pages = (0..<30).map { number in
    discussion(
      "Page \(number)", "Body \(number).", from: "\(number).txt",
      comments: (0..<number % 4).map { comment("c\($0) of \(number)") })
  }

  @Test func aDiscussionIsFoundInTheListFromAnyHint() {
    let library = library(of: ScanningTests.pages)
    for (place, discussion) in library.discussions.enumerated() {
      for hint in [0, place, place - 2, place + 3, 29, -7, 1000] {
        #expect(library.place(of: discussion, near: hint) == place)
      }
    }
    #expect(library.place(of: DiscussionID(segment: 7, row: 0)) == nil)
    #expect(Library().place(of: DiscussionID(segment: 0, row: 0)) == nil)
  }

  @Test func entriesOfAKindAreThoseThatSaySo() {
    let first = library(of: ScanningTests.pages)
    let (grown, _) = first.adding([discussion("More", comments: [comment("one")])])
    for kind in [EntryKind.post, .comment, .answer, .pingback] {
      var found: [EntryID] = []
      grown.forEachEntry(of: kind) { found.append($0) }
      let all = grown.discussions.flatMap { Array(grown.entries(of: $0)) }
      #expect(found == all.filter { grown.kind(of: $0) == kind }.sorted())
      var late: [EntryID] = []
      grown.forEachEntry(of: kind, fromSegment: 1) { late.append($0) }
      #expect(late == found.filter { $0.segment == 1 })
    }
  }
}

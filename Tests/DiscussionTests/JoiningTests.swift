import Testing

@testable import Discussion

/// Segments that are joined hold what they held, and nothing of what was dead.
@Suite struct JoiningTests {
  /// Everything that can be asked of a discussion, as text.
  private static func told(_ library: Library, _ discussion: DiscussionID) -> [String] {
    let head = [
      "\(library.title(of: discussion))", library.format(of: discussion),
      "\(library.url(of: discussion) ?? [])",
      "\(library.sources(of: discussion))", "\(library.categories(of: discussion))",
      "\(library.declaredComments(of: discussion) ?? -1)",
      "\(String(describing: library.isClosed(discussion)))",
      "\(library.aliases(of: discussion).map { "\($0.key.hexadecimal) \($0.comment)" })",
    ]
    return head
      + library.entries(of: discussion).map { entry in
        [
          library.key(of: entry).hexadecimal, library.string(entry), "\(library.spans(of: entry))",
          "\(library.author(of: entry) ?? [])", "\(String(describing: library.date(of: entry)))",
          "\(library.score(of: entry) ?? 0)", "\(library.depth(of: entry))",
          "\(library.line(of: entry) ?? 0)",
          "\(library.nativeID(of: entry) ?? [])", "\(library.kind(of: entry))", "\(library.isRemoved(entry))",
          "\(library.descendantCount(of: entry))",
          library.parent(of: entry).map { library.key(of: $0).hexadecimal } ?? "-",
        ].joined(separator: "|")
      }
  }

  @Test func everythingIsFoundAgain() {
    var random = SeededGenerator(state: 41)
    for round in 0..<60 {
      var library = Library()
      for batch in 0..<Int.random(in: 1...6, using: &random) {
        let pages = (0..<Int.random(in: 0..<6, using: &random)).map { page -> ParsedDiscussion in
          let comments = (0..<Int.random(in: 0..<7, using: &random)).map { index in
            var reply = UnitingTests.reply(
              "p\(page)c\(Int.random(in: 0..<12, using: &random))b\(batch % 2)",
              to: Bool.random(using: &random) ? "p\(page)" : "p\(page)c\(index)b0", by: "A\(index % 3)",
              "Text \(batch) \(index).", at: Int64(1000 + index))
            reply.text.spans = (0..<Int.random(in: 0..<4, using: &random)).map { place in
              let target = Bool.random(using: &random) ? Array("https://a.example/\(index % 3)".utf8) : nil
              return RoleSpan(place..<place + 1, .link, target: target)
            }
            return reply
          }
          var post = UnitingTests.post(
            "T\(page)", "Body \(page).", id: "p\(page)", from: "s\(batch)", comments)
          post.categories = [Array("c\(page % 2)".utf8)]
          return post
        }
        library = library.adding(pages).library
      }
      guard library.segmentCount > 0 else { continue }
      let first = Int.random(in: 0..<library.segmentCount, using: &random)
      let joined = Array(first..<Int.random(in: first + 1...library.segmentCount, using: &random))
      let (next, remap, rows) = library.joining(segments: joined)
      #expect(next.checkInvariants() == [], "round \(round)")
      #expect(next.entryCount == library.entryCount)
      #expect(next.discussions.count == library.discussions.count)
      for (old, new) in zip(library.discussions, next.discussions) {
        #expect(remap(old) == new)
        #expect(JoiningTests.told(library, old) == JoiningTests.told(next, new))
        for entry in library.entries(of: old) {
          guard let moved = remap(entry) else {
            Issue.record("an entry is gone")
            continue
          }
          #expect(library.key(of: entry) == next.key(of: moved))
          if let part = joined.firstIndex(of: Int(entry.segment)) {
            #expect(rows[part][Int(entry.row)] == moved.row)
          }
          #expect(next.entry(withKey: next.key(of: moved)) == moved)
        }
      }
      // It grows on as before.
      let more = UnitingTests.post("T0", "Body 0.", id: "p0", from: "later", [])
      #expect(
        next.adding([more]).library.discussions.count == library.adding([more]).library.discussions.count)
    }
  }
}

import Discussion

/// Threads at the size limits that the model is made for.
struct TreeBenchmarks {
  func rows() -> [Row] {
    let million = 1_000_000
    var random = Seeded(state: 11)
    let bushy: [ParsedComment.Parent] = (0..<million).map { index in
      index % 10 == 0 ? .post : .comment(Int(random.next() % UInt64(index)))
    }
    let chain: [ParsedComment.Parent] = (0..<10_000).map { $0 == 0 ? .post : .comment($0 - 1) }
    return rows("a million comments in one discussion", bushy)
      + rows("a chain of replies, depth 10,000", chain)
  }

  private func rows(_ name: String, _ parents: [ParsedComment.Parent]) -> [Row] {
    let post = ParsedDiscussion(
      title: Array("deep".utf8), format: "synthetic", body: ParsedText("A post."),
      comments: parents.enumerated().map { index, parent in
        ParsedComment(parent: parent, author: Array("someone".utf8), text: ParsedText("Comment \(index)."))
      }, sources: [Array("synthetic".utf8)])
    let (library, build) = microseconds { Library.of([post]) }
    guard let discussion = library.discussions.first else {
      return [Row(name: name, figures: "none", fault: "no discussion")]
    }
    let (walked, walk) = microseconds { Self.walk(library, from: library.post(of: discussion)) }
    let depth = library.entries(of: discussion).lazy.map { library.depth(of: $0) }.max() ?? 0
    let isRight =
      walked == parents.count + 1 && library.entryCount == walked && library.checkInvariants().isEmpty
    return [
      Row(
        name: "\(name): built", figures: Times.text(build) + "  depth \(depth)",
        fault: isRight ? nil : "wrong tree"),
      Row(name: "  walked by first reply, sibling, parent", figures: Times.text(walk), fault: nil),
    ]
  }

  /// Every entry once, by links alone, without recursion.
  private static func walk(_ library: Library, from post: EntryID) -> Int {
    var count = 1
    var at: EntryID? = library.firstReply(to: post)
    while let entry = at {
      count += 1
      if let reply = library.firstReply(to: entry) {
        at = reply
        continue
      }
      at = nil
      var climbing: EntryID? = entry
      while let here = climbing, here != post {
        if let sibling = library.nextSibling(of: here) {
          at = sibling
          break
        }
        climbing = library.parent(of: here)
      }
    }
    return count
  }
}

import Discussion

/// What it costs to add to a library that is large already.
struct GrowthBenchmarks {
  private static let batches = 30

  func rows() -> [Row] { [discussions(1_000_000), comments(1_000_000)] + quotes(1_000_000) }

  /// Adds batches and tells the first and the last of them apart: both should take about as long.
  private func grow(_ name: String, _ batches: [[ParsedDiscussion]], _ check: (Library) -> Bool) -> Row {
    var library = Library()
    var times: [Double] = []
    for batch in batches {
      let (grown, time) = microseconds { library.adding(batch).library }
      library = grown
      times.append(time)
    }
    let first = Times.text(times.prefix(5).reduce(0, +) / 5)
    let last = Times.text(times.suffix(5).reduce(0, +) / 5)
    return Row(
      name: name,
      figures: "\(Times.text(times.reduce(0, +)))  first batches \(first)  last batches \(last)",
      fault: check(library) ? nil : "wrong library")
  }

  /// A million discussions of which every tenth comes twice, from another source and cut.
  private func discussions(_ count: Int) -> Row {
    var random = Seeded(state: 3)
    let words = (0..<2000).map { "word\($0)" }
    let size = count / GrowthBenchmarks.batches
    var earlier: [ParsedDiscussion] = []
    var copies = 0
    let batches = (0..<GrowthBenchmarks.batches).map { batch in
      (0..<size).map { index -> ParsedDiscussion in
        if index % 10 == 9, var copy = earlier.popLast() {
          copy.sources = [Array("copy-\(batch)".utf8)]
          copies += 1
          return copy
        }
        let text = (0..<30).map { _ in words[Int(random.next() % 2000)] }.joined(separator: " ")
        let made = ParsedDiscussion(
          title: Array("Post \(index)".utf8), format: "synthetic",
          url: Array("http://example.org/\(batch)/\(index)".utf8), body: ParsedText(text),
          comments: [
            ParsedComment(nativeID: Array("id:\(batch)-\(index)".utf8), text: ParsedText("A comment."))
          ], sources: [Array("source-\(batch)".utf8)])
        if index % 7 == 0 { earlier.insert(made, at: Int(random.next() % UInt64(earlier.count + 1))) }
        if earlier.count > 200 { earlier.removeFirst(100) }
        return made
      }
    }
    return grow(
      "\(size * GrowthBenchmarks.batches) discussions in \(GrowthBenchmarks.batches) batches", batches
    ) {
      $0.discussions.count == size * GrowthBenchmarks.batches - copies
    }
  }

  /// A million comments that name parents in any batch, in a thousand discussions.
  private func comments(_ count: Int) -> Row {
    var random = Seeded(state: 5)
    let size = count / GrowthBenchmarks.batches
    let threads = 1000
    var seen = [Int](repeating: 0, count: threads)
    let batches = (0..<GrowthBenchmarks.batches).map { batch in
      var parts = (0..<threads).map { thread in
        ParsedDiscussion(
          format: "synthetic", nativeID: Array("t:\(thread)".utf8), sources: [Array("dump-\(batch)".utf8)])
      }
      for _ in 0..<size {
        let thread = Int(random.next() % UInt64(threads))
        let id = seen[thread]
        seen[thread] += 1
        let parent = id == 0 ? "t:\(thread)" : "c:\(thread)-\(random.next() % UInt64(id))"
        parts[thread].comments.append(
          ParsedComment(
            nativeID: Array("c:\(thread)-\(id)".utf8), parent: .id(Array(parent.utf8)),
            author: Array("someone".utf8), text: ParsedText("A comment of a few words, number \(id).")))
      }
      return parts
    }
    return grow("\(size * GrowthBenchmarks.batches) loose comments to \(threads) discussions", batches) {
      $0.discussions.count == threads && $0.entryCount == size * GrowthBenchmarks.batches + threads
    }
  }

  /// Replies that quote their parents, in one discussion.
  func quotes(_ count: Int) -> [Row] {
    var random = Seeded(state: 7)
    let words = (0..<5000).map { "word\($0)" }
    var own: [[String]] = []
    own.reserveCapacity(count)
    let comments = (0..<count).map { index -> ParsedComment in
      let parent = index == 0 ? nil : Int(random.next() % UInt64(index))
      let said = (0..<30).map { _ in words[Int(random.next() % 5000)] }
      own.append(said)
      guard let parent else { return ParsedComment(text: ParsedText(said.joined(separator: " "))) }
      let quote = own[parent][5..<25].joined(separator: " ")
      return ParsedComment(
        parent: .comment(parent),
        text: ParsedText(
          utf8: Array((quote + "\n\n" + said.joined(separator: " ")).utf8),
          spans: [RoleSpan(0..<quote.utf8.count, .quote)]))
    }
    let library = Library.of([
      ParsedDiscussion(title: Array("quotes".utf8), comments: comments, sources: [Array("s".utf8)])
    ])
    let (index, time) = microseconds { QuoteIndex(of: library.discussions[0], in: library) }
    let isRight =
      index.links.count == count - 1 && index.links.allSatisfy { library.parent(of: $0.entry) == $0.source }
    return [
      Row(
        name: "quotes of \(count) comments in one discussion", figures: Times.text(time),
        fault: isRight ? nil : "wrong links: \(index.links.count)")
    ]
  }
}

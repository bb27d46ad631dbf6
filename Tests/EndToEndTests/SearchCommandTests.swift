import Foundation
import Testing

/// Searches of the seeds against a naive reading of what `show` prints.
@Suite("lectern search against a scan")
struct SearchCommandTests {
  private let scratch: CommandLineScratch
  private let entries: [Entry]

  /// A post or comment with its words in lower case, cut at everything that is no letter or digit.
  private struct Entry {
    let id: String
    let words: [String]
    let author: [String]
  }

  init() throws {
    scratch = try CommandLineScratch()
    var entries: [Entry] = []
    for discussion in try PrintedJSON(try scratch.run("show", "--json", PackageFolder.seeds)).objects(
      "discussions")
    {
      func author(_ object: PrintedJSON) throws -> [String] {
        Self.words(try object.string(orNull: "author") ?? "")
      }
      // A line that no word stands for keeps a phrase from running from the title into the body.
      entries.append(
        Entry(
          id: try discussion.string("id"),
          words: Self.words(try discussion.string("title")) + ["\n"]
            + Self.words(try discussion.string("body")),
          author: try author(discussion)))
      for comment in try discussion.objects("comments") {
        entries.append(
          Entry(
            id: try comment.string("id"), words: Self.words(try comment.string("text")),
            author: try author(comment)))
      }
    }
    self.entries = entries
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().folding(options: .diacriticInsensitive, locale: nil)
      .components(separatedBy: CharacterSet.alphanumerics.inverted).filter { !$0.isEmpty }
  }

  private func found(_ query: String) throws -> Set<String> {
    let run = try scratch.run("search", "--json", "--stemming", "none", query, PackageFolder.seeds)
    let json = try PrintedJSON(run)
    let ids = try json.objects("hits").map { try $0.string("id") }
    let total = try json.int("total")
    #expect(Set(ids).count == ids.count && ids.count == total)
    #expect(run.code == (ids.isEmpty ? 1 : 0))
    return Set(ids)
  }

  private func scan(_ isFound: (Entry) -> Bool) -> Set<String> { Set(entries.filter(isFound).map(\.id)) }

  private func expect(_ query: String, atLeast count: Int = 1, _ isFound: (Entry) -> Bool) throws {
    let truth = scan(isFound)
    #expect(truth.count >= count, "the scan itself finds nothing for \(query)")
    #expect(try found(query) == truth, "\(query)")
  }

  @Test func authorAndWord() throws {
    try expect("author:radick people") { $0.author.contains("radick") && $0.words.contains("people") }
  }

  @Test func phraseWithoutAWord() throws {
    try expect("\"social media officer\" -wiltshire") { entry in
      entry.words.indices.contains { Array(entry.words[$0...].prefix(3)) == ["social", "media", "officer"] }
        && !entry.words.contains("wiltshire")
    }
  }

  @Test func beginningOfAWord() throws {
    try expect("embed*") { $0.words.contains { $0.hasPrefix("embed") } }
  }

  @Test func aWord() throws {
    try expect("officer", atLeast: 3) { $0.words.contains("officer") }
    try expect("government", atLeast: 3) { $0.words.contains("government") }
  }

  @Test func alternativesAndNothing() throws {
    try expect("wiltshire OR plateau", atLeast: 2) {
      $0.words.contains("wiltshire") || $0.words.contains("plateau")
    }
    #expect(try found("nosuchwordanywhere").isEmpty)
  }

  @Test func regularExpressionsAndNearness() throws {
    // An expression is looked for in the body, a title is none of it.
    try expect("/social\\s+media\\s+officer/i", atLeast: 2) { entry in
      let body = entry.words.split(separator: "\n", maxSplits: 1).last ?? []
      return body.indices.contains { at in
        let three = Array(body[at...].prefix(3))
        return three.count == 3 && three[..<2] == ["social", "media"] && three[2].hasPrefix("officer")
      }
    }
    try expect("media NEAR/2 officer", atLeast: 2) { entry in
      let places = { (word: String) in entry.words.indices.filter { entry.words[$0] == word } }
      return places("media").contains { media in places("officer").contains { abs($0 - media) <= 2 } }
    }
    let broken = try scratch.run("search", "/offic(e/", PackageFolder.seeds)
    #expect(broken.code == 1)
    #expect(
      broken.complaints.contains {
        $0.contains("the regular expression cannot be read: missing closing parenthesis")
      })
  }

  @Test func wordFormsComeAfterTheWordItself() throws {
    func hits(_ stemming: String) throws -> [String] {
      let run = try scratch.run("search", "--json", "--stemming", stemming, "comments", PackageFolder.seeds)
      return try PrintedJSON(run).objects("hits").map { try $0.string("id") }
    }
    let exact = try hits("none")
    let widened = try hits("english")
    #expect(widened.count > exact.count && Array(widened.prefix(exact.count)) == exact)
    #expect(try scratch.run("search", "--stemming", "klingon", "x", PackageFolder.seeds).code == 64)
  }

  @Test func explainsItsScores() throws {
    let run = try scratch.run(
      "search", "--json", "--explain", "--stemming", "none", "social officer", PackageFolder.seeds)
    let hits = try PrintedJSON(run).objects("hits")
    #expect(!hits.isEmpty)
    let text = try scratch.run(
      "search", "--explain", "--stemming", "none", "social officer", PackageFolder.seeds)
    #expect(text.text.contains("rarity") && text.text.contains("in all, every word as written"))
  }
}

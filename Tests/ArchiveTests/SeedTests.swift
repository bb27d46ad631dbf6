import Discussion
import Foundation
import Testing

@testable import Archive

/// The package's own folder, from which the seeds and the shared data are found.
private let package = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private let expected = package.appendingPathComponent("../shared/expected/seeds.json")

private func seeds() throws -> [(name: String, result: ArchiveResult)] {
  let folder = package.appendingPathComponent("seeds")
  let sources = Archive.sources(at: [Array(folder.path.utf8)])
  try #require(sources.problems.isEmpty)
  return sources.files.map { path in
    (String(decoding: path.split(separator: 0x2F).last ?? [], as: UTF8.self), Archive.read(file: path))
  }
}

/// Runs of spaces and no-break spaces folded to one, ends trimmed.
private func folded(_ bytes: [UInt8]) -> String {
  String(decoding: bytes, as: UTF8.self)
    .split(whereSeparator: { $0 == " " || $0 == "\u{A0}" }).joined(separator: " ")
    .trimmingCharacters(in: .whitespacesAndNewlines)
}

@Suite("The seed pages")
struct SeedTests {
  @Test("five pages, nine posts, 21 comments, four with a parent, no problem")
  func counts() throws {
    let results = try seeds().map(\.result)
    #expect(results.count == 5)
    #expect(results.allSatisfy { $0.problems.isEmpty })
    let posts = results.flatMap(\.discussions)
    #expect(posts.map(\.comments.count) == [11, 0, 0, 0, 0, 0, 7, 0, 3])
    #expect(posts.flatMap(\.comments).filter { $0.parent != .post }.count == 4)
    #expect(posts.flatMap(\.comments).filter { $0.author != nil }.count == 6)
    #expect(posts.map(\.declaredComments) == [12, nil, nil, nil, nil, nil, 7, nil, 3])
    #expect(posts.allSatisfy { $0.line != nil && $0.format == "text-page" && $0.sources.count == 1 })
  }

  @Test(
    "every field that the truth names",
    .enabled(if: FileManager.default.fileExists(atPath: expected.path), "no shared data beside the package"))
  func conformance() throws {
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: expected)) as? [String: Any])
    let pages = try #require(root["pages"] as? [String: [String: Any]])
    let furniture = try #require(root["notInAnyText"] as? [String])
    let found = try seeds()
    #expect(Set(found.map(\.name)) == Set(pages.keys))
    for (name, result) in found {
      let posts = try #require(pages[name]?["posts"] as? [[String: Any]])
      try #require(result.discussions.count == posts.count, "posts of \(name)")
      for (post, truth) in zip(result.discussions, posts) {
        try compare(post, truth, name)
        for text in [post.title, post.body.utf8] + post.comments.flatMap({ [$0.text.utf8, $0.author ?? []] })
        {
          for line in furniture { #expect(!folded(text).contains(line), "\(name) holds furniture") }
        }
      }
    }
  }

  private func compare(_ post: ParsedDiscussion, _ truth: [String: Any], _ name: String) throws {
    #expect(folded(post.title) == truth["title"] as? String)
    #expect(post.author.map(folded) == truth["author"] as? String)
    #expect(post.date?.iso8601 == truth["date"] as? String)
    #expect(post.declaredComments == truth["declaredComments"] as? Int)
    #expect(post.isClosed == truth["closed"] as? Bool)
    #expect(post.categories.map(folded) == truth["categories"] as? [String] ?? [])
    #expect(folded(post.body.utf8).hasPrefix(try #require(truth["bodyStarts"] as? String)))
    #expect(folded(post.body.utf8).hasSuffix(try #require(truth["bodyEnds"] as? String)))
    let comments = try #require(truth["comments"] as? [[String: Any]])
    try #require(post.comments.count == comments.count, "comments of \(name)")
    for (comment, truth) in zip(post.comments, comments) {
      var parent: Int?
      if case .comment(let index) = comment.parent { parent = index }
      #expect(parent == truth["parent"] as? Int)
      #expect(comment.author.map(folded) == truth["author"] as? String)
      #expect(comment.date?.iso8601 == truth["date"] as? String)
      #expect(folded(comment.text.utf8).hasPrefix(try #require(truth["starts"] as? String)))
      #expect(folded(comment.text.utf8).hasSuffix(try #require(truth["ends"] as? String)))
    }
  }
}

import Discussion
import Foundation
import Testing

@testable import Archive

private let corpus = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("../shared/data/hostile")

@Suite("Packed input made to hurt")
struct CompressionHostileTests {
  @Test(
    "every packed row of the corpus keeps its items and tokens, and what is wrong is named once or twice",
    .enabled(
      if: FileManager.default.fileExists(atPath: corpus.path), "no shared data beside the package"))
  func corpusRows() throws {
    let table = try String(contentsOf: corpus.appendingPathComponent("index.tsv"), encoding: .utf8)
    let rows = table.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    .filter { $0.count > 6 && $0[0].hasPrefix("comp/") }
    #expect(rows.count >= 19)
    for row in rows {
      let result = Archive.read(file: Array(corpus.appendingPathComponent(String(row[0])).path.utf8))
      let items = result.discussions.reduce(0) { $0 + 1 + $1.comments.count }
      // What JSON makes an item is the business of its readers.
      if !row[0].contains(".json") { #expect(items >= Int(row[4]) ?? 0, "\(row[0])") }
      let text = result.discussions.flatMap { post in
        [post.title, post.author ?? [], post.body.utf8]
          + post.comments.flatMap { [$0.author ?? [], $0.text.utf8] }
      }
      .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
      for token in row[5].split(separator: ",") { #expect(text.contains(token), "\(row[0]) lost \(token)") }
      let isToBeNamed = ["reported", "refused", "message", "named", "binary", "trusted", "claim"].contains {
        row[6].contains($0)
      }
      if isToBeNamed { #expect((1...2).contains(result.problems.count), "\(row[0]): \(result.problems)") }
    }
  }
}

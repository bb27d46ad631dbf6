import Discussion
import Foundation
import Testing

@testable import Archive

private let corpus = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("../shared/data/hostile")

/// All text of a result, title and authors too.
private func everything(_ result: ArchiveResult) -> String {
  let parts = result.discussions.flatMap { post in
    [post.title, post.author ?? [], post.body.utf8]
      + post.comments.flatMap { [$0.author ?? [], $0.text.utf8] }
  }
  return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
}

@Suite("JSON made to hurt")
struct JSONHostileTests {
  @Test(
    "every row of the corpus keeps its items and tokens",
    .enabled(
      if: FileManager.default.fileExists(atPath: corpus.path), "no shared data beside the package"))
  func corpusRows() throws {
    let table = try String(contentsOf: corpus.appendingPathComponent("index.tsv"), encoding: .utf8)
    let rows = table.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    .filter { $0.count > 5 && $0[0].hasPrefix("json/") }
    #expect(rows.count >= 17)
    for row in rows {
      let result = Archive.read(file: Array(corpus.appendingPathComponent(String(row[0])).path.utf8))
      let items = result.discussions.reduce(0) {
        $0 + ($1.title.isEmpty && $1.body.utf8.isEmpty && !$1.comments.isEmpty ? 0 : 1) + $1.comments.count
      }
      #expect(items >= Int(row[4]) ?? 0, "\(row[0])")
      if row[4] == "0" {
        #expect(result.discussions.isEmpty, "\(row[0])")
        #expect(!result.problems.isEmpty, "\(row[0])")
      }
      let text = everything(result)
      for token in row[5].split(separator: ",") { #expect(text.contains(token), "\(row[0]) lost \(token)") }
      print(
        row[0], items, row[4], result.problems.map { "\($0.line ?? 0):\($0.byteOffset ?? 0) \($0.message)" })
    }
  }
}

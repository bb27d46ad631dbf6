import Discussion
import Foundation
import Testing

@testable import Archive

@Suite("Packed input made to hurt")
struct CompressionHostileTests {
  @Test(
    "every packed row of the corpus keeps its items and tokens, and what is wrong is named once or twice",
    .enabled(if: HostileCorpus.isThere, "no shared data beside the package"))
  func corpusRows() throws {
    let rows = try HostileCorpus.rows(below: "comp")
    #expect(rows.count >= 19)
    for row in rows {
      let result = row.read()
      #expect(HostileCorpus.items(of: result) >= row.items, "\(row.name)")
      #expect(row.lost(in: result) == [], "\(row.name)")
      let isToBeNamed = ["reported", "refused", "message", "named", "binary", "trusted", "claim"].contains {
        row.demand.contains($0)
      }
      if isToBeNamed { #expect((1...2).contains(result.problems.count), "\(row.name): \(result.problems)") }
    }
  }
}

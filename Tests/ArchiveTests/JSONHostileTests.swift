import Discussion
import Foundation
import Testing

@testable import Archive

@Suite("JSON made to hurt")
struct JSONHostileTests {
  @Test(
    "every row of the corpus keeps its items and tokens",
    .enabled(if: HostileCorpus.isThere, "no shared data beside the package"))
  func corpusRows() throws {
    let rows = try HostileCorpus.rows(below: "json")
    #expect(rows.count >= 17)
    for row in rows {
      let result = row.read()
      #expect(HostileCorpus.items(of: result) >= row.items, "\(row.name)")
      #expect(row.lost(in: result) == [], "\(row.name)")
      if row.items == 0 {
        #expect(result.discussions.isEmpty, "\(row.name)")
        #expect(!result.problems.isEmpty, "\(row.name)")
      }
    }
  }
}

import Testing

@testable import Discussion

@Suite struct IdentityTableTests {
  @Test func findsWhatWasPutInBatchByBatch() {
    var generator = SeededGenerator(state: 3)
    var table = IdentityTable()
    var truth: [UInt64: [UInt32]] = [:]
    for _ in 0..<40 {
      var batch = IdentityBatch()
      var inBatch: [UInt64: [UInt32]] = [:]
      for _ in 0..<Int.random(in: 0..<300, using: &generator) {
        // Few enough values that many come again, spread over the whole range.
        let hash = UInt64.random(in: 0..<900, using: &generator) &* 0x9E37_79B9_7F4A_7C15
        let discussion = UInt32.random(in: 0..<50, using: &generator)
        batch.insert(hash, discussion)
        if inBatch[hash]?.last != discussion { inBatch[hash, default: []].append(discussion) }
      }
      for (hash, expected) in inBatch {
        var found: [UInt32] = []
        batch.visit(hash, limit: IdentityTable.candidateLimit) { found.append($0) }
        #expect(found == Array(expected.prefix(IdentityTable.candidateLimit)))
        truth[hash, default: []] += expected
      }
      table.add(batch)
    }
    #expect(table.count == truth.values.reduce(0) { $0 + $1.count })
    #expect(table.levelCount <= 12)
    for (hash, expected) in truth {
      var found: [UInt32] = []
      table.visit(hash) { found.append($0) }
      #expect(found == Array(expected.prefix(IdentityTable.candidateLimit)))
    }
    table.visit(1) { _ in Issue.record("found what was never there") }
  }

  @Test func edgesOfTheRange() {
    var table = IdentityTable()
    var batch = IdentityBatch()
    batch.insert(0, 1)
    batch.insert(.max, 2)
    table.add(batch)
    var found: [UInt32] = []
    for hash in [UInt64.max, 0] { table.visit(hash) { found.append($0) } }
    #expect(found == [2, 1])
  }
}

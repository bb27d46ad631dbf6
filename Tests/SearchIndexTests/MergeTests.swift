import Bytes
import Testing

@testable import SearchIndex

/// Joining segments: what a fresh build of the same documents finds.
@Suite struct MergeTests {
  /// The lists of a field by term.
  static func lists(_ field: FieldIndex) -> [[UInt8]: [UInt32]] {
    var lists: [[UInt8]: [UInt32]] = [:]
    for rank in 0..<field.termCount { lists[field.term(rank)] = BuildTests.documents(field, rank) }
    return lists
  }

  @Test(arguments: 0..<8) func equalsAFreshBuildOfWhatIsLeft(_ seed: UInt64) throws {
    var random = Seeded(300 + seed)
    let count = [3, 200, 900, 2_000][Int(seed) % 4]
    var segments: [IndexSegment] = []
    var rows: [[UInt32]] = []
    var left: [Corpus.Document] = []
    for number in 0..<Int(seed % 3 + 2) {
      let documents = BuildTests.documents(&random, count: number == 1 ? 5 : count)
      let limits = PieceLimits(
        bytes: 4_000, documents: 300, sampleBytes: number == 1 && seed % 2 == 0 ? 1 << 20 : 0)
      segments.append(try BuildTests.build(documents, threads: 1, limits: limits))
      rows.append(
        documents.map { document in
          // The third segment dies altogether in some worlds.
          if Int.random(in: 0..<5, using: &random) == 0 || (number == 2 && seed % 4 == 1) { return .max }
          left.append(document)
          return UInt32(left.count - 1)
        })
    }
    let fresh = try BuildTests.build(left, threads: 1, limits: PieceLimits(sampleBytes: 0))
    var columns: [[UInt8]]?
    for threads in [1, 2, 5] {
      let merged = try IndexSegment.merging(segments, rows: rows, documentCount: left.count, threads: threads)
      #expect(merged.brokenInvariants() == [])
      #expect(merged.documentCount == left.count)
      for field in Field.allCases {
        #expect(MergeTests.lists(merged.field(field)) == MergeTests.lists(fresh.field(field)), "\(field)")
      }
      // The pairs of the words that are common in both are the same.
      let freshPairs = MergeTests.lists(fresh.pairs)
      for (pair, documents) in MergeTests.lists(merged.pairs) {
        let words = pair.split(separator: 0x20).map { Array($0) }
        #expect(words.count == 2 && words.allSatisfy { merged.isCommon($0) })
        if words.allSatisfy({ fresh.isCommon($0) }) { #expect(freshPairs[pair] == documents) }
      }
      for (pair, documents) in freshPairs {
        let words = pair.split(separator: 0x20).map { Array($0) }
        switch merged.pair(words[0], words[1]) {
        case .notIndexed: break
        case .nowhere: Issue.record("\(words) missing")
        case .rank(let rank): #expect(BuildTests.documents(merged.pairs, rank) == documents)
        }
      }
      let own = BuildTests.columns(merged)
      #expect(columns == nil || columns == own)
      columns = own
    }
  }

  @Test func joiningNothingOrTheDeadIsEmpty() throws {
    let none = try IndexSegment.merging([], rows: [], documentCount: 0)
    #expect(none.documentCount == 0 && none.termCount == 0 && none.brokenInvariants() == [])
    var random = Seeded(9)
    let segment = try BuildTests.build(
      BuildTests.documents(&random, count: 60), threads: 1, limits: PieceLimits())
    let dead = try IndexSegment.merging(
      [segment], rows: [[UInt32](repeating: .max, count: 60)], documentCount: 0)
    #expect(dead.termCount == 0 && dead.brokenInvariants() == [])
  }

  /// A damaged payload may cost postings, never a trap.
  @Test func damagedListsAreReadToTheirEnd() throws {
    var random = Seeded(10)
    let documents = BuildTests.documents(&random, count: 900)
    let segment = try BuildTests.build(documents, threads: 1, limits: PieceLimits())
    let rows = [(0..<900).map { UInt32($0) }]
    for _ in 0..<60 {
      var body = segment.body.columns
      func damaged<Element>(_ column: Column<Element>) -> Column<Element> {
        var elements = column.elements(in: 0..<column.count)
        for _ in 0..<4 {
          guard let place = elements.indices.randomElement(using: &random) else { return column }
          elements[place] = Element(truncatingIfNeeded: random.next())
        }
        return Column(elements)
      }
      switch Int.random(in: 0..<4, using: &random) {
      case 0: body.payload = damaged(body.payload)
      case 1: body.places = damaged(body.places)
      case 2: body.blocks = damaged(body.blocks)
      default: body.termStarts = damaged(body.termStarts)
      }
      var unpacked = [UInt32](repeating: 0, count: 1_200)
      var impacts = [UInt8](repeating: 0, count: 1_200)
      let reader = FieldReader(FieldIndex(body))
      for rank in 0..<reader.termCount where reader.frequency(rank) <= 900 {
        let count = unsafe rows[0].withUnsafeBufferPointer { rows in
          unsafe unpacked.withUnsafeMutableBufferPointer { target in
            unsafe impacts.withUnsafeMutableBufferPointer { values in
              guard let first = target.baseAddress, let second = values.baseAddress else { return 0 }
              return unsafe reader.read(rank, rows: rows, to: first, second)
            }
          }
        }
        #expect(count <= 900)
        _ = unsafe reader.term(rank).count
      }
    }
  }
}

import Bytes
import Foundation
import Testing

@testable import SearchIndex

/// Lists of an index that was built in pieces, as a file has them.
@Suite struct ListArrangementTests {
  /// Documents of which every third holds "often", and each some words of its own.
  private static func body(_ document: Int) -> [UInt8] {
    Array("w\(document % 700) x\(document % 37) \(document % 3 == 0 ? "often" : "seldom") y\(document)".utf8)
  }

  private static func built(_ count: Int) throws -> IndexSegment {
    try IndexSegment.build(
      documentCount: count, threads: 2, limits: PieceLimits(bytes: 4000, documents: 250, sampleBytes: 1000),
      bodyBytes: { $0.reduce(0) { $0 + body($1).count } },
      read: { range, part in
        for document in range {
          let body = body(document)
          part.add(body: body.span, quoted: [], title: [UInt8]().span, author: [UInt8]().span)
        }
      })
  }

  private static func postings(_ field: FieldIndex, _ rank: Int) -> [UInt64] {
    var found: [UInt64] = []
    var cursor = PostingCursor(field, rank: rank)
    cursor.forEachPosting(in: field) { found.append(UInt64($0) << 8 | UInt64($1)) }
    return found
  }

  @Test func listsOfPiecesStandInOrderInAFile() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let segment = try ListArrangementTests.built(5000)
    #expect(ListArrangement(segment.body.columns) != nil, "built in pieces, lists are scattered")
    var writer = ColumnFileWriter(version: 1)
    segment.addFront(to: &writer)
    segment.add(to: &writer)
    let path = PathName(Array(folder.appending(path: "index").path().utf8))
    let receipt = try writer.write(path)
    #expect(receipt != nil)
    let file = try ColumnFile(path, version: 1)
    #expect(file.verify().isEmpty)
    let stored = try IndexSegment(file)
    #expect(ListArrangement(stored.body.columns) == nil)
    #expect(stored.body.payload.count <= segment.body.payload.count)
    #expect(stored.brokenInvariants() == [])
    for rank in 0..<segment.body.termCount {
      #expect(stored.body.term(rank) == segment.body.term(rank))
      #expect(
        ListArrangementTests.postings(stored.body, rank) == ListArrangementTests.postings(segment.body, rank))
    }
  }

  @Test func theGuideLeadsToEveryTermAndToWhereOneWouldBe() throws {
    let field = try ListArrangementTests.built(3000).body
    #expect(field.termCount > 1000)
    let terms = (0..<field.termCount).map { field.term($0) }
    for rank in stride(from: 0, to: terms.count, by: 7) {
      let term = terms[rank]
      for other in [term, term + [0], term + [0xFF], Array(term.dropLast()), [], [0xFF]] {
        let truth = terms.firstIndex { !$0.lexicographicallyPrecedes(other) } ?? terms.count
        #expect(field.lowerBound(other) == truth)
      }
    }
  }
}

import Bytes
import Testing

@testable import SearchIndex

/// Building: the same index whoever builds it and however it is cut.
@Suite struct BuildTests {
  /// Small pieces and a small sample, so that a few hundred documents have several of each.
  static let small = PieceLimits(bytes: 3_000, documents: 250, sampleBytes: 900)

  static func columns(_ segment: IndexSegment) -> [[UInt8]] {
    [segment.body, segment.title, segment.author, segment.pairs].flatMap { field in
      [
        bytes(field.termBytes), bytes(field.termStarts), bytes(field.frequencies), bytes(field.places),
        bytes(field.impacts), bytes(field.blocks), bytes(field.payload),
        Array(String(field.averageLength).utf8),
      ]
    }
  }

  private static func bytes<Element>(_ column: Column<Element>) -> [UInt8] {
    column.withBytes { raw in
      (0..<raw.byteCount).map { unsafe raw.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
  }

  static func build(
    _ documents: [Corpus.Document], threads: Int, limits: PieceLimits
  ) throws -> IndexSegment {
    let bodies = documents.map { Array($0.body.utf8) }
    return try IndexSegment.build(
      documentCount: documents.count, threads: threads, limits: limits,
      bodyBytes: { range in bodies[range].reduce(0) { $0 + $1.count } },
      read: { range, part in
        for number in range {
          let (title, author) = (Array(documents[number].title.utf8), Array(documents[number].author.utf8))
          let body = bodies[number]
          part.add(body: body.span, title: title.span, author: author.span)
        }
      })
  }

  static func buildInOrder(_ documents: [Corpus.Document], limits: PieceLimits) -> IndexSegment {
    var builder = IndexBuilder(limits: limits)
    for document in documents {
      let (body, title, author) = (
        Array(document.body.utf8), Array(document.title.utf8), Array(document.author.utf8)
      )
      builder.add(body: body.span, title: title.span, author: author.span)
    }
    return builder.finish()
  }

  /// Words of every length and script, some of them in nearly every document.
  static func documents(_ random: inout Seeded, count: Int) -> [Corpus.Document] {
    let hot = ["the", "of", "and", "a", "internationally", "что"]
    return (0..<count).map { _ in
      var words: [String] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0...3: words.append(hot.randomElement(using: &random) ?? "")
        case 4: words.append(TruthTests.pieces.randomElement(using: &random) ?? "")
        case 5: words.append(String(repeating: "ab", count: Int.random(in: 1...30, using: &random)))
        default: words.append("w\(Int.random(in: 0..<400, using: &random))")
        }
      }
      return Corpus.Document(
        body: words.joined(separator: " "), title: words.first ?? "",
        author: hot.randomElement(using: &random) ?? "")
    }
  }

  @Test(arguments: 0..<6) func threadsMakeNoDifference(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let documents = BuildTests.documents(&random, count: [0, 1, 40, 600, 1_300, 2_500][Int(seed)])
    for limits in [BuildTests.small, PieceLimits()] {
      let one = try BuildTests.build(documents, threads: 1, limits: limits)
      #expect(one.brokenInvariants() == [])
      #expect(one.documentCount == documents.count)
      let columns = BuildTests.columns(one)
      for threads in [2, 3, 5] {
        let several = try BuildTests.build(documents, threads: threads, limits: limits)
        #expect(BuildTests.columns(several) == columns)
      }
      #expect(BuildTests.columns(BuildTests.buildInOrder(documents, limits: limits)) == columns)
    }
  }

  /// Where pieces end decides where blocks lie, and which average ranks, and nothing else.
  @Test(arguments: 0..<3) func piecesFindTheSame(_ seed: UInt64) throws {
    var random = Seeded(50 + seed)
    let documents = BuildTests.documents(&random, count: 1_500)
    let whole = try BuildTests.build(documents, threads: 1, limits: PieceLimits())
    let cut = try BuildTests.build(documents, threads: 2, limits: BuildTests.small)
    for field in Field.allCases {
      let (left, right) = (whole.field(field), cut.field(field))
      #expect(left.termCount == right.termCount)
      for rank in 0..<min(left.termCount, right.termCount) {
        #expect(left.term(rank) == right.term(rank))
        #expect(BuildTests.documents(left, rank) == BuildTests.documents(right, rank))
      }
    }
    let pairs = cut.pairs
    #expect(pairs.termCount > 20)
    // The truth about pairs, from the words of each document.
    var expected: [[UInt8]: [UInt32]] = [:]
    for (number, document) in documents.enumerated() {
      let body = Array(document.body.utf8)
      var scanner = WordScanner()
      var words: [[UInt8]] = []
      while scanner.next(in: body.span) {
        if !scanner.isTail { words.append(scanner.term()) }
      }
      for pair in Set(zip(words, words.dropFirst()).map { $0 + [0x20] + $1 }) {
        expected[pair, default: []].append(UInt32(number))
      }
    }
    var common: Set<[UInt8]> = []
    for rank in 0..<pairs.termCount {
      let pair = pairs.term(rank)
      #expect(BuildTests.documents(pairs, rank) == expected[pair])
      for word in pair.split(separator: 0x20) { common.insert(Array(word)) }
    }
    // And no pair of the words that are common is missing.
    for pair in expected.keys where pair.split(separator: 0x20).allSatisfy({ common.contains(Array($0)) }) {
      #expect(pairs.rank(of: pair) != nil)
    }
  }

  static func documents(_ field: FieldIndex, _ rank: Int) -> [UInt32] {
    var found: [UInt32] = []
    var cursor = PostingCursor(field, rank: rank)
    cursor.forEachPosting(in: field) { document, _ in found.append(document) }
    return found
  }
}

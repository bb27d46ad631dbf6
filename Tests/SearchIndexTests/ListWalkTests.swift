import CKernel
import Testing

@testable import SearchIndex

/// The ten best of queries that are nothing but lists: walked by their impacts, given up for windows, or in
/// windows from the start, they are the first ten of all.
@Suite struct ListWalkTests {
  static let count = 14_000

  /// Words of every frequency in texts of every length, some in titles and names too.
  static let corpus: Corpus = {
    var random = Seeded(41)
    func word() -> String { "w\(min(Int(1 / Double.random(in: 0.002...1, using: &random)), 90))" }
    return Corpus(
      (0..<count).map { number in
        let size = number % 97 == 0 ? 60 : Int.random(in: 1...14, using: &random)
        let body = (0..<size).map { _ in word() }.joined(separator: " ")
        return Corpus.Document(
          body: body, title: number % 9 == 0 ? word() + " " + word() : "",
          author: number % 5 == 0 ? word() : "")
      })
  }()
  static let indexes = [corpus.index(), corpus.index(segmentSize: 6_000)]

  @Test(
    arguments: [
      "w1", "w17", "w77", "body:w2", "w1 w2", "body:w1 body:w2", "body:w3 body:w60", "w1 w2 w3",
      "body:w1 body:w2 body:w3", "w4 w5 w70", "w1 OR w2", "body:w1 OR body:w2 OR body:w3 OR body:w4",
      "body:w9 OR body:w17 OR body:w30 OR body:w77", "w2 OR w66", "(w1 OR w8) w3", "w1 w1", "nowhere OR w3",
    ])
  func tenBestAreTheFirstOfAll(_ text: String) {
    let query = Query.parse(text)
    let corpus = ListWalkTests.corpus
    var (part, gone) = (
      DocumentBitmap(capacity: ListWalkTests.count), DocumentBitmap(capacity: ListWalkTests.count)
    )
    for number in 0..<UInt32(ListWalkTests.count) where number % 3 != 0 {
      part.insert(DocumentID(rawValue: number))
    }
    for number in 0..<UInt32(ListWalkTests.count) where number % 4 == 1 {
      gone.insert(DocumentID(rawValue: number))
    }
    for index in ListWalkTests.indexes {
      for (only, without) in [(nil, nil), (part, nil), (nil, gone), (part, gone)]
        as [(DocumentBitmap?, DocumentBitmap?)]
      {
        let all = index.search(
          query, texts: corpus, limit: .max, order: .ranked, restrictedTo: only, excluding: without)
        for limit in [1, 10, 100] {
          var options = SearchOptions(
            limit: limit, order: .ranked, restrictedTo: only, excluding: without)
          options.counting = .atLeast
          let best = index.search(query, texts: corpus, options: options)
          #expect(best.hits == Array(all.hits.prefix(limit)))
          #expect(best.isTotalExact ? best.total == all.total : best.total <= all.total)
        }
        for order in [SearchOrder.ranked, .reading, .newestFirst] {
          for limit in [0, 3] {
            let counted = index.search(
              query, texts: corpus, limit: limit, order: order, restrictedTo: only, excluding: without)
            #expect(counted.total == all.hits.count && counted.isTotalExact)
          }
        }
      }
    }
  }

  @Test func impactsFromABoundAreFound() {
    var random = Seeded(42)
    for _ in 0..<300 {
      let impacts = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let least = UInt8.random(in: 240...255, using: &random)
      let from = Int.random(in: 0...impacts.count, using: &random)
      let expected = impacts.indices.first { $0 >= from && impacts[$0] >= least } ?? impacts.count
      #expect(unsafe ck_next_from(impacts, from, impacts.count, least) == expected)
      let block = (0..<128).map { _ in UInt8.random(in: 0...255, using: &random) }
      var bits: [UInt64] = [0, 0]
      unsafe ck_block_from(block, least, &bits)
      #expect((0..<128).allSatisfy { (bits[$0 / 64] >> UInt64($0 % 64) & 1 == 1) == (block[$0] >= least) })
      let documents = (0..<128).map { _ in UInt32.random(in: 0...500, using: &random) }.sorted()
      let size = UInt32.random(in: 0...128, using: &random)
      let bound = UInt32.random(in: 0...510, using: &random)
      let below = documents.prefix(Int(size)).filter { $0 < bound }.count
      #expect(unsafe ck_count_below(documents, size, bound) == UInt32(below))
    }
  }

  @Test func classesAreFoundAsTheTwinFindsThem() {
    var random = Seeded(43)
    for _ in 0..<1_000 {
      let text = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        UInt8.random(in: 0x5E...0x6A, using: &random)
      }
      let length = Int.random(in: 1...8, using: &random)
      var places = [UInt8](repeating: 0, count: 256)
      var halves = [UInt8](repeating: 0, count: 32)
      for place in 0..<length {
        for byte in 0..<256 where Int.random(in: 0..<3, using: &random) == 0 {
          places[byte] |= 1 << UInt8(place)
          halves[byte & 15] |= 1 << UInt8(place)
          halves[16 + byte >> 4] |= 1 << UInt8(place)
        }
      }
      let expected = text.indices.first { first in
        first + length <= text.count
          && (0..<length).allSatisfy { places[Int(text[first + $0])] >> UInt8($0) & 1 == 1 }
      }
      unsafe text.withUnsafeBufferPointer { text in
        guard let base = text.baseAddress else { return }
        let fast = unsafe ck_find_classes(base, text.count, places, halves, length)
        #expect(fast == expected ?? -1)
        #expect(unsafe ck_find_classes_portable(base, text.count, places, length) == expected ?? -1)
      }
    }
  }
}

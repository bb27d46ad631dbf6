import Foundation

/// The answer to each query by reading every text from end to end, with words cut and folded by other code
/// than Lectern's own.
///
/// All queries are answered in one pass: words of queries are looked up in a table as they are read, and a
/// query is looked at only where its rarest word stands.
struct BruteForce {
  struct Answer {
    var count = 0
    /// The newest ten, by date and then by document; undated ones last.
    var newest: [(date: Int64, document: Int)] = []

    mutating func take(_ date: Int64, _ document: Int) {
      count += 1
      if newest.count == 10, let last = newest.last, date <= last.date { return }
      let place = newest.firstIndex { $0.date < date } ?? newest.count
      newest.insert((date, document), at: place)
      if newest.count > 10 { newest.removeLast() }
    }
  }

  /// - Complexity: O(bytes of the corpus), on both cores.
  static func answers(_ queries: [BenchQuery], in corpus: Corpus, cores: Int = 2) -> [Answer] {
    let patterns = QueryPatterns(queries, sample: corpus)
    let slots = (0..<cores).map { _ in Slot() }
    let size = (corpus.documentCount + cores - 1) / cores
    Cores.perform(cores) { core in
      let range = min(core * size, corpus.documentCount)..<min((core + 1) * size, corpus.documentCount)
      var pass = BruteForcePass(patterns: patterns, queryCount: queries.count)
      for document in range { pass.read(corpus.body(document), document, corpus.dates[document]) }
      slots[core].answers = pass.answers
    }
    var whole = slots[0].answers
    for slot in slots.dropFirst() {
      for (query, answer) in slot.answers.enumerated() {
        let before = whole[query].count
        for hit in answer.newest { whole[query].take(hit.date, hit.document) }
        whole[query].count = before + answer.count
      }
    }
    return whole
  }

  private final class Slot: @unchecked Sendable {
    var answers: [Answer] = []
  }
}

/// The words of all queries, each with a number, and which queries to look at where one of them stands.
struct QueryPatterns: Sendable {
  /// One query in terms of these numbers.
  struct Item: Sendable {
    var patterns: [Int32]
    var isAny: Bool
    var isPhrase: Bool
  }

  private(set) var exact = WordTable()
  private(set) var beginnings = WordTable()
  /// Lengths that any beginning has.
  private(set) var lengths: UInt64 = 0
  private(set) var misspelt: [(word: [UInt8], pattern: Int32)] = []
  /// From the hash of a misspelt word with a letter left out, or whole, to places of `misspelt`.
  private(set) var shortened: [UInt64: [Int]] = [:]
  private(set) var items: [Item] = []
  /// For each pattern, the queries to look at.
  private(set) var triggers: [[Int32]] = []
  private(set) var count: Int32 = 0

  init(_ queries: [BenchQuery], sample corpus: Corpus) {
    for query in queries {
      let endsOpen = query.kind == .prefix || query.kind == .typed || query.kind == .letters
      var patterns: [Int32] = []
      for (place, word) in query.words.enumerated() {
        let bytes = Array(word.utf8)
        if query.kind == .fuzzy1 {
          patterns.append(count)
          for hash in WordTable.shortened(bytes) { shortened[hash, default: []].append(misspelt.count) }
          misspelt.append((bytes, count))
          count += 1
        } else if endsOpen && place == query.words.count - 1 {
          lengths |= 1 << UInt64(min(bytes.count, 63))
          patterns.append(beginnings.number(of: WordTable.hash(bytes), next: &count))
        } else {
          patterns.append(exact.number(of: WordTable.hash(bytes), next: &count))
        }
      }
      items.append(
        Item(
          patterns: patterns, isAny: query.kind == .or2 || query.kind == .or4,
          isPhrase: query.kind == .phrase2 || query.kind == .phrase3))
    }
    triggers = Array(repeating: [], count: Int(count))
    // How often each stands in some texts tells the rarest of each query.
    var probe = BruteForcePass(patterns: self, queryCount: 0)
    var holders = [Int](repeating: 0, count: Int(count))
    for document in stride(from: 0, to: corpus.documentCount, by: max(1, corpus.documentCount / 5000)) {
      for pattern in probe.patterns(in: corpus.body(document)) { holders[Int(pattern)] += 1 }
    }
    for (query, item) in items.enumerated() {
      let looked =
        item.isAny ? item.patterns : [item.patterns.min { holders[Int($0)] < holders[Int($1)] } ?? 0]
      for pattern in Set(looked) { triggers[Int(pattern)].append(Int32(query)) }
    }
  }
}

/// Numbers for words by their 64-bit hashes, with a filter of 2^16 bits before it. Two words of one hash
/// would be taken for one: among ten million words that happens once in 300,000 runs.
struct WordTable: Sendable {
  private var numbers: [UInt64: Int32] = [:]
  private var filter = [UInt64](repeating: 0, count: 1024)

  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// FNV-1a, byte by byte, so that a word's beginnings are hashed on the way.
  @inline(__always)
  static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(seed) { step($0, $1) } }

  /// The hashes of a word with each of its letters left out, and of the whole word.
  static func shortened(_ bytes: [UInt8]) -> Set<UInt64> {
    var hashes: Set<UInt64> = [hash(bytes)]
    for place in bytes.indices { hashes.insert(hash(bytes[..<place] + bytes[(place + 1)...])) }
    return hashes
  }

  mutating func number(of hash: UInt64, next: inout Int32) -> Int32 {
    if let number = numbers[hash] { return number }
    numbers[hash] = next
    filter[Int(hash >> 54)] |= 1 << (hash >> 48 & 63)
    next += 1
    return next - 1
  }

  @inline(__always)
  func number(of hash: UInt64) -> Int32? {
    guard filter[Int(hash >> 54)] >> (hash >> 48 & 63) & 1 == 1 else { return nil }
    return numbers[hash]
  }
}

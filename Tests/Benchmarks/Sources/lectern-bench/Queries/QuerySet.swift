import Foundation

/// What a class of queries asks for.
enum QueryClass: String, CaseIterable, Codable {
  case term, stop, and2, and3, or2, or4, phrase2, phrase3, prefix, fuzzy1
  /// A word and the beginning of the next, as a reader has typed them.
  case typed
  /// The same typed letter by letter: each keystroke is a query.
  case letters

  /// How many words such a query has, if it is always as many.
  var wordCount: Int {
    switch self {
    case .term, .stop, .prefix, .fuzzy1: 1
    case .and2, .or2, .phrase2, .typed, .letters: 2
    case .and3, .phrase3: 3
    case .or4: 4
    }
  }
}

/// One query, as words; every engine writes it its own way. In `prefix`, `typed` and `letters` the last
/// word is a beginning.
struct BenchQuery: Codable {
  var kind: QueryClass
  var words: [String]

  /// As Lectern reads it, and whether it is still being typed.
  var lectern: (text: String, isTyping: Bool) {
    switch kind {
    case .term, .stop, .and2, .and3: (words.joined(separator: " "), false)
    case .or2, .or4: (words.joined(separator: " OR "), false)
    case .phrase2, .phrase3: ("\"" + words.joined(separator: " ") + "\"", false)
    case .prefix: (words[0] + "*", false)
    case .fuzzy1: (words[0] + "~1", false)
    case .typed, .letters: (words.joined(separator: " "), true)
    }
  }
}

/// Queries that have answers: words, pairs and phrases are drawn from the texts, the same ones each time.
struct QuerySet {
  var queries: [BenchQuery] = []

  /// - Parameter count: queries a class.
  init(of corpus: Corpus, count: Int) {
    var sampler = WordSampler(corpus: corpus)
    queries += sampler.stops.map { BenchQuery(kind: .stop, words: [$0]) }
    for kind in QueryClass.allCases where kind != .stop && kind != .letters {
      var seen: Set<[String]> = []
      var tries = 0
      while seen.count < count, tries < count * 50 {
        tries += 1
        guard let words = sampler.words(for: kind), seen.insert(words).inserted else { continue }
        queries.append(BenchQuery(kind: kind, words: words))
      }
    }
    var keystrokes = 0
    while keystrokes < count * 2 {
      guard let words = sampler.phrase(keystrokes % 3 == 0 ? 3 : 2) else { break }
      for typed in 0..<words.count {
        for end in 1...words[typed].count {
          let query = words[..<typed] + [String(words[typed].prefix(end))]
          queries.append(BenchQuery(kind: .letters, words: Array(query)))
          keystrokes += 1
        }
      }
    }
  }

  /// A line a query: its class, a tab, its words.
  func write(to path: String) -> Bool {
    guard let writer = FileWriter(path) else { return false }
    for query in queries { writer.write("\(query.kind.rawValue)\t\(query.words.joined(separator: " "))\n") }
    return writer.close()
  }
}

/// Draws words from texts.
private struct WordSampler {
  let corpus: Corpus
  /// The 52 words that most texts hold.
  let stops: [String]
  private let stopSet: Set<String>
  private var random = Seeded(state: 0x71_7565_7279)

  init(corpus: Corpus) {
    self.corpus = corpus
    var holders: [String: Int] = [:]
    var random = Seeded(state: 52)
    for _ in 0..<20_000 {
      let document = Int(random.next() % UInt64(corpus.documentCount))
      for word in Set(PlainWords(corpus.body(document)).words.compactMap(\.self)) {
        holders[word, default: 0] += 1
      }
    }
    let ordered = holders.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    stops = ordered.prefix(52).map(\.key)
    stopSet = Set(stops)
  }

  /// The words of a text that has enough of them; nil for a word that is not plain ASCII.
  private mutating func text(_ least: Int) -> [String?]? {
    for _ in 0..<1000 {
      let document = Int(random.next() % UInt64(corpus.documentCount))
      let words = PlainWords(corpus.body(document)).words
      if words.count >= least { return words }
    }
    return nil
  }

  /// Neighbours in a text.
  mutating func phrase(_ count: Int) -> [String]? {
    for _ in 0..<100 {
      guard let words = text(count + 2) else { return nil }
      let place = Int(random.next() % UInt64(words.count - count))
      let found = words[place..<place + count].compactMap(\.self)
      if found.count == count { return found }
    }
    return nil
  }

  /// Different words of one text, none of them a stop word.
  private mutating func apart(_ count: Int, least: Int = 2) -> [String]? {
    guard let words = text(count + 4) else { return nil }
    var found: [String] = []
    for _ in 0..<40 where found.count < count {
      guard let word = words[Int(random.next() % UInt64(words.count))], word.count >= least,
        !stopSet.contains(word), !found.contains(word)
      else { continue }
      found.append(word)
    }
    return found.count == count ? found : nil
  }

  mutating func words(for kind: QueryClass) -> [String]? {
    switch kind {
    case .term, .and2, .and3, .or2, .or4: return apart(kind.wordCount)
    case .phrase2, .phrase3: return phrase(kind.wordCount)
    case .prefix: return apart(1, least: 5).map { [String($0[0].prefix(3 + Int(random.next() % 2)))] }
    case .typed:
      guard let words = phrase(2), words[1].count >= 4, !stopSet.contains(words[0]) else { return nil }
      return [words[0], String(words[1].prefix(2 + Int(random.next() % UInt64(words[1].count - 2))))]
    case .fuzzy1: return apart(1, least: 5).map { [misspelt($0[0])] }
    case .stop, .letters: return nil
    }
  }

  /// A letter left out, doubled, changed, or swapped with its neighbour.
  private mutating func misspelt(_ word: String) -> String {
    var letters = Array(word)
    let place = 1 + Int(random.next() % UInt64(letters.count - 2))
    switch random.next() % 4 {
    case 0: letters.remove(at: place)
    case 1: letters.insert(letters[place], at: place)
    case 2: letters[place] = letters[place] == "e" ? "a" : "e"
    default: letters.swapAt(place, place + 1)
    }
    return String(letters)
  }
}

/// The words of a text as all engines agree on them: runs of ASCII letters and digits in lowercase. A run
/// that touches other letters is nil: engines differ there.
struct PlainWords {
  private(set) var words: [String?] = []

  init(_ text: UnsafeBufferPointer<UInt8>) {
    var word: [UInt8] = []
    var isPlain = true
    func isEnd(_ byte: UInt8) -> Bool {
      !(byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26)
    }
    for place in 0...text.count {
      let byte = place < text.count ? text[place] : 0x20
      if isEnd(byte) {
        if !isPlain {
          words.append(nil)
        } else if !word.isEmpty {
          words.append(String(decoding: word, as: UTF8.self))
        }
        word.removeAll(keepingCapacity: true)
        isPlain = true
      } else if byte >= 0x80 {
        isPlain = false
      } else {
        word.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      }
    }
  }
}

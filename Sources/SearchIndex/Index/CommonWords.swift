internal import Bytes

/// The commonest words of a segment, whose pairs are indexed.
struct CommonWords: Sendable {
  /// No common word.
  static let none: UInt32 = 64
  /// As many words as there may be.
  static let most = 64

  /// A word of at most 16 bytes by its key.
  struct Word: Hashable, Sendable {
    var key0: UInt64
    var key1: UInt64

    /// The bytes it is read as.
    var bytes: [UInt8] {
      var bytes: [UInt8] = []
      for key in [key0, key1] {
        var rest = key
        while rest != 0 {
          bytes.append(UInt8(truncatingIfNeeded: rest))
          rest >>= 8
        }
      }
      return bytes
    }
  }

  /// The words: those of up to 8 bytes first.
  let words: [Word]
  /// How many have up to 8 bytes, and how many more.
  let count8: UInt32
  let count16: UInt32

  /// Keeps the first 64 of some distinct words.
  init(_ chosen: [Word] = []) {
    let kept = chosen.prefix(CommonWords.most)
    let short = kept.filter { $0.key1 == 0 }
    let longer = kept.filter { $0.key1 != 0 }
    words = short + longer
    count8 = UInt32(short.count)
    count16 = UInt32(longer.count)
  }

  var count: Int { words.count }

  /// Words as a column keeps them: two numbers each, in order.
  static func keys(of words: some Sequence<Word>) -> Column<UInt64> {
    let sorted = words.sorted { ($0.key0, $0.key1) < ($1.key0, $1.key1) }
    return Column(sorted.flatMap { [$0.key0, $0.key1] })
  }

  /// The number of a pair, below 4096.
  static func pair(_ first: UInt32, _ second: UInt32) -> UInt32 { first << 6 | second }
}

extension CommonWords {
  /// The words that most documents of a sample hold, of those up to 16 bytes. Equally common ones are
  /// taken in order of their keys.
  init(commonestOf sample: inout FieldWords) {
    sample.settle()
    var frequencies: [TermCode: Int] = [:]
    for posting in 0..<sample.stream.count {
      let code = unsafe sample.stream.terms.base[posting]
      if TermInterner.table(of: code) < 2 { frequencies[code, default: 0] += 1 }
    }
    var found = frequencies.map { code, frequency in
      let place = TermInterner.place(of: code)
      if TermInterner.table(of: code) == 0 {
        return (word: Word(key0: unsafe sample.interner.keys8.base[place], key1: 0), frequency)
      }
      let key = unsafe sample.interner.keys16.base[place]
      return (word: Word(key0: key.key0, key1: key.key1), frequency)
    }
    found.sort { left, right in
      if left.1 != right.1 { return left.1 > right.1 }
      return (left.word.key0, left.word.key1) < (right.word.key0, right.word.key1)
    }
    self.init(found.map(\.word))
  }
}

extension IndexSegment {
  /// The words whose pairs are indexed, in order of their keys.
  var commonWords: [CommonWords.Word] {
    (0..<commonKeys.count / 2).map {
      CommonWords.Word(key0: commonKeys[2 * $0], key1: commonKeys[2 * $0 + 1])
    }
  }

  /// What the segment knows about two words in a row.
  enum PairRank: Equatable {
    /// One of them is not common here: their lists and texts must tell.
    case notIndexed
    /// No body shows them so.
    case nowhere
    /// The bodies that show them so are exactly the list of this rank of `pairs`.
    case rank(Int)
  }

  /// Looks two neighbouring words of a body up by their bytes.
  /// - Complexity: O(log pairs).
  func pair(_ first: [UInt8], _ second: [UInt8]) -> PairRank {
    guard isCommon(first), isCommon(second) else { return .notIndexed }
    return pairs.rank(of: first + [UInt8(ascii: " ")] + second).map { .rank($0) } ?? .nowhere
  }

  /// Whether the pairs of a word are indexed.
  /// - Complexity: O(1): of at most 64 words.
  func isCommon(_ word: [UInt8]) -> Bool {
    guard word.count <= 16 else { return false }
    var (key0, key1) = (UInt64(0), UInt64(0))
    for (place, byte) in word.enumerated() {
      if place < 8 { key0 |= UInt64(byte) << UInt64(8 * place) }
      if place >= 8 { key1 |= UInt64(byte) << UInt64(8 * (place - 8)) }
    }
    return commonWords.contains(CommonWords.Word(key0: key0, key1: key1))
  }
}

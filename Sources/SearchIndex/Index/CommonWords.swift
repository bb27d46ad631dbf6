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

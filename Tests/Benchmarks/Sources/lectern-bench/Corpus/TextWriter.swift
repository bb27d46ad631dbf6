import Glibc

/// Writes texts of made-up words with sentences, numbers, addresses and quotes.
struct TextWriter {
  private let vocabulary: Vocabulary
  private var topics: [UInt64] = []
  /// Longest text in words.
  private static let longest = 3000

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// Begins a thread with some words that come in it again and again.
  mutating func begin(topics: [UInt64]) { self.topics = topics }

  /// Four to nine words.
  func title(_ random: inout Seeded) -> [UInt8] {
    var title: [UInt8] = []
    write(words: 4 + Int(random.next() % 6), to: &title, &random)
    return title
  }

  /// One text: perhaps the beginning of what it answers, then words of its own, with needles among them.
  func append(
    quoting quoted: Range<Int>?, planting needles: [String], to text: inout [UInt8], _ random: inout Seeded
  ) {
    if let quoted, !quoted.isEmpty {
      // Whole words of the first line: up to the last space within some 90 bytes.
      var end = quoted.lowerBound
      var at = quoted.lowerBound
      while at < min(quoted.upperBound, quoted.lowerBound + 90), text[at] != 0x0A {
        if text[at] == 0x20 { end = at }
        at += 1
      }
      if end > quoted.lowerBound, text[quoted.lowerBound] != 0x3E {
        text += [0x3E, 0x20] + Array(text[quoted.lowerBound..<end]) + [0x0A, 0x0A]
      }
    }
    // The median is 35 words, the mean 60.
    let normal = sqrt(-2 * log(1 - random.unit())) * cos(2 * Double.pi * random.unit())
    let words = min(max(Int(35 * exp(1.04 * normal)), 1), TextWriter.longest)
    guard !needles.isEmpty else { return write(words: words, to: &text, &random) }
    for needle in needles {
      write(words: max(1, words / (needles.count + 1)), to: &text, &random)
      text += [0x20] + Array(needle.utf8) + [0x20]
    }
    write(words: max(1, words / (needles.count + 1)), to: &text, &random)
  }

  /// Words with spaces between them.
  private func write(words: Int, to text: inout [UInt8], _ random: inout Seeded) {
    let start = text.count
    let room = words * 70 + 16
    let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      var at = 0
      var last: UInt64 = 0
      var said: [UInt64] = []
      var isSentenceStart = true
      for place in 0..<words {
        if place > 0 {
          base[at] = 0x20
          at += 1
        }
        let bits = random.next()
        if bits & 127 == 127 {
          at += TextWriter.writeNumber(bits >> 7, to: base + at)
          last = bits
          continue
        }
        let rank = next(after: last, said, bits >> 7, &random)
        said.append(rank)
        let size = vocabulary.write(rank, to: base + at)
        if isSentenceStart, base[at] >= 0x61, base[at] <= 0x7A { base[at] -= 32 }
        isSentenceStart = false
        at += size
        last = rank
        switch random.next() % 24 {
        case 0, 1:
          base[at] = 0x2E
          at += 1
          isSentenceStart = true
        case 2:
          base[at] = 0x2C
          at += 1
        case 3 where random.next() % 16 == 0:
          base[at] = 0x0A
          at += 1
          isSentenceStart = true
        default: break
        }
      }
      count = at
    }
    text += chunk
    precondition(text.count - start <= room)
  }

  /// The next word: every third one of the few that like to follow the last, every fourth one that was
  /// said before in this text, some of the thread's topic.
  private func next(
    after last: UInt64, _ said: [UInt64], _ bits: UInt64, _ random: inout Seeded
  ) -> UInt64 {
    let fate = bits % 100
    if fate < 32 {
      // The k-th follower comes with a share of about 1 / k, k up to 64.
      let unit = Double(bits >> 32) / Double(1 << 25)
      let follower = UInt64(exp(unit * 4.158883))
      return vocabulary.rank(Vocabulary.mixed(last &* 0x9E37_79B9 &+ follower))
    }
    if fate < 37, !topics.isEmpty { return topics[Int(bits >> 20) % topics.count] }
    if fate < 60, !said.isEmpty { return said[Int(bits >> 20) % said.count] }
    return vocabulary.rank(random.next())
  }

  /// A year, or any number, the longer the rarer.
  private static func writeNumber(_ bits: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let number =
      bits % 4 == 0 ? 1990 + (bits >> 2) % 36 : UInt64(exp(Double((bits >> 2) % 4096) / 4096 * 16))
    let digits = Array(String(number).utf8)
    for (index, digit) in digits.enumerated() { place[index] = digit }
    return digits.count
  }
}

/// Gives every distinct word of a field a dense number, by the bytes it is read as.
///
/// Two open-addressed tables: words of up to 16 bytes are their own exact key, longer ones are hashed and
/// compared in the arena. Hashes are seeded at random, so that nobody can write a file whose words all
/// collide; term numbers do not depend on the seed.
struct TermInterner {
  private struct Slot {
    var key0: UInt64 = 0
    var key1: UInt64 = 0
    /// Term number plus one; 0 is free.
    var mark: UInt32 = 0
  }

  /// The bytes of all terms, one after the other, in order of number.
  private(set) var arena: [UInt8] = []
  /// Where each term begins in the arena, and one more for the end.
  private(set) var starts: [UInt32] = [0]

  private var short: [Slot]
  private var shortCount = 0
  private var long: [Slot]
  private var longCount = 0
  private let seed0: UInt64
  private let seed1: UInt64

  init() {
    short = Array(repeating: Slot(), count: 1024)
    long = Array(repeating: Slot(), count: 64)
    seed0 = .random(in: .min ... .max)
    seed1 = .random(in: .min ... .max)
  }

  var count: Int { starts.count - 1 }

  /// The number of the word the scanner stands on; a new one if it was never seen.
  /// - Complexity: O(1) amortised for short words, O(length) for long ones.
  mutating func number(of word: borrowing WordScanner) -> UInt32 {
    word.length <= 16 ? shortNumber(word) : longNumber(word)
  }

  @inline(__always)
  private func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = (first ^ seed0).multipliedFullWidth(by: second ^ seed1)
    return product.high ^ product.low
  }

  @inline(__always)
  private mutating func shortNumber(_ word: borrowing WordScanner) -> UInt32 {
    let mask = short.count - 1
    var at = Int(truncatingIfNeeded: mix(word.key0, word.key1)) & mask
    while true {
      let slot = short[at]
      if slot.mark == 0 { break }
      if slot.key0 == word.key0 && slot.key1 == word.key1 { return slot.mark - 1 }
      at = (at + 1) & mask
    }
    let number = UInt32(count)
    short[at] = Slot(key0: word.key0, key1: word.key1, mark: number + 1)
    for index in 0..<word.length {
      let key = index < 8 ? word.key0 : word.key1
      arena.append(UInt8(truncatingIfNeeded: key >> UInt64(8 * (index & 7))))
    }
    starts.append(UInt32(arena.count))
    shortCount += 1
    if shortCount * 2 > short.count { growShort() }
    return number
  }

  private mutating func longNumber(_ word: borrowing WordScanner) -> UInt32 {
    let hash = longHash(word)
    let mask = long.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while long[at].mark != 0 {
      if long[at].key0 == hash && arenaHolds(word, term: Int(long[at].mark) - 1) { return long[at].mark - 1 }
      at = (at + 1) & mask
    }
    let number = UInt32(count)
    long[at] = Slot(key0: hash, key1: 0, mark: number + 1)
    arena.append(contentsOf: word.longTerm)
    starts.append(UInt32(arena.count))
    longCount += 1
    if longCount * 2 > long.count { growLong() }
    return number
  }

  private func longHash(_ word: borrowing WordScanner) -> UInt64 {
    var hash = mix(word.key0, word.key1)
    var chunk: UInt64 = 0
    let bytes = word.longTerm
    for index in 16..<bytes.count {
      chunk = chunk << 8 | UInt64(bytes[index])
      if index & 7 == 7 {
        hash = mix(hash, chunk)
        chunk = 0
      }
    }
    return mix(hash ^ chunk, UInt64(bytes.count))
  }

  private func arenaHolds(_ word: borrowing WordScanner, term: Int) -> Bool {
    let start = Int(starts[term])
    guard Int(starts[term + 1]) - start == word.length else { return false }
    let bytes = word.longTerm
    for index in 0..<word.length where arena[start + index] != bytes[index] { return false }
    return true
  }

  private mutating func growShort() {
    let old = short
    short = Array(repeating: Slot(), count: old.count * 4)
    let mask = short.count - 1
    for slot in old where slot.mark != 0 {
      var at = Int(truncatingIfNeeded: mix(slot.key0, slot.key1)) & mask
      while short[at].mark != 0 { at = (at + 1) & mask }
      short[at] = slot
    }
  }

  private mutating func growLong() {
    let old = long
    long = Array(repeating: Slot(), count: old.count * 4)
    let mask = long.count - 1
    for slot in old where slot.mark != 0 {
      var at = Int(truncatingIfNeeded: slot.key0) & mask
      while long[at].mark != 0 { at = (at + 1) & mask }
      long[at] = slot
    }
  }
}

/// Hashes of runs of words, and where they were met: a table by open addressing.
///
/// Of a hash 32 bits are kept: what meets by chance is found out when the words are compared.
struct WindowTable {
  private var hashes: [UInt32] = [UInt32](repeating: 0, count: 256)
  private var heads: [UInt32] = [UInt32](repeating: WindowTable.none, count: 256)
  private(set) var count = 0
  private var entries: [UInt32] = []
  private var words: [UInt32] = []
  private var next: [UInt32] = []

  private static let none = UInt32.max
  /// In the place of a head: more entries have these words than evidence may.
  private static let common = UInt32.max - 1

  /// Gives a hash for every run of six words, with the place of its first word.
  static func forEachWindow(of all: [FoldedWord], _ body: (UInt32, Int) -> Void) {
    let size = QuoteSearch.windowWords
    guard all.count >= size else { return }
    let factor: UInt64 = 0x9FB2_1C65_1E98_DF25
    var leaving: UInt64 = 1
    for _ in 0..<size { leaving = leaving &* factor }
    var rolling: UInt64 = 0
    for place in all.indices {
      rolling = rolling &* factor &+ all[place].hash
      if place >= size { rolling = rolling &- leaving &* all[place - size].hash }
      // 0 stands for a free place of the table.
      guard place + 1 >= size else { continue }
      body(max(1, UInt32(truncatingIfNeeded: FoldedWords.finished(rolling))), place + 1 - size)
    }
  }

  /// Puts a hash in, once.
  mutating func insert(_ hash: UInt32) {
    if (count + 1) * 4 > hashes.count * 3 { grow() }
    let slot = slot(of: hash)
    guard hashes[slot] == 0 else { return }
    hashes[slot] = hash
    count += 1
  }

  /// Notes that an entry has these words, if anybody asked for them.
  mutating func meet(_ hash: UInt32, entry: UInt32, word: UInt32) {
    let slot = slot(of: hash)
    guard hashes[slot] != 0, heads[slot] != WindowTable.common else { return }
    var known = 0
    var place = heads[slot]
    while place != WindowTable.none {
      if entries[Int(place)] == entry { return }
      known += 1
      place = next[Int(place)]
    }
    guard known < QuoteSearch.evidenceLimit else {
      heads[slot] = WindowTable.common
      return
    }
    entries.append(entry)
    words.append(word)
    next.append(heads[slot])
    heads[slot] = UInt32(entries.count - 1)
  }

  /// Gives the entries that have these words, and the place of the first; none when too many have them.
  func forEachMeeting(_ hash: UInt32, _ body: (UInt32, UInt32) -> Void) {
    let slot = slot(of: hash)
    guard hashes[slot] != 0, heads[slot] != WindowTable.common else { return }
    var place = heads[slot]
    while place != WindowTable.none {
      body(entries[Int(place)], words[Int(place)])
      place = next[Int(place)]
    }
  }

  private func slot(of hash: UInt32) -> Int {
    let mask = hashes.count - 1
    var slot = Int(hash) & mask
    while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldHashes, oldHeads) = (hashes, heads)
    hashes = [UInt32](repeating: 0, count: oldHashes.count * 2)
    heads = [UInt32](repeating: WindowTable.none, count: oldHashes.count * 2)
    for (place, hash) in oldHashes.enumerated() where hash != 0 {
      let slot = slot(of: hash)
      hashes[slot] = hash
      heads[slot] = oldHeads[place]
    }
  }
}

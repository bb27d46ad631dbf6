internal import CKernel

/// The number of a term within one interner: which of its three tables in the upper two bits, the place
/// there, in order of first appearance, below.
typealias TermCode = UInt32

/// Gives every distinct word of a field a number, by the bytes it is read as.
///
/// Words of up to 8 and of up to 16 bytes are their own exact keys in two open-addressed tables; longer ones
/// are hashed and compared in an arena. Hashes are seeded at random, so that nobody can write a file whose
/// words all collide; numbers do not depend on the seed. Beside each word stands where it was last
/// seen, so that one line of memory answers both which word it is and whether its document had it before.
///
/// Memory: 26–51 bytes a term of up to 8 bytes, 51–102 up to 16, 34 and its own bytes else.
struct TermInterner: ~Copyable {
  /// A word of up to 8 bytes; no word has the key 0, which is a free slot.
  struct Slot8: BitwiseCopyable {
    var key: UInt64 = 0
    var index: UInt32 = 0
    /// Where the word was last seen, as `PostingStream` numbers places; 0 for nowhere.
    var latest: UInt32 = 0
  }

  /// A word of 9 to 16 bytes; a first key 0 is a free slot.
  struct Slot16: BitwiseCopyable {
    var key0: UInt64 = 0
    var key1: UInt64 = 0
    var index: UInt32 = 0
    var latest: UInt32 = 0
    var unused: UInt64 = 0
  }

  /// The place of a longer word plus one; 0 is free.
  struct LongSlot: BitwiseCopyable {
    var hash: UInt64 = 0
    var mark: UInt32 = 0
  }

  /// The tables a code may name, by its upper two bits.
  static let tableCount = 3
  /// Terms of one table at most.
  static let most = 1 << 30

  static func table(of code: TermCode) -> Int { Int(code >> 30) }
  static func place(of code: TermCode) -> Int { Int(code & (1 << 30 - 1)) }
  static func code(table: Int, place: Int) -> TermCode {
    TermCode(truncatingIfNeeded: table) << 30 | TermCode(truncatingIfNeeded: place)
  }

  var slots8 = PageBuffer<Slot8>(capacity: 1024, zeroed: true)
  var slots16 = PageBuffer<Slot16>(capacity: 512, zeroed: true)
  private var slotsLong = PageBuffer<LongSlot>(capacity: 128, zeroed: true)
  /// The keys of the short words, in order of place.
  private(set) var keys8 = PageBuffer<UInt64>(capacity: 512)
  private(set) var keys16 = PageBuffer<Key16>(capacity: 256)
  /// The bytes of the long words, one after the other, where each begins, and one more for the end.
  private(set) var arena = PageBuffer<UInt8>(capacity: 4096)
  private(set) var starts = PageBuffer<Int>(capacity: 64, zeroed: true)
  /// Where each long word was last seen.
  var latestLong = PageBuffer<UInt32>(capacity: 64)
  /// Terms of each table.
  private(set) var count8 = 0
  private(set) var count16 = 0
  private(set) var countLong = 0
  private let seed0: UInt64
  private let seed1: UInt64

  struct Key16: BitwiseCopyable {
    var key0: UInt64
    var key1: UInt64
  }

  init() {
    seed0 = .random(in: .min ... .max)
    seed1 = .random(in: .min ... .max)
  }

  /// Terms of a table.
  func count(table: Int) -> Int { table == 0 ? count8 : table == 1 ? count16 : countLong }

  /// All terms.
  var count: Int { count8 + count16 + countLong }

  /// Bytes of all terms, one after the other, at most.
  var byteCount: Int { count8 * 8 + count16 * 16 + (unsafe starts.base[countLong]) }

  /// Whether a table is so full that another word might not find a number.
  var isFull: Bool { max(count8, count16, countLong) >= TermInterner.most - 1 << 20 }

  /// The tables as the kernel sees them, until the next word is added.
  var tables: ck_tables {
    unsafe ck_tables(
      slots8: slots8.base, slots16: slots16.base, mask8: UInt64(slots8.capacity - 1),
      mask16: UInt64(slots16.capacity - 1), seed0: seed0, seed1: seed1)
  }

  @inline(__always)
  func hash(_ key0: UInt64, _ key1: UInt64) -> UInt64 { ck_mix(key0, key1, seed0, seed1) }
}

// MARK: - Short words

extension TermInterner {
  /// Adds a word of up to 8 bytes that is not there.
  @inline(never)
  mutating func insert8(_ key: UInt64) -> UInt32 {
    if count8 * 8 >= slots8.capacity * 5 { grow8() }
    let place = UInt32(truncatingIfNeeded: count8)
    keys8.reserve(count8 + 1)
    unsafe keys8.base[count8] = key
    count8 += 1
    let mask = slots8.capacity - 1
    var at = Int(truncatingIfNeeded: hash(key, 0)) & mask
    while unsafe slots8.base[at].key != 0 { at = (at + 1) & mask }
    unsafe slots8.base[at] = Slot8(key: key, index: place, latest: 0)
    return place
  }

  private mutating func grow8() {
    let larger = PageBuffer<Slot8>(capacity: slots8.capacity * 2, zeroed: true)
    let mask = larger.capacity - 1
    for old in 0..<slots8.capacity {
      let slot = unsafe slots8.base[old]
      if slot.key == 0 { continue }
      var at = Int(truncatingIfNeeded: hash(slot.key, 0)) & mask
      while unsafe larger.base[at].key != 0 { at = (at + 1) & mask }
      unsafe larger.base[at] = slot
    }
    slots8 = larger
  }

  /// Adds a word of 9 to 16 bytes that is not there.
  @inline(never)
  mutating func insert16(_ key0: UInt64, _ key1: UInt64) -> UInt32 {
    if count16 * 8 >= slots16.capacity * 5 { grow16() }
    let place = UInt32(truncatingIfNeeded: count16)
    keys16.reserve(count16 + 1)
    unsafe keys16.base[count16] = Key16(key0: key0, key1: key1)
    count16 += 1
    let mask = slots16.capacity - 1
    var at = Int(truncatingIfNeeded: hash(key0, key1)) & mask
    while unsafe slots16.base[at].key0 != 0 { at = (at + 1) & mask }
    unsafe slots16.base[at] = Slot16(key0: key0, key1: key1, index: place, latest: 0)
    return place
  }

  private mutating func grow16() {
    let larger = PageBuffer<Slot16>(capacity: slots16.capacity * 2, zeroed: true)
    let mask = larger.capacity - 1
    for old in 0..<slots16.capacity {
      let slot = unsafe slots16.base[old]
      if slot.key0 == 0 { continue }
      var at = Int(truncatingIfNeeded: hash(slot.key0, slot.key1)) & mask
      while unsafe larger.base[at].key0 != 0 { at = (at + 1) & mask }
      unsafe larger.base[at] = slot
    }
    slots16 = larger
  }

  /// The number of a word by its key.
  /// - Complexity: O(1) amortised.
  mutating func number(_ key0: UInt64, _ key1: UInt64) -> TermCode {
    var at = Int(truncatingIfNeeded: hash(key0, key1))
    if key1 == 0 {
      let mask = slots8.capacity - 1
      while true {
        at &= mask
        let slot = unsafe slots8.base[at]
        if slot.key == key0 { return slot.index }
        if slot.key == 0 { return insert8(key0) }
        at += 1
      }
    }
    let mask = slots16.capacity - 1
    while true {
      at &= mask
      let slot = unsafe slots16.base[at]
      if slot.key0 == key0 && slot.key1 == key1 { return 1 << 30 | slot.index }
      if slot.key0 == 0 { return 1 << 30 | insert16(key0, key1) }
      at += 1
    }
  }

  /// Forgets where words were last seen.
  mutating func forgetPlaces() {
    for at in 0..<slots8.capacity { unsafe slots8.base[at].latest = 0 }
    for at in 0..<slots16.capacity { unsafe slots16.base[at].latest = 0 }
    for at in 0..<countLong { unsafe latestLong.base[at] = 0 }
  }
}

// MARK: - Long words

extension TermInterner {
  /// The number of a word of more than 16 bytes.
  /// - Complexity: O(`bytes.count`) amortised.
  mutating func number(long bytes: UnsafeBufferPointer<UInt8>) -> TermCode {
    let hash = unsafe longHash(bytes)
    var mask = slotsLong.capacity - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while unsafe slotsLong.base[at].mark != 0 {
      let slot = unsafe slotsLong.base[at]
      if slot.hash == hash, unsafe arenaHolds(bytes, at: Int(slot.mark) - 1) {
        return 2 << 30 | (slot.mark - 1)
      }
      at = (at + 1) & mask
    }
    if countLong * 2 >= slotsLong.capacity {
      growLong()
      mask = slotsLong.capacity - 1
      at = Int(truncatingIfNeeded: hash) & mask
      while unsafe slotsLong.base[at].mark != 0 { at = (at + 1) & mask }
    }
    let place = UInt32(truncatingIfNeeded: countLong)
    unsafe slotsLong.base[at] = LongSlot(hash: hash, mark: place + 1)
    let start = unsafe starts.base[countLong]
    arena.reserve(start + bytes.count)
    if let source = bytes.baseAddress { unsafe (arena.base + start).update(from: source, count: bytes.count) }
    starts.reserve(countLong + 2)
    latestLong.reserve(countLong + 1)
    unsafe latestLong.base[countLong] = 0
    countLong += 1
    unsafe starts.base[countLong] = start + bytes.count
    return 2 << 30 | place
  }

  private func longHash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var sum = UInt64(bytes.count)
    var at = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while at + 16 <= bytes.count {
      let key0 = unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let key1 = unsafe raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
      sum = hash(sum ^ key0, key1)
      at += 16
    }
    // The last 16 bytes once more, so that none is left out.
    let key0 = unsafe raw.loadUnaligned(fromByteOffset: bytes.count - 16, as: UInt64.self)
    let key1 = unsafe raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
    return hash(sum ^ key0, key1)
  }

  private func arenaHolds(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    let start = unsafe starts.base[place]
    guard unsafe starts.base[place + 1] - start == bytes.count else { return false }
    let own = unsafe UnsafeBufferPointer(start: arena.base + start, count: bytes.count)
    return unsafe own.elementsEqual(bytes)
  }

  private mutating func growLong() {
    let larger = PageBuffer<LongSlot>(capacity: slotsLong.capacity * 4, zeroed: true)
    let mask = larger.capacity - 1
    for old in 0..<slotsLong.capacity {
      let slot = unsafe slotsLong.base[old]
      if slot.mark == 0 { continue }
      var at = Int(truncatingIfNeeded: slot.hash) & mask
      while unsafe larger.base[at].mark != 0 { at = (at + 1) & mask }
      unsafe larger.base[at] = slot
    }
    slotsLong = larger
  }
}

// MARK: - Terms of another interner

extension TermInterner {
  /// The number here of a term of another interner; a new one if it is not here.
  mutating func number(of place: Int, table: Int, in other: borrowing TermInterner) -> TermCode {
    switch table {
    case 0: return number(unsafe other.keys8.base[place], 0)
    case 1:
      let key = unsafe other.keys16.base[place]
      return number(key.key0, key.key1)
    default:
      let start = unsafe other.starts.base[place]
      let end = unsafe other.starts.base[place + 1]
      return unsafe number(long: UnsafeBufferPointer(start: other.arena.base + start, count: end - start))
    }
  }
}

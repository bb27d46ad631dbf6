/// Message-IDs in header fields, and their fingerprints.
enum MessageIDs {
  /// Longer ids are none.
  static let lengthLimit = 998

  /// The id of a message without its brackets; what stands there as one word when it has none.
  static func own(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Range<Int>? {
    if let id = first(bytes, field) { return id }
    let word = bytes.trimmed(field)
    guard !word.isEmpty, word.count <= lengthLimit else { return nil }
    for position in word where bytes[position].isMailSpace || bytes[position] == 0x3C { return nil }
    return word
  }

  /// The first id of a field.
  static func first(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Range<Int>? {
    var position = field.lowerBound
    return next(bytes, field.upperBound, &position)
  }

  /// The next id in brackets at or after a position, which moves behind it.
  static func next(_ bytes: Span<UInt8>, _ end: Int, _ position: inout Int) -> Range<Int>? {
    while position < end {
      let open = bytes.position(of: 0x3C, from: position, to: end)
      var close = open + 1
      while close < end, bytes[close] != 0x3E, bytes[close] != 0x3C, !bytes[close].isMailSpace {
        close += 1
      }
      position = close
      if close < end, bytes[close] == 0x3E, close > open + 1, close - open <= lengthLimit {
        position = close + 1
        return open + 1..<close
      }
    }
    return nil
  }

  /// The fingerprint of an id, never zero. It differs from one run of the program to the next, so that no
  /// source can be made whose ids collide. Its lowest bit says whether the id has an `@`, as all should.
  /// - Complexity: O(`id.count`), eight bytes at a time.
  static func fingerprint(_ bytes: Span<UInt8>, _ id: Range<Int>) -> UInt64 {
    let at = bytes.position(of: 0x40, from: id.lowerBound, to: id.upperBound)
    let fingerprint = Fingerprint.of(bytes, id)
    return at < id.upperBound ? fingerprint | 1 : max(fingerprint & ~1, 2)
  }

  /// Whether an id may be one of a message that is not here: what people type where an id belongs
  /// ("In-Reply-To: <yes>") would make one thread of unrelated messages.
  static func isSound(_ fingerprint: UInt64) -> Bool { fingerprint & 1 == 1 }
}

/// A fast fingerprint of 64 bits with a seed of this run of the program.
enum Fingerprint {
  private static let seed = UInt64.random(in: .min ... .max) | 1
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The fingerprint of a range of bytes, never zero.
  static func of(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let raw = unsafe bytes.bytes
    var state = seed ^ UInt64(truncatingIfNeeded: range.count)
    var position = range.lowerBound
    while position &+ 8 <= range.upperBound {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      state = fold(state, UInt64(littleEndian: word))
      position &+= 8
    }
    var tail: UInt64 = 0
    while position < range.upperBound {
      tail = tail << 8 | UInt64(bytes[position])
      position &+= 1
    }
    return finish(fold(state, tail))
  }

  /// The state before the first byte, for bytes that come one at a time.
  static var start: UInt64 { seed }

  /// Takes one more byte.
  @inline(__always)
  static func taking(_ byte: UInt8, _ state: UInt64) -> UInt64 { fold(state, UInt64(byte)) }

  /// The fingerprint of what was taken, never zero.
  static func finish(_ state: UInt64) -> UInt64 {
    let result = fold(state, factor)
    return result == 0 ? 1 : result
  }

  @inline(__always)
  private static func fold(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let (high, low) = (state ^ word ^ factor).multipliedFullWidth(by: factor ^ seed)
    return high ^ low &+ state.rotatedLeft
  }
}

extension UInt64 {
  fileprivate var rotatedLeft: UInt64 { self << 23 | self >> 41 }
}

/// A table from fingerprints to numbers, by open addressing.
struct FingerprintTable {
  private var keys: [UInt64]
  private var values: [Int32]
  private(set) var count = 0
  private var mask: Int

  /// A table with room for some keys.
  init(capacity: Int = 8) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    values = [Int32](repeating: 0, count: size)
    mask = size - 1
  }

  /// The number of a fingerprint; nil for unknown ones and for zero.
  /// - Complexity: O(1) expected.
  subscript(key: UInt64) -> Int32? {
    var slot = Int(truncatingIfNeeded: key) & mask
    while true {
      let found = keys[slot]
      if found == key { return key == 0 ? nil : values[slot] }
      if found == 0 { return nil }
      slot = (slot + 1) & mask
    }
  }

  /// The number of a fingerprint; a new one is entered with the number given.
  /// - Returns: the number, and whether the fingerprint was new.
  /// - Complexity: O(1) expected.
  @discardableResult
  mutating func enter(_ key: UInt64, _ value: Int32) -> (value: Int32, isNew: Bool) {
    if count * 2 >= keys.count { grow() }
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return (values[slot], false) }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    values[slot] = value
    count += 1
    return (value, true)
  }

  /// Gives a fingerprint a number, whether it has one or not.
  mutating func set(_ key: UInt64, _ value: Int32) {
    guard !enter(key, value).isNew else { return }
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != key { slot = (slot + 1) & mask }
    values[slot] = value
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    let size = keys.count * 2
    keys = [UInt64](repeating: 0, count: size)
    values = [Int32](repeating: 0, count: size)
    mask = size - 1
    for (index, key) in oldKeys.enumerated() where key != 0 {
      var slot = Int(truncatingIfNeeded: key) & mask
      while keys[slot] != 0 { slot = (slot + 1) & mask }
      keys[slot] = key
      values[slot] = oldValues[index]
    }
  }
}

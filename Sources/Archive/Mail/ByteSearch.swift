extension Span where Element == UInt8 {
  /// The position of the first LF in a range, its end when there is none.
  /// - Complexity: O(range), eight bytes at a time.
  @inline(__always)
  func lineEnd(from start: Int, to end: Int) -> Int {
    position(of: 0x0A, from: start, to: end)
  }

  /// The position of the first such byte in a range, its end when there is none.
  /// - Complexity: O(range), eight bytes at a time.
  @inline(__always)
  func position(of byte: UInt8, from start: Int, to end: Int) -> Int {
    let raw = unsafe bytes
    let pattern = UInt64(byte) &* Words.ones
    var position = start
    while position &+ 8 <= end {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      let found = Words.zeros(UInt64(littleEndian: word) ^ pattern)
      if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
      position &+= 8
    }
    while position < end, self[position] != byte { position &+= 1 }
    return position
  }

  /// The position of the first LF in a range that `F` follows within it, its end when there is none.
  /// - Complexity: O(range), eight bytes at a time.
  func lineBeforeF(from start: Int, to end: Int) -> Int {
    let raw = unsafe bytes
    var position = start
    while position &+ 9 <= end {
      let first = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      let second = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position &+ 1, as: UInt64.self)
      let differing =
        (UInt64(littleEndian: first) ^ (0x0A &* Words.ones))
        | (UInt64(littleEndian: second) ^ (0x46 &* Words.ones))
      let found = Words.zeros(differing)
      if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
      position &+= 8
    }
    while position &+ 1 < end {
      if self[position] == 0x0A, self[position &+ 1] == 0x46 { return position }
      position &+= 1
    }
    return end
  }

  /// Whether a range holds only ASCII.
  /// - Complexity: O(range), eight bytes at a time.
  func isASCII(_ range: Range<Int>) -> Bool {
    let raw = unsafe bytes
    var position = range.lowerBound
    var all: UInt64 = 0
    while position &+ 8 <= range.upperBound {
      all |= unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      position &+= 8
    }
    while position < range.upperBound {
      all |= UInt64(self[position])
      position &+= 1
    }
    return all & 0x8080_8080_8080_8080 == 0
  }

  /// Whether the bytes at a position, within a range, are these; letters of any case when `pattern` is in
  /// lower case and `folding` is true.
  @inline(__always)
  func matches(_ pattern: StaticString, at start: Int, to end: Int, folding: Bool = false) -> Bool {
    let count = pattern.utf8CodeUnitCount
    guard start >= 0, count <= end &- start else { return false }
    return pattern.withUTF8Buffer { letters in
      for offset in 0..<count {
        var byte = self[start &+ offset]
        if folding, byte &- 0x41 < 26 { byte |= 0x20 }
        if unsafe byte != letters[offset] { return false }
      }
      return true
    }
  }

  /// A range without the white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isMailSpace { start += 1 }
    while end > start, self[end - 1].isMailSpace { end -= 1 }
    return start..<end
  }
}

extension UInt8 {
  /// Space, tab, LF or CR.
  @inline(__always)
  var isMailSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

  /// A letter of ASCII in lower case, any other byte as it is.
  @inline(__always)
  var lowered: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

/// Eight bytes at a time.
private enum Words {
  static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The high bit of each zero byte; exact up to the first one.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & 0x8080_8080_8080_8080 }
}

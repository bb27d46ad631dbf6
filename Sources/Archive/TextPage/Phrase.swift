/// A short line folded for comparison: lower case, spaces and no-break spaces run together, typographic
/// apostrophes straight, list marker off.
///
/// Long lines are prose and have no phrase, so that folding costs little on any page.
struct Phrase {
  /// Lines of more bytes than this are never furniture, headings or names.
  static let limit = 240

  /// The folded bytes.
  let utf8: ArraySlice<UInt8>

  /// Bytes that are folded already.
  init(folded: ArraySlice<UInt8>) { utf8 = folded }

  /// Folds bytes of any length.
  init(folding bytes: some Collection<UInt8>) {
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    Phrase.fold(bytes, into: &folded)
    utf8 = folded[...]
  }

  /// Appends folded bytes.
  /// - Complexity: O(`bytes.count`).
  static func fold(_ bytes: some Collection<UInt8>, into folded: inout [UInt8]) {
    let start = folded.count
    var isPlain = true
    var pendingSpace = false
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      if byte == 0x20 || byte == 0x09 {
        pendingSpace = folded.count > start
        continue
      }
      if byte == 0xC2, let next = iterator.next() {
        if next == 0xA0 {
          pendingSpace = folded.count > start
          continue
        }
        if pendingSpace { folded.append(0x20) }
        pendingSpace = false
        folded.append(byte)
        folded.append(next)
        continue
      }
      if pendingSpace { folded.append(0x20) }
      pendingSpace = false
      if byte >= 0x80 { isPlain = false }
      folded.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    if !isPlain {
      let lowered = String(decoding: folded[start...], as: UTF8.self).lowercased()
      folded.removeSubrange(start...)
      appendStraightened(Array(lowered.utf8), to: &folded)
    }
  }

  /// Typographic apostrophes become straight ones.
  private static func appendStraightened(_ bytes: [UInt8], to folded: inout [UInt8]) {
    var position = 0
    while position < bytes.count {
      if bytes[position] == 0xE2, position + 2 < bytes.count, bytes[position + 1] == 0x80,
        bytes[position + 2] == 0x98 || bytes[position + 2] == 0x99
      {
        folded.append(0x27)
        position += 3
      } else {
        folded.append(bytes[position])
        position += 1
      }
    }
  }

  /// The words between spaces.
  var words: [ArraySlice<UInt8>] { utf8.split(separator: 0x20) }

  /// Whether the phrase begins with some ASCII text.
  func starts(with text: StaticText) -> Bool {
    utf8.count >= text.utf8.count && utf8.starts(with: text.utf8)
  }

  /// Whether the phrase ends with some text.
  func ends(with text: StaticText) -> Bool {
    utf8.count >= text.utf8.count && utf8.suffix(text.utf8.count).elementsEqual(text.utf8)
  }

  /// Whether the phrase contains some text.
  func contains(_ text: StaticText) -> Bool { utf8.firstRange(of: text.utf8) != nil }

  /// Whether the phrase is this text.
  func `is`(_ text: StaticText) -> Bool {
    utf8.count == text.utf8.count && utf8.elementsEqual(text.utf8)
  }
}

/// Words of a table; looking at their bytes allocates nothing.
struct StaticText: ExpressibleByStringLiteral, Hashable {
  private let text: String

  init(stringLiteral text: String) { self.text = text }

  var utf8: String.UTF8View { text.utf8 }
}

/// A set of bytes, asked for every line.
struct ByteSet {
  private var bits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The bytes that some words begin with.
  init(firstOf words: some Sequence<StaticText>) {
    for word in words { if let first = word.utf8.first { insert(first) } }
  }

  init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }

  func contains(_ byte: UInt8) -> Bool {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    return switch byte >> 6 {
    case 0: bits.0 & bit != 0
    case 1: bits.1 & bit != 0
    case 2: bits.2 & bit != 0
    default: bits.3 & bit != 0
    }
  }

  private mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: bits.0 |= bit
    case 1: bits.1 |= bit
    case 2: bits.2 |= bit
    default: bits.3 |= bit
    }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The first place where a needle stands. Only for short texts.
  func firstRange(of needle: some Collection<UInt8>) -> Range<Int>? {
    let length = needle.count
    guard let first = needle.first, length <= count else { return nil }
    for start in startIndex...(endIndex - length)
    where self[start] == first && self[start..<start + length].elementsEqual(needle) {
      return start..<start + length
    }
    return nil
  }
}

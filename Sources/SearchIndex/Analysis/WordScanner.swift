internal import CKernel

/// Walks the words of a text: the one analysis that documents, queries, phrase checks and highlights
/// share.
///
/// A word is a run of letters, digits and marks, read in lowercase without diacritics; apostrophe and
/// hyphen separate, invisible format characters do not. Scripts without spaces between words are read by
/// overlapping pairs, and the last character of such a run once more alone (`isTail`), so that every
/// character starts some word. Runs of ASCII never leave the fast path: 64 bytes are classified at once,
/// and up to 16 bytes of a word are its exact two-number key.
///
/// The text is handed to each call of `next`, always the same one until `restart`.
/// - Complexity: linear in the bytes of the text; nothing is allocated for a word.
struct WordScanner {
  /// Words keep this many bytes; the rest of a longer one is part of its range only.
  static let longestWord = 255

  /// Where the word stands in the text, in bytes, on scalar boundaries.
  private(set) var start = 0
  private(set) var end = 0
  /// The first 8 bytes of the word as it is read, the first one lowest, zeros after its end.
  private(set) var key0: UInt64 = 0
  /// The next 8 bytes.
  private(set) var key1: UInt64 = 0
  /// Bytes of the word as it is read, 1...255.
  private(set) var length = 0
  /// The last character of a paired run, standing at the same place as the pair before it.
  private(set) var isTail = false

  /// All bytes of a word longer than 16.
  private var long: [UInt8] = []

  private var blockStart = -64
  private var wordMask: UInt64 = 0
  private var highMask: UInt64 = 0

  /// The rest of a run that holds bytes from 0x80 up.
  private var runAt = 0
  private var runEnd = 0
  private var pair = PairState()
  private let ignoresFastPath: Bool

  /// - Parameter ignoresFastPath: reads every run scalar by scalar; the tests' twin.
  init(ignoresFastPath: Bool = false) { self.ignoresFastPath = ignoresFastPath }

  /// Begins another text.
  mutating func restart() {
    blockStart = -64
    wordMask = 0
    highMask = 0
    runAt = 0
    runEnd = 0
    pair = PairState()
  }

  /// Moves to the next word; false at the end of the text.
  mutating func next(in text: Span<UInt8>) -> Bool {
    while true {
      if runAt < runEnd || pair.isOpen {
        if nextInRun(text) { return true }
      }
      while wordMask == 0 {
        blockStart += 64
        if blockStart >= text.count {
          blockStart = text.count
          return false
        }
        load(text)
      }
      let first = wordMask.trailingZeroBitCount
      var runLength = (~(wordMask >> UInt64(first))).trailingZeroBitCount
      var high = highMask >> UInt64(first)
      start = blockStart + first
      if first + runLength < 64 {
        high &= (1 << UInt64(runLength)) &- 1
        wordMask &= ~0 << UInt64(first + runLength)
      } else {
        runLength = 64 - first
        wordMask = 0
        runLength += followingBlocks(text, &high)
      }
      end = start + runLength
      if high == 0 && !ignoresFastPath {
        readPlain(text)
        return true
      }
      runAt = start
      runEnd = end
    }
  }

  /// The bytes of the word as it is read.
  func term() -> [UInt8] {
    if length > 16 { return long }
    return (0..<length).map { index in
      UInt8(truncatingIfNeeded: (index < 8 ? key0 : key1) >> UInt64(8 * (index & 7)))
    }
  }

  /// The bytes of a word longer than 16 bytes; not to be asked of a shorter one.
  var longTerm: [UInt8] { long }

  private mutating func load(_ text: Span<UInt8>) {
    let masks = unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return ck_masks(word: 0, high: 0) }
      return unsafe ck_classify(base + blockStart, min(64, bytes.count - blockStart))
    }
    wordMask = masks.word
    highMask = masks.high
  }

  /// Takes a run that reaches the end of its block on through the next ones.
  private mutating func followingBlocks(_ text: Span<UInt8>, _ high: inout UInt64) -> Int {
    var length = 0
    while blockStart + 64 < text.count {
      blockStart += 64
      load(text)
      let more = (~wordMask).trailingZeroBitCount
      length += more
      if more < 64 {
        high |= highMask & ((1 << UInt64(more)) &- 1)
        wordMask &= ~0 << UInt64(more)
        return length
      }
      high |= highMask
      wordMask = 0
    }
    return length
  }

  /// Reads an ASCII word: every byte with bit 0x20 set, which lowers letters and leaves digits.
  private mutating func readPlain(_ text: Span<UInt8>) {
    isTail = false
    length = min(end - start, WordScanner.longestWord)
    if start + 16 <= text.count {
      let bytes = unsafe text.bytes
      key0 = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
      key1 = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
      key0 |= 0x2020_2020_2020_2020
      key1 |= 0x2020_2020_2020_2020
      if length < 8 {
        key0 &= (1 << UInt64(8 * length)) &- 1
        key1 = 0
      } else if length < 16 {
        key1 &= (1 << UInt64(8 * (length - 8))) &- 1
      }
    } else {
      key0 = 0
      key1 = 0
      for index in 0..<min(length, 16) { putKey(text[start + index] | 0x20, at: index) }
    }
    if length > 16 {
      long.removeAll(keepingCapacity: true)
      for index in start..<start + length { long.append(text[index] | 0x20) }
    }
  }

  private mutating func putKey(_ byte: UInt8, at index: Int) {
    if index < 8 {
      key0 |= UInt64(byte) << UInt64(8 * index)
    } else {
      key1 |= UInt64(byte) << UInt64(8 * (index - 8))
    }
  }
}

// MARK: - Runs with bytes from 0x80 up

extension WordScanner {
  /// The character of a paired run that waits for its partner.
  private struct PairState {
    var value: UInt32 = 0
    var start = 0
    var end = 0
    var count = 0
    var isOpen: Bool { count > 0 }
  }

  private mutating func nextInRun(_ text: Span<UInt8>) -> Bool {
    beginWord()
    var hasWord = false
    while runAt < runEnd {
      let (scalar, size) = decodeScalar(text, at: runAt, before: runEnd)
      let found = ScalarClass.of(scalar)
      if pair.isOpen && found.kind != .paired && found.kind != .invisible && found.kind != .mark {
        closePair()
        return true
      }
      switch found.kind {
      case .separator:
        runAt += size
        if hasWord { return true }
      case .word, .expansion:
        if !hasWord { start = runAt }
        hasWord = true
        if found.kind == .word { put(scalar: found.value) } else { put(letters: found.value) }
        runAt += size
        end = runAt
      case .mark:
        runAt += size
        if hasWord { end = runAt }
      case .invisible:
        runAt += size
      case .paired:
        if hasWord { return true }
        let unit = pairedUnit(text)
        if pair.isOpen {
          start = pair.start
          end = unit.end
          put(scalar: pair.value)
          put(scalar: unit.value)
          pair = PairState(value: unit.value, start: unit.start, end: unit.end, count: pair.count + 1)
          return true
        }
        pair = PairState(value: unit.value, start: unit.start, end: unit.end, count: 1)
      case .single:
        if hasWord { return true }
        start = runAt
        runAt += size
        end = runAt
        put(scalar: found.value)
        return true
      }
    }
    if pair.isOpen {
      closePair()
      return true
    }
    return hasWord
  }

  private mutating func beginWord() {
    key0 = 0
    key1 = 0
    length = 0
    isTail = false
    long.removeAll(keepingCapacity: true)
  }

  private mutating func closePair() {
    start = pair.start
    end = pair.end
    isTail = pair.count > 1
    put(scalar: pair.value)
    pair = PairState()
  }

  /// One character of a paired run, with a following voicing mark or Hangul vowel and final put into it.
  private mutating func pairedUnit(_ text: Span<UInt8>) -> (value: UInt32, start: Int, end: Int) {
    let (first, size) = decodeScalar(text, at: runAt, before: runEnd)
    let unitStart = runAt
    var value = first
    runAt += size
    while runAt < runEnd {
      let (scalar, size) = decodeScalar(text, at: runAt, before: runEnd)
      guard let composed = WordScanner.composed(value, scalar) else { break }
      value = composed
      runAt += size
    }
    return (value, unitStart, runAt)
  }

  /// Canonical composition for kana and Hangul.
  private static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
    switch second {
    case 0x3099:
      switch first {
      case 0x304B...0x3062 where first & 1 == 1, 0x30AB...0x30C2 where first & 1 == 1: return first + 1
      case 0x3064, 0x3066, 0x3068, 0x30C4, 0x30C6, 0x30C8: return first + 1
      case 0x306F, 0x3072, 0x3075, 0x3078, 0x307B, 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB: return first + 1
      case 0x3046: return 0x3094
      case 0x30A6: return 0x30F4
      case 0x309D, 0x30FD: return first + 1
      case 0x30EF...0x30F2: return first + 8
      default: return nil
      }
    case 0x309A:
      switch first {
      case 0x306F, 0x3072, 0x3075, 0x3078, 0x307B, 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB: return first + 2
      default: return nil
      }
    case 0x1161...0x1175 where (0x1100...0x1112).contains(first):
      return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
    case 0x11A8...0x11C2 where (0xAC00..<0xD7A4).contains(first) && (first - 0xAC00) % 28 == 0:
      return first + (second - 0x11A7)
    default: return nil
    }
  }

  private mutating func put(letters: UInt32) {
    var rest = letters
    while rest != 0 {
      put(scalar: rest & 0x7F)
      rest >>= 7
    }
  }

  /// Adds a scalar to the word, unless the word would grow too long.
  private mutating func put(scalar: UInt32) {
    let size = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
    guard length + size <= WordScanner.longestWord else { return }
    switch size {
    case 1: put(UInt8(truncatingIfNeeded: scalar))
    case 2: put(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
    case 3: put(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
    default: put(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
    }
    for place in stride(from: size - 2, through: 0, by: -1) {
      put(UInt8(truncatingIfNeeded: 0x80 | scalar >> UInt32(6 * place) & 0x3F))
    }
  }

  private mutating func put(_ byte: UInt8) {
    if length < 16 { putKey(byte, at: length) }
    long.append(byte)
    length += 1
  }
}

/// Reads one scalar; a byte that begins none is a replacement character of one byte, so that any bytes
/// can be walked.
func decodeScalar(_ text: Span<UInt8>, at position: Int, before end: Int) -> (scalar: UInt32, size: Int) {
  let first = text[position]
  if first < 0x80 { return (UInt32(first), 1) }
  let size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
  guard first >= 0xC2, first < 0xF5, position + size <= end else { return (0xFFFD, 1) }
  var scalar = UInt32(first) & (0x7F >> UInt32(size))
  for place in 1..<size {
    let byte = text[position + place]
    guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
    scalar = scalar << 6 | UInt32(byte & 0x3F)
  }
  let smallest: UInt32 = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000
  guard scalar >= smallest, scalar < 0x110000, !(0xD800..<0xE000).contains(scalar) else {
    return (0xFFFD, 1)
  }
  return (scalar, size)
}

internal import CKernel

/// Reads one field of consecutive documents: words become numbers at once, and each document leaves its
/// distinct words in a stream.
///
/// Words go through a queue: between the moment a word is hashed and the moment its slot is read lie some
/// hundred others, time enough for the memory to arrive.
struct FieldWords: ~Copyable {
  private enum Mark {
    static let length: UInt32 = 0xFF
    /// The words of somebody else: found, but not counted.
    static let quoted: UInt32 = 1 << 8
    static let tail: UInt32 = 1 << 9
    /// A word of more than 16 bytes, `key0` its place.
    static let long: UInt32 = 1 << 10
    static let endOfDocument: UInt32 = 1 << 11
  }

  private static let queueSize = 192

  var interner = TermInterner()
  var stream = PostingStream()
  /// Words of each document of the piece, those of others left out.
  private(set) var lengths = PageBuffer<UInt32>(capacity: 1024)
  /// Pairs of common words that stand next to each other; their terms are `CommonWords.pair`.
  var pairs = PostingStream()

  private let queue = PageBuffer<ck_word>(capacity: queueSize)
  private var queued = 0
  private var scanner = WordScanner()
  private var length: UInt32 = 0

  private let common: CommonWords
  private let latestPair: PageBuffer<UInt32>
  private var previous: UInt32 = CommonWords.none

  /// - Parameter common: the words whose pairs are kept; they get the first numbers.
  init(common: CommonWords = CommonWords()) {
    self.common = common
    let pairs = common.count * CommonWords.most
    latestPair = PageBuffer(capacity: pairs, zeroed: true)
    for word in common.words { _ = interner.number(word.key0, word.key1) }
  }

  /// Adds the field of the next document.
  /// - Parameter quoted: the parts of it that are somebody else's, in order and apart: words that begin
  ///   there are found but not counted.
  /// - Complexity: linear in the bytes of the text.
  mutating func add(_ text: Span<UInt8>, quoted: [Range<Int>] = []) {
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var walk = ck_walk(block: -64, word: 0, high: 0, start: 0, end: 0)
      for range in quoted {
        unsafe take(base, bytes.count, &walk, upTo: range.lowerBound, marks: 0, text, quoted)
        unsafe take(base, bytes.count, &walk, upTo: range.upperBound, marks: Mark.quoted, text, quoted)
      }
      unsafe take(base, bytes.count, &walk, upTo: .max, marks: 0, text, quoted)
    }
    if queued == FieldWords.queueSize { drain() }
    unsafe queue.base[queued] = ck_word(key0: 0, key1: 0, hash: 0, info: Mark.endOfDocument)
    queued += 1
  }

  /// Reads what is still queued; to be called before the streams are looked at.
  mutating func settle() { drain() }

  /// Begins the next piece with what was learned so far.
  mutating func restart() {
    let isRemembered = stream.restart()
    if !isRemembered { interner.forgetPlaces() }
    if !pairs.restart() {
      for pair in 0..<latestPair.capacity { unsafe latestPair.base[pair] = 0 }
    }
  }

  private mutating func take(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ walk: inout ck_walk, upTo limit: Int, marks: UInt32,
    _ text: Span<UInt8>, _ quoted: [Range<Int>]
  ) {
    while true {
      if queued == FieldWords.queueSize { drain() }
      var stop = ck_end
      var tables = unsafe interner.tables
      let taken = unsafe ck_take_words(
        &walk, base, count, max(limit, 0), &tables, queue.base + queued, FieldWords.queueSize - queued, &stop)
      if marks != 0 {
        for place in queued..<queued + taken { unsafe queue.base[place].info |= marks }
      }
      queued += taken
      switch stop {
      case ck_full: continue
      case ck_folded:
        unsafe addFolded(text.extracting(unchecked: walk.start..<walk.end), from: walk.start, quoted)
      case ck_long: addLong(text, walk.start, walk.end, marks)
      default: return
      }
    }
  }

  /// A run of word bytes that are not all ASCII.
  private mutating func addFolded(_ run: Span<UInt8>, from start: Int, _ quoted: [Range<Int>]) {
    scanner.restart()
    while scanner.next(in: run) {
      var marks: UInt32 = scanner.isTail ? Mark.tail : 0
      if !quoted.isEmpty, FieldWords.isQuoted(start + scanner.start, quoted) { marks |= Mark.quoted }
      if scanner.length <= 16 {
        let hash = interner.hash(scanner.key0, scanner.key1)
        push(
          ck_word(
            key0: scanner.key0, key1: scanner.key1, hash: UInt32(truncatingIfNeeded: hash),
            info: UInt32(scanner.length) | marks))
      } else {
        unsafe scanner.longTerm.withUnsafeBufferPointer { bytes in unsafe push(long: bytes, marks) }
      }
    }
  }

  /// A run of more than 16 ASCII word bytes.
  private mutating func addLong(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ marks: UInt32) {
    let length = min(end - start, WordScanner.longestWord)
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: WordScanner.longestWord) { bytes in
      for place in 0..<length { unsafe bytes[place] = text[start + place] | 0x20 }
      unsafe push(long: UnsafeBufferPointer(start: bytes.baseAddress, count: length), marks)
    }
  }

  private mutating func push(long bytes: UnsafeBufferPointer<UInt8>, _ marks: UInt32) {
    let code = unsafe interner.number(long: bytes)
    push(ck_word(key0: UInt64(TermInterner.place(of: code)), key1: 0, hash: 0, info: Mark.long | marks))
  }

  private mutating func push(_ word: ck_word) {
    if queued == FieldWords.queueSize { drain() }
    unsafe queue.base[queued] = word
    queued += 1
  }

  /// Whether a place of a text is in one of some ordered ranges.
  private static func isQuoted(_ place: Int, _ ranges: [Range<Int>]) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(place)
  }

  // MARK: Numbers

  private mutating func drain() {
    var end = stream.open(for: queued)
    var pairsEnd = pairs.open(for: queued)
    var slots8 = unsafe interner.slots8.base
    var mask8 = interner.slots8.capacity - 1
    var slots16 = unsafe interner.slots16.base
    var mask16 = interner.slots16.capacity - 1
    let latestLong = unsafe interner.latestLong.base
    let (common8, common16) = (common.count8, common.count16)
    let queue = unsafe self.queue.base
    let queued = self.queued
    var length = self.length
    var previous = self.previous
    for place in 0..<queued {
      let word = unsafe queue[place]
      let code: TermCode
      let latest: UnsafeMutablePointer<UInt32>
      if word.info & Mark.length != 0 {
        if word.info & Mark.length <= 8 {
          var at = Int(word.hash) & mask8
          while true {
            let key = unsafe slots8[at].key
            if key == word.key0 { break }
            if key == 0 {
              _ = interner.insert8(word.key0)
              unsafe slots8 = interner.slots8.base
              mask8 = interner.slots8.capacity - 1
              at = Int(truncatingIfNeeded: interner.hash(word.key0, 0)) & mask8
              continue
            }
            at = (at + 1) & mask8
          }
          code = unsafe slots8[at].index
          unsafe latest = FieldWords.latest(of: slots8 + at)
        } else {
          var at = Int(word.hash) & mask16
          while true {
            let slot = unsafe slots16 + at
            if unsafe slot.pointee.key0 == word.key0 && slot.pointee.key1 == word.key1 { break }
            if unsafe slot.pointee.key0 == 0 {
              _ = interner.insert16(word.key0, word.key1)
              unsafe slots16 = interner.slots16.base
              mask16 = interner.slots16.capacity - 1
              at = Int(truncatingIfNeeded: interner.hash(word.key0, word.key1)) & mask16
              continue
            }
            at = (at + 1) & mask16
          }
          code = unsafe 1 << 30 | slots16[at].index
          unsafe latest = FieldWords.latest(of: slots16 + at)
        }
      } else if word.info & Mark.long != 0 {
        code = 2 << 30 | UInt32(truncatingIfNeeded: word.key0)
        unsafe latest = latestLong + Int(truncatingIfNeeded: word.key0)
      } else {
        lengths.reserve(stream.documentCount + 1)
        unsafe lengths.base[stream.documentCount] = length
        stream.endDocument(&end)
        pairs.endDocument(&pairsEnd)
        length = 0
        previous = CommonWords.none
        continue
      }
      let own: UInt32 = word.info & Mark.quoted == 0 ? 1 : 0
      unsafe stream.note(code, latest, own: own, &end)
      if word.info & Mark.tail != 0 { continue }
      length &+= own
      var number = CommonWords.none
      if code < common8 {
        number = code
      } else if code &- (1 << 30) < common16 {
        number = code &- (1 << 30) &+ common8
      }
      if number < CommonWords.none && previous < CommonWords.none {
        let pair = CommonWords.pair(previous, number)
        unsafe pairs.note(pair, latestPair.base + Int(pair), own: own, &pairsEnd)
      }
      previous = number
    }
    self.length = length
    self.previous = previous
    self.queued = 0
    stream.close(end)
    pairs.close(pairsEnd)
  }

  @inline(__always)
  private static func latest(of slot: UnsafeMutablePointer<TermInterner.Slot8>) -> UnsafeMutablePointer<
    UInt32
  > {
    let offset = 12
    return unsafe (UnsafeMutableRawPointer(slot) + offset).assumingMemoryBound(to: UInt32.self)
  }

  @inline(__always)
  private static func latest(of slot: UnsafeMutablePointer<TermInterner.Slot16>) -> UnsafeMutablePointer<
    UInt32
  > {
    let offset = 20
    return unsafe (UnsafeMutableRawPointer(slot) + offset).assumingMemoryBound(to: UInt32.self)
  }
}

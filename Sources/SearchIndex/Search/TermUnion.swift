internal import Bytes
internal import CKernel
private import Synchronization

/// The documents of a segment that hold any of several terms in a field: one bit a document of the
/// segment, and one a window, for as long as the search runs.
///
/// Memory: an eighth of a byte a document. What a search gives back is kept for the next one, four of them
/// at most: fresh pages would cost more than the uniting of a few thousand postings.
@safe
final class TermUnion {
  private let room: Room
  private let words: UnsafeMutablePointer<UInt64>
  private let windows: UnsafeMutablePointer<UInt64>
  private let windowCount: Int
  private var wordCount: Int { windowCount * (DateWindows.size / 64) }

  /// Lists between two questions whether to stop: 16,256 postings at most, some 30 microseconds.
  private static let listsBetweenQuestions = 128

  /// Unites lists.
  /// - Parameter isCancelled: asked about every 16,384 postings or 128 terms.
  /// - Complexity: O(postings + terms).
  init(_ ranks: TermRanks, of field: FieldIndex, documentCount: Int, isCancelled: () -> Bool) {
    windowCount = (documentCount + DateWindows.size - 1) / DateWindows.size
    let wordCount = windowCount * (DateWindows.size / 64)
    room = Room.take(wordCount + (windowCount + 63) / 64 + 1)
    unsafe words = room.words
    unsafe windows = room.words + wordCount
    let span = ranks.bounds
    field.frequencies.verify(span)
    field.places.verify(span)
    let block = UnsafeMutableRawPointer.allocate(byteCount: PostingList.roomByteCount, alignment: 64)
    defer { unsafe block.deallocate() }
    if !ranks.range.isEmpty {
      _ = unsafe unite(ranks.range, of: field, documentCount, block, isCancelled)
    }
    var asked = 0
    for rank in ranks.scattered {
      asked += 1
      if asked & 63 == 0, isCancelled() { return }
      guard
        unsafe unite(rank..<rank + 1, of: field, documentCount, block, { asked & 15 == 0 && isCancelled() })
      else { return }
    }
  }

  /// Unites the lists of a range; false if it was told to stop.
  private func unite(
    _ range: Range<Int>, of field: FieldIndex, _ documentCount: Int, _ block: UnsafeMutableRawPointer,
    _ isCancelled: () -> Bool
  ) -> Bool {
    let frequencies = unsafe uncheckedAddress(of: field.frequencies)
    let places = unsafe uncheckedAddress(of: field.places)
    let payload = unsafe uncheckedAddress(of: field.payload)
    let payloadCount = field.payload.count
    let end = UInt32(documentCount)
    var rank = range.lowerBound
    while rank < range.upperBound {
      let last = min(rank + TermUnion.listsBetweenQuestions, range.upperBound)
      TermUnion.verifyTails(rank..<last, of: field)
      while rank < last {
        rank = unsafe ck_unite(
          frequencies, places, rank, last, payload, UInt64(payloadCount), end, words, windows)
        guard rank < last else { break }
        var list = unsafe PostingList(field, rank: rank, room: block)
        var work = 0
        var next = 0
        while list.decode(next) {
          unsafe ck_set_bits(list.documents, list.count, end, words, windows)
          next += 1
          work += list.count
          if work >= 16_384 {
            work = 0
            if isCancelled() { return false }
          }
        }
        rank += 1
        if isCancelled() { return false }
      }
      if isCancelled() { return false }
    }
    return true
  }

  /// Has the payload of lists without blocks compared with its checksums. Lists lie in the order of terms.
  private static func verifyTails(_ range: Range<Int>, of field: FieldIndex) {
    var start = Int.max
    var end = 0
    field.frequencies.withUnverifiedSpan { frequencies in
      field.places.withUnverifiedSpan { places in
        for rank in range where (2..<UInt32(PostingBlock.size)).contains(frequencies[rank]) {
          start = min(start, Int(places[rank]))
          end = max(end, Int(places[rank]) + Int(frequencies[rank]) * 6)
        }
      }
    }
    if start < end { field.payload.verify(start..<min(end, max(start, field.payload.count))) }
  }

  deinit {
    var occupied = 0
    for word in 0..<(windowCount + 63) / 64 { occupied += unsafe windows[word].nonzeroBitCount }
    if occupied * 2 > windowCount {
      unsafe words.initialize(repeating: 0, count: wordCount)
    } else {
      forEachWindow { window in
        unsafe (words + window * 64).initialize(repeating: 0, count: DateWindows.size / 64)
      }
    }
    unsafe windows.initialize(repeating: 0, count: (windowCount + 63) / 64)
    room.giveBack()
  }

  /// The 64 words of bits of a window that begins at a document.
  func window(_ first: UInt32) -> UnsafePointer<UInt64> { unsafe UnsafePointer(words + Int(first) / 64) }

  /// Whether a document holds one of the terms.
  func contains(_ document: UInt32) -> Bool {
    unsafe words[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1
  }

  /// Calls `body` with the number of each window that holds something, in order.
  func forEachWindow(_ body: (Int) -> Void) {
    for word in 0..<(windowCount + 63) / 64 {
      var rest = unsafe windows[word]
      while rest != 0 {
        body(word * 64 + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }

  /// Calls `body` with each document, in order, as long as it returns true.
  func forEachDocument(_ body: (UInt32) -> Bool) {
    var stops = false
    forEachWindow { window in
      if stops { return }
      for word in window * 64..<window * 64 + 64 {
        var rest = unsafe words[word]
        while rest != 0 {
          guard body(UInt32(word * 64 + rest.trailingZeroBitCount)) else {
            stops = true
            return
          }
          rest &= rest &- 1
        }
      }
    }
  }

  /// The first document not before a place.
  func first(from document: UInt32) -> UInt32? {
    var place = Int(document) / 64
    guard place < wordCount else { return nil }
    var rest = unsafe words[place] & (UInt64.max << UInt64(document & 63))
    while rest == 0 {
      place += 1
      guard place < wordCount else { return nil }
      if place & 63 == 0 {
        let window = place / 64
        if unsafe windows[window >> 6] >> UInt64(window & 63) & 1 == 0 {
          place += 63
          continue
        }
      }
      rest = unsafe words[place]
    }
    return UInt32(place * 64 + rest.trailingZeroBitCount)
  }
}

/// Zeroed memory for bits that goes from one search to the next.
@safe
private struct Room {
  let words: UnsafeMutablePointer<UInt64>
  let capacity: Int

  /// Addresses and sizes of what no search uses.
  private static let free = Mutex<[(address: UInt, capacity: Int)]>([])
  private static let most = 4

  /// Zeroed words.
  static func take(_ count: Int) -> Room {
    let kept = free.withLock { free -> (address: UInt, capacity: Int)? in
      guard let place = free.firstIndex(where: { $0.capacity >= count }) else { return nil }
      return free.remove(at: place)
    }
    if let kept, let words = unsafe UnsafeMutablePointer<UInt64>(bitPattern: kept.address) {
      return unsafe Room(words: words, capacity: kept.capacity)
    }
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    unsafe words.initialize(repeating: 0, count: count)
    return unsafe Room(words: words, capacity: count)
  }

  /// Takes memory back that its user has zeroed.
  func giveBack() {
    let isKept = Room.free.withLock { free in
      guard free.count < Room.most else { return false }
      unsafe free.append((UInt(bitPattern: words), capacity))
      return true
    }
    if !isKept { unsafe words.deallocate() }
  }
}

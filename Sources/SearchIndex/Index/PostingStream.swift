/// What the documents of a piece hold, in document order: each document its distinct terms in order of
/// first appearance, and how often each stands in it.
///
/// Memory: 5 bytes a posting and 4 a document.
struct PostingStream: ~Copyable {
  /// The term of each posting.
  var terms = PageBuffer<UInt32>(capacity: 4096)
  /// How often it stands there, words of others left out; 255 for what `large` knows.
  var frequencies = PageBuffer<UInt8>(capacity: 4096)
  /// Postings so far.
  var count = 0
  /// Where the postings of each document end.
  var ends = PageBuffer<UInt32>(capacity: 1024)
  /// Documents so far.
  var documentCount = 0
  /// Frequencies from 255 up, by number of the posting.
  var large: [Int: UInt32] = [:]
  /// What the posting 0 is numbered where terms remember their last posting: numbers grow from piece to
  /// piece, so that a term that was last seen in an earlier one is not taken for seen.
  var base: UInt32 = 1

  /// How often the term of a posting stands in its document.
  func frequency(_ posting: Int) -> UInt32 {
    let short = unsafe frequencies.base[posting]
    return short < 255 ? UInt32(short) : large[posting] ?? 255
  }

  /// Begins the next piece; false if what terms remember has to be forgotten first.
  mutating func restart() -> Bool {
    let next = UInt64(base) + UInt64(count)
    count = 0
    documentCount = 0
    large = [:]
    if next < 1 << 31 {
      base = UInt32(next)
      return true
    }
    base = 1
    return false
  }

  /// The end of the stream as a loop writes it: pointers and numbers in registers, given back by `close`.
  @safe
  struct End {
    let terms: UnsafeMutablePointer<UInt32>
    let frequencies: UnsafeMutablePointer<UInt8>
    var count: UInt32
    /// Where the running document begins.
    var begun: UInt32
    let base: UInt32
  }

  /// Makes room for more postings and gives the end of the stream to a loop.
  mutating func open(for more: Int) -> End {
    // Loops that read ahead may look past the end.
    terms.reserve(count + more + 64)
    frequencies.reserve(count + more + 64)
    let begun = documentCount == 0 ? 0 : unsafe ends.base[documentCount - 1]
    return unsafe End(
      terms: terms.base, frequencies: frequencies.base, count: UInt32(truncatingIfNeeded: count),
      begun: begun,
      base: base)
  }

  /// Ends the running document.
  mutating func endDocument(_ end: inout End) {
    ends.reserve(documentCount + 1)
    unsafe ends.base[documentCount] = end.count
    documentCount += 1
    end.begun = end.count
  }

  mutating func close(_ end: End) { count = Int(end.count) }

  /// Counts a term of the running document once more, or for the first time.
  /// - Parameters:
  ///   - latest: where the term was last seen; it will say where it stands now.
  ///   - own: 1, or 0 if the word is somebody else's.
  @inline(__always)
  mutating func note(
    _ term: UInt32, _ latest: UnsafeMutablePointer<UInt32>, own: UInt32, _ end: inout End
  ) {
    let place = unsafe latest.pointee &- end.base
    let isKnown = place &- end.begun < end.count &- end.begun
    let at = isKnown ? place : end.count
    let old = isKnown ? UInt32(unsafe end.frequencies[Int(at)]) : 0
    unsafe end.terms[Int(at)] = term
    if old + own >= 255 { raise(Int(at), by: own, from: old) }
    unsafe end.frequencies[Int(at)] = UInt8(truncatingIfNeeded: min(old + own, 255))
    unsafe latest.pointee = end.base &+ at
    end.count &+= isKnown ? 0 : 1
  }

  @inline(never)
  private mutating func raise(_ posting: Int, by own: UInt32, from old: UInt32) {
    let sum = (large[posting] ?? old).addingReportingOverflow(own)
    large[posting] = sum.overflow ? .max : sum.partialValue
  }
}

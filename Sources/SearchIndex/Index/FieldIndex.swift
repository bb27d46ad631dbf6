internal import Bytes

/// The inverted index of one field of one segment: a sorted dictionary and a posting list a term.
///
/// One object, so that a search that hands it on counts one reference and not one a column; what each
/// column holds is told in `FieldColumns`.
final class FieldIndex: Sendable {
  let termBytes: Column<UInt8>
  let termStarts: Column<UInt32>
  let guide: Column<UInt64>
  let guideStarts: Column<UInt32>
  let endingRanks: Column<UInt32>
  let frequencies: Column<UInt32>
  let places: Column<UInt32>
  let impacts: Column<UInt8>
  let blocks: Column<UInt64>
  let blockImpacts: Column<UInt8>
  let payload: Column<UInt8>
  let averageLength: Float

  /// An index of finished columns; sums up what whoever wrote them left out.
  init(_ columns: FieldColumns = FieldColumns()) {
    var columns = columns
    columns.summarise()
    termBytes = columns.termBytes
    termStarts = columns.termStarts
    guide = columns.guide
    guideStarts = columns.guideStarts
    endingRanks = columns.endingRanks
    frequencies = columns.frequencies
    places = columns.places
    impacts = columns.impacts
    blocks = columns.blocks
    blockImpacts = columns.blockImpacts
    payload = columns.payload
    averageLength = columns.averageLength
  }

  /// The columns for writing them.
  var columns: FieldColumns {
    var columns = FieldColumns()
    columns.termBytes = termBytes
    columns.termStarts = termStarts
    columns.guide = guide
    columns.guideStarts = guideStarts
    columns.endingRanks = endingRanks
    columns.frequencies = frequencies
    columns.places = places
    columns.impacts = impacts
    columns.blocks = blocks
    columns.blockImpacts = blockImpacts
    columns.payload = payload
    columns.averageLength = averageLength
    return columns
  }

  /// Terms in the dictionary.
  var termCount: Int { frequencies.count }

  /// Pairs of term and document.
  var postingCount: Int {
    frequencies.withSpan { span in
      var sum = 0
      for index in span.indices { sum += Int(span[index]) }
      return sum
    }
  }

  /// Bytes of all columns.
  var byteCount: Int {
    termBytes.byteCount + termStarts.byteCount + guide.byteCount + guideStarts.byteCount
      + endingRanks.byteCount + frequencies.byteCount
      + places.byteCount
      + impacts.byteCount + blocks.byteCount + blockImpacts.byteCount + payload.byteCount
  }
}

// MARK: - Guide

extension FieldIndex {
  /// Ranks between which the first term not before some bytes is, the upper one included.
  private func guided(to bytes: [UInt8]) -> (lower: Int, upper: Int) {
    let key = FieldColumns.guideKey(bytes)
    let first = firstEntry { $0 >= key }
    var after = first
    while after < guide.count, guide[after] == key {
      // Few terms share eight bytes, but for those of a hostile source.
      after += 1
      if after - first > 8 {
        after = firstEntry { $0 > key }
        break
      }
    }
    return (max(0, first - 1) * FieldColumns.guideStep, min(after * FieldColumns.guideStep, termCount))
  }

  /// Has the disk read what looking a term up will need, without waiting for it.
  func prefetch(_ term: [UInt8]) {
    guard termStarts.isMapped, termCount > 0 else { return }
    let (lower, upper) = guided(to: term)
    let entry = upper / FieldColumns.guideStep
    let end = upper < termCount && entry < guideStarts.count ? Int(guideStarts[entry]) : termBytes.count
    let start = Int(guideStarts[lower / FieldColumns.guideStep])
    if start < end { termBytes.prefetch(start..<end) }
    termStarts.prefetch(lower..<upper + 1)
    frequencies.prefetch(lower..<upper)
    places.prefetch(lower..<upper)
    impacts.prefetch(lower..<upper)
  }

  private func firstEntry(_ isBehind: (UInt64) -> Bool) -> Int {
    var low = 0
    var high = guide.count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(guide[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

// MARK: - Dictionary

extension FieldIndex {
  /// The bytes of a term.
  func term(_ rank: Int) -> [UInt8] {
    termBytes.elements(in: termStarts.range(at: rank, within: termBytes.count))
  }

  /// The rank of a term, or nil.
  /// - Complexity: O(log `termCount`) comparisons.
  func rank(of term: [UInt8]) -> Int? {
    let rank = lowerBound(term)
    return rank < termCount && isTerm(rank, term) ? rank : nil
  }

  /// Whether a term has these bytes.
  func isTerm(_ rank: Int, _ bytes: [UInt8]) -> Bool {
    let range = termStarts.range(at: rank, within: termBytes.count)
    guard range.count == bytes.count else { return false }
    return termBytes.withSpan(of: range) { term in
      guard term.count == bytes.count else { return false }
      for place in bytes.indices where term[place] != bytes[place] { return false }
      return true
    }
  }

  /// The ranks of the terms that begin with some bytes.
  /// - Complexity: O(log `termCount`) comparisons.
  func ranks(withPrefix prefix: [UInt8]) -> Range<Int> {
    let lower = lowerBound(prefix)
    var after = prefix
    while let last = after.popLast() {
      if last < 0xFF {
        after.append(last + 1)
        return lower..<max(lower, lowerBound(after))
      }
    }
    return lower..<termCount
  }

  /// The first rank whose term is not before some bytes. Touches only the terms it compares.
  func lowerBound(_ bytes: [UInt8]) -> Int {
    var (low, high) = guided(to: bytes)
    while low < high {
      let middle = (low + high) / 2
      let range = termStarts.range(at: middle, within: termBytes.count)
      let isBefore = termBytes.withSpan(of: range) { FieldIndex.precedes($0, bytes) }
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func precedes(_ term: Span<UInt8>, _ bytes: [UInt8]) -> Bool {
    for place in 0..<min(term.count, bytes.count) where term[place] != bytes[place] {
      return term[place] < bytes[place]
    }
    return term.count < bytes.count
  }
}

// MARK: - Invariants

extension FieldIndex {
  /// What is wrong with the columns, in words; empty if nothing is.
  /// - Complexity: linear in all postings.
  func brokenInvariants(documentCount: Int) -> [String] {
    var broken: [String] = []
    guard termStarts.count == termCount + 1, places.count == termCount, impacts.count == termCount else {
      return ["columns of the dictionary differ in length"]
    }
    let columns = columns
    if !columns.hasGuide || guide.elements(in: 0..<guide.count) != columns.guideKeys()
      || guideStarts.elements(in: 0..<guideStarts.count) != columns.guideBounds()
    {
      broken.append("the guide is not that of the terms")
    }
    if endingRanks.count > 0, !isEndingOrderSound { broken.append("terms are not in order of their endings") }
    var previous: [UInt8] = []
    for rank in 0..<termCount {
      let bytes = term(rank)
      if bytes.isEmpty || (rank > 0 && !previous.lexicographicallyPrecedes(bytes)) {
        broken.append("term \(rank) is empty or not after the one before")
      }
      previous = bytes
      var cursor = PostingCursor(self, rank: rank)
      var last: UInt32?
      var count = 0
      var highest: UInt8 = 0
      cursor.forEachPosting(in: self) { document, impact in
        if document >= documentCount || last.map({ $0 >= document }) ?? false {
          broken.append("postings of term \(rank) do not rise or leave the segment")
        }
        last = document
        highest = max(highest, impact)
        count += 1
      }
      if count != Int(frequencies[rank]) || count == 0 { broken.append("term \(rank) counts wrongly") }
      if highest != impacts[rank] { broken.append("term \(rank) has a wrong highest impact") }
    }
    if blockImpacts.count != blocks.count
      || columns.highestImpacts() != blockImpacts.elements(in: 0..<blockImpacts.count)
    {
      broken.append("highest impacts are not those of the blocks")
    }
    return broken
  }

  /// Whether the order of endings holds every rank once, and in order.
  private var isEndingOrderSound: Bool {
    guard endingRanks.count == termCount else { return false }
    return termBytes.withSpan { arena in
      for place in 0..<termCount {
        let rank = Int(endingRanks[place])
        guard rank < termCount else { return false }
        if place == 0 { continue }
        let before = Int(endingRanks[place - 1])
        let (left, right) = (
          Int(termStarts[before])..<Int(termStarts[before + 1]),
          Int(termStarts[rank])..<Int(termStarts[rank + 1])
        )
        // Terms are distinct, so an order without equals holds none twice.
        if !EndingOrder.precedes(arena, left, right) { return false }
      }
      return true
    }
  }
}

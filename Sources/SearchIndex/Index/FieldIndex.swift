internal import Bytes

/// The inverted index of one field of one segment: a sorted dictionary and a posting list a term.
struct FieldIndex: Sendable {
  /// The bytes of all terms in order.
  var termBytes = Column<UInt8>()
  /// Where each term begins, and one more for the end.
  var termStarts = Column<UInt32>([0])
  /// The first eight bytes of every 128th term as a number, the first byte highest, zeros behind: the way to
  /// a term leads over these few pages first, and then over one of `termStarts` and one of `termBytes`.
  /// 0.1 bytes a term with where they begin.
  var guide = Column<UInt64>()
  /// Where the terms of the guide begin, as in `termStarts`.
  var guideStarts = Column<UInt32>()
  /// The ranks of all terms in the order of their endings (`EndingOrder`), 4 bytes a term; empty if they
  /// were not sorted, which makes lookups by ending slow and nothing else.
  var endingRanks = Column<UInt32>()
  /// How many documents hold each term.
  var frequencies = Column<UInt32>()
  /// For a term of one document: that document. Else where its postings begin: the number of its first
  /// block if there are 128 or more, else a byte offset of the payload.
  var places = Column<UInt32>()
  /// For a term of one document: its impact. Else the highest of its impacts.
  var impacts = Column<UInt8>()
  /// For each block, the last document (upper half) and its byte offset in the payload (lower half).
  var blocks = Column<UInt64>()
  /// For each block, the highest of its impacts: 1 byte a block, 0.008 a posting.
  var blockImpacts = Column<UInt8>()
  /// Blocks and tails, as `PostingBlock` writes them.
  var payload = Column<UInt8>()
  /// Words a document has in this field, on average over the documents that have any.
  var averageLength: Float = 0

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

// MARK: - Summaries

extension FieldIndex {
  /// The index with the highest impact of each block and the guide to its terms, which whoever writes it may
  /// leave out.
  /// - Complexity: linear in the bytes of the blocks and O(terms / 128), O(1) if the summaries are there.
  func summarised() -> FieldIndex {
    if blockImpacts.count == blocks.count, hasGuide { return self }
    var index = self
    if !hasGuide {
      index.guide = Column(guideKeys())
      index.guideStarts = Column(guideBounds())
    }
    if blockImpacts.count != blocks.count { index.blockImpacts = Column(highestImpacts()) }
    return index
  }

  /// Terms from one entry of the guide to the next.
  private static let guideStep = 128

  /// Whether the guide has an entry for every step.
  var hasGuide: Bool {
    guide.count == (termCount + FieldIndex.guideStep - 1) / FieldIndex.guideStep
      && guideStarts.count == guide.count
  }

  private func guideBounds() -> [UInt32] {
    stride(from: 0, to: termCount, by: FieldIndex.guideStep).map { termStarts[$0] }
  }

  private func guideKeys() -> [UInt64] {
    stride(from: 0, to: termCount, by: FieldIndex.guideStep).map { FieldIndex.guideKey(term($0)) }
  }

  /// A term that has a lower key than another is before it.
  private static func guideKey(_ term: [UInt8]) -> UInt64 {
    var key: UInt64 = 0
    for place in 0..<8 { key = key << 8 | (place < term.count ? UInt64(term[place]) : 0) }
    return key
  }

  /// Ranks between which the first term not before some bytes is, the upper one included.
  private func guided(to bytes: [UInt8]) -> (lower: Int, upper: Int) {
    guard hasGuide else { return (0, termCount) }
    let key = FieldIndex.guideKey(bytes)
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
    return (max(0, first - 1) * FieldIndex.guideStep, min(after * FieldIndex.guideStep, termCount))
  }

  /// Has the disk read what looking a term up will need, without waiting for it.
  func prefetch(_ term: [UInt8]) {
    guard termStarts.isMapped, hasGuide, termCount > 0 else { return }
    let (lower, upper) = guided(to: term)
    let entry = upper / FieldIndex.guideStep
    let end = upper < termCount && entry < guideStarts.count ? Int(guideStarts[entry]) : termBytes.count
    let start = Int(guideStarts[lower / FieldIndex.guideStep])
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

  private func highestImpacts() -> [UInt8] {
    blocks.withSpan { blocks in
      payload.withSpan { payload in
        var highest: [UInt8] = []
        highest.reserveCapacity(blocks.count)
        for place in blocks.indices {
          let start = Int(UInt32(truncatingIfNeeded: blocks[place]))
          let end = start + PostingBlock.byteCount(bits: Int(payload[start]))
          var most: UInt8 = 0
          for at in end - PostingBlock.size..<end { most = max(most, payload[at]) }
          highest.append(most)
        }
        return highest
      }
    }
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
    if !hasGuide || guide.elements(in: 0..<guide.count) != guideKeys()
      || guideStarts.elements(in: 0..<guideStarts.count) != guideBounds()
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
      || highestImpacts() != blockImpacts.elements(in: 0..<blockImpacts.count)
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

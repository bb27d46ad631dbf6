internal import Bytes

/// Gathers one field of the documents of a segment, in document order.
///
/// Words become numbers at once; each document leaves its distinct words and how often each stood in it.
/// `finish` sorts the dictionary, gives every posting to its term, and packs the lists.
struct FieldBuilder: ~Copyable {
  private var scanner = WordScanner()
  private var interner = TermInterner()
  /// For each term, where the running document's count of it stands in `counts`, if not before `begun`.
  private var latest: [UInt32] = []
  private var terms: [UInt32] = []
  private var counts: [UInt32] = []
  /// Where each document's words begin in `terms`.
  private var starts: [UInt32] = []
  private var lengths: [UInt32] = []

  init() {}

  /// Adds the field of the next document.
  /// - Complexity: linear in the bytes of the text.
  mutating func add(_ text: Span<UInt8>) {
    let begun = UInt32(terms.count)
    starts.append(begun)
    var length: UInt32 = 0
    scanner.restart()
    while scanner.next(in: text) {
      let term = Int(interner.number(of: scanner))
      if !scanner.isTail { length += 1 }
      if term < latest.count {
        let place = latest[term]
        if place >= begun && place < UInt32(terms.count) {
          counts[Int(place)] &+= 1
          continue
        }
        latest[term] = UInt32(terms.count)
      } else {
        latest.append(UInt32(terms.count))
      }
      terms.append(UInt32(term))
      counts.append(1)
    }
    lengths.append(length)
  }

  /// The finished index of the field.
  /// - Complexity: O(postings + terms log terms).
  consuming func finish() -> FieldIndex {
    let order = sortedTerms()
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, term) in order.enumerated() { ranks[Int(term)] = UInt32(rank) }
    var index = FieldIndex()
    index.averageLength = averageLength()
    let lists = scatter(ranks, averageLength: index.averageLength)
    latest = []
    terms = []
    counts = []
    writeDictionary(order, to: &index)
    FieldBuilder.pack(lists, to: &index)
    return index
  }

  private func averageLength() -> Float {
    var sum = 0
    var filled = 0
    for length in lengths where length > 0 {
      sum += Int(length)
      filled += 1
    }
    return filled == 0 ? 0 : Float(sum) / Float(filled)
  }

  /// Term numbers in the order of their bytes.
  private func sortedTerms() -> [UInt32] {
    let arena = interner.arena
    let starts = interner.starts
    var keyed: [(head: UInt64, term: UInt32)] = []
    keyed.reserveCapacity(interner.count)
    for term in 0..<interner.count {
      var head: UInt64 = 0
      let start = Int(starts[term])
      let end = Int(starts[term + 1])
      for place in 0..<8 { head = head << 8 | (start + place < end ? UInt64(arena[start + place]) : 0) }
      keyed.append((head, UInt32(term)))
    }
    keyed.sort { left, right in
      if left.head != right.head { return left.head < right.head }
      let first = arena[Int(starts[Int(left.term)])..<Int(starts[Int(left.term) + 1])]
      let second = arena[Int(starts[Int(right.term)])..<Int(starts[Int(right.term) + 1])]
      return first.lexicographicallyPrecedes(second)
    }
    return keyed.map(\.term)
  }

  private struct Lists {
    /// Where the postings of each rank begin, and one more for the end.
    var starts: [Int]
    var documents: [UInt32]
    var impacts: [UInt8]
  }

  private func scatter(_ ranks: [UInt32], averageLength: Float) -> Lists {
    var listStarts = [Int](repeating: 0, count: ranks.count + 1)
    for term in terms { listStarts[Int(ranks[Int(term)]) + 1] += 1 }
    for rank in 0..<ranks.count { listStarts[rank + 1] += listStarts[rank] }
    var next = listStarts
    var documents = [UInt32](repeating: 0, count: terms.count)
    var impacts = [UInt8](repeating: 0, count: terms.count)
    for document in 0..<starts.count {
      let end = document + 1 < starts.count ? Int(starts[document + 1]) : terms.count
      for place in Int(starts[document])..<end {
        let rank = Int(ranks[Int(terms[place])])
        let saturation = Ranking.saturation(
          frequency: counts[place], length: lengths[document], averageLength: averageLength)
        let target = next[rank]
        documents[target] = UInt32(document)
        impacts[target] = UInt8(max(1, min(255, saturation / Ranking.impactStep + 0.5)))
        next[rank] = target + 1
      }
    }
    return Lists(starts: listStarts, documents: documents, impacts: impacts)
  }

  private func writeDictionary(_ order: [UInt32], to index: inout FieldIndex) {
    var bytes: [UInt8] = []
    var termStarts: [UInt32] = [0]
    bytes.reserveCapacity(interner.arena.count)
    termStarts.reserveCapacity(order.count + 1)
    for term in order {
      let range = Int(interner.starts[Int(term)])..<Int(interner.starts[Int(term) + 1])
      bytes.append(contentsOf: interner.arena[range])
      termStarts.append(UInt32(bytes.count))
    }
    index.termBytes = Column(bytes)
    index.termStarts = Column(termStarts)
    index.endingRanks = EndingOrder.ranks(termBytes: index.termBytes, termStarts: index.termStarts)
  }

  private static func pack(_ lists: Lists, to index: inout FieldIndex) {
    var frequencies: [UInt32] = []
    var places: [UInt32] = []
    var highest: [UInt8] = []
    var blocks: [UInt64] = []
    var payload: [UInt8] = []
    for rank in 0..<lists.starts.count - 1 {
      let range = lists.starts[rank]..<lists.starts[rank + 1]
      frequencies.append(UInt32(range.count))
      highest.append(lists.impacts[range].max() ?? 0)
      if range.count == 1 {
        places.append(lists.documents[range.lowerBound])
        continue
      }
      places.append(range.count < PostingBlock.size ? UInt32(payload.count) : UInt32(blocks.count))
      var previous = UInt32.max
      var start = range.lowerBound
      while start + PostingBlock.size <= range.upperBound {
        let full = start..<start + PostingBlock.size
        let last = lists.documents[full.upperBound - 1]
        blocks.append(UInt64(last) << 32 | UInt64(UInt32(payload.count)))
        PostingBlock.append(lists.documents[full], lists.impacts[full], after: previous, to: &payload)
        previous = last
        start = full.upperBound
      }
      let rest = start..<range.upperBound
      PostingBlock.appendTail(lists.documents[rest], lists.impacts[rest], after: previous, to: &payload)
    }
    index.frequencies = Column(frequencies)
    index.places = Column(places)
    index.impacts = Column(highest)
    index.blocks = Column(blocks)
    index.payload = Column(payload)
  }
}

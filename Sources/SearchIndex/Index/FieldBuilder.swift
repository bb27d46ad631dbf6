internal import Bytes
internal import CKernel

/// Makes the index of one field of what one or several `FieldWords` read, piece by piece.
///
/// The terms of the first reader are the terms of the field; those of the others are looked up there once
/// each. What comes out depends on where pieces end, and not on how many readers share one.
struct FieldBuilder: ~Copyable {
  let parts: [Shared<FieldWords>]
  let common: CommonWords
  private var lists: PostingLists
  private var pairs = PostingLists()
  /// For each reader but the first, the field's codes of its terms, table by table.
  private var codes: [[[TermCode]]]
  /// Impacts by the average length of the first piece.
  private var impacts: ImpactTable?
  private var documentCount = 0
  private let room: Scatter.Room

  /// - Parameters:
  ///   - parts: how many readers share a piece.
  ///   - common: the words whose pairs are indexed, if any.
  ///   - payloadCapacity: room for the lists; more is made as it is needed.
  init(parts: Int, common: CommonWords = CommonWords(), payloadCapacity: Int = 0) {
    self.common = common
    room = Scatter.Room(parts: max(parts, 1))
    lists = PostingLists(payloadCapacity: payloadCapacity)
    self.parts = (0..<max(parts, 1)).map { _ in Shared(FieldWords(common: common)) }
    codes = Array(repeating: [[], [], []], count: max(parts, 1))
  }

  /// Whether the dictionary or the lists are so near 4 GiB that another piece might pass it.
  var isFull: Bool {
    let waiting = unsafe Int(lists.waitingStarts.base[lists.termCount]) * 6
    let limit = 3 << 30
    return parts[0].value.interner.byteCount > limit || lists.payload.count + waiting > limit
      || parts.contains { $0.value.interner.isFull }
  }

  /// Takes in what the readers read since the last piece, the documents of the first reader first, and has
  /// them begin another.
  mutating func endPiece() {
    for part in parts { part.value.settle() }
    let table = impacts ?? ImpactTable(averageLength: averageLength())
    impacts = table
    uniteTerms()
    let counts = (0..<TermInterner.tableCount).map { parts[0].value.interner.count(table: $0) }
    lists.grow(to: counts)
    let scatter = Scatter(
      parts: parts, firstDocument: UInt32(truncatingIfNeeded: documentCount), impacts: table, room: room)
    let bases = counts.indices.map { lists.base(table: $0) }
    lists.add(scatter.words(codes: codes, bases: bases, termCount: lists.termCount), threads: parts.count)
    if common.count > 0 {
      pairs.grow(to: [CommonWords.most * CommonWords.most, 0, 0])
      pairs.add(scatter.pairs(termCount: pairs.termCount), threads: parts.count)
    }
    for part in parts {
      documentCount += part.value.stream.documentCount
      part.value.restart()
    }
  }

  private func averageLength() -> Float {
    var sum = 0
    var filled = 0
    for part in parts {
      for document in 0..<part.value.stream.documentCount {
        let length = unsafe Int(part.value.lengths.base[document])
        sum += length
        if length > 0 { filled += 1 }
      }
    }
    return filled == 0 ? 0 : Float(sum) / Float(filled)
  }

  /// Gives the terms that the other readers met a number of the first one.
  private mutating func uniteTerms() {
    for part in parts.indices.dropFirst() {
      for table in 0..<TermInterner.tableCount {
        let known = codes[part][table].count
        for place in known..<parts[part].value.interner.count(table: table) {
          let code = parts[0].value.interner.number(of: place, table: table, in: parts[part].value.interner)
          codes[part][table].append(code)
        }
      }
    }
  }
}

// MARK: - Finishing

extension FieldBuilder {
  /// The finished index of the field, and that of the pairs of its common words.
  /// - Complexity: O(postings + terms log terms).
  consuming func finish() -> (index: FieldIndex, pairs: FieldIndex) {
    endPiece()
    let average = impacts?.averageLength ?? 0
    var pairIndex = FieldColumns()
    pairIndex.averageLength = average
    if common.count > 0 {
      let order = pairOrder()
      let bytes = order.map { pairBytes($0) }
      var starts: [UInt32] = [0]
      for term in bytes { starts.append(starts[starts.count - 1] + UInt32(term.count)) }
      pairIndex.termBytes = Column(bytes.flatMap { $0 })
      pairIndex.termStarts = Column(starts)
      ListWriter.write(&pairs, order: order, to: &pairIndex, threads: 1)
    }
    var index = FieldColumns()
    index.averageLength = average
    let order = TermOrder.sorted(parts[0].value.interner, lists, threads: parts.count)
    TermOrder.write(order, of: parts[0].value.interner, to: &index)
    index.endingRanks = EndingOrder.ranks(termBytes: index.termBytes, termStarts: index.termStarts)
    for part in parts { part.value = FieldWords() }
    ListWriter.write(&lists, order: order, to: &index, threads: parts.count)
    return (FieldIndex(index), FieldIndex(pairIndex))
  }

  /// The pairs that stand somewhere, by the bytes they are written as: both words with a space between.
  private func pairOrder() -> [TermCode] {
    guard pairs.termCount > 0 else { return [] }
    var found: [(bytes: [UInt8], code: TermCode)] = []
    for pair in 0..<pairs.termCount where unsafe pairs.frequencies.base[pair] > 0 {
      let code = TermCode(truncatingIfNeeded: pair)
      found.append((pairBytes(code), code))
    }
    found.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    return found.map(\.code)
  }

  private func pairBytes(_ code: TermCode) -> [UInt8] {
    common.words[Int(code >> 6)].bytes + [UInt8(ascii: " ")] + common.words[Int(code & 63)].bytes
  }
}

internal import Bytes

/// The columns of a field of a segment while they are written or read from a file; `FieldIndex` is made of
/// them when they stay as they are.
struct FieldColumns: Sendable {
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

  /// The bytes of a term.
  func term(_ rank: Int) -> [UInt8] {
    termBytes.elements(in: termStarts.range(at: rank, within: termBytes.count))
  }
}

// MARK: - Summaries

extension FieldColumns {
  /// Adds the highest impact of each block and the guide to the terms, which whoever writes the columns may
  /// leave out.
  /// - Complexity: linear in the bytes of the blocks and O(terms / 128), O(1) if the summaries are there.
  mutating func summarise() {
    if !hasGuide {
      guide = Column(guideKeys())
      guideStarts = Column(guideBounds())
    }
    if blockImpacts.count != blocks.count { blockImpacts = Column(highestImpacts()) }
  }

  /// Terms from one entry of the guide to the next.
  static let guideStep = 128

  /// Whether the guide has an entry for every step.
  var hasGuide: Bool {
    guide.count == (termCount + FieldColumns.guideStep - 1) / FieldColumns.guideStep
      && guideStarts.count == guide.count
  }

  func guideBounds() -> [UInt32] {
    stride(from: 0, to: termCount, by: FieldColumns.guideStep).map { termStarts[$0] }
  }

  func guideKeys() -> [UInt64] {
    stride(from: 0, to: termCount, by: FieldColumns.guideStep).map { FieldColumns.guideKey(term($0)) }
  }

  /// A term that has a lower key than another is before it.
  static func guideKey(_ term: [UInt8]) -> UInt64 {
    var key: UInt64 = 0
    for place in 0..<min(8, term.count) { key |= UInt64(term[place]) << UInt64(56 - 8 * place) }
    return key
  }

  func highestImpacts() -> [UInt8] {
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

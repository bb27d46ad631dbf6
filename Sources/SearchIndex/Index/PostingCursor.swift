internal import Bytes

/// A place in one posting list, moving forward by windows of documents.
struct PostingCursor {
  /// Documents of the list.
  let frequency: Int
  private let rank: Int
  private let firstBlock: Int
  private let blockCount: Int
  /// The block or tail that is decoded; -1 before the first.
  private var block = -1
  private var documents: [UInt32] = []
  private var impacts: [UInt8] = []
  private var decoded = 0
  private var at = 0
  private var isAtEnd = false

  /// A cursor before the first posting of a term.
  init(_ field: FieldIndex, rank: Int) {
    self.rank = rank
    frequency = Int(field.frequencies[rank])
    blockCount = frequency / PostingBlock.size
    firstBlock = blockCount > 0 ? Int(field.places[rank]) : 0
    if frequency == 1 {
      documents = [field.places[rank]]
      impacts = [field.impacts[rank]]
      decoded = 1
      block = 0
    }
  }

  private init() {
    frequency = 0
    rank = 0
    firstBlock = 0
    blockCount = 0
    isAtEnd = true
  }

  /// A cursor with nothing to read.
  static let finished = PostingCursor()

  /// The next posting is not before this document; nil at the end. Decodes nothing.
  var lowerBound: UInt32? {
    if isAtEnd { return nil }
    return at < decoded ? documents[at] : 0
  }

  /// Calls `body` for each posting of a range of documents, in order, and stays before the first posting
  /// after it. With `rewinds`, it stays where it was instead, so that the range can be read once more.
  @inline(__always)
  mutating func forEachPosting(
    in field: borrowing FieldIndex, from first: UInt32 = 0, to end: UInt32 = .max, rewinds: Bool = false,
    _ body: (UInt32, UInt8) -> Void
  ) {
    guard !isAtEnd, seek(field, first) else { return }
    let saved = rewinds ? self : nil
    repeat {
      while at < decoded {
        let document = documents[at]
        if document >= end {
          if let saved { self = saved }
          return
        }
        body(document, impacts[at])
        at += 1
      }
    } while decodeNext(field)
    if let saved { self = saved }
  }

  /// Moves to the first posting not before a document; false if there is none.
  private mutating func seek(_ field: borrowing FieldIndex, _ first: UInt32) -> Bool {
    if decoded == 0 || documents[decoded - 1] < first {
      guard skipBlocks(field, first) else {
        isAtEnd = true
        return false
      }
    }
    if at < decoded && documents[at] >= first { return true }
    var low = at
    var high = decoded
    while low < high {
      let middle = (low + high) / 2
      if documents[middle] < first { low = middle + 1 } else { high = middle }
    }
    at = low
    if at < decoded { return true }
    isAtEnd = true
    return false
  }

  /// Decodes the first later block that can hold a document not before `first`.
  private mutating func skipBlocks(_ field: borrowing FieldIndex, _ first: UInt32) -> Bool {
    guard frequency > 1 else { return false }
    var low = min(block + 1, blockCount)
    if blockCount > 0 {
      low = field.blocks.withSpan { blocks in
        // Gallop, then halve.
        var step = 1
        var lower = low
        while lower + step <= blockCount, last(blocks, lower + step - 1) < first {
          lower += step
          step *= 2
        }
        var upper = min(lower + step, blockCount)
        while lower < upper {
          let middle = (lower + upper) / 2
          if last(blocks, middle) < first { lower = middle + 1 } else { upper = middle }
        }
        return lower
      }
    }
    guard low > block else { return false }
    block = low - 1
    return decodeNext(field)
  }

  private func last(_ blocks: Span<UInt64>, _ block: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: blocks[firstBlock + block] >> 32)
  }

  /// Decodes the block after the present one, or the tail; false when the list is done.
  private mutating func decodeNext(_ field: borrowing FieldIndex) -> Bool {
    let next = block + 1
    let tail = frequency % PostingBlock.size
    guard frequency > 1, next < blockCount || (next == blockCount && tail > 0) else {
      isAtEnd = true
      return false
    }
    if documents.isEmpty {
      documents = Array(repeating: 0, count: PostingBlock.size)
      impacts = Array(repeating: 0, count: PostingBlock.size)
    }
    var offset = Int(blockCount > 0 ? 0 : field.places[rank])
    var previous = UInt32.max
    if next > 0 {
      let before = field.blocks[firstBlock + next - 1]
      previous = UInt32(truncatingIfNeeded: before >> 32)
      if next == blockCount {
        let start = Int(UInt32(truncatingIfNeeded: before))
        offset = start + PostingBlock.byteCount(bits: Int(field.payload[start]))
      }
    }
    if next < blockCount { offset = Int(UInt32(truncatingIfNeeded: field.blocks[firstBlock + next])) }
    block = next
    at = 0
    decoded = next < blockCount ? PostingBlock.size : tail
    field.payload.withSpan { payload in
      if next < blockCount {
        PostingBlock.unpack(payload, at: offset, after: previous, into: &documents)
        let start = offset + PostingBlock.byteCount(bits: Int(payload[offset])) - PostingBlock.size
        for index in 0..<PostingBlock.size { impacts[index] = payload[start + index] }
      } else {
        decodeTail(payload, at: offset, after: previous, count: tail)
      }
    }
    return true
  }

  private mutating func decodeTail(_ payload: Span<UInt8>, at offset: Int, after previous: UInt32, count: Int)
  {
    var place = offset
    var last = previous
    for index in 0..<count {
      var gap: UInt32 = 0
      var shift: UInt32 = 0
      while true {
        let byte = payload[place]
        place += 1
        gap |= UInt32(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      last = last &+ gap &+ 1
      documents[index] = last
      impacts[index] = payload[place]
      place += 1
    }
  }
}

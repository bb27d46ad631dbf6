internal import Bytes
internal import CKernel

/// A place in one posting list that can go to any document, forward or back: what searches read.
///
/// Holds addresses of the columns of its segment, which the search keeps alive, and room for one decoded
/// block, which the search owns: 640 bytes a list. Blocks are bounded by the payload, so that a damaged
/// list reads as one that ends early.
@safe
struct PostingList {
  /// Bytes of room a list needs for the block in hand: 128 documents and 128 impacts.
  static let roomByteCount = PostingBlock.size * 5

  /// Documents of the list.
  let frequency: Int
  /// The highest impact of the list.
  let highest: UInt8
  private let payload: UnsafePointer<UInt8>
  private let payloadCount: Int
  /// The list's own blocks and their highest impacts.
  private let blocks: UnsafePointer<UInt64>
  private let blockImpacts: UnsafePointer<UInt8>
  let blockCount: Int
  private let tailCount: Int
  /// Where the tail of a list without blocks begins.
  private let tailOffset: Int
  private let room: UnsafeMutablePointer<UInt32>

  /// The block in hand, `blockCount` for the tail, -1 for none.
  private(set) var block = -1
  /// Postings of the block in hand.
  private(set) var count = 0
  /// The posting of the block that comes next.
  private(set) var at = 0
  private var impactsInHand: UnsafePointer<UInt8>
  /// The block that `highestImpact(around:)` found last.
  private var boundBlock = 0

  /// A list before its first posting.
  init(_ field: FieldIndex, rank: Int, room: UnsafeMutableRawPointer) {
    frequency = Int(field.frequencies[rank])
    highest = field.impacts[rank]
    blockCount = frequency / PostingBlock.size
    let place = Int(field.places[rank])
    unsafe self.room = room.bindMemory(to: UInt32.self, capacity: PostingList.roomByteCount / 4)
    unsafe payload = uncheckedAddress(of: field.payload)
    payloadCount = field.payload.count
    let hasBlocks = blockCount > 0 && place + blockCount <= field.blocks.count
    PostingList.verify(field, frequency: frequency, place: place, blockCount: hasBlocks ? blockCount : 0)
    unsafe blocks = uncheckedAddress(of: field.blocks) + (hasBlocks ? place : 0)
    unsafe blockImpacts = uncheckedAddress(of: field.blockImpacts) + (hasBlocks ? place : 0)
    tailOffset = place
    unsafe impactsInHand = UnsafePointer(payload)
    if frequency == 1 {
      tailCount = 0
      unsafe self.room[0] = UInt32(place)
      let own = unsafe PostingList.tailImpacts(self.room)
      unsafe own[0] = highest
      unsafe impactsInHand = UnsafePointer(own)
      block = 0
      count = 1
    } else {
      tailCount = blockCount > 0 && !hasBlocks ? 0 : frequency % PostingBlock.size
    }
  }

  /// Has what the list reads of mapped columns compared with its checksums: its blocks, and its bytes of the
  /// payload up to the end that the longest tail could have.
  /// - Complexity: O(1) for columns in memory; else, the first time, O(bytes of the list).
  private static func verify(_ field: FieldIndex, frequency: Int, place: Int, blockCount: Int) {
    guard frequency > 1 else { return }
    field.blocks.prefetch(place..<place + blockCount)
    field.blockImpacts.prefetch(place..<place + blockCount)
    var start = place
    var end = place
    if blockCount > 0 {
      field.blocks.verify(place..<place + blockCount)
      field.blockImpacts.verify(place..<place + blockCount)
      start = Int(UInt32(truncatingIfNeeded: field.blocks[place]))
      end =
        Int(UInt32(truncatingIfNeeded: field.blocks[place + blockCount - 1]))
        + PostingBlock.byteCount(bits: 32)
    }
    end += frequency % PostingBlock.size * 6
    guard start < end else { return }
    field.payload.prefetch(start..<end)
    field.payload.verify(start..<end)
  }

  private static func tailImpacts(_ room: UnsafeMutablePointer<UInt32>) -> UnsafeMutablePointer<UInt8> {
    unsafe UnsafeMutableRawPointer(room + PostingBlock.size).assumingMemoryBound(to: UInt8.self)
  }

  /// Whether there is a posting to read; it is `document` with `impact`.
  @inline(__always) var isAtPosting: Bool { at < count }
  /// The document of the next posting.
  @inline(__always) var document: UInt32 { unsafe room[at] }
  /// The impact of the next posting.
  @inline(__always) var impact: UInt8 { unsafe impactsInHand[at] }

  /// Documents and impacts of the block in hand.
  @inline(__always) var documents: UnsafePointer<UInt32> { unsafe UnsafePointer(room) }
  @inline(__always) var impacts: UnsafePointer<UInt8> { unsafe impactsInHand }

  /// The last document of a full block.
  @inline(__always) func lastDocument(_ block: Int) -> UInt32 {
    unsafe UInt32(truncatingIfNeeded: blocks[block] >> 32)
  }

  /// No impact of a block is higher; the tail is not told apart from the list.
  @inline(__always) func highestImpact(_ block: Int) -> UInt8 {
    unsafe block < blockCount ? blockImpacts[block] : highest
  }

  /// No impact of the block that a document would be in is higher. Decodes nothing, and finds the block
  /// faster where documents rise.
  @inline(__always)
  mutating func highestImpact(around document: UInt32) -> UInt8 {
    var low = 0
    if boundBlock > 0, lastDocument(boundBlock - 1) < document { low = boundBlock }
    var step = 1
    while low + step <= blockCount, lastDocument(low + step - 1) < document {
      low += step
      step *= 2
    }
    var high = min(low + step, blockCount)
    while low < high {
      let middle = (low + high) / 2
      if lastDocument(middle) < document { low = middle + 1 } else { high = middle }
    }
    boundBlock = low
    return highestImpact(low)
  }

  /// The blocks of the list, its tail or its only posting among them.
  var endBlock: Int { frequency == 1 ? 1 : blockCount + (tailCount > 0 ? 1 : 0) }

  /// The first block from one on, the tail among them, that may hold an impact not below `least`; `endBlock`
  /// if none may.
  @inline(__always) func nextBlock(from block: Int, least: UInt8) -> Int {
    if block < blockCount {
      let found = Int(unsafe ck_next_from(blockImpacts, block, blockCount, least))
      if found < blockCount { return found }
    }
    return highest >= least ? max(block, blockCount) : endBlock
  }

  /// What `highestImpact(around:)` tells, with the documents for which it is the same.
  mutating func bound(around document: UInt32) -> (impact: UInt8, first: UInt32, last: UInt32) {
    let impact = highestImpact(around: document)
    let first = boundBlock > 0 ? lastDocument(boundBlock - 1) &+ 1 : 0
    return (impact, min(first, document), boundBlock < blockCount ? lastDocument(boundBlock) : .max)
  }

  /// Takes a block of `endBlock` in hand, before its first posting; false if it is damaged.
  @inline(__always) mutating func take(_ block: Int) -> Bool {
    if frequency == 1 {
      at = 0
      return true
    }
    return decode(block)
  }

  /// Goes to the first posting not before a document; false, and behind the last posting, if there is none.
  /// - Complexity: O(log distance in blocks), and one block decoded.
  @inline(__always)
  mutating func seek(_ wanted: UInt32) -> Bool {
    if count > 0, unsafe room[count - 1] >= wanted, unsafe room[0] <= wanted {
      if unsafe at >= count || room[at] > wanted { at = 0 }
      at += Int(unsafe ck_count_below(room + at, UInt32(count - at), wanted))
      return true
    }
    return seekBlock(wanted)
  }

  private mutating func seekBlock(_ wanted: UInt32) -> Bool {
    if frequency == 1 {
      at = unsafe room[0] >= wanted ? 0 : 1
      return at == 0
    }
    var low = 0
    if count > 0, block > 0, unsafe room[count - 1] < wanted { low = min(block + 1, blockCount) }
    var step = 1
    while low + step <= blockCount, lastDocument(low + step - 1) < wanted {
      low += step
      step *= 2
    }
    var high = min(low + step, blockCount)
    while low < high {
      let middle = (low + high) / 2
      if lastDocument(middle) < wanted { low = middle + 1 } else { high = middle }
    }
    guard low == block ? count > 0 : decode(low) else { return false }
    at = Int(unsafe ck_count_below(room, UInt32(count), wanted))
    return at < count || (low < blockCount && decode(low + 1))
  }

  /// Takes a block, or the tail, in hand, before its first posting; false behind the last.
  mutating func decode(_ next: Int) -> Bool {
    at = 0
    count = 0
    block = next
    guard frequency > 1, next < blockCount || (next == blockCount && tailCount > 0) else { return false }
    var previous = UInt32.max
    if next > 0 { previous = lastDocument(next - 1) }
    if next < blockCount {
      let offset = Int(unsafe UInt32(truncatingIfNeeded: blocks[next]))
      guard offset < payloadCount else { return false }
      let bits = Int(unsafe min(payload[offset], 32))
      guard offset + PostingBlock.byteCount(bits: bits) <= payloadCount else { return false }
      unsafe ck_unpack128(payload + offset + 1, UInt32(bits), previous, room)
      unsafe impactsInHand = payload + offset + 1 + 16 * bits
      count = PostingBlock.size
      return true
    }
    var offset = tailOffset
    if next > 0 {
      let start = Int(unsafe UInt32(truncatingIfNeeded: blocks[next - 1]))
      guard start < payloadCount else { return false }
      offset = start + PostingBlock.byteCount(bits: Int(unsafe payload[start]))
    }
    count = unsafe PostingList.readTail(payload, payloadCount, offset, previous, tailCount, room)
    unsafe impactsInHand = UnsafePointer(PostingList.tailImpacts(room))
    return count > 0
  }

  private static func readTail(
    _ payload: UnsafePointer<UInt8>, _ end: Int, _ offset: Int, _ previous: UInt32, _ count: Int,
    _ room: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let impacts = unsafe tailImpacts(room)
    var place = offset
    var last = previous
    for index in 0..<count {
      var gap: UInt32 = 0
      var shift: UInt32 = 0
      while true {
        guard place + 1 < end, shift < 35 else { return index }
        let byte = unsafe payload[place]
        place += 1
        gap |= UInt32(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      last = last &+ gap &+ 1
      unsafe room[index] = last
      unsafe impacts[index] = payload[place]
      place += 1
    }
    return count
  }

  /// Steps over the postings in hand that are below a bound, and tells how many they are.
  @inline(__always)
  mutating func step(below bound: UInt32) -> Int {
    let first = at
    if unsafe room[count - 1] < bound {
      at = count
    } else {
      at += Int(unsafe ck_count_below(room + at, UInt32(count - at), bound))
    }
    return at - first
  }

  /// Calls `body` with the postings of a window from `first` on, block by block: addresses of documents
  /// and impacts, and their number.
  @inline(__always)
  mutating func forEachRun(
    from first: UInt32, below end: UInt32,
    _ body: (UnsafePointer<UInt32>, UnsafePointer<UInt8>, Int) -> Void
  ) {
    guard seek(first) else { return }
    repeat {
      let start = at
      let taken = step(below: end)
      if taken > 0 { unsafe body(UnsafePointer(room + start), impactsInHand + start, taken) }
      if at < count { return }
    } while block < blockCount && frequency > 1 && decode(block + 1)
  }
}

/// Where the elements of a column lie. Good for as long as the column is kept.
func address<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
  of column: Column<Element>
) -> UnsafePointer<Element> {
  unsafe column.withSpan { span in
    unsafe span.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress ?? UnsafePointer(nowhere.assumingMemoryBound(to: Element.self))
    }
  }
}

/// Where the elements of a column lie, of which a mapped column has checked only what was touched: whoever
/// reads has them verified first.
func uncheckedAddress<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
  of column: Column<Element>
) -> UnsafePointer<Element> {
  unsafe column.withUnverifiedSpan { span in
    unsafe span.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress ?? UnsafePointer(nowhere.assumingMemoryBound(to: Element.self))
    }
  }
}

/// Where an empty column lies.
private nonisolated(unsafe) let nowhere = UnsafeMutableRawPointer.allocate(
  byteCount: 64, alignment: 64)

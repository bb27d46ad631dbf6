internal import Bytes
internal import CKernel

/// Writes whole posting lists one after the other, terms in order of rank.
struct ListPacker: ~Copyable {
  private var termBytes = PageBuffer<UInt8>(capacity: 0)
  private var termEnds = PageBuffer<UInt32>(capacity: 0)
  private var frequencies = PageBuffer<UInt32>(capacity: 0)
  private var places = PageBuffer<UInt32>(capacity: 0)
  private var highest = PageBuffer<UInt8>(capacity: 0)
  private(set) var termCount = 0
  private var termByteCount = 0
  private var blocks = PageBuffer<UInt64>(capacity: 0)
  private var blockCount = 0
  private var payload = PageBuffer<UInt8>(capacity: 0)
  private var payloadCount = 0

  init() {}

  /// Adds a term after those before it, with at least one posting.
  mutating func add(
    _ term: UnsafeBufferPointer<UInt8>, _ documents: UnsafePointer<UInt32>, _ impacts: UnsafePointer<UInt8>,
    count: Int
  ) {
    termBytes.reserve(termByteCount + term.count)
    if let start = term.baseAddress {
      unsafe (termBytes.base + termByteCount).update(from: start, count: term.count)
    }
    termByteCount += term.count
    termEnds.reserve(termCount + 1)
    frequencies.reserve(termCount + 1)
    places.reserve(termCount + 1)
    highest.reserve(termCount + 1)
    unsafe termEnds.base[termCount] = UInt32(truncatingIfNeeded: termByteCount)
    unsafe frequencies.base[termCount] = UInt32(truncatingIfNeeded: count)
    var top: UInt8 = 0
    for posting in 0..<count { top = max(top, unsafe impacts[posting]) }
    unsafe highest.base[termCount] = top
    if count == 1 {
      unsafe places.base[termCount] = documents[0]
    } else {
      let place = count < PostingBlock.size ? payloadCount : blockCount
      unsafe places.base[termCount] = UInt32(truncatingIfNeeded: place)
      unsafe pack(documents, impacts, count)
    }
    termCount += 1
  }

  private mutating func pack(
    _ documents: UnsafePointer<UInt32>, _ impacts: UnsafePointer<UInt8>, _ count: Int
  ) {
    var place = 0
    var last = UInt32.max
    while place + PostingBlock.size <= count {
      payload.reserve(payloadCount + PostingBlock.byteCount(bits: 32))
      blocks.reserve(blockCount + 1)
      let target = unsafe payload.base + payloadCount
      let bits = unsafe ck_pack128(documents + place, last, target + 1)
      unsafe target[0] = UInt8(truncatingIfNeeded: bits)
      unsafe (target + 1 + 16 * Int(bits)).update(from: impacts + place, count: PostingBlock.size)
      last = unsafe documents[place + PostingBlock.size - 1]
      unsafe blocks.base[blockCount] =
        UInt64(last) << 32 | UInt64(UInt32(truncatingIfNeeded: payloadCount))
      blockCount += 1
      payloadCount += PostingBlock.byteCount(bits: Int(bits))
      place += PostingBlock.size
    }
    payload.reserve(payloadCount + (count - place) * 6)
    unsafe payloadCount += PostingBlock.writeTail(
      documents + place, impacts + place, count - place, after: last, to: payload.base + payloadCount)
  }

  /// The columns of several packers, whose terms follow one another; nil if their 32-bit offsets do not
  /// reach that far.
  static func columns(of packers: [Shared<ListPacker>], averageLength: Float) -> FieldIndex? {
    var sums = (terms: 0, bytes: 0, blocks: 0, payload: 0)
    for packer in packers {
      sums.terms += packer.value.termCount
      sums.bytes += packer.value.termByteCount
      sums.blocks += packer.value.blockCount
      sums.payload += packer.value.payloadCount
    }
    guard max(sums.bytes, sums.payload) < UInt32.max else { return nil }
    let termBytes = ColumnBuilder<UInt8>(capacity: sums.bytes)
    let termStarts = ColumnBuilder<UInt32>(capacity: sums.terms + 1)
    let frequencies = ColumnBuilder<UInt32>(capacity: sums.terms)
    let places = ColumnBuilder<UInt32>(capacity: sums.terms)
    let highest = ColumnBuilder<UInt8>(capacity: sums.terms)
    let blocks = ColumnBuilder<UInt64>(capacity: sums.blocks)
    let payload = ColumnBuilder<UInt8>(capacity: sums.payload)
    termStarts.append(contentsOf: [0])
    for packer in packers {
      packer.value.shift(bytes: termBytes.count, blocks: blocks.count, payload: payload.count)
      append(packer.value.termBytes, packer.value.termByteCount, to: termBytes)
      append(packer.value.termEnds, packer.value.termCount, to: termStarts)
      append(packer.value.frequencies, packer.value.termCount, to: frequencies)
      append(packer.value.places, packer.value.termCount, to: places)
      append(packer.value.highest, packer.value.termCount, to: highest)
      append(packer.value.blocks, packer.value.blockCount, to: blocks)
      append(packer.value.payload, packer.value.payloadCount, to: payload)
      packer.value = ListPacker()
    }
    var index = FieldColumns()
    index.termBytes = termBytes.finish()
    index.termStarts = termStarts.finish()
    index.endingRanks = EndingOrder.ranks(termBytes: index.termBytes, termStarts: index.termStarts)
    index.frequencies = frequencies.finish()
    index.places = places.finish()
    index.impacts = highest.finish()
    index.blocks = blocks.finish()
    index.payload = payload.finish()
    index.averageLength = averageLength
    return FieldIndex(index)
  }

  /// Has everything that tells a place tell it behind what other packers wrote.
  private mutating func shift(bytes: Int, blocks blocksBefore: Int, payload payloadBefore: Int) {
    for term in 0..<termCount {
      unsafe termEnds.base[term] &+= UInt32(truncatingIfNeeded: bytes)
      let frequency = unsafe Int(frequencies.base[term])
      if frequency == 1 { continue }
      let before = frequency < PostingBlock.size ? payloadBefore : blocksBefore
      unsafe places.base[term] &+= UInt32(truncatingIfNeeded: before)
    }
    for block in 0..<blockCount { unsafe blocks.base[block] &+= UInt64(payloadBefore) }
  }

  private static func append<Element>(
    _ buffer: borrowing PageBuffer<Element>, _ count: Int, to column: ColumnBuilder<Element>
  ) {
    let elements = unsafe UnsafeBufferPointer(start: buffer.base, count: count)
    unsafe column.append(contentsOf: elements.span)
  }
}

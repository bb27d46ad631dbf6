internal import Bytes
internal import CKernel

/// Writes finished posting lists as the columns of an index, terms in order of rank.
enum ListWriter {
  /// The last postings of a range of ranks: tails, with the full block before them where there is one.
  private final class Ending: @unchecked Sendable {
    var payload = PageBuffer<UInt8>(capacity: 4096)
    var count = 0
  }

  /// Writes the lists of some terms.
  /// - Parameter order: the codes of the terms, by rank.
  static func write(
    _ lists: inout PostingLists, order: [TermCode], to index: inout FieldColumns, threads: Int
  ) {
    let bases = (0..<TermInterner.tableCount).map { lists.base(table: $0) }
    let ranks = order.count
    let numbers = Shared(PageBuffer<UInt32>(capacity: ranks))
    // For each list, its next block to be written.
    let nextBlock = Shared(PageBuffer<UInt32>(capacity: lists.termCount))
    var blockCount = 0
    for (rank, code) in order.enumerated() {
      let list = bases[TermInterner.table(of: code)] + TermInterner.place(of: code)
      unsafe numbers.value.base[rank] = UInt32(truncatingIfNeeded: list)
    }
    for rank in 0..<ranks {
      if rank + 32 < ranks {
        unsafe ck_prefetch(lists.frequencies.base + Int(numbers.value.base[rank + 32]))
        unsafe ck_prefetch(nextBlock.value.base + Int(numbers.value.base[rank + 32]))
      }
      let list = unsafe Int(numbers.value.base[rank])
      let frequency = unsafe lists.frequencies.base[list]
      unsafe nextBlock.value.base[list] = UInt32(truncatingIfNeeded: blockCount)
      blockCount += Int(frequency) / PostingBlock.size
    }
    var blocks = PageBuffer<UInt64>(capacity: blockCount)
    for packed in lists.packed {
      var at = 0
      for run in packed.runs {
        let list = bases[TermInterner.table(of: run.code)] + TermInterner.place(of: run.code)
        let first = unsafe Int(nextBlock.value.base[list])
        for place in 0..<Int(run.count) { unsafe blocks.base[first + place] = packed.blocks[at + place] }
        at += Int(run.count)
        unsafe nextBlock.value.base[list] = UInt32(truncatingIfNeeded: first + Int(run.count))
      }
    }
    let payload = lists.payload
    let places = Shared(PageBuffer<UInt32>(capacity: ranks))
    let highest = Shared(PageBuffer<UInt8>(capacity: ranks))
    let cuts = (0...max(threads, 1)).map { ranks * $0 / max(threads, 1) }
    let endings = (0..<max(threads, 1)).map { _ in Ending() }
    let writer = unsafe EndWriter(
      lists: numbers.value.base, frequencies: lists.frequencies.base, tops: lists.highest.base,
      lastPacked: lists.lastPacked.base, starts: lists.waitingStarts.base, documents: lists.documents.base,
      impacts: lists.impacts.base, nextBlock: nextBlock.value.base, blocks: blocks.base,
      places: places.value.base, highest: highest.value.base)
    Threads.run(endings.count) { part in
      for rank in cuts[part]..<cuts[part + 1] {
        writer.prefetch(after: rank, before: cuts[part + 1])
        writer.write(rank, to: &endings[part].payload, &endings[part].count)
      }
    }
    // Offsets within an ending become offsets of the payload.
    var base = payload.count
    for (part, ending) in endings.enumerated() {
      for rank in cuts[part]..<cuts[part + 1] { writer.move(rank, by: base) }
      base += ending.count
    }
    let frequencies = Shared(PageBuffer<UInt32>(capacity: ranks))
    for rank in 0..<ranks {
      if rank + 32 < ranks {
        unsafe ck_prefetch(lists.frequencies.base + Int(numbers.value.base[rank + 32]))
      }
      unsafe frequencies.value.base[rank] = lists.frequencies.base[Int(numbers.value.base[rank])]
    }
    lists = PostingLists()
    index.frequencies = column(frequencies.value, ranks)
    index.places = column(places.value, ranks)
    index.impacts = column(highest.value, ranks)
    index.blocks = column(blocks, blockCount)
    blocks = PageBuffer(capacity: 0)
    for ending in endings {
      let bytes = unsafe UnsafeBufferPointer(start: ending.payload.base, count: ending.count)
      unsafe payload.append(contentsOf: bytes.span)
    }
    index.payload = payload.finish(trimmed: payload.count < 1 << 22)
  }

  private static func column<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ buffer: borrowing PageBuffer<Element>, _ count: Int
  ) -> Column<Element> {
    let base = unsafe buffer.base
    return Column(count: count) { (span: inout MutableSpan<Element>) in
      unsafe span.withUnsafeMutableBufferPointer { target in
        if let start = target.baseAddress { unsafe start.update(from: base, count: count) }
      }
    }
  }
}

/// Writes the ends of lists; every thread writes only what belongs to its own ranks.
@safe
private struct EndWriter: @unchecked Sendable {
  let lists: UnsafePointer<UInt32>
  let frequencies: UnsafePointer<UInt32>
  let tops: UnsafePointer<UInt8>
  let lastPacked: UnsafePointer<UInt32>
  let starts: UnsafePointer<UInt32>
  let documents: UnsafePointer<UInt32>
  let impacts: UnsafePointer<UInt8>
  let nextBlock: UnsafePointer<UInt32>
  let blocks: UnsafeMutablePointer<UInt64>
  let places: UnsafeMutablePointer<UInt32>
  let highest: UnsafeMutablePointer<UInt8>

  /// Ranks are far apart in memory: has what later ones need fetched.
  @inline(__always)
  func prefetch(after rank: Int, before end: Int) {
    if rank + 32 < end {
      let list = unsafe Int(lists[rank + 32])
      unsafe ck_prefetch(frequencies + list)
      unsafe ck_prefetch(starts + list)
      unsafe ck_prefetch(tops + list)
    }
    if rank + 16 < end {
      let list = unsafe Int(lists[rank + 16])
      unsafe ck_prefetch(documents + Int(starts[list]))
      unsafe ck_prefetch(impacts + Int(starts[list]))
    }
  }

  func write(_ rank: Int, to payload: inout PageBuffer<UInt8>, _ count: inout Int) {
    let list = unsafe Int(lists[rank])
    let frequency = unsafe Int(frequencies[list])
    var place = unsafe Int(starts[list])
    let end = unsafe Int(starts[list + 1])
    if frequency == 1 {
      unsafe places[rank] = documents[place]
      unsafe highest[rank] = impacts[place]
      return
    }
    var top = unsafe tops[list]
    for posting in place..<end { top = max(top, unsafe impacts[posting]) }
    unsafe highest[rank] = top
    payload.reserve(count + 1 + 512 + 128 + (end - place) * 6)
    unsafe places[rank] = UInt32(truncatingIfNeeded: count)
    var last = UInt32.max
    if end - place >= PostingBlock.size {
      if frequency >= 2 * PostingBlock.size { last = unsafe lastPacked[list] }
      let target = unsafe payload.base + count
      let bits = unsafe ck_pack128(documents + place, last, target + 1)
      unsafe target[0] = UInt8(truncatingIfNeeded: bits)
      unsafe (target + 1 + 16 * Int(bits)).update(from: impacts + place, count: PostingBlock.size)
      last = unsafe documents[place + PostingBlock.size - 1]
      let block = unsafe Int(nextBlock[list])
      unsafe blocks[block] = UInt64(last) << 32 | UInt64(UInt32(truncatingIfNeeded: count))
      unsafe places[rank] = UInt32(truncatingIfNeeded: block + 1 - frequency / PostingBlock.size)
      count += PostingBlock.byteCount(bits: Int(bits))
      place += PostingBlock.size
    }
    unsafe count += PostingBlock.writeTail(
      documents + place, impacts + place, end - place, after: last, to: payload.base + count)
  }

  /// Has what `write` left in the ending of its range begin at an offset of the payload.
  func move(_ rank: Int, by base: Int) {
    let list = unsafe Int(lists[rank])
    let frequency = unsafe Int(frequencies[list])
    if frequency >= PostingBlock.size {
      unsafe blocks[Int(nextBlock[list])] += UInt64(base)
    } else if frequency > 1 {
      unsafe places[rank] += UInt32(truncatingIfNeeded: base)
    }
  }
}

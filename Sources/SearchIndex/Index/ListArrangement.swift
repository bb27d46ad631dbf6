internal import Bytes

/// The posting lists of a field in the order of their terms, each in one run.
///
/// An index that was built in pieces has the blocks of a list wherever its pieces ended, which costs nothing
/// in memory. In a file it would: every block of a list would lie on other pages, and be checked with 64 KiB
/// of others. So lists are put in order when they are written, which a copy of all of them is not needed
/// for.
struct ListArrangement {
  private let field: FieldColumns
  /// As `FieldColumns.blocks` and `FieldColumns.places`, of the lists in order.
  private(set) var blocks = Column<UInt64>()
  private(set) var places = Column<UInt32>()
  /// Bytes of all lists.
  private(set) var byteCount = 0

  /// Finds out where each list will stand; nil if they stand in order already.
  /// - Complexity: linear in the blocks and the postings that fill none.
  init?(_ field: FieldColumns) {
    self.field = field
    guard !ListArrangement.isInOrder(field.blocks) else { return nil }
    var end = 0
    var block = 0
    var moved = [UInt64](repeating: 0, count: field.blocks.count)
    places = Column(count: field.termCount) { (places: inout MutableSpan<UInt32>) in
      for rank in 0..<field.termCount {
        let frequency = Int(field.frequencies[rank])
        places[rank] = field.places[rank]
        if frequency == 1 { continue }
        let full = frequency / PostingBlock.size
        if full == 0 { places[rank] = UInt32(truncatingIfNeeded: end) }
        var last = Int(field.places[rank])
        let first = full > 0 ? Int(field.places[rank]) : 0
        for own in first..<min(first + full, field.blocks.count) {
          let entry = field.blocks[own]
          let count = ListArrangement.byteCount(ofBlockAt: entry, field.payload)
          moved[block] = (entry & ~0xFFFF_FFFF) | UInt64(UInt32(truncatingIfNeeded: end))
          if full > 0, own == first { places[rank] = UInt32(truncatingIfNeeded: block) }
          block += 1
          end += count
          last = Int(UInt32(truncatingIfNeeded: entry)) + count
        }
        end += ListArrangement.byteCount(ofTailAt: last, frequency % PostingBlock.size, field.payload)
      }
    }
    blocks = Column(moved)
    byteCount = end
  }

  /// Calls `body` for each part of the lists in order: a range of the field's payload.
  /// - Complexity: O(lists + blocks).
  func forEachRange(_ body: (Range<Int>) -> Void) {
    var end = 0
    let nextStart = ListArrangement.starts(of: self)
    for rank in 0..<field.termCount {
      let frequency = Int(field.frequencies[rank])
      if frequency == 1 { continue }
      let full = frequency / PostingBlock.size
      var last = Int(field.places[rank])
      let first = full > 0 ? last : 0
      for own in first..<min(first + full, field.blocks.count) {
        let entry = field.blocks[own]
        let start = Int(UInt32(truncatingIfNeeded: entry))
        last = start + ListArrangement.byteCount(ofBlockAt: entry, field.payload)
        body(start..<last)
        end += last - start
      }
      // The tail goes as far as the next list.
      let tail = nextStart(rank) - end
      if tail > 0 { body(last..<last + tail) }
      end += max(0, tail)
    }
  }

  /// Gives, rank by rank, where the list after it begins.
  private static func starts(of arrangement: ListArrangement) -> (Int) -> Int {
    let (field, places, blocks) = (arrangement.field, arrangement.places, arrangement.blocks)
    let (count, byteCount) = (field.termCount, arrangement.byteCount)
    return { rank in
      var next = rank + 1
      while next < count, field.frequencies[next] == 1 { next += 1 }
      guard next < count else { return byteCount }
      let place = Int(places[next])
      return field.frequencies[next] < PostingBlock.size
        ? place : Int(UInt32(truncatingIfNeeded: blocks[place]))
    }
  }

  private static func isInOrder(_ blocks: Column<UInt64>) -> Bool {
    var last: UInt32 = 0
    for block in 0..<blocks.count {
      let start = UInt32(truncatingIfNeeded: blocks[block])
      if start < last { return false }
      last = start
    }
    return true
  }

  private static func byteCount(ofBlockAt entry: UInt64, _ payload: Column<UInt8>) -> Int {
    PostingBlock.byteCount(bits: Int(min(payload[Int(UInt32(truncatingIfNeeded: entry))], 32)))
  }

  private static func byteCount(ofTailAt offset: Int, _ count: Int, _ payload: Column<UInt8>) -> Int {
    var place = offset
    for _ in 0..<count {
      while place < payload.count, payload[place] >= 0x80 { place += 1 }
      place += 2
    }
    return min(place, payload.count) - offset
  }
}

internal import Bytes
internal import CKernel

/// The columns of a field for reading all its terms and lists from one end to the other.
///
/// Columns never move or change, and are kept as long as this is. What they say may come from a damaged
/// file: every place is held against the column it points into, and a list that points outside ends there.
@safe
struct FieldReader: @unchecked Sendable {
  let field: FieldIndex
  private let termBytes: UnsafeBufferPointer<UInt8>
  private let termStarts: UnsafeBufferPointer<UInt32>
  private let frequencies: UnsafeBufferPointer<UInt32>
  private let places: UnsafeBufferPointer<UInt32>
  private let impacts: UnsafeBufferPointer<UInt8>
  private let blocks: UnsafeBufferPointer<UInt64>
  private let payload: UnsafeBufferPointer<UInt8>

  init(_ field: FieldIndex) {
    self.field = field
    unsafe termBytes = FieldReader.buffer(field.termBytes)
    unsafe termStarts = FieldReader.buffer(field.termStarts)
    unsafe frequencies = FieldReader.buffer(field.frequencies)
    unsafe places = FieldReader.buffer(field.places)
    unsafe impacts = FieldReader.buffer(field.impacts)
    unsafe blocks = FieldReader.buffer(field.blocks)
    unsafe payload = FieldReader.buffer(field.payload)
  }

  private static func buffer<Element>(_ column: Column<Element>) -> UnsafeBufferPointer<Element> {
    unsafe column.withSpan { span in unsafe span.withUnsafeBufferPointer { unsafe $0 } }
  }

  /// Terms that can be read.
  var termCount: Int {
    unsafe min(frequencies.count, places.count, impacts.count, max(termStarts.count - 1, 0))
  }

  /// The bytes of a term, for as long as this is kept.
  func term(_ rank: Int) -> UnsafeBufferPointer<UInt8> {
    let end = unsafe min(Int(termStarts[rank + 1]), termBytes.count)
    let start = unsafe min(Int(termStarts[rank]), end)
    return unsafe UnsafeBufferPointer(rebasing: termBytes[start..<end])
  }

  /// Postings of a list.
  func frequency(_ rank: Int) -> Int { unsafe Int(frequencies[rank]) }

  /// Reads a list, its documents numbered anew and those without a new number left out.
  /// - Parameters:
  ///   - rows: the new number of each document; `UInt32.max` for those that are gone.
  ///   - documents: room for the postings of the list, and 128 more; so in `impacts`.
  /// - Returns: how many postings were written.
  func read(
    _ rank: Int, rows: UnsafeBufferPointer<UInt32>, to documents: UnsafeMutablePointer<UInt32>,
    _ impacts: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let frequency = frequency(rank)
    var count = 0
    func put(_ document: UInt32, _ impact: UInt8) {
      let row = unsafe Int(document) < rows.count ? rows[Int(document)] : .max
      unsafe documents[count] = row
      unsafe impacts[count] = impact
      count += row == .max ? 0 : 1
    }
    if frequency == 1 {
      unsafe put(places[rank], self.impacts[rank])
      return count
    }
    let blockCount = frequency / PostingBlock.size
    let first = unsafe blockCount > 0 ? Int(places[rank]) : 0
    var at = unsafe blockCount > 0 ? 0 : Int(places[rank])
    var last = UInt32.max
    guard unsafe first + blockCount <= blocks.count, let base = unsafe payload.baseAddress else { return 0 }
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: PostingBlock.size) { unpacked in
      guard let numbers = unpacked.baseAddress else { return }
      for block in first..<first + blockCount {
        let entry = unsafe blocks[block]
        at = Int(UInt32(truncatingIfNeeded: entry))
        guard unsafe at < payload.count else { return }
        let bits = unsafe Int(min(base[at], 32))
        let end = at + PostingBlock.byteCount(bits: bits)
        guard unsafe end <= payload.count else { return }
        unsafe ck_unpack128(base + at + 1, UInt32(bits), last, numbers)
        let impacts = unsafe base + end - PostingBlock.size
        for posting in 0..<PostingBlock.size { unsafe put(numbers[posting], impacts[posting]) }
        last = UInt32(truncatingIfNeeded: entry >> 32)
        at = end
      }
      for _ in 0..<frequency % PostingBlock.size {
        var gap: UInt32 = 0
        var shift: UInt32 = 0
        while true {
          guard unsafe at + 1 < payload.count, shift < 32 else { return }
          let byte = unsafe base[at]
          at += 1
          gap |= UInt32(byte & 0x7F) << shift
          shift += 7
          if byte < 0x80 { break }
        }
        last = last &+ gap &+ 1
        unsafe put(last, base[at])
        at += 1
      }
    }
    return count
  }
}

internal import CKernel

/// How postings are written: blocks of 128, then a tail.
///
/// A block is one byte of bit width, 16 * width bytes of gaps in four lanes (see `ck_unpack128`), and 128
/// bytes of impact. The tail is, for each posting, the gap as a variable-length number and the impact.
/// Gaps are distances less one.
enum PostingBlock {
  /// Postings in a full block.
  static let size = 128

  /// Bytes of a block of a bit width.
  static func byteCount(bits: Int) -> Int { 1 + 16 * bits + size }

  /// Adds a full block to a payload.
  static func append(
    _ documents: ArraySlice<UInt32>, _ impacts: ArraySlice<UInt8>, after previous: UInt32,
    to payload: inout [UInt8]
  ) {
    var gaps: [UInt32] = []
    gaps.reserveCapacity(size)
    var last = previous
    var all: UInt32 = 0
    for document in documents {
      let gap = document &- last &- 1
      gaps.append(gap)
      all |= gap
      last = document
    }
    let bits = 32 - all.leadingZeroBitCount
    payload.append(UInt8(bits))
    var lanes: [UInt64] = [0, 0, 0, 0]
    var filled = 0
    for step in 0..<32 {
      for lane in 0..<4 { lanes[lane] |= UInt64(gaps[step * 4 + lane]) << UInt64(filled) }
      filled += bits
      if filled >= 32 {
        for lane in 0..<4 {
          let word = UInt32(truncatingIfNeeded: lanes[lane])
          for shift in stride(from: UInt32(0), to: 32, by: 8) {
            payload.append(UInt8(truncatingIfNeeded: word >> shift))
          }
          lanes[lane] >>= 32
        }
        filled -= 32
      }
    }
    payload.append(contentsOf: impacts)
  }

  /// Adds the postings that fill no block.
  static func appendTail(
    _ documents: ArraySlice<UInt32>, _ impacts: ArraySlice<UInt8>, after previous: UInt32,
    to payload: inout [UInt8]
  ) {
    var last = previous
    for (document, impact) in zip(documents, impacts) {
      var gap = document &- last &- 1
      while gap >= 0x80 {
        payload.append(UInt8(truncatingIfNeeded: gap) | 0x80)
        gap >>= 7
      }
      payload.append(UInt8(gap))
      payload.append(impact)
      last = document
    }
  }

  /// Reads the documents of a full block at a byte offset of a payload.
  static func unpack(
    _ payload: Span<UInt8>, at offset: Int, after previous: UInt32, into documents: inout [UInt32]
  ) {
    let bits = Int(min(payload[offset], 32))
    precondition(documents.count >= size && offset + byteCount(bits: bits) <= payload.count)
    unsafe payload.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe documents.withUnsafeMutableBufferPointer { target in
        guard let numbers = target.baseAddress else { return }
        unsafe ck_unpack128(base + offset + 1, UInt32(bits), previous, numbers)
      }
    }
  }
}

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

  /// Writes the postings that fill no block; at most 6 bytes each.
  /// - Returns: how many bytes were written.
  static func writeTail(
    _ documents: UnsafePointer<UInt32>, _ impacts: UnsafePointer<UInt8>, _ count: Int,
    after previous: UInt32, to payload: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var last = previous
    var at = 0
    for posting in 0..<count {
      let document = unsafe documents[posting]
      var gap = document &- last &- 1
      while gap >= 0x80 {
        unsafe payload[at] = UInt8(truncatingIfNeeded: gap) | 0x80
        at += 1
        gap >>= 7
      }
      unsafe payload[at] = UInt8(truncatingIfNeeded: gap)
      unsafe payload[at + 1] = impacts[posting]
      at += 2
      last = document
    }
    return at
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

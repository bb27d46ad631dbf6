import CZlib

/// Inflates bare deflate data and sums it up.
@safe
final class Inflater {
  /// How a step ended.
  enum Outcome { case more, end, damaged }

  // zlib keeps the address of its stream.
  private let stream: UnsafeMutablePointer<z_stream>
  /// CRC-32 of what came out since the last reset.
  private(set) var checksum: UInt32 = 0
  /// Number of bytes that came out since the last reset.
  private(set) var size = 0

  /// An inflater; nil when there is no memory for it.
  init?() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe cz_inflate_begin(stream) == Z_OK else {
      unsafe stream.deallocate()
      return nil
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Makes ready for the next data.
  func reset() {
    unsafe inflateReset(stream)
    (checksum, size) = (0, 0)
  }

  /// Inflates bytes at hand, appending at most `limit`.
  /// - Returns: how many came out, and how it ended.
  func step(_ input: PackedInput, into buffer: inout [UInt8], upTo limit: Int) -> (Int, Outcome) {
    var produced = 0
    var outcome = Outcome.more
    buffer.append(addingCapacity: limit) { output in
      unsafe output.withUnsafeMutableBufferPointer { target, count in
        unsafe input.bytes.withUnsafeBufferPointer { source in
          guard let from = source.baseAddress, let to = target.baseAddress else { return }
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: from + input.position)
          unsafe stream.pointee.avail_in = UInt32(clamping: input.available)
          unsafe stream.pointee.next_out = to + count
          unsafe stream.pointee.avail_out = UInt32(clamping: limit)
          let before = unsafe stream.pointee.avail_in
          let status = unsafe inflate(stream, Z_NO_FLUSH)
          produced = unsafe limit - Int(stream.pointee.avail_out)
          unsafe checksum = UInt32(
            truncatingIfNeeded: crc32(UInt(checksum), to + count, UInt32(clamping: produced)))
          unsafe input.use(Int(before - stream.pointee.avail_in))
          unsafe stream.pointee.next_in = nil
          unsafe stream.pointee.next_out = nil
          outcome = status == Z_STREAM_END ? .end : status == Z_OK || status == Z_BUF_ERROR ? .more : .damaged
          count += produced
        }
      }
    }
    size += produced
    return (produced, outcome)
  }
}

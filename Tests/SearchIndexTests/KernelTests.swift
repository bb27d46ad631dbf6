import CKernel
import Testing

@testable import SearchIndex

@Suite struct KernelTests {
  @Test func classifiesAsItsTwinDoes() {
    var random = Seeded(1)
    for count in 0...64 {
      for _ in 0..<20 {
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        unsafe bytes.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          let fast = unsafe ck_classify(base, count)
          let twin = unsafe ck_classify_portable(base, count)
          #expect(fast.word == twin.word && fast.high == twin.high)
        }
        let masks = unsafe bytes.withUnsafeBufferPointer { buffer in
          unsafe buffer.baseAddress.map { unsafe ck_classify($0, count) } ?? ck_masks(word: 0, high: 0)
        }
        for (place, byte) in bytes.enumerated() {
          let isWord =
            byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
          #expect(masks.word >> UInt64(place) & 1 == (isWord ? 1 : 0))
        }
      }
    }
  }

  @Test func unpacksWhatWasPackedAtEveryWidth() {
    var random = Seeded(2)
    for bits in 0...32 {
      for widePlace in [0, 1, 3, 64, 126, 127] {
        // Above 25 bits one wide gap alone, as 128 of them would pass the highest number.
        let widest = bits == 0 ? UInt32(0) : UInt32.max >> UInt32(32 - bits)
        var documents: [UInt32] = []
        var last = UInt32.max
        for place in 0..<128 {
          let gap = bits == 0 || bits > 24 ? 0 : UInt32.random(in: 0...widest, using: &random)
          last = last &+ (place == widePlace ? (bits > 24 ? widest &- 200 : widest) : gap) &+ 1
          documents.append(last)
        }
        let (packed, width) = pack(documents)
        let (twin, twinWidth) = pack(documents, portable: true)
        #expect(width == bits && twinWidth == bits)
        #expect(packed == twin)
        var payload = [UInt8(bits)] + packed
        payload += [UInt8](repeating: 9, count: 128)
        #expect(payload.count == PostingBlock.byteCount(bits: bits))
        var read = [UInt32](repeating: 0, count: 128)
        PostingBlock.unpack(payload.span, at: 0, after: .max, into: &read)
        #expect(read == documents)
        var second = [UInt32](repeating: 0, count: 128)
        unsafe payload.withUnsafeBufferPointer { source in
          unsafe second.withUnsafeMutableBufferPointer { target in
            guard let from = source.baseAddress, let to = target.baseAddress else { return }
            unsafe ck_unpack128_portable(from + 1, UInt32(bits), .max, to)
          }
        }
        #expect(second == documents)
      }
    }
  }

  private func pack(_ documents: [UInt32], portable: Bool = false) -> ([UInt8], Int) {
    var packed = [UInt8](repeating: 0, count: 512)
    var bits: UInt32 = 0
    unsafe documents.withUnsafeBufferPointer { source in
      unsafe packed.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        unsafe bits = portable ? ck_pack128_portable(from, .max, to) : ck_pack128(from, .max, to)
      }
    }
    return (Array(packed.prefix(16 * Int(bits))), Int(bits))
  }
}

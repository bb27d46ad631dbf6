/// SipHash-2-4 with a 128-bit result and a fixed key, fed in pieces.
///
/// The result is part of what is kept on disk, so the function may never change. It is a fingerprint
/// that spreads well, not a secret: the key is public.
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), and the 128-bit variant
/// of their reference code.
public struct StableHash: Sendable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  private var tail: UInt64 = 0
  private var byteCount: UInt64 = 0

  /// A fresh hash. The default key is Lectern's own.
  public init(key: (low: UInt64, high: UInt64) = (0x6C65_6374_6572_6E2E, 0x656E_7472_792E_6B31)) {
    v0 = 0x736f_6d65_7073_6575 ^ key.low
    v1 = 0x646f_7261_6e64_6f6d ^ key.high ^ 0xEE
    v2 = 0x6c79_6765_6e65_7261 ^ key.low
    v3 = 0x7465_6462_7974_6573 ^ key.high
  }

  /// Feeds one byte.
  @inline(__always)
  public mutating func combine(byte: UInt8) {
    tail |= UInt64(byte) << (8 * (byteCount & 7))
    byteCount &+= 1
    if byteCount & 7 == 0 {
      compress(tail)
      tail = 0
    }
  }

  /// Feeds a number, eight bytes little-endian.
  public mutating func combine(_ number: UInt64) {
    let held = 8 * (byteCount & 7)
    compress(tail | number << held)
    tail = held == 0 ? 0 : number >> (64 - held)
    byteCount &+= 8
  }

  /// Feeds bytes followed by their count, so that two fields never run into one.
  public mutating func combine(field: [UInt8]) {
    let held = 8 * (byteCount & 7)
    let whole = field.count / 8 * 8
    unsafe field.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: whole, by: 8) {
        let word = UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        compress(tail | word << held)
        tail = held == 0 ? 0 : word >> (64 - held)
      }
    }
    byteCount &+= UInt64(whole)
    for place in whole..<field.count { combine(byte: field[place]) }
    combine(UInt64(field.count))
  }

  /// Feeds a key, its upper half first.
  public mutating func combine(_ key: EntryKey) {
    combine(key.high)
    combine(key.low)
  }

  /// The 128 bits of what was fed.
  public consuming func finish() -> EntryKey {
    compress(tail | byteCount << 56)
    v2 ^= 0xEE
    for _ in 0..<4 { round() }
    let low = v0 ^ v1 ^ v2 ^ v3
    v1 ^= 0xDD
    for _ in 0..<4 { round() }
    return EntryKey(high: v0 ^ v1 ^ v2 ^ v3, low: low)
  }

  @inline(__always)
  private mutating func compress(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  @inline(__always)
  private mutating func round() {
    v0 &+= v1
    v1 = v1 << 13 | v1 >> 51
    v1 ^= v0
    v0 = v0 << 32 | v0 >> 32
    v2 &+= v3
    v3 = v3 << 16 | v3 >> 48
    v3 ^= v2
    v0 &+= v3
    v3 = v3 << 21 | v3 >> 43
    v3 ^= v0
    v2 &+= v1
    v1 = v1 << 17 | v1 >> 47
    v1 ^= v2
    v2 = v2 << 32 | v2 >> 32
  }
}

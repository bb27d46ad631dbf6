internal import CKernel

/// Bytes to be found in texts, with the two of them that are rarest there: those are looked for first.
struct Needle: Equatable, Sendable {
  let bytes: [UInt8]
  private let one: Int
  private let two: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let places = bytes.indices.sorted { Needle.commonness(bytes[$0]) < Needle.commonness(bytes[$1]) }
    let rarest = places.first ?? 0
    one = rarest
    two = places.dropFirst().first { bytes[$0] != bytes[rarest] } ?? bytes.indices.last ?? 0
  }

  /// The first place of the bytes, from a place on; nil if they are nowhere, or none.
  /// - Complexity: O(`text.count`), by 64 bytes at once.
  func first(in text: Span<UInt8>, from place: Int = 0) -> Int? {
    guard !bytes.isEmpty, place >= 0, text.count - place >= bytes.count else { return nil }
    let found = unsafe text.withUnsafeBufferPointer { text in
      unsafe bytes.withUnsafeBufferPointer { wanted -> Int in
        guard let base = text.baseAddress, let needle = wanted.baseAddress else { return -1 }
        return unsafe ck_find(base + place, text.count - place, needle, wanted.count, one, two)
      }
    }
    return found < 0 ? nil : place + found
  }

  /// How common a byte is in written text, by rank only: capitals and signs are rarer than any small
  /// letter, and those go by their share of English letters.
  private static func commonness(_ byte: UInt8) -> Int {
    if byte == 0x20 { return 40 }
    if byte >= 0x80 { return byte >= 0xC0 ? 20 : 12 }
    if byte == 0x0A || byte == 0x2E || byte == 0x2C { return 25 }
    let rank = "zqxjkvbpygfwmucldrhsinoate".utf8.enumerated().first { $0.element == byte }?.offset
    return rank.map { $0 + 10 } ?? ((0x30...0x39).contains(byte) ? 9 : 8)
  }
}

/// The beginning of a frame of Zstandard (RFC 8878).
struct ZstdFrame {
  /// How far back its data may refer, in bytes: the memory that it asks for.
  var window: UInt64
  /// How many bytes the header takes.
  var headerLength: Int
  /// Whether it says something that no version of the format has.
  var isDamaged: Bool

  /// The most bytes that a header takes.
  static let headerLimit = 18
  private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// Whether bytes begin a source of frames, frames to skip among them.
  static func isStart(_ head: [UInt8]) -> Bool {
    var position = 0
    while let length = skippable(head[position...]) {
      guard length <= head.count - position - 8 else { return true }
      position += 8 + length
    }
    return head[position...].starts(with: magic)
  }

  /// The length of the content of a frame to skip, if bytes begin one.
  static func skippable(_ bytes: ArraySlice<UInt8>) -> Int? {
    let head = Array(bytes.prefix(8))
    guard head.count == 8, head[0] & 0xF0 == 0x50, head[1...3].elementsEqual([0x2A, 0x4D, 0x18]) else {
      return nil
    }
    return Int(head[4]) | Int(head[5]) << 8 | Int(head[6]) << 16 | Int(head[7]) << 24
  }

  /// Whether bytes begin a frame with data.
  static func isData(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: magic) }

  /// Reads a header; nil when bytes are no frame with data, or too few.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard ZstdFrame.isData(bytes), bytes.count >= 6 else { return nil }
    let head = Array(bytes.prefix(ZstdFrame.headerLimit))
    let descriptor = head[4]
    let isOneSegment = descriptor & 0x20 != 0
    isDamaged = descriptor & 0x08 != 0
    let start = (isOneSegment ? 5 : 6) + [0, 1, 2, 4][Int(descriptor & 3)]
    let length = [isOneSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
    headerLength = start + length
    guard headerLength <= head.count else { return nil }
    if isOneSegment {
      // The window is as large as the content is said to be.
      window = head[start..<headerLength].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      if length == 2 { window += 256 }
    } else {
      let base = UInt64(1) << (10 + UInt64(head[5] >> 3))
      window = base + base / 8 * UInt64(head[5] & 7)
    }
  }
}

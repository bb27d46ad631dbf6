/// Tells bytes that are no text: programs, pictures, archives.
public enum BinaryContent {
  /// How many bytes are looked at.
  static let window = 1 << 16

  /// Whether bytes are no text in any encoding that is read here: a known magic number, a NUL in what
  /// is not UTF-16 or UTF-32, or more than a third control characters, in the first 64 KiB.
  /// - Complexity: O(min(`bytes.count`, 65,536)).
  public static func isBinary(_ bytes: [UInt8]) -> Bool {
    if magics.contains(where: { bytes.starts(with: $0) }) { return true }
    if ByteOrderMark.of(bytes) != nil { return false }
    var controls = 0
    var nuls = 0
    let head = bytes.prefix(window)
    for byte in head where byte < 0x20 {
      switch byte {
      case 0: nuls += 1
      case 0x09, 0x0A, 0x0C, 0x0D: break
      default: controls += 1
      }
    }
    if nuls > 0 { return UTF16Guess.of(bytes) == nil }
    return controls * 3 > head.count
  }

  private static let magics: [[UInt8]] = [
    [0x7F, 0x45, 0x4C, 0x46],  // ELF
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A],  // PNG
    [0xFF, 0xD8, 0xFF],  // JPEG
    Array("GIF87a".utf8), Array("GIF89a".utf8),
    Array("%PDF-".utf8),
    [0x50, 0x4B, 0x03, 0x04],  // ZIP
    [0x1F, 0x8B],  // gzip
    [0x28, 0xB5, 0x2F, 0xFD],  // zstd
    [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],  // xz
    Array("BZh".utf8) + [0x39, 0x31, 0x41, 0x59],
    Array("SQLite format 3".utf8) + [0],
  ]
}

/// A byte order mark at the start of a text.
enum ByteOrderMark: Hashable, Sendable {
  case utf8
  case utf16(bigEndian: Bool)
  case utf32(bigEndian: Bool)

  static func of(_ bytes: [UInt8]) -> ByteOrderMark? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32(bigEndian: false) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32(bigEndian: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16(bigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16(bigEndian: true) }
    return nil
  }

  /// Bytes of the mark itself.
  var length: Int {
    switch self {
    case .utf8: 3
    case .utf16: 2
    case .utf32: 4
    }
  }
}

/// UTF-16 without a mark, told by where its NULs stand.
enum UTF16Guess {
  /// True for big-endian, false for little-endian, nil when the bytes do not look like UTF-16: at least
  /// a fifth of the units have a NUL half, always the same one.
  static func of(_ bytes: [UInt8]) -> Bool? {
    let end = min(bytes.count, BinaryContent.window) & ~1
    guard end >= 4 else { return nil }
    var even = 0
    var odd = 0
    for position in stride(from: 0, to: end, by: 2) {
      if bytes[position] == 0 { even += 1 }
      if bytes[position + 1] == 0 { odd += 1 }
    }
    let units = end / 2
    if odd * 5 >= units, even == 0 { return false }
    if even * 5 >= units, odd == 0 { return true }
    return nil
  }
}

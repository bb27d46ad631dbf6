import Synchronization

/// What the bytes from 0x80 up stand for in a charset of one byte a character; below is ASCII.
struct SingleByteTable {
  /// Scalar values of the bytes 0x80 to 0xFF; 0xFFFD for none.
  let upper: [UInt32]

  private static let known = Mutex<[String: SingleByteTable]>([:])

  /// The table of a converter of the C library; where the system lacks it, nothing above ASCII is text.
  static func of(_ converter: String) -> SingleByteTable {
    known.withLock { known in
      if let table = known[converter] { return table }
      let table = SingleByteTable(converter)
      known[converter] = table
      return table
    }
  }

  private init(_ converter: String) {
    var upper = [UInt32](repeating: 0xFFFD, count: 128)
    if let system = SystemConverter(from: converter) {
      for byte in 0x80...0xFF {
        if let value = system.scalar([UInt8(byte)]), value >= 0xA0 { upper[byte - 0x80] = value }
      }
    }
    for (byte, value) in SingleByteTable.differences[converter] ?? [] { upper[byte - 0x80] = value }
    self.upper = upper
  }

  private init(upper: [UInt32]) { self.upper = upper }

  /// The text of bytes.
  /// - Complexity: O(`bytes.count`), eight bytes at a time through ASCII.
  func decode(_ bytes: [UInt8]) -> DecodedBytes {
    var outcome = DecodedBytes()
    outcome.utf8.reserveCapacity(bytes.count + bytes.count / 8)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        let end = UTF8Repair.asciiEnd(bytes, from: position)
        outcome.utf8.append(contentsOf: bytes[position..<end])
        position = end
      } else {
        let value = upper[Int(byte) - 0x80]
        outcome.append(value == 0xFFFD ? nil : value, from: position)
        position += 1
      }
    }
    return outcome
  }

  /// windows-1252, of which the C1 leftovers are no text. It stands here, as the last reading must not
  /// depend on what the system has.
  static let windows1252 = SingleByteTable(
    upper: [
      0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ] + (0xA0...0xFF))

  /// Where the WHATWG tables say something else than the C library.
  private static let differences: [String: [(Int, UInt32)]] = [
    "KOI8-U": [(0xAE, 0x045E), (0xBE, 0x040E)],
    "MACINTOSH": [(0xC6, 0x2206), (0xDB, 0x20AC), (0xF0, 0xF8FF)],
    "MAC-CYRILLIC": [(0xA2, 0x0490), (0xB6, 0x0491), (0xFF, 0x20AC)],
    "CP1255": [(0xCA, 0x05BA)],
  ]
}

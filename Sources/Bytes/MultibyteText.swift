/// A charset of one to four bytes a character, after the decoders of the WHATWG Encoding Standard.
protocol MultibyteText {
  /// Reads the character at a byte >= 0x80.
  /// - Returns: its scalar value (nil: no text), a second one that a few characters of Big5 have, and how
  ///   many bytes it takes; an ASCII byte is never part of what is no text.
  func character(_ bytes: Span<UInt8>, at position: Int) -> MultibyteCharacter
}

/// One character of a multibyte text, or a part that is none.
struct MultibyteCharacter {
  var value: UInt32?
  var second: UInt32?
  var length: Int

  /// A character of two bytes; one that is in no table spares an ASCII byte.
  @inline(__always)
  static func pair(_ value: UInt32?, trail: UInt8) -> MultibyteCharacter {
    MultibyteCharacter(value: value, second: nil, length: value == nil && trail < 0x80 ? 1 : 2)
  }

  /// A character, or no text, of so many bytes.
  @inline(__always)
  static func of(_ value: UInt32?, _ length: Int) -> MultibyteCharacter {
    MultibyteCharacter(value: value, second: nil, length: length)
  }
}

extension MultibyteText {
  /// The text of bytes.
  /// - Complexity: O(`bytes.count`), eight bytes at a time through ASCII.
  func decode(_ bytes: [UInt8]) -> DecodedBytes {
    var outcome = DecodedBytes()
    outcome.utf8.reserveCapacity(bytes.count + bytes.count / 2)
    let span = bytes.span
    var position = 0
    while position < span.count {
      if span[position] < 0x80 {
        let end = UTF8Repair.asciiEnd(bytes, from: position)
        outcome.utf8.append(contentsOf: bytes[position..<end])
        position = end
        continue
      }
      let found = character(span, at: position)
      outcome.append(found.value, from: position)
      if let second = found.second { outcome.append(second, from: position) }
      position += found.length
    }
    return outcome
  }
}

/// Tables of pairs of bytes, built once each from the C library's converters.
enum PairTable {
  /// Scalar values by row and cell; 0xFFFD for none.
  /// - Parameter bytes: the bytes of row and cell.
  static func build(
    _ converter: String, rows: Int, cells: Int, _ bytes: (_ row: Int, _ cell: Int) -> [UInt8]
  ) -> [UInt32] {
    var table = [UInt32](repeating: 0xFFFD, count: rows * cells)
    guard let system = SystemConverter(from: converter) else { return table }
    for row in 0..<rows {
      for cell in 0..<cells {
        if let value = system.scalar(bytes(row, cell)), value >= 0xA0 { table[row * cells + cell] = value }
      }
    }
    return table
  }

  /// The value at a place; nil for none.
  @inline(__always)
  static func value(_ table: [UInt32], _ place: Int) -> UInt32? {
    guard place >= 0, place < table.count, table[place] != 0xFFFD else { return nil }
    return table[place]
  }
}

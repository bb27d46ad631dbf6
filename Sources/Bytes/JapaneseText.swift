/// The two tables of Japanese characters, by row and cell.
enum JapaneseTable {
  /// JIS X 0208 with the additions of NEC and IBM: 94 cells a row, taken from Shift_JIS, whose rows are
  /// two of these.
  static let x0208 = PairTable.build("CP932", rows: 60, cells: 188) { row, cell in
    [UInt8(row < 0x1F ? 0x81 + row : 0xC1 + row), UInt8(cell < 0x3F ? 0x40 + cell : 0x41 + cell)]
  }
  /// JIS X 0212.
  static let x0212 = PairTable.build("EUC-JP", rows: 94, cells: 94) { row, cell in
    [0x8F, UInt8(0xA1 + row), UInt8(0xA1 + cell)]
  }
}

/// Shift_JIS as Windows writes it.
struct ShiftJIS: MultibyteText {
  private let table = JapaneseTable.x0208

  func character(_ bytes: Span<UInt8>, at position: Int) -> MultibyteCharacter {
    let lead = bytes[position]
    if (0xA1...0xDF).contains(lead) { return .of(0xFF61 - 0xA1 + UInt32(lead), 1) }
    guard (0x81...0x9F).contains(lead) || (0xE0...0xFC).contains(lead), position + 1 < bytes.count else {
      return .of(nil, 1)
    }
    let trail = bytes[position + 1]
    guard (0x40...0x7E).contains(trail) || (0x80...0xFC).contains(trail) else {
      return .pair(nil, trail: trail)
    }
    let cell = Int(trail) - (trail < 0x7F ? 0x40 : 0x41)
    let place = (Int(lead) - (lead < 0xA0 ? 0x81 : 0xC1)) * 188 + cell
    // Characters that users draw themselves: private use.
    if (8_836...10_715).contains(place) { return .of(UInt32(0xE000 - 8_836 + place), 2) }
    return .pair(PairTable.value(table, place), trail: trail)
  }
}

/// EUC-JP.
struct EUCJP: MultibyteText {
  private let table = JapaneseTable.x0208

  func character(_ bytes: Span<UInt8>, at position: Int) -> MultibyteCharacter {
    let lead = bytes[position]
    guard lead == 0x8E || lead == 0x8F || (0xA1...0xFE).contains(lead), position + 1 < bytes.count else {
      return .of(nil, 1)
    }
    let trail = bytes[position + 1]
    if lead == 0x8E, (0xA1...0xDF).contains(trail) { return .of(0xFF61 - 0xA1 + UInt32(trail), 2) }
    guard (0xA1...0xFE).contains(trail), lead != 0x8E else { return .pair(nil, trail: trail) }
    if lead == 0x8F {
      guard position + 2 < bytes.count, (0xA1...0xFE).contains(bytes[position + 2]) else {
        return .of(nil, 2)
      }
      let place = (Int(trail) - 0xA1) * 94 + Int(bytes[position + 2]) - 0xA1
      return .of(PairTable.value(JapaneseTable.x0212, place), 3)
    }
    return .pair(PairTable.value(table, (Int(lead) - 0xA1) * 94 + Int(trail) - 0xA1), trail: trail)
  }
}

/// ISO-2022-JP: seven bits, with escape sequences between the sets. No escape is ever passed on.
enum ISO2022JP {
  private enum CharacterSet { case ascii, roman, katakana, x0208, x0212 }

  /// The sequences after ESC that switch sets.
  private static let switches: [(bytes: [UInt8], set: CharacterSet)] = [
    ([0x28, 0x42], .ascii), ([0x28, 0x4A], .roman), ([0x28, 0x49], .katakana), ([0x24, 0x40], .x0208),
    ([0x24, 0x42], .x0208), ([0x24, 0x28, 0x42], .x0208), ([0x24, 0x28, 0x44], .x0212),
  ]

  private static func switchAfter(_ bytes: [UInt8], _ position: Int) -> (length: Int, set: CharacterSet)? {
    for known in switches where bytes[position...].starts(with: known.bytes) {
      return (known.bytes.count, known.set)
    }
    return nil
  }

  /// Whether text is clearly of this charset: seven bits only, every ESC switches sets, two-byte sets hold
  /// whole pairs of their cells and are left before the line ends, and at least one is used.
  /// - Complexity: O(`bytes.count`).
  static func claims(_ bytes: [UInt8]) -> Bool {
    var set = CharacterSet.ascii
    var position = 0
    var pairs = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x1B {
        guard let found = switchAfter(bytes, position + 1) else { return false }
        set = found.set
        position += 1 + found.length
      } else if set == .x0208 || set == .x0212 {
        guard position + 1 < bytes.count, (0x21...0x7E).contains(byte),
          (0x21...0x7E).contains(bytes[position + 1])
        else { return false }
        pairs += 1
        position += 2
      } else {
        guard byte < 0x80, byte != 0x0E, byte != 0x0F else { return false }
        position += 1
      }
    }
    return pairs > 0 && (set == .ascii || set == .roman)
  }

  /// The text of bytes.
  /// - Complexity: O(`bytes.count`).
  static func decode(_ bytes: [UInt8]) -> DecodedBytes {
    var outcome = DecodedBytes()
    outcome.utf8.reserveCapacity(bytes.count + bytes.count / 2)
    var set = CharacterSet.ascii
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x1B {
        if let found = switchAfter(bytes, position + 1) {
          set = found.set
          position += found.length
        } else {
          outcome.append(nil, from: position)
        }
        position += 1
        continue
      }
      // A line begins in ASCII, whatever the one before forgot.
      if byte == 0x0A || byte == 0x0D { set = .ascii }
      guard (set == .x0208 || set == .x0212), byte > 0x20, byte < 0x7F else {
        outcome.append(single(byte, in: set), from: position)
        position += 1
        continue
      }
      guard position + 1 < bytes.count, (0x21...0x7E).contains(bytes[position + 1]) else {
        outcome.append(nil, from: position)
        position += 1
        continue
      }
      let place = (Int(byte) - 0x21) * 94 + Int(bytes[position + 1]) - 0x21
      let table = set == .x0208 ? JapaneseTable.x0208 : JapaneseTable.x0212
      outcome.append(PairTable.value(table, place), from: position)
      position += 2
    }
    return outcome
  }

  private static func single(_ byte: UInt8, in set: CharacterSet) -> UInt32? {
    switch set {
    case _ where byte >= 0x80 || byte == 0x0E || byte == 0x0F: nil
    case .roman where byte == 0x5C: 0xA5
    case .roman where byte == 0x7E: 0x203E
    case .katakana where (0x21...0x5F).contains(byte): 0xFF61 - 0x21 + UInt32(byte)
    case .katakana where byte > 0x5F: nil
    default: UInt32(byte)
    }
  }
}

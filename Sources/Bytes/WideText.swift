/// Text of two or four bytes a unit.
enum WideText {
  /// Reads UTF-16; a surrogate without its other half is no text.
  /// - Complexity: O(`bytes.count`).
  static func utf16(_ bytes: [UInt8], bigEndian: Bool, from start: Int) -> DecodedBytes {
    var outcome = DecodedBytes()
    outcome.utf8.reserveCapacity(bytes.count)
    func unit(_ position: Int) -> UInt32? {
      guard position + 1 < bytes.count else { return nil }
      let (first, second) = (UInt32(bytes[position]), UInt32(bytes[position + 1]))
      return bigEndian ? first << 8 | second : second << 8 | first
    }
    var position = start
    while position < bytes.count {
      guard let first = unit(position) else {
        outcome.append(nil, from: position)
        break
      }
      var value: UInt32? = first
      var length = 2
      if first & 0xF800 == 0xD800 {
        value = nil
        if first < 0xDC00, let second = unit(position + 2), second & 0xFC00 == 0xDC00 {
          value = 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF))
          length = 4
        }
      }
      outcome.append(value, from: position)
      position += length
    }
    return outcome
  }

  /// Reads UTF-32.
  /// - Complexity: O(`bytes.count`).
  static func utf32(_ bytes: [UInt8], bigEndian: Bool, from start: Int) -> DecodedBytes {
    var outcome = DecodedBytes()
    outcome.utf8.reserveCapacity(bytes.count)
    var position = start
    while position < bytes.count {
      var value: UInt32? = nil
      if position + 3 < bytes.count {
        var joined: UInt32 = 0
        for place in 0..<4 {
          joined = joined << 8 | UInt32(bytes[position + (bigEndian ? place : 3 - place)])
        }
        value = joined
      }
      outcome.append(value, from: position)
      position += 4
    }
    return outcome
  }
}

/// Text reduced to what makes two copies of it the same: its words in lower case, one space between.
///
/// Letters, digits and marks make words; everything else parts them, so that other quotation marks,
/// white space or an entity decoded otherwise do not make another text.
enum FoldedWords {
  /// Folds the first words of a text.
  /// - Complexity: O(bytes read).
  static func fold(_ utf8: [UInt8], limit: Int = .max) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(min(utf8.count, 4096))
    var words = 0
    var isInWord = false
    var position = 0
    while position < utf8.count {
      let byte = utf8[position]
      let isWord: Bool
      let length: Int
      var scalar = Unicode.Scalar(byte)
      if byte < 0x80 {
        length = 1
        isWord = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      } else {
        (scalar, length) = decode(utf8, at: position)
        isWord = isWordScalar(scalar)
      }
      if isWord {
        if !isInWord {
          if words == limit { return folded }
          if words > 0 { folded.append(0x20) }
          words += 1
          isInWord = true
        }
        if byte < 0x80 {
          folded.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        } else {
          folded.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
      } else {
        isInWord = false
      }
      position += length
    }
    return folded
  }

  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  }

  /// The scalar at a lead byte of valid UTF-8; broken bytes count as U+FFFD, one byte long.
  private static func decode(_ utf8: [UInt8], at position: Int) -> (Unicode.Scalar, Int) {
    let lead = utf8[position]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    guard length > 1, position + length <= utf8.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(utf8[position + offset] & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }
}

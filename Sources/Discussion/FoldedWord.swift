/// One word of a text, folded to a number: words that differ only in case have the same one.
struct FoldedWord: Hashable {
  /// 64 bits of its folded bytes.
  var hash: UInt64
  /// Byte offsets of the word in the text.
  var lower: UInt32
  /// The byte after it.
  var upper: UInt32
}

extension FoldedWords {
  /// The words of a text in order, at most `limit`.
  ///
  /// As in `fold`, letters, digits and marks make words. Scripts that write no spaces between words (Han,
  /// kana, Thai and its neighbours) count one word a letter, so that a run of six words is a run of
  /// letters there.
  /// - Complexity: O(bytes read).
  static func words(of text: Span<UInt8>, limit: Int = .max) -> [FoldedWord] {
    var words: [FoldedWord] = []
    var hash = seed
    var start = -1
    var position = 0
    while position < text.count, words.count < limit {
      let byte = text[position]
      if byte < 0x80 {
        switch byte {
        case 0x30...0x39, 0x61...0x7A: hash = mixed(hash, UInt64(byte))
        case 0x41...0x5A: hash = mixed(hash, UInt64(byte | 0x20))
        default:
          if start >= 0 {
            words.append(FoldedWord(hash: finished(hash), lower: UInt32(start), upper: UInt32(position)))
            start = -1
            hash = seed
          }
          position += 1
          continue
        }
        if start < 0 { start = position }
        position += 1
        continue
      }
      let (scalar, length) = decode(text, at: position)
      let isWord = isWordScalar(scalar)
      let standsAlone = isWord && isUnspaced(scalar)
      if start >= 0, !isWord || standsAlone {
        words.append(FoldedWord(hash: finished(hash), lower: UInt32(start), upper: UInt32(position)))
        start = -1
        hash = seed
      }
      if standsAlone {
        if words.count < limit {
          words.append(
            FoldedWord(
              hash: finished(mixed(seed, UInt64(scalar.value) << 8)), lower: UInt32(position),
              upper: UInt32(position + length)))
        }
      } else if isWord {
        if start < 0 { start = position }
        for byte in scalar.properties.lowercaseMapping.utf8 { hash = mixed(hash, UInt64(byte)) }
      }
      position += length
    }
    if start >= 0, words.count < limit {
      words.append(FoldedWord(hash: finished(hash), lower: UInt32(start), upper: UInt32(position)))
    }
    return words
  }

  private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let product = (hash ^ value) &* 0x9FB2_1C65_1E98_DF25
    return product ^ product >> 29
  }

  /// Spreads the last bytes over all 64 bits (the finalizer of SplitMix64).
  @inline(__always)
  static func finished(_ hash: UInt64) -> UInt64 {
    var z = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// Whether a scalar's script writes no spaces between words.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x31F0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  private static func decode(_ text: Span<UInt8>, at position: Int) -> (Unicode.Scalar, Int) {
    let lead = text[position]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    guard length > 1, position + length <= text.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(text[position + offset] & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }
}

/// Names of authors as pages print them.
enum Name {
  /// Bytes without spaces and no-break spaces around them.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while true {
      if let first = slice.first, first == 0x20 || first == 0x09 {
        slice = slice.dropFirst()
      } else if slice.starts(with: [0xC2, 0xA0]) {
        slice = slice.dropFirst(2)
      } else if let last = slice.last, last == 0x20 || last == 0x09 {
        slice = slice.dropLast()
      } else if slice.count >= 2, slice.suffix(2).elementsEqual([0xC2, 0xA0]) {
        slice = slice.dropLast(2)
      } else {
        return slice
      }
    }
  }

  /// Whether a line could be a name and nothing else: a few words, no end of a sentence, no list of them.
  static func isPlausible(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.count <= 60 else { return false }
    guard bytes.split(separator: 0x20).count <= 5 else { return false }
    guard let last = bytes.last, ![0x21, 0x2C, 0x3A, 0x3B, 0x3F].contains(last) else { return false }
    if last == 0x2E, bytes.split(separator: 0x20).last.map({ $0.count > 4 }) ?? true { return false }
    return !bytes.contains { $0 < 0x20 || $0 == 0x3F || $0 == 0x21 || $0 == 0x3C || $0 == 0x3E || $0 == 0x7C }
      && Array(bytes).firstRange(of: [0x2E, 0x2E]) == nil
      && Array(bytes).firstRange(of: [0xE2, 0x80, 0xA6]) == nil
      && Array(bytes).firstRange(of: [0x2F, 0x2F]) == nil
  }
}

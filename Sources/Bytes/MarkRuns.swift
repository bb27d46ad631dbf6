/// Cuts runs of combining marks: Swift's String comparison and hashing are quadratic in them, and no
/// language stacks more than a few.
public enum MarkRuns {
  /// Leaves out what exceeds `limit` marks in a row; returns how many marks went.
  /// - Complexity: O(`utf8.count`), the text being valid UTF-8.
  public static func cut(_ utf8: inout [UInt8], keeping limit: Int) -> Int {
    var run = 0
    var cut = 0
    var position = 0
    var kept: [UInt8] = []
    var copied = 0
    while position < utf8.count {
      let lead = utf8[position]
      if lead < 0xCC {
        // Marks begin at U+0300, whose lead byte is 0xCC.
        run = 0
        position = lead < 0x80 ? UTF8Repair.asciiEnd(utf8, from: position) : position + 2
        continue
      }
      let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      let end = min(position + length, utf8.count)
      guard isMark(scalar(utf8[position..<end])) else {
        run = 0
        position = end
        continue
      }
      run += 1
      if run > limit {
        kept.append(contentsOf: utf8[copied..<position])
        copied = end
        cut += 1
      }
      position = end
    }
    if cut > 0 {
      kept.append(contentsOf: utf8[copied...])
      utf8 = kept
    }
    return cut
  }

  private static func scalar(_ sequence: ArraySlice<UInt8>) -> UInt32 {
    guard let lead = sequence.first else { return 0 }
    let bits: UInt32 = lead < 0xE0 ? 0x1F : lead < 0xF0 ? 0x0F : 0x07
    return sequence.dropFirst().reduce(UInt32(lead) & bits) { $0 << 6 | UInt32($1 & 0x3F) }
  }

  private static func isMark(_ value: UInt32) -> Bool {
    // Han, Hangul and private use hold no marks; do not ask for each.
    if value >= 0x3400 && value < 0xA000 || value >= 0xAC00 && value < 0xF900 { return false }
    guard let properties = Unicode.Scalar(value)?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }
}

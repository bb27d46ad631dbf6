/// Character references of HTML and XML: `&amp;`, `&#252;`, `&#xFC;`.
enum CharacterReferences {
  /// Which names are known.
  enum Vocabulary {
    /// Those of the HTML standard; some of them also without a semicolon.
    case html
    /// As `html`, in the value of an attribute: a name without semicolon is none before `=` or a letter.
    case htmlAttribute
    /// Those of the HTML standard and of XML, only with a semicolon.
    case xml
  }

  /// Text with its references replaced; what is no reference stays as it is.
  /// - Complexity: O(`text.count`).
  static func decode(_ text: [UInt8], as vocabulary: Vocabulary = .html) -> [UInt8] {
    guard let first = text.firstIndex(of: 0x26) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    output.append(contentsOf: text[..<first])
    decode(text.span, first..<text.count, as: vocabulary, into: &output)
    return output
  }

  /// Appends a range of text with its references replaced.
  static func decode(
    _ text: Span<UInt8>, _ range: Range<Int>, as vocabulary: Vocabulary, into output: inout [UInt8]
  ) {
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = text[position]
      if byte == 0x26 {
        let length = append(text, at: position, end: range.upperBound, as: vocabulary, to: &output)
        if length > 0 {
          position += length
          continue
        }
      }
      output.append(byte)
      position += 1
    }
  }

  /// Appends what the reference at an `&` stands for.
  /// - Returns: how long the reference is; 0 when there is none.
  /// - Complexity: O(1); a number is read to its end.
  static func append(
    _ text: Span<UInt8>, at start: Int, end: Int, as vocabulary: Vocabulary, to output: inout [UInt8]
  ) -> Int {
    guard start + 2 < end else { return 0 }
    if text[start + 1] == 0x23 { return appendNumber(text, at: start, end: end, to: &output) }
    var nameEnd = start + 1
    var hash = HTMLNameHash.start
    while nameEnd < end, nameEnd - start <= longestName, isAlphanumeric(text[nameEnd]) {
      hash = HTMLNameHash.mixed(hash, text[nameEnd])
      nameEnd += 1
    }
    let length = nameEnd - start - 1
    guard length >= 2 else { return 0 }
    let table = Table.shared
    if nameEnd < end, text[nameEnd] == 0x3B, let place = table.place(text, start + 1, length, hash) {
      table.append(place, to: &output)
      return length + 2
    }
    guard vocabulary != .xml else { return 0 }
    var shorter = min(length, longestBareName)
    while shorter >= 2 {
      defer { shorter -= 1 }
      let bare = HTMLNameHash.of(text, start + 1, shorter)
      guard let place = table.place(text, start + 1, shorter, bare), table.isBare(place) else { continue }
      if vocabulary == .htmlAttribute, start + 1 + shorter < end {
        let next = text[start + 1 + shorter]
        if next == 0x3D || isAlphanumeric(next) { return 0 }
      }
      table.append(place, to: &output)
      return shorter + 1
    }
    return 0
  }

  /// The scalar that a number stands for: windows-1252 for 128 to 159, U+FFFD for what is no scalar.
  static func scalar(_ number: UInt32) -> Unicode.Scalar {
    let value =
      switch number {
      case 0: 0xFFFD as UInt32
      case 0x80...0x9F: windows1252[Int(number) - 0x80]
      default: number
      }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Appends a scalar as UTF-8.
  static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    let value = scalar.value
    if value < 0x80 {
      output.append(UInt8(truncatingIfNeeded: value))
    } else if value < 0x800 {
      output.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    } else {
      if value < 0x10000 {
        output.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
      } else {
        output.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
        output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
      }
      output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    }
  }

  private static let longestName = 32
  private static let longestBareName = 6

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  private static func appendNumber(
    _ text: Span<UInt8>, at start: Int, end: Int, to output: inout [UInt8]
  ) -> Int {
    var position = start + 2
    let isHexadecimal = text[position] | 0x20 == 0x78
    if isHexadecimal { position += 1 }
    let digits = position
    var number: UInt32 = 0
    while position < end {
      let byte = text[position]
      let digit: UInt32
      if byte &- 0x30 < 10 {
        digit = UInt32(byte &- 0x30)
      } else if isHexadecimal, (byte | 0x20) &- 0x61 < 6 {
        digit = UInt32((byte | 0x20) &- 0x57)
      } else {
        break
      }
      number = min(0x11_0000, number &* (isHexadecimal ? 16 : 10) &+ digit)
      position += 1
    }
    guard position > digits else { return 0 }
    if position < end, text[position] == 0x3B { position += 1 }
    append(scalar(number), to: &output)
    return position - start
  }

  private static let windows1252: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}

extension CharacterReferences {
  /// The names, found by hash.
  private struct Table {
    static let shared = Table()

    private var bytes: [UInt8]
    /// Offsets into `bytes`, -1 where free; the size is a power of two.
    private var slots: [Int32]

    init() {
      bytes = Array(names.utf8)
      slots = [Int32](repeating: -1, count: 8192)
      var start = 0
      while let end = bytes[start...].firstIndex(of: 0x20) {
        let length = nameLength(at: start)
        var slot = Int(truncatingIfNeeded: HTMLNameHash.of(bytes.span, start, length)) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(start)
        start = end + 1
      }
    }

    func place(_ text: Span<UInt8>, _ start: Int, _ length: Int, _ hash: UInt64) -> Int? {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 {
        let place = Int(slots[slot])
        if isName(at: place, text, start, length) { return place }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }

    /// Whether the name at a place also stands without a semicolon.
    func isBare(_ place: Int) -> Bool { bytes[place + nameLength(at: place)] == 0x21 }

    func append(_ place: Int, to output: inout [UInt8]) {
      var position = place + nameLength(at: place) + 1
      var value: UInt32 = 0
      while true {
        let byte = bytes[position]
        if byte == 0x20 || byte == 0x2B {
          CharacterReferences.append(Unicode.Scalar(value) ?? "\u{FFFD}", to: &output)
          value = 0
          if byte == 0x20 { return }
        } else {
          value = value << 4 | UInt32(byte < 0x3A ? byte &- 0x30 : byte &- 0x57)
        }
        position += 1
      }
    }

    private func isName(at place: Int, _ text: Span<UInt8>, _ start: Int, _ length: Int) -> Bool {
      guard place + length < bytes.count, bytes[place + length] == 0x3A || bytes[place + length] == 0x21
      else { return false }
      for offset in 0..<length where bytes[place + offset] != text[start + offset] { return false }
      return true
    }

    private func nameLength(at place: Int) -> Int {
      var length = 0
      while bytes[place + length] != 0x3A, bytes[place + length] != 0x21 { length += 1 }
      return length
    }
  }
}

import Discussion

extension JSONNode {
  /// The moment a key states: ISO 8601, or seconds since 1970 (milliseconds when they are too many for
  /// that), as a number or as a string; nil when it states none.
  func date(_ key: StaticString) -> Timestamp? { self[key]?.date }

  /// The moment a value states; as of a key.
  var date: Timestamp? {
    guard kind == .number || kind == .string else { return nil }
    if kind == .string, let moment = ISODate.parse(raw) { return moment }
    guard var seconds = wholePart, seconds > 0 else { return nil }
    if seconds >= 100_000_000_000 { seconds /= 1000 }
    guard seconds < 253_402_300_800 else { return nil }
    return Timestamp(seconds: Int64(seconds), precision: .second, zoneMinutes: 0)
  }

  /// A key's text on one line: a name or a title; nil when there is none.
  func line(_ key: StaticString) -> [UInt8]? { self[key]?.line }

  /// A text on one line, white space collapsed; nil when it is no string or empty.
  var line: [UInt8]? {
    guard let string else { return nil }
    let line = OneLine.of(string)
    return line.isEmpty ? nil : line
  }

  /// A key's votes.
  func score(_ key: StaticString) -> Int32? { self[key]?.wholePart.map(Int32.init(clamping:)) }

  /// A key's text or digits with a prefix, as an id that no other format has.
  func identifier(_ key: StaticString, after prefix: StaticString) -> [UInt8]? {
    guard let id = self[key]?.identifier else { return nil }
    return prefix.withUTF8Buffer { unsafe Array($0) } + id
  }

  /// Whether a key is `true` (or the number one).
  func isTrue(_ key: StaticString) -> Bool {
    guard let value = self[key] else { return false }
    return value.bool ?? (value.kind == .number && value.int == 1)
  }

  /// Whether a key's text is this one.
  func isText(_ key: StaticString, _ text: StaticString) -> Bool {
    guard let value = self[key], value.kind == .string else { return false }
    let raw = value.raw
    return text.withUTF8Buffer { unsafe raw.elementsEqual($0) }
  }

  /// Whether a key is a number or text that is not empty.
  func hasIdentifier(_ key: StaticString) -> Bool {
    guard let value = self[key] else { return false }
    return value.kind == .number || (value.kind == .string && !value.raw.isEmpty)
  }

  /// Whether a key is text, empty or not.
  func hasString(_ key: StaticString) -> Bool { self[key]?.kind == .string }

  /// Whether a key is an array.
  func hasArray(_ key: StaticString) -> Bool { self[key]?.kind == .array }

  /// Whether a key is an object.
  func hasObject(_ key: StaticString) -> Bool { self[key]?.kind == .object }
}

/// Names and titles.
enum OneLine {
  /// Text on one line: white space and control characters between words as one space each, none around.
  /// - Complexity: O(bytes).
  static func of(_ text: [UInt8]) -> [UInt8] {
    if !text.contains(where: { $0 <= 0x20 || $0 == 0x7F }) { return text }
    var line: [UInt8] = []
    line.reserveCapacity(text.count)
    for byte in text {
      if byte > 0x20 || (byte < 0x20 && !(0x09...0x0D).contains(byte)) {
        line.append(byte)
      } else if let last = line.last, last != 0x20 {
        line.append(0x20)
      }
    }
    if line.last == 0x20 { line.removeLast() }
    return line
  }
}

/// Text without marks of any kind, as paragraphs.
enum PlainWords {
  /// Text as the model keeps it: lines by LF, none with white space at its end, paragraphs parted by one
  /// blank line.
  /// - Parameter text: valid UTF-8.
  /// - Complexity: O(bytes).
  static func parsed(_ text: [UInt8]) -> ParsedText {
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    var blanks = 0
    var at = 0
    while at < text.count {
      var end = at
      while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
      var last = end
      while last > at, text[last - 1] <= 0x20 { last -= 1 }
      if last == at {
        blanks += 1
      } else {
        if !kept.isEmpty { kept.append(contentsOf: blanks > 0 ? [0x0A, 0x0A] : [0x0A]) }
        kept.append(contentsOf: text[at..<last])
        blanks = 0
      }
      at = end + (end + 1 < text.count && text[end] == 0x0D && text[end + 1] == 0x0A ? 2 : 1)
    }
    return ParsedText(utf8: kept)
  }
}

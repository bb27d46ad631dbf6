/// A word, a number or a single mark of a folded line.
struct DateToken {
  enum Kind {
    /// Letters in a row, by what they mean in dates.
    case word(DateWord)
    /// Digits in a row, at most nine of them, an ordinal ending swallowed, and how many digits.
    case number(Int, digits: Int)
    /// Any other byte but a space.
    case mark(UInt8)
  }

  var kind: Kind
  /// Bytes of the folded line.
  var range: Range<Int>

  /// The word, if it is one.
  var word: DateWord? {
    if case .word(let word) = kind { word } else { nil }
  }

  /// The month that a word names.
  var month: Int? { word?.month }

  /// The mark, if it is one.
  var mark: UInt8? {
    if case .mark(let mark) = kind { mark } else { nil }
  }

  func isOne(of marks: [UInt8]) -> Bool { mark.map(marks.contains) ?? false }

  /// Whether the word has one of some meanings.
  func means(_ senses: DateWord.Senses) -> Bool { word.map { !$0.senses.isDisjoint(with: senses) } ?? false }

  /// Takes a line apart.
  /// - Complexity: O(`utf8.count`).
  static func scan(_ utf8: ArraySlice<UInt8>) -> [DateToken] {
    var tokens: [DateToken] = []
    var position = utf8.startIndex
    let end = utf8.endIndex
    while position < end {
      let start = position
      let byte = utf8[position]
      if isDigit(byte) {
        var value = 0
        while position < end, isDigit(utf8[position]) {
          if position - start < 9 { value = value * 10 + Int(utf8[position] - 0x30) }
          position += 1
        }
        let digits = position - start
        if digits <= 2 { position += ordinalLength(utf8, position) }
        tokens.append(DateToken(kind: .number(value, digits: digits), range: start..<position))
      } else if isLetter(byte) {
        while position < end, isLetter(utf8[position]) { position += 1 }
        tokens.append(DateToken(kind: .word(DateWord.of(utf8[start..<position])), range: start..<position))
      } else {
        position += 1
        while byte >= 0xC0, position < end, utf8[position] & 0xC0 == 0x80 { position += 1 }
        let isSpace = byte == 0x20 || byte == 0xC2 && position - start == 2 && utf8[start + 1] == 0xA0
        if !isSpace { tokens.append(DateToken(kind: .mark(byte), range: start..<position)) }
      }
    }
    return tokens
  }

  /// Takes a line apart.
  static func scan(_ utf8: [UInt8]) -> [DateToken] { scan(utf8[...]) }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Whether a letter begins or goes on here; signs of U+0080 to U+00BF and U+2000 to U+2FFF are marks.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte &- 0x61 < 26 || byte >= 0xC3 && byte != 0xE2 || byte & 0xC0 == 0x80
  }

  /// Length of `st`, `nd`, `rd`, `th`, `er` or `º` at a position, when no letter follows.
  private static func ordinalLength(_ utf8: ArraySlice<UInt8>, _ position: Int) -> Int {
    guard position + 2 <= utf8.endIndex else { return 0 }
    switch (utf8[position], utf8[position + 1]) {
    case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68), (0x65, 0x72), (0xC2, 0xBA), (0xC2, 0xAA):
      return position + 2 == utf8.endIndex || !isLetter(utf8[position + 2]) ? 2 : 0
    default: return 0
    }
  }
}

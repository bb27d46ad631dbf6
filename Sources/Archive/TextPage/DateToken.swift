/// A word, a number or a single mark of a folded line.
struct DateToken {
  enum Kind: Hashable {
    /// Letters in a row.
    case word([UInt8])
    /// Digits in a row, at most nine of them, an ordinal ending swallowed, and how many digits.
    case number(Int, digits: Int)
    /// Any other byte but a space.
    case mark(UInt8)
  }

  var kind: Kind
  /// Bytes of the folded line.
  var range: Range<Int>

  /// The month that a word names.
  var month: Int? {
    if case .word(let word) = kind { MonthNames.month(word) } else { nil }
  }

  /// The mark, if it is one.
  var mark: UInt8? {
    if case .mark(let mark) = kind { mark } else { nil }
  }

  func isOne(of marks: [UInt8]) -> Bool { mark.map(marks.contains) ?? false }

  func isWord(_ word: StaticText) -> Bool {
    if case .word(let mine) = kind { mine == word.utf8 } else { false }
  }

  /// Takes a line apart.
  /// - Complexity: O(`utf8.count`).
  static func scan(_ utf8: [UInt8]) -> [DateToken] {
    var tokens: [DateToken] = []
    var position = 0
    while position < utf8.count {
      let start = position
      let byte = utf8[position]
      if isDigit(byte) {
        var value = 0
        while position < utf8.count, isDigit(utf8[position]) {
          if position - start < 9 { value = value * 10 + Int(utf8[position] - 0x30) }
          position += 1
        }
        let digits = position - start
        if digits <= 2 { position += ordinalLength(utf8, position) }
        tokens.append(DateToken(kind: .number(value, digits: digits), range: start..<position))
      } else if isLetter(byte) {
        while position < utf8.count, isLetter(utf8[position]) { position += 1 }
        tokens.append(DateToken(kind: .word(Array(utf8[start..<position])), range: start..<position))
      } else {
        position += 1
        while byte >= 0xC0, position < utf8.count, utf8[position] & 0xC0 == 0x80 { position += 1 }
        if byte != 0x20 { tokens.append(DateToken(kind: .mark(byte), range: start..<position)) }
      }
    }
    return tokens
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Whether a letter begins or goes on here; signs of U+0080 to U+00BF and U+2000 to U+2FFF are marks.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte &- 0x61 < 26 || byte >= 0xC3 && byte != 0xE2 || byte & 0xC0 == 0x80
  }

  /// Length of `st`, `nd`, `rd`, `th` at a position, when no letter follows.
  private static func ordinalLength(_ utf8: [UInt8], _ position: Int) -> Int {
    guard position + 2 <= utf8.count else { return 0 }
    let pair = Array(utf8[position..<position + 2])
    let isOrdinal = [StaticText("st"), "nd", "rd", "th"].contains { $0.utf8 == pair }
    return isOrdinal && (position + 2 == utf8.count || !isLetter(utf8[position + 2])) ? 2 : 0
  }
}

/// A time of day after a date.
struct DateTime {
  var hour: Int
  var minute: Int
  var second: Int?
  /// Minutes east of UTC, when said.
  var zone: Int16?

  /// Reads `at 12:50 pm`, `, 16:31 Uhr`, `T10:51:01Z` from a token on; returns the token after it, which
  /// is `start` when no time is there.
  static func read(_ tokens: [DateToken], _ start: Int) -> (DateTime?, Int) {
    var next = start
    while let token = tokens[safe: next], next < start + 4 {
      guard token.isOne(of: [0x2C, 0x2D, 0x7C, 0x2F, 0x40, 0x28, 0x3A]) || isJoint(token) else { break }
      next += 1
    }
    guard case .number(var hour, let digits) = tokens[safe: next]?.kind, digits <= 2, hour <= 24 else {
      return (nil, start)
    }
    next += 1
    var minute = 0
    var second: Int?
    var hasMinute = false
    if let mark = tokens[safe: next]?.mark, mark == 0x3A || mark == 0x2E,
      case .number(let value, 2) = tokens[safe: next + 1]?.kind,
      value < 60
    {
      (minute, hasMinute) = (value, true)
      next += 2
      if tokens[safe: next]?.mark == 0x3A, case .number(let value, 2) = tokens[safe: next + 1]?.kind,
        value <= 60
      {
        second = value
        next += 2
      }
    } else if let token = tokens[safe: next], token.isWord("h") {
      hasMinute = true
      next += 1
      if case .number(let value, 2) = tokens[safe: next]?.kind, value < 60 {
        (minute, next) = (value, next + 1)
      }
    }
    let half = meridiem(tokens, &next)
    guard hasMinute || half != nil else { return (nil, start) }
    if let half {
      guard (1...12).contains(hour) else { return (nil, start) }
      hour = hour % 12 + (half ? 12 : 0)
    } else if let token = tokens[safe: next], token.isWord("uhr") || token.isWord("h") {
      next += 1
    }
    var zone: Int16?
    if let token = tokens[safe: next], token.isWord("z") || token.isWord("utc") || token.isWord("gmt") {
      zone = 0
      next += 1
    }
    return (DateTime(hour: hour % 24, minute: minute, second: second, zone: zone), next)
  }

  private static func isJoint(_ token: DateToken) -> Bool {
    [StaticText("at"), "um", "à", "a", "las", "t", "am", "on", "kl"].contains { token.isWord($0) }
  }

  /// True for pm, false for am, nil for neither; `p.m.` too.
  private static func meridiem(_ tokens: [DateToken], _ next: inout Int) -> Bool? {
    guard let token = tokens[safe: next] else { return nil }
    for (word, isPM) in [(StaticText("am"), false), ("pm", true)] where token.isWord(word) {
      next += 1
      return isPM
    }
    for (letter, isPM) in [(StaticText("a"), false), ("p", true)] where token.isWord(letter) {
      guard tokens[safe: next + 1]?.mark == 0x2E, tokens[safe: next + 2]?.isWord("m") == true else {
        return nil
      }
      next += tokens[safe: next + 3]?.mark == 0x2E ? 4 : 3
      return isPM
    }
    return nil
  }
}

/// Reads the statements of a TOML text, one after the other.
struct TOMLScanner {
  /// Why a statement is none.
  struct Fault: Error, Hashable {
    var sentence: String
  }

  /// The line that is read next, from 1.
  private(set) var line = 1
  private let bytes: [UInt8]
  private var position = 0

  /// Arrays and inline tables within each other.
  private static let depthLimit = 32
  /// Parts of a dotted key.
  private static let pathLimit = 16

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  // MARK: Statements

  /// Goes to the next statement; false at the end.
  mutating func skipToStatement() -> Bool {
    skipBlank(withLines: true)
    return position < bytes.count
  }

  /// Whether a table begins here.
  var isAtHeader: Bool { current == UInt8(ascii: "[") }

  /// Goes to the line behind another.
  mutating func skip(toLineAfter line: Int) {
    if self.line > line {
      position = 0
      self.line = 1
    }
    while self.line <= line, position < bytes.count { advance() }
  }

  /// `[a.b]`, to the end of its line.
  mutating func header() throws(Fault) -> [String] {
    advance()
    if current == UInt8(ascii: "[") { throw Fault(sentence: "a table stands in one pair of brackets here.") }
    let path = try keyPath()
    guard current == UInt8(ascii: "]") else {
      throw Fault(sentence: "] is missing behind the name of a table.")
    }
    advance()
    try endStatement()
    return path
  }

  /// `key = value`; an inline table gives what is in it as well.
  mutating func statement() throws(Fault) -> [TOMLText.Assignment] {
    var found: [TOMLText.Assignment] = []
    try assignment(below: [], depth: 0, into: &found)
    return found
  }

  /// Nothing but a comment may stand behind a statement.
  mutating func endStatement() throws(Fault) {
    skipBlank(withLines: false)
    guard let byte = current, byte != 0x0A else { return }
    guard byte == UInt8(ascii: "#") else { throw Fault(sentence: "something stands behind the value.") }
    skipComment()
  }

  private mutating func assignment(
    below path: [String], depth: Int, into found: inout [TOMLText.Assignment]
  ) throws(Fault) {
    let line = line
    let path = path + (try keyPath())
    guard current == UInt8(ascii: "=") else { throw Fault(sentence: "a key needs = and a value behind it.") }
    advance()
    skipBlank(withLines: false)
    let place = found.count
    let value = try value(at: path, depth: depth, into: &found)
    found.insert(TOMLText.Assignment(path: path, value: value, line: line), at: place)
  }

  // MARK: Keys

  private mutating func keyPath() throws(Fault) -> [String] {
    var path: [String] = []
    while true {
      skipBlank(withLines: false)
      path.append(try key())
      skipBlank(withLines: false)
      guard current == UInt8(ascii: ".") else { return path }
      guard path.count < Self.pathLimit else { throw Fault(sentence: "a key has too many parts.") }
      advance()
    }
  }

  private mutating func key() throws(Fault) -> String {
    if let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      return try line(quotedBy: quote)
    }
    let start = position
    while let byte = current, isBare(byte) { advance() }
    guard position > start else {
      throw Fault(sentence: "a key is missing; signs stand in quotes: \"<C-d>\".")
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }

  // MARK: Values

  private mutating func value(
    at path: [String], depth: Int, into found: inout [TOMLText.Assignment]
  ) throws(Fault) -> TOMLValue {
    guard depth < Self.depthLimit else { throw Fault(sentence: "too many brackets within each other.") }
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try text())
    case UInt8(ascii: "["):
      var ignored: [TOMLText.Assignment] = []
      try list(until: UInt8(ascii: "]")) { scanner throws(Fault) in
        _ = try scanner.value(at: path, depth: depth + 1, into: &ignored)
      }
      return .array
    case UInt8(ascii: "{"):
      var inner: [TOMLText.Assignment] = []
      try list(until: UInt8(ascii: "}")) { scanner throws(Fault) in
        try scanner.assignment(below: path, depth: depth + 1, into: &inner)
      }
      found += inner
      return .table
    default:
      let start = position
      while let byte = current, isBare(byte) || [0x2B, 0x2E, 0x3A].contains(byte) { advance() }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      if word.isEmpty { throw Fault(sentence: "a value is missing behind =.") }
      guard let value = Self.plain(word) else {
        throw Fault(sentence: "“\(word)” is no value; a text stands in quotes.")
      }
      return value
    }
  }

  /// What stands between brackets, parted by commas, over as many lines as it likes.
  private mutating func list(
    until end: UInt8, _ item: (inout TOMLScanner) throws(Fault) -> Void
  ) throws(Fault) {
    advance()
    while true {
      skipBlank(withLines: true)
      if current == end { break }
      try item(&self)
      skipBlank(withLines: true)
      if current == UInt8(ascii: ",") {
        advance()
      } else if current != end {
        throw Fault(sentence: "\(Unicode.Scalar(end)) or a comma is missing.")
      }
    }
    advance()
  }

  /// A value without quotes or brackets.
  private static func plain(_ word: String) -> TOMLValue? {
    if word == "true" || word == "false" { return .truth(word == "true") }
    let isSigned = word.hasPrefix("+") || word.hasPrefix("-")
    let digits = String(isSigned ? word.dropFirst() : word[...])
    if digits == "inf" || digits == "nan" { return .fraction }
    guard let first = digits.utf8.first, (0x30...0x39).contains(first) else { return nil }
    // An underscore stands between two digits.
    let parts = digits.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let whole = parts.joined()
    for (lead, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where whole.hasPrefix(lead) {
      let rest = whole.dropFirst(2)
      return isSigned || rest.hasPrefix("-") || rest.hasPrefix("+")
        ? nil : Int(rest, radix: radix).map { .number($0) }
    }
    if whole.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard whole.utf8.count == 1 || first != 0x30 else { return nil }
      return Int((word.hasPrefix("-") ? "-" : "") + whole).map { .number($0) }
    }
    // A date has its first dash behind four digits; only that it is one matters here.
    let bytes = Array(digits.utf8)
    if bytes.count >= 8, bytes[4] == 0x2D || bytes[2] == 0x3A { return .date }
    return Double(whole) == nil ? nil : .fraction
  }

  // MARK: Text

  private mutating func text() throws(Fault) -> String {
    guard let quote = current else { return "" }
    guard bytes[position...].starts(with: [quote, quote, quote]) else { return try line(quotedBy: quote) }
    for _ in 0..<3 { advance() }
    if current == 0x0D { advance() }
    if current == 0x0A { advance() }
    var text: [UInt8] = []
    while let byte = current {
      if byte == quote, bytes[position...].starts(with: [quote, quote, quote]) {
        for _ in 0..<3 { advance() }
        // Up to two quotes may stand directly before the end.
        for _ in 0..<2 where current == quote {
          text.append(quote)
          advance()
        }
        return String(decoding: text, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try escape(into: &text, joinsLines: true)
      } else {
        text.append(byte)
        advance()
      }
    }
    throw Fault(sentence: "a text over several lines has no end.")
  }

  private mutating func line(quotedBy quote: UInt8) throws(Fault) -> String {
    advance()
    var text: [UInt8] = []
    while let byte = current, byte != 0x0A {
      if byte == quote {
        advance()
        return String(decoding: text, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try escape(into: &text, joinsLines: false)
      } else {
        text.append(byte)
        advance()
      }
    }
    throw Fault(sentence: "a text has no end: \(Unicode.Scalar(quote)) is missing.")
  }

  private mutating func escape(into text: inout [UInt8], joinsLines: Bool) throws(Fault) {
    advance()
    let byte = current
    advance()
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "e"): text.append(0x1B)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte ?? 0)
    case UInt8(ascii: "u"): try scalar(digits: 4, into: &text)
    case UInt8(ascii: "U"): try scalar(digits: 8, into: &text)
    case 0x0A, 0x20, 0x09, 0x0D:
      guard joinsLines else { fallthrough }
      while let byte = current, [0x0A, 0x20, 0x09, 0x0D].contains(byte) { advance() }
    default: throw Fault(sentence: "\\ begins no escape that TOML knows; write it twice, or use ' quotes.")
    }
  }

  private mutating func scalar(digits: Int, into text: inout [UInt8]) throws(Fault) {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw Fault(sentence: "\\u takes four hexadecimal digits, \\U eight.")
      }
      value = value << 4 | UInt32(digit)
      advance()
    }
    guard let scalar = Unicode.Scalar(value) else { throw Fault(sentence: "\\u names no character.") }
    text += Array(String(scalar).utf8)
  }

  // MARK: Bytes

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func advance() {
    guard position < bytes.count else { return }
    if bytes[position] == 0x0A { line += 1 }
    position += 1
  }

  private mutating func skipBlank(withLines: Bool) {
    while let byte = current {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D || (withLines && byte == 0x0A) {
        advance()
      } else if withLines, byte == UInt8(ascii: "#") {
        skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() { while let byte = current, byte != 0x0A { advance() } }
}

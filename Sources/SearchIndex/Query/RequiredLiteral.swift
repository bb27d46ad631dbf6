/// Bytes that every match of an expression holds, found by a cautious reading of the expression: what is
/// not understood is taken to require nothing.
struct RequiredLiteral: Equatable, Sendable {
  /// The longest run of characters that stands in every match as it is; empty if none is known.
  var bytes: [UInt8] { needle.bytes }
  private var needle = Needle([])
  /// Whether the expression is nothing but these bytes, so that finding them is matching it.
  private(set) var isWhole = false
  /// ASCII letters and digits that every match holds side by side, in lowercase: some word of a matching
  /// text, as analysis reads it, holds them. Empty if none are known.
  private(set) var ofAWord: [UInt8] = []

  /// Reads an expression that PCRE2 has accepted.
  init(of pattern: [UInt8], ignoresCase: Bool) {
    var reader = LiteralReader(pattern)
    guard let runs = reader.runs() else { return }
    var longest: [UInt8] = []
    for run in runs {
      if !ignoresCase, run.count > longest.count { longest = run }
      for piece in run.split(whereSeparator: { !RequiredLiteral.isPlain($0) })
      where piece.count > ofAWord.count {
        ofAWord = piece.map { $0 | 0x20 }
      }
    }
    needle = Needle(longest)
    isWhole = !ignoresCase && bytes == pattern && !bytes.isEmpty
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
  }

  /// Where the bytes first stand in a text.
  func first(in text: Span<UInt8>) -> Int? { needle.first(in: text) }
}

/// Walks an expression at its outermost level.
private struct LiteralReader {
  private let pattern: [UInt8]
  private var at = 0
  private var found: [[UInt8]] = []
  private var run: [UInt8] = []

  init(_ pattern: [UInt8]) { self.pattern = pattern }

  private var byte: UInt8? { at < pattern.count ? pattern[at] : nil }

  /// The runs that every match holds; nil if that cannot be told.
  mutating func runs() -> [[UInt8]]? {
    while let byte {
      switch byte {
      case UInt8(ascii: "|"): return nil
      case UInt8(ascii: "("):
        endRun()
        guard skipGroup() else { return nil }
        guard skipQuantifier() != nil else { return nil }
      case UInt8(ascii: "["):
        endRun()
        guard skipClass() else { return nil }
        guard skipQuantifier() != nil else { return nil }
      case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "."):
        endRun()
        at += 1
        guard skipQuantifier() != nil else { return nil }
      case UInt8(ascii: "\\"):
        guard at + 1 < pattern.count, escape(pattern[at + 1]) else { return nil }
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"): return nil
      default:
        var size = 1
        while at + size < pattern.count, pattern[at + size] & 0xC0 == 0x80 { size += 1 }
        guard literal(Array(pattern[at..<at + size]), size: size) else { return nil }
      }
    }
    endRun()
    return found
  }

  private mutating func endRun() {
    if !run.isEmpty { found.append(run) }
    run = []
  }

  /// Takes a character that stands for itself, unless what follows makes it optional.
  private mutating func literal(_ bytes: [UInt8], size: Int) -> Bool {
    at += size
    guard let quantified = skipQuantifier() else { return false }
    switch quantified {
    case .none: run += bytes
    case .atLeastOnce:
      run += bytes
      endRun()
    case .perhaps: endRun()
    }
    return true
  }

  private mutating func escape(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"),
      UInt8(ascii: "S"), UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"),
      UInt8(ascii: "Z"), UInt8(ascii: "h"), UInt8(ascii: "v"), UInt8(ascii: "n"), UInt8(ascii: "t"),
      UInt8(ascii: "r"), UInt8(ascii: "R"):
      endRun()
      at += 2
      return skipQuantifier() != nil
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return literal([letter], size: 2)
    default: return false
    }
  }

  private enum Quantifier { case none, atLeastOnce, perhaps }

  /// Goes over `*`, `+`, `?` and counts with what may follow them; nil for what is not understood.
  private mutating func skipQuantifier() -> Quantifier? {
    var kind = Quantifier.none
    switch byte {
    case UInt8(ascii: "+"): kind = .atLeastOnce
    case UInt8(ascii: "*"), UInt8(ascii: "?"): kind = .perhaps
    case UInt8(ascii: "{"):
      guard let end = pattern[at...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
      at = end
      kind = .perhaps
    default: return .some(.none)
    }
    at += 1
    if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "+") { at += 1 }
    if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "+") { return nil }
    return kind
  }

  /// Goes over a group without options, names, verbs and recursion.
  private mutating func skipGroup() -> Bool {
    var depth = 0
    while let byte {
      switch byte {
      case UInt8(ascii: "("):
        depth += 1
        at += 1
        if self.byte == UInt8(ascii: "*") { return false }
        if self.byte == UInt8(ascii: "?") {
          at += 1
          guard self.byte == UInt8(ascii: ":") else { return false }
          at += 1
        }
      case UInt8(ascii: ")"):
        depth -= 1
        at += 1
        if depth == 0 { return true }
      case UInt8(ascii: "["): guard skipClass() else { return false }
      case UInt8(ascii: "\\"):
        guard at + 1 < pattern.count, pattern[at + 1] != UInt8(ascii: "Q"),
          pattern[at + 1] != UInt8(ascii: "c")
        else { return false }
        at += 2
      default: at += 1
      }
    }
    return false
  }

  /// Goes over `[…]`.
  private mutating func skipClass() -> Bool {
    at += 1
    if byte == UInt8(ascii: "^") { at += 1 }
    if byte == UInt8(ascii: "]") { at += 1 }
    while let byte {
      switch byte {
      case UInt8(ascii: "]"):
        at += 1
        return true
      case UInt8(ascii: "["):
        // A class of POSIX, `[:alpha:]`; a bracket by itself is rare enough to give up on.
        guard at + 1 < pattern.count, pattern[at + 1] == UInt8(ascii: ":") else { return false }
        at += 2
        while let byte = self.byte, byte != UInt8(ascii: "]") {
          _ = byte
          at += 1
        }
        at += 1
      case UInt8(ascii: "\\"):
        guard at + 1 < pattern.count, pattern[at + 1] != UInt8(ascii: "Q"),
          pattern[at + 1] != UInt8(ascii: "c")
        else { return false }
        at += 2
      default: at += 1
      }
    }
    return false
  }
}

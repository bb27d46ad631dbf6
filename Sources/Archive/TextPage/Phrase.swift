/// A short line folded for comparison: lower case, spaces and no-break spaces run together, typographic
/// apostrophes straight, list marker off.
///
/// Long lines are prose and have no phrase, so that folding costs little on any page.
struct Phrase {
  /// Lines of more bytes than this are never furniture, headings or names.
  static let limit = 240

  /// The folded bytes.
  let utf8: [UInt8]

  /// Folds a range of a text; nil when it is empty or long.
  init?(_ text: [UInt8], _ range: Range<Int>) {
    guard !range.isEmpty, range.count <= Phrase.limit else { return nil }
    self.init(folding: text[range])
  }

  /// Folds bytes of any length.
  init(folding bytes: some Collection<UInt8>) {
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    var isPlain = true
    var pendingSpace = false
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      if byte == 0x20 || byte == 0x09 {
        pendingSpace = !folded.isEmpty
        continue
      }
      if byte == 0xC2, let next = iterator.next() {
        if next == 0xA0 {
          pendingSpace = !folded.isEmpty
          continue
        }
        if pendingSpace { folded.append(0x20) }
        pendingSpace = false
        folded.append(byte)
        folded.append(next)
        continue
      }
      if pendingSpace { folded.append(0x20) }
      pendingSpace = false
      if byte >= 0x80 { isPlain = false }
      folded.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    if !isPlain {
      var lowered = Array(String(decoding: folded, as: UTF8.self).lowercased().utf8)
      Phrase.straighten(&lowered)
      folded = lowered
    }
    utf8 = folded
  }

  /// Typographic apostrophes become straight ones.
  private static func straighten(_ bytes: inout [UInt8]) {
    guard bytes.contains(0xE2) else { return }
    var straight: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == 0xE2, position + 2 < bytes.count, bytes[position + 1] == 0x80,
        bytes[position + 2] == 0x98 || bytes[position + 2] == 0x99
      {
        straight.append(0x27)
        position += 3
      } else {
        straight.append(bytes[position])
        position += 1
      }
    }
    bytes = straight
  }

  /// The words between spaces.
  var words: [ArraySlice<UInt8>] { utf8.split(separator: 0x20) }

  /// Whether the phrase begins with some ASCII text.
  func starts(with text: StaticText) -> Bool { utf8.starts(with: text.utf8) }

  /// Whether the phrase ends with some text.
  func ends(with text: StaticText) -> Bool {
    utf8.count >= text.utf8.count && utf8.suffix(text.utf8.count).elementsEqual(text.utf8)
  }

  /// Whether the phrase contains some text.
  func contains(_ text: StaticText) -> Bool { utf8.firstRange(of: text.utf8) != nil }

  /// Whether the phrase is this text.
  func `is`(_ text: StaticText) -> Bool { utf8.elementsEqual(text.utf8) }
}

/// Words of a table, as bytes.
struct StaticText: ExpressibleByStringLiteral, Hashable {
  let utf8: [UInt8]

  init(stringLiteral text: String) { utf8 = Array(text.utf8) }
}

extension [UInt8] {
  /// The first place where a needle stands. Only for short texts.
  func firstRange(of needle: [UInt8]) -> Range<Int>? {
    guard !needle.isEmpty, needle.count <= count else { return nil }
    for start in 0...(count - needle.count)
    where self[start] == needle[0] && self[start..<start + needle.count].elementsEqual(needle) {
      return start..<start + needle.count
    }
    return nil
  }
}

/// A set of phrases that a line may be or begin with, found by the first byte.
struct PhraseTable {
  private var whole: Set<[UInt8]> = []
  private var prefixes: [UInt8: [[UInt8]]] = [:]

  /// A table of phrases met whole and phrases that lines begin with.
  init(whole: [StaticText] = [], prefixes: [StaticText] = []) {
    self.whole = Set(whole.map(\.utf8))
    for prefix in prefixes { self.prefixes[prefix.utf8.first ?? 0, default: []].append(prefix.utf8) }
  }

  /// Whether a phrase is one of the whole ones, punctuation at its end aside, or begins with one of the
  /// prefixes.
  func matches(_ phrase: Phrase) -> Bool {
    var end = phrase.utf8.count
    while end > 0, [0x2E, 0x3A, 0x21, 0x2A].contains(phrase.utf8[end - 1]) { end -= 1 }
    if whole.contains(phrase.utf8) || whole.contains(Array(phrase.utf8[..<end])) { return true }
    guard let first = phrase.utf8.first, let candidates = prefixes[first] else { return false }
    return candidates.contains { phrase.utf8.starts(with: $0) }
  }
}

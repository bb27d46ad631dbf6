/// What a line is beside words of somebody, told once a line from tables.
struct LineTraits: OptionSet {
  let rawValue: UInt16

  /// A button or badge around a comment or a post.
  static let button = LineTraits(rawValue: 1)
  /// Begins a form for one more comment.
  static let form = LineTraits(rawValue: 2)
  /// Says that comments are closed.
  static let closed = LineTraits(rawValue: 4)
  /// A link to share, print or sign up.
  static let share = LineTraits(rawValue: 8)
  /// A date and nothing else.
  static let date = LineTraits(rawValue: 16)
  /// Opens a page's comments.
  static let heading = LineTraits(rawValue: 32)
  /// A button that stands under each comment: reply, quote, like, report.
  static let reply = LineTraits(rawValue: 64)
  /// What a page prints under its last words: links to its top, the software's name.
  static let foot = LineTraits(rawValue: 128)
  /// A field of an author's profile: `Posts: 12`, `Joined`, `Member`.
  static let profile = LineTraits(rawValue: 256)

  /// Whether nobody wrote the line.
  var isFurniture: Bool { !isDisjoint(with: [.button, .reply, .form, .closed, .share, .foot]) }
}

/// A set of phrases that a line may be or begin with, and what such a line is.
struct PhraseTable {
  private var whole: [ArraySlice<UInt8>: LineTraits] = [:]
  private var prefixes: [[(text: [UInt8], traits: LineTraits)]]
  /// For each first byte, which lengths whole phrases have; longer ones share the last bit.
  private var lengths: [UInt64]

  /// A table of phrases met whole and phrases that lines begin with.
  init(_ entries: [(traits: LineTraits, whole: [StaticText], prefixes: [StaticText])]) {
    prefixes = Array(repeating: [], count: 256)
    lengths = Array(repeating: 0, count: 256)
    for entry in entries {
      for text in entry.whole {
        whole[Array(text.utf8)[...], default: []].insert(entry.traits)
        guard let first = text.utf8.first else { continue }
        lengths[Int(first)] |= 1 << UInt64(min(63, text.utf8.count))
      }
      for text in entry.prefixes {
        guard let first = text.utf8.first else { continue }
        prefixes[Int(first)].append((Array(text.utf8), entry.traits))
      }
    }
  }

  /// What a phrase is, punctuation at its end aside.
  /// - Complexity: O(1) for most phrases: the first byte and the length rule them out.
  func traits(of phrase: Phrase) -> LineTraits {
    guard let first = phrase.utf8.first else { return [] }
    var found: LineTraits = []
    if let exact = exact(phrase.utf8) { found.formUnion(exact) }
    var end = phrase.utf8.endIndex
    while end > phrase.utf8.startIndex, PhraseTable.isStop(phrase.utf8[end - 1]) { end -= 1 }
    if end < phrase.utf8.endIndex, let exact = exact(phrase.utf8[..<end]) { found.formUnion(exact) }
    for prefix in prefixes[Int(first)] where phrase.utf8.starts(with: prefix.text) {
      found.formUnion(prefix.traits)
    }
    return found
  }

  private func exact(_ bytes: ArraySlice<UInt8>) -> LineTraits? {
    guard let first = bytes.first, lengths[Int(first)] & (1 << UInt64(min(63, bytes.count))) != 0 else {
      return nil
    }
    return whole[bytes]
  }

  private static func isStop(_ byte: UInt8) -> Bool {
    byte == 0x2E || byte == 0x3A || byte == 0x21 || byte == 0x2A
  }
}

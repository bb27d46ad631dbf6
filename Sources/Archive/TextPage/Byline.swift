import Discussion

/// A line that says who wrote what follows: `Steve Radick says:`, `Lisa sagt:`, `Ann said…`.
struct Byline: Hashable {
  /// The author's name.
  var author: [UInt8]
  /// When, if the same line says so.
  var date: Timestamp?

  /// Reads a byline; nil for any other line.
  init?(_ line: ArraySlice<UInt8>, dates: PageDateFinder) {
    guard line.count <= 120, line.count > 4 else { return nil }
    let bytes = Array(line)
    let lower = bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    for verb in Byline.verbs {
      guard let place = lower.firstRange(of: verb.word.utf8) else { continue }
      let name = Name.trimmed(bytes[..<place.lowerBound])
      guard Name.isPlausible(name) else { continue }
      let rest = bytes[place.upperBound...]
      let marks = Set<UInt8>([0x20, 0x3A, 0x2E, 0xE2, 0x80, 0xA6, 0xC2, 0xA0])
      if rest.allSatisfy({ marks.contains($0) }) {
        guard verb.standsAlone || !rest.isEmpty else { continue }
        author = Array(name)
        date = nil
        return
      }
      guard let found = dates.whole(Phrase(folding: rest)) else { continue }
      author = Array(name)
      date = found.timestamp
      return
    }
    return nil
  }

  /// The verbs that blog software writes after a name; those that stand alone need no colon after them.
  private static let verbs: [(word: StaticText, standsAlone: Bool)] = [
    (" says", true), (" said", false), (" sagt", true), (" sagte", false), (" schreibt", true),
    (" schrieb", false), (" meint", false), (" wrote", false), (" a dit", false), (" dit", false),
    (" écrit", false), (" a écrit", false), (" dice", false), (" dijo", false), (" ha dicho", false),
    (" commented", false), (" replied", false),
  ]
}

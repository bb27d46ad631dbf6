import Discussion

/// A line that says who wrote what follows: `Steve Radick says:`, `Lisa sagt:`, `Ann said…`,
/// `Ana dijo el 3 de mayo de 2015:`.
struct Byline: Hashable {
  /// The author's name.
  var author: [UInt8]
  /// When, if the same line says so.
  var date: Timestamp?
  /// Whether the verb is one that also introduces quotations: `wrote`, `schrieb`.
  var mayIntroduceQuote: Bool

  /// Reads a byline; nil for any other line.
  init?(_ line: ArraySlice<UInt8>, dates: PageDateFinder) {
    guard line.count <= 120, line.count > 4, Byline.mayEnd(line) else { return nil }
    let lower = AlignedFold.of(line)
    for verb in Byline.verbs {
      guard let place = lower.firstRange(of: verb.word.utf8) else { continue }
      let name = Name.withoutBadge(
        Name.trimmed(line[line.startIndex..<line.startIndex + place.lowerBound]))
      guard Name.isPlausible(name), !Byline.pronouns.contains(AlignedFold.of(name)) else { continue }
      let rest = line[(line.startIndex + place.upperBound)...]
      if rest.allSatisfy(Byline.isMark) {
        guard
          verb.standsAlone || rest.contains(where: { $0 != 0x20 && $0 != 0x2E }) || Byline.isEllipsis(rest)
        else { continue }
        (author, date, mayIntroduceQuote) = (Array(name), nil, verb.mayIntroduceQuote)
        return
      }
      guard let found = dates.whole(Phrase(folding: rest)) else { continue }
      (author, date, mayIntroduceQuote) = (Array(name), found.timestamp, verb.mayIntroduceQuote)
      return
    }
    return nil
  }

  /// A line can only be a byline when it ends like one: with a colon, points, a verb, or a date.
  private static func mayEnd(_ line: ArraySlice<UInt8>) -> Bool {
    guard let last = line.last else { return false }
    return last != 0x2C && last != 0x21 && last != 0x3F && last != 0x3B
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    [0x20, 0x3A, 0x2E, 0xE2, 0x80, 0xA6, 0xC2, 0xA0].contains(byte)
  }

  private static func isEllipsis(_ rest: ArraySlice<UInt8>) -> Bool { rest.filter { $0 == 0x2E }.count >= 2 }

  private static let pronouns: Set<[UInt8]> = Set(
    "he she it they we i you this that who er sie es man ich wir das wer il elle on ça cela él ella eso esto as so"
      .split(separator: " ").map { Array($0.utf8) })

  private struct Verb {
    var word: StaticText
    /// Needs no colon after it.
    var standsAlone = false
    var mayIntroduceQuote = false
  }

  /// The verbs that blog software writes after a name.
  private static let verbs: [Verb] = [
    Verb(word: " says", standsAlone: true), Verb(word: " said"), Verb(word: " sagt", standsAlone: true),
    Verb(word: " sagte"), Verb(word: " schreibt", standsAlone: true),
    Verb(word: " schrieb", mayIntroduceQuote: true), Verb(word: " meint", standsAlone: true),
    Verb(word: " meinte"),
    Verb(word: " wrote", mayIntroduceQuote: true), Verb(word: " a dit"), Verb(word: " dit"),
    Verb(word: " a écrit", mayIntroduceQuote: true), Verb(word: " écrit"), Verb(word: " dice"),
    Verb(word: " dijo"),
    Verb(word: " ha dicho"), Verb(word: " escribió", mayIntroduceQuote: true), Verb(word: " comentó"),
    Verb(word: " ha scritto", mayIntroduceQuote: true), Verb(word: " ha detto"), Verb(word: " disse"),
    Verb(word: " diz"), Verb(word: " comentou"), Verb(word: " escreveu", mayIntroduceQuote: true),
    Verb(word: " zegt"), Verb(word: " zei"), Verb(word: " schreef", mayIntroduceQuote: true),
    Verb(word: " säger"),
    Verb(word: " skrev", mayIntroduceQuote: true), Verb(word: " pisze"),
    Verb(word: " napisał(a)", mayIntroduceQuote: true), Verb(word: " napisał", mayIntroduceQuote: true),
    Verb(word: " commented"), Verb(word: " replied"), Verb(word: " hat gesagt"), Verb(word: " kommentierte"),
  ]
}

/// Lower case that keeps every byte where it is.
enum AlignedFold {
  /// Folds ASCII and the letters of U+00C0 to U+00DE; a no-break space becomes two spaces.
  static func of(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var folded = Array(bytes)
    var position = 0
    while position < folded.count {
      let byte = folded[position]
      if byte >= 0x41 && byte <= 0x5A {
        folded[position] = byte | 0x20
      } else if byte == 0xC3, position + 1 < folded.count {
        let next = folded[position + 1]
        if next >= 0x80, next <= 0x9E, next != 0x97 { folded[position + 1] = next | 0x20 }
        position += 1
      } else if byte == 0xC2, position + 1 < folded.count, folded[position + 1] == 0xA0 {
        (folded[position], folded[position + 1]) = (0x20, 0x20)
        position += 1
      }
      position += 1
    }
    return folded
  }
}

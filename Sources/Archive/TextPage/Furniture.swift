/// Lines that blog and forum software prints and nobody wrote.
enum Furniture {
  /// What a line is beside somebody's words.
  static func traits(of phrase: Phrase) -> LineTraits {
    var traits = table.traits(of: phrase)
    if traits.isEmpty, isCount(phrase) { traits = .button }
    return traits
  }

  /// `2 Likes`, `15 Upvotes`, `{{ left over of a template }}`.
  private static func isCount(_ phrase: Phrase) -> Bool {
    if phrase.starts(with: "{{"), phrase.ends(with: "}}") { return true }
    if phrase.utf8.count <= 16, let cross = phrase.utf8.lastIndex(of: 0x78), cross > phrase.utf8.startIndex {
      // `Likex1` and `Like x 12`.
      let count = phrase.utf8[(cross + 1)...].drop { $0 == 0x20 }
      if !count.isEmpty, count.allSatisfy({ $0 &- 0x30 < 10 }) { return true }
    }
    guard let first = phrase.utf8.first, first &- 0x30 < 10 || first == 0x2B, phrase.utf8.count <= 24 else {
      return false
    }
    let words = phrase.words
    guard words.count == 2 else { return false }
    return counted.contains(words[1]) && words[0].allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2B }
  }

  private static let counted: Set<ArraySlice<UInt8>> = Set(
    "like likes upvote upvotes vote votes point points antwort antworten reply replies réponse réponses respuestas me"
      .split(separator: " ").map { Array($0.utf8)[...] })

  private static let table = PhraseTable([
    (.closed, closedWhole, closedPrefixes), (.form, formWhole, formPrefixes),
    (.button, buttonWhole, buttonPrefixes),
    (.reply, replyWhole, replyPrefixes), (.share, shareWhole, sharePrefixes),
    (.foot, footWhole, footPrefixes),
    (.profile, profileWhole, profilePrefixes),
  ])

  /// The footer under a post that names its categories and its permanent link.
  static func isPostFooter(_ phrase: Phrase) -> Bool {
    phrase.contains("bookmark the permalink") || phrase.starts(with: "this entry was posted ")
      || phrase.starts(with: "dieser beitrag wurde") || phrase.starts(with: "this post was posted")
      || phrase.starts(with: "ce contenu a été publié") || phrase.starts(with: "esta entrada fue publicada")
  }

  /// Links to the page before and after, as in `« older | Main | newer »`.
  static func isNavigation(_ phrase: Phrase) -> Bool {
    let begins = [StaticText("«"), "‹", "←", "<<"].contains { phrase.starts(with: $0) }
    let ends = [StaticText("»"), "›", "→", ">>"].contains { phrase.ends(with: $0) }
    return begins && (ends || phrase.contains(" | ")) || ends && phrase.contains(" | ")
  }

  /// A line that gives credit for a picture: `Image credit: …`, `Picture credit.`, `Foto: …`.
  static func isCredit(_ phrase: Phrase) -> Bool {
    let words = phrase.words
    guard words.count <= 12, let first = words.first else { return false }
    let noun = String(decoding: first.prefix { $0 != 0x3A && $0 != 0x2E }, as: UTF8.self)
    let endsInColon = first.last == 0x3A
    if ["bildquelle", "bildnachweis", "titelbild", "fotocredit", "beitragsbild"].contains(noun) {
      return endsInColon
    }
    if ["foto", "photo", "bild", "image", "picture"].contains(noun), endsInColon { return true }
    guard words.count >= 2,
      ["image", "picture", "photo", "photograph", "header", "featured", "cover", "crédit"].contains(noun)
    else { return false }
    let second = String(decoding: words[1].prefix { $0 != 0x3A && $0 != 0x2E }, as: UTF8.self)
    let isCreditWord = ["credit", "credits", "courtesy", "source", "crédit"].contains(second)
    return isCreditWord && (words.count == 2 || words[1].last == 0x3A || words.count <= 8)
      || second == "by" && words.count <= 7
      || ["image", "photo", "picture"].contains(second) && words.count > 2
        && [StaticText("credit"), "by", "courtesy"].contains { words[2].starts(with: $0.utf8) }
  }
}

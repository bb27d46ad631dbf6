/// Names of authors as pages print them.
enum Name {
  /// Bytes without spaces and no-break spaces around them.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while true {
      if let first = slice.first, first == 0x20 || first == 0x09 {
        slice = slice.dropFirst()
      } else if slice.starts(with: [0xC2, 0xA0]) {
        slice = slice.dropFirst(2)
      } else if let last = slice.last, last == 0x20 || last == 0x09 {
        slice = slice.dropLast()
      } else if slice.count >= 2, slice.suffix(2).elementsEqual([0xC2, 0xA0]) {
        slice = slice.dropLast(2)
      } else {
        return slice
      }
    }
  }

  /// Whether a line could be a name and nothing else: a few words, no end of a sentence, no list of them.
  static func isPlausible(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.count <= 60, !bytes.starts(with: [0x40, 0x20]) else { return false }
    guard bytes.split(separator: 0x20).count <= 5 else { return false }
    guard let last = bytes.last, ![0x21, 0x2C, 0x3A, 0x3B, 0x3F].contains(last) else { return false }
    if last == 0x2E, bytes.split(separator: 0x20).last.map({ $0.count > 4 }) ?? true { return false }
    return !bytes.contains { $0 < 0x20 || $0 == 0x3F || $0 == 0x21 || $0 == 0x3C || $0 == 0x3E || $0 == 0x7C }
      && bytes.firstRange(of: [0x2E, 0x2E]) == nil
      && bytes.firstRange(of: [0xE2, 0x80, 0xA6]) == nil
      && bytes.firstRange(of: [0x2F, 0x2F]) == nil
  }

  /// Whether words could be a name beside a date, where headings, labels and titles stand as well: at most
  /// four words, letters in it, none of the words that labels are made of.
  static func isPlausibleBesideDate(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard isPlausible(bytes), bytes.count <= 40, !bytes.contains(0x3A), !bytes.contains(0x2F) else {
      return false
    }
    guard bytes.contains(where: { ($0 | 0x20) &- 0x61 < 26 || $0 >= 0xC3 }) else {
      return false
    }
    // `One.` is a sentence, `Maria K.` is a name.
    if bytes.last == 0x2E,
      bytes.split(whereSeparator: { $0 == 0x20 || $0 == 0x2E }).last.map({ $0.count > 2 }) ?? true
    {
      return false
    }
    let words = AlignedFold.of(bytes).split { $0 == 0x20 || $0 == 0x2E || $0 == 0x2C }
    return (1...4).contains(words.count) && words.allSatisfy { !labels.contains($0) }
  }

  /// A name without the badge that software prints behind or over it: `Mathias Autor`, `Ann (author)`,
  /// `Profile picture of the author Bo`, `Avatar of Bo`.
  static func withoutBadge(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var name = bytes
    let folded = AlignedFold.of(bytes)
    for text in pictures where folded.starts(with: text.utf8) {
      name = trimmed(name.dropFirst(text.utf8.count))
      break
    }
    let tail = AlignedFold.of(name)
    for badge in badges
    where tail.count > badge.utf8.count && tail.suffix(badge.utf8.count).elementsEqual(badge.utf8) {
      let shorter = trimmed(name.dropLast(badge.utf8.count))
      if !shorter.isEmpty { return shorter }
    }
    return name
  }

  /// Whether a line begins with words that stand for a picture of its author.
  static func hasPicture(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= 80 else { return false }
    let folded = AlignedFold.of(bytes)
    return pictures.contains { folded.starts(with: $0.utf8) && folded.count > $0.utf8.count }
  }

  /// Whether a line is a badge under a name and nothing else.
  static func isBadge(_ phrase: Phrase) -> Bool { badgeLines.contains { phrase.is($0) } }

  private static let pictures: [StaticText] = [
    "profile picture of the author ", "profile picture of ", "profile picture for ", "avatar of ",
    "avatar for ",
    "photo of ", "gravatar of ", "picture of ", "user avatar for ", "profilbild von ", "avatar von ",
    "benutzerbild von ",
    "profilbild ", "photo de profil de ", "avatar de ", "foto de perfil de ", "foto del perfil de ",
    "foto do perfil de ",
  ]

  private static let badges: [StaticText] = [
    " post author", " article author", " (author)", " (autor)", " (post author)", " (op)", " [op]",
    " beitragsautor",
    " autor", " author", " auteur", " (auteur)", " auteur de l'article", " autor de la entrada", " (admin)",
    " (moderator)", " (mod)", " autore",
  ]

  private static let badgeLines: [StaticText] = [
    "author", "post author", "article author", "autor", "beitragsautor", "artikelautor", "autorin", "auteur",
    "auteur de l'article", "autore", "moderator", "admin", "administrator", "op", "verified", "staff", "team",
    "redaktion", "guest", "gast", "member", "mitglied",
  ]

  /// Words of labels, never of names.
  private static let labels: Set<ArraySlice<UInt8>> = Set(
    """
    joined registered posts post posted last edited updated modified published date in filed category categories \
    views comments comment kommentare kommentar responses response replies reply page seite copyright © version \
    released release since until bis from aktualisiert created erstellt stand member re on at by the veröffentlicht \
    geändert zuletzt bearbeitet updated: commentaires comentarios publié mis jour publicado actualizado uhr vom am um \
    and und of for to with is was are january february this that your my our not no january edition issue vol volume \
    chapter part week day today episode folge teil news update review series tour copyright: archive archives print \
    read more min minutes tags tagged rezept termin termine datum ab seit gültig expires started opened closed \
    merged asked answered active modified viewed
    """.split(separator: " ").map { Array($0.utf8)[...] })
}

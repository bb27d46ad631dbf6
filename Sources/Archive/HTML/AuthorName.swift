/// Names of authors as pages print them, without the words around them.
enum AuthorName {
  /// The longest name that is one, in bytes.
  static let limit = 300

  /// A name without `says:`, `by` and the like; nil when nothing is left, or too much.
  static func of(_ line: [UInt8]) -> [UInt8]? {
    guard line.count <= 4_000 else { return nil }
    var name = Name.trimmed(OneLine.of(line)[...])
    guard !name.isEmpty, name.count <= 400 else { return nil }
    var isChanged = true
    while isChanged {
      isChanged = false
      while let last = name.last, last == 0x3A || last == 0x2C || last == 0x7C || last == 0x3B {
        name = Name.trimmed(name.dropLast())
        isChanged = true
      }
      while name.count >= 2,
        name.suffix(2).elementsEqual([0xC2, 0xB7]) || name.suffix(2).elementsEqual([0xC2, 0xBB])
      {
        name = Name.trimmed(name.dropLast(2))
        isChanged = true
      }
      let folded = Phrase(folding: name).utf8
      for ending in endings
      where folded.count > ending.count && folded.suffix(ending.count).elementsEqual(ending) {
        name = Name.trimmed(name.dropLast(ending.count))
        isChanged = true
        break
      }
      for ending in joints where name.count > ending.count && name.suffix(ending.count).elementsEqual(ending)
      {
        name = Name.trimmed(name.dropLast(ending.count))
        isChanged = true
      }
      for beginning in beginnings where folded.count > beginning.count && folded.starts(with: beginning) {
        name = Name.trimmed(name.dropFirst(beginning.count))
        isChanged = true
        break
      }
      if name.isEmpty { return nil }
    }
    guard name.count <= limit,
      name.contains(where: { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 >= 0x80 })
    else { return nil }
    return Array(name)
  }

  /// Words behind a name, each with the space before it.
  private static let endings: [[UInt8]] = [
    " says", " said", "said...", " said…", " sagt", " sagte", " dijo", " dit", " a dit",
    " ha scritto",
    " ha detto", " dice", " disse", " diz", " schrieb", " schreibt", " wrote", " writes", " écrit",
    " a écrit",
    " scrive", " zegt", " schreef", " skriver", " skrev", " säger", " sier", " siger", " pisze", " napisał",
    " пишет", " писал", " комментирует", " meint", " meinte", " kommentierte", " commented", " replied",
    " says...",
    " edited", " (edited)", " [s]",
  ].map { Array($0.utf8) }

  /// Words between a name and a date, only in small letters: `Le` and `On` are names.
  private static let joints: [[UInt8]] = [" on", " am", " el", " le", " at"].map { Array($0.utf8) }

  /// Words before a name, each with the space behind it.
  private static let beginnings: [[UInt8]] = [
    "by ", "von ", "posted by ", "post by ", "comment by ", "kommentar von ", "beitrag von ", "beitragvon ",
    "written by ", "geschrieben von ", "verfasst von ", "submitted by ", "door ", "przez ", "par ",
    "author: ",
    "name: ", "comment from ", "commented by ", "reply by ", "reply from ", "publicado por ", "escrito por ",
    "comentario de ", "posté par ", "écrit par ", "scritto da ", "inviato da ", "• ", "~ ", "- ", "– ", "— ",
    "by: ",
  ].map { Array($0.utf8) }
}

/// The words with which software marks links from other pages.
enum PingbackMark {
  /// Whether a text begins as a pingback does.
  static func begins(_ text: [UInt8]) -> Bool {
    let folded = Phrase(folding: text.prefix(24)).utf8
    return [StaticText("pingback:"), "trackback:", "ping:", "[…] ", "pingback from"].contains {
      folded.starts(with: $0.utf8)
    }
  }
}

/// The words before the date of a change.
enum EditMark {
  /// Whether folded words begin so.
  static func begins(_ words: some Collection<UInt8>) -> Bool {
    [
      StaticText("edited"), "last edited", "last modified", "modified", "updated", "last updated",
      "bearbeitet",
      "zuletzt bearbeitet", "zuletzt geändert", "geändert", "modifié", "editado", "joined", "registriert",
      "member since", "mitglied seit", "dabei seit",
    ].contains { words.starts(with: $0.utf8) }
  }
}

/// The words with which software marks a comment whose words are gone.
enum RemovedMark {
  private static let marks: Set<[UInt8]> = Set(
    ([
      "[deleted]", "[removed]", "[flagged]", "[dead]", "deleted", "comment deleted", "comment removed",
      "[comment deleted]", "[comment removed]", "this comment has been removed", "this comment was deleted",
      "this comment has been deleted", "this comment has been removed by the author",
      "this comment has been removed by a blog administrator", "comment removed by moderator",
      "[comment removed by moderator]", "this comment was removed", "dieser kommentar wurde gelöscht",
      "dieser kommentar wurde entfernt", "kommentar gelöscht", "comentario eliminado", "commentaire supprimé",
      "message deleted", "post deleted", "(post deleted by author)", "[comment removed by author]",
      "deleted by author", "[deleted by user]", "comment deleted by user", "deleted comment",
    ] as [String]).map { Array($0.utf8) })

  /// Whether a text is nothing but such a mark.
  static func isAll(of text: [UInt8]) -> Bool {
    guard !text.isEmpty, text.count <= 80 else { return false }
    var folded = Array(Phrase(folding: text).utf8)
    while folded.last == 0x2E || folded.last == 0x0A { folded.removeLast() }
    return marks.contains(folded)
  }
}

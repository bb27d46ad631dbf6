/// A line that opens a page's comments: `12 thoughts on “…”`, `Reader Comments (3)`, `5 Kommentare`.
struct CommentHeading: Hashable {
  /// The number of comments that the heading claims.
  var declared: Int?
  /// Whether it names the post (`… on “Title”`), which navigation never does.
  var isStrong: Bool

  /// Reads a heading; nil when the line is none.
  init?(_ phrase: Phrase) {
    guard CommentHeading.mayBegin(phrase) else { return nil }
    var words = phrase.words.map { CommentHeading.trimmed($0) }
    guard !words.isEmpty, words.count <= 40 else { return nil }
    for lead in CommentHeading.leads where words.starts(with: lead) && words.count > lead.count {
      words.removeFirst(lead.count)
      break
    }
    if words.count >= 2, let count = CommentHeading.count(words[0]), CommentHeading.nouns.contains(words[1]) {
      let rest = words.dropFirst(2).filter { !$0.isEmpty }
      guard rest.isEmpty || CommentHeading.connectors.contains(rest[0]) else { return nil }
      declared = count
      isStrong = rest.count > 1
      return
    }
    if words.count > 1, CommentHeading.owners.contains(words[0]) { words.removeFirst() }
    guard let noun = words.first, CommentHeading.plurals.contains(noun) else { return nil }
    let rest = words.dropFirst().filter { !$0.isEmpty }
    isStrong = false
    if rest.isEmpty { return }
    if rest.count == 1, let count = CommentHeading.count(rest[0]), rest[0].allSatisfy(\.isNumber) {
      declared = count
      return
    }
    guard rest.count > 1, CommentHeading.connectors.contains(rest[0]), rest.count <= 20,
      phrase.utf8.last != 0x2E
    else { return nil }
  }

  /// Whether a number, a bracket or one of the letters that the words of headings begin with stands first:
  /// most lines are ruled out here.
  private static func mayBegin(_ phrase: Phrase) -> Bool {
    guard phrase.utf8.count >= 6, let first = phrase.utf8.first else { return false }
    return first &- 0x30 < 10 || first == 0x28 || first == 0x5B || initials.contains(first)
  }

  private static let initials = ByteSet(
    (plurals.union(owners).union(counts.keys).union(leads.compactMap(\.first))).compactMap(\.utf8.first))

  /// A word without the punctuation around it.
  private static func trimmed(_ word: ArraySlice<UInt8>) -> String {
    let marks: Set<UInt8> = [0x28, 0x29, 0x3A, 0x2E, 0x2C, 0x5B, 0x5D, 0x7C]
    var slice = word
    while let first = slice.first, marks.contains(first) { slice.removeFirst() }
    while let last = slice.last, marks.contains(last) { slice.removeLast() }
    return String(decoding: slice, as: UTF8.self)
  }

  /// A number in digits (`1,234` too) or the words for one and none.
  private static func count(_ word: String) -> Int? {
    if let count = counts[word] { return count }
    let digits = word.utf8.filter { $0 != 0x2C && $0 != 0x2E }
    guard (1...7).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private static let counts: [String: Int] = {
    var table: [String: Int] = [:]
    let words = [
      "no kein keine aucun aucune ningún ninguna nessun nessuna nenhum nenhuma geen inga brak",
      "one ein eine un une uno una um uma een en ett jeden jedna", "two zwei deux dos due dois duas twee två",
      "three drei trois tres tre três drie", "four vier quatre cuatro", "five fünf cinq cinco",
      "six sechs seis",
      "seven sieben sept siete", "eight acht huit ocho", "nine neun neuf nueve", "ten zehn dix diez",
    ]
    for (count, list) in words.enumerated() {
      for word in list.split(separator: " ") { table[String(word)] = count }
    }
    return table
  }()

  /// Words before the number.
  private static let leads: [[String]] = [
    ["there", "are"], ["there", "is"], ["this", "post", "has"], ["this", "entry", "has"], ["so", "far"],
    ["es", "gibt"], ["bisher"], ["il", "y", "a"], ["hay"], ["se", "han", "publicado"],
    ["se", "ha", "publicado"],
    ["showing"], ["displaying"], ["all"], ["ci", "sono"], ["há"], ["er", "zijn"], ["view"], ["insgesamt"],
  ]

  private static let plurals: Set<String> = [
    "comments", "responses", "replies", "kommentare", "antworten", "commentaires", "réponses",
    "comentarios", "respuestas", "reactions", "reaktionen", "ergänzungen", "leserkommentare", "commenti",
    "comentários", "respostas", "risposte", "reacties", "komentarze", "kommentarer", "rückmeldungen",
    "leserbriefe", "wortmeldungen", "réactions", "reacciones",
  ]

  private static let nouns: Set<String> = plurals.union([
    "thoughts", "thought", "comment", "response", "reply", "kommentar", "gedanken", "gedanke", "antwort",
    "commentaire", "réponse", "pensées", "comentario", "discussion", "discussions", "respuesta",
    "pensamientos", "meinungen", "ergänzung", "reaction", "reaktion", "opinions", "notes", "réflexions",
    "réflexion", "pensée", "pensamiento", "ideas", "commento", "pensieri", "pensiero", "risposta",
    "comentário",
    "pensamentos", "resposta", "reactie", "gedachten", "gedachte", "antwoorden", "antwoord", "komentarz",
    "komentarzy", "odpowiedzi", "svar", "tankar", "leserkommentar", "rückmeldung", "meinung", "avis",
    "opiniones",
    "voices", "remarks",
  ])

  private static let connectors: Set<String> = [
    "on", "to", "for", "about", "so", "leave", "zu", "zum", "zur", "auf", "für", "bisher", "sur", "à", "au",
    "pour",
    "en", "a", "al", "para", "add", "new", "schreibe", "•", "·", "-", "–", "su", "per", "em", "sobre", "op",
    "do",
    "na", "till", "over", "de", "—",
  ]

  private static let owners: Set<String> = [
    "reader", "readers", "user", "all", "alle", "visitor", "les", "los",
  ]
}

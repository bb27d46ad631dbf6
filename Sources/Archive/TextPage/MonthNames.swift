/// Month and weekday names of the languages that pages are read in: English, German, French, Spanish,
/// Italian, Portuguese, Dutch, Polish and Swedish.
enum MonthNames {
  /// The month, 1 to 12, that a lower-case word names, whole or cut to three letters or more.
  static func month(_ word: [UInt8]) -> Int? { table[word] }

  /// Whether a lower-case word names a day of the week, whole or cut short.
  static func isWeekday(_ word: [UInt8]) -> Bool { weekdays.contains(word) }

  private static let names: [String] = [
    "january januar jänner janvier enero gennaio janeiro januari stycznia styczeń",
    "february februar feber février fevrier febrero febbraio fevereiro februari lutego luty",
    "march märz maerz mars marzo mrz março maart marca marzec",
    "april avril abril aprile kwietnia kwiecień",
    "may mai mayo maggio maio mei maj maja",
    "june juni juin junio giugno junho czerwca czerwiec",
    "july juli juillet julio luglio julho lipca lipiec",
    "august août aout agosto augustus augusti sierpnia sierpień",
    "september septembre septiembre setiembre settembre setembro września wrzesień",
    "october oktober octobre octubre ottobre outubro października październik",
    "november novembre noviembre novembro listopada listopad",
    "december dezember décembre decembre diciembre dicembre dezembro grudnia grudzień",
  ]

  /// Cuts that are words of their own.
  private static let words: Set<String> = [
    "set", "out", "mag", "gen", "lug", "sty", "lis", "wrz", "marc", "mart", "decem", "lip", "sie", "ott",
    "lut",
    "gru", "maj", "cze", "paź", "sett",
  ]

  /// Every name and every cut of three scalars or more that no other month shares.
  static let table: [[UInt8]: Int] = {
    var found: [[UInt8]: Int] = [:]
    var shared: Set<[UInt8]> = []
    for (index, forms) in names.enumerated() {
      for form in forms.split(separator: " ") {
        let scalars = Array(form.unicodeScalars)
        for length in stride(from: 3, through: scalars.count, by: 1) {
          var cut = String.UnicodeScalarView()
          cut.append(contentsOf: scalars.prefix(length))
          let text = String(cut)
          guard length == scalars.count || !words.contains(text) else { continue }
          let key = Array(text.utf8)
          if let other = found[key], other != index + 1 { shared.insert(key) }
          found[key] = index + 1
        }
      }
    }
    for key in shared { found[key] = nil }
    return found
  }()

  /// Names of days, whole and as they are cut.
  static let weekdays: Set<[UInt8]> = Set(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag \
    dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi \
    vendredi samedi dimanche lun mar mer jeu ven sam dim lunes martes miércoles jueves viernes sábado domingo lunedì \
    martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira maandag dinsdag \
    woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela måndag \
    tisdag onsdag torsdag fredag lördag söndag
    """.split(separator: " ").map { Array($0.utf8) })
}

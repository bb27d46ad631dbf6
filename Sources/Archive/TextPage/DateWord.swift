/// What a word means in and around dates.
struct DateWord {
  struct Senses: OptionSet {
    let rawValue: UInt32

    static let weekday = Senses(rawValue: 1)
    /// May stand around a date on its line: `on`, `posted`, `permalink`.
    static let filler = Senses(rawValue: 2)
    /// Between day and month or month and year: `of`, `de`.
    static let of = Senses(rawValue: 4)
    /// Between a date and a time: `at`, `um`, `à`, `a las`.
    static let at = Senses(rawValue: 8)
    static let am = Senses(rawValue: 16)
    static let pm = Senses(rawValue: 32)
    /// The letters of `a.m.` and `p.m.`.
    static let a = Senses(rawValue: 64)
    static let p = Senses(rawValue: 128)
    static let m = Senses(rawValue: 256)
    /// After hours: `h`, `Uhr`.
    static let hour = Senses(rawValue: 512)
    /// A unit of time: `hours`, `Tagen`.
    static let unit = Senses(rawValue: 1024)
    /// After a span of time: `ago`.
    static let ago = Senses(rawValue: 2048)
    /// Before a span of time: `vor`, `hace`, `il y a`.
    static let since = Senses(rawValue: 4096)
    /// A day told from today: `yesterday`, `heute`.
    static let day = Senses(rawValue: 8192)
    /// The signs for year, month and day that stand behind the numbers.
    static let year = Senses(rawValue: 16384)
    static let monthSign = Senses(rawValue: 32768)
    static let daySign = Senses(rawValue: 65536)
    /// One of something, before a unit.
    static let one = Senses(rawValue: 131072)
  }

  /// The month, 1 to 12.
  var month: Int?
  var senses: Senses = []
  /// Minutes east of UTC, for the name of a zone.
  var zone: Int16?

  /// The meaning of a lower-case word.
  static func of(_ word: ArraySlice<UInt8>) -> DateWord {
    guard let first = word.first, lengths[Int(first)] & (1 << UInt32(min(31, word.count))) != 0 else {
      return DateWord()
    }
    return table[word] ?? DateWord()
  }

  /// For each first byte, which lengths words of the table have.
  private static let lengths: [UInt32] = table.keys.reduce(into: Array(repeating: 0, count: 256)) {
    lengths, word in
    if let first = word.first { lengths[Int(first)] |= 1 << UInt32(min(31, word.count)) }
  }

  private static let table: [ArraySlice<UInt8>: DateWord] = {
    var table: [ArraySlice<UInt8>: DateWord] = [:]
    for (word, month) in MonthNames.table { table[word[...], default: DateWord()].month = month }
    for word in MonthNames.weekdays { table[word[...], default: DateWord()].senses.insert(.weekday) }
    for (senses, words) in senses {
      for word in words.split(separator: " ") {
        table[Array(word.utf8)[...], default: DateWord()].senses.formUnion(senses)
      }
    }
    for (name, minutes) in zones { table[Array(name.utf8)[...], default: DateWord()].zone = minutes }
    return table
  }()

  private static let senses: [(Senses, String)] = [
    (
      .filler,
      """
      on at am um uhr posted permalink permanent link reply the le el à vom date datum edited gepostet published st \
      nd rd th utc gmt cet est pst edt pdt zitieren commented said updated verfasst geschrieben den der il lo del \
      publié posté écrit publicado enviado responder répondre antworten citer citar sent submitted em às op om \
      o'clock kl klo de la las los dnia o godz antwort quote report melden says wrote written \
      next prev parent root context favorite hide past [–] link points point
      """
    ),
    (.of, "of de del di do da"),
    (.at, "at um à a las los t am on kl klo alle ore om às as o godz den"),
    (.am, "am"), (.pm, "pm"), (.a, "a"), (.p, "p"), (.m, "m"), (.hour, "h uhr hrs"),
    (
      .unit,
      """
      second seconds sec secs minute minutes min mins hour hours hr hrs h day days d week weeks w month months mo y \
      year years yr yrs sekunde sekunden minuten stunde stunden std tag tagen woche wochen monat monaten jahr jahren \
      seconde secondes heure heures jour jours semaine semaines mois an ans année années segundo segundos minuto \
      minutos hora horas día dias días semana semanas mes meses año años secondi minuti ora ore giorno giorni \
      settimana settimane mese mesi anno anni dia mês ano anos seconden minuut minuten uur dag dagen weken maand \
      maanden jaar jaren dni dzień tygodni lat lata miesięcy godzin minut dagar veckor månader år timmar
      """
    ),
    (.ago, "ago fa geleden sedan temu atrás"), (.since, "vor hace há ha för desde"),
    (
      .day,
      "yesterday today gestern heute hier aujourd'hui ayer hoy ieri oggi ontem hoje gisteren vandaag igår idag wczoraj"
    ),
    (.one, "a an one ein eine einem einer un une una uno um uma een en ett"), (.year, "年"), (.monthSign, "月"),
    (.daySign, "日"),
  ]

  /// Names of zones that mean one offset everywhere they are written.
  private static let zones: [(String, Int16)] = [
    ("z", 0), ("utc", 0), ("gmt", 0), ("wet", 0), ("cet", 60), ("mez", 60), ("west", 60), ("cest", 120),
    ("mesz", 120), ("eet", 120), ("eest", 180), ("est", -300), ("edt", -240), ("cdt", -300), ("cst", -360),
    ("mst", -420), ("mdt", -360), ("pst", -480), ("pdt", -420), ("jst", 540), ("aest", 600), ("nzst", 720),
  ]
}

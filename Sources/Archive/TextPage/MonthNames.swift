/// Month and weekday names of English, German, French and Spanish pages.
enum MonthNames {
  /// The month, 1 to 12, that a lower-case word names, whole or cut to three letters or more.
  static func month(_ word: [UInt8]) -> Int? {
    guard word.count >= 3 else { return nil }
    if let exact = table[word] { return exact }
    return nil
  }

  /// Whether a lower-case word names a day of the week, whole or cut short.
  static func isWeekday(_ word: [UInt8]) -> Bool { weekdays.contains(word) }

  private static let names: [[String]] = [
    ["january", "januar", "jänner", "janvier", "enero"],
    ["february", "februar", "feber", "février", "fevrier", "febrero"],
    ["march", "märz", "maerz", "mars", "marzo", "mrz"],
    ["april", "avril", "abril"],
    ["may", "mai", "mayo"],
    ["june", "juni", "juin", "junio"],
    ["july", "juli", "juillet", "julio"],
    ["august", "août", "aout", "agosto"],
    ["september", "septembre", "septiembre", "setiembre"],
    ["october", "oktober", "octobre", "octubre"],
    ["november", "novembre", "noviembre"],
    ["december", "dezember", "décembre", "decembre", "diciembre"],
  ]

  /// Every name and every cut of three scalars or more that no other month shares.
  private static let table: [[UInt8]: Int] = {
    var found: [[UInt8]: Int] = [:]
    var shared: Set<[UInt8]> = []
    for (index, forms) in names.enumerated() {
      for form in forms {
        let scalars = Array(form.unicodeScalars)
        for length in 3...scalars.count where length >= 3 && scalars.count >= 3 {
          var cut = String.UnicodeScalarView()
          cut.append(contentsOf: scalars.prefix(length))
          let key = Array(String(cut).utf8)
          if let other = found[key], other != index + 1 { shared.insert(key) }
          found[key] = index + 1
        }
      }
    }
    for key in shared { found[key] = nil }
    return found
  }()

  private static let weekdays: Set<[UInt8]> = Set(
    [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
      "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag",
      "freitag", "samstag", "sonnabend", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so", "lundi",
      "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles",
      "jueves", "viernes", "sábado", "domingo",
    ].map { Array($0.utf8) })
}

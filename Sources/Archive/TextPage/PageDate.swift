import Discussion

/// A date found in a line.
struct PageDate: Hashable {
  /// The moment; nil when the words are a date but do not say which (no year, or day and month could be
  /// either way round).
  var timestamp: Timestamp?
  /// The bytes of the phrase that state it, time of day included.
  var range: Range<Int>
}

/// Which way round a page writes days and months in numbers.
enum DayOrder {
  case dayFirst, monthFirst, unknown
}

/// Finds the dates that people and blog software write: `June 14, 2012 at 12:50 pm`, `14. Juni 2012`,
/// `Jun142012`, `2012-06-14T10:51:01Z`, `14.06.2012, 16:31`.
struct PageDateFinder {
  /// How this page orders days and months where only numbers stand.
  var order: DayOrder = .unknown

  /// The first date in folded text.
  /// - Complexity: O(`utf8.count`).
  func first(in utf8: [UInt8]) -> PageDate? {
    let tokens = DateToken.scan(utf8)
    for index in tokens.indices {
      guard let (day, next) = date(tokens, index) else { continue }
      let (time, end) = DateTime.read(tokens, next)
      let last = tokens[end - 1].range.upperBound
      return PageDate(
        timestamp: day.flatMap { $0.timestamp(time) }, range: tokens[index].range.lowerBound..<last)
    }
    return nil
  }

  /// The date when a line holds nothing else but words that stand around dates, such as a weekday, `on`,
  /// `Permalink` or `#3`.
  func whole(_ phrase: Phrase) -> PageDate? {
    guard phrase.utf8.count <= 90, let found = first(in: phrase.utf8) else { return nil }
    let rest = Array(phrase.utf8[..<found.range.lowerBound]) + [0x20] + phrase.utf8[found.range.upperBound...]
    for token in DateToken.scan(rest) {
      switch token.kind {
      case .word(let word):
        guard
          MonthNames.isWeekday(word) || PageDateFinder.fillers.contains(String(decoding: word, as: UTF8.self))
        else { return nil }
      case .number: return nil
      case .mark(let mark):
        if mark == 0x22 || mark == 0x3F || mark == 0x21 { return nil }
      }
    }
    return found
  }

  private static let fillers: Set<String> = [
    "on", "at", "am", "um", "uhr", "posted", "permalink", "permanent", "link", "reply", "the", "le", "el",
    "à",
    "vom", "date", "datum", "edited", "gepostet", "published", "st", "nd", "rd", "th", "utc", "gmt", "cet",
    "est", "pst", "edt", "pdt", "zitieren", "commented", "said", "updated", "verfasst", "geschrieben",
    "joined",
  ]

  struct Day {
    var year: Int
    var month: Int
    var day: Int?

    func timestamp(_ time: DateTime?) -> Timestamp? {
      Timestamp(
        year: year, month: month, day: day, hour: day == nil ? nil : time?.hour,
        minute: day == nil ? nil : time?.minute, second: day == nil ? nil : time?.second,
        zoneMinutes: day == nil ? nil : time?.zone)
    }
  }

  /// A date that begins at a token, and the token after it. The outer optional: is there a date; the
  /// inner: is it known which.
  private func date(_ tokens: [DateToken], _ index: Int) -> (Day?, Int)? {
    if let month = tokens[index].month { return monthFirst(month, tokens, index + 1) }
    guard case .number(let first, let digits) = tokens[index].kind, isFree(tokens, index) else { return nil }
    var next = index + 1
    if digits == 4, (1900...2100).contains(first),
      let (month, after) = number(tokens, next, after: [0x2D, 0x2F, 0x2E]),
      let (day, end) = number(tokens, after, after: [0x2D, 0x2F, 0x2E]), (1...12).contains(month),
      (1...31).contains(day)
    {
      return (Day(year: first, month: month, day: day), end)
    }
    guard digits <= 2, (1...31).contains(first) else { return nil }
    // 14 June 2012, 14. Juni 2012, 14th of June, 2012
    var probe = next
    while probe < tokens.count, probe < next + 2, tokens[probe].isOne(of: [0x2E, 0x2C, 0x2D, 0x2F]) {
      probe += 1
    }
    if probe < tokens.count, tokens[probe].isWord("of") || tokens[probe].isWord("de") { probe += 1 }
    if probe < tokens.count, let month = tokens[probe].month {
      return withYear(tokens, probe + 1, month: month, day: first)
    }
    guard let separator = tokens[safe: next]?.mark, [0x2E, 0x2F, 0x2D].contains(separator) else {
      // `10 02 2009`: two small numbers and a year say a date, not which.
      guard case .number(let second, let secondDigits) = tokens[safe: next]?.kind,
        case .number(let year, 4) = tokens[safe: next + 1]?.kind, secondDigits == 2, digits == 2,
        (1...31).contains(second), (1990...2100).contains(year)
      else { return nil }
      return (numeric(first, second, year, separator: 0x20), next + 2)
    }
    guard let (second, after) = number(tokens, next, after: [separator]), (1...31).contains(second),
      let (yearValue, end) = number(tokens, after, after: [separator])
    else { return nil }
    guard case .number(_, let yearDigits) = tokens[end - 1].kind, yearDigits == 4 || yearDigits == 2 else {
      return nil
    }
    let year = yearDigits == 2 ? (yearValue < 70 ? 2000 : 1900) + yearValue : yearValue
    guard (1970...2100).contains(year) else { return nil }
    next = end
    return (numeric(first, second, year, separator: separator), next)
  }

  /// Day and month in numbers; points stand between day, month and year in that order only.
  private func numeric(_ first: Int, _ second: Int, _ year: Int, separator: UInt8) -> Day? {
    let dayFirst = Day(year: year, month: second, day: first)
    let monthFirst = Day(year: year, month: first, day: second)
    if separator == 0x2E { return second <= 12 ? dayFirst : nil }
    if first > 12 { return second <= 12 ? dayFirst : nil }
    if second > 12 { return monthFirst }
    if first == second { return dayFirst }
    switch order {
    case .dayFirst: return dayFirst
    case .monthFirst: return monthFirst
    case .unknown: return nil
    }
  }

  /// After a month's name: `14, 2012`, `14th 2012`, `142012`, `2012`, or `14` alone.
  private func monthFirst(_ month: Int, _ tokens: [DateToken], _ start: Int) -> (Day?, Int)? {
    var next = start
    while let mark = tokens[safe: next]?.mark, mark == 0x2E || mark == 0x2C || mark == 0x2D || mark == 0x2F {
      next += 1
    }
    guard case .number(let value, let digits) = tokens[safe: next]?.kind else { return nil }
    if digits == 5 || digits == 6 {
      let (day, year) = (value / 10_000, value % 10_000)
      guard (1...31).contains(day), (1970...2100).contains(year) else { return nil }
      return (Day(year: year, month: month, day: day), next + 1)
    }
    if digits == 4, (1970...2100).contains(value) {
      return (Day(year: value, month: month, day: nil), next + 1)
    }
    guard digits <= 2, (1...31).contains(value) else { return nil }
    return withYear(tokens, next + 1, month: month, day: value)
  }

  /// Looks for the year after day and month; a time of day in its place means that none is said.
  private func withYear(_ tokens: [DateToken], _ start: Int, month: Int, day: Int) -> (Day?, Int) {
    var next = start
    while let token = tokens[safe: next],
      token.isOne(of: [0x2C, 0x2E, 0x2D, 0x2F]) || token.isWord("de") || token.isWord("of"),
      next < start + 2
    { next += 1 }
    guard case .number(let year, 4) = tokens[safe: next]?.kind, (1970...2100).contains(year) else {
      return (nil, start)
    }
    return (Day(year: year, month: month, day: day), next + 1)
  }

  /// A number after one of some marks.
  private func number(_ tokens: [DateToken], _ index: Int, after marks: [UInt8]) -> (Int, Int)? {
    guard let mark = tokens[safe: index]?.mark, marks.contains(mark),
      case .number(let value, _) = tokens[safe: index + 1]?.kind
    else { return nil }
    return (value, index + 2)
  }

  /// Whether a number does not belong to a longer one such as an address or a version.
  private func isFree(_ tokens: [DateToken], _ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = tokens[index - 1]
    return
      !(before.range.upperBound == tokens[index].range.lowerBound
      && before.isOne(of: [0x2E, 0x2F, 0x2D, 0x3A, 0x24]))
  }
}

extension Array {
  /// The element at a position that may lie outside.
  subscript(safe position: Int) -> Element? { indices.contains(position) ? self[position] : nil }
}

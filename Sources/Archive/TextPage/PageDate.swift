import Discussion

/// A date found in a line.
struct PageDate: Hashable {
  /// The moment; nil when the words are a date but do not say which (no year, day and month could be
  /// either way round, or told from the day on which the page was saved).
  var timestamp: Timestamp?
  /// The bytes of the phrase that state it, time of day included.
  var range: Range<Int>
}

/// Finds the dates that people and blog software write: `June 14, 2012 at 12:50 pm`, `14. Juni 2012`,
/// `Jun142012`, `2012-06-14T10:51:01Z`, `14.06.2012, 16:31`, `3 hours ago`.
struct PageDateFinder {
  /// How this page orders days and months where only numbers stand.
  var order: DayOrder = .unknown

  /// The first date in folded text.
  /// - Complexity: O(`utf8.count`).
  func first(in utf8: ArraySlice<UInt8>) -> PageDate? {
    let tokens = DateToken.scan(utf8)
    for index in tokens.indices {
      guard let (day, next) = date(tokens, index) else { continue }
      var start = tokens[index].range.lowerBound
      var (time, end) = day?.time.map { ($0, next) } ?? DateTime.read(tokens, next)
      if time == nil, let before = PageDateFinder.timeBefore(tokens, index) {
        (time, start) = (before.time, tokens[before.start].range.lowerBound)
      }
      end = max(end, index + 1)
      return PageDate(
        timestamp: day.flatMap { $0.timestamp(time) }, range: start..<tokens[end - 1].range.upperBound)
    }
    return RelativeDate.first(tokens)
  }

  /// The first date in folded text.
  func first(in utf8: [UInt8]) -> PageDate? { first(in: utf8[...]) }

  /// The date when a line holds nothing else but words that stand around dates, such as a weekday, `on`,
  /// `Permalink` or `#3`.
  func whole(_ phrase: Phrase) -> PageDate? {
    guard phrase.utf8.count <= 90, phrase.utf8.count > 4, let found = first(in: phrase.utf8) else {
      return nil
    }
    for part in [phrase.utf8[..<found.range.lowerBound], phrase.utf8[found.range.upperBound...]] {
      var afterHash = false
      for token in DateToken.scan(part) {
        switch token.kind {
        case .word: guard token.means([.weekday, .filler]) else { return nil }
        case .number: guard afterHash else { return nil }
        case .mark(let mark):
          if mark == 0x22 || mark == 0x3F || mark == 0x21 { return nil }
        }
        afterHash = token.mark == 0x23
      }
    }
    return found
  }

  struct Day {
    var year: Int
    var month: Int
    var day: Int?
    /// The time, where it stands between the day and the year.
    var time: DateTime?

    func timestamp(_ time: DateTime?) -> Timestamp? {
      Timestamp(
        year: year, month: month, day: day, hour: day == nil ? nil : time?.hour,
        minute: day == nil ? nil : time?.minute, second: day == nil ? nil : time?.second,
        zoneMinutes: day == nil ? nil : time?.zone)
    }
  }

  /// `14:05, ` in front of a date, and the token where it begins.
  private static func timeBefore(_ tokens: [DateToken], _ index: Int) -> (time: DateTime, start: Int)? {
    for start in stride(from: index - 1, through: max(0, index - 7), by: -1) {
      guard case .number = tokens[start].kind else { continue }
      if start > 0, tokens[start - 1].isOne(of: [0x3A, 0x2E, 0x2D, 0x2F]) { continue }
      guard case (let time?, let end) = DateTime.read(tokens, start), end <= index else { continue }
      let isJoined = tokens[end..<index].allSatisfy {
        $0.means([.at, .weekday, .hour]) || $0.isOne(of: [0x2C, 0x2D, 0x7C])
      }
      return isJoined ? (time, start) : nil
    }
    return nil
  }

  /// A date that begins at a token, and the token after it. The outer optional: is there a date; the
  /// inner: is it known which.
  private func date(_ tokens: [DateToken], _ index: Int) -> (Day?, Int)? {
    if let month = tokens[index].month { return monthFirst(month, tokens, index + 1) }
    guard case .number(let first, let digits) = tokens[index].kind, isFree(tokens, index) else { return nil }
    if digits == 4, (1900...2100).contains(first) {
      if let (month, after) = number(tokens, index + 1, after: [0x2D, 0x2F, 0x2E]),
        let (day, end) = number(tokens, after, after: [0x2D, 0x2F, 0x2E]), (1...12).contains(month),
        (1...31).contains(day)
      {
        return (Day(year: first, month: month, day: day), end)
      }
      return signed(first, tokens, index + 1)
    }
    guard digits <= 2, (1...31).contains(first) else { return nil }
    // 14 June 2012, 14. Juni 2012, 14th of June, 2012
    var probe = index + 1
    while probe < tokens.count, probe < index + 3, tokens[probe].isOne(of: [0x2E, 0x2C, 0x2D, 0x2F]) {
      probe += 1
    }
    if probe < tokens.count, tokens[probe].means(.of) { probe += 1 }
    if probe < tokens.count, let month = tokens[probe].month {
      return withYear(tokens, probe + 1, month: month, day: first)
    }
    return inNumbers(first, tokens, index, digits)
  }

  /// `2012年6月14日`.
  private func signed(_ year: Int, _ tokens: [DateToken], _ next: Int) -> (Day?, Int)? {
    guard tokens[safe: next]?.means(.year) == true, case .number(let month, _) = tokens[safe: next + 1]?.kind,
      tokens[safe: next + 2]?.means(.monthSign) == true, (1...12).contains(month)
    else { return nil }
    guard case .number(let day, _) = tokens[safe: next + 3]?.kind, (1...31).contains(day),
      tokens[safe: next + 4]?.means(.daySign) == true
    else { return (Day(year: year, month: month), next + 3) }
    return (Day(year: year, month: month, day: day), next + 5)
  }

  /// `14.06.2012`, `6/14/12`, `10 02 2009`: the year stands last.
  private func inNumbers(_ first: Int, _ tokens: [DateToken], _ index: Int, _ digits: Int) -> (Day?, Int)? {
    guard let triple = DayOrder.Triple(tokens, index) else { return nil }
    return (triple.day(order), triple.end)
  }

  /// After a month's name: `14, 2012`, `14th 2012`, `142012`, `2012`, `14 10:51:01 2012` or `14` alone.
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
    if case (var time?, let after) = DateTime.read(tokens, next + 1), time.second != nil {
      var end = after
      if time.zone == nil { time.zone = DateTime.zone(tokens, &end) }
      if case .number(let year, 4) = tokens[safe: end]?.kind, (1970...2100).contains(year) {
        return (Day(year: year, month: month, day: value, time: time), end + 1)
      }
    }
    return withYear(tokens, next + 1, month: month, day: value)
  }

  /// Looks for the year after day and month; a time of day in its place means that none is said.
  private func withYear(_ tokens: [DateToken], _ start: Int, month: Int, day: Int) -> (Day?, Int) {
    var next = start
    while let token = tokens[safe: next],
      token.isOne(of: [0x2C, 0x2E, 0x2D, 0x2F, 0x27]) || token.means(.of),
      next < start + 2
    { next += 1 }
    guard case .number(let year, let digits) = tokens[safe: next]?.kind else { return (nil, start) }
    if digits == 4, (1970...2100).contains(year) {
      return (Day(year: year, month: month, day: day), next + 1)
    }
    // `14-Jun-12`, `14 Jun '12`: the mark says that the number is a year.
    guard digits == 2, next > start, tokens[next - 1].isOne(of: [0x2D, 0x2F, 0x27]) else {
      return (nil, start)
    }
    return (Day(year: DayOrder.century(year), month: month, day: day), next + 1)
  }

  /// A number after one of some marks.
  private func number(_ tokens: [DateToken], _ index: Int, after marks: [UInt8]) -> (Int, Int)? {
    guard let mark = tokens[safe: index]?.mark, marks.contains(mark),
      case .number(let value, _) = tokens[safe: index + 1]?.kind
    else { return nil }
    return (value, index + 2)
  }

  /// Whether a number does not belong to a longer one such as an address or a version.
  private func isFree(_ tokens: [DateToken], _ index: Int) -> Bool { DayOrder.isFree(tokens, index) }
}

/// Dates told from the day on which a page was saved, which nobody knows: `3 hours ago`, `gestern um 12:05`.
enum RelativeDate {
  /// The first one among tokens.
  static func first(_ tokens: [DateToken]) -> PageDate? {
    for index in tokens.indices {
      if tokens[index].means(.day) {
        let (time, end) = DateTime.read(tokens, index + 1)
        guard time != nil || tokens.count == 1 else { continue }
        return PageDate(
          range: tokens[index].range.lowerBound..<tokens[max(end, index + 1) - 1].range.upperBound)
      }
      guard index > 0, tokens[index].means(.unit) else { continue }
      if case .number(_, let digits) = tokens[index - 1].kind {
        guard digits <= 4 else { continue }
      } else {
        guard tokens[index - 1].means(.one) else { continue }
      }
      if tokens[safe: index + 1]?.means(.ago) == true {
        return PageDate(range: tokens[index - 1].range.lowerBound..<tokens[index + 1].range.upperBound)
      }
      guard index > 1, tokens[index - 2].means([.since, .a]) else { continue }
      // `vor 3 Tagen`; `il y a 3 jours` has two words more.
      let start = tokens[index - 2].means(.a) ? index - 4 : index - 2
      guard start >= 0 else { continue }
      return PageDate(range: tokens[start].range.lowerBound..<tokens[index].range.upperBound)
    }
    return nil
  }
}

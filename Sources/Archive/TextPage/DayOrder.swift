/// Which way round a page writes days and months in numbers.
enum DayOrder {
  case dayFirst, monthFirst, unknown

  /// Day, month and year in numbers, the year last.
  struct Triple {
    var first: Int
    var second: Int
    var year: Int
    /// The mark between them, 0x20 for a space.
    var separator: UInt8
    /// The token after it.
    var end: Int

    /// Reads `14.06.2012`, `6/14/12`, `06-14-2012`, `10 02 2009` at a token.
    init?(_ tokens: [DateToken], _ index: Int) {
      guard case .number(let first, let digits) = tokens[safe: index]?.kind, digits <= 2,
        DayOrder.isFree(tokens, index)
      else { return nil }
      let mark = tokens[safe: index + 1]?.mark
      let step = mark == nil ? 1 : 2
      if let mark {
        guard [0x2E, 0x2F, 0x2D].contains(mark), tokens[safe: index + 3]?.mark == mark else { return nil }
      }
      guard case .number(let second, let secondDigits) = tokens[safe: index + step]?.kind, secondDigits <= 2,
        case .number(let year, let yearDigits) = tokens[safe: index + 2 * step]?.kind,
        (1...31).contains(first), (1...31).contains(second)
      else { return nil }
      if mark == nil {
        // Two small numbers and a year.
        guard digits == 2, secondDigits == 2, yearDigits == 4 else { return nil }
      }
      guard yearDigits == 4 || yearDigits == 2 && digits <= 2 else { return nil }
      self.year = yearDigits == 2 ? DayOrder.century(year) : year
      guard (1970...2100).contains(self.year) else { return nil }
      // A version or an address goes on.
      if let mark, let next = tokens[safe: index + 5], next.mark == mark, mark != 0x2D,
        next.range.lowerBound == tokens[index + 4].range.upperBound,
        case .number = tokens[safe: index + 6]?.kind
      {
        return nil
      }
      (self.first, self.second) = (first, second)
      separator = mark ?? 0x20
      end = index + 2 * step + 1
      if first > 12, second > 12 { return nil }
    }

    /// The order that these numbers prove.
    var proof: DayOrder {
      guard separator != 0x2E else { return .unknown }
      return first > 12 ? .dayFirst : second > 12 ? .monthFirst : .unknown
    }

    /// Whether they could be read both ways, to different days.
    var isAmbiguous: Bool { separator != 0x2E && first <= 12 && second <= 12 && first != second }

    /// The day; nil when it could be another. Points stand between day, month and year in that order only.
    func day(_ order: DayOrder) -> PageDateFinder.Day? {
      let dayFirst = PageDateFinder.Day(year: year, month: second, day: first)
      let monthFirst = PageDateFinder.Day(year: year, month: first, day: second)
      if separator == 0x2E { return second <= 12 ? dayFirst : nil }
      if first > 12 { return second <= 12 ? dayFirst : nil }
      if second > 12 { return monthFirst }
      if first == second { return dayFirst }
      return switch order {
      case .dayFirst: dayFirst
      case .monthFirst: monthFirst
      case .unknown: nil
      }
    }
  }

  /// The year that two digits mean.
  static func century(_ year: Int) -> Int { (year < 70 ? 2000 : 1900) + year }

  /// Whether a number does not belong to a longer one such as an address or a version.
  static func isFree(_ tokens: [DateToken], _ index: Int) -> Bool {
    guard index > 0, index < tokens.count else { return index == 0 }
    let before = tokens[index - 1]
    return
      !(before.range.upperBound == tokens[index].range.lowerBound
      && before.isOne(of: [0x2E, 0x2F, 0x2D, 0x3A, 0x24]))
  }

  /// How a page orders day and month, told by its dates in numbers that can only be read one way; when all
  /// could be read both ways, by the page's language, where only one way is known in it.
  /// - Complexity: O(bytes of the short lines).
  static func of(_ utf8: [UInt8], _ lines: [PageLine]) -> DayOrder {
    var (dayFirst, monthFirst, ambiguous) = (false, false, false)
    for line in lines {
      let text = line.text
      guard text.count >= 6, text.count <= Phrase.limit, mayHoldTriple(utf8, text) else { continue }
      let tokens = DateToken.scan(utf8[text])
      for index in tokens.indices {
        guard let triple = Triple(tokens, index) else { continue }
        switch triple.proof {
        case .dayFirst: dayFirst = true
        case .monthFirst: monthFirst = true
        case .unknown: ambiguous = ambiguous || triple.isAmbiguous
        }
      }
    }
    if dayFirst != monthFirst { return dayFirst ? .dayFirst : .monthFirst }
    guard !dayFirst, ambiguous else { return .unknown }
    return PageLanguage.of(utf8).map(\.isDayFirst) == true ? .dayFirst : .unknown
  }

  /// Whether digits stand on both sides of two separators.
  private static func mayHoldTriple(_ utf8: [UInt8], _ range: Range<Int>) -> Bool {
    var groups = 0
    var wasDigit = false
    for position in range {
      let isDigit = utf8[position] &- 0x30 < 10
      if isDigit, !wasDigit { groups += 1 }
      wasDigit = isDigit
    }
    return groups >= 3
  }
}

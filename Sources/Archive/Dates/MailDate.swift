import Discussion

/// Dates as mail, news and feeds write them: RFC 5322 with its obsolete forms, and what programs made of
/// it: no weekday, two-digit years, asctime order, dashes in the date, `GMT+0100`, ISO order, 12 hours.
///
/// A time that no clock shows is left out, a zone whose meaning is unknown is left unknown (`-0000` is
/// UTC); the day stays.
enum MailDate {
  /// Reads a date.
  /// - Returns: nil when the bytes name no day that exists.
  /// - Complexity: O(`bytes.count`).
  static func parse(_ bytes: ArraySlice<UInt8>) -> Timestamp? {
    parse(bytes.span, 0..<bytes.count)
  }

  /// Reads a date.
  static func parse(_ bytes: [UInt8]) -> Timestamp? { parse(bytes.span, 0..<bytes.count) }

  /// Reads the date in a range of bytes.
  static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Timestamp? {
    var parts = MailDateParts()
    parts.read(bytes, range)
    return parts.timestamp
  }

  /// The month, from 1, that an English name or its beginning of three letters or more stands for.
  static func month(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Int? {
    guard word.count >= 3, word.count <= 9 else { return nil }
    switch letters(bytes, word.prefix(3)) {
    case 0x6A616E: return 1
    case 0x666562: return 2
    case 0x6D6172: return 3
    case 0x617072: return 4
    case 0x6D6179: return 5
    case 0x6A756E: return 6
    case 0x6A756C: return 7
    case 0x617567: return 8
    case 0x736570: return 9
    case 0x6F6374: return 10
    case 0x6E6F76: return 11
    case 0x646563: return 12
    default: return nil
    }
  }

  /// Minutes east of UTC of a zone's name, where the name means one thing.
  static func zone(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Int? {
    guard word.count <= 4 else { return nil }
    switch letters(bytes, word) {
    case 0x7A, 0x7574, 0x676D74, 0x757463, 0x776574: return 0  // Z UT GMT UTC WET
    case 0x627374, 0x636574, 0x6D6574, 0x6D657A, 0x77657374: return 60  // BST CET MET MEZ WEST
    case 0x63657374, 0x6D657374, 0x6D65737A, 0x656574: return 120  // CEST MEST MESZ EET
    case 0x65657374, 0x6D736B: return 180  // EEST MSK
    case 0x6A7374, 0x6B7374: return 540  // JST KST
    case 0x61657374: return 600  // AEST
    case 0x61656474: return 660  // AEDT
    case 0x6E7A7374: return 720  // NZST
    case 0x6E7A6474: return 780  // NZDT
    case 0x656474: return -240  // EDT
    case 0x657374, 0x636474: return -300  // EST CDT
    case 0x637374, 0x6D6474: return -360  // CST MDT
    case 0x6D7374, 0x706474: return -420  // MST PDT
    case 0x707374, 0x616B6474: return -480  // PST AKDT
    case 0x616B7374: return -540  // AKST
    case 0x687374: return -600  // HST
    default: return nil
    }
  }

  /// Up to eight letters in lower case as one number.
  private static func letters(_ bytes: Span<UInt8>, _ word: Range<Int>) -> UInt64 {
    var packed: UInt64 = 0
    for position in word { packed = packed << 8 | UInt64(bytes[position] | 0x20) }
    return packed
  }
}

/// What a date's words and numbers say, gathered from left to right.
private struct MailDateParts {
  private var numbers: (Int, Int, Int) = (0, 0, 0)
  private var digits: (Int, Int, Int) = (0, 0, 0)
  private var count = 0
  private var month: Int?
  private var monthWasFirst = false
  private var hour: Int?
  private var minute = 0
  private var second: Int?
  private var afternoon: Bool?
  private var zone: Int?
  private var zoneIsSigned = false

  mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    var words = 0
    while position < range.upperBound {
      let byte = bytes[position]
      if byte.isDigit {
        number(bytes, range.upperBound, &position)
        words += 1
      } else if byte.isLetter {
        let start = position
        while position < range.upperBound, bytes[position].isLetter { position += 1 }
        word(bytes, start..<position, isFirst: words == 0)
        words += 1
      } else if byte == 0x28 {
        MailDateParts.skipComment(bytes, range.upperBound, &position)
      } else if (byte == 0x2B || byte == 0x2D) && hour != nil && !zoneIsSigned,
        position + 1 < range.upperBound, bytes[position + 1].isDigit
      {
        offset(bytes, range.upperBound, &position, isWest: byte == 0x2D)
      } else {
        position += 1
      }
    }
  }

  private static func skipComment(_ bytes: Span<UInt8>, _ end: Int, _ position: inout Int) {
    var depth = 0
    while position < end {
      let byte = bytes[position]
      position += 1
      if byte == 0x28 { depth += 1 }
      if byte == 0x29 { depth -= 1 }
      if byte == 0x5C { position = min(position + 1, end) }
      if depth == 0 { return }
    }
  }

  private static func digits(_ bytes: Span<UInt8>, _ end: Int, _ position: inout Int) -> (Int, Int) {
    var value = 0
    var count = 0
    while position < end, bytes[position].isDigit {
      if count < 9 { value = value * 10 + Int(bytes[position] & 15) }
      count += 1
      position += 1
    }
    return (value, count)
  }

  private static func isDigit(_ bytes: Span<UInt8>, _ end: Int, _ position: Int) -> Bool {
    position < end && bytes[position].isDigit
  }

  /// A number: the hour when a colon follows (or a dot, where the day is known), else part of the day.
  private mutating func number(_ bytes: Span<UInt8>, _ end: Int, _ position: inout Int) {
    let (value, length) = MailDateParts.digits(bytes, end, &position)
    let mark = position < end ? bytes[position] : 0
    let isClock = mark == 0x3A || mark == 0x2E && count >= 2
    if hour == nil, length <= 2, isClock, MailDateParts.isDigit(bytes, end, position + 1) {
      position += 1
      hour = value
      minute = MailDateParts.digits(bytes, end, &position).0
      if position < end, bytes[position] == mark, MailDateParts.isDigit(bytes, end, position + 1) {
        position += 1
        second = MailDateParts.digits(bytes, end, &position).0
        if position < end, bytes[position] == 0x2E || bytes[position] == 0x2C,
          MailDateParts.isDigit(bytes, end, position + 1)
        {
          position += 1
          _ = MailDateParts.digits(bytes, end, &position)
        }
      }
      return
    }
    switch count {
    case 0: (numbers.0, digits.0) = (value, length)
    case 1: (numbers.1, digits.1) = (value, length)
    case 2: (numbers.2, digits.2) = (value, length)
    default: break
    }
    count = min(count + 1, 4)
  }

  private mutating func word(_ bytes: Span<UInt8>, _ word: Range<Int>, isFirst: Bool) {
    if month == nil || monthWasFirst && count <= 1, let found = MailDate.month(bytes, word) {
      // A first word may be a weekday of another language (French "mar."): a later month counts.
      month = found
      monthWasFirst = isFirst
    } else if hour != nil {
      if word.count == 2, bytes[word.lowerBound + 1] | 0x20 == 0x6D,
        bytes[word.lowerBound] | 0x20 == 0x61 || bytes[word.lowerBound] | 0x20 == 0x70
      {
        afternoon = bytes[word.lowerBound] | 0x20 == 0x70
      } else if zone == nil {
        zone = MailDate.zone(bytes, word)
      }
    }
  }

  /// A zone in digits: `+hhmm`, `+hh:mm` or `+h`. No clock is more than 14 hours from UTC.
  private mutating func offset(
    _ bytes: Span<UInt8>, _ end: Int, _ position: inout Int, isWest: Bool
  ) {
    position += 1
    var (value, length) = MailDateParts.digits(bytes, end, &position)
    if length <= 2 {
      value *= 100
      if position < end, bytes[position] == 0x3A, MailDateParts.isDigit(bytes, end, position + 1) {
        position += 1
        value += MailDateParts.digits(bytes, end, &position).0
      }
    } else if length > 4 {
      value = 9999
    }
    let minutes = value / 100 * 60 + value % 100
    zone = value % 100 < 60 && minutes <= 14 * 60 ? (isWest ? -minutes : minutes) : nil
    zoneIsSigned = true
  }

  var timestamp: Timestamp? {
    guard let (year, month, day) = civilDay else { return nil }
    let zone = zone.map { Int16($0) }
    if let hour = clockHour, minute < 60, (second ?? 0) <= 60,
      let whole = Timestamp(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second,
        zoneMinutes: zone)
    {
      return whole
    }
    return Timestamp(year: year, month: month, day: day)
  }

  private var clockHour: Int? {
    guard let hour else { return nil }
    guard let afternoon else { return hour <= 23 ? hour : nil }
    guard (1...12).contains(hour) else { return hour <= 23 ? hour : nil }
    return hour % 12 + (afternoon ? 12 : 0)
  }

  private var civilDay: (Int, Int, Int)? {
    if let month {
      guard count >= 2, count <= 3 else { return nil }
      let yearIsFirst = digits.0 >= 3
      let year =
        yearIsFirst ? MailDateParts.year(numbers.0, digits.0) : MailDateParts.year(numbers.1, digits.1)
      return year.map { ($0, month, yearIsFirst ? numbers.1 : numbers.0) }
    }
    guard count == 3, digits.0 == 4 else { return nil }
    return (numbers.0, numbers.1, numbers.2)
  }

  /// RFC 5322, 4.3: two digits below 50 are of this century, the rest and three digits count from 1900.
  private static func year(_ value: Int, _ digits: Int) -> Int? {
    switch digits {
    case 1, 2: value < 50 ? 2000 + value : 1900 + value
    case 3: 1900 + value
    case 4: value
    default: nil
    }
  }
}

extension UInt8 {
  /// An ASCII digit.
  var isDigit: Bool { self &- 0x30 < 10 }
  /// An ASCII letter.
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

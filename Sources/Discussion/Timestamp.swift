/// A moment as precise as its source states it.
///
/// `seconds` counts from 1970-01-01T00:00:00Z, proleptic Gregorian, without leap seconds. What the
/// source leaves out is zero in `seconds` and named by `precision`; a missing zone reads as UTC and
/// leaves `zoneMinutes` nil.
public struct Timestamp: Hashable, Sendable, Comparable {
  /// How much of the moment the source states.
  public enum Precision: UInt8, Sendable, Comparable {
    case year = 1
    case month, day, minute, second

    /// Coarser before finer.
    public static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  public var seconds: Int64
  /// How much of it the source states.
  public var precision: Precision
  /// Offset of the source's clock from UTC in minutes, nil when the source does not say.
  public var zoneMinutes: Int16?

  /// A moment from its parts.
  public init(seconds: Int64, precision: Precision, zoneMinutes: Int16? = nil) {
    self.seconds = seconds
    self.precision = precision
    self.zoneMinutes = zoneMinutes
  }

  /// A civil date and time; nil when the parts name no day or time that exists.
  public init?(
    year: Int, month: Int? = nil, day: Int? = nil, hour: Int? = nil, minute: Int? = nil,
    second: Int? = nil, zoneMinutes: Int16? = nil
  ) {
    guard (1...9999).contains(year), (1...12).contains(month ?? 1) else { return nil }
    guard (1...Timestamp.days(inMonth: month ?? 1, of: year)).contains(day ?? 1) else { return nil }
    guard (0...23).contains(hour ?? 0), (0...59).contains(minute ?? 0), (0...60).contains(second ?? 0)
    else { return nil }
    let days = Timestamp.daysSinceEpoch(year: year, month: month ?? 1, day: day ?? 1)
    let time = (hour ?? 0) * 3600 + (minute ?? 0) * 60 + min(second ?? 0, 59)
    seconds = Int64(days * 86_400 + time - Int(zoneMinutes ?? 0) * 60)
    precision =
      second != nil ? .second : hour != nil ? .minute : day != nil ? .day : month != nil ? .month : .year
    self.zoneMinutes = zoneMinutes
  }

  /// Earlier before later; at one moment, coarser before finer.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.precision) < (right.seconds, right.precision)
  }

  /// The civil parts on the source's own clock.
  public var civil: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    let local = seconds + Int64(zoneMinutes ?? 0) * 60
    let days = Int((local >= 0 ? local : local - 86_399) / 86_400)
    let time = Int(local - Int64(days) * 86_400)
    let date = Timestamp.civil(daysSinceEpoch: days)
    return (date.year, date.month, date.day, time / 3600, time / 60 % 60, time % 60)
  }

  /// ISO 8601, as precise as the source: `2012-06-14` or `2012-06-14T10:51:01Z`.
  public var iso8601: String {
    let parts = civil
    var text = Timestamp.padded(parts.year, 4)
    if precision >= .month { text += "-" + Timestamp.padded(parts.month, 2) }
    if precision >= .day { text += "-" + Timestamp.padded(parts.day, 2) }
    guard precision >= .minute else { return text }
    text += "T" + Timestamp.padded(parts.hour, 2) + ":" + Timestamp.padded(parts.minute, 2)
    if precision >= .second { text += ":" + Timestamp.padded(parts.second, 2) }
    guard let zoneMinutes else { return text }
    if zoneMinutes == 0 { return text + "Z" }
    let zone = Int(zoneMinutes.magnitude)
    return text + (zoneMinutes < 0 ? "-" : "+") + Timestamp.padded(zone / 60, 2) + ":"
      + Timestamp.padded(zone % 60, 2)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Number of days of a month, Gregorian.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Days from 1970-01-01, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The inverse of `daysSinceEpoch`, same source.
  static func civil(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1
    )
  }
}

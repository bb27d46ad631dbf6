import Discussion
import Reader

/// Dates as people read them: short, as precise as the source, with their age.
enum DateText {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `14 Jun 2012`, `14 Jun 2012 10:51`, `Jun 2012` or `2012`.
  static func short(_ date: Timestamp) -> String {
    let parts = date.civil
    var text = String(parts.year)
    if date.precision >= .month { text = months[parts.month - 1] + " " + text }
    if date.precision >= .day { text = "\(parts.day) " + text }
    if date.precision >= .minute {
      let minute = parts.minute < 10 ? "0\(parts.minute)" : "\(parts.minute)"
      text += " \(parts.hour):\(minute)"
    }
    return text
  }

  private static let longMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// `14 June 2012, 10:51`, as far as it is known.
  private static func long(_ date: Timestamp) -> String {
    let parts = date.civil
    var text = String(parts.year)
    if date.precision >= .month { text = longMonths[parts.month - 1] + " " + text }
    if date.precision >= .day { text = "\(parts.day) " + text }
    return date.precision >= .minute ? text + ", \(parts.hour):\(twoDigits(parts.minute))" : text
  }

  /// `2012-06-14 10:51`, as far as it is known.
  private static func iso(_ date: Timestamp) -> String {
    let parts = date.civil
    var text = String(parts.year)
    if date.precision >= .month { text += "-" + twoDigits(parts.month) }
    if date.precision >= .day { text += "-" + twoDigits(parts.day) }
    return date.precision >= .minute ? text + " \(twoDigits(parts.hour)):\(twoDigits(parts.minute))" : text
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A date where there is little room.
  static func brief(_ date: Timestamp, now: Int64, _ style: DateStyle) -> String {
    switch style {
    case .age, .short: short(date)
    case .long: long(date)
    case .iso: iso(date)
    case .relative: ago(date, now: now)
    }
  }

  private static func ago(_ date: Timestamp, now: Int64) -> String {
    guard date.precision >= .month, let age = age(date, now: now) else { return short(date) }
    return age + " ago"
  }

  /// The age in the largest unit that fits, such as `14 y`; nil for the future or an unknown clock.
  static func age(_ date: Timestamp, now: Int64) -> String? {
    guard now > 0, now >= date.seconds else { return nil }
    let seconds = now - date.seconds
    let day: Int64 = 86_400
    switch seconds {
    case 0..<3600: return date.precision >= .minute ? "\(seconds / 60) min" : nil
    case 3600..<day: return date.precision >= .minute ? "\(seconds / 3600) h" : nil
    case day..<(60 * day): return "\(seconds / day) d"
    case (60 * day)..<(730 * day): return "\(seconds / (30 * day)) mo"
    default: return "\(seconds / (365 * day)) y"
    }
  }

  /// A date from the most telling wording to the shortest: with its age, with the time, the day alone.
  static func wordings(_ date: Timestamp, now: Int64, _ style: DateStyle) -> [String] {
    let day = Timestamp(
      seconds: date.seconds, precision: min(date.precision, .day), zoneMinutes: date.zoneMinutes)
    return [phrase(date, now: now, style), brief(date, now: now, style), brief(day, now: now, style)]
  }

  /// A date as one phrase, in the style asked for with its age.
  static func phrase(_ date: Timestamp, now: Int64, _ style: DateStyle) -> String {
    guard style == .age else { return brief(date, now: now, style) }
    guard date.precision >= .month, let age = age(date, now: now) else { return short(date) }
    return short(date) + " · " + age
  }
}

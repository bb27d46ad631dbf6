import Discussion

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

  /// Date and age, as one phrase.
  static func phrase(_ date: Timestamp, now: Int64) -> String {
    guard date.precision >= .month, let age = age(date, now: now) else { return short(date) }
    return short(date) + " · " + age
  }
}

public import Discussion

/// How many entries were written when: the rows of a timeline.
public struct Timeline {
  /// What a row stands for.
  public enum Unit: Hashable, Sendable {
    case day, week, month, year
  }

  private let library: Library
  private var buckets: [Int: (count: Int, first: EntryID, at: Int64)] = [:]
  private var vague = 0
  private var undated = 0
  private let unit: Unit

  /// The timeline of some discussions, by what suits the time that they span.
  /// - Returns: nil when it was given up.
  /// - Complexity: O(entries), twice.
  public init?(
    of discussions: some Collection<DiscussionID>, in library: Library, isCancelled: () -> Bool = { false }
  ) {
    self.library = library
    var first = Int64.max
    var last = Int64.min
    for discussion in discussions {
      guard let span = library.dateSpan(of: discussion) else { continue }
      first = min(first, span.lowerBound)
      last = max(last, span.upperBound)
    }
    let days = first > last ? 0 : last / 86_400 - first / 86_400
    unit = days <= 21 ? .day : days <= 180 ? .week : days <= 7300 ? .month : .year
    for (place, discussion) in discussions.enumerated() {
      if place & 0xFFF == 0, isCancelled() { return nil }
      for entry in library.entries(of: discussion) { add(entry) }
    }
  }

  private mutating func add(_ entry: EntryID) {
    guard let date = library.date(of: entry) else {
      undated += 1
      return
    }
    let needed: Timestamp.Precision = unit == .year ? .year : unit == .month ? .month : .day
    guard date.precision >= needed else {
      vague += 1
      return
    }
    let number = Timeline.number(of: date, unit)
    let known = buckets[number]
    let isFirst = known.map { date.seconds < $0.at } ?? true
    buckets[number] = (
      (known?.count ?? 0) + 1, isFirst ? entry : known?.first ?? entry,
      isFirst ? date.seconds : known?.at ?? date.seconds
    )
  }

  /// The number of the row that a moment falls into, on the source's own clock.
  private static func number(of date: Timestamp, _ unit: Unit) -> Int {
    let civil = date.civil
    switch unit {
    case .year: return civil.year
    case .month: return civil.year * 12 + civil.month - 1
    case .day, .week:
      let local = date.seconds + Int64(date.zoneMinutes ?? 0) * 60
      let days = Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
      // 1970-01-01 was a Thursday; weeks begin on Monday.
      return unit == .day ? days : (days + 3 >= 0 ? (days + 3) / 7 : (days - 3) / 7)
    }
  }

  /// The first day of a row, and the last.
  private func span(_ number: Int) -> (from: Timestamp, to: Timestamp) {
    func day(_ days: Int) -> Timestamp { Timestamp(seconds: Int64(days) * 86_400, precision: .day) }
    switch unit {
    case .day: return (day(number), day(number))
    case .week: return (day(number * 7 - 3), day(number * 7 + 3))
    case .month, .year:
      let year = unit == .year ? number : number / 12
      let month = unit == .year ? nil : number % 12 + 1
      let date = Timestamp(year: year, month: month) ?? Timestamp(seconds: 0, precision: .year)
      return (date, date)
    }
  }

  /// A row for each day, week, month or year, the oldest first. Long times without an entry are one row.
  /// - Parameter limitsList: whether Enter limits the list by the time; else it goes to the first entry.
  public func rows(limitsList: Bool) -> [OverviewRow] {
    var rows: [OverviewRow] = []
    var previous: Int?
    for (number, bucket) in buckets.sorted(by: { $0.key < $1.key }) {
      if let previous, number > previous + 1 {
        let gap = number - previous - 1
        if gap <= 3 {
          for empty in previous + 1..<number { rows.append(OverviewRow(span(empty).from.iso8601, count: 0)) }
        } else {
          let name = unit == .day ? "days" : unit == .week ? "weeks" : unit == .month ? "months" : "years"
          rows.append(OverviewRow("⋮", detail: "\(gap) \(name) without an entry"))
        }
      }
      let (from, to) = span(number)
      let query = from == to ? "date:\(from.iso8601)" : "date:\(from.iso8601)..\(to.iso8601)"
      rows.append(
        OverviewRow(
          from.iso8601, count: bucket.count, target: limitsList ? .limit(query) : .entry(bucket.first)))
      previous = number
    }
    // No bar: it would dwarf the others and stands for no time.
    if vague > 0 { rows.append(OverviewRow("vague", detail: "\(vague) with a date less precise than this")) }
    if undated > 0 { rows.append(OverviewRow("undated", detail: "\(undated) without a date in the source")) }
    return rows
  }
}

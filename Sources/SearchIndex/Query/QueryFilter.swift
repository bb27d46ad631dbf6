/// A part of a query that is not about words. The index does not know these things: whoever searches
/// answers each with the documents that pass.
public enum QueryFilter: Hashable, Sendable {
  /// What an entry is.
  public enum Kind: String, CaseIterable, Sendable {
    /// The entry that opens a discussion.
    case post
    /// Any other entry.
    case comment
  }

  /// What the reader did with an entry.
  public enum Mark: String, CaseIterable, Sendable {
    /// Marked with a star.
    case starred
    /// Bookmarked.
    case bookmarked
    /// Not read yet.
    case unread
    /// Came since the last visit, and not read yet.
    case new
    /// Read.
    case read
  }

  /// `in:post`, `is:comment`.
  case kind(Kind)
  /// `is:starred` and the like.
  case mark(Mark)
  /// `tag:`, as typed.
  case tag(String)
  /// `note:`, as typed.
  case note(String)
  /// `source:`, as typed.
  case source(String)
  /// `format:`, as typed.
  case format(String)
  /// `date:`, `before:`, `after:`: seconds since 1970 in UTC; the ends are `Int64.min` and `.max` where
  /// open. An entry without a date passes none.
  case date(Range<Int64>)
  /// `replies:`: how many direct and indirect replies.
  case replies(ClosedRange<Int>)
  /// `thread:`, as typed; `this` is the discussion that is open.
  case thread(String)
}

/// Answers the filters of a query.
public protocol QueryFilters: Sendable {
  /// The documents that pass, or nil if the filter cannot be answered.
  func bitmap(for filter: QueryFilter) -> DocumentBitmap?
}

/// Answers no filter.
public struct NoFilters: QueryFilters {
  /// The only one.
  public init() {}

  /// Always nil.
  public func bitmap(for filter: QueryFilter) -> DocumentBitmap? { nil }
}

/// The names of filters, and how their values read.
enum FilterName: String, CaseIterable {
  case `is`, `in`, tag, note, source, format, date, before, after, replies, thread

  /// The filter a value stands for, or what would have been right.
  func filter(_ value: String) -> Result<QueryFilter, FilterRemedy> {
    switch self {
    case .is:
      if let mark = QueryFilter.Mark(rawValue: value) { return .success(.mark(mark)) }
      if let kind = QueryFilter.Kind(rawValue: value) { return .success(.kind(kind)) }
      return .failure("is: takes starred, bookmarked, unread, new, read, post or comment")
    case .in:
      if let kind = QueryFilter.Kind(rawValue: value) { return .success(.kind(kind)) }
      return .failure("in: takes post or comment")
    case .tag: return .success(.tag(value))
    case .note: return .success(.note(value))
    case .source: return .success(.source(value))
    case .format: return .success(.format(value))
    case .thread: return .success(.thread(value))
    case .replies:
      guard let range = FilterName.count(value) else { return .failure("replies: takes 5, >5, <5 or 2..5") }
      return .success(.replies(range))
    case .date, .before, .after:
      guard let range = dates(value) else {
        return .failure("\(rawValue): takes a date such as 2012, 2012-06 or 2012-06-14")
      }
      return .success(.date(range))
    }
  }

  private static func count(_ value: String) -> ClosedRange<Int>? {
    if value.hasPrefix(">="), let low = Int(value.dropFirst(2)), low >= 0 { return low...Int.max }
    if value.hasPrefix("<="), let high = Int(value.dropFirst(2)), high >= 0 { return 0...high }
    if value.hasPrefix(">"), let low = Int(value.dropFirst()), low >= 0, low < Int.max {
      return (low + 1)...Int.max
    }
    if value.hasPrefix("<"), let high = Int(value.dropFirst()), high > 0 { return 0...(high - 1) }
    if let (first, second) = bounds(value) {
      guard let low = first.isEmpty ? 0 : Int(first), let high = second.isEmpty ? Int.max : Int(second),
        low >= 0, high >= low
      else { return nil }
      return low...high
    }
    guard let exact = Int(value), exact >= 0 else { return nil }
    return exact...exact
  }

  private func dates(_ value: String) -> Range<Int64>? {
    if self == .date, let (first, second) = FilterName.bounds(value) {
      guard let from = first.isEmpty ? Int64.min : CivilSpan(first)?.seconds.lowerBound,
        let to = second.isEmpty ? Int64.max : CivilSpan(second)?.seconds.upperBound, from < to
      else { return nil }
      return from..<to
    }
    guard let span = CivilSpan(value)?.seconds else { return nil }
    switch self {
    case .before: return Int64.min..<span.lowerBound
    case .after: return span.upperBound..<Int64.max
    default: return span
    }
  }

  /// The two sides of `a..b`.
  private static func bounds(_ value: String) -> (Substring, Substring)? {
    let bytes = value.utf8
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let next = bytes.index(after: at)
      if next < bytes.endIndex, bytes[at] == UInt8(ascii: "."), bytes[next] == UInt8(ascii: ".") {
        return (value[..<at], value[bytes.index(after: next)...])
      }
      at = next
    }
    return nil
  }
}

/// What a filter would have understood.
struct FilterRemedy: Error, ExpressibleByStringInterpolation {
  var text: String
  init(stringLiteral value: String) { text = value }
}

/// A year, a month or a day, in UTC.
struct CivilSpan {
  let seconds: Range<Int64>

  init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    var numbers: [Int] = []
    for part in parts {
      guard !part.isEmpty, part.count <= 4, part.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    guard (1...3).contains(numbers.count), parts[0].count == 4 else { return nil }
    let year = numbers[0]
    guard numbers.count > 1 else {
      seconds = CivilSpan.days(year, 1, 1) * 86400..<CivilSpan.days(year + 1, 1, 1) * 86400
      return
    }
    let month = numbers[1]
    guard (1...12).contains(month) else { return nil }
    let next = month == 12 ? CivilSpan.days(year + 1, 1, 1) : CivilSpan.days(year, month + 1, 1)
    let first = CivilSpan.days(year, month, 1)
    guard numbers.count > 2 else {
      seconds = first * 86400..<next * 86400
      return
    }
    let day = first + Int64(numbers[2]) - 1
    guard numbers[2] > 0, day < next else { return nil }
    seconds = day * 86400..<(day + 1) * 86400
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }
}

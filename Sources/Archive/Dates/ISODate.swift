import Discussion

/// Dates as machines write them: ISO 8601 and RFC 3339, extended or basic, and the forms that databases
/// print (`2012-06-14 10:51:01 UTC`, `2012-06-14 10:51:01.25+02`).
///
/// A date with anything behind it that is not understood is no date: nothing is guessed. The zero times of
/// programs (`0000-00-00`, `0001-01-01T00:00:00Z`) are no dates either.
enum ISODate {
  /// The moment that the bytes state, white space around them aside; nil when they state none.
  static func parse(_ bytes: [UInt8]) -> Timestamp? { parse(bytes[...]) }

  /// The moment that the bytes state, white space around them aside; nil when they state none.
  /// - Complexity: O(bytes), at most 64 of them.
  static func parse(_ bytes: ArraySlice<UInt8>) -> Timestamp? {
    var rest = bytes
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    guard (4...64).contains(rest.count) else { return nil }
    var reader = Reader(rest: rest)
    guard let moment = reader.moment(), reader.rest.isEmpty else { return nil }
    return moment
  }

  fileprivate static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func moment() -> Timestamp? {
      guard let year = digits(4) else { return nil }
      if rest.isEmpty { return Timestamp(year: year) }
      let isExtended = take(0x2D)
      guard let month = digits(2) else { return nil }
      if rest.isEmpty, isExtended { return Timestamp(year: year, month: month) }
      guard take(0x2D) == isExtended, let day = digits(2) else { return nil }
      if rest.isEmpty { return Timestamp(year: year, month: month, day: day) }
      guard take(0x54) || take(0x74) || take(0x5F) || takeSpaces() else { return nil }
      guard let time = time() else { return nil }
      guard let zone = zone() else { return nil }
      // ISO 8601 lets a day end at 24:00.
      let isMidnight = time.hour == 24 && time.minute == 0 && (time.second ?? 0) == 0
      guard
        var moment = Timestamp(
          year: year, month: month, day: day, hour: isMidnight ? 0 : time.hour, minute: time.minute,
          second: time.second, zoneMinutes: zone.minutes)
      else { return nil }
      if isMidnight { moment.seconds += 86_400 }
      if year == 1, month == 1, day == 1, time.hour == 0, time.minute == 0 { return nil }
      return moment
    }

    private mutating func time() -> (hour: Int, minute: Int, second: Int?)? {
      guard let hour = digits(2) else { return nil }
      let isExtended = take(0x3A)
      guard let minute = digits(2) else { return isExtended ? nil : (hour, 0, nil) }
      guard isExtended ? take(0x3A) : rest.first.map(ISODate.isDigit) ?? false else {
        return (hour, minute, nil)
      }
      guard let second = digits(2) else { return nil }
      if take(0x2E) || take(0x2C) {
        guard digits(1) != nil else { return nil }
        while digits(1) != nil {}
      }
      return (hour, minute, second)
    }

    /// The zone, `.some(nil)` when none is stated; nil when something else stands there.
    private mutating func zone() -> (minutes: Int16?, Void)? {
      _ = takeSpaces()
      defer { skipZoneName() }
      if rest.isEmpty { return (nil, ()) }
      for name in ["UTC", "GMT", "Z"] where takeLetters(name) {
        if rest.isEmpty || rest.first == 0x5B { return (0, ()) }
        break
      }
      let isWest = rest.first == 0x2D
      guard take(0x2B) || take(0x2D), let hours = digits(2) else { return nil }
      _ = take(0x3A)
      let minutes = digits(2) ?? 0
      guard hours <= 18, minutes < 60 else { return nil }
      return (Int16((isWest ? -1 : 1) * (hours * 60 + minutes)), ())
    }

    /// The zone's name in brackets behind its offset (RFC 9557).
    private mutating func skipZoneName() {
      if rest.first == 0x5B, rest.last == 0x5D { rest = rest[rest.endIndex...] }
    }

    private mutating func digits(_ count: Int) -> Int? {
      guard rest.count >= count else { return nil }
      var value = 0
      for byte in rest.prefix(count) {
        guard ISODate.isDigit(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      rest = rest.dropFirst(count)
      return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }

    private mutating func takeSpaces() -> Bool {
      let before = rest.count
      while rest.first == 0x20 { rest = rest.dropFirst() }
      return rest.count < before
    }

    private mutating func takeLetters(_ name: String) -> Bool {
      guard rest.prefix(name.utf8.count).elementsEqual(name.utf8, by: { $0 & 0xDF == $1 }) else {
        return false
      }
      rest = rest.dropFirst(name.utf8.count)
      return true
    }
  }

  fileprivate static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// A time of day beside a date.
struct DateTime {
  var hour: Int
  var minute: Int
  var second: Int?
  /// Minutes east of UTC, when said.
  var zone: Int16?

  /// Reads `at 12:50 pm`, `, 16:31 Uhr`, `à 14 h 05`, `T10:51:01+02:00` from a token on; returns the token
  /// after it, which is `start` when no time is there.
  static func read(_ tokens: [DateToken], _ start: Int) -> (DateTime?, Int) {
    var next = start
    while let token = tokens[safe: next], next < start + 4 {
      guard token.isOne(of: [0x2C, 0x2D, 0x7C, 0x2F, 0x40, 0x28, 0x3A, 0xE2, 0xC2]) || token.means(.at) else {
        break
      }
      next += 1
    }
    guard case .number(var hour, let digits) = tokens[safe: next]?.kind, digits <= 2, hour <= 24 else {
      return (nil, start)
    }
    next += 1
    var minute = 0
    var second: Int?
    var hasMinute = false
    if let mark = tokens[safe: next]?.mark, mark == 0x3A || mark == 0x2E,
      case .number(let value, 2) = tokens[safe: next + 1]?.kind,
      value < 60
    {
      (minute, hasMinute) = (value, true)
      next += 2
      if tokens[safe: next]?.mark == 0x3A, case .number(let value, 2) = tokens[safe: next + 1]?.kind,
        value <= 60
      {
        second = value
        next += 2
        // Fractions of a second.
        if tokens[safe: next]?.mark == 0x2E, case .number = tokens[safe: next + 1]?.kind { next += 2 }
      }
    } else if let token = tokens[safe: next], token.means(.hour) {
      hasMinute = true
      next += 1
      if case .number(let value, 2) = tokens[safe: next]?.kind, value < 60 {
        (minute, next) = (value, next + 1)
        if let unit = tokens[safe: next], unit.means([.unit, .m]) { next += 1 }
      }
    }
    let half = meridiem(tokens, &next)
    guard hasMinute || half != nil else { return (nil, start) }
    if let half {
      guard (0...12).contains(hour) else { return (nil, start) }
      hour = hour % 12 + (half ? 12 : 0)
    } else if let token = tokens[safe: next], token.means(.hour) {
      next += 1
    }
    let zone = zone(tokens, &next)
    return (DateTime(hour: hour % 24, minute: minute, second: second, zone: zone), next)
  }

  /// Reads a zone: `Z`, `UTC`, `(CET)`, `GMT+2`, `+0200`, `-04:00`.
  static func zone(_ tokens: [DateToken], _ next: inout Int) -> Int16? {
    var probe = next
    if tokens[safe: probe]?.mark == 0x28 { probe += 1 }
    var base: Int16?
    if let named = tokens[safe: probe]?.word?.zone {
      base = named
      probe += 1
    }
    if let token = tokens[safe: probe], let mark = token.mark, mark == 0x2B || mark == 0x2D,
      let following = tokens[safe: probe + 1], following.range.lowerBound == token.range.upperBound,
      case .number(let value, let digits) = following.kind, base == nil || base == 0
    {
      var minutes: Int?
      var end = probe + 2
      if digits == 4 {
        minutes = value / 100 * 60 + value % 100
      } else if digits <= 2, tokens[safe: end]?.mark == 0x3A,
        case .number(let rest, 2) = tokens[safe: end + 1]?.kind
      {
        minutes = value * 60 + rest
        end += 2
      } else if digits <= 2, base != nil {
        minutes = value * 60
      }
      if let minutes, minutes <= 14 * 60, minutes % 15 == 0 {
        next = end
        if tokens[safe: next]?.mark == 0x29 { next += 1 }
        return Int16(clamping: mark == 0x2D ? -minutes : minutes)
      }
    }
    guard let base else { return nil }
    next = probe
    if tokens[safe: next]?.mark == 0x29 { next += 1 }
    return base
  }

  /// True for pm, false for am, nil for neither; `p.m.` too.
  private static func meridiem(_ tokens: [DateToken], _ next: inout Int) -> Bool? {
    guard let token = tokens[safe: next] else { return nil }
    if token.means(.am) || token.means(.pm) {
      next += 1
      return token.means(.pm)
    }
    guard token.means([.a, .p]) else { return nil }
    guard tokens[safe: next + 1]?.mark == 0x2E, tokens[safe: next + 2]?.means(.m) == true else { return nil }
    next += tokens[safe: next + 3]?.mark == 0x2E ? 4 : 3
    return token.means(.p)
  }
}

extension Array {
  /// The element at a position that may lie outside.
  subscript(safe position: Int) -> Element? { indices.contains(position) ? self[position] : nil }
}

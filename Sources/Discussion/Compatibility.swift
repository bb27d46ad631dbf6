/// What two copies of one entry may differ in.
enum Compatibility {
  /// Whether one author can have written both: unknown goes with anyone.
  static func authors(_ left: [UInt8]?, _ right: [UInt8]?) -> Bool {
    guard let left, let right, left != right else { return true }
    return FoldedWords.fold(left) == FoldedWords.fold(right) && !FoldedWords.fold(left).isEmpty
  }

  /// Whether both dates can be of one moment, as precise as they are; without a zone, half a day and two
  /// hours either way are left open. Unknown goes with anything.
  static func dates(_ left: Timestamp?, _ right: Timestamp?, tolerance: Int64 = 0) -> Bool {
    guard let left, let right else { return true }
    let coarse: Int64 =
      switch min(left.precision, right.precision) {
      case .second: 1
      case .minute: 60
      case .day: 86_400
      case .month: 31 * 86_400
      case .year: 366 * 86_400
      }
    let zone: Int64 = left.zoneMinutes == nil || right.zoneMinutes == nil ? 14 * 3600 : 0
    return (left.seconds &- right.seconds).magnitude <= UInt64(coarse + zone + tolerance)
  }

  /// The better-informed of two dates that go together.
  static func better(_ first: Timestamp?, _ second: Timestamp?) -> Timestamp? {
    guard let first, let second else { return first ?? second }
    guard dates(first, second) else { return first }
    if first.precision != second.precision { return first.precision < second.precision ? second : first }
    return first.zoneMinutes == nil && second.zoneMinutes != nil ? second : first
  }

  /// Whether the second of two copies of a text says more: it is a quarter longer, or about as long and
  /// with roles where the first has none.
  static func isFuller(_ second: ParsedText, than first: ParsedText) -> Bool {
    let (one, two) = (first.utf8.count, second.utf8.count)
    if one == 0 || two == 0 { return two > one }
    if two > one &+ one / 4 { return true }
    if one > two &+ two / 4 { return false }
    if first.spans.isEmpty != second.spans.isEmpty { return first.spans.isEmpty }
    return two > one
  }

  /// What kind an id is of, such as a Message-ID: of two ids of one kind that differ, each names another
  /// thing. The kind is what stands before the last part of the id.
  static func kind(of id: [UInt8]) -> ArraySlice<UInt8> {
    if id.contains(UInt8(ascii: "@")) { return [UInt8(ascii: "@")] }
    let end = id.lastIndex { byte in
      switch byte {
      case 0x23, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x5F: true  // # - . / : = _
      default: false
      }
    }
    return end.map { id[...$0] } ?? id.prefix { !(0x30...0x39).contains($0) }
  }
}

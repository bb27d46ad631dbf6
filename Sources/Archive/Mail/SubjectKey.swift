/// What two subjects share that are about the same thing: the subject without reply marks and list tags,
/// without regard to case and white space.
struct SubjectKey {
  /// Fingerprint of the rest; 0 when nothing is left.
  var fingerprint: UInt64
  /// Whether a reply mark stood in front.
  var isReply: Bool

  /// The key of a decoded subject.
  /// - Complexity: O(range).
  init(_ subject: Span<UInt8>, _ range: Range<Int>) {
    let (start, isReply) = SubjectKey.skippingMarks(subject, range, tags: true)
    self.isReply = isReply
    var state = Fingerprint.start
    var isAfterSpace = false
    var isEmpty = true
    for position in start..<range.upperBound {
      let byte = subject[position]
      if byte.isMailSpace {
        isAfterSpace = !isEmpty
        continue
      }
      if isAfterSpace { state = Fingerprint.taking(0x20, state) }
      isAfterSpace = false
      isEmpty = false
      state = Fingerprint.taking(byte.lowered, state)
    }
    fingerprint = isEmpty ? 0 : Fingerprint.finish(state)
  }

  /// The subject without the reply marks in front.
  static func withoutMarks(_ subject: [UInt8]) -> [UInt8] {
    let start = skippingMarks(subject.span, 0..<subject.count, tags: false).start
    return start < subject.count ? Array(subject[start...]) : subject
  }

  /// Where a subject goes on after reply marks and, if wanted, tags of mailing lists in brackets.
  static func skippingMarks(
    _ subject: Span<UInt8>, _ range: Range<Int>, tags: Bool
  ) -> (start: Int, isReply: Bool) {
    var position = range.lowerBound
    var isReply = false
    while true {
      while position < range.upperBound, subject[position].isMailSpace { position += 1 }
      if let end = replyMarkEnd(subject, position, range.upperBound) {
        position = end
        isReply = true
      } else if tags, position < range.upperBound, subject[position] == 0x5B {
        let limit = min(range.upperBound, position + 64)
        let close = subject.position(of: 0x5D, from: position, to: limit)
        // A tag alone is the subject itself.
        guard close < limit, close + 1 < range.upperBound else { return (position, isReply) }
        // A tag with a number in it tells things apart: a bug, a part of a series.
        for inside in position..<close where subject[inside].isDigit { return (position, isReply) }
        position = close + 1
      } else {
        return (position, isReply)
      }
    }
  }

  /// The end of `Re:`, `Re[2]:`, `AW:` and their kin at a position.
  private static func replyMarkEnd(_ subject: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var position = start
    var word: UInt64 = 0
    while position < end, subject[position].isLetter, position - start < 8 {
      word = word << 8 | UInt64(subject[position] | 0x20)
      position += 1
    }
    switch word {
    case 0x7265, 0x6177, 0x7376, 0x7673: break  // re aw sv vs
    case 0x616E7477, 0x6F6470, 0x726966, 0x726573, 0x796E74: break  // antw odp rif res ynt
    case 0x616E74776F7274: break  // antwort
    default: return nil
    }
    if position < end, subject[position] == 0x5B || subject[position] == 0x28 || subject[position] == 0x5E {
      position += 1
      while position < end, subject[position].isDigit { position += 1 }
      if position < end, subject[position] == 0x5D || subject[position] == 0x29 { position += 1 }
    }
    while position < end, subject[position] == 0x20, position - start < 16 { position += 1 }
    return position < end && subject[position] == 0x3A ? position + 1 : nil
  }
}

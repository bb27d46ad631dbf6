import Bytes

/// The parts of an entry's text that are somebody else's words: by role, by `>` lines, or in quotation
/// marks.
enum QuotedPassages {
  /// Byte ranges of quoted passages, in order, apart.
  /// - Complexity: O(bytes + spans).
  static func quoted(_ text: Span<UInt8>, _ spans: [RoleSpan]) -> [Range<Int>] {
    let foreign = foreign(text, spans)
    var next = 0
    let spoken = inQuotationMarks(text).filter { passage in
      while next < foreign.count, foreign[next].upperBound <= passage.lowerBound { next += 1 }
      return next == foreign.count || foreign[next].lowerBound >= passage.upperBound
    }
    let quotes = quotes(text, spans)
    return spoken.isEmpty ? quotes : union(quotes + spoken)
  }

  /// Byte ranges that are not the entry's own words: quotes by role or `>`, and signatures; in order, apart.
  /// - Complexity: O(bytes + spans).
  static func foreign(_ text: Span<UInt8>, _ spans: [RoleSpan]) -> [Range<Int>] {
    let quotes = quotes(text, spans)
    let signatures = spans.filter { $0.role == .signature }.map(\.bytes)
    return signatures.isEmpty ? quotes : union(quotes + signatures)
  }

  /// Byte ranges that are quotes by role or, where no part has that role, by `>`; in order, apart.
  static func quotes(_ text: Span<UInt8>, _ spans: [RoleSpan]) -> [Range<Int>] {
    let quotes = joined(union(spans.filter { $0.role == .quote }.map(\.bytes)), in: text)
    return quotes.isEmpty ? markedLines(text) : quotes
  }

  /// Ranges ordered, those that touch or overlap made one.
  private static func union(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// Ranges with nothing but white space between them made one: lines of a quote, each with its own role.
  private static func joined(_ ranges: [Range<Int>], in text: Span<UInt8>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges {
      if let last = result.last, range.lowerBound - last.upperBound <= 8,
        (last.upperBound..<range.lowerBound).allSatisfy({ text[$0] <= 0x20 })
      {
        result[result.count - 1] = last.lowerBound..<range.upperBound
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// Runs of lines that begin with `>`.
  private static func markedLines(_ text: Span<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    var isMarked: Bool?
    for position in 0..<text.count {
      let byte = text[position]
      if isMarked == nil, byte != 0x20 { isMarked = byte == UInt8(ascii: ">") }
      guard byte == 0x0A || position + 1 == text.count else { continue }
      if isMarked == true {
        if let last = found.last, last.upperBound == start {
          found[found.count - 1] = last.lowerBound..<position + 1
        } else {
          found.append(start..<position + 1)
        }
      }
      start = position + 1
      isMarked = nil
    }
    return found
  }

  /// What stands between quotation marks, within one paragraph.
  private static func inQuotationMarks(_ text: Span<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var open: (mark: QuotationMark, start: Int)?
    var position = 0
    var previous: UInt8 = 0x20
    while position < text.count {
      let byte = text[position]
      if byte == 0x0A, previous == 0x0A { open = nil }
      guard byte == 0x22 || byte >= 0xC2, let (mark, length) = QuotationMark.at(position, in: text) else {
        previous = byte
        position += 1
        continue
      }
      let next: UInt8 = position + length < text.count ? text[position + length] : 0x20
      if let opened = open, mark.closes(opened.mark), mark != .straight || isGap(next) {
        found.append(opened.start..<position)
        open = nil
      } else if open == nil, mark.canOpen, mark != .straight || isGap(previous) {
        open = (mark, position + length)
      }
      position += length
      previous = byte
    }
    return found
  }

  /// Whether a byte is no ASCII letter or digit.
  private static func isGap(_ byte: UInt8) -> Bool {
    !(0x30...0x39).contains(byte) && !(0x41...0x5A).contains(byte & 0xDF)
  }
}

/// A quotation mark, by where it stands in the usages of languages.
private enum QuotationMark {
  case straight, high, highClosing, low, left, right, corner, cornerClosing

  /// The mark at a position and its length in bytes.
  static func at(_ position: Int, in text: Span<UInt8>) -> (QuotationMark, Int)? {
    if text[position] == 0x22 { return (.straight, 1) }
    if text[position] == 0xC2, position + 1 < text.count {
      switch text[position + 1] {
      case 0xAB: return (.left, 2)  // «
      case 0xBB: return (.right, 2)  // »
      default: return nil
      }
    }
    guard position + 2 < text.count else { return nil }
    switch (text[position], text[position + 1], text[position + 2]) {
    case (0xE2, 0x80, 0x9C), (0xE2, 0x80, 0x9F): return (.high, 3)  // “ ‟
    case (0xE2, 0x80, 0x9D): return (.highClosing, 3)  // ”
    case (0xE2, 0x80, 0x9E): return (.low, 3)  // „
    case (0xE3, 0x80, 0x8C), (0xE3, 0x80, 0x8E): return (.corner, 3)  // 「 『
    case (0xE3, 0x80, 0x8D), (0xE3, 0x80, 0x8F): return (.cornerClosing, 3)  // 」 』
    default: return nil
    }
  }

  var canOpen: Bool { self != .cornerClosing }

  func closes(_ opening: QuotationMark) -> Bool {
    switch opening {
    case .straight: self == .straight
    case .high: self == .highClosing
    case .highClosing: self == .highClosing  // Swedish and Finnish: ”…”
    case .low: self == .high || self == .highClosing
    case .left: self == .right
    case .right: self == .left || self == .right
    case .corner: self == .cornerClosing
    case .cornerClosing: false
    }
  }
}

import Bytes

/// What stands in front of a line of a list.
enum ListMarker: Hashable {
  case number(Int)
  case bullet
}

/// One line of a page, scanned once; small, for pages of millions of lines.
struct PageLine {
  private var start: Int32
  private var end: Int32
  private var contentStart: Int32
  /// -1 for none, -2 for a bullet, else the number.
  private var markerValue: Int32 = -1
  private var indentation: Int32
  /// Whether a blank line holds a no-break space.
  private(set) var holdsNoBreakSpace = false

  /// The line without indentation and trailing spaces.
  var text: Range<Int> { Int(start)..<Int(end) }

  /// The line without its marker.
  var content: Range<Int> { Int(contentStart)..<Int(end) }

  /// Spaces in front; a tab counts one.
  var indent: Int {
    get { Int(indentation) }
    set { indentation = Int32(clamping: newValue) }
  }

  /// The list marker in front of the content, if any.
  var marker: ListMarker? {
    switch markerValue {
    case -1: nil
    case -2: .bullet
    default: .number(Int(markerValue))
    }
  }

  /// Whether nothing but spaces and no-break spaces stands here.
  var isBlank: Bool { start == end }

  /// Whether the line is an item of a list as an extractor writes it: indented, then a marker.
  var isItem: Bool { markerValue != -1 && indentation >= 2 }
}

extension PageLine {
  /// Scans the lines of a text of less than 2 GiB.
  ///
  /// `* ` counts as a bullet on pages that have no other, as browsers save them.
  /// - Complexity: O(`utf8.count`).
  static func scan(_ utf8: [UInt8]) -> [PageLine] {
    let ranges = LineRanges.of(utf8)
    let span = utf8.span
    var hasBullets = false
    var hasStars = false
    var lines: [PageLine] = []
    lines.reserveCapacity(ranges.count)
    for range in ranges {
      let line = PageLine(span, range)
      if line.isItem, line.markerValue == -2 { hasBullets = true }
      if line.indentation >= 2, line.isStarred(span) { hasStars = true }
      lines.append(line)
    }
    if hasStars, !hasBullets {
      for index in lines.indices where lines[index].indentation >= 2 && lines[index].isStarred(span) {
        lines[index].setMarker(-2, length: 1, span)
      }
    }
    return lines
  }

  private init(_ utf8: borrowing Span<UInt8>, _ range: Range<Int>) {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, utf8[start] == 0x20 || utf8[start] == 0x09 { start += 1 }
    while end > start, utf8[end - 1] == 0x20 || utf8[end - 1] == 0x09 { end -= 1 }
    indentation = Int32(clamping: start - range.lowerBound)
    if PageLine.isOnlySpace(utf8, start, end) {
      holdsNoBreakSpace = start < end
      end = start
    }
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
    contentStart = Int32(clamping: start)
    if start < end, let (marker, length) = PageLine.marker(utf8, start, end),
      marker < 1 || marker > 31 || !PageLine.isMonth(utf8, start + length, end)
    {
      setMarker(marker, length: length, utf8)
    }
  }

  /// Whether a month and a digit follow, as in `12. Juni 2012`, which is no item of a list.
  private static func isMonth(_ utf8: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var position = start
    while position < end, utf8[position] == 0x20 { position += 1 }
    var word: [UInt8] = []
    while position < end, word.count < 14, utf8[position] != 0x20, utf8[position] != 0x2E {
      word.append(utf8[position])
      position += 1
    }
    while position < end, utf8[position] == 0x20 || utf8[position] == 0x2E { position += 1 }
    guard position < end, utf8[position] &- 0x30 < 10 else { return false }
    return DateWord.of(AlignedFold.of(word[...])[...]).month != nil
  }

  private mutating func setMarker(_ value: Int32, length: Int, _ utf8: borrowing Span<UInt8>) {
    markerValue = value
    var inner = Int(start) + length
    while inner < Int(end), utf8[inner] == 0x20 || utf8[inner] == 0x09 { inner += 1 }
    contentStart = Int32(clamping: inner)
  }

  private func isStarred(_ utf8: borrowing Span<UInt8>) -> Bool {
    end - start >= 2 && utf8[Int(start)] == 0x2A && utf8[Int(start) + 1] == 0x20
  }

  /// Whether a range holds only spaces, tabs and no-break spaces.
  private static func isOnlySpace(_ utf8: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var position = start
    while position < end {
      switch utf8[position] {
      case 0x20, 0x09: position += 1
      case 0xC2 where position + 1 < end && utf8[position + 1] == 0xA0: position += 2
      default: return false
      }
    }
    return true
  }

  /// `12. ` or `• ` at the start of a range, as a marker's value and its length in bytes.
  private static func marker(
    _ utf8: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> (Int32, Int)? {
    if end - start >= 3, utf8[start] == 0xE2 {
      // •, ▪, ◦, ‣
      switch (utf8[start + 1], utf8[start + 2]) {
      case (0x80, 0xA2), (0x96, 0xAA), (0x97, 0xA6), (0x80, 0xA3):
        return start + 3 == end || utf8[start + 3] == 0x20 ? (-2, 3) : nil
      default: return nil
      }
    }
    var position = start
    var value: Int32 = 0
    while position < end, position - start < 6, utf8[position] &- 0x30 < 10 {
      value = value * 10 + Int32(utf8[position] - 0x30)
      position += 1
    }
    guard position > start, position < end, utf8[position] == 0x2E,
      position + 1 == end || utf8[position + 1] == 0x20
    else { return nil }
    return (value, position + 1 - start)
  }
}

import Bytes

/// What stands in front of a line of a list.
enum ListMarker: Hashable {
  case number(Int)
  case bullet
}

/// One line of a page, scanned once.
struct PageLine {
  /// The line's number in its source, from 1.
  var number: Int
  /// The line without indentation and trailing spaces.
  var text: Range<Int>
  /// Spaces in front; a tab counts one.
  var indent: Int
  /// The list marker in front of the content, if any.
  var marker: ListMarker?
  /// The line without its marker.
  var content: Range<Int>

  /// Whether a blank line holds a no-break space.
  var holdsNoBreakSpace = false

  /// Whether nothing but spaces and no-break spaces stands here.
  var isBlank: Bool { text.isEmpty }

  /// Whether the line is an item of a list as an extractor writes it: indented, then a marker.
  var isItem: Bool { marker != nil && indent >= 2 }
}

extension PageLine {
  /// Scans the lines of a text.
  /// - Complexity: O(`utf8.count`).
  static func scan(_ utf8: [UInt8]) -> [PageLine] {
    var number = 0
    return LineRanges.of(utf8).map { range in
      number += 1
      return PageLine(utf8, range, number: number)
    }
  }

  private init(_ utf8: [UInt8], _ range: Range<Int>, number: Int) {
    self.number = number
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, utf8[start] == 0x20 || utf8[start] == 0x09 { start += 1 }
    while end > start, utf8[end - 1] == 0x20 || utf8[end - 1] == 0x09 { end -= 1 }
    indent = start - range.lowerBound
    if PageLine.isOnlySpace(utf8, start..<end) {
      holdsNoBreakSpace = start < end
      end = start
    }
    text = start..<end
    content = text
    if let (marker, length) = PageLine.marker(utf8, text) {
      self.marker = marker
      var inner = start + length
      while inner < end, utf8[inner] == 0x20 || utf8[inner] == 0x09 { inner += 1 }
      content = inner..<end
    }
  }

  /// Whether a range holds only spaces, tabs and no-break spaces.
  private static func isOnlySpace(_ utf8: [UInt8], _ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position < range.upperBound {
      switch utf8[position] {
      case 0x20, 0x09: position += 1
      case 0xC2 where position + 1 < range.upperBound && utf8[position + 1] == 0xA0: position += 2
      default: return false
      }
    }
    return true
  }

  /// `12. ` or `• ` at the start of a range, with its length in bytes.
  private static func marker(_ utf8: [UInt8], _ range: Range<Int>) -> (ListMarker, Int)? {
    let bullet: [UInt8] = [0xE2, 0x80, 0xA2]
    if utf8[range].starts(with: bullet) {
      let next = range.lowerBound + 3
      return next == range.upperBound || utf8[next] == 0x20 ? (.bullet, 3) : nil
    }
    var position = range.lowerBound
    var value = 0
    while position < range.upperBound, position - range.lowerBound < 6, utf8[position] &- 0x30 < 10 {
      value = value * 10 + Int(utf8[position] - 0x30)
      position += 1
    }
    guard position > range.lowerBound, position < range.upperBound, utf8[position] == 0x2E,
      position + 1 == range.upperBound || utf8[position + 1] == 0x20
    else { return nil }
    return (.number(value), position + 1 - range.lowerBound)
  }
}

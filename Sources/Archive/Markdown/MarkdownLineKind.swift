extension MarkdownText {
  /// What a line of Markdown begins with, quotation marks aside.
  struct Line {
    /// What kind of block a line begins.
    enum Kind: Equatable {
      case text
      /// A fence of so many of these bytes.
      case fence(UInt8, Int)
      /// A heading whose words begin here.
      case heading(Int)
      /// A line of `=` or `-` and the like; whether it is a rule when nothing stands before it.
      case underline(isRule: Bool)
      /// An item with how its mark is shown, where its words begin, and whether it ends a paragraph.
      case item([UInt8], Int, Bool)
    }

    /// Columns of white space in front.
    private(set) var indent = 0
    /// The first byte that is no white space.
    private(set) var start: Int
    /// The first byte of the line's code if it is code: behind four columns.
    private(set) var codeStart: Int
    /// What it begins.
    private(set) var kind = Kind.text

    /// Looks at a line that is not blank.
    /// - Complexity: O(bytes of the line).
    init(_ text: [UInt8], _ range: Range<Int>) {
      start = range.lowerBound
      codeStart = range.lowerBound
      while start < range.upperBound, text[start] == 0x20 || text[start] == 0x09 {
        indent += text[start] == 0x09 ? 4 - indent % 4 : 1
        start += 1
        if indent <= 4 { codeStart = start }
      }
      guard start < range.upperBound else { return }
      switch text[start] {
      case 0x60, 0x7E: kind = Line.fence(text, start..<range.upperBound)
      case 0x23: kind = Line.heading(text, start..<range.upperBound)
      case 0x2A, 0x2B, 0x2D, 0x3D, 0x5F:
        kind = Line.rule(text, start..<range.upperBound) ?? Line.bullet(text, start..<range.upperBound)
      case 0x30...0x39: kind = Line.number(text, start..<range.upperBound)
      default: break
      }
    }

    private static func fence(_ text: [UInt8], _ range: Range<Int>) -> Kind {
      let byte = text[range.lowerBound]
      let length = text[range].prefix { $0 == byte }.count
      // Backticks behind backticks on one line are code in a paragraph.
      guard length >= 3, byte == 0x7E || !text[range].dropFirst(length).contains(0x60) else { return .text }
      return .fence(byte, length)
    }

    private static func heading(_ text: [UInt8], _ range: Range<Int>) -> Kind {
      let level = text[range].prefix { $0 == 0x23 }.count
      var at = range.lowerBound + level
      guard level <= 6, at < range.upperBound, text[at] == 0x20 else { return .text }
      while at < range.upperBound, text[at] == 0x20 { at += 1 }
      return .heading(at)
    }

    private static func rule(_ text: [UInt8], _ range: Range<Int>) -> Kind? {
      let byte = text[range.lowerBound]
      guard byte != 0x2B else { return nil }
      let marks = text[range].filter { $0 != 0x20 }
      guard marks.count >= 3, marks.allSatisfy({ $0 == byte }) else { return nil }
      if byte == 0x2D || byte == 0x3D {
        return marks.count == range.count
          ? .underline(isRule: byte == 0x2D) : byte == 0x2D ? .underline(isRule: true) : nil
      }
      return .underline(isRule: true)
    }

    private static func bullet(_ text: [UInt8], _ range: Range<Int>) -> Kind {
      let byte = text[range.lowerBound]
      let next = range.lowerBound + 1
      guard byte == 0x2A || byte == 0x2B || byte == 0x2D, next < range.upperBound, text[next] == 0x20
      else { return .text }
      return .item(
        [0xE2, 0x80, 0xA2, 0x20], next + text[next..<range.upperBound].prefix { $0 == 0x20 }.count, true)
    }

    private static func number(_ text: [UInt8], _ range: Range<Int>) -> Kind {
      let digits = text[range].prefix { $0 &- 0x30 < 10 }
      let at = digits.endIndex
      guard digits.count <= 9, at + 1 < range.upperBound, text[at] == 0x2E || text[at] == 0x29,
        text[at + 1] == 0x20
      else { return .text }
      let start = at + 1 + text[(at + 1)..<range.upperBound].prefix { $0 == 0x20 }.count
      return .item(Array(digits) + [text[at], 0x20], start, digits.elementsEqual([0x31]))
    }
  }
}

extension DisplayRule {
  /// What plain output does with line ends and tabs.
  public enum LineEnds: Hashable, Sendable {
    /// Every kind of line end becomes LF; tabs stay.
    case keep
    /// Line ends and tabs become spaces: the result is one line.
    case fold
  }

  /// Text made safe for a terminal, a file or the clipboard: controls become their pictures, what cannot be
  /// shown becomes U+FFFD, what the rule drops is left out, at most four marks stay on a base. Valid UTF-8
  /// for any bytes. It is its own fixed point.
  /// - Complexity: O(`text.count`).
  public static func printable(_ text: Span<UInt8>, lineEnds: LineEnds) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var scanner = DisplayScanner(bytes: 0..<text.count)
    while let unit = scanner.next(in: text) {
      switch unit.kind {
      case .hidden: break
      case .tab: output.append(lineEnds == .keep ? 0x09 : 0x20)
      case .lineEnd: output.append(lineEnds == .keep ? 0x0A : 0x20)
      case .text, .pageBreak:
        if unit.base.value < 0x80 {
          output.append(UInt8(truncatingIfNeeded: unit.base.value))
        } else {
          output.append(contentsOf: UTF8.encode(unit.base) ?? UTF8.encodedReplacementCharacter)
        }
        for mark in unit.marks {
          output.append(contentsOf: UTF8.encode(mark) ?? UTF8.encodedReplacementCharacter)
        }
        if unit.kind == .pageBreak { output.append(lineEnds == .keep ? 0x0A : 0x20) }
      }
    }
    return output
  }

  /// A string made safe, as one line: for file names, titles and sentences with text from outside in them.
  /// - Complexity: O(bytes of `text`).
  public static func printable(_ text: String) -> String {
    String(decoding: printable(text.utf8.span, lineEnds: .fold), as: UTF8.self)
  }
}

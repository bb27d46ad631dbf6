/// What a program wrote to its terminal beyond what ncurses needs to paint: an oracle for "text is never
/// obeyed". Written from ECMA-48 and the terminal's description, not from the program.
public enum OutputAudit {
  /// Private modes that the reader may set and reset.
  private static let modes: Set<String> = [
    "1", "7", "12", "25", "1000", "1002", "1004", "1006", "1049", "2004", "2026",
  ]

  /// Everything that should not be there, in words, with its offset.
  /// - Complexity: O(`bytes.count`).
  public static func findings(in bytes: [UInt8]) -> [String] {
    var findings: [String] = []
    var position = 0
    var marks = 0
    while position < bytes.count {
      let start = position
      switch bytes[position] {
      case 0x1B:
        let (end, isAllowed) = escape(bytes, at: position)
        position = end
        if !isAllowed {
          findings.append("\(start): \(String(decoding: bytes[start..<end], as: UTF8.self).debugDescription)")
        }
      case 0x08, 0x09, 0x0A, 0x0D, 0x0E, 0x0F, 0x20...0x7E: position += 1
      case ..<0x80:
        findings.append("\(start): control \(bytes[position])")
        position += 1
      default:
        let end = bytes[position...].firstIndex { $0 < 0x80 } ?? bytes.count
        marks = 0
        for scalar in String(decoding: bytes[position..<end], as: UTF8.self).unicodeScalars {
          if isForbidden(scalar) {
            findings.append("\(start): U+\(String(scalar.value, radix: 16, uppercase: true))")
          }
          marks = isMark(scalar) ? marks + 1 : 0
          if marks == 5 { findings.append("\(start): more than four marks on one letter") }
        }
        position = end
      }
    }
    return findings
  }

  private static func escape(_ bytes: [UInt8], at start: Int) -> (end: Int, isAllowed: Bool) {
    guard start + 1 < bytes.count else { return (bytes.count, false) }
    // The question for the colour of the paper.
    let question = Array("\u{1B}]11;?\u{1B}\\".utf8)
    if bytes[start...].starts(with: question) { return (start + question.count, true) }
    switch bytes[start + 1] {
    case UInt8(ascii: "["):
      var end = start + 2
      while end < bytes.count, !(0x40...0x7E).contains(bytes[end]) { end += 1 }
      guard end < bytes.count else { return (bytes.count, false) }
      let body = String(decoding: bytes[start + 2..<end], as: UTF8.self)
      return (end + 1, isAllowed(body: body, final: bytes[end]))
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      guard start + 2 < bytes.count else { return (bytes.count, false) }
      return (start + 3, bytes[start + 2] == UInt8(ascii: "B") || bytes[start + 2] == UInt8(ascii: "0"))
    case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "7"), UInt8(ascii: "8"), UInt8(ascii: "M"):
      return (start + 2, true)
    default: return (start + 2, false)
    }
  }

  private static func isAllowed(body: String, final: UInt8) -> Bool {
    let letter = Character(Unicode.Scalar(final))
    if body.hasPrefix("?") {
      return "hl".contains(letter)
        && body.dropFirst().split(separator: ";").allSatisfy { modes.contains("\($0)") }
    }
    if letter == "c" { return body.isEmpty }  // and for the device attributes
    if "hl".contains(letter) { return body == "4" || body == "34" }
    if letter == "t" { return body == "22;0;0" || body == "23;0;0" }
    return "HGdABCDXPLM@STJKrbm".contains(letter)
      && body.allSatisfy { $0.isNumber || $0 == ";" || $0 == ":" }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .nonspacingMark
      || scalar.properties.generalCategory == .enclosingMark
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
      .privateUse:
      true
    default: (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }
  }
}

@testable import Grid

/// A second opinion on safe output, from the standard library's Unicode data and lists by number; it shares
/// nothing with the display rule.
enum ForbiddenOutput {
  /// What should never have been put out, in words.
  static func findings(in bytes: [UInt8], lineEnds: DisplayRule.LineEnds) -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["not UTF-8"] }
    var found: [String] = []
    var marksInRow = 0
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if lineEnds == .keep, value == 0x0A || value == 0x09 {
        marksInRow = 0
        continue
      }
      if value < 0x20 || 0x7F...0x9F ~= value { found.append("control \(value)") }
      switch value {
      case 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: found.append("format \(value)")
      case 0xAD, 0x34F, 0x180E, 0xFEFF, 0x3164, 0xFFA0, 0x115F, 0x1160, 0x17B4, 0x17B5, 0xFFF9...0xFFFB:
        found.append("invisible \(value)")
      case 0xFE00...0xFE0F, 0xE0000...0xE0FFF: found.append("selector or tag \(value)")
      case 0xFDD0...0xFDEF, 0xE000...0xF8FF, 0xF0000...: found.append("not a character \(value)")
      default: if value & 0xFFFE == 0xFFFE { found.append("noncharacter \(value)") }
      }
      let properties = scalar.properties
      let category = properties.generalCategory
      let isMark =
        category == .nonspacingMark || category == .enclosingMark
        || properties.canonicalCombiningClass != .notReordered
      marksInRow = isMark ? marksInRow + 1 : 0
      if marksInRow == 5 { found.append("five marks in a row") }
    }
    return found
  }
}

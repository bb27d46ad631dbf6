/// What a terminal answers to the question for the colour of its paper (OSC 11).
enum PaperColor {
  /// Whether the paper is light; nil for what is no such answer: `11;rgb:RRRR/GGGG/BBBB` with one to four
  /// digits each, `11;rgba:…/AAAA`, or `11;#RRGGBB`.
  static func isLight(reply: [UInt8]) -> Bool? {
    let fields = String(decoding: reply, as: UTF8.self).split(separator: ";", maxSplits: 1)
    guard fields.count == 2, fields[0] == "11" else { return nil }
    let parts: [Substring]
    if fields[1].hasPrefix("rgb:") || fields[1].hasPrefix("rgba:") {
      parts = fields[1].drop { $0 != ":" }.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    } else if fields[1].hasPrefix("#"), (fields[1].utf8.count - 1) % 3 == 0 {
      let digits = fields[1].dropFirst()
      let each = digits.utf8.count / 3
      parts = (0..<3).map { digits.dropFirst($0 * each).prefix(each) }
    } else {
      return nil
    }
    guard (3...4).contains(parts.count) else { return nil }
    var levels: [Double] = []
    for part in parts.prefix(3) {
      guard (1...4).contains(part.utf8.count), let value = Int(part, radix: 16), value >= 0 else {
        return nil
      }
      levels.append(Double(value) / Double((1 << (4 * part.utf8.count)) - 1))
    }
    // How bright the eye finds it (Rec. 601).
    return 0.299 * levels[0] + 0.587 * levels[1] + 0.114 * levels[2] > 0.5
  }
}

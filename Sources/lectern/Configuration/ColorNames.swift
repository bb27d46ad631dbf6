import Grid

/// How colours and attributes are named in a configuration.
enum ColorNames {
  /// The first 16, which are the terminal's own, and the default.
  static let names: [(name: String, color: Color)] = {
    let eight = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    var names: [(name: String, color: Color)] = [("default", .default)]
    for (number, name) in eight.enumerated() {
      names.append((name, .palette(UInt8(number))))
      names.append(("bright-" + name, .palette(UInt8(number + 8))))
    }
    return names
  }()

  static let attributes: [String: Style.Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]

  /// A colour by its name, its number, or as `#rrggbb` or `#rgb`: then the nearest of the 256.
  static func color(_ text: String) -> Color? {
    if let known = names.first(where: { $0.name == text.lowercased() }) { return known.color }
    if let number = UInt8(text) { return .palette(number) }
    guard text.hasPrefix("#") else { return nil }
    let digits = text.dropFirst().compactMap(\.hexDigitValue)
    switch (digits.count, text.utf8.count) {
    case (3, 4): return .nearest(red: digits[0] * 17, green: digits[1] * 17, blue: digits[2] * 17)
    case (6, 7):
      return .nearest(
        red: digits[0] * 16 + digits[1], green: digits[2] * 16 + digits[3], blue: digits[4] * 16 + digits[5])
    default: return nil
    }
  }

  /// A colour in writing.
  static func name(of color: Color) -> String {
    names.first { $0.color == color }?.name ?? color.paletteNumber.map { String($0) } ?? "default"
  }
}

/// The 256-colour palette of xterm, and the nearest of fewer colours.
enum Palette {
  /// For each colour code of `Grid.Color` (0 the default, else the palette number plus one) the code to
  /// use on a terminal of so many colours (0, 8, 16 or 256).
  /// - Complexity: O(256 · `colors`), once a session.
  static func codes(for colors: Int) -> [UInt16] {
    (0...256).map { code in
      guard code > 0, colors > 0 else { return 0 }
      let number = code - 1
      if number < colors { return UInt16(code) }
      if number < 16 { return UInt16(number - 8 + 1) }  // a bright colour's plain one
      return UInt16(nearest(to: components(of: number), among: colors) + 1)
    }
  }

  private typealias Components = (red: Int, green: Int, blue: Int)

  private static func nearest(to wanted: Components, among colors: Int) -> Int {
    var best = 0
    var bestDistance = Int.max
    for number in 0..<colors {
      let one = components(of: number)
      let (red, green, blue) = (one.red - wanted.red, one.green - wanted.green, one.blue - wanted.blue)
      // Weighted by how bright the eye finds each.
      let distance = 3 * red * red + 6 * green * green + blue * blue
      if distance < bestDistance { (best, bestDistance) = (number, distance) }
    }
    return best
  }

  private static func components(of number: Int) -> Components {
    switch number {
    case 7: return (229, 229, 229)
    case 8: return (127, 127, 127)
    case ..<8: return basic(number, level: 205)
    case ..<16: return basic(number - 8, level: 255)
    case ..<232:
      let cube = number - 16
      return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
    default:
      let grey = 8 + 10 * (number - 232)
      return (grey, grey, grey)
    }
  }

  private static func basic(_ bits: Int, level: Int) -> Components {
    (bits & 1 == 0 ? 0 : level, bits & 2 == 0 ? 0 : level, bits & 4 == 0 ? 0 : level)
  }

  private static func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
}

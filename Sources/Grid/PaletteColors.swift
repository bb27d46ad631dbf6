/// The 256 colours of xterm's palette, as a terminal shows them that changes none.
extension Color {
  /// Red, green and blue of a palette colour, 0 to 255. Of the first 16 this is xterm's choice; they are
  /// the user's own.
  public static func components(ofPalette number: UInt8) -> (red: Int, green: Int, blue: Int) {
    switch number {
    case 7: return (229, 229, 229)
    case 8: return (127, 127, 127)
    case ..<8: return basic(Int(number), level: 205)
    case ..<16: return basic(Int(number) - 8, level: 255)
    case ..<232:
      let cube = Int(number) - 16
      return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
    default:
      let grey = 8 + 10 * (Int(number) - 232)
      return (grey, grey, grey)
    }
  }

  /// The palette colour nearest to red, green and blue; never one of the first 16, which may look like
  /// anything.
  public static func nearest(red: Int, green: Int, blue: Int) -> Color {
    var best: UInt8 = 16
    var bestDistance = Int.max
    for number in UInt8(16)...255 {
      let one = components(ofPalette: number)
      let distance = distance(one, (red, green, blue))
      if distance < bestDistance { (best, bestDistance) = (number, distance) }
    }
    return .palette(best)
  }

  /// How far apart two colours are, weighted by how bright the eye finds each part.
  public static func distance(
    _ one: (red: Int, green: Int, blue: Int), _ other: (red: Int, green: Int, blue: Int)
  ) -> Int {
    let (red, green, blue) = (one.red - other.red, one.green - other.green, one.blue - other.blue)
    return 3 * red * red + 6 * green * green + blue * blue
  }

  private static func basic(_ bits: Int, level: Int) -> (red: Int, green: Int, blue: Int) {
    (bits & 1 == 0 ? 0 : level, bits & 2 == 0 ? 0 : level, bits & 4 == 0 ? 0 : level)
  }

  private static func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
}

import Grid

/// The nearest of fewer colours.
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
      return UInt16(nearest(to: UInt8(number), among: colors) + 1)
    }
  }

  private static func nearest(to wanted: UInt8, among colors: Int) -> Int {
    let components = Color.components(ofPalette: wanted)
    return (0..<colors).min {
      Color.distance(Color.components(ofPalette: UInt8($0)), components)
        < Color.distance(Color.components(ofPalette: UInt8($1)), components)
    } ?? 0
  }
}

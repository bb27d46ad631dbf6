import CPty

/// What a terminal shows that was sent some bytes, as libvterm has it.
final class Emulator {
  private let screen: OpaquePointer
  private(set) var columns: Int
  private(set) var rows: Int
  /// The beginning of a character whose end has not come yet.
  private var pending: [UInt8] = []

  /// Nil without libvterm.
  init?(columns: Int, rows: Int) {
    guard let screen = pty_screen_make(Int32(rows), Int32(max(2, columns))) else { return nil }
    self.screen = screen
    self.columns = columns
    self.rows = rows
  }

  deinit { pty_screen_free(screen) }

  /// libvterm 0.1.4 crashes on a screen of one column: it then keeps two, and what they show means nothing.
  func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    pty_screen_resize(screen, Int32(rows), Int32(max(2, columns)))
  }

  func feed(_ bytes: ArraySlice<UInt8>) {
    pending += bytes
    var whole = pending.count
    let tail = pending.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count
    if pending.count > tail {
      let lead = pending[pending.count - 1 - tail]
      let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
      if length > tail + 1 { whole -= tail + 1 }
    }
    pty_screen_feed(screen, pending, Int32(whole))
    pending.removeFirst(whole)
  }

  private func cell(column: Int, row: Int) -> pty_cell {
    var cell = pty_cell()
    pty_screen_cell(screen, Int32(row), Int32(column), &cell)
    return cell
  }

  /// A row, without blanks at its end.
  func line(_ row: Int) -> String {
    guard row >= 0, row < rows else { return "" }
    var text = String.UnicodeScalarView()
    var column = 0
    while column < columns {
      let cell = cell(column: column, row: row)
      text += cell.text.unicodeScalars
      column += max(1, Int(cell.width))
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// All rows.
  var text: [String] { (0..<rows).map(line) }

  /// Whether any row holds a text.
  func shows(_ needle: String) -> Bool { (0..<rows).contains { line($0).contains(needle) } }

  /// The first row but the top one that begins in reverse or with a colour of its own behind it.
  var firstMarkedRow: Int? {
    (1..<max(2, rows - 2)).first { row in
      let cell = cell(column: min(4, columns - 1), row: row)
      return cell.attributes & 8 != 0 || cell.background != -1
    }
  }

  /// How many cells show another text or ink than those of another screen of the same size.
  func difference(from other: Emulator) -> Int {
    var count = 0
    for row in 0..<min(rows, other.rows) {
      for column in 0..<min(columns, other.columns)
      where cell(column: column, row: row).face != other.cell(column: column, row: row).face {
        count += 1
      }
    }
    return count
  }
}

extension pty_cell {
  /// Its characters; a blank for an empty one, nothing for the right half of a wide one.
  fileprivate var text: String {
    let values = [scalars.0, scalars.1, scalars.2, scalars.3, scalars.4, scalars.5]
    if values[0] == .max { return "" }
    if values[0] == 0 { return " " }
    return String(
      String.UnicodeScalarView(values.prefix { $0 != 0 }.compactMap { Unicode.Scalar($0) }))
  }

  /// What one sees of it.
  fileprivate var face: [String] { [text, "\(attributes)", "\(foreground)", "\(background)"] }
}

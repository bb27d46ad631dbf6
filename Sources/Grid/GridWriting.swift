extension Grid {
  /// Writes a range of a text from a place on, in one row, by the display rule. Each unit is inked as
  /// `style` says for the offset of its first byte; substitutes have reverse toggled. A line end at the end
  /// of the range draws nothing, one inside it a blank; tabs stop at every eighth column from `column`. What
  /// lies outside the grid is clipped; a wide glyph cut by an edge or by `limit` leaves a blank, and no half
  /// of one stays behind where text is overwritten.
  /// - Returns: Columns used, at most `limit`; what lies right of the grid is not counted.
  /// - Complexity: O(bytes written).
  @discardableResult
  public mutating func write(
    _ text: Span<UInt8>, bytes: Range<Int>, column: Int, row: Int, columns limit: Int,
    style: (Int) -> Style
  ) -> Int {
    let bytes = bytes.clamped(to: 0..<text.count)
    let column = min(max(column, -Grid.farthest), Grid.farthest)
    let limit = min(limit, size.columns - column)
    var scanner = DisplayScanner(bytes: bytes)
    var used = 0
    while used < limit, let unit = scanner.next(in: text) {
      let width = unit.columnsDrawn(at: used, isLast: unit.bytes.upperBound == bytes.upperBound)
      guard width > 0 else { continue }
      let ink = unit.isSubstitute ? style(unit.bytes.lowerBound).reversed : style(unit.bytes.lowerBound)
      if unit.columns == width, used + width <= limit {
        put(unit, column: column + used, row: row, style: ink)
        used += width
      } else {
        let stop = min(used + width, limit)
        blank(columns: column + used..<column + stop, row: row, style: ink)
        used = stop
      }
    }
    return used
  }

  /// Writes a string in one row, by the same rule. With `ellipsis`, a string of more than `limit` columns is
  /// cut one column short and ends in “…”.
  /// - Returns: Columns used, at most `limit`.
  /// - Complexity: O(bytes written).
  @discardableResult
  public mutating func write(
    _ text: String, column: Int, row: Int, columns limit: Int, style: Style, ellipsis: Bool = false
  ) -> Int {
    let span = text.utf8.span
    let whole = 0..<span.count
    guard ellipsis, let cut = truncation(of: span, bytes: whole, columns: limit) else {
      return write(span, bytes: whole, column: column, row: row, columns: limit) { _ in style }
    }
    let used = write(span, bytes: 0..<cut, column: column, row: row, columns: limit) { _ in style }
    return used + write("…", column: column + used, row: row, columns: limit - used, style: style)
  }

  /// Columns and rows farther out than this are as far as can be: no arithmetic on places overflows.
  static let farthest = 1 << 40

  /// Puts one unit of text into the grid, or blanks for the half of it that is inside.
  private mutating func put(_ unit: DisplayUnit, column: Int, row: Int, style: Style) {
    guard row >= 0, row < size.rows else { return }
    let end = column + unit.columns
    guard column >= 0, end <= size.columns else {
      blank(columns: column..<end, row: row, style: style)
      return
    }
    splitGlyphs(at: column, row: row)
    splitGlyphs(at: end, row: row)
    let position = row * size.columns + column
    let marks = unit.marks
    if marks.isEmpty {
      cells[position] = Cell(scalar: unit.base, width: unit.columns, style: style)
    } else {
      cells[position] = clusterCell([unit.base] + marks, width: unit.columns, style: style)
    }
    if unit.columns == 2 { cells[position + 1] = .continuation(style) }
  }

  /// A cell for a base and its marks; the base alone once the table is full.
  mutating func clusterCell(_ scalars: [Unicode.Scalar], width: Int, style: Style) -> Cell {
    guard clusters.count <= 0x1F_FFFF else {
      return Cell(scalar: scalars.first ?? " ", width: width, style: style)
    }
    clusters.append(scalars)
    return Cell(cluster: clusters.count - 1, width: width, style: style)
  }

  /// Blanks a part of a row, clipped to the grid.
  mutating func blank(columns: Range<Int>, row: Int, style: Style) {
    let inside = columns.clamped(to: 0..<size.columns)
    guard row >= 0, row < size.rows, !inside.isEmpty else { return }
    splitGlyphs(at: inside.lowerBound, row: row)
    splitGlyphs(at: inside.upperBound, row: row)
    let start = row * size.columns
    for column in inside { cells[start + column] = Cell(scalar: " ", width: 1, style: style) }
  }

  /// Where a wide glyph lies across the left edge of a column, turns both its halves into blanks.
  mutating func splitGlyphs(at column: Int, row: Int) {
    guard column > 0, column < size.columns else { return }
    let position = row * size.columns + column
    guard cells[position].width == 0 else { return }
    cells[position] = Cell(scalar: " ", width: 1, style: cells[position].style)
    cells[position - 1] = Cell(scalar: " ", width: 1, style: cells[position - 1].style)
  }
}

extension Style {
  /// This style with foreground and background exchanged once more.
  public var reversed: Style {
    Style(
      foreground: foreground, background: background,
      attributes: attributes.symmetricDifference(.reverse))
  }
}

extension DisplayUnit {
  /// Columns it takes in a single line when drawing has come to `column`.
  func columnsDrawn(at column: Int, isLast: Bool) -> Int {
    switch kind {
    case .text, .pageBreak: columns
    case .tab: DisplayRule.tabColumns - column % DisplayRule.tabColumns
    case .lineEnd: isLast ? 0 : 1
    case .hidden: 0
    }
  }
}

extension Grid {
  /// Blanks a rectangle, clipped to the grid; a wide glyph across its edge loses its other half too.
  /// - Complexity: O(cells of the rectangle).
  public mutating func fill(columns: Range<Int>, rows: Range<Int>, style: Style) {
    for row in rows.clamped(to: 0..<size.rows) { blank(columns: columns, row: row, style: style) }
  }

  /// Changes the style of a part of a row and leaves its text; a wide glyph across an edge is changed as a
  /// whole.
  /// - Complexity: O(`columns.count`).
  public mutating func restyle(columns: Range<Int>, row: Int, _ change: (Style) -> Style) {
    let inside = columns.clamped(to: 0..<size.columns)
    guard row >= 0, row < size.rows, !inside.isEmpty else { return }
    let start = row * size.columns
    var first = start + inside.lowerBound
    var end = start + inside.upperBound
    if cells[first].width == 0, inside.lowerBound > 0 { first -= 1 }
    if inside.upperBound < size.columns, cells[end].width == 0 { end += 1 }
    for position in first..<end { cells[position].style = change(cells[position].style) }
  }

  /// Lays another grid over this one, its first cell at a place; what lies outside is clipped. A wide glyph
  /// cut by an edge of either grid becomes blanks. The cursor stays.
  /// - Complexity: O(cells of `other` that are inside).
  public mutating func place(_ other: Grid, column: Int, row: Int) {
    let column = min(max(column, -Grid.farthest), Grid.farthest)
    let row = min(max(row, -Grid.farthest), Grid.farthest)
    let columns = (column..<column + other.size.columns).clamped(to: 0..<size.columns)
    let rows = (row..<row + other.size.rows).clamped(to: 0..<size.rows)
    guard !columns.isEmpty else { return }
    for target in rows {
      splitGlyphs(at: columns.lowerBound, row: target)
      splitGlyphs(at: columns.upperBound, row: target)
      let source = (target - row) * other.size.columns - column
      for position in columns {
        let cell = other.cells[source + position]
        let isCut =
          cell.width == 0 && position == columns.lowerBound
          || cell.width == 2 && position + 1 == columns.upperBound
        if isCut {
          cells[target * size.columns + position] = Cell(scalar: " ", width: 1, style: cell.style)
        } else if let index = cell.clusterIndex {
          cells[target * size.columns + position] = clusterCell(
            other.clusters[index], width: cell.width, style: cell.style)
        } else {
          cells[target * size.columns + position] = cell
        }
      }
    }
  }
}

extension Grid {
  /// The scalars of the cell at a place: a base and its marks; none for the right half of a wide glyph and
  /// outside the grid.
  /// - Complexity: O(1).
  public func scalars(column: Int, row: Int) -> [Unicode.Scalar] {
    guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return [] }
    let cell = cells[row * size.columns + column]
    if cell.width == 0 { return [] }
    if let index = cell.clusterIndex { return clusters[index] }
    return cell.scalar.map { [$0] } ?? []
  }

  /// The text of each row, without the blanks at its end.
  /// - Complexity: O(cells).
  public func rows() -> [String] {
    (0..<size.rows).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<size.columns { line.append(contentsOf: scalars(column: column, row: row)) }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// The styles of each row as letters, one a column, without `.` at its end: `.` is the plain style, `?`
  /// one that has no letter.
  /// - Complexity: O(cells).
  public func styleRows(letters: [Style: Character]) -> [String] {
    (0..<size.rows).map { row in
      var line: [Character] = []
      for column in 0..<size.columns {
        let style = self[column, row].style
        line.append(letters[style] ?? (style == .plain ? "." : "?"))
      }
      while line.last == "." { line.removeLast() }
      return String(line)
    }
  }
}

extension DisplayRule {
  /// The last guard: cells that break the rule. A base or a mark that is not paintable, too many marks, a
  /// width that is not the base's own, or half a wide glyph. Always 0 for a grid drawn by its own methods.
  /// - Complexity: O(cells).
  public static func violations(in grid: Grid) -> Int {
    var count = 0
    for row in 0..<grid.size.rows {
      var expectsHalf = false
      for column in 0..<grid.size.columns {
        let cell = grid[column, row]
        let isHalf = cell.width == 0
        if isHalf != expectsHalf { count += 1 }
        expectsHalf = cell.width == 2
        if isHalf { continue }
        let scalars = grid.scalars(column: column, row: row)
        let isSound =
          scalars.first.map { isPaintable($0, asMark: false) && columns(of: $0) == cell.width } ?? false
        if !isSound || scalars.count > 1 + markLimit { count += 1 }
        for mark in scalars.dropFirst() where !isPaintable(mark, asMark: true) { count += 1 }
      }
      if expectsHalf { count += 1 }
    }
    return count
  }
}

/// One cell of the screen: a glyph, its width and its style, in 8 bytes.
public struct Cell: Hashable, Sendable {
  /// Bits 0 to 20 the scalar, or the index of a cluster in `Grid.clusters` when bit 31 is set; bits
  /// 24 and 25 the width: 1, 2, or 0 for the right half of the wide glyph before it.
  public var glyph: UInt32
  /// How it is inked.
  public var style: Style

  /// An empty cell in the terminal's own look.
  public static let blank = Cell(scalar: " ", width: 1, style: .plain)

  /// A cell of one spacing scalar.
  public init(scalar: Unicode.Scalar, width: Int, style: Style) {
    glyph = scalar.value | UInt32(width) << 24
    self.style = style
  }

  /// A cell of a base with marks, kept in the grid's table of clusters.
  init(cluster: Int, width: Int, style: Style) {
    glyph = UInt32(cluster) | UInt32(width) << 24 | 1 << 31
    self.style = style
  }

  /// The right half of a wide glyph.
  static func continuation(_ style: Style) -> Cell { Cell(scalar: "\0", width: 0, style: style) }

  /// Columns: 1 or 2; 0 for the right half of a wide glyph.
  public var width: Int { Int(glyph >> 24 & 3) }
  /// Index into `Grid.clusters`, nil for a single scalar.
  public var clusterIndex: Int? { glyph >> 31 == 1 ? Int(glyph & 0x1F_FFFF) : nil }
  /// The scalar, nil for a cluster.
  public var scalar: Unicode.Scalar? { glyph >> 31 == 1 ? nil : Unicode.Scalar(glyph & 0x1F_FFFF) }
}

/// A screen as a value: rows of cells. Nothing in it can be a control: text comes in through the
/// display rule alone.
public struct Grid: Hashable, Sendable {
  /// Its size in cells.
  public let size: Size
  /// `size.rows * size.columns` cells, row by row.
  public internal(set) var cells: [Cell]
  /// A base and its marks (2 to 5 scalars) for each cell that needs more than one scalar.
  public internal(set) var clusters: [[Unicode.Scalar]] = []
  /// Where the cursor stands, nil when it is hidden.
  public var cursor: (column: Int, row: Int)? {
    get { cursorColumn < 0 ? nil : (cursorColumn, cursorRow) }
    set {
      cursorColumn = newValue.map { min(max(0, $0.column), max(0, size.columns - 1)) } ?? -1
      cursorRow = newValue.map { min(max(0, $0.row), max(0, size.rows - 1)) } ?? -1
    }
  }
  private var cursorColumn = -1
  private var cursorRow = -1

  /// An empty screen.
  public init(size: Size, style: Style = .plain) {
    self.size = size
    cells = Array(
      repeating: Cell(scalar: " ", width: 1, style: style), count: size.columns * size.rows)
  }

  /// The cell at a place; `blank` outside.
  public subscript(column: Int, row: Int) -> Cell {
    guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return .blank }
    return cells[row * size.columns + column]
  }
}

extension Grid {
  /// Whether two screens look the same: the order in which clusters came into their tables does not count.
  /// - Complexity: O(cells).
  public static func == (left: Grid, right: Grid) -> Bool {
    guard left.size == right.size, left.cursorColumn == right.cursorColumn,
      left.cursorRow == right.cursorRow
    else { return false }
    if left.clusters == right.clusters { return left.cells == right.cells }
    return zip(left.cells, right.cells).allSatisfy { one, other in
      guard let first = one.clusterIndex, let second = other.clusterIndex else { return one == other }
      return one.width == other.width && one.style == other.style
        && left.clusters[first] == right.clusters[second]
    }
  }

  /// Feeds the size, the cursor and the cells; a cluster counts by its scalars.
  /// - Complexity: O(cells).
  public func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(cursorColumn)
    hasher.combine(cursorRow)
    for cell in cells {
      guard let index = cell.clusterIndex else {
        hasher.combine(cell)
        continue
      }
      hasher.combine(clusters[index])
      hasher.combine(cell.width)
      hasher.combine(cell.style)
    }
  }
}

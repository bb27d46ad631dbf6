import CNcurses
import Grid

/// Turns cells of a grid into those of ncurses: the last place where text passes, and its last guard.
struct CellWriter {
  /// Cells that held what should never get here, and were shown as `?` instead.
  private(set) var violations = 0
  private let isUTF8: Bool
  private let colorCodes: [UInt16]
  private var line: [screen_cell] = []

  init(colors: Int, isUTF8: Bool) {
    self.isUTF8 = isUTF8
    colorCodes = Palette.codes(for: colors)
  }

  /// Hands a row of a grid over to ncurses.
  /// - Complexity: O(columns).
  mutating func put(row: Int, of grid: Grid) {
    line.removeAll(keepingCapacity: true)
    let start = row * grid.size.columns
    for index in start..<(start + grid.size.columns) {
      let cell = grid.cells[index]
      if cell.width > 0 { line.append(ink(cell, of: grid)) }
    }
    violations += unsafe line.withUnsafeBufferPointer { cells in
      unsafe Int(screen_put_row(Int32(row), cells.baseAddress, Int32(cells.count)))
    }
  }

  /// Whether a row shows the same in two grids of the same size.
  static func isRow(_ row: Int, of grid: Grid, sameIn other: Grid) -> Bool {
    let start = row * grid.size.columns
    for index in start..<(start + grid.size.columns) {
      let (cell, old) = (grid.cells[index], other.cells[index])
      if let cluster = cell.clusterIndex, let oldCluster = old.clusterIndex {
        guard cell.style == old.style, cell.width == old.width,
          grid.clusters[cluster] == other.clusters[oldCluster]
        else { return false }
      } else if cell != old {
        return false
      }
    }
    return true
  }

  private mutating func ink(_ cell: Cell, of grid: Grid) -> screen_cell {
    var result = screen_cell()
    result.width = UInt8(cell.width)
    result.attributes = cell.style.attributes.rawValue
    result.foreground = colorCodes[Int(cell.style.foreground.code)]
    result.background = colorCodes[Int(cell.style.background.code)]
    if result.foreground == result.background, cell.style.foreground != cell.style.background {
      result.background = 0  // two colours became one: the text must stay readable
    }
    var isSound = true
    if let cluster = cell.clusterIndex {
      let scalars = grid.clusters[cluster]
      isSound =
        scalars.count <= 5 && scalars.enumerated().allSatisfy { DisplayRule.isPaintable($1, asMark: $0 > 0) }
      result.scalars = (
        scalar(0, of: scalars), scalar(1, of: scalars), scalar(2, of: scalars), scalar(3, of: scalars),
        scalar(4, of: scalars)
      )
    } else if let scalar = cell.scalar, DisplayRule.isPaintable(scalar, asMark: false) {
      result.scalars.0 = scalar.value
    } else {
      isSound = false
    }
    if !isSound {
      violations += 1
      result.scalars = (0x3F, 0, 0, 0, 0)
      result.width = 1
    } else if !isUTF8, result.scalars.0 >= 0x80 {
      result.scalars = (asciiTwin(of: result.scalars.0), 0, 0, 0, 0)
      result.width = 1
    }
    return result
  }

  private func scalar(_ index: Int, of scalars: [Unicode.Scalar]) -> UInt32 {
    index < scalars.count ? scalars[index].value : 0
  }

  /// What stands for a scalar where only ASCII can be shown.
  private func asciiTwin(of value: UInt32) -> UInt32 {
    switch value {
    case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x2550: 0x2D
    case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x2551, 0x2588...0x258F: 0x7C
    case 0x250C...0x257F: 0x2B
    case 0x2018, 0x2019: 0x27
    case 0x201C, 0x201D: 0x22
    case 0x2010...0x2015: 0x2D
    case 0x00A0: 0x20
    default: 0x3F
    }
  }
}

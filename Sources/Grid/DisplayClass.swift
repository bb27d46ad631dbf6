/// What kind of thing a scalar is on the screen. The raw values are those of the generated boundaries.
enum DisplayClass: UInt8, Sendable {
  /// Shown as it is, in one column.
  case text = 0
  /// Shown as it is, in two columns.
  case wide = 1
  /// Takes no column of its own: joins the base before it.
  case mark = 2
  /// Invisible or able to reorder the line: never shown, counted.
  case dropped = 3
  /// Private use, unassigned, a noncharacter, a C1 control or a broken byte: U+FFFD as a substitute.
  case replaced = 4
  /// A C0 control or DEL: its control picture as a substitute.
  case picture = 5
  /// LF, CR, NEL, LS or PS.
  case lineEnd = 6
  /// To the next eighth column.
  case tab = 7
  /// FF or VT: its picture, then a line end.
  case pageBreak = 8
  /// A combining scalar with a column of its own; counts among the marks in a row.
  case spacingMark = 9
  /// A combining scalar with two columns of its own.
  case wideSpacingMark = 10

  /// Columns of a scalar of this class when it is shown as itself; 0 for those that are not.
  var columns: Int {
    switch self {
    case .text, .spacingMark: 1
    case .wide, .wideSpacingMark: 2
    default: 0
    }
  }
}

/// The class of every scalar, as a table of blocks of 256 and the distinct blocks behind it.
struct DisplayTable: Sendable {
  /// Position of each block in `classes`, in units of 256.
  private var blocks: [UInt8]
  private var classes: [DisplayClass]

  /// The one table, built on first use from the boundaries in about 2,000 steps.
  static let shared = DisplayTable(boundaries: displayClassBoundaries)

  /// Spreads ascending boundaries (`first scalar << 4 | class`) over the two stages. Blocks of one
  /// class throughout are shared.
  init(boundaries: [UInt32]) {
    blocks = []
    classes = []
    blocks.reserveCapacity(0x1100)
    var uniform = [Int](repeating: -1, count: 16)
    var next = 0
    var current = DisplayClass.replaced
    for block in 0..<0x1100 {
      let first = block << 8
      var isUniform = true
      if next < boundaries.count, Int(boundaries[next] >> 4) == first {
        current = DisplayClass(rawValue: UInt8(boundaries[next] & 15)) ?? .replaced
        next += 1
      }
      if next < boundaries.count, Int(boundaries[next] >> 4) < first + 256 { isUniform = false }
      if isUniform, uniform[Int(current.rawValue)] >= 0 {
        blocks.append(UInt8(uniform[Int(current.rawValue)]))
        continue
      }
      let position = classes.count >> 8
      if isUniform { uniform[Int(current.rawValue)] = position }
      blocks.append(UInt8(position))
      for value in first..<first + 256 {
        if next < boundaries.count, Int(boundaries[next] >> 4) == value {
          current = DisplayClass(rawValue: UInt8(boundaries[next] & 15)) ?? .replaced
          next += 1
        }
        classes.append(current)
      }
    }
  }

  /// The class of a scalar value; anything past U+10FFFF is `.replaced`.
  /// - Complexity: O(1).
  subscript(value: UInt32) -> DisplayClass {
    guard value < 0x110000 else { return .replaced }
    return classes[Int(blocks[Int(value >> 8)]) << 8 | Int(value & 0xFF)]
  }
}

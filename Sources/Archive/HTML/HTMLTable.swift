import Discussion

/// A table of data as lines whose columns stand below each other. Tables that hold the parts of a page, as
/// pages once had, are none: their cells hold paragraphs, lists or other tables.
enum HTMLTable {
  private static let rowLimit = 500
  private static let columnLimit = 20
  /// Most bytes of a cell's words.
  private static let cellLimit = 120
  /// Most columns of a line.
  private static let widthLimit = 240

  /// The lines of a table with their roles, of which the outermost is that of preformatted text; nil when it
  /// is not one of data, or too large to be read in lines.
  /// - Complexity: O(nodes and their bytes).
  static func text(_ tree: HTMLTree, _ table: Int, leavesOut: (Int) -> Bool) -> ParsedText? {
    guard let cells = cells(of: tree, table) else { return nil }
    var words: [[ParsedText]] = []
    var widths = [Int](repeating: 0, count: cells[0].count)
    for row in cells {
      var line: [ParsedText] = []
      for (column, cell) in row.enumerated() {
        var text = HTMLText.parsed(tree, min(cell + 1, tree.end(cell))..<tree.end(cell), leavesOut: leavesOut)
        guard text.utf8.count <= cellLimit, !text.utf8.contains(0x0A) else { return nil }
        if tree.tag(cell) == .th, !text.utf8.isEmpty {
          text.spans.insert(RoleSpan(0..<text.utf8.count, .strong), at: 0)
        }
        widths[column] = max(widths[column], HTMLTable.columns(of: text.utf8))
        line.append(text)
      }
      words.append(line)
    }
    guard widths.reduce(0, +) + 2 * widths.count <= widthLimit, widths.contains(where: { $0 > 0 }) else {
      return nil
    }
    var text = ParsedText(utf8: [], spans: [RoleSpan(0..<0, .code)])
    for line in words {
      if !text.utf8.isEmpty { text.utf8.append(0x0A) }
      var blanks = 0
      for (column, cell) in line.enumerated() {
        if !cell.utf8.isEmpty {
          text.utf8.append(contentsOf: repeatElement(0x20, count: blanks))
          blanks = 0
          let start = text.utf8.count
          text.utf8 += cell.utf8
          text.spans += cell.spans.map { $0.moved(by: start) }
        }
        blanks += widths[column] - HTMLTable.columns(of: cell.utf8) + 2
      }
    }
    text.spans[0].bytes = 0..<text.utf8.count
    return text
  }

  /// The cells by row, each row with as many; nil where they hold more than words.
  private static func cells(of tree: HTMLTree, _ table: Int) -> [[Int]]? {
    var rows: [[Int]] = []
    var node = table + 1
    var cellEnd = 0
    while node < tree.end(table) {
      switch tree.tag(node) {
      case .thead, .tbody, .tfoot, .colgroup, .col: break
      case .tr:
        guard node >= cellEnd, rows.count < rowLimit else { return nil }
        rows.append([])
      case .td, .th:
        guard node >= cellEnd, !rows.isEmpty, rows[rows.count - 1].count < columnLimit, isSingle(tree, node)
        else { return nil }
        rows[rows.count - 1].append(node)
        cellEnd = tree.end(node)
      case .text where node >= cellEnd:
        // Words outside the cells belong to something else.
        let range = tree.range(node)
        guard tree.bytes[range].allSatisfy({ $0 <= 0x20 }) else { return nil }
      case .text, .a, .abbr, .b, .big, .cite, .code, .del, .em, .font, .i, .ins, .kbd, .nobr, .s, .samp,
        .small,
        .span, .strike, .strong, .sub, .sup, .time, .tt, .u, .variable, .img:
        guard node < cellEnd else { return nil }
      default: return nil
      }
      node += 1
    }
    rows.removeAll(where: \.isEmpty)
    guard rows.count >= 2, rows[0].count >= 2, rows.allSatisfy({ $0.count == rows[0].count }) else {
      return nil
    }
    return rows
  }

  /// Whether a cell takes one row and one column.
  private static func isSingle(_ tree: HTMLTree, _ cell: Int) -> Bool {
    for name in [HTMLAttributeName.colspan, HTMLAttributeName.rowspan] {
      if let value = tree.value(cell, name), !value.isEmpty, value != [0x31] { return false }
    }
    return true
  }

  /// About how many columns words take: two for each scalar of the scripts that are set wide, none for marks
  /// that combine (Unicode, UAX #11).
  private static func columns(of words: [UInt8]) -> Int {
    var columns = 0
    for scalar in String(decoding: words, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0300...0x036F, 0x200B...0x200F, 0x20D0...0x20FF, 0xFE00...0xFE0F: break
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
        columns += 2
      default: columns += 1
      }
    }
    return columns
  }
}

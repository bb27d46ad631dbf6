import Grid

/// Where the dividers between panes were dragged to; nil where they stand by themselves.
struct Dividers: Hashable {
  /// The column between the list and the thread beside it.
  var column: Int?
  /// The row of the rule between what is listed and the thread below, by surface.
  var rows: [Surface: Int] = [:]
  /// The one that is being dragged.
  var dragged: Dragged?

  /// A divider under the pointer.
  enum Dragged: Hashable {
    case column
    case row
  }

  /// Columns that a pane keeps at least.
  static let leastColumns = 20
  /// Rows that a pane keeps at least.
  static let leastRows = 2
}

extension ScreenLayout {
  /// What is listed, beside or above the thread.
  private var listed: Rect? { list ?? rows }

  /// The divider under a cell.
  func divider(column: Int, row: Int) -> Dividers.Dragged? {
    guard let listed, let rule = threadTitle else { return nil }
    if rule.column > listed.column {
      let isHere = column == listed.column + listed.columns
      return isHere && (listed.row..<listed.row + listed.rows).contains(row) ? .column : nil
    }
    return rule.row > listed.row && row == rule.row ? .row : nil
  }

  /// The same panes with their dividers elsewhere, as far as there is room.
  func divided(at dividers: Dividers, surface: Surface) -> ScreenLayout {
    guard var left = listed, var title = threadTitle, var body = thread else { return self }
    var next = self
    if title.column > left.column, let wanted = dividers.column {
      let end = title.column + title.columns
      let most = end - Dividers.leastColumns - 1
      guard most >= left.column + Dividers.leastColumns else { return self }
      let column = min(max(wanted, left.column + Dividers.leastColumns), most)
      left.columns = column - left.column
      title.column = column + 1
      title.columns = end - column - 1
      body.column = title.column
      body.columns = title.columns
    } else if title.column == left.column, title.row > left.row, let wanted = dividers.rows[surface] {
      let end = body.row + body.rows
      let most = end - Dividers.leastRows - 1
      guard most >= left.row + Dividers.leastRows else { return self }
      let row = min(max(wanted, left.row + Dividers.leastRows), most)
      left.rows = row - left.row
      title.row = row
      body.row = row + 1
      body.rows = end - row - 1
    } else {
      return self
    }
    if list != nil { next.list = left } else { next.rows = left }
    next.threadTitle = title
    next.thread = body
    return next
  }
}

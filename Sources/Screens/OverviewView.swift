import Discussion
import Grid
import Reader

/// The rows of an overview: what each is of, a bar, its number, and what is told of it.
func drawOverview(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  guard let overview = state.overview else { return }
  if overview.rows.isEmpty {
    grid.write(
      overview.isAwaited ? "Counting…" : "There is nothing to count.", column: rect.column + 1, row: rect.row,
      columns: rect.columns - 1, style: theme[.dim])
    return
  }
  let columns = OverviewColumns(overview, columns: rect.columns)
  for offset in 0..<rect.rows {
    let index = overview.place.top + offset
    guard index < overview.rows.count else { break }
    let row = rect.row + offset
    let entry = overview.rows[index]
    let isSelected = index == overview.place.selected
    let base = isSelected ? theme[.selected] : .plain
    grid.fill(columns: rect.column..<rect.column + rect.columns, rows: row..<row + 1, style: base)
    grid.write(
      isSelected ? "▌" : " ", column: rect.column, row: row, columns: 1,
      style: base.overlaid(by: theme[.marker]))
    grid.write(
      entry.isProblem ? "!" : " ", column: rect.column + 1, row: row, columns: 1,
      style: base.overlaid(by: theme[.message]))
    var column = rect.column + 3
    grid.write(
      overview.kind == .sources ? shortened(entry.label, columns: columns.label) : entry.label,
      column: column, row: row, columns: columns.label,
      style: base.overlaid(by: theme[entry.isProblem ? .message : .plain]), ellipsis: true)
    column += columns.label + 1
    if let count = entry.count {
      let text = HitCount.grouped(count)
      grid.write(
        text, column: column + columns.count - displayColumns(of: text), row: row, columns: columns.count,
        style: base.overlaid(by: theme[.number]))
    }
    // What has no number has its words in the place of number and bar.
    let words = entry.count == nil ? column : column + columns.count + 1 + columns.bar + 1
    if let count = entry.count, columns.bar > 0 {
      grid.write(
        bar(count, of: overview.largest, columns: columns.bar), column: column + columns.count + 1, row: row,
        columns: columns.bar, style: base.overlaid(by: theme[.key]))
    }
    grid.write(
      entry.detail, column: words, row: row, columns: max(0, rect.column + rect.columns - words),
      style: base.overlaid(by: theme[entry.isProblem ? .message : .dim]), ellipsis: true)
  }
}

/// How wide the parts of a row are.
private struct OverviewColumns {
  var label: Int
  var count: Int
  var bar: Int

  init(_ overview: Overview, columns: Int) {
    let rows = overview.rows.prefix(500)
    count = displayColumns(of: HitCount.grouped(overview.largest))
    let longest = rows.reduce(4) { max($0, displayColumns(of: $1.label)) }
    label = min(longest, max(8, columns / 2 - count))
    let detail = rows.reduce(0) { max($0, $1.count == nil ? 0 : displayColumns(of: $1.detail)) }
    let rest = max(0, columns - 3 - label - 1 - count - 2)
    bar = detail == 0 ? rest : min(24, max(0, rest - min(detail, rest * 3 / 4)))
  }
}

/// A bar of block characters, in eighths of a column; what is not nothing shows.
private func bar(_ count: Int, of largest: Int, columns: Int) -> String {
  let eighths = count == 0 ? 0 : max(1, count * columns * 8 / max(1, largest))
  let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
  return String(repeating: "█", count: eighths / 8) + rest
}

/// A path or name that is too long loses its beginning, which tells least of it.
private func shortened(_ text: String, columns: Int) -> String {
  if displayColumns(of: text) <= columns { return text }
  var rest = Substring(text)
  while !rest.isEmpty, displayColumns(of: String(rest)) + 1 > columns { rest.removeFirst() }
  return "…" + rest
}

/// What an overview is of, for the title line.
func overviewHeadings(of state: ReaderState) -> [String] {
  guard let overview = state.overview else { return [""] }
  func title(_ discussion: DiscussionID) -> String {
    truncated(String(decoding: state.library.title(of: discussion), as: UTF8.self), columns: 40)
  }
  let (what, which): (String, String) =
    switch overview.kind {
    case .sources: ("sources", "")
    case .timeline(nil): ("timeline", "everything")
    case .timeline(let discussion?): ("timeline", title(discussion))
    case .answers(let discussion): ("who answers whom", title(discussion))
    case .authors(let discussion): ("who wrote", title(discussion))
    }
  return [which.isEmpty ? "\(what) " : "\(what) · \(which) ", "\(what) "]
}

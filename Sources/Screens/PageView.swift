import Grid
import Reader

/// A text by itself: its title above, how far one is below.
func drawPage(_ page: TextPage, of state: ReaderState, _ theme: Theme, into grid: inout Grid) {
  let columns = state.size.columns
  let rows = state.size.rows
  drawBar(" " + page.title, columns: columns, theme, into: &grid)
  for offset in 0..<max(0, rows - 2) where page.lines.indices.contains(page.top + offset) {
    drawCut(
      page.text.span, page.lines[page.top + offset], aside: page.aside ?? 0,
      Rect(column: 1, row: offset + 1, columns: columns - 2, rows: 1), theme,
      style: { _ in theme[.plain] }, into: &grid)
  }
  let last = min(page.lines.count, page.top + rows - 2)
  let place =
    page.lines.isEmpty
    ? "empty"
    : "lines \(page.top + 1) to \(last) of \(page.lines.count)" + (last == page.lines.count ? " (end)" : "")
  drawFoot(
    state.message ?? place, hint: pageHint(page), isMessage: state.message != nil,
    row: rows - 1, columns: columns, theme, into: &grid)
}

private func pageHint(_ page: TextPage) -> String {
  guard let aside = page.aside else { return "Space b j k: scroll  zl: whole lines  Y: copy  q: back" }
  return (aside == 0 ? "zh: break lines" : "column \(aside + 1)  zh: back") + "  zl: right  q: back"
}

/// The links of an entry, numbered.
func drawLinks(_ list: LinkList, of state: ReaderState, _ theme: Theme, into grid: inout Grid) {
  let columns = state.size.columns
  let rows = state.size.rows
  let count = list.links.count
  drawBar(" Links  \(count == 1 ? "1 link" : "\(count) links")", columns: columns, theme, into: &grid)
  for offset in 0..<max(0, rows - 2) {
    let index = list.place.top + offset
    guard index < count else { break }
    let row = offset + 1
    let isSelected = index == list.place.selected
    let base = isSelected ? theme[.selected] : .plain
    grid.fill(columns: 0..<columns, rows: row..<row + 1, style: base)
    let number = "\(isSelected ? "▌" : " ")\(index + 1) "
    let used = grid.write(
      number, column: 0, row: row, columns: columns, style: base.overlaid(by: theme[.key]))
    let link = list.links[index]
    var column = max(4, used)
    if let words = link.words {
      let room = max(0, (columns - column) / 3)
      let shown = truncated(words, columns: room)
      grid.write(
        shown, column: column, row: row, columns: room,
        style: base.overlaid(by: theme[link.claim == nil ? .plain : .message]))
      column += displayColumns(of: shown) + 2
    }
    grid.write(
      link.address, column: column, row: row, columns: max(0, columns - column),
      style: base.overlaid(by: theme[.link]), ellipsis: true)
  }
  drawFoot(
    state.message ?? "link \(list.place.selected + 1) of \(count)",
    hint: "Enter, 1–9: open  y: copy  q: back", isMessage: state.message != nil, row: rows - 1,
    columns: columns,
    theme, into: &grid)
}

private func drawBar(_ text: String, columns: Int, _ theme: Theme, into grid: inout Grid) {
  grid.fill(columns: 0..<columns, rows: 0..<1, style: theme[.bar])
  grid.write(text, column: 0, row: 0, columns: columns, style: theme[.barStrong], ellipsis: true)
}

private func drawFoot(
  _ left: String, hint: String, isMessage: Bool, row: Int, columns: Int, _ theme: Theme, into grid: inout Grid
) {
  let used = grid.write(
    left, column: 1, row: row, columns: max(0, columns - 1), style: theme[isMessage ? .message : .plain],
    ellipsis: true)
  let hintColumns = displayColumns(of: hint)
  guard used + hintColumns + 4 <= columns else { return }
  grid.write(
    hint, column: columns - hintColumns - 1, row: row, columns: hintColumns, style: theme[.dim])
}

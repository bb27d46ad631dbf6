import Grid
import Reader

/// The command table, filtered by what is typed; Enter runs the selected command.
func drawHelp(_ help: HelpPlace, of state: ReaderState, _ theme: Theme, into grid: inout Grid) {
  let columns = state.size.columns
  let rows = state.size.rows
  grid.fill(columns: 0..<columns, rows: 0..<1, style: theme[.bar])
  grid.write(
    " Help  type to filter, Enter runs, Esc leaves", column: 0, row: 0, columns: columns,
    style: theme[.bar], ellipsis: true)
  let commands = help.commands
  let keyColumns = min(20, columns / 3)
  for offset in 0..<max(0, rows - 2) {
    let index = help.place.top + offset
    guard index < commands.count else { break }
    let entry = commands[index].entry
    let row = offset + 1
    let isSelected = index == help.place.selected
    let base = isSelected ? theme[.selected] : .plain
    grid.fill(columns: 0..<columns, rows: row..<row + 1, style: base)
    grid.write(
      isSelected ? "▌" : " ", column: 0, row: row, columns: 1, style: base.overlaid(by: theme[.marker]))
    grid.write(
      (help.keys[commands[index]] ?? []).joined(separator: " "), column: 2, row: row, columns: keyColumns - 3,
      style: base.overlaid(by: theme[.key]), ellipsis: true)
    let name = ":" + commands[index].name
    let nameColumns = displayColumns(of: name)
    let room = columns - keyColumns - 1
    let showsName = columns >= 100
    grid.write(
      entry.help, column: keyColumns, row: row, columns: max(0, showsName ? room - nameColumns - 2 : room),
      style: base, ellipsis: true)
    if showsName {
      grid.write(
        name, column: columns - nameColumns - 1, row: row, columns: nameColumns,
        style: base.overlaid(by: theme[.dim]))
    }
  }
  if commands.isEmpty {
    grid.write("No command matches.", column: 2, row: 1, columns: columns - 2, style: theme[.dim])
  }
  let row = rows - 1
  var column = 1 + grid.write("filter: ", column: 1, row: row, columns: columns - 1, style: theme[.key])
  let start = column
  column += grid.write(
    help.filter.text, column: column, row: row, columns: max(0, columns - column - 1), style: theme[.prompt],
    ellipsis: true)
  grid.cursor = (min(columns - 1, start + displayColumns(of: help.filter.textBeforeCursor)), row)
}

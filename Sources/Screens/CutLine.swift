import Grid
import Reader

/// A line of text that is not broken: what has room of it, from a column on, with a mark at each edge beyond
/// which there is more.
/// - Parameter hang: columns in front of the line, which move with it.
func drawCut(
  _ text: Span<UInt8>, _ line: WrappedLine, hang: Int = 0, aside: Int, _ rect: Rect, _ theme: Theme,
  style: (Int) -> Style,
  into grid: inout Grid
) {
  guard rect.columns > 0, line.columns > 0 else { return }
  if aside == 0 {
    grid.write(
      text, bytes: line.bytes, column: rect.column + hang, row: rect.row, columns: rect.columns - hang,
      style: style)
  } else {
    var window = Grid(size: Size(columns: rect.columns, rows: 1))
    window.write(
      text, bytes: line.bytes, column: hang - aside, row: 0, columns: aside + rect.columns, style: style)
    grid.place(window, column: rect.column, row: rect.row)
    grid.write("‹", column: rect.column, row: rect.row, columns: 1, style: theme[.key])
  }
  if hang + line.columns > aside + rect.columns {
    grid.write(
      "›", column: rect.column + rect.columns - 1, row: rect.row, columns: 1, style: theme[.key])
  }
}

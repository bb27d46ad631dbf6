import Discussion
import Grid
import Reader

/// Columns of the strip in a list of some columns, the gap before it included; 0 where there is no room.
func stripColumns(in columns: Int) -> Int {
  switch columns {
  case ..<60: 0
  case ..<90: 14
  case ..<130: 24
  default: 40
  }
}

/// The shape of a thread in one line, a sign an entry or a run of them: the post thick, replies to it
/// medium, deeper ones thin; solid what waits to be read, broken what was read; a diamond for a hit, a star
/// for what is marked. Colours only say it once more.
func drawStrip(
  of discussion: DiscussionID, in state: ReaderState, _ rect: Rect, _ base: Style, _ theme: Theme,
  into grid: inout Grid
) {
  for (place, cell) in state.digest(of: discussion, cells: rect.columns).cells.enumerated() {
    let (sign, ink): (String, Theme.Ink) =
      if cell.isHit {
        ("◆", .hit)
      } else if cell.isMarked {
        ("★", .star)
      } else if cell.isUnread {
        (cell.level == 0 ? "┃" : cell.level == 1 ? "▎" : "▏", .unread)
      } else {
        (cell.level == 0 ? "╏" : cell.level == 1 ? "╎" : "┊", .dim)
      }
    grid.write(
      sign, column: rect.column + place, row: rect.row, columns: 1, style: base.overlaid(by: theme[ink]))
  }
}

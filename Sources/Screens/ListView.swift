import Discussion
import Grid
import Reader

/// The list of discussions, a row each.
func drawList(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  let discussions = state.listing
  if discussions.isEmpty {
    let text =
      state.arrangement.isLimited && !state.library.discussions.isEmpty
      ? "Nothing here meets the limit; & shows all." : state.loading == nil ? "Nothing is open." : "Loading…"
    grid.write(text, column: rect.column + 1, row: rect.row, columns: rect.columns - 1, style: theme[.dim])
    return
  }
  for offset in 0..<rect.rows {
    let index = state.list.top + offset
    guard index < discussions.count else { break }
    drawListRow(
      discussions[index], of: state, isSelected: index == state.list.selected,
      Rect(column: rect.column, row: rect.row + offset, columns: rect.columns, rows: 1), theme, into: &grid)
  }
}

private func drawListRow(
  _ discussion: DiscussionID, of state: ReaderState, isSelected: Bool, _ rect: Rect, _ theme: Theme,
  into grid: inout Grid
) {
  let library = state.library
  let post = library.post(of: discussion)
  let unread = state.unreadCount(of: discussion)
  let base = isSelected ? theme[.selected] : theme[unread > 0 ? .plain : .dim]
  grid.fill(
    columns: rect.column..<rect.column + rect.columns, rows: rect.row..<rect.row + 1,
    style: isSelected ? base : .plain)
  let isStarred = state.mark(on: discussion)?.isStarred ?? false
  let sign = isStarred ? "★" : unread > 0 ? "●" : " "
  grid.write(
    isSelected ? state.surface == .list ? "▌" : "▏" : " ", column: rect.column, row: rect.row, columns: 1,
    style: base.overlaid(by: theme[.marker]))
  grid.write(
    sign, column: rect.column + 1, row: rect.row, columns: 1,
    style: base.overlaid(by: theme[isStarred ? .star : .unread]))

  // From the right: the strip, the counts, then author and year where there is room.
  var right = rect.column + rect.columns
  let strip = stripColumns(in: rect.columns)
  if strip > 0 {
    right -= strip
    drawStrip(
      of: discussion, in: state, Rect(column: right, row: rect.row, columns: strip - 1, rows: 1), base, theme,
      into: &grid)
  }
  func writeRight(_ text: String, _ ink: Theme.Ink, atLeast room: Int) {
    let columns = displayColumns(of: text)
    guard !text.isEmpty, right - columns - 2 - rect.column >= room else { return }
    right -= columns + 1
    grid.write(
      text, column: right, row: rect.row, columns: columns, style: base.overlaid(by: theme[ink]))
    right -= 1
  }
  let comments = state.commentCount(of: discussion)
  let declared = library.declaredComments(of: discussion)
  // Some count the pages that link here among the comments, some do not.
  let isAll = { $0 == comments || $0 == library.commentCount(of: discussion) }
  let counts =
    declared.map { isAll($0) || $0 < comments ? "\(comments)" : "\(comments) of \($0)" } ?? "\(comments)"
  writeRight(counts, .number, atLeast: 12)
  let new = state.newCount(of: discussion)
  writeRight(new > 0 ? "+\(new) new" : "", .unread, atLeast: 12)
  let sources = library.sources(of: discussion).count
  writeRight(sources > 1 ? "\(sources) sources" : "", .dim, atLeast: 30)
  let year = library.date(of: post).map { String($0.civil.year) } ?? ""
  let author = library.author(of: post).map { truncated(String(decoding: $0, as: UTF8.self), columns: 18) }
  writeRight(year, .date, atLeast: 34)
  writeRight(author ?? "", .author, atLeast: 34)
  let text = String(decoding: library.shownTitle(of: discussion), as: UTF8.self)
  grid.write(
    text, column: rect.column + 3, row: rect.row, columns: max(0, right - rect.column - 4), style: base,
    ellipsis: true)
}

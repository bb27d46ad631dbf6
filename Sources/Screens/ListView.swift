import Discussion
import Grid
import Reader

/// The list of discussions, a row each.
func drawList(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  let discussions = state.library.discussions
  if discussions.isEmpty {
    let text = state.loading == nil ? "Nothing is open." : "Loading…"
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
    isSelected ? "▌" : " ", column: rect.column, row: rect.row, columns: 1,
    style: base.overlaid(by: theme[.marker]))
  grid.write(
    sign, column: rect.column + 1, row: rect.row, columns: 1,
    style: base.overlaid(by: theme[isStarred ? .star : .unread]))

  // From the right: the strip, the counts, then author and year where there is room.
  var right = rect.column + rect.columns
  let strip = rect.columns >= 60 ? 14 : 0
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
  let sources = library.sources(of: discussion).count
  writeRight(sources > 1 ? "\(sources) sources" : "", .dim, atLeast: 30)
  let year = library.date(of: post).map { String($0.civil.year) } ?? ""
  let author = library.author(of: post).map { truncated(String(decoding: $0, as: UTF8.self), columns: 18) }
  writeRight(year, .date, atLeast: 34)
  writeRight(author ?? "", .author, atLeast: 34)
  let title = library.title(of: discussion)
  let text = title.isEmpty ? "(no title)" : String(decoding: title, as: UTF8.self)
  grid.write(
    text, column: rect.column + 3, row: rect.row, columns: max(0, right - rect.column - 4), style: base,
    ellipsis: true)
}

/// The shape of a thread in one line: a bar an entry (or a bucket of them), the post thick, replies to it
/// medium, deeper ones thin; hits, stars and unread entries in their colours.
private func drawStrip(
  of discussion: DiscussionID, in state: ReaderState, _ rect: Rect, _ base: Style, _ theme: Theme,
  into grid: inout Grid
) {
  let entries = state.library.entries(of: discussion)
  let cells = min(rect.columns, entries.count)
  guard cells > 0 else { return }
  for cell in 0..<cells {
    let first = cell * entries.count / cells
    let last = max(first, (cell + 1) * entries.count / cells - 1)
    // A bucket shows its most telling entry; of long threads a few samples stand for the bucket.
    let samples =
      last - first < 8
      ? Array(first...last) : stride(from: first, through: last, by: (last - first) / 7 + 1).map { $0 }
    let isHit =
      state.search.map { search in samples.contains { search.contains(entries[$0], of: discussion) } }
      ?? false
    let isStarred = samples.contains { state.mark(on: entries[$0]) != nil }
    let isUnread = samples.contains { state.read.isUnread(entries[$0]) }
    let depth = samples.map { state.library.depth(of: entries[$0]) }.min() ?? 0
    let bar = depth == 0 ? "┃" : depth == 1 ? "▎" : "▏"
    let ink: Theme.Ink = isHit ? .hit : isStarred ? .star : isUnread ? .unread : .dim
    grid.write(
      bar, column: rect.column + cell, row: rect.row, columns: 1, style: base.overlaid(by: theme[ink]))
  }
}

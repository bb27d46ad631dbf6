import Discussion
public import Grid
public import Reader

/// Draws a state: the same state gives an equal grid.
public func view(_ state: ReaderState) -> Grid {
  var grid = Grid(size: state.size)
  let layout = state.layout
  let theme = Theme(state.capabilities, state.options.theme)
  guard let title = layout.title, let status = layout.status else {
    grid.write("too small", column: 0, row: 0, columns: state.size.columns, style: .plain)
    return grid
  }
  if let help = state.help {
    drawHelp(help, of: state, theme, into: &grid)
    return grid
  }
  if let list = state.linkList {
    drawLinks(list, of: state, theme, into: &grid)
    return grid
  }
  if let page = state.page, state.prompt == nil {
    drawPage(page, of: state, theme, into: &grid)
    return grid
  }
  drawTitleBar(of: state, title, theme, into: &grid)
  if let list = layout.list {
    drawList(of: state, list, theme, into: &grid)
    drawDivider(rightOf: list, in: layout, theme, into: &grid)
  }
  if let rows = layout.rows {
    if state.listed == .bookmarks {
      drawBookmarks(of: state, rows, theme, into: &grid)
    } else if state.surface == .overview {
      drawOverview(of: state, rows, theme, into: &grid)
    } else {
      drawHits(of: state, rows, theme, into: &grid)
    }
    drawDivider(rightOf: rows, in: layout, theme, into: &grid)
  }
  if let rule = layout.threadTitle { drawThreadTitle(of: state, rule, theme, into: &grid) }
  if let thread = layout.thread { drawThread(of: state, thread, theme, into: &grid) }
  if let outline = layout.outline {
    drawOutline(of: state, outline, theme, into: &grid)
    let column = outline.column - 1
    for row in outline.row..<outline.row + outline.rows {
      grid.write("│", column: column, row: row, columns: 1, style: theme[.rule])
    }
  }
  if let rect = layout.firstSteps { drawFirstSteps(of: state, rect, theme, into: &grid) }
  drawStatus(of: state, status, theme, into: &grid)
  return grid
}

/// The line on top: what is open, and how much of it.
private func drawTitleBar(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  grid.fill(
    columns: rect.column..<rect.column + rect.columns, rows: rect.row..<rect.row + 1, style: theme[.bar])
  let posts = state.library.discussions.count
  let comments = state.commentTotal
  let unread = unreadText(of: state)
  var counts =
    "\(posts) \(posts == 1 ? "discussion" : "discussions") · \(comments) \(comments == 1 ? "comment" : "comments") · \(unread) "
  if displayColumns(of: counts) + 12 > rect.columns { counts = "\(unread) " }
  let limited = arrangementHeadings(of: state)
  if !limited.isEmpty { counts = longest(of: limited, columns: rect.columns - 12) }
  if state.surface == .overview {
    counts = longest(of: overviewHeadings(of: state), columns: rect.columns - 12)
  }
  let isSearching = state.surface == .hits || state.prompt?.purpose == .search
  if isSearching, let search = state.search, search.answer != nil {
    counts = longest(of: searchHeadings(search), columns: rect.columns - 12) + " "
  }
  if let loading = state.loading, loading.total > 0 {
    let percent = min(99, loading.done * 100 / loading.total)
    counts = (isSearching ? "indexing" : "loading") + " \(percent) % · " + counts
  }
  var column = grid.write(
    " Lectern  ", column: 0, row: rect.row, columns: rect.columns, style: theme[.barStrong])
  let countColumns = displayColumns(of: counts)
  let room = rect.columns - column - countColumns - 2
  if room > 0 {
    column += grid.write(
      state.name, column: column, row: rect.row, columns: room, style: theme[.bar], ellipsis: true)
  }
  if rect.columns - countColumns > 10 {
    grid.write(
      counts, column: rect.columns - countColumns, row: rect.row, columns: countColumns, style: theme[.bar])
  }
}

/// `5 unread`, and of these what came since the last visit: `5 unread, 3 new`.
func unreadText(of state: ReaderState) -> String {
  "\(state.unreadTotal) unread" + (state.newTotal > 0 ? ", \(state.newTotal) new" : "")
}

/// What was found and how it is ordered, from the most telling wording to the shortest:
/// `fund 12 · office 3 · 1,000+ in 80 threads · newest first · settling…`.
private func searchHeadings(_ search: SearchSession) -> [String] {
  guard let answer = search.answer, !search.text.isEmpty else { return [""] }
  let order = answer.order == .ranked ? "ranked" : "newest first"
  let state = search.isSettled ? order : order + " · settling…"
  if answer.groups.isEmpty { return [search.isSettled ? "" : "settling…"] }
  let terms = answer.terms.map { "\($0.word) \(HitCount.grouped($0.count))" }.joined(separator: " · ")
  let threads =
    answer.isSettled && search.scope == .everything
    ? ["in \(answer.threads.text) \(answer.threads == HitCount(1) ? "thread" : "threads")"] : []
  let wordings = [[terms] + threads + [state], [terms, state], threads + [state], [state], [order]]
  return wordings.map { $0.filter { !$0.isEmpty }.joined(separator: " · ") }
}

private func drawDivider(rightOf rect: Rect, in layout: ScreenLayout, _ theme: Theme, into grid: inout Grid) {
  guard let thread = layout.threadTitle, thread.column > rect.column else { return }
  for row in rect.row..<rect.row + rect.rows {
    grid.write("│", column: rect.column + rect.columns, row: row, columns: 1, style: theme[.rule])
  }
}

/// The rule above a thread: its title, and which comment is selected.
private func drawThreadTitle(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  grid.write(
    String(repeating: "─", count: rect.columns), column: rect.column, row: rect.row, columns: rect.columns,
    style: theme[.rule])
  guard let place = state.thread else { return }
  let number = state.place(of: place.selected, in: place.discussion)
  let count = state.commentCount(of: place.discussion)
  var right =
    number == 0 ? " post · \(count) \(count == 1 ? "comment" : "comments") " : " \(number) of \(count) "
  if let root = place.root, rect.columns >= 40 {
    let number = state.library.number(of: root)
    let label = (number.count > 4 ? "…" : "") + number.suffix(4).map(String.init).joined(separator: ".")
    right = " \(label) alone ·" + right
  }
  let rightColumns = displayColumns(of: right)
  let room = rect.columns - rightColumns - 6
  if room >= 4 {
    let title = String(decoding: state.library.title(of: place.discussion), as: UTF8.self)
    let crumbs = breadcrumbText(of: state, columns: room - min(displayColumns(of: title), room / 4) - 6)
    let crumbColumns = crumbs.isEmpty ? 0 : displayColumns(of: crumbs) + 3
    let shown =
      " " + truncated(title.isEmpty ? "(no title)" : title, columns: room - 2 - crumbColumns)
      + (crumbs.isEmpty ? " " : "")
    if !crumbs.isEmpty {
      grid.write(
        " › " + crumbs + " ", column: rect.column + 1 + displayColumns(of: shown), row: rect.row,
        columns: crumbColumns + 1, style: theme[.dim])
    }
    grid.write(
      shown, column: rect.column + 1, row: rect.row, columns: room,
      style: theme[state.surface == .thread ? .title : .dim])
  }
  if rect.columns > rightColumns + 2 {
    grid.write(
      right, column: rect.column + rect.columns - rightColumns - 1, row: rect.row, columns: rightColumns,
      style: theme[.dim])
  }
}

/// The comments of a thread, a line each, around the selected one.
private func drawOutline(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  guard let place = state.thread else { return }
  for (offset, entry) in state.outlineEntries(rows: rect.rows).enumerated() {
    let row = rect.row + offset
    let depth = state.library.depth(of: entry)
    let indent = min(2 * max(0, depth - 1), rect.columns / 3)
    let isRead = !state.read.isUnread(entry)
    let isSelected = entry == place.selected
    let style = isSelected ? theme[.selected] : theme[isRead ? .dim : .plain]
    grid.fill(
      columns: rect.column..<rect.column + rect.columns, rows: row..<row + 1,
      style: isSelected ? style : .plain)
    let label =
      depth == 0
      ? "post" : state.library.number(of: entry).map(String.init).joined(separator: ".")
    let name = authorName(of: entry, in: state.library)
    grid.write(
      (isSelected && state.isInOutline ? "▌" : isSelected ? "▏" : " ") + (isRead ? "  " : "● ") + label + " "
        + name, column: rect.column + indent, row: row,
      columns: rect.columns - indent, style: style, ellipsis: true)
  }
}

/// The author's name, or what stands in its place.
func authorName(of entry: EntryID, in library: Library) -> String {
  library.author(of: entry).map { String(decoding: $0, as: UTF8.self) } ?? "(name not in the source)"
}

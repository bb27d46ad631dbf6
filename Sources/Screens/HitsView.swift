import Discussion
import Grid
import Reader

/// The hits of a search, two rows each: where it stands, and the words around the match.
func drawHits(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  guard let search = state.search else { return }
  guard let answer = search.answer, !answer.groups.isEmpty else {
    var text = search.text.isEmpty ? "Type to search." : search.answer == nil ? "" : "Nothing found."
    if let problem = search.answer?.problems.first { text += " \(problem)." }
    if let suggestion = search.answer?.suggestion {
      text += " Did you mean \(suggestion)? "
      text +=
        (state.prompt == nil ? state.keyHint(for: .takeSuggestion) ?? ":take-suggestion" : "Tab")
        + " takes it."
    }
    grid.write(text, column: rect.column + 1, row: rect.row, columns: rect.columns - 1, style: theme[.dim])
    return
  }
  for offset in 0..<max(1, rect.rows / 2) {
    let index = state.hits.top + offset
    guard index < answer.groups.count else { break }
    let group = answer.groups[index]
    let row = rect.row + 2 * offset
    let isSelected = index == search.group
    // The current thread shows the hit that one has stepped to, the others their best.
    let entry = isSelected ? search.entry ?? group.best : group.best
    drawEntryRow(
      entry, of: state, mark: state.mark(on: entry), isSelected: isSelected, moreHits: group.count - 1, rect,
      row: row, theme, into: &grid)
    guard 2 * offset + 1 < rect.rows else { continue }
    guard let snippet = state.snippet(of: entry, columns: max(10, rect.columns - 6)) else { continue }
    drawSnippet(snippet, column: rect.column + 4, row: row + 1, columns: rect.columns - 5, theme, into: &grid)
  }
}

private func drawSnippet(
  _ snippet: HitSnippet, column: Int, row: Int, columns: Int, _ theme: Theme, into grid: inout Grid
) {
  let styles = StyleRuns(
    base: theme[.plain], layers: snippet.matches.map { (bytes: $0, style: theme[.hit]) })
  grid.write(
    snippet.utf8.span, bytes: 0..<snippet.utf8.count, column: column, row: row, columns: max(0, columns),
    style: { styles[$0] })
}

/// Title, number, author and date of an entry in one row.
/// - Parameter moreHits: hits of the same thread that it stands for.
func drawEntryRow(
  _ entry: EntryID, of state: ReaderState, mark: Mark?, isSelected: Bool, moreHits: Int = 0, _ rect: Rect,
  row: Int,
  _ theme: Theme, into grid: inout Grid
) {
  let library = state.library
  let base = isSelected ? theme[.selected] : .plain
  grid.fill(columns: rect.column..<rect.column + rect.columns, rows: row..<row + 1, style: base)
  grid.write(
    isSelected ? state.surface == .thread ? "▏" : "▌" : " ", column: rect.column, row: row, columns: 1,
    style: base.overlaid(by: theme[.marker]))
  let sign = mark?.isStarred == true ? "★" : mark != nil ? "✎" : state.read.isUnread(entry) ? "●" : " "
  grid.write(
    sign, column: rect.column + 1, row: row, columns: 1,
    style: base.overlaid(by: theme[mark == nil ? .unread : .star]))
  if let mark, mark.isStarred, mark.isBookmarked {
    grid.write("✎", column: rect.column + 2, row: row, columns: 1, style: base.overlaid(by: theme[.note]))
  }
  var right =
    library.depth(of: entry) == 0
    ? "post" : library.number(of: entry).suffix(6).map(String.init).joined(separator: ".")
  if library.author(of: entry) != nil {
    right += " " + truncated(authorName(of: entry, in: library), columns: 20)
  }
  if let date = library.date(of: entry) {
    right += " · " + DateText.brief(date, now: state.now, state.options.dates)
  }
  if moreHits > 0 { right = "+\(HitCount.grouped(moreHits)) more · " + right }
  let columns = min(displayColumns(of: right), rect.columns / 2)
  let title = String(decoding: library.title(of: library.discussion(of: entry)), as: UTF8.self)
  let start = mark?.isStarred == true && mark?.isBookmarked == true ? 4 : 3
  let room = rect.columns - columns - start - 2
  grid.write(
    title.isEmpty ? "(no title)" : title, column: rect.column + start, row: row, columns: max(0, room),
    style: base,
    ellipsis: true)
  grid.write(
    right, column: rect.column + rect.columns - columns - 1, row: row, columns: columns,
    style: base.overlaid(by: theme[.dim]), ellipsis: true)
}

/// Stars and bookmarks, two rows each: where it stands, and the note or the first words.
func drawBookmarks(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  if state.bookmarkRows.isEmpty {
    grid.write(
      state.bookmarkLimit.isEmpty
        ? "Nothing is starred or bookmarked yet." : "No bookmark meets the limit; & shows all.",
      column: rect.column + 1, row: rect.row,
      columns: rect.columns - 1, style: theme[.dim])
    return
  }
  for offset in 0..<max(1, rect.rows / 2) {
    let index = state.bookmarkPlace.top + offset
    guard index < state.bookmarkRows.count else { break }
    let bookmark = state.bookmarkRows[index]
    let row = rect.row + 2 * offset
    let isSelected = index == state.bookmarkPlace.selected
    if let entry = bookmark.entry {
      drawEntryRow(
        entry, of: state, mark: bookmark.mark, isSelected: isSelected, rect, row: row, theme, into: &grid)
    } else {
      let base = isSelected ? theme[.selected] : theme[.dim]
      grid.fill(columns: rect.column..<rect.column + rect.columns, rows: row..<row + 1, style: base)
      grid.write(
        "   (not open) " + bookmark.mark.summary, column: rect.column, row: row, columns: rect.columns,
        style: base, ellipsis: true)
    }
    guard 2 * offset + 1 < rect.rows else { continue }
    var words = bookmark.target.isDiscussion ? "the whole discussion" : ""
    if !bookmark.mark.note.isEmpty {
      words = bookmark.mark.note
    } else if words.isEmpty {
      words = bookmark.entry.map { firstWords(of: $0, in: state.library) } ?? bookmark.mark.summary
    }
    let tags = bookmark.mark.tags.map { "#" + $0 }.joined(separator: " ")
    let line = tags.isEmpty ? words : tags + "  " + words
    grid.write(
      line, column: rect.column + 4, row: row + 1, columns: max(0, rect.columns - 5),
      style: theme[bookmark.mark.note.isEmpty ? .dim : .plain], ellipsis: true)
  }
}

/// The beginning of an entry's text as one line.
func firstWords(of entry: EntryID, in library: Library) -> String {
  library.withText(of: entry) { text in
    var line: [UInt8] = []
    for index in 0..<min(240, text.count) { line.append(text[index] < 0x20 ? 0x20 : text[index]) }
    return String(decoding: line, as: UTF8.self)
  }
}

import Discussion
import Grid
import Reader

/// A discussion as one flowing document.
func drawThread(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  guard let place = state.thread, let flow = state.flow else { return }
  var pen: EntryPen?
  for (offset, row) in flow.rows(from: place.top, count: rect.rows).enumerated() {
    if pen?.entry != row.entry { pen = EntryPen(row.entry, of: state, flow: flow, theme: theme) }
    pen?.draw(
      row: row.row, in: Rect(column: rect.column, row: rect.row + offset, columns: rect.columns, rows: 1),
      into: &grid)
  }
}

/// Whether an entry only stands around the hits of a search that is looked through.
private func isBesideTheHits(_ entry: EntryID, of state: ReaderState, discussion: DiscussionID) -> Bool {
  guard state.surface == .hits, let search = state.search, !search.groups.isEmpty else { return false }
  return !search.contains(entry, of: discussion)
}

/// Draws the rows of one entry.
private struct EntryPen {
  let entry: EntryID
  let state: ReaderState
  let theme: Theme
  let layout: EntryLayout
  let isSelected: Bool
  let depth: Int
  let bodyStyles: StyleRuns
  let titleStyles: StyleRuns
  let authorStyles: StyleRuns

  init(_ entry: EntryID, of state: ReaderState, flow: ThreadFlow, theme: Theme) {
    self.entry = entry
    self.state = state
    self.theme = theme
    layout = flow.layout(of: entry)
    isSelected = state.thread?.selected == entry
    let isDimmed = isBesideTheHits(entry, of: state, discussion: flow.discussion)
    depth = state.library.depth(of: entry)
    let roles =
      isDimmed ? [] : state.library.spans(of: entry).map { ($0.bytes, theme[EntryPen.ink(of: $0.role)]) }
    var found: [Match] = []
    var current: Match?
    if let search = state.search {
      found = state.matches(in: entry)
      if search.entry == entry, found.indices.contains(search.match) { current = found[search.match] }
    }
    func runs(_ part: Match.Part, _ base: Style, _ roles: [(Range<Int>, Style)]) -> StyleRuns {
      var layers = roles
      for match in found where match.part == part {
        layers.append((match.bytes, theme[match == current ? .currentHit : .hit]))
      }
      return StyleRuns(base: base, layers: layers)
    }
    bodyStyles = runs(.text, theme[isDimmed ? .dim : .plain], roles)
    titleStyles = runs(.title, theme[isDimmed ? .dim : .title], [])
    authorStyles = runs(.author, theme[isDimmed ? .dim : .author], [])
  }

  private static func ink(of role: Role) -> Theme.Ink {
    switch role {
    case .quote: .quote
    case .code: .code
    case .link: .link
    case .emphasis: .emphasis
    case .strong: .strong
    case .heading: .heading
    case .listItem: .listItem
    case .signature: .signature
    }
  }

  func draw(row: Int, in rect: Rect, into grid: inout Grid) {
    let left = rect.column + layout.indent + 2
    let room = rect.columns - layout.indent - 2
    drawSpine(row: row, in: rect, into: &grid)
    switch layout[row] {
    case .title(let line):
      let title = state.library.title(of: state.library.discussion(of: entry))
      grid.write(
        title.span, bytes: layout.titleLines[line].bytes, column: left, row: rect.row, columns: room,
        style: { titleStyles[$0] })
    case .byline: drawByline(left: left, room: room, row: rect.row, into: &grid)
    case .head: drawHead(left: left, room: room, row: rect.row, into: &grid)
    case .text(let line) where layout.isKept(line: line):
      drawQuoteMarks(ofLine: line, left: left, room: room, row: rect.row, into: &grid)
      let place = Rect(column: left, row: rect.row, columns: room, rows: 1)
      drawKept(layout.lines[line], hang: layout.hang(ofLine: line), place, into: &grid)
    case .text(let line):
      drawQuoteMarks(ofLine: line, left: left, room: room, row: rect.row, into: &grid)
      let hang = layout.hang(ofLine: line)
      state.library.withText(of: entry) { text in
        _ = grid.write(
          text, bytes: layout.lines[line].bytes, column: left + hang, row: rect.row, columns: room - hang,
          style: { bodyStyles[$0] })
      }
    case .hiddenQuote(let lines):
      grid.write(
        "▸ \(lines) quoted \(lines == 1 ? "line" : "lines")", column: left, row: rect.row, columns: room,
        style: theme[.quote], ellipsis: true)
    case .blank: break
    }
  }

  private func drawQuoteMarks(ofLine line: Int, left: Int, room: Int, row: Int, into grid: inout Grid) {
    for level in 0..<layout.quoteLevel(ofLine: line) where 2 * level < room {
      grid.write("▎", column: left + 2 * level, row: row, columns: 1, style: theme[.quote])
    }
  }

  /// A line that is cut at the edges, not broken.
  private func drawKept(_ line: WrappedLine, hang: Int, _ rect: Rect, into grid: inout Grid) {
    state.library.withText(of: entry) { text in
      drawCut(
        text, line, hang: hang, aside: state.columnsAside(of: entry), rect, theme,
        style: { bodyStyles[$0] }, into: &grid)
    }
  }

  private func drawSpine(row: Int, in rect: Rect, into grid: inout Grid) {
    let levels = (layout.indent - 1) / 2
    let shift = max(0, depth - 1 - levels)
    for level in 0..<max(0, levels) {
      grid.write(
        "│", column: rect.column + 1 + 2 * level, row: rect.row, columns: 1,
        style: theme[.spine(level + shift)])
    }
    let own = rect.column + layout.indent
    if isSelected, layout[row] != .blank || row == 0 {
      grid.write("▌", column: own, row: rect.row, columns: 1, style: theme[.marker])
    } else if depth > 0, layout[row] != .blank || goesOn {
      let sign = layout[row] == .head ? "├" : "│"
      let style = layout[row] == .head || depth > 1 ? theme[.spine(max(0, depth - 1))] : theme[.rule]
      grid.write(sign, column: own, row: rect.row, columns: 1, style: style)
    }
  }

  /// Whether something of the thread follows below at this entry's level or deeper.
  private var goesOn: Bool {
    state.library.nextSibling(of: entry) != nil || state.library.descendantCount(of: entry) > 0
  }

  private func drawByline(left: Int, room: Int, row: Int, into grid: inout Grid) {
    let library = state.library
    let discussion = library.discussion(of: entry)
    var column = left
    func write(_ text: String, _ style: Style) {
      let rest = left + room - column
      if rest > 0 {
        column += grid.write(text, column: column, row: row, columns: rest, style: style, ellipsis: true)
      }
    }
    writeMarks(&column, row: row, into: &grid)
    if library.author(of: entry) != nil {
      writeAuthor(&column, limit: left + room, row: row, into: &grid)
      write("  ", .plain)
    }
    var facts: [String] = []
    if let date = library.date(of: entry) {
      facts.append(DateText.phrase(date, now: state.now, state.options.dates))
    }
    let comments = state.commentCount(of: discussion)
    if let declared = library.declaredComments(of: discussion), declared > comments,
      declared != library.commentCount(of: discussion)
    {
      facts.append("\(comments) of \(declared) comments")
    } else {
      facts.append(comments == 1 ? "1 comment" : comments == 0 ? "no comments" : "\(comments) comments")
    }
    let pingbacks = state.pingbackCount(of: discussion)
    if pingbacks > 0, !state.showsPingbacks {
      facts.append(pingbacks == 1 ? "1 pingback" : "\(pingbacks) pingbacks")
    }
    if library.isClosed(discussion) == true { facts.append("closed") }
    let sources = library.sources(of: discussion)
    if sources.count > 1 {
      facts.append("\(sources.count) sources")
    } else if let path = sources.first, let name = path.split(separator: 0x2F).last {
      facts.append(String(decoding: name, as: UTF8.self))
    }
    let categories = library.categories(of: discussion).map { String(decoding: $0, as: UTF8.self) }
    if !categories.isEmpty { facts.append("in " + categories.joined(separator: ", ")) }
    write(facts.joined(separator: " · "), theme[.dim])
  }

  private func drawHead(left: Int, room: Int, row: Int, into grid: inout Grid) {
    let library = state.library
    var column = left
    let end = left + room
    // The right end first, so that the name gives way to it.
    var notes: [String] = []
    let replies = library.descendantCount(of: entry)
    if layout.isFolded {
      notes.append(replies == 0 ? "folded" : "+\(replies)")
    } else if let parent = library.parent(of: entry), depth > 1, room > 50 {
      notes.append("in reply to " + number(parent))
    } else if replies > 0, room > 40 {
      notes.append(replies == 1 ? "1 reply" : "\(replies) replies")
    }
    if let score = library.score(of: entry) { notes.append(score == 1 ? "1 point" : "\(score) points") }
    var right = notes.joined(separator: " · ")
    // Half of the head belongs to number, name and date.
    if displayColumns(of: right) > room / 2 { right = layout.isFolded ? "+\(replies)" : "" }
    let rightColumns = displayColumns(of: right)
    let textEnd = min(end, left + layout.measure)
    grid.write(
      right, column: textEnd - rightColumns, row: row, columns: rightColumns,
      style: theme[layout.isFolded ? .key : .dim])
    let limit = textEnd - rightColumns - 1
    func write(_ text: String, _ style: Style) {
      if limit > column {
        column += grid.write(
          text, column: column, row: row, columns: limit - column, style: style, ellipsis: true)
      }
    }
    write(number(entry) + " ", theme[.number])
    writeMarks(&column, row: row, into: &grid)
    if library.isRemoved(entry) {
      // The place stays; who wrote it often is not known any more.
      if library.author(of: entry) != nil {
        writeAuthor(&column, limit: limit, row: row, into: &grid)
        write("  ", .plain)
      }
      write("(deleted)", theme[.dim])
    } else {
      writeAuthor(&column, limit: limit, row: row, into: &grid)
    }
    if let date = library.date(of: entry) {
      write("  " + DateText.phrase(date, now: state.now, state.options.dates), theme[.date])
    }
    if library.kind(of: entry) == .pingback { write("  pingback", theme[.dim]) }
    if layout.isFolded {
      write("  " + firstWords(of: entry, in: library), theme[.dim])
    }
  }

  private func number(_ entry: EntryID) -> String {
    let parts = state.library.number(of: entry)
    if parts.count > 8 {
      return "…" + parts.suffix(4).map(String.init).joined(separator: ".") + " (\(parts.count) deep)"
    }
    return parts.map(String.init).joined(separator: ".")
  }

  private func writeMarks(_ column: inout Int, row: Int, into grid: inout Grid) {
    func sign(_ text: String, _ ink: Theme.Ink) {
      column += grid.write(text + " ", column: column, row: row, columns: 2, style: theme[ink])
    }
    if state.read.isUnread(entry) { sign("●", .unread) }
    if state.read.isNew(entry) {
      column += grid.write("new ", column: column, row: row, columns: 4, style: theme[.unread])
    }
    if let mark = state.mark(on: entry) {
      if mark.isStarred { sign("★", .star) }
      if mark.isBookmarked || !mark.tags.isEmpty { sign("✎", .note) }
    }
  }

  private func writeAuthor(_ column: inout Int, limit: Int, row: Int, into grid: inout Grid) {
    let room = min(limit - column, 64)
    guard room > 0 else { return }
    guard let author = state.library.author(of: entry) else {
      column += grid.write(
        "(name not in the source)", column: column, row: row, columns: room, style: theme[.dim],
        ellipsis: true)
      return
    }
    if displayColumns(of: String(decoding: author, as: UTF8.self)) > room {
      column += grid.write(
        String(decoding: author, as: UTF8.self), column: column, row: row, columns: room,
        style: theme[.author], ellipsis: true)
      return
    }
    column += grid.write(
      author.span, bytes: 0..<author.count, column: column, row: row, columns: room,
      style: { authorStyles[$0] })
  }
}

/// The style of each byte of a text: a base and layers over ranges, later ones on top.
struct StyleRuns {
  private var starts: [Int] = [0]
  private var styles: [Style]

  /// - Complexity: O(n log n + n · overlapping layers) for n layers.
  init(base: Style, layers: [(bytes: Range<Int>, style: Style)]) {
    styles = [base]
    guard !layers.isEmpty else { return }
    var edges: [(offset: Int, layer: Int, isStart: Bool)] = []
    for (index, layer) in layers.enumerated() where !layer.bytes.isEmpty {
      edges.append((layer.bytes.lowerBound, index, true))
      edges.append((layer.bytes.upperBound, index, false))
    }
    edges.sort { $0.offset < $1.offset }
    var active: [Int] = []
    var index = 0
    while index < edges.count {
      let offset = edges[index].offset
      while index < edges.count, edges[index].offset == offset {
        if edges[index].isStart {
          active.append(edges[index].layer)
          active.sort()
        } else {
          active.removeAll { $0 == edges[index].layer }
        }
        index += 1
      }
      let style = active.reduce(base) { $0.overlaid(by: layers[$1].style) }
      if starts.last == offset {
        styles[styles.count - 1] = style
      } else {
        starts.append(offset)
        styles.append(style)
      }
    }
  }

  /// - Complexity: O(log layers).
  subscript(byte: Int) -> Style {
    if starts.count == 1 { return styles[0] }
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= byte { low = middle + 1 } else { high = middle }
    }
    return styles[max(0, low - 1)]
  }
}

import Discussion
import Grid

/// The mouse: the wheel scrolls what is under it, a click selects, one on a fold mark folds, a double click
/// opens, and dividers are dragged. Nothing is marked read and no link is followed by it.
extension ReaderState {
  /// Rows that a notch of the wheel scrolls.
  private static let wheelRows = 3

  mutating func toggleMouse() -> [Effect] {
    usesMouse.toggle()
    dividers.dragged = nil
    message =
      usesMouse
      ? "The mouse scrolls, selects and folds; with Shift it selects text."
      : "The mouse is left to the terminal."
    return [.setMouse(usesMouse)]
  }

  mutating func take(_ mouse: MouseEvent) -> [Effect] {
    guard usesMouse else { return [] }
    isUntouched = false
    switch mouse.kind {
    case .wheelUp: return turnWheel(-ReaderState.wheelRows, mouse)
    case .wheelDown: return turnWheel(ReaderState.wheelRows, mouse)
    case .release:
      dividers.dragged = nil
      return []
    case .drag(.left):
      drag(to: mouse)
      return []
    case .press(.left): return click(mouse)
    case .press, .drag: return []
    }
  }

  // MARK: Wheel

  private mutating func turnWheel(_ rows: Int, _ mouse: MouseEvent) -> [Effect] {
    if help != nil {
      help?.place.selected += rows
    } else if linkList != nil {
      linkList?.place.selected += rows
    } else if var page {
      self.page = nil
      page.scroll(by: rows)
      self.page = page
    } else if prompt == nil {
      let layout = layout
      if layout.thread?.holds(mouse) == true || layout.threadTitle?.holds(mouse) == true
        || layout.outline?.holds(mouse) == true
      {
        if let flow { scroll(by: rows, flow) }
      } else if let pane = layout.list, pane.holds(mouse) {
        // The list beside a thread stays where the thread stands in it.
        if surface == .list { scrollRows(\.list, by: rows, count: listedCount, height: pane.rows) }
      } else if layout.rows?.holds(mouse) == true {
        scrollListed(by: rows)
      }
    }
    return []
  }

  private mutating func scrollListed(by rows: Int) {
    // What is listed beside a thread stays where the thread stands in it.
    guard surface != .thread else { return }
    let step = rows > 0 ? 1 : -1
    if surface == .bookmarks {
      scrollRows(\.bookmarkPlace, by: step, count: bookmarkRows.count, height: hitRowsVisible)
    } else {
      hits.selected = search?.group ?? 0
      scrollRows(\.hits, by: step, count: search?.groups.count ?? 0, height: hitRowsVisible)
      search?.choose(group: hits.selected)
    }
  }

  /// Scrolls a list; the selection moves only when it would leave the pane.
  private mutating func scrollRows(
    _ path: WritableKeyPath<ReaderState, ListPlace>, by rows: Int, count: Int, height: Int
  ) {
    var place = self[keyPath: path]
    place.top = min(max(0, place.top + rows), max(0, count - height))
    place.selected = min(max(place.selected, place.top), min(count, place.top + height) - 1)
    place.selected = max(0, place.selected)
    self[keyPath: path] = place
  }

  // MARK: Clicks

  private mutating func click(_ mouse: MouseEvent) -> [Effect] {
    guard prompt == nil else { return [] }
    message = nil
    pendingKeys = []
    count = nil
    if var help {
      let row = help.place.top + mouse.row - 1
      guard mouse.row > 0, mouse.row < size.rows - 1, help.commands.indices.contains(row) else { return [] }
      help.place.selected = row
      self.help = help
      return mouse.clicks == 2 ? takeInHelp(Key(.enter)) : []
    }
    if var list = linkList {
      let row = list.place.top + mouse.row - 1
      if mouse.row > 0, mouse.row < size.rows - 1, list.links.indices.contains(row) {
        list.place.selected = row
        linkList = list
      }
      return []
    }
    if page != nil { return [] }
    let layout = layout
    if let divider = layout.divider(column: mouse.column, row: mouse.row) {
      dividers.dragged = divider
      return []
    }
    if let pane = layout.list, pane.holds(mouse) { return clickList(mouse, pane) }
    if let pane = layout.rows, pane.holds(mouse) { return clickListed(mouse, pane) }
    if let pane = layout.thread, pane.holds(mouse) { return clickThread(mouse, pane) }
    if let pane = layout.outline, pane.holds(mouse) { return clickOutline(mouse, pane) }
    return []
  }

  private mutating func clickList(_ mouse: MouseEvent, _ pane: Rect) -> [Effect] {
    let row = list.top + mouse.row - pane.row
    guard row < listedCount else { return [] }
    list.selected = row
    guard let discussion = selectedDiscussion, surface == .thread || mouse.clicks == 2 else { return [] }
    if surface == .thread, thread?.discussion == discussion { return [] }
    if let thread, surface == .thread { jumps.push(Place(entry: thread.selected)) }
    return open(discussion)
  }

  private mutating func clickListed(_ mouse: MouseEvent, _ pane: Rect) -> [Effect] {
    let offset = (mouse.row - pane.row) / 2
    if surface == .overview {
      guard let overview, overview.rows.indices.contains(overview.place.top + mouse.row - pane.row) else {
        return []
      }
      self.overview?.place.selected = overview.place.top + mouse.row - pane.row
      return mouse.clicks == 2 ? enter(togglesFold: false) : []
    }
    guard surface != .thread else { return clickBesideThread(offset) }
    if surface == .bookmarks {
      guard bookmarkRows.indices.contains(bookmarkPlace.top + offset) else { return [] }
      bookmarkPlace.selected = bookmarkPlace.top + offset
    } else {
      guard let search, search.groups.indices.contains(hits.top + offset) else { return [] }
      self.search?.choose(group: hits.top + offset)
    }
    return mouse.clicks == 2 ? enter(togglesFold: false) : []
  }

  /// A click on a hit or bookmark beside the thread that was opened from there opens that one.
  private mutating func clickBesideThread(_ offset: Int) -> [Effect] {
    switch listed {
    case .bookmarks:
      guard bookmarkRows.indices.contains(bookmarkPlace.top + offset) else { return [] }
    case .hits:
      guard let search, search.groups.indices.contains(hits.top + offset) else { return [] }
    case .list, .thread, .overview: return []
    }
    if let thread { jumps.push(Place(entry: thread.selected)) }
    let effects = focusList()
    if surface == .bookmarks {
      bookmarkPlace.selected = bookmarkPlace.top + offset
    } else {
      search?.choose(group: hits.top + offset)
    }
    return effects + enter(togglesFold: false)
  }

  private mutating func clickThread(_ mouse: MouseEvent, _ pane: Rect) -> [Effect] {
    guard let flow, let thread else { return [] }
    let rows = flow.rows(from: thread.top, count: pane.rows)
    let offset = mouse.row - pane.row
    guard rows.indices.contains(offset) else { return [] }
    let place = rows[offset]
    let layout = flow.layout(of: place.entry)
    var effects: [Effect] = []
    if surface != .thread {
      // A preview becomes the thread that is read, as it stands.
      trail.append(surface)
      surface = .thread
      if let index = listPlace(of: thread.discussion) { list.selected = index }
      effects = leaveThread(for: thread.discussion)
    }
    self.thread?.selected = place.entry
    let isOnMark =
      layout[place.row] == .head
      && (mouse.column - pane.column <= layout.indent
        || layout.isFolded && mouse.column - pane.column >= layout.indent + 2 + layout.textColumns - 8)
    if case .hiddenQuote = layout[place.row] {
      keepingTopLine { $0.openQuotes.insert(place.entry) }
    } else if isOnMark || mouse.clicks == 2 && !layout.isPost {
      fold(.toggleFold, argument: nil)
    }
    return effects
  }

  /// A click in the outline goes to that entry.
  private mutating func clickOutline(_ mouse: MouseEvent, _ pane: Rect) -> [Effect] {
    let entries = outlineEntries(rows: pane.rows)
    let offset = mouse.row - pane.row
    guard surface == .thread, entries.indices.contains(offset) else { return [] }
    if entries[offset] != thread?.selected { select(entries[offset], onTop: true) }
    return []
  }

  // MARK: Dragging

  private mutating func drag(to mouse: MouseEvent) {
    guard let dragged = dividers.dragged else { return }
    keepingTopLine {
      switch dragged {
      case .column: $0.dividers.column = mouse.column
      case .row: $0.dividers.rows[$0.surface] = mouse.row
      }
    }
  }

  /// Number of discussions that are listed.
  private var listedCount: Int { listing.count }
}

extension Rect {
  /// Whether the pointer is in it.
  fileprivate func holds(_ mouse: MouseEvent) -> Bool {
    (column..<column + columns).contains(mouse.column) && (row..<row + rows).contains(mouse.row)
  }
}

import Discussion
import Grid

/// Moving within a list and within a thread.
extension ReaderState {
  mutating func move(_ command: Command, times: Int?) -> [Effect] {
    switch surface {
    case .list:
      moveRow(
        command, times: times, place: \.list, count: listing.count, rows: layout.list?.rows ?? 1)
    case .bookmarks:
      moveRow(command, times: times, place: \.bookmarkPlace, count: bookmarkRows.count, rows: hitRowsVisible)
    case .hits:
      hits.selected = search?.group ?? 0
      moveRow(
        command, times: times, place: \.hits, count: search?.groups.count ?? 0, rows: hitRowsVisible)
      search?.choose(group: hits.selected)
    case .thread where isInOutline && command != .first && command != .last:
      return moveInOutline(command, times: times ?? 1)
    case .thread: return moveInThread(command, times: times ?? 1)
    }
    return []
  }

  private mutating func moveRow(
    _ command: Command, times: Int?, place: WritableKeyPath<ReaderState, ListPlace>, count: Int, rows: Int
  ) {
    let step = times ?? 1
    switch command {
    case .down, .lineDown: self[keyPath: place].selected += step
    case .up, .lineUp: self[keyPath: place].selected -= step
    case .pageDown: self[keyPath: place].selected += max(1, rows - 1) * step
    case .pageUp: self[keyPath: place].selected -= max(1, rows - 1) * step
    case .halfPageDown: self[keyPath: place].selected += max(1, rows / 2) * step
    case .halfPageUp: self[keyPath: place].selected -= max(1, rows / 2) * step
    case .first: self[keyPath: place].selected = 0
    case .last: self[keyPath: place].selected = times.map { $0 - 1 } ?? count - 1
    default: break
    }
    self[keyPath: place].selected = min(max(0, self[keyPath: place].selected), max(0, count - 1))
  }

  private mutating func moveInThread(_ command: Command, times: Int) -> [Effect] {
    guard let flow, let thread else { return [] }
    let height = threadRows
    switch command {
    case .down:
      let effects = markSelectedIfShown()
      var entry = thread.selected
      for _ in 0..<times { entry = flow.next(after: entry) ?? entry }
      if entry == thread.selected {
        scroll(by: 1, flow)
      } else {
        select(entry)
      }
      return effects
    case .up:
      var entry = thread.selected
      for _ in 0..<times { entry = flow.previous(before: entry) ?? entry }
      if entry == thread.selected {
        self.thread?.top = Place(entry: entry)
      } else {
        select(entry)
      }
    case .pageDown: scroll(by: max(1, height - 2) * times, flow)
    case .pageUp: scroll(by: -max(1, height - 2) * times, flow)
    case .halfPageDown: scroll(by: max(1, height / 2) * times, flow)
    case .halfPageUp: scroll(by: -max(1, height / 2) * times, flow)
    case .lineDown: scroll(by: times, flow)
    case .lineUp: scroll(by: -times, flow)
    case .first:
      jumps.push(Place(entry: thread.selected))
      select(flow.entries[0], onTop: true)
    case .last:
      jumps.push(Place(entry: thread.selected))
      select(flow.last)
    default: break
    }
    return []
  }

  /// Scrolls; the selection stays while a row of it shows, else it moves to what came in.
  mutating func scroll(by rows: Int, _ flow: ThreadFlow) {
    guard var thread else { return }
    let height = threadRows
    thread.top = flow.clamped(flow.moved(thread.top, by: rows), height: height)
    let shown = flow.rows(from: thread.top, count: height)
    if !shown.contains(where: { $0.entry == thread.selected }) {
      let heads = shown.filter { $0.row == 0 }.map(\.entry)
      let fallback = rows > 0 ? shown.first?.entry : shown.last?.entry
      thread.selected = (rows > 0 ? heads.first : heads.last) ?? fallback ?? thread.selected
    }
    self.thread = thread
  }

  /// Selects an entry of the shown discussion and brings it into the pane.
  /// - Parameter onTop: put its head on the topmost row even if it shows already.
  mutating func select(_ entry: EntryID, onTop: Bool = false) {
    leaveRoot(toShow: entry)
    unfold(toShow: entry)
    // What is told is told from its beginning, a page at a time.
    let onTop = onTop || capabilities.isLinear
    guard var thread, let flow else { return }
    thread.selected = entry
    let height = threadRows
    let layout = flow.layout(of: entry)
    let head = Place(entry: entry)
    let end = Place(entry: entry, row: layout.lastReadableRow)
    let showsHead = flow.distance(from: thread.top, to: head, limit: height - 1) != nil
    let showsEnd = flow.distance(from: thread.top, to: end, limit: height - 1) != nil
    if onTop || !(showsHead && showsEnd) {
      let isAbove = entry < thread.top.entry || (entry == thread.top.entry && thread.top.row > 0)
      if onTop || isAbove || layout.lastReadableRow >= height {
        thread.top = head
      } else {
        thread.top = flow.moved(end, by: -(height - 1))
      }
    }
    self.thread = thread
  }

  /// Moves along the tree.
  mutating func walk(_ command: Command, times: Int?) -> [Effect] {
    guard surface == .thread, let thread else {
      return surface == .list && command == .nextSibling ? move(.down, times: times) : []
    }
    var entry = thread.selected
    for _ in 0..<(times ?? 1) {
      guard let next = neighbour(of: entry, by: command) else { break }
      entry = next
    }
    if entry == thread.selected {
      message = "Nothing there: \(command.entry.help.lowercased())."
      return []
    }
    let effects = markSelectedIfShown()
    if command == .parent || command == .nextTopLevel || command == .previousTopLevel {
      jumps.push(Place(entry: thread.selected))
    }
    select(entry)
    return effects
  }

  private func neighbour(of entry: EntryID, by command: Command) -> EntryID? {
    switch command {
    case .nextSibling: return shown(library.nextSibling(of: entry)) { library.nextSibling(of: $0) }
    case .previousSibling:
      return shown(library.previousSibling(of: entry)) { library.previousSibling(of: $0) }
    case .parent: return library.parent(of: entry)
    case .firstReply: return shown(library.firstReply(to: entry)) { library.nextSibling(of: $0) }
    case .nextTopLevel:
      let top = library.topLevel(of: entry)
      return shown(top.map { library.nextSibling(of: $0) } ?? library.firstReply(to: entry)) {
        library.nextSibling(of: $0)
      }
    case .previousTopLevel:
      guard let top = library.topLevel(of: entry) else { return nil }
      if top != entry { return top }
      return shown(library.previousSibling(of: top)) { library.previousSibling(of: $0) }
        ?? library.parent(of: top)
    case .nextBySameAuthor: return sameAuthor(as: entry, step: 1)
    case .previousBySameAuthor: return sameAuthor(as: entry, step: -1)
    default: return nil
    }
  }

  /// The first of some entries that the thread does not leave out.
  private func shown(_ first: EntryID?, _ next: (EntryID) -> EntryID?) -> EntryID? {
    let hidden = HiddenEntries(marks: read, revealed: revealed)
    var entry = first
    while let current = entry, hidden.contains(current) { entry = next(current) }
    return entry
  }

  private func sameAuthor(as entry: EntryID, step: Int) -> EntryID? {
    guard let author = library.authorID(of: entry) else { return nil }
    let entries = library.entries(of: library.discussion(of: entry))
    var row = Int(entry.row) - entries.rows.lowerBound + step
    while row >= 0, row < entries.count {
      if library.authorID(of: entries[row]) == author, !read.isQuiet(entries[row]) { return entries[row] }
      row += step
    }
    return nil
  }

  /// Opens the discussion some places further on in the list.
  mutating func goToNeighbour(_ step: Int) -> [Effect] {
    let discussions = listing
    guard !discussions.isEmpty else { return [] }
    if surface == .list { return move(step > 0 ? .down : .up, times: abs(step)) }
    let here = thread.flatMap { listPlace(of: $0.discussion) } ?? list.selected
    let next = here + step
    guard discussions.indices.contains(next) else {
      message = step > 0 ? "This is the last discussion." : "This is the first discussion."
      return []
    }
    if let thread { jumps.push(Place(entry: thread.selected)) }
    if surface != .thread { return open(discussions[next]) }
    let effects = markSelectedIfShown() + leaveThread(for: discussions[next])
    list.selected = next
    shownToEnd.removeAll()
    thread = place(in: discussions[next])
    return effects
  }

  /// Keeps the thread pane within its document and its selection on the screen.
  mutating func settleThread() {
    guard var thread, let flow else { return }
    let height = threadRows
    thread.selected = flow.visible(
      flow.entries.contains(thread.selected) ? thread.selected : flow.entries[0])
    thread.top = flow.clamped(thread.top, height: height)
    self.thread = thread
    let shown = flow.rows(from: thread.top, count: height)
    if !shown.contains(where: { $0.entry == thread.selected }) { select(thread.selected) }
    if let top = self.thread?.top { self.thread?.top = flow.clamped(top, height: height) }
  }
}

public import Discussion
import Grid

/// Opening, leaving and showing discussions.
extension ReaderState {
  /// The discussion that the keys act on.
  public var currentDiscussion: DiscussionID? {
    surface == .list ? selectedDiscussion : thread?.discussion
  }

  /// The entry that the keys act on; on the list the selected discussion's post.
  public var currentEntry: EntryID? {
    switch surface {
    case .list: selectedDiscussion.map { library.post(of: $0) }
    case .bookmarks:
      bookmarkRows.indices.contains(bookmarkPlace.selected)
        ? bookmarkRows[bookmarkPlace.selected].entry : nil
    case .overview:
      if let overview, overview.rows.indices.contains(overview.place.selected),
        case .entry(let entry) = overview.rows[overview.place.selected].target
      {
        entry
      } else {
        nil
      }
    case .thread, .hits: thread?.selected
    }
  }

  var currentPlace: Place? { currentEntry.map { Place(entry: $0) } }

  /// The thread pane's height in rows; a screen without one counts as one row.
  var threadRows: Int { max(1, layout.thread?.rows ?? 1) }

  /// Goes one surface in.
  mutating func enter(togglesFold: Bool) -> [Effect] {
    switch surface {
    case .list:
      guard let discussion = selectedDiscussion else { return [] }
      return open(discussion)
    case .overview: return enterOverview()
    case .hits:
      guard let entry = search?.entry else { return [] }
      // The thread that lay below gives way to the one that opens: leaving it leads out, not around.
      trail.removeAll { $0 == .thread }
      covered = []
      trail.append(.hits)
      surface = .thread
      return show(entry, at: currentMatch)
    case .bookmarks:
      guard bookmarkRows.indices.contains(bookmarkPlace.selected) else { return [] }
      let row = bookmarkRows[bookmarkPlace.selected]
      guard let entry = row.entry else {
        message = "No open source has this entry; its copy is kept in the shelf."
        return []
      }
      trail.removeAll { $0 == .thread }
      covered = []
      trail.append(.bookmarks)
      surface = .thread
      return show(entry, at: nil)
    case .thread where isInOutline && togglesFold: return focusThread()
    case .thread:
      guard let thread else { return [] }
      let depth = library.depth(of: thread.selected)
      let folded = folds[thread.discussion]?.isFolded(thread.selected, depth: depth) ?? false
      if folded || (togglesFold && depth > 0) {
        fold(folded ? .foldOpen : .foldClosed, argument: nil)
      } else if !togglesFold, let reply = library.firstReply(to: thread.selected) {
        select(reply)
      }
      return []
    }
  }

  /// Opens a discussion from the list, where it was left or at its first unread entry.
  mutating func open(_ discussion: DiscussionID, at entry: EntryID? = nil) -> [Effect] {
    let effects = leaveThread(for: discussion)
    if surface != .thread {
      trail.append(surface)
      surface = .thread
    }
    if let index = listPlace(of: discussion) { list.selected = index }
    if thread?.discussion != discussion { shownToEnd.removeAll() }
    thread = place(in: discussion)
    if let entry { select(entry, onTop: true) }
    return effects
  }

  /// Shows an entry in the thread pane, unfolding what hides it, and remembers where we came from.
  mutating func show(_ entry: EntryID, at match: Match?) -> [Effect] {
    if let place = threadPlaceForJump, place.entry != entry { jumps.push(place) }
    let discussion = library.discussion(of: entry)
    let effects = leaveThread(for: discussion)
    put(entry, at: match)
    if let index = listPlace(of: discussion) { list.selected = index }
    return effects
  }

  private var threadPlaceForJump: Place? { thread.map { Place(entry: $0.selected) } }

  /// Puts an entry, and the row of a match in it, into the thread pane.
  mutating func put(_ entry: EntryID, at match: Match?) {
    let discussion = library.discussion(of: entry)
    if thread?.discussion != discussion { thread = place(in: discussion) }
    leaveRoot(toShow: entry)
    unfold(toShow: entry)
    openQuotes(of: entry, at: match)
    thread?.selected = entry
    guard let flow, var thread = self.thread else { return }
    let layout = flow.layout(of: entry)
    let row = match.map { $0.part == .text ? layout.row(ofByte: $0.bytes.lowerBound) : 0 } ?? 0
    let height = threadRows
    let wanted = Place(entry: entry, row: row)
    let isShown = flow.distance(from: thread.top, to: wanted, limit: max(0, height - 2)) != nil
    if !isShown {
      thread.top = flow.moved(wanted, by: row < height * 2 / 3 ? -row : -(height / 3))
      self.thread = thread
    }
  }

  /// Where a discussion is shown: where it was left, else at its first unread entry, else at the post.
  func place(in discussion: DiscussionID) -> ThreadPlace {
    let post = library.post(of: discussion)
    var place = ThreadPlace(discussion: discussion, selected: post, top: Place(entry: post))
    guard let kept = positions[library.key(of: post)], let entry = library.entry(withKey: kept.entry),
      library.discussion(of: entry) == discussion
    else {
      if read.isRead(post), let unread = read.firstUnread(in: library.entries(of: discussion)) {
        place.selected = unread
        place.top = Place(entry: unread)
      }
      return place
    }
    place.selected = entry
    let columns = layout.thread?.columns ?? size.columns
    let entryLayout = flow(of: discussion, columns: columns).layout(of: entry)
    place.top = Place(entry: entry, row: kept.byte == 0 ? 0 : entryLayout.row(ofByte: kept.byte))
    return place
  }

  /// Where the thread that is being read stands; a preview in its pane is none.
  private var placeBeingRead: ThreadPlace? { surface == .thread ? thread : covered.last ?? nil }

  /// Remembers where the thread stands before another discussion takes its pane.
  mutating func leaveThread(for next: DiscussionID?) -> [Effect] {
    placeBeingRead?.discussion == next ? [] : keepPositionEffects()
  }

  /// What must be kept before the reader ends or shows something else: where reading stopped.
  public mutating func keepPositionEffects() -> [Effect] {
    guard let thread = placeBeingRead, let pane = layout.thread else { return [] }
    let flow = flow(of: thread.discussion, columns: pane.columns, root: thread.root)
    let byte = flow.layout(of: thread.top.entry).byte(atRow: thread.top.row)
    let key = library.key(of: library.post(of: thread.discussion))
    // The selected entry is where reading goes on; a row inside it only when the top is in it.
    let isInside = thread.top.entry == thread.selected
    let newest = positions.max { ($0.value.at, $0.key) < ($1.value.at, $1.key) }
    // The one that was left last is the newest, also of several that were left within a second.
    let isNewest = newest?.key == key
    let kept = KeptPosition(
      entry: library.key(of: thread.selected), byte: isInside ? byte : 0,
      at: max(now, newest.map { $0.value.at + (isNewest ? 0 : 1) } ?? now))
    guard positions[key]?.entry != kept.entry || positions[key]?.byte != kept.byte || !isNewest else {
      return []
    }
    positions[key] = kept
    return [
      .keepPosition(
        discussion: thread.discussion, entry: thread.selected, byte: kept.byte, at: kept.at)
    ]
  }

  /// Leaves the surface for the one below it; from the list that is out of the program.
  mutating func leave() -> [Effect] {
    if surface == .thread, isInOutline { return focusThread() }
    if surface == .thread, thread?.root != nil {
      changeRoot(to: nil)
      return []
    }
    let effects = keepPositionEffects()
    switch surface {
    case .list where arrangement.isLimited:
      // A limited list is a level of its own.
      return effects + clearLimit()
    case .list: return effects + [.quit]
    case .hits, .bookmarks, .overview, .thread:
      if surface == .hits { search = nil }
      var below = trail.popLast() ?? .list
      if below == .thread, let place = covered.popLast() {
        surface = .thread
        thread = place
        return effects
      }
      if below == surface { below = .list }
      keepingTopLine { $0.surface = below }
      return effects
    }
  }

  /// Folds, else goes to the parent, and from the post back to what lies below the thread.
  mutating func goOut() -> [Effect] {
    guard surface == .thread, let thread else { return surface == .list ? [] : leave() }
    let entry = thread.selected
    let isFolded = folds[thread.discussion]?.isFolded(entry, depth: library.depth(of: entry)) ?? false
    if library.depth(of: entry) == 0 || (entry == thread.root && isFolded) { return leave() }
    if !isFolded, library.descendantCount(of: entry) > 0 {
      fold(.foldClosed, argument: nil)
    } else if let parent = library.parent(of: entry) {
      select(parent)
    }
    return []
  }

  /// On wide screens the thread pane follows the list, the hits and the bookmarks.
  mutating func showInPreview() {
    guard layout.thread != nil else { return }
    switch surface {
    case .thread, .overview: break
    case .list:
      if let discussion = selectedDiscussion {
        if thread?.discussion != discussion { thread = place(in: discussion) }
      } else {
        thread = nil
      }
    case .hits:
      if let entry = search?.entry { put(entry, at: currentMatch) }
    case .bookmarks:
      if let entry = currentEntry { put(entry, at: nil) }
    }
  }

  /// Makes a change of geometry without losing the line on top of the pane.
  mutating func keepingTopLine(_ change: (inout ReaderState) -> Void) {
    let anchored = topAnchor.flatMap { $0.top == thread?.top ? $0.byte : nil }
    let byte =
      anchored
      ?? thread.flatMap { thread in
        flow.map { $0.layout(of: thread.top.entry).byte(atRow: thread.top.row) }
      }
    let row = thread?.top.row ?? 0
    change(&self)
    guard let byte, byte > 0, var thread = self.thread, let flow else {
      if row > 0, var thread = self.thread, let flow {
        thread.top.row = min(thread.top.row, flow.layout(of: thread.top.entry).rowCount - 1)
        self.thread = thread
      }
      return
    }
    thread.top.row = flow.layout(of: thread.top.entry).row(ofByte: byte)
    topAnchor = (thread.top, byte)
    self.thread = thread
  }

  /// Where the current entry stands in its source.
  func whereAmI() -> String? {
    guard let entry = currentEntry, let discussion = currentDiscussion else { return nil }
    let sources = library.sources(of: discussion).map { String(decoding: $0, as: UTF8.self) }
    // The line is one of the first source, from which the text was taken.
    let line = library.line(of: entry).map { ", line \($0)" } ?? ""
    let others = sources.count > 1 ? "; also " + sources.dropFirst().joined(separator: ", ") : ""
    let hint =
      line.isEmpty && !sources.isEmpty
      ? keyHint(for: .viewSource).map { " (\($0) shows the place in it)" } : nil
    return (sources.first ?? "") + line + (hint ?? "") + others
  }
}

public import Discussion
import Grid

/// What Space will do: said in the status line, and then done.
public enum ReadOnPlan: Hashable, Sendable {
  /// Open the discussion that is selected in the list.
  case open(DiscussionID)
  /// Show the next page of this entry.
  case page
  /// Go to the next unread entry of this discussion.
  case entry(EntryID)
  /// Go to a discussion with something unread.
  case discussion(DiscussionID)
  /// Nothing is unread.
  case done
}

extension ReaderState {
  /// What Space will do.
  public var readOnPlan: ReadOnPlan {
    switch surface {
    case .hits: return search?.entry == nil ? .done : .page
    case .overview: return overview?.rows.isEmpty ?? true ? .done : .page
    case .bookmarks: return bookmarkRows.isEmpty ? .done : .page
    case .list:
      guard let selected = selectedDiscussion else { return .done }
      if unreadCount(of: selected) > 0 { return .open(selected) }
      return nextUnreadDiscussion(after: list.selected).map { .open($0) } ?? .open(selected)
    case .thread:
      guard let thread, let flow else { return .done }
      let end = Place(entry: thread.selected, row: flow.layout(of: thread.selected).lastReadableRow)
      if flow.distance(from: thread.top, to: end, limit: threadRows - 1) == nil,
        end.entry > thread.top.entry || end.row > thread.top.row
      {
        return .page
      }
      let entries = flow.entries
      let place = Int(thread.selected.row) - entries.rows.lowerBound
      if flow.isFolded(thread.selected), read.isUnread(thread.selected) { return .entry(thread.selected) }
      if let next = read.firstUnread(in: entries, from: place + 1) { return .entry(next) }
      if let earlier = read.firstUnread(in: entries), earlier < thread.selected { return .entry(earlier) }
      if thread.root != nil {
        // What lies around the comment that shows alone comes next.
        let all = library.entries(of: thread.discussion)
        let place = Int(thread.selected.row) - all.rows.lowerBound
        if let next = read.firstUnread(in: all, from: place + 1) { return .entry(next) }
        if let earlier = read.firstUnread(in: all), earlier < thread.selected { return .entry(earlier) }
      }
      // Who stands on what was read before reads it again: all of it, in order.
      let readsAgain = !read.isUnread(thread.selected)
      if readsAgain, let next = flow.next(after: thread.selected) { return .entry(next) }
      let here = listPlace(of: thread.discussion) ?? list.selected
      if let next = nextUnreadDiscussion(after: here) { return .discussion(next) }
      return readsAgain && here + 1 < listing.count ? .discussion(listing[here + 1]) : .done
    }
  }

  private func nextUnreadDiscussion(after index: Int) -> DiscussionID? {
    guard unreadTotal > 0 else { return nil }
    let discussions = listing
    for step in 1..<max(1, discussions.count) {
      let discussion = discussions[(index + step) % discussions.count]
      if unreadCount(of: discussion) > 0 { return discussion }
    }
    return nil
  }

  /// Reads on.
  mutating func readOn() -> [Effect] {
    if surface == .hits || surface == .bookmarks || surface == .overview {
      return move(.pageDown, times: nil)
    }
    switch readOnPlan {
    case .open(let discussion):
      let entries = library.entries(of: discussion)
      let isFresh = positions[library.key(of: entries[0])] == nil && read.isUnread(entries[0])
      return open(discussion, at: isFresh ? nil : read.firstUnread(in: entries))
    case .page:
      if let flow { scroll(by: max(1, threadRows - 2), flow) }
      return []
    case .entry(let entry):
      let effects = entry == thread?.selected ? [] : markSelectedIfShown()
      select(entry, onTop: !isWhollyShown(entry))
      return effects
    case .discussion(let discussion):
      let effects = markSelectedIfShown()
      if let thread { jumps.push(Place(entry: thread.selected)) }
      return effects + open(discussion, at: read.firstUnread(in: library.entries(of: discussion)))
    case .done:
      let effects = markSelectedIfShown()
      message = unreadTotal > 0 ? "Nothing more is listed." : "Everything is read."
      return effects
    }
  }

  private func isWhollyShown(_ entry: EntryID) -> Bool {
    guard let thread, let flow, flow.visible(entry) == entry else { return false }
    let end = Place(entry: entry, row: flow.layout(of: entry).lastReadableRow)
    return flow.distance(from: thread.top, to: Place(entry: entry), limit: threadRows - 1) != nil
      && flow.distance(from: thread.top, to: end, limit: threadRows - 1) != nil
  }

  /// Goes to the next or previous unread entry, across discussions.
  mutating func goToUnread(forward: Bool) -> [Effect] {
    let discussions = listing
    guard !discussions.isEmpty else { return [] }
    var effects: [Effect] = []
    var start = list.selected
    if surface == .thread, let thread {
      effects = markSelectedIfShown()
      let entries = library.entries(of: thread.discussion)
      let place = Int(thread.selected.row) - entries.rows.lowerBound
      let found =
        forward
        ? read.firstUnread(in: entries, from: place + 1)
        : entries.prefix(place).last { read.isUnread($0) }
      if let found {
        jumps.push(Place(entry: thread.selected))
        select(found)
        return effects
      }
      start = listPlace(of: thread.discussion) ?? list.selected
    }
    for step in 1...discussions.count {
      let index = (start + (forward ? step : discussions.count - step)) % discussions.count
      let entries = library.entries(of: discussions[index])
      guard read.unreadCount(in: entries) > 0 else { continue }
      if surface == .list {
        list.selected = index
        return effects
      }
      let target = forward ? read.firstUnread(in: entries) : entries.last { read.isUnread($0) }
      if let thread { jumps.push(Place(entry: thread.selected)) }
      return effects + open(discussions[index], at: target)
    }
    message = "Everything is read."
    return effects
  }

  /// Marks the selected entry read if its last line has been on the screen.
  mutating func markSelectedIfShown() -> [Effect] {
    guard surface == .thread, let thread, shownToEnd.contains(thread.selected),
      !read.isRead(thread.selected)
    else { return [] }
    if heldUnread.remove(thread.selected) != nil { return [] }
    return mark([thread.selected], isRead: true)
  }

  /// Marks entries of one discussion and asks for it to be kept.
  /// - Parameter isUndoable: whether it was asked for, and can be taken back.
  mutating func mark(_ entries: [EntryID], isRead: Bool, isUndoable: Bool = false) -> [Effect] {
    let changed = entries.filter { read.isRead($0) != isRead }
    guard let first = changed.first else { return [] }
    if isUndoable { remember(.reading(changed, wasRead: !isRead)) }
    let counted = changed.count { !read.isQuiet($0) }
    unreadTotal += isRead ? -counted : counted
    let new = changed.count { !read.isQuiet($0) && read.new[$0] }
    newTotal += isRead ? -new : new
    for entry in changed {
      read.set(entry, isRead: isRead)
      if isRead {
        readKeys.insert(library.key(of: entry))
        unreadKeys.remove(library.key(of: entry))
      } else {
        readKeys.remove(library.key(of: entry))
        unreadKeys.insert(library.key(of: entry))
      }
    }
    return [
      .keepRead(
        discussion: library.discussion(of: first), read: isRead ? changed : [],
        unread: isRead ? [] : changed)
    ]
  }

  mutating func toggleRead(withReplies: Bool) -> [Effect] {
    guard let entry = currentEntry else { return [] }
    var makeRead = !read.isRead(entry)
    if surface == .list, let discussion = selectedDiscussion {
      makeRead = unreadCount(of: discussion) > 0
      return mark(Array(library.entries(of: discussion)), isRead: makeRead, isUndoable: true)
    }
    let count = withReplies ? library.descendantCount(of: entry) : 0
    let entries = (0...count).map { entry.advanced(by: $0) }
    if makeRead { heldUnread.subtract(entries) } else { heldUnread.formUnion(entries) }
    return mark(entries, isRead: makeRead, isUndoable: true)
  }

  /// Notes which entries have their last line on the screen.
  mutating func noteShownToEnd() {
    guard surface == .thread, let thread, let flow else { return }
    for place in flow.rows(from: thread.top, count: threadRows)
    where place.row == flow.layout(of: place.entry).lastReadableRow && !flow.isFolded(place.entry) {
      shownToEnd.insert(place.entry)
    }
  }
}

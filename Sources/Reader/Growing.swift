import Discussion

/// The next generation of the library takes the place of the last one: every id is moved.
extension ReaderState {
  mutating func take(_ next: Library, _ remap: Remap?) -> [Effect] {
    let selected = selectedDiscussion
    let previousCount = library.segmentCount
    library = next
    guard let remap else {
      thread = nil
      search = nil
      folds = [:]
      jumps = JumpList()
      letters = [:]
      shownToEnd = []
      read = ReadMarks()
      applyReadKeys()
      goToNewestPosition()
      return []
    }
    if let selected, let moved = remap(selected), let index = next.discussions.firstIndex(of: moved) {
      list.selected = index
    }
    if let place = thread {
      if let discussion = remap(place.discussion), let entry = remap(place.selected),
        let top = remap(place.top.entry)
      {
        thread = ThreadPlace(
          discussion: discussion, selected: entry, top: Place(entry: top, row: place.top.row))
      } else {
        thread = nil
        if surface == .thread { surface = .list }
      }
    }
    var movedFolds: [DiscussionID: Folds] = [:]
    for (discussion, old) in folds {
      if let moved = remap(discussion) { movedFolds[moved] = old.remapped(by: remap) }
    }
    folds = movedFolds
    jumps = jumps.remapped(by: remap)
    letters = letters.compactMapValues { place in
      remap(place.entry).map { Place(entry: $0, row: place.row) }
    }
    shownToEnd = Set(shownToEnd.compactMap { remap($0) })
    search = search?.remapped(by: remap)
    if let prompt { self.prompt = remapped(prompt, by: remap) }
    applyReadKeys(fromSegment: previousCount)
    goToNewestPosition()
    if surface == .bookmarks { bookmarkRows = makeBookmarkRows() }
    guard let search, !search.text.isEmpty else { return [] }
    tickets += 1
    self.search?.ticket = tickets
    return [
      .search(
        SearchRequest(
          ticket: tickets, text: search.text, isTyping: prompt?.purpose == .search, scope: search.scope))
    ]
  }

  private func remapped(_ prompt: Prompt, by remap: Remap) -> Prompt? {
    var next = prompt
    switch prompt.purpose {
    case .note(let entry):
      guard let moved = remap(entry) else { return nil }
      next.purpose = .note(moved)
    case .tags(let entry):
      guard let moved = remap(entry) else { return nil }
      next.purpose = .tags(moved)
    case .confirm(.catchUp(let discussion)):
      guard let moved = remap(discussion) else { return nil }
      next.purpose = .confirm(.catchUp(moved))
    case .search, .command, .confirm(.quit): break
    }
    next.before = prompt.before.map { remapped($0, by: remap) }
    return next
  }

  private func remapped(_ before: ViewBefore, by remap: Remap) -> ViewBefore {
    var next = before
    next.thread = before.thread.flatMap { place in
      guard let discussion = remap(place.discussion), let entry = remap(place.selected),
        let top = remap(place.top.entry)
      else { return nil }
      return ThreadPlace(
        discussion: discussion, selected: entry, top: Place(entry: top, row: place.top.row))
    }
    return next
  }

  /// Marks what is known to be read, from a segment on.
  mutating func applyReadKeys(fromSegment first: Int = 0) {
    guard !readKeys.isEmpty else { return }
    for discussion in library.discussions where Int(discussion.segment) >= first {
      for entry in library.entries(of: discussion) where readKeys.contains(library.key(of: entry)) {
        read.set(entry, isRead: true)
      }
    }
  }
}

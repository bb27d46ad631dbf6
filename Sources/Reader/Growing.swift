import Discussion

/// The next generation of the library takes the place of the last one: every id is moved.
extension ReaderState {
  mutating func take(_ next: Library, _ remap: Remap?) -> [Effect] {
    let selected = selectedDiscussion
    let previousCount = library.segmentCount
    library = next
    findOtherTargets()
    topAnchor = nil
    markedEntries = nil
    remapArrangement(by: remap)
    guard let remap else {
      return takeAnew() + arrange() + surveyAgain(after: nil) + goToAwaitedEntry(fromSegment: 0)
    }
    if let selected, let moved = remap(selected), let index = listPlace(of: moved) {
      list.selected = index
    }
    if let place = thread {
      thread = place.remapped(by: remap)
      if thread == nil, surface == .thread { surface = .list }
    }
    covered = covered.map { $0?.remapped(by: remap) }
    var movedFolds: [DiscussionID: Folds] = [:]
    for (discussion, old) in folds {
      if let moved = remap(discussion) { movedFolds[moved] = old.remapped(by: remap) }
    }
    folds = movedFolds
    jumps = jumps.remapped(by: remap)
    letters = letters.compactMapValues { place in
      remap(place.entry).map { Place(entry: $0, row: place.row) }
    }
    revealed = Set(revealed.compactMap { remap($0) })
    openQuotes = Set(openQuotes.compactMap { remap($0) })
    quoters = quoters?.remapped(by: remap)
    quotes = nil
    awaitedQuotes = nil
    findPingbacks(fromSegment: previousCount)
    shownToEnd = Set(shownToEnd.compactMap { remap($0) })
    heldUnread = Set(heldUnread.compactMap { remap($0) })
    undoSteps = undoSteps.compactMap { $0.remapped(by: remap) }
    linkList = nil
    search = search?.remapped(by: remap, library: next)
    searchBelow = searchBelow?.remapped(by: remap, library: next)
    if let prompt { self.prompt = remapped(prompt, by: remap) }
    applyReadKeys(fromSegment: previousCount)
    goToNewestPosition()
    if surface == .bookmarks || !bookmarkRows.isEmpty { bookmarkRows = makeBookmarkRows() }
    return askAgain() + arrange() + surveyAgain(after: remap)
      + goToAwaitedEntry(fromSegment: previousCount)
  }

  /// Another library, of which nothing is known by the ids of the last one: what is open was read anew. What is
  /// being typed stays, unless it belongs to an entry, and a search is asked again.
  private mutating func takeAnew() -> [Effect] {
    let typed = search?.text ?? ""
    surface = .list
    trail = []
    covered = []
    thread = nil
    search = nil
    searchBelow = nil
    folds = [:]
    jumps = JumpList()
    letters = [:]
    shownToEnd = []
    heldUnread = []
    undoSteps = []
    linkList = nil
    let showsPingbacks = showsPingbacks
    read = ReadMarks()
    read.countsQuiet = showsPingbacks
    revealed = []
    openQuotes = []
    quotes = nil
    awaitedQuotes = nil
    quoters = nil
    findPingbacks(fromSegment: 0)
    applyReadKeys()
    goToNewestPosition()
    switch prompt?.purpose {
    case .search:
      prompt?.before = ViewBefore(surface: .list, trail: [], list: list, thread: nil)
      search = SearchSession(text: typed, scope: .everything, order: hitOrder)
      return askAgain()
    case .note, .tags, .pipe, .save, .confirm(.catchUp), .confirm(.replaceFile):
      prompt = nil
      message = "Everything was read anew; what was being typed was given up."
    case .command, .source, .limit, .sort, .confirm(.quit), nil: break
    }
    return []
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
    case .pipe(let passage):
      guard let moved = passage.remapped(by: remap) else { return nil }
      next.purpose = .pipe(moved)
    case .save(let passage):
      guard let moved = passage.remapped(by: remap) else { return nil }
      next.purpose = .save(moved)
    case .confirm(.replaceFile(let passage, let path)):
      guard let moved = passage.remapped(by: remap) else { return nil }
      next.purpose = .confirm(.replaceFile(moved, path: path))
    case .search, .command, .source, .limit, .sort, .confirm(.quit): break
    }
    next.before = prompt.before?.remapped(by: remap)
    return next
  }

  /// Counts what is left to read, and what is hidden.
  /// - Complexity: O(marked entries / 64 + entries / 64 where any are hidden + discussions not listed).
  mutating func countUnread() {
    unreadTotal = 0
    newTotal = 0
    pingbackTotal = 0
    for segment in 0..<library.segmentCount {
      let rows = EntryRange(segment: segment, rows: 0..<library.rowCount(ofSegment: segment))
      unreadTotal += read.unreadCount(in: rows)
      newTotal += read.newCount(in: rows)
      pingbackTotal += read.hiddenByDefaultCount(in: rows)
    }
    for discussion in library.deadDiscussions {
      unreadTotal -= unreadCount(of: discussion)
      newTotal -= newCount(of: discussion)
      pingbackTotal -= pingbackCount(of: discussion)
    }
  }

  /// Marks what is known to be read, from a segment on, and counts what is left.
  /// - Complexity: O(entries from that segment on), or O(kept keys · segments · log entries) where that is
  ///   less.
  mutating func applyReadKeys(fromSegment first: Int = 0) {
    defer { countUnread() }
    applyArrivals(fromSegment: first)
    guard !readKeys.isEmpty else { return }
    let rows = (first..<max(first, library.segmentCount)).reduce(0) { $0 + library.rowCount(ofSegment: $1) }
    if readKeys.count * library.segmentCount < rows / 8 {
      // A key finds its entry by any of its names.
      for key in readKeys {
        if let entry = library.entry(withKey: key) { read.set(entry, isRead: true) }
      }
      return
    }
    for discussion in library.discussions where Int(discussion.segment) >= first {
      for entry in library.entries(of: discussion) where readKeys.contains(library.key(of: entry)) {
        read.set(entry, isRead: true)
      }
    }
    // What was read when another copy gave the entry its key.
    library.forEachAlias(fromSegment: first) { key, entry in
      if readKeys.contains(key) { read.set(entry, isRead: true) }
    }
  }
}

extension ThreadPlace {
  /// The same place in the next generation, nil when it is gone.
  fileprivate func remapped(by remap: Remap) -> ThreadPlace? {
    guard let discussion = remap(discussion), let entry = remap(selected), let top = remap(self.top.entry)
    else { return nil }
    return ThreadPlace(
      discussion: discussion, selected: entry, top: Place(entry: top, row: self.top.row),
      root: root.flatMap { remap($0) })
  }
}

extension ViewBefore {
  /// The same view in the next generation.
  func remapped(by remap: Remap) -> ViewBefore {
    var next = self
    next.thread = thread?.remapped(by: remap)
    return next
  }
}

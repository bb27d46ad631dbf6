import Discussion

/// Folding comments.
extension ReaderState {
  mutating func fold(_ command: Command, argument: Unicode.Scalar?) {
    // What does not match may be folded beside the hits too.
    guard surface == .thread || (surface == .hits && command == .foldNotMatching), let thread else { return }
    let entry = thread.selected
    let row = flow?.distance(from: thread.top, to: Place(entry: entry), limit: threadRows)
    let depth = library.depth(of: entry)
    var folds = self.folds[thread.discussion] ?? Folds()
    let entries = library.entries(of: thread.discussion)
    switch command {
    case .toggleFold: folds.set(entry, depth: depth, isFolded: !folds.isFolded(entry, depth: depth))
    case .foldClosed: folds.set(entry, depth: depth, isFolded: true)
    case .foldOpen: folds.set(entry, depth: depth, isFolded: false)
    case .foldAll: folds.setAll(closedFromDepth: 1)
    case .unfoldAll: folds.setAll(closedFromDepth: nil)
    case .foldToDepth:
      if let argument, argument.isASCII { folds.setAll(closedFromDepth: Int(argument.value) - 0x30 + 1) }
    case .foldRead: foldSubtrees(of: entries, in: &folds) { read.isRead($0) }
    case .foldNotMatching:
      guard let search, search.answer != nil else {
        message = "No search is active."
        return
      }
      foldSubtrees(of: entries, in: &folds) { !search.contains($0, of: thread.discussion) }
    default: return
    }
    if depth == 0, [.toggleFold, .foldClosed].contains(command) {
      message = "The post does not fold; zM folds its comments."
    }
    self.folds[thread.discussion] = folds.isTrivial ? nil : folds
    keepSelected(onRow: row)
  }

  /// Folds the largest subtrees of which every entry meets a condition, opens the rest.
  /// - Complexity: O(entries).
  private func foldSubtrees(
    of entries: EntryRange, in folds: inout Folds, where isFoldable: (EntryID) -> Bool
  ) {
    folds.setAll(closedFromDepth: nil)
    // Entries up to each place that do not meet the condition: a subtree without any may fold.
    var misses = [0]
    for entry in entries { misses.append((misses.last ?? 0) + (isFoldable(entry) ? 0 : 1)) }
    var place = 1
    while place < entries.count {
      let end = place + library.descendantCount(of: entries[place]) + 1
      if misses[end] == misses[place] {
        folds.set(entries[place], depth: library.depth(of: entries[place]), isFolded: true)
        place = end
      } else {
        place += 1
      }
    }
  }

  /// After folding, the selected comment (or what hides it now) stays on the row where it was.
  /// - Parameter row: rows from the top of the pane to its head, nil when the head is above the top.
  mutating func keepSelected(onRow row: Int?) {
    guard var thread, let flow else { return }
    thread.selected = flow.visible(thread.selected)
    if let row {
      thread.top = flow.moved(Place(entry: thread.selected), by: -row)
    } else if flow.isFolded(thread.selected) || flow.visible(thread.top.entry) != thread.top.entry {
      thread.top = Place(entry: thread.selected)
    }
    self.thread = thread
  }

  /// Opens everything that hides an entry, and the entry itself.
  mutating func unfold(toShow entry: EntryID) {
    reveal(entry)
    let discussion = library.discussion(of: entry)
    guard var folds = folds[discussion] else { return }
    for hidden in [entry] + library.ancestors(of: entry) {
      folds.set(hidden, depth: library.depth(of: hidden), isFolded: false)
    }
    self.folds[discussion] = folds.isTrivial ? nil : folds
  }
}

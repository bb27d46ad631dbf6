public import Discussion

/// Reading one comment with its replies as if it were a thread of its own.
extension ReaderState {
  /// Makes the selected comment the root of what shows.
  mutating func reroot() {
    guard surface == .thread, let thread else { return }
    guard library.depth(of: thread.selected) > 0, thread.selected != thread.root else {
      message =
        thread.root == nil ? "The post is the root already." : "This is the root already; zS goes out."
      return
    }
    unfold(toShow: thread.selected)
    self.thread?.root = thread.selected
    self.thread?.top = Place(entry: thread.selected)
    let count = library.descendantCount(of: thread.selected)
    message =
      "This comment alone, with \(count == 1 ? "1 reply" : "\(count) replies"); q shows the whole thread."
  }

  /// Goes one level out: to the comment that the root answers, from the outermost to the whole thread.
  mutating func unroot() {
    guard surface == .thread, let root = thread?.root else {
      message = "The whole thread shows."
      return
    }
    let parent = library.parent(of: root)
    changeRoot(to: parent.flatMap { library.depth(of: $0) > 0 ? $0 : nil })
  }

  /// Changes the root without moving what is selected.
  mutating func changeRoot(to root: EntryID?) {
    guard let thread else { return }
    let row = flow?.distance(from: thread.top, to: Place(entry: thread.selected), limit: threadRows)
    self.thread?.root = root
    keepSelected(onRow: row)
    if root == nil { message = "The whole thread shows." }
  }

  /// Shows the whole thread again if an entry is not below the root.
  mutating func leaveRoot(toShow entry: EntryID) {
    guard let root = thread?.root, !library.subtree(of: root).contains(entry) else { return }
    thread?.root = nil
  }

  /// The comments above the line on top of the thread whose heads are out of sight, outermost first, at most
  /// some of the nearest.
  public func breadcrumb(limit: Int) -> [EntryID] {
    guard let top = thread?.top, library.depth(of: top.entry) > 0 else { return [] }
    var found = top.row > 0 ? [top.entry] : []
    var current = top.entry
    while found.count < limit, let parent = library.parent(of: current), library.depth(of: parent) > 0 {
      found.append(parent)
      current = parent
    }
    return found.reversed()
  }
}

extension Library {
  /// An entry and everything below it.
  public func subtree(of entry: EntryID) -> EntryRange {
    let row = Int(entry.row)
    return EntryRange(segment: Int(entry.segment), rows: row..<row + descendantCount(of: entry) + 1)
  }
}

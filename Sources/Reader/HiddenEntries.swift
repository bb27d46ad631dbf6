public import Discussion

/// What a thread leaves out until it is asked for: pingbacks, which say that another page links here and
/// little else. One that somebody answered shows, for its replies stand under it.
struct HiddenEntries {
  var marks = ReadMarks()
  /// Hidden ones that are shown all the same: a search led there, or a mark.
  var revealed: Set<EntryID> = []

  func contains(_ entry: EntryID) -> Bool { marks.isQuiet(entry) && !revealed.contains(entry) }
}

extension ReaderState {
  /// Whether pingbacks show.
  public var showsPingbacks: Bool { read.countsQuiet }

  /// Number of pingbacks of a discussion that a thread hides unless asked.
  /// - Complexity: O(entries / 64).
  public func pingbackCount(of discussion: DiscussionID) -> Int {
    read.hiddenByDefaultCount(in: library.entries(of: discussion))
  }

  /// Number of comments of a discussion without the pingbacks that are hidden.
  /// - Complexity: O(entries / 64).
  public func commentCount(of discussion: DiscussionID) -> Int {
    library.commentCount(of: discussion) - (showsPingbacks ? 0 : pingbackCount(of: discussion))
  }

  /// Number of comments of all discussions without the pingbacks that are hidden.
  public var commentTotal: Int {
    library.entryCount - library.discussions.count - (showsPingbacks ? 0 : pingbackTotal)
  }

  /// The place of an entry among the comments of its discussion that are not hidden, 0 for the post.
  /// - Complexity: O(entries / 64).
  public func place(of entry: EntryID, in discussion: DiscussionID) -> Int {
    let entries = library.entries(of: discussion)
    let place = Int(entry.row) - entries.rows.lowerBound
    if showsPingbacks { return place }
    let before = EntryRange(
      segment: entries.segment, rows: entries.rows.lowerBound..<entries.rows.lowerBound + place)
    return place - read.hiddenByDefaultCount(in: before)
  }

  /// Finds the pingbacks from a segment on.
  /// - Complexity: O(entries from that segment on), a byte each.
  mutating func findPingbacks(fromSegment first: Int) {
    library.forEachEntry(of: .pingback, fromSegment: first) { entry in
      if library.descendantCount(of: entry) == 0 { read.setQuiet(entry) }
    }
  }

  /// Shows pingbacks, or hides them again, for the session.
  mutating func togglePingbacks() {
    let row = thread.flatMap { thread in
      flow?.distance(from: thread.top, to: Place(entry: thread.selected), limit: threadRows)
    }
    revealed.removeAll()
    read.countsQuiet.toggle()
    countUnread()
    keepSelected(onRow: row)
    let count = currentDiscussion.map { pingbackCount(of: $0) } ?? 0
    let here = count == 0 ? "" : count == 1 ? "; 1 here" : "; \(count) here"
    message = (showsPingbacks ? "Pingbacks show" : "Pingbacks are hidden") + here + "."
  }

  /// Shows a hidden entry that one was led to.
  mutating func reveal(_ entry: EntryID) {
    if read.isQuiet(entry) { revealed.insert(entry) }
  }
}

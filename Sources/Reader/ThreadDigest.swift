public import Discussion

/// A discussion in a few cells, each for one entry or for a run of them: what the strip in the list draws.
public struct ThreadDigest: Sendable {
  /// What a cell stands for.
  public struct Cell: Hashable, Sendable {
    /// The smallest depth among its entries: 0 the post, 1 a reply to it, 2 anything deeper.
    public var level: Int
    /// Whether one of them is a hit of the search.
    public var isHit: Bool
    /// Whether one of them is starred or bookmarked.
    public var isMarked: Bool
    /// Whether one of them waits to be read.
    public var isUnread: Bool
  }

  /// The cells in reading order.
  public var cells: [Cell]
  /// Entries of a run that are looked at for its depth.
  static let samples = 4
}

extension ReaderState {
  /// A discussion in at most some cells.
  /// - Complexity: O(cells · log hits + marked entries of it + entries / 64).
  public func digest(of discussion: DiscussionID, cells limit: Int) -> ThreadDigest {
    let entries = library.entries(of: discussion)
    let count = min(limit, entries.count)
    let marked = markedEntries?[discussion] ?? []
    var nextMark = 0
    var cells: [ThreadDigest.Cell] = []
    cells.reserveCapacity(max(0, count))
    for cell in 0..<max(0, count) {
      let first = cell * entries.count / count
      let end = max(first + 1, (cell + 1) * entries.count / count)
      var level = 2
      for place in stride(from: first, to: end, by: max(1, (end - first) / ThreadDigest.samples)) {
        level = min(level, library.depth(of: entries[place]))
      }
      while nextMark < marked.count, marked[nextMark] < entries[first] { nextMark += 1 }
      let run = EntryRange(
        segment: entries.segment, rows: entries.rows.lowerBound + first..<entries.rows.lowerBound + end)
      cells.append(
        ThreadDigest.Cell(
          level: level, isHit: search?.answer?.containsAny(of: run, in: discussion) ?? false,
          isMarked: nextMark < marked.count && run.contains(marked[nextMark]),
          isUnread: read.unreadCount(in: run) > 0))
    }
    return ThreadDigest(cells: cells)
  }

  /// Finds the entries that are marked, after marks or the library changed.
  /// - Complexity: O(marks · segments · log entries), or nothing.
  mutating func findMarkedEntries() {
    guard markedEntries == nil else { return }
    var found: [DiscussionID: [EntryID]] = [:]
    for target in marks.keys {
      guard let entry = library.entry(withKey: target.key) else { continue }
      found[library.discussion(of: entry), default: []].append(entry)
    }
    for discussion in found.keys { found[discussion]?.sort() }
    markedEntries = found
  }
}

extension SearchAnswer {
  /// Whether an entry of a run is among the hits that are held.
  /// - Complexity: O(log hits of its thread).
  func containsAny(of run: EntryRange, in discussion: DiscussionID) -> Bool {
    guard let place = place(of: discussion) else { return false }
    let group = groups[place]
    guard let hits = group.hits else { return run.contains(group.best) }
    let next = HitGroup.firstPlace(in: hits, from: run[0])
    return next < hits.count && run.contains(hits[next].entry)
  }
}

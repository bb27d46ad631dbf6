import Discussion

/// What bookmarks are sorted by.
public enum BookmarkSort: String, CaseIterable, Hashable, Sendable {
  /// When they were last changed, the newest first.
  case kept
  /// The title, then the place in the thread.
  case title
  /// The author.
  case author
  /// When the entry was written, the newest first.
  case date

  /// The sort that a letter stands for.
  init?(letter: Unicode.Scalar) {
    guard let sort = BookmarkSort.allCases.first(where: { $0.rawValue.unicodeScalars.first == letter }) else {
      return nil
    }
    self = sort
  }

  /// What a row is sorted by: smaller stands further up. What is unknown stands last.
  func key(of row: BookmarkRow, in library: Library) -> (text: [UInt8], number: Int64) {
    guard let entry = row.entry else {
      return self == .kept ? ([], -row.mark.changedAt) : ([0xFF], 0)
    }
    switch self {
    case .kept: return ([], -row.mark.changedAt)
    case .title:
      return (
        ListSort.folded(library.title(of: library.discussion(of: entry)), limit: .max), Int64(entry.row)
      )
    case .author:
      return (library.author(of: entry).map { ListSort.folded($0, limit: .max) } ?? [0xFF], 0)
    case .date: return ([], library.date(of: entry).map { -$0.seconds } ?? .max)
    }
  }
}

extension ReaderState {
  /// Sorts the bookmarks; by the same once more turns them round. The selected one stays selected.
  mutating func sortBookmarks(by sort: BookmarkSort) {
    let selected =
      bookmarkRows.indices.contains(bookmarkPlace.selected)
      ? bookmarkRows[bookmarkPlace.selected].target : nil
    turnsBookmarks = sort == bookmarkSort ? !turnsBookmarks : false
    bookmarkSort = sort
    bookmarkRows = makeBookmarkRows()
    if let place = bookmarkRows.firstIndex(where: { $0.target == selected }) {
      bookmarkPlace.selected = place
    }
    message =
      "Sorted by \(sort == .kept ? "when they were kept" : sort.rawValue)\(turnsBookmarks ? ", turned round" : "")."
  }

  /// Rows in the chosen order.
  func sorted(_ rows: [BookmarkRow]) -> [BookmarkRow] {
    let keyed = rows.map { (row: $0, key: bookmarkSort.key(of: $0, in: library)) }
    let sorted = keyed.sorted { left, right in
      if left.key.text != right.key.text { return left.key.text.lexicographicallyPrecedes(right.key.text) }
      if left.key.number != right.key.number { return left.key.number < right.key.number }
      return (left.row.target.key, left.row.target.isDiscussion ? 0 : 1)
        > (right.row.target.key, right.row.target.isDiscussion ? 0 : 1)
    }.map(\.row)
    return turnsBookmarks ? sorted.reversed() : sorted
  }
}

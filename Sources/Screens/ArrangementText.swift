import Discussion
import Reader

/// How the list is limited and sorted, for the title line, from the longest wording to the shortest:
/// `12 of 345 · limit: fund · newest post first · 5 unread`; none for a list of all as it is.
func arrangementHeadings(of state: ReaderState) -> [String] {
  let arrangement = state.arrangement
  guard arrangement.isLimited || arrangement.sort != .source || arrangement.isReversed else { return [] }
  let all = state.library.discussions.count
  let shown = state.listing.count
  let unread = unreadText(of: state)
  let count =
    arrangement.isLimited
    ? "\(shown) of \(all)" : "\(all) \(all == 1 ? "discussion" : "discussions")"
  let limit = arrangement.isLimited ? "limit: \(arrangement.limit)" : ""
  let order = orderText(arrangement.sort, isReversed: arrangement.isReversed)
  let waits = arrangement.isAwaited ? "…" : ""
  let wordings = [
    [count, limit, order + waits, unread], [count, limit, order + waits], [limit, order],
    [limit.isEmpty ? order : limit],
    [limit.isEmpty ? order : count],
  ]
  return wordings.map { $0.filter { !$0.isEmpty }.joined(separator: " · ") + " " }
}

/// An order in words; empty for that of the sources.
private func orderText(_ sort: ListSort, isReversed: Bool) -> String {
  switch sort {
  case .source: isReversed ? "sources backwards" : ""
  case .activity: isReversed ? "oldest activity first" : "newest activity first"
  case .date: isReversed ? "oldest post first" : "newest post first"
  case .comments: isReversed ? "fewest comments first" : "most comments first"
  case .unread: isReversed ? "fewest unread first" : "most unread first"
  case .title: isReversed ? "by title, Z to A" : "by title, A to Z"
  }
}

/// What a limit that is being typed leaves over.
func limitSuffixes(of state: ReaderState) -> [String] {
  if state.surface == .bookmarks {
    let count = state.bookmarkRows.count
    return ["\(count) \(count == 1 ? "bookmark" : "bookmarks")  Enter keeps  Esc shows all", "\(count)", ""]
  }
  if let problem = state.arrangement.problem { return [problem, ""] }
  let count =
    "\(state.listing.count) of \(state.library.discussions.count)" + (state.arrangement.isAwaited ? "…" : "")
  return ["\(count) discussions  Enter keeps  Esc shows all", count, ""]
}

/// The letters that sort.
func sortSuffixes(of state: ReaderState) -> [String] {
  if state.surface == .bookmarks {
    let names = BookmarkSort.allCases.map { sort in
      "(\(sort.rawValue.prefix(1)))\(sort.rawValue.dropFirst())" + (sort == state.bookmarkSort ? "*" : "")
    }
    return [
      names.joined(separator: " ") + "  * again: turn round", names.joined(separator: " "), "k t a d", "",
    ]
  }
  let current = state.arrangement.sort
  let names = ListSort.allCases.map { sort in
    "(\(sort.rawValue.prefix(1)))\(sort.rawValue.dropFirst())" + (sort == current ? "*" : "")
  }
  return [
    names.joined(separator: " ") + "  * again: turn round", names.joined(separator: " "),
    "s a d c u t", "",
  ]
}

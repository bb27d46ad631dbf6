import Discussion
import Grid

/// Limiting and sorting the list of discussions.
extension ReaderState {
  /// The discussions as the list shows them.
  public var listing: Listing { Listing(library, arrangement) }

  /// `&`: asks for a query, or shows all again.
  mutating func beginLimit() -> [Effect] {
    if surface == .bookmarks {
      if !bookmarkLimit.isEmpty { return clearLimit() }
      prompt = Prompt(purpose: .limit)
      return []
    }
    if arrangement.isLimited { return clearLimit() }
    arrangement.anchor = selectedDiscussion
    prompt = Prompt(purpose: .limit)
    return []
  }

  /// Shows all again.
  mutating func clearLimit() -> [Effect] {
    if surface == .bookmarks {
      limitBookmarks(by: "")
      message = "All bookmarks show."
      return []
    }
    message = "All discussions show."
    return limitList(by: "")
  }

  /// Limits what the keys act on by what was typed.
  mutating func limit(by text: String) -> [Effect] {
    guard surface == .bookmarks else { return limitList(by: text) }
    limitBookmarks(by: text)
    return []
  }

  /// Limits the list by a query; an empty one shows all.
  mutating func limitList(by text: String) -> [Effect] {
    arrangement.limit = text
    return arrange()
  }

  /// Ends typing a limit: it stays, or goes.
  mutating func endLimit(accepting text: String) -> [Effect] {
    prompt = nil
    guard text.utf8.allSatisfy({ $0 == 0x20 }) else {
      if surface == .bookmarks { return [] }
      arrangement.anchor = nil
      if !arrangement.isAwaited { tellListed() }
      return []
    }
    return limit(by: "")
  }

  /// Sorts the list; by what it is sorted by already, it turns it round.
  mutating func sortList(by sort: ListSort) -> [Effect] {
    // On top of the list one sorts to see what comes first then.
    if list.selected == 0, surface == .list { arrangement.goesToTop = true }
    if sort == arrangement.sort {
      arrangement.isReversed.toggle()
      guard !arrangement.isAwaited else { return [] }
      rearrange { $0.showsReversed = $0.isReversed }
      return []
    }
    arrangement.sort = sort
    arrangement.isReversed = false
    return arrange()
  }

  /// Says how much is listed, where no title line does.
  private mutating func tellListed() {
    guard capabilities.isLinear else { return }
    message = "\(listing.count) of \(library.discussions.count) discussions."
  }

  /// Asks for what is to be listed, unless that is everything as it is.
  mutating func arrange() -> [Effect] {
    tickets += 1
    arrangement.ticket = tickets
    arrangement.problem = nil
    if !arrangement.isLimited, arrangement.sort == .source {
      arrangement.isAwaited = false
      rearrange {
        $0.discussions = nil
        $0.showsReversed = $0.isReversed
      }
      return []
    }
    arrangement.isAwaited = true
    return [
      .arrangeList(
        ListRequest(
          ticket: tickets, sort: arrangement.sort, limit: arrangement.isLimited ? arrangement.limit : ""))
    ]
  }

  /// What is to be listed came.
  mutating func take(_ answer: ListAnswer) {
    guard answer.ticket == arrangement.ticket, answer.generation == library.generation else { return }
    rearrange {
      $0.isAwaited = false
      $0.problem = answer.problem
      $0.discussions = answer.discussions
      $0.showsReversed = $0.isReversed
    }
    if prompt == nil { tellListed() }
  }

  /// Changes what is listed; what is selected stays selected, on the row where it is.
  private mutating func rearrange(_ change: (inout ListArrangement) -> Void) {
    let selected = arrangement.anchor ?? selectedDiscussion
    let row = list.selected - list.top
    change(&arrangement)
    if prompt?.purpose != .limit { arrangement.anchor = nil }
    let goesToTop = arrangement.goesToTop
    arrangement.goesToTop = false
    guard !goesToTop, let selected, let place = listing.place(of: selected, near: list.selected) else {
      list = ListPlace()
      return
    }
    list.selected = place
    list.top = max(0, place - row)
  }

  /// The same list in the next generation, until it is arranged anew.
  mutating func remapArrangement(by remap: Remap?) {
    guard let discussions = arrangement.discussions else { return }
    guard let remap else {
      arrangement.discussions = nil
      arrangement.anchor = nil
      return
    }
    arrangement.anchor = arrangement.anchor.flatMap { remap($0) }
    if remap.isEmpty { return }
    var seen: Set<DiscussionID> = []
    arrangement.discussions = discussions.compactMap { discussion in
      remap(discussion).flatMap { seen.insert($0).inserted ? $0 : nil }
    }
  }
}

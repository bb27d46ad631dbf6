import Discussion
import Grid
import SearchIndex

/// Searching as one types, and stepping over the matches.
extension ReaderState {
  /// The match that `n` stands at.
  public var currentMatch: Match? {
    guard let search, let entry = search.entry else { return nil }
    let matches = matches(in: entry)
    return matches.indices.contains(search.match) ? matches[search.match] : nil
  }

  mutating func beginSearch() {
    let scope: SearchScope =
      surface == .thread ? thread.map { .discussion($0.discussion) } ?? .everything : .everything
    var prompt = Prompt(purpose: .search)
    prompt.before = ViewBefore(surface: surface, trail: trail, list: list, thread: thread)
    self.prompt = prompt
    searchBelow = search.flatMap { $0.isAccepted ? $0 : nil }
    search = SearchSession(scope: scope)
    search?.origin = surface == .thread ? thread?.selected : nil
  }

  /// Asks the index for what stands in the prompt.
  mutating func askIndex(isTyping: Bool) -> [Effect] {
    guard let prompt, prompt.purpose == .search, search != nil else { return [] }
    search?.text = prompt.field.text
    tickets += 1
    search?.ticket = tickets
    guard let search else { return [] }
    return [
      .search(
        SearchRequest(ticket: tickets, text: search.text, isTyping: isTyping, scope: search.scope))
    ]
  }

  /// Asks once more for the search that is there: the library grew.
  mutating func askAgain() -> [Effect] {
    guard let search, !search.text.isEmpty else { return [] }
    tickets += 1
    self.search?.ticket = tickets
    return [
      .search(
        SearchRequest(
          ticket: tickets, text: search.text, isTyping: prompt?.purpose == .search, scope: search.scope))
    ]
  }

  mutating func take(_ answer: SearchAnswer) -> [Effect] {
    guard var search, search.ticket == answer.ticket, answer.generation == library.generation else {
      return []
    }
    search.take(answer)
    if let problem = answer.problems.first { message = problem }
    let (awaited, steps) = (search.awaited, search.awaitedSteps)
    search.awaited = nil
    search.awaitedSteps = 0
    self.search = search
    if let awaited {
      // Who has gone elsewhere meanwhile stays there.
      guard surface == awaited.surface, thread?.selected == awaited.thread?.selected, prompt == nil else {
        self.search?.isAccepted = true
        return []
      }
      let effects = openCurrentMatch(from: awaited)
      return steps == 0 ? effects : effects + step(by: steps.signum(), times: abs(steps))
    }
    if prompt?.purpose == .search { showHitsWhileTyping() }
    return []
  }

  /// While typing, hits over everything show as a list with their thread beside it; hits in one
  /// discussion show in place.
  private mutating func showHitsWhileTyping() {
    guard let search, let before = prompt?.before else { return }
    switch search.scope {
    case .everything:
      surface = search.text.isEmpty ? before.surface : .hits
      if search.text.isEmpty { thread = before.thread }
    case .discussion:
      surface = .thread
      if let entry = search.entry {
        put(entry, at: currentMatch)
      } else if let place = before.thread {
        thread = place
      }
    }
  }

  /// In the prompt: everything instead of this discussion, and back.
  mutating func toggleScope() -> [Effect] {
    guard var search, let before = prompt?.before else { return [] }
    if search.scope == .everything, let discussion = before.thread?.discussion, before.surface == .thread {
      search.scope = .discussion(discussion)
    } else {
      search.scope = .everything
    }
    search.hasMoved = false
    self.search = search
    return askIndex(isTyping: true)
  }

  /// Enter in the prompt: the search stays, the thread opens at the current match.
  mutating func acceptSearch() -> [Effect] {
    guard let prompt, let before = prompt.before else { return [] }
    let text = prompt.field.text
    guard !text.utf8.allSatisfy({ $0 == 0x20 }) else { return giveUpSearch() }
    self.prompt = nil
    searchBelow = nil
    searches.removeAll { $0 == text }
    searches.append(text)
    guard let search, search.answer?.ticket == search.ticket else {
      show(before)
      self.search?.awaited = before
      return [.keepSearch(text)]
    }
    return [.keepSearch(text)] + openCurrentMatch(from: before)
  }

  /// Brings a view back.
  private mutating func show(_ before: ViewBefore) {
    surface = before.surface
    trail = before.trail
    list = before.list
    thread = before.thread
  }

  /// The search was accepted and answered: the thread opens at the current match.
  private mutating func openCurrentMatch(from before: ViewBefore) -> [Effect] {
    search?.isAccepted = true
    let (shownSurface, shownThread) = (surface, thread)
    show(before)
    guard let search, let entry = search.entry else {
      // What was no fault while it was typed may be one now that it is done.
      let problem = self.search.flatMap { Query.parse($0.text).problems.first?.message }
      message =
        self.search?.answer?.suggestion.map { "Nothing found. Did you mean \($0)?" }
        ?? problem.map { "Nothing found: \($0)." } ?? "Nothing found."
      return []
    }
    if surface == .thread, let thread { jumps.push(Place(entry: thread.selected)) }
    let effects = leaveThread(for: library.discussion(of: entry))
    if shownSurface == .thread { thread = shownThread }
    if search.scope == .everything {
      if before.surface != .hits { trail.append(before.surface) }
      if trail.last == .thread { trail.removeLast() }
      trail.append(.hits)
    } else {
      if before.surface != .thread { trail.append(before.surface) }
    }
    surface = .thread
    put(entry, at: currentMatch)
    if let index = library.discussions.firstIndex(of: library.discussion(of: entry)) {
      list.selected = index
    }
    return effects
  }

  /// Escape in the prompt: all as it was.
  mutating func giveUpSearch() -> [Effect] {
    if let before = prompt?.before { show(before) }
    prompt = nil
    search = searchBelow
    searchBelow = nil
    if surface == .hits, search == nil { surface = .list }
    return search?.isOutdated == true ? askAgain() : []
  }

  /// Ends the search that `n` belongs to.
  mutating func endSearch() {
    if surface == .hits { surface = trail.popLast() ?? .list }
    trail.removeAll { $0 == .hits }
    search = nil
  }

  /// Steps over all matches of the search; without one, over unread entries.
  mutating func step(by direction: Int, times: Int?) -> [Effect] {
    if search?.awaited != nil {
      search?.awaitedSteps += direction * min(times ?? 1, 10_000)
      return []
    }
    guard var search, let answer = search.answer, !answer.found.isEmpty else {
      return goToUnread(forward: direction > 0)
    }
    if surface == .thread, let thread, thread.selected != search.entry {
      search.resume(from: thread.selected, library: library, direction: direction)
    }
    for _ in 0..<min(times ?? 1, 10_000) {
      if search.step(by: direction) == true {
        message = direction > 0 ? "From the last match on to the first." : "From the first match to the last."
      }
    }
    self.search = search
    guard let entry = search.entry else { return [] }
    if surface == .hits || surface == .bookmarks { return [] }
    if surface == .list {
      trail.append(.list)
      surface = .thread
    }
    return show(entry, at: currentMatch)
  }
}

extension SearchSession {
  /// Places the session such that the next step goes to the first match after (or before) an entry of
  /// the same discussion that the reader has moved to.
  mutating func resume(from selected: EntryID, library: Library, direction: Int) {
    guard let found = answer?.found else { return }
    if let here = found.firstIndex(where: { $0.entry == selected }) {
      hit = here
      match = direction > 0 ? -1 : found[here].matchCount
      return
    }
    let entries = library.entries(of: library.discussion(of: selected))
    if direction > 0,
      let next = found.firstIndex(where: { entries.contains($0.entry) && $0.entry > selected })
    {
      hit = next
      match = -1
    } else if direction < 0,
      let previous = found.lastIndex(where: { entries.contains($0.entry) && $0.entry < selected })
    {
      hit = previous
      match = found[previous].matchCount
    }
  }
}

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
    search = SearchSession(scope: scope, order: hitOrder)
    search?.origin = surface == .thread ? thread?.selected : nil
  }

  /// Asks the index for what stands in the prompt: for the newest hits at once, and for all in the order
  /// asked for when typing rests.
  mutating func askIndex() -> [Effect] {
    guard let prompt, prompt.purpose == .search, search != nil else { return [] }
    search?.text = prompt.field.text
    search?.keepsOrder = false
    search?.threadLimit = SearchRequest.firstThreads
    return ask(isSettled: false) + [.awaitRest(ticket: tickets)]
  }

  /// Asks once more for the search that is there: the library grew. While more comes in, hits that are there
  /// keep their places.
  mutating func askAgain() -> [Effect] {
    guard let search, !search.text.isEmpty else { return [] }
    self.search?.keepsOrder = loading != nil
    return ask(isSettled: true)
  }

  /// Asks a new question.
  private mutating func ask(isSettled: Bool) -> [Effect] {
    tickets += 1
    search?.ticket = tickets
    search?.isSettling = false
    search?.fetching = nil
    return request(isSettled: isSettled)
  }

  /// Asks for more about the question that is there.
  private mutating func request(isSettled: Bool) -> [Effect] {
    guard let search else { return [] }
    if isSettled { self.search?.isSettling = true }
    // The last word stands for all that begin so also when the search is accepted: those are the hits that were
    // seen.
    return [
      .search(
        SearchRequest(
          ticket: search.ticket, text: search.text, isTyping: true, scope: search.scope,
          order: search.order, isSettled: isSettled, threadLimit: search.threadLimit))
    ]
  }

  /// Asks for the answer in full, unless it is here or on its way.
  private mutating func settleSearch() -> [Effect] {
    guard let search, !search.isSettled, !search.isSettling else { return [] }
    return request(isSettled: true)
  }

  /// No key came for a while.
  mutating func rest(_ ticket: Int) -> [Effect] {
    guard prompt?.purpose == .search, search?.ticket == ticket else { return [] }
    return settleSearch()
  }

  mutating func take(_ answer: SearchAnswer) -> [Effect] {
    guard var search, search.ticket == answer.ticket, answer.generation == library.generation,
      answer.isSettled || !search.isSettled
    else { return [] }
    search.take(answer, library: library)
    if let problem = answer.problems.first { message = problem }
    let (awaited, steps) = (search.awaited, search.awaitedSteps)
    if awaited != nil, !answer.isSettled {
      self.search = search
      return []
    }
    search.awaited = nil
    if awaited != nil { search.awaitedSteps = 0 }
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
    return takeAwaitedSteps()
  }

  /// All hits of the newest question were counted.
  mutating func take(_ count: HitCount, ticket: Int, generation: Int) {
    guard var answer = search?.answer, answer.ticket == ticket, answer.generation == generation,
      !answer.isSettled
    else { return }
    answer.total = count
    search?.answer = answer
  }

  /// The hits of a thread came.
  mutating func take(_ found: ThreadHits) -> [Effect] {
    guard var search, let answer = search.answer, answer.ticket == found.ticket,
      found.generation == library.generation
    else { return [] }
    let before = search.entry
    let isCurrent = search.take(found)
    self.search = search
    guard isCurrent, let entry = search.entry else { return [] }
    if search.match == .max {
      let last = matchCount(of: entry) - 1
      self.search?.match = last
    }
    if surface == .thread, thread?.selected == before { put(entry, at: currentMatch) }
    return takeAwaitedSteps()
  }

  /// Takes the steps that were asked for while hits were on their way.
  private mutating func takeAwaitedSteps() -> [Effect] {
    guard let search, search.awaitedSteps != 0, search.awaited == nil, !search.isAwaitingHits else {
      return []
    }
    let steps = search.awaitedSteps
    self.search?.awaitedSteps = 0
    return step(by: steps.signum(), times: abs(steps))
  }

  /// Asks for what the screen lacks: the hits of the current thread, and more threads where the last ones
  /// show.
  mutating func fetchMissingHits() -> [Effect] {
    guard let search, let answer = search.answer, answer.ticket == search.ticket, !search.isOutdated else {
      return []
    }
    if answer.isSettled, !search.isSettling, !answer.holdsAll,
      search.group + hitRowsVisible + 1 >= answer.groups.count
    {
      return fetchMoreThreads()
    }
    guard let group = search.currentGroup, group.hits == nil, search.fetching != group.discussion,
      answer.isSettled || search.awaitedSteps != 0
    else { return [] }
    self.search?.fetching = group.discussion
    return [
      .findHits(ThreadHitsRequest(ticket: search.ticket, query: answer.query, discussion: group.discussion))
    ]
  }

  /// Asks for twice as many threads as are held.
  private mutating func fetchMoreThreads() -> [Effect] {
    guard let search, let answer = search.answer, !search.isSettling,
      answer.groups.count >= search.threadLimit
    else { return [] }
    self.search?.threadLimit = 2 * max(answer.groups.count, SearchRequest.firstThreads)
    return request(isSettled: true)
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
    return askIndex()
  }

  /// The other order of hits: for this search and those that follow.
  mutating func toggleHitOrder() -> [Effect] {
    hitOrder = hitOrder == .ranked ? .newestFirst : .ranked
    guard search != nil else {
      message =
        hitOrder == .ranked ? "Searches list the best hits first." : "Searches list the newest hits first."
      return []
    }
    search?.order = hitOrder
    search?.keepsOrder = false
    return search?.text.isEmpty == true ? [] : ask(isSettled: true)
  }

  /// Outside the prompt: the search that found nothing once more, with the word that was offered.
  mutating func searchForSuggestion() -> [Effect] {
    guard let better = search?.answer?.suggestedText, let scope = search?.scope else {
      message = "No other word is offered."
      return []
    }
    beginSearch()
    search?.scope = scope
    prompt?.field.set(better)
    return askIndex()
  }

  /// Puts the word that was offered in place of the one that was not found.
  mutating func takeSuggestion() -> [Effect] {
    guard var prompt, let answer = search?.answer, answer.ticket == search?.ticket,
      let better = answer.suggestedText
    else { return [] }
    prompt.field.set(better)
    self.prompt = prompt
    return askIndex()
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
    guard let search, search.answer?.ticket == search.ticket, search.isSettled || search.hasMoved else {
      show(before)
      self.search?.awaited = before
      return [.keepSearch(text)] + settleSearch()
    }
    return [.keepSearch(text)] + openCurrentMatch(from: before) + settleSearch()
  }

  /// Searches everything and lists the hits, with the keys in them.
  mutating func listHits(of text: String) -> [Effect] {
    let effects = keepPositionEffects()
    if surface != .hits {
      trail.removeAll { $0 == .hits }
      trail.append(surface)
      if surface == .thread { covered.append(thread) }
      surface = .hits
    }
    hits = ListPlace()
    searchBelow = nil
    search = SearchSession(text: text, scope: .everything, order: hitOrder)
    search?.isAccepted = true
    searches.removeAll { $0 == text }
    searches.append(text)
    return effects + [.keepSearch(text)] + ask(isSettled: true)
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
      if before.surface != .hits, before.surface != .thread { trail.append(before.surface) }
      if before.surface == .hits, trail.last == .thread {
        trail.removeLast()
        covered = covered.dropLast()
      }
      trail.append(.hits)
    } else {
      if before.surface != .thread { trail.append(before.surface) }
    }
    surface = .thread
    put(entry, at: currentMatch)
    if let index = listPlace(of: library.discussion(of: entry)) {
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
    if surface == .hits {
      surface = trail.popLast() ?? .list
      if surface == .thread, let place = covered.popLast() { thread = place }
    }
    trail.removeAll { $0 == .hits }
    search = nil
  }

  /// Number of matches in an entry that `n` stops at.
  private func matchCount(of entry: EntryID) -> Int { max(1, matches(in: entry).count) }

  /// Steps over all matches of the search; without one, over unread entries.
  mutating func step(by direction: Int, times: Int?) -> [Effect] {
    if search?.awaited != nil {
      search?.awaitedSteps += direction * min(times ?? 1, 10_000)
      return []
    }
    guard var search, let answer = search.answer, !answer.groups.isEmpty else {
      return goToUnread(forward: direction > 0)
    }
    var effects: [Effect] = []
    if surface == .thread, let thread, thread.selected != search.entry {
      search.resume(from: thread.selected, in: thread.discussion, direction: direction)
    }
    var left = min(times ?? 1, 10_000)
    stepping: while left > 0 {
      switch search.step(by: direction, matchCount: { matchCount(of: $0) }) {
      case .moved: left -= 1
      case .wrapped:
        left -= 1
        message = direction > 0 ? "From the last match on to the first." : "From the first match to the last."
        if direction < 0, !answer.holdsAll { message = "To the last of the threads that are here." }
      case .endOfHeld:
        self.search = search
        effects = fetchMoreThreads()
        search = self.search ?? search
        search.awaitedSteps = search.isSettling ? direction * left : 0
        break stepping
      case .waits:
        search.awaitedSteps = direction * left
        break stepping
      case .nothing: break stepping
      }
    }
    if surface == .hits || surface == .bookmarks { search.hasMoved = true }
    self.search = search
    guard let entry = search.entry else { return effects }
    if surface == .hits || surface == .bookmarks { return effects }
    if surface == .list || surface == .overview {
      trail.append(surface)
      surface = .thread
    }
    return effects + show(entry, at: currentMatch)
  }
}

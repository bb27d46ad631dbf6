public import Discussion

/// The search that `n` and `N` belong to: the question, the newest answer, and where in it the reader stands.
public struct SearchSession: Sendable {
  /// The query as typed or accepted.
  public var text: String
  /// What it looks through.
  public var scope: SearchScope
  /// The order that a settled answer has.
  public internal(set) var order: HitOrder
  /// The newest answer, nil before the first.
  public internal(set) var answer: SearchAnswer?
  /// The current thread of hits, an index into `answer.groups`.
  public internal(set) var group = 0
  /// The current match within the current hit.
  public internal(set) var match = 0
  /// The current hit among those of its thread, nil while they are not here.
  private(set) var place: Int?
  /// The current hit while those of its thread are not here, if it is not the best of them.
  private var pinned: EntryID?
  /// From which end a thread was entered whose hits are not here yet; 0 for its best hit.
  private var entering = 0
  /// Whether the hit that the reader was at is not among those of the newest answer: no number tells of it.
  public private(set) var isElsewhere = false
  /// The entry that was current when the search began: hits are entered from there on.
  var origin: EntryID?
  /// The newest question's ticket.
  var ticket = 0
  /// Threads that the newest request asked for.
  var threadLimit = SearchRequest.firstThreads
  /// Whether a settled answer is on its way.
  var isSettling = false
  /// The thread whose hits are on their way.
  var fetching: DiscussionID?
  /// Whether hits that are there keep their places when the next answer comes: the library grew.
  var keepsOrder = false
  /// Whether the reader chose a hit by hand; until then the best hit is current.
  var hasMoved = false
  /// Set when Enter came before the answer: the view from which the answer will open the thread.
  var awaited: ViewBefore?
  /// Steps over matches that were asked for while hits were on their way.
  var awaitedSteps = 0
  /// Whether the library grew since the answer.
  var isOutdated = false
  /// Whether Enter ended the typing.
  public internal(set) var isAccepted = false

  init(text: String = "", scope: SearchScope, order: HitOrder = .ranked) {
    self.text = text
    self.scope = scope
    self.order = order
  }

  // MARK: What is current

  /// Hits by thread.
  public var groups: [HitGroup] { answer?.groups ?? [] }

  /// The current thread of hits.
  public var currentGroup: HitGroup? {
    guard let answer, group < answer.groups.count else { return nil }
    return answer.groups[group]
  }

  /// The current hit's entry.
  public var entry: EntryID? {
    guard let current = currentGroup else { return nil }
    if let place, let hits = current.hits, place < hits.count { return hits[place].entry }
    return pinned ?? current.best
  }

  /// Whether an entry is among the hits that are held.
  /// - Complexity: O(log hits of its thread).
  public func contains(_ entry: EntryID, of discussion: DiscussionID) -> Bool {
    answer?.contains(entry, of: discussion) ?? false
  }

  /// Whether the newest question has an answer that will not be followed by a better one.
  public var isSettled: Bool { answer.map { $0.ticket == ticket && $0.isSettled } ?? false }

  /// Whether `n` waits for hits that are on their way.
  var isAwaitingHits: Bool { currentGroup.map { $0.hits == nil } ?? false }

  // MARK: Counters

  /// 1-based number of the current hit over all hits; nil while it is not known, or without hits.
  public var hitNumber: Int? {
    guard let answer, let place, group < answer.groups.count, !isElsewhere else { return nil }
    return answer.hitsBefore[group] + place + 1
  }

  /// 1-based number of the current match over all hits; nil while it is not known, or without hits.
  public var matchNumber: Int? {
    guard let answer, let place, group + 1 < answer.matchesBefore.count, !isElsewhere,
      let hits = answer.groups[group].hits
    else { return nil }
    return SearchAnswer.matches(of: hits[..<place]).map { answer.matchesBefore[group] + $0 + match + 1 }
  }

  /// Number of matches over all hits, as far as it is known.
  public var matchTotal: HitCount { answer?.matchTotal ?? HitCount(0) }

  // MARK: Answers

  /// Takes an answer: the current hit stays if it was chosen by hand and is among the new ones.
  mutating func take(_ next: SearchAnswer, library: Library) {
    let chosen = hasMoved || isAccepted ? entry : nil
    let chosenMatch = match
    if keepsOrder, next.isSettled, let old = answer {
      answer = next.keepingPlaces(of: old)
    } else {
      answer = next
    }
    if next.isSettled { isSettling = false }
    isOutdated = false
    fetching = nil
    match = 0
    isElsewhere = false
    if let chosen, let group = answer?.place(of: library.discussion(of: chosen)) {
      select(chosen, ofGroup: group)
      if entry == chosen { match = chosenMatch }
      return
    }
    select(group: 0)
    isElsewhere = isAccepted && chosen != nil
    if case .discussion = scope, let origin, let hits = currentGroup?.hits {
      let ahead = HitGroup.firstPlace(in: hits, from: origin)
      place = ahead < hits.count ? ahead : 0
    }
  }

  /// Takes the hits of a thread.
  /// - Returns: whether the current thread was waiting for them.
  mutating func take(_ found: ThreadHits) -> Bool {
    if fetching == found.discussion { fetching = nil }
    guard var answer, let at = answer.place(of: found.discussion), answer.groups[at].hits == nil else {
      return false
    }
    let current = entry
    // A thread that answered with nothing has its best hit at least.
    answer.fill(
      at, with: found.hits.isEmpty ? [FoundEntry(entry: answer.groups[at].best, matchCount: 1)] : found.hits)
    self.answer = answer
    guard at == group, let hits = answer.groups[at].hits else { return false }
    switch entering {
    case 1...: place = 0
    case ..<0: place = hits.count - 1
    default: place = current.flatMap { answer.groups[at].place(of: $0) } ?? 0
    }
    if entering < 0 { match = .max }
    (entering, pinned) = (0, nil)
    return true
  }

  /// Makes an entry of a thread the current hit, or the nearest that is one.
  private mutating func select(_ entry: EntryID, ofGroup group: Int) {
    guard let answer, group < answer.groups.count else { return }
    self.group = group
    (entering, pinned) = (0, nil)
    guard let hits = answer.groups[group].hits else {
      (place, pinned) = (nil, entry)
      return
    }
    place = min(HitGroup.firstPlace(in: hits, from: entry), hits.count - 1)
  }

  /// Makes the best hit of a thread the current one.
  mutating func select(group: Int) {
    guard let answer, !answer.groups.isEmpty else {
      self.group = 0
      place = nil
      return
    }
    self.group = min(max(0, group), answer.groups.count - 1)
    match = 0
    (entering, pinned) = (0, nil)
    let chosen = answer.groups[self.group]
    place = chosen.hits == nil ? nil : chosen.place(of: chosen.best) ?? 0
  }

  /// Chooses a row of hits by hand.
  mutating func choose(group: Int) {
    guard !groups.isEmpty, min(max(0, group), groups.count - 1) != self.group else { return }
    select(group: group)
    isElsewhere = false
    hasMoved = true
  }

  /// Chooses another hit of the current thread by hand.
  mutating func chooseHit(by step: Int) {
    guard let place, let hits = currentGroup?.hits else { return }
    let next = min(max(0, place + step), hits.count - 1)
    if next == place { return }
    self.place = next
    isElsewhere = false
    match = 0
    hasMoved = true
  }

  // MARK: Steps

  /// What came of a step.
  enum Step {
    /// On the next match.
    case moved
    /// Over an end, round to the other.
    case wrapped
    /// Over the end of what is held: more follows that is not here.
    case endOfHeld
    /// Nowhere: the hits of the thread are on their way.
    case waits
    /// Nowhere: there are none.
    case nothing
  }

  /// Steps over all matches, wrapping at both ends.
  /// - Parameter matchCount: number of matches in an entry.
  mutating func step(by direction: Int, matchCount: (EntryID) -> Int) -> Step {
    guard let answer, let current = currentGroup else { return .nothing }
    isElsewhere = false
    guard let hits = current.hits, let place else { return .waits }
    let count = matchCount(hits[place].entry)
    match = min(match, count) + direction
    if match >= 0, match < count { return .moved }
    if hits.indices.contains(place + direction) {
      self.place = place + direction
      match = direction > 0 ? 0 : matchCount(hits[place + direction].entry) - 1
      return .moved
    }
    let next = group + direction
    if next == answer.groups.count, !answer.holdsAll {
      match = max(0, count - 1)
      return .endOfHeld
    }
    group = (next + answer.groups.count) % answer.groups.count
    if let hits = answer.groups[group].hits {
      self.place = direction > 0 ? 0 : hits.count - 1
      match = direction > 0 ? 0 : matchCount(hits[hits.count - 1].entry) - 1
    } else {
      (self.place, pinned, entering, match) = (nil, nil, direction, 0)
    }
    return answer.groups.indices.contains(next) ? .moved : .wrapped
  }

  /// Places the session such that the next step goes to the first match after (or before) an entry that the
  /// reader has moved to.
  mutating func resume(from selected: EntryID, in discussion: DiscussionID, direction: Int) {
    guard let answer, let at = answer.place(of: discussion) else { return }
    guard let hits = answer.groups[at].hits else {
      (group, place, pinned, entering, match) = (at, nil, nil, 0, 0)
      return
    }
    let ahead = HitGroup.firstPlace(in: hits, from: selected)
    let isHere = ahead < hits.count && hits[ahead].entry == selected
    if isHere {
      (group, place, match) = (at, ahead, direction > 0 ? -1 : .max)
    } else if direction > 0, ahead < hits.count {
      (group, place, match) = (at, ahead, -1)
    } else if direction < 0, ahead > 0 {
      (group, place, match) = (at, ahead - 1, .max)
    } else {
      // Past the last hit of the thread, or before its first: the step leads out of it.
      (group, place, match) = (at, direction > 0 ? hits.count - 1 : 0, direction > 0 ? .max : -1)
    }
  }

  // MARK: The next generation

  func remapped(by remap: Remap, library: Library) -> SearchSession {
    var next = self
    if case .discussion(let discussion) = scope {
      next.scope = remap(discussion).map { .discussion($0) } ?? .everything
    }
    next.origin = origin.flatMap { remap($0) }
    next.awaited = awaited?.remapped(by: remap)
    next.fetching = nil
    guard var answer else { return next }
    let current = entry.flatMap { remap($0) }
    var seen: Set<DiscussionID> = []
    answer.replace(
      groups: answer.groups.compactMap { group in
        group.remapped(by: remap).flatMap { seen.insert($0.discussion).inserted ? $0 : nil }
      })
    answer.generation = remap.to
    let chosenMatch = match
    next.answer = answer
    next.select(group: 0)
    if let current, let group = answer.place(of: library.discussion(of: current)) {
      next.select(current, ofGroup: group)
      next.match = chosenMatch
    }
    next.isOutdated = true
    return next
  }
}

extension HitGroup {
  /// The same hits in the next generation, nil when they are gone.
  fileprivate func remapped(by remap: Remap) -> HitGroup? {
    guard let discussion = remap(discussion), let best = remap(best) else { return nil }
    var next = HitGroup(discussion: discussion, best: best, count: count)
    // What is long is asked for again rather than moved here.
    if let hits, hits.count <= SearchAnswer.countedHits {
      let moved = hits.compactMap { found in
        remap(found.entry).map { FoundEntry(entry: $0, matchCount: found.matchCount) }
      }
      next.hits = moved.sorted { $0.entry < $1.entry }
      next.count = max(1, moved.count)
    }
    return next
  }
}

extension SearchAnswer {
  /// The same hits with those threads first, and in their order, that an older answer holds.
  func keepingPlaces(of old: SearchAnswer) -> SearchAnswer {
    var next = self
    var ordered: [HitGroup] = []
    ordered.reserveCapacity(max(groups.count, old.groups.count))
    for group in old.groups {
      if let place = place(of: group.discussion) {
        ordered.append(groups[place])
      } else if !holdsAll {
        ordered.append(group)
      }
    }
    for group in groups where old.place(of: group.discussion) == nil { ordered.append(group) }
    next.replace(groups: ordered)
    return next
  }
}

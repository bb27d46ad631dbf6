import Discussion
import Grid

/// Overviews, and other questions to the whole library.
extension ReaderState {
  /// Shows an overview; it fills when the answer comes.
  mutating func showOverview(_ kind: OverviewKind?) -> [Effect] {
    guard let kind else {
      message = "Open a discussion first."
      return []
    }
    let effects = keepPositionEffects()
    if surface != .overview {
      trail.append(surface)
      if surface == .thread { covered.append(thread) }
      surface = .overview
    }
    overview = Overview(kind)
    return effects + survey(.overview(kind))
  }

  /// Asks.
  private mutating func survey(_ question: SurveyQuestion) -> [Effect] {
    tickets += 1
    surveyTicket = tickets
    return [.survey(SurveyRequest(ticket: tickets, question: question))]
  }

  /// Asks once more for the overview that shows: the library grew.
  mutating func surveyAgain(after remap: Remap?) -> [Effect] {
    guard var overview else { return [] }
    var isGone = remap == nil && overview.kind != .sources && overview.kind != .timeline(nil)
    switch overview.kind {
    case .sources, .timeline(nil): break
    case .timeline(let discussion?):
      if let moved = remap?(discussion) { overview.kind = .timeline(moved) } else { isGone = true }
    case .answers(let discussion):
      if let moved = remap?(discussion) { overview.kind = .answers(moved) } else { isGone = true }
    case .authors(let discussion):
      if let moved = remap?(discussion) { overview.kind = .authors(moved) } else { isGone = true }
    }
    trail.removeAll { isGone && $0 == .overview }
    if isGone {
      self.overview = nil
      if surface == .overview { surface = .list }
      return []
    }
    for place in overview.rows.indices {
      if case .entry(let entry) = overview.rows[place].target {
        overview.rows[place].target = remap?(entry).map { .entry($0) } ?? .none
      }
    }
    overview.isAwaited = true
    self.overview = overview
    return survey(.overview(overview.kind))
  }

  /// An answer came.
  mutating func take(_ answer: SurveyAnswer) -> [Effect] {
    guard answer.ticket == surveyTicket, answer.generation == library.generation else { return [] }
    switch answer.finding {
    case .rows(let rows):
      overview?.rows = rows
      overview?.isAwaited = false
      overview?.largest = max(1, rows.reduce(0) { max($0, $1.count ?? 0) })
      return []
    case .firstMention(let entry, let count, let isDated):
      guard let entry else {
        message = "Nothing found."
        return []
      }
      let effects = jump(to: entry)
      let found = count == 1 ? "the only one" : "the first of \(HitCount.grouped(count))"
      message = isDated ? "This is \(found)." : "This is \(found) in reading order: none has a date."
      return effects
    case .sameTitle(let discussion, let others):
      guard let discussion else {
        let sources = currentDiscussion.map { library.sources(of: $0).count } ?? 1
        message =
          sources > 1
          ? "No other discussion has this title; this one is united from \(sources) sources."
          : "No other discussion has this title."
        return []
      }
      let effects = jump(to: library.post(of: discussion))
      message = others == 1 ? "The other one of this title." : "One of \(others) others of this title."
      return effects
    }
  }

  /// Opens the thread of an entry at it; the place that one comes from is remembered.
  private mutating func jump(to entry: EntryID) -> [Effect] {
    let effects = markSelectedIfShown()
    if surface == .thread { return effects + show(entry, at: nil) }
    trail.append(surface)
    surface = .thread
    return effects + show(entry, at: nil)
  }

  /// Goes where the selected row of the overview leads.
  mutating func enterOverview() -> [Effect] {
    guard let overview, overview.rows.indices.contains(overview.place.selected) else { return [] }
    switch overview.rows[overview.place.selected].target {
    case .none: return []
    case .limit(let query):
      trail = []
      covered = []
      surface = .list
      return limitList(by: query)
    case .entry(let entry):
      guard library.contains(entry) else { return [] }
      // The thread that lay below gives way to the one that opens: leaving it leads out, not around.
      trail.removeAll { $0 == .thread }
      covered = []
      trail.append(.overview)
      surface = .thread
      return show(entry, at: nil)
    }
  }

  /// Every entry by the author of this one, as hits.
  mutating func searchAuthor() -> [Effect] {
    guard let entry = currentEntry, let author = library.author(of: entry) else {
      message = "The source names no author here."
      return []
    }
    let name = String(decoding: author, as: UTF8.self).filter { $0 != "\"" && $0 != "\n" }
    return listHits(of: "author:\"\(name)\"")
  }

  /// Goes to the earliest entry that words, or the search, find.
  mutating func goToFirstMention(of words: String = "") -> [Effect] {
    let text = words.isEmpty ? search?.text ?? "" : words
    guard !text.isEmpty else {
      message = "Search first, or say :first-mention WORDS."
      return []
    }
    var within: DiscussionID?
    if words.isEmpty, case .discussion(let discussion) = search?.scope { within = discussion }
    message = "Looking for the first mention…"
    return survey(.firstMention(text, within: within))
  }

  /// Goes to the next discussion of the same title.
  mutating func goToSameTitle() -> [Effect] {
    currentDiscussion.map { survey(.sameTitle($0)) } ?? []
  }
}

import Discussion
import Grid
import SearchIndex

@testable import Reader

/// A reader driven by hand: keys in, effects kept, frames as the pane shows them.
struct Session {
  var state = ReaderState(name: "test")
  var effects: [Effect] = []

  init(_ library: Library = Shelves.library, columns: Int = 80, rows: Int = 24) {
    send(.resize(Size(columns: columns, rows: rows)))
    send(.clock(1_400_000_000))
    send(.libraryChanged(library, nil))
    effects = []
  }

  mutating func send(_ event: Event) { effects += update(&state, event) }

  /// Presses keys in the notation of the command table.
  mutating func press(_ notation: String) {
    for key in KeySequence(notation)?.keys ?? [] { send(.key(key)) }
  }

  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { send(.key(Key(.scalar(scalar)))) }
  }

  // MARK: What was asked of the world

  var searchRequests: [SearchRequest] {
    effects.compactMap { effect in
      if case .search(let request) = effect { request } else { nil }
    }
  }

  var keeps: [(target: MarkTarget, mark: Mark, ticket: Int)] {
    effects.compactMap { effect in
      if case .keep(let target, let mark, _, _, let ticket) = effect { (target, mark, ticket) } else { nil }
    }
  }

  var keptRead: [EntryID] {
    effects.flatMap { effect in
      if case .keepRead(_, let read, _) = effect { return read }
      return []
    }
  }

  var keptPositions: [(discussion: DiscussionID, entry: EntryID)] {
    effects.compactMap { effect in
      if case .keepPosition(let discussion, let entry, _, _) = effect { (discussion, entry) } else { nil }
    }
  }

  var hasQuit: Bool {
    effects.contains { effect in
      if case .quit = effect { true } else { false }
    }
  }

  var threadRequests: [ThreadHitsRequest] {
    effects.compactMap { effect in
      if case .findHits(let request) = effect { request } else { nil }
    }
  }

  var listRequests: [ListRequest] {
    effects.compactMap { effect in
      if case .arrangeList(let request) = effect { request } else { nil }
    }
  }

  /// Answers the newest question to the whole library.
  mutating func survey() {
    for effect in effects.reversed() {
      if case .survey(let request) = effect {
        return send(.surveyed(NaiveIndex.survey(request, over: state.library)))
      }
    }
  }

  /// Answers the newest question about the list.
  mutating func arrange() {
    guard let request = listRequests.last else { return }
    send(.listArranged(NaiveIndex.arrange(request, over: state)))
  }

  /// Answers the newest question as it is answered at first: in part.
  mutating func answerFirst() {
    guard let request = searchRequests.last else { return }
    let answer = NaiveIndex.answer(request, over: state.library)
    send(.searchAnswered(NaiveIndex.firstAnswer(answer)))
  }

  /// Answers the newest question about one thread.
  mutating func answerThread() {
    guard let request = threadRequests.last else { return }
    send(.threadHitsFound(NaiveIndex.hits(request, over: state.library)))
  }

  /// Lets typing rest after the newest question.
  mutating func rest() {
    for effect in effects.reversed() {
      if case .awaitRest(let ticket) = effect { return send(.typingRested(ticket: ticket)) }
    }
  }

  /// Answers the newest question.
  mutating func answer() {
    guard let request = searchRequests.last else { return }
    send(.searchAnswered(NaiveIndex.answer(request, over: state.library)))
  }

  /// Types a search, lets the index answer, and accepts it.
  mutating func search(_ text: String) {
    press("/")
    type(text)
    answer()
    press("<Enter>")
  }

  mutating func saveAll() {
    for ticket in state.pendingMarks.keys.sorted() { send(.saved(ticket: ticket)) }
  }

  // MARK: What shows

  /// Number of the selected entry in its thread, such as `1.2`; `post` for the post.
  var selected: String { state.thread.map { name($0.selected) } ?? "none" }

  func name(_ entry: EntryID) -> String {
    let number = state.library.number(of: entry)
    return number.isEmpty ? "post" : number.map(String.init).joined(separator: ".")
  }

  var shownTitle: String {
    state.thread.map { String(decoding: state.library.title(of: $0.discussion), as: UTF8.self) } ?? ""
  }

  var visibleRows: [Place] {
    guard let thread = state.thread, let flow = state.flow, let pane = state.layout.thread else { return [] }
    return flow.rows(from: thread.top, count: pane.rows)
  }

  /// The row of the pane on which an entry's head stands.
  func screenRow(of entry: EntryID) -> Int? {
    visibleRows.firstIndex { $0.entry == entry && $0.row == 0 }
  }

  /// Goes to an entry by its number.
  mutating func open(_ discussion: Int, at number: String = "post") {
    while state.surface != .list { press("q") }
    press("gg")
    for _ in 0..<discussion { press("j") }
    press("<Enter>gg")
    for _ in 0..<200 where selected != number { press("j") }
  }

  func entry(_ discussion: Int, _ number: String) -> EntryID {
    let library = state.library
    let entries = library.entries(of: library.discussions[discussion])
    return entries.first { name($0) == number } ?? entries[0]
  }
}

/// A search that reads everything: the words of the query by its own highlights, one entry after another.
enum NaiveIndex {
  static func answer(_ request: SearchRequest, over library: Library) -> SearchAnswer {
    let query = Query.parse(request.text, typing: request.isTyping)
    var groups: [HitGroup] = []
    for discussion in library.discussions {
      if case .discussion(let only) = request.scope, only != discussion { continue }
      let hits = library.entries(of: discussion).compactMap { entry in
        let count = query.matches(in: entry, of: library).count
        return count > 0 ? FoundEntry(entry: entry, matchCount: count) : nil
      }
      guard let first = hits.first else { continue }
      groups.append(
        HitGroup(discussion: discussion, best: first.entry, count: hits.count, hits: hits))
    }
    if request.order == .newestFirst { groups.reverse() }
    return SearchAnswer(
      ticket: request.ticket, generation: library.generation, query: query, order: request.order,
      groups: Array(groups.prefix(request.threadLimit)),
      total: HitCount(groups.reduce(0) { $0 + $1.count }), threads: HitCount(groups.count),
      suggestion: groups.isEmpty ? "ferry" : nil, suggestedText: groups.isEmpty ? "ferry" : nil)
  }

  /// What a question to the whole library finds.
  static func survey(_ request: SurveyRequest, over library: Library) -> SurveyAnswer {
    let finding: SurveyAnswer.Finding
    switch request.question {
    case .overview(.sources): finding = .rows(library.sourceRows([]))
    case .overview(.timeline(let discussion)):
      let timeline =
        discussion.map { Timeline(of: [$0], in: library) } ?? Timeline(of: library.discussions, in: library)
      finding = .rows(timeline?.rows(limitsList: discussion == nil) ?? [])
    case .overview(.answers(let discussion)): finding = .rows(library.answerRows(of: discussion))
    case .overview(.authors(let discussion)): finding = .rows(library.authorRows(of: discussion))
    case .sameTitle(let discussion):
      let found = library.discussion(titledAs: discussion)
      finding = .sameTitle(found.next, others: found.others)
    case .firstMention(let text, let discussion):
      let query = Query.parse(text, typing: true)
      var hits: [EntryID] = []
      for other in library.discussions where discussion == nil || other == discussion {
        hits += library.entries(of: other).filter { !query.matches(in: $0, of: library).isEmpty }
      }
      let dated = hits.filter { library.date(of: $0) != nil }
      let first = dated.min { (library.date(of: $0)?.seconds ?? 0) < (library.date(of: $1)?.seconds ?? 0) }
      finding = .firstMention(first ?? hits.first, count: hits.count, isDated: first != nil)
    }
    return SurveyAnswer(ticket: request.ticket, generation: library.generation, finding: finding)
  }

  /// The list as a request asks for it.
  static func arrange(_ request: ListRequest, over state: ReaderState) -> ListAnswer {
    let query = Query.parse(request.limit, typing: true)
    let chosen = state.library.discussions.filter { discussion in
      request.limit.isEmpty
        || state.library.entries(of: discussion).contains {
          !query.matches(in: $0, of: state.library).isEmpty
        }
    }
    return ListAnswer(
      ticket: request.ticket, generation: state.library.generation,
      discussions: request.sort.arranged(chosen, of: state.library, read: state.read) ?? [])
  }

  /// The same answer as it comes first: the newest hits, not counted, without the other hits of their threads.
  static func firstAnswer(_ answer: SearchAnswer) -> SearchAnswer {
    SearchAnswer(
      ticket: answer.ticket, generation: answer.generation, query: answer.query, order: .newestFirst,
      isSettled: answer.groups.isEmpty,
      groups: answer.groups.reversed().prefix(2).map {
        HitGroup(discussion: $0.discussion, best: $0.hits?.last?.entry ?? $0.best, count: 1)
      },
      total: HitCount(min(2, answer.groups.count), isExact: false), threads: HitCount(0, isExact: false))
  }

  /// The hits of one thread.
  static func hits(_ request: ThreadHitsRequest, over library: Library) -> ThreadHits {
    // A thread of another generation may not be here any more.
    let entries =
      library.discussions.contains(request.discussion)
      ? Array(library.entries(of: request.discussion)) : []
    return ThreadHits(
      ticket: request.ticket, generation: library.generation, discussion: request.discussion,
      hits: entries.compactMap { entry in
        let count = request.query.matches(in: entry, of: library).count
        return count > 0 ? FoundEntry(entry: entry, matchCount: count) : nil
      })
  }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

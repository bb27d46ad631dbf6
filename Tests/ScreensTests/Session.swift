import Discussion
import Grid
import Reader
import SearchIndex

/// A reader driven by hand: keys in, effects kept, frames as the pane shows them.
struct Session {
  var state = ReaderState(name: "evening shelf")
  var effects: [Effect] = []

  init(
    _ library: Library = Shelves.library, columns: Int = 80, rows: Int = 24,
    colors: Int = 256
  ) {
    send(.resize(Size(columns: columns, rows: rows)))
    send(.capabilities(Capabilities(colors: colors)))
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

  var searchRequests: [SearchRequest] {
    effects.compactMap { effect in
      if case .search(let request) = effect { request } else { nil }
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
    for effect in effects {
      if case .keep(_, _, _, _, let ticket) = effect { send(.saved(ticket: ticket)) }
    }
  }
}

/// A search that reads everything: the words of the query by its own highlights, one entry after another.
enum NaiveIndex {
  static func answer(_ request: SearchRequest, over library: Library) -> SearchAnswer {
    let query = Query.parse(request.text, typing: request.isTyping)
    var found: [FoundEntry] = []
    for discussion in library.discussions {
      if case .discussion(let only) = request.scope, only != discussion { continue }
      for entry in library.entries(of: discussion) {
        let count = query.matches(in: entry, of: library).count
        if count > 0 { found.append(FoundEntry(entry: entry, matchCount: count)) }
      }
    }
    return SearchAnswer(
      ticket: request.ticket, generation: library.generation, query: query, found: found,
      total: found.count, suggestion: found.isEmpty ? "ferry" : nil)
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

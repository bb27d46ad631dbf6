public import Discussion
public import SearchIndex

/// What a search looks through.
public enum SearchScope: Hashable, Sendable {
  /// Every discussion.
  case everything
  /// One discussion.
  case discussion(DiscussionID)
}

/// A question to the index; answers carry its ticket, and those to older questions are dropped.
public struct SearchRequest: Sendable {
  /// Counts questions.
  public var ticket: Int
  /// The query as typed.
  public var text: String
  /// Whether the last word may still grow.
  public var isTyping: Bool
  /// What to look through.
  public var scope: SearchScope
}

/// One entry that a search found.
public struct FoundEntry: Hashable, Sendable {
  /// The entry.
  public var entry: EntryID
  /// Number of matches in its title, author and text that `n` stops at; at least 1.
  public var matchCount: Int

  /// A found entry.
  public init(entry: EntryID, matchCount: Int) {
    self.entry = entry
    self.matchCount = max(1, matchCount)
  }
}

/// The answer to a request.
public struct SearchAnswer: Sendable {
  /// The ticket of the request.
  public var ticket: Int
  /// The generation of the library that the entries are of.
  public var generation: Int
  /// The query as it was understood.
  public var query: Query
  /// What was found, discussion by discussion, the best discussion first, in reading order within.
  public var found: [FoundEntry]
  /// Number of entries that match.
  public var total: Int
  /// What is odd about the query, one sentence each.
  public var problems: [String]
  /// The nearest word of the dictionary when nothing was found.
  public var suggestion: String?
  /// Time taken, in microseconds.
  public var microseconds: Int

  /// An answer.
  public init(
    ticket: Int, generation: Int, query: Query, found: [FoundEntry], total: Int,
    problems: [String] = [], suggestion: String? = nil, microseconds: Int = 0
  ) {
    self.ticket = ticket
    self.generation = generation
    self.query = query
    self.found = found
    self.total = total
    self.problems = problems
    self.suggestion = suggestion
    self.microseconds = microseconds
  }
}

/// A match within an entry.
public struct Match: Hashable, Sendable {
  /// The parts of an entry that a search looks at.
  public enum Part: Hashable, Sendable {
    /// The discussion's title, shown above the post.
    case title
    /// The author's name.
    case author
    /// The text.
    case text
  }

  /// Where the words stand.
  public var part: Part
  /// Bytes of that part.
  public var bytes: Range<Int>
}

/// The words around the best matches of an entry, on one line.
public struct HitSnippet: Hashable, Sendable {
  /// The words, UTF-8.
  public var utf8: [UInt8]
  /// Bytes that match.
  public var matches: [Range<Int>]

  init(_ snippet: Snippet) {
    utf8 = snippet.text
    // The index counts scalars; a screen asks by byte.
    var starts: [Int] = []
    for (offset, byte) in snippet.text.enumerated() where byte & 0xC0 != 0x80 { starts.append(offset) }
    starts.append(snippet.text.count)
    matches = snippet.highlights.filter { $0.upperBound < starts.count }.map {
      starts[$0.lowerBound]..<starts[$0.upperBound]
    }
  }
}

/// The search that `n` and `N` belong to.
public struct SearchSession: Sendable {
  /// The query as typed or accepted.
  public var text: String
  /// What it looks through.
  public var scope: SearchScope
  /// The newest answer, nil before the first.
  public internal(set) var answer: SearchAnswer?
  /// The current hit, an index into `answer.found`.
  public internal(set) var hit = 0
  /// The current match within the hit.
  public internal(set) var match = 0
  /// The entries that were found.
  private(set) var entries: Set<EntryID> = []
  /// Matches before each hit; one more element than hits.
  public internal(set) var matchesBefore: [Int] = [0]
  /// The entry that was current when the search began: hits are entered from there on.
  var origin: EntryID?
  /// The newest question's ticket.
  var ticket = 0
  /// Whether the reader chose a hit by hand; until then the best hit is current.
  var hasMoved = false
  /// Set when Enter came before the answer: the view from which the answer will open the thread.
  var awaited: ViewBefore?
  /// Steps over matches that were asked for meanwhile.
  var awaitedSteps = 0
  /// Whether the library grew since the answer.
  var isOutdated = false
  /// Whether Enter ended the typing.
  public internal(set) var isAccepted = false

  init(text: String = "", scope: SearchScope) {
    self.text = text
    self.scope = scope
  }

  /// Whether the search found an entry.
  /// - Complexity: O(1).
  public func contains(_ entry: EntryID) -> Bool { entries.contains(entry) }

  /// Number of matches over all hits.
  public var matchTotal: Int { matchesBefore.last ?? 0 }
  /// 1-based number of the current match over all hits, 0 without hits.
  public var matchNumber: Int {
    hit < matchesBefore.count - 1 ? matchesBefore[hit] + match + 1 : 0
  }
  /// The current hit's entry.
  public var entry: EntryID? { answer.flatMap { hit < $0.found.count ? $0.found[hit].entry : nil } }

  mutating func take(_ answer: SearchAnswer) {
    let chosen = hasMoved || isAccepted ? entry : nil
    let chosenMatch = match
    self.answer = answer
    entries = Set(answer.found.map(\.entry))
    isOutdated = false
    matchesBefore = [0]
    for found in answer.found { matchesBefore.append((matchesBefore.last ?? 0) + found.matchCount) }
    match = 0
    let same = chosen.flatMap { chosen in answer.found.firstIndex { $0.entry == chosen } }
    var ahead: Int?
    if case .discussion = scope, let origin { ahead = answer.found.firstIndex { $0.entry >= origin } }
    hit = same ?? ahead ?? 0
    if let same { match = min(chosenMatch, answer.found[same].matchCount - 1) }
  }

  /// Steps over all matches, wrapping at both ends.
  /// - Returns: whether it wrapped; nil without matches.
  mutating func step(by direction: Int) -> Bool? {
    guard let found = answer?.found, !found.isEmpty else { return nil }
    match += direction
    if match >= 0, match < found[hit].matchCount { return false }
    hit += direction
    let wrapped = hit < 0 || hit >= found.count
    hit = (hit + found.count) % found.count
    match = direction > 0 ? 0 : found[hit].matchCount - 1
    return wrapped
  }

  mutating func select(hit: Int) {
    guard let found = answer?.found, !found.isEmpty else { return }
    let hit = min(max(0, hit), found.count - 1)
    if hit == self.hit { return }
    self.hit = hit
    match = 0
    hasMoved = true
  }

  func remapped(by remap: Remap) -> SearchSession {
    var next = self
    if case .discussion(let discussion) = scope {
      next.scope = remap(discussion).map { .discussion($0) } ?? .everything
    }
    next.origin = origin.flatMap { remap($0) }
    next.awaited = awaited?.remapped(by: remap)
    guard var answer else { return next }
    answer.found = answer.found.compactMap { found in
      remap(found.entry).map { FoundEntry(entry: $0, matchCount: found.matchCount) }
    }
    answer.generation = remap.to
    let wasMoved = next.hasMoved
    let current = entry.flatMap { remap($0) }
    next.answer = answer
    next.hit = answer.found.firstIndex { $0.entry == current } ?? 0
    next.hasMoved = true
    next.take(answer)
    next.hasMoved = wasMoved
    next.isOutdated = true
    return next
  }
}

extension Query {
  /// The matches of an entry in the order in which it shows them: title, author, text.
  public func matches(in entry: EntryID, of library: Library) -> [Match] {
    var matches: [Match] = []
    let discussion = library.discussion(of: entry)
    if library.kind(of: entry) == .post {
      let title = library.title(of: discussion)
      matches += highlights(in: title.span, field: .title).map { Match(part: .title, bytes: $0) }
    }
    if let author = library.author(of: entry) {
      matches += highlights(in: author.span, field: .author).map { Match(part: .author, bytes: $0) }
    }
    return matches
      + library.withText(of: entry) { text in
        highlights(in: text, field: .body).map { Match(part: .text, bytes: $0) }
      }
  }
}

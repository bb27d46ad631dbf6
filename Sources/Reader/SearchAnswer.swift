public import Discussion
public import SearchIndex

/// What a search looks through.
public enum SearchScope: Hashable, Sendable {
  /// Every discussion.
  case everything
  /// One discussion.
  case discussion(DiscussionID)
}

/// The order of the threads of an answer.
public enum HitOrder: Hashable, Sendable {
  /// The thread with the newest hit first.
  case newestFirst
  /// The thread with the best hit first.
  case ranked
}

/// A question to the index; answers carry its ticket, and those to older questions are dropped.
///
/// The first request of a question may be answered twice: at once with the newest hits, and with the exact
/// number of hits once they are counted. A request that asks for all is answered once, in the order asked for.
public struct SearchRequest: Sendable {
  /// Counts questions.
  public var ticket: Int
  /// The query as typed.
  public var text: String
  /// Whether the last word may still grow.
  public var isTyping: Bool
  /// What to look through.
  public var scope: SearchScope
  /// The order asked for.
  public var order: HitOrder
  /// Whether to answer in full; else the newest hits will do for now.
  public var isSettled: Bool
  /// Number of threads to answer with.
  public var threadLimit: Int

  /// A question.
  public init(
    ticket: Int, text: String, isTyping: Bool, scope: SearchScope, order: HitOrder = .ranked,
    isSettled: Bool = true, threadLimit: Int = SearchRequest.firstThreads
  ) {
    self.ticket = ticket
    self.text = text
    self.isTyping = isTyping
    self.scope = scope
    self.order = order
    self.isSettled = isSettled
    self.threadLimit = threadLimit
  }

  /// Threads that an answer holds until more are asked for.
  public static let firstThreads = 1000
}

/// Asks for the hits of one thread of an answer.
public struct ThreadHitsRequest: Sendable {
  /// The question that the answer was to.
  public var ticket: Int
  /// The query as it was understood.
  public var query: Query
  /// The thread.
  public var discussion: DiscussionID

  /// A question about one thread.
  public init(ticket: Int, query: Query, discussion: DiscussionID) {
    self.ticket = ticket
    self.query = query
    self.discussion = discussion
  }
}

/// The hits of one thread.
public struct ThreadHits: Sendable {
  /// The ticket of the request.
  public var ticket: Int
  /// The generation of the library that the entries are of.
  public var generation: Int
  /// The thread.
  public var discussion: DiscussionID
  /// Its hits in reading order.
  public var hits: [FoundEntry]

  /// The hits of a thread.
  public init(ticket: Int, generation: Int, discussion: DiscussionID, hits: [FoundEntry]) {
    self.ticket = ticket
    self.generation = generation
    self.discussion = discussion
    self.hits = hits
  }
}

/// How many there are, as far as that is known.
public struct HitCount: Hashable, Sendable {
  /// The number; at least so many, if it is not exact.
  public var value: Int
  /// Whether all were counted.
  public var isExact: Bool

  /// A count.
  public init(_ value: Int, isExact: Bool = true) {
    self.value = value
    self.isExact = isExact
  }

  /// The number in groups of three digits, with a plus sign if there may be more: `1,000+`.
  public var text: String { HitCount.grouped(value) + (isExact ? "" : "+") }

  /// A number in groups of three digits.
  public static func grouped(_ number: Int) -> String {
    var text = ""
    let digits = String(number)
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0, digit != "-", text != "-" { text += "," }
      text.append(digit)
    }
    return text
  }
}

/// One entry that a search found.
public struct FoundEntry: Hashable, Sendable {
  /// The entry.
  public var entry: EntryID
  /// Number of matches in its title, author and text that `n` stops at; 0 if nobody counted them yet.
  public var matchCount: Int

  /// A found entry.
  public init(entry: EntryID, matchCount: Int) {
    self.entry = entry
    self.matchCount = max(0, matchCount)
  }
}

/// The hits of one thread.
public struct HitGroup: Hashable, Sendable {
  /// The thread.
  public var discussion: DiscussionID
  /// The best of its hits, or the newest.
  public var best: EntryID
  /// Number of its hits; at least 1.
  public var count: Int
  /// Its hits in reading order; nil until they are asked for.
  public internal(set) var hits: [FoundEntry]?

  /// The hits of a thread.
  public init(discussion: DiscussionID, best: EntryID, count: Int, hits: [FoundEntry]? = nil) {
    self.discussion = discussion
    self.best = best
    self.count = max(1, count)
    self.hits = hits
  }

  /// The place of an entry among the hits.
  /// - Complexity: O(log hits).
  func place(of entry: EntryID) -> Int? {
    guard let hits else { return nil }
    let place = HitGroup.firstPlace(in: hits, from: entry)
    return place < hits.count && hits[place].entry == entry ? place : nil
  }

  /// The place of the first hit at or after an entry.
  static func firstPlace(in hits: [FoundEntry], from entry: EntryID) -> Int {
    var low = 0
    var high = hits.count
    while low < high {
      let middle = (low + high) / 2
      if hits[middle].entry < entry { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// In how many entries a word of the query stands.
public struct TermCount: Hashable, Sendable {
  /// The word as it was typed or folded.
  public var word: String
  /// Number of entries.
  public var count: Int

  /// A word and its number of entries.
  public init(word: String, count: Int) {
    self.word = word
    self.count = count
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
  /// The order of `groups`.
  public var order: HitOrder
  /// Whether this is all that was asked for: hits in the order asked for, and counted.
  public var isSettled: Bool
  /// Hits by thread, in order.
  public private(set) var groups: [HitGroup]
  /// Number of entries that match.
  public var total: HitCount
  /// Number of threads with a match.
  public var threads: HitCount
  /// In how many entries each word of the query stands.
  public var terms: [TermCount]
  /// What is odd about the query, one sentence each.
  public var problems: [String]
  /// The nearest word of the dictionary when nothing was found.
  public var suggestion: String?
  /// The query with that word in it.
  public var suggestedText: String?
  /// Time taken, in microseconds.
  public var microseconds: Int

  /// Hits before each thread; one more element than threads.
  private(set) var hitsBefore: [Int] = [0]
  /// Matches before each thread, as far as all hits before it are counted.
  private(set) var matchesBefore: [Int] = [0]
  /// Where each thread stands in `groups`.
  private var places: [DiscussionID: Int] = [:]

  /// An answer.
  public init(
    ticket: Int, generation: Int, query: Query, order: HitOrder = .ranked, isSettled: Bool = true,
    groups: [HitGroup], total: HitCount, threads: HitCount, terms: [TermCount] = [], problems: [String] = [],
    suggestion: String? = nil, suggestedText: String? = nil, microseconds: Int = 0
  ) {
    self.ticket = ticket
    self.generation = generation
    self.query = query
    self.order = order
    self.isSettled = isSettled
    self.groups = groups
    self.total = total
    self.threads = threads
    self.terms = terms
    self.problems = problems
    self.suggestion = suggestion
    self.suggestedText = suggestedText
    self.microseconds = microseconds
    for (place, group) in groups.enumerated() { places[group.discussion] = place }
    addUp()
  }

  /// Where a thread stands in `groups`.
  func place(of discussion: DiscussionID) -> Int? { places[discussion] }

  /// Whether an entry is among the hits that are held.
  /// - Complexity: O(log hits of its thread).
  func contains(_ entry: EntryID, of discussion: DiscussionID) -> Bool {
    guard let place = places[discussion] else { return false }
    return groups[place].best == entry || groups[place].place(of: entry) != nil
  }

  /// Takes the hits of a thread in.
  /// - Complexity: O(threads that are held).
  mutating func fill(_ place: Int, with hits: [FoundEntry]) {
    guard !hits.isEmpty else { return }
    groups[place].hits = hits
    groups[place].count = hits.count
    addUp()
  }

  /// The same threads with other contents or in another order.
  mutating func replace(groups: [HitGroup]) {
    self.groups = groups
    places = [:]
    for (place, group) in groups.enumerated() { places[group.discussion] = place }
    addUp()
  }

  private mutating func addUp() {
    hitsBefore = [0]
    matchesBefore = [0]
    hitsBefore.reserveCapacity(groups.count + 1)
    var hits = 0
    var matches: Int? = 0
    for group in groups {
      hits += group.count
      hitsBefore.append(hits)
      guard let before = matches else { continue }
      matches = group.hits.flatMap { SearchAnswer.matches(of: $0[...]) }.map { before + $0 }
      if let matches { matchesBefore.append(matches) }
    }
  }

  /// Matches of some hits, nil if not all are counted.
  static func matches(of hits: ArraySlice<FoundEntry>) -> Int? {
    // Only short lists are counted beforehand, and those wholly.
    guard hits.count <= countedHits, hits.first.map({ $0.matchCount > 0 }) ?? true else { return nil }
    return hits.reduce(0) { $0 + $1.matchCount }
  }

  /// The longest list of hits whose matches are counted before anyone steps onto them.
  public static let countedHits = 1000

  /// Whether every thread with a match is held.
  var holdsAll: Bool { threads.isExact && groups.count >= threads.value }

  /// Number of matches over all hits, as far as it is known.
  var matchTotal: HitCount {
    let counted = matchesBefore.count - 1
    if counted == groups.count, holdsAll, total.isExact { return HitCount(matchesBefore[counted]) }
    return HitCount(matchesBefore[counted] + max(0, total.value - hitsBefore[counted]), isExact: false)
  }
}

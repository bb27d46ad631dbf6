/// A document that was found.
public struct SearchHit: Hashable, Sendable {
  /// Which one.
  public var document: DocumentID
  /// How well it fits, comparable within one result; 0 unless the result is ranked.
  public var score: Float
  /// Further documents of the same thread that fit; 0 unless hits are grouped by thread.
  public var furtherInThread = 0
}

/// The order of hits.
public enum SearchOrder: Hashable, Sendable, CaseIterable {
  /// By date (`IndexSegment.dates`), the newest first, undated ones last, of equal ones the first document
  /// first; if no segment has dates, the last document first.
  case newestFirst
  /// By score, the best first, of equal ones the first document first.
  case ranked
  /// By document, the first first.
  case reading
}

/// What a search found.
public struct SearchResult: Equatable, Sendable {
  /// The first documents in the order asked for.
  public var hits: [SearchHit]
  /// How many documents fit: all of them if `isTotalExact`, else at least so many.
  public var total: Int
  /// Whether `total` and `threadTotal` count everything.
  public var isTotalExact: Bool
  /// In how many threads documents fit, if hits are grouped by thread; with `isTotalExact` all of them.
  public var threadTotal: Int?
  /// What was odd in the query, and filters that could not be answered.
  public var problems: [QueryProblem]
  /// False after a cancellation, when `hits` and `total` tell of a part only.
  public var isComplete: Bool
}

/// How many documents fit a query.
public struct SearchCount: Equatable, Sendable {
  /// Documents that fit, as far as they were looked at.
  public var total: Int
  /// Threads with such a document, if asked for.
  public var threadTotal: Int?
  /// Whether every document was looked at.
  public var isComplete: Bool
}

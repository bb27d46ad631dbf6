/// A document that was found.
public struct SearchHit: Hashable, Sendable {
  /// Which one.
  public var document: DocumentID
  /// How well it fits, comparable within one result; 0 unless the result is ranked.
  public var score: Float
}

/// The order of hits.
public enum SearchOrder: Hashable, Sendable {
  /// By date, the newest first, undated ones last, of equal ones the first document first; without dates,
  /// the last document first.
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
  /// How many documents fit in all.
  public var total: Int
  /// What was odd in the query, and filters that could not be answered.
  public var problems: [QueryProblem]
  /// Whether every document was looked at: false after a cancellation, when `hits` and `total` tell of a
  /// part only.
  public var isComplete: Bool
}

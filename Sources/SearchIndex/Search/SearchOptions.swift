/// What a search shall bring, beside the query itself.
public struct SearchOptions: Sendable {
  /// How hits are counted.
  public enum Counting: Hashable, Sendable {
    /// Every document that fits is counted.
    case exact
    /// As many as were met on the way to the hits: the search stops once these are certain.
    case atLeast
  }

  /// How many hits to keep.
  public var limit: Int
  /// The order of the hits.
  public var order: SearchOrder
  /// Whether `SearchResult.total` must be exact.
  public var counting: Counting
  /// Whether only the best hit of each thread is kept, with the number of further ones in it. A segment
  /// without threads takes each document for a thread of its own.
  public var groupsThreads: Bool
  /// Only these documents, if given.
  public var restrictedTo: DocumentBitmap?
  /// Not these, if given: documents that are no longer there.
  public var excluding: DocumentBitmap?

  /// Options as given.
  public init(
    limit: Int, order: SearchOrder, counting: Counting = .exact, groupsThreads: Bool = false,
    restrictedTo: DocumentBitmap? = nil, excluding: DocumentBitmap? = nil
  ) {
    self.limit = limit
    self.order = order
    self.counting = counting
    self.groupsThreads = groupsThreads
    self.restrictedTo = restrictedTo
    self.excluding = excluding
  }
}

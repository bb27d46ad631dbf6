public import Discussion

/// What the list of discussions is sorted by.
public enum ListSort: String, CaseIterable, Hashable, Sendable {
  /// The order of their sources.
  case source
  /// The newest entry, the latest first.
  case activity
  /// The date of the post, the latest first.
  case date
  /// The number of comments, the most first.
  case comments
  /// The number of unread entries, the most first.
  case unread
  /// The title, by alphabet.
  case title

  /// The sort that a letter stands for, as the prompt offers them.
  init?(letter: Unicode.Scalar) {
    guard let sort = ListSort.allCases.first(where: { $0.rawValue.unicodeScalars.first == letter }) else {
      return nil
    }
    self = sort
  }
}

/// Which discussions are listed and how they are sorted: what was asked for, and what shows until the answer
/// comes.
public struct ListArrangement: Sendable {
  /// What they are sorted by.
  public internal(set) var sort = ListSort.source
  /// Whether the order is the other way round.
  public internal(set) var isReversed = false
  /// The query that the list is limited by, as typed; empty for none.
  public internal(set) var limit = ""
  /// Whether an answer is on its way.
  public internal(set) var isAwaited = false
  /// What is odd about the query.
  public internal(set) var problem: String?
  /// What is listed, in the order of the sort; nil for all in the order of their sources.
  var discussions: [DiscussionID]?
  /// Whether what is listed shows the other way round.
  var showsReversed = false
  /// The newest question's ticket.
  var ticket = 0
  /// What was selected when a limit began to be typed.
  var anchor: DiscussionID?
  /// Whether the next order is looked at from its beginning.
  var goesToTop = false

  /// Whether a query limits the list.
  public var isLimited: Bool { !limit.utf8.allSatisfy { $0 == 0x20 } }
}

/// Asks for the discussions of the list in another order, or for some of them.
public struct ListRequest: Sendable {
  /// Counts questions.
  public var ticket: Int
  /// What to sort by.
  public var sort: ListSort
  /// The query that one entry at least must meet; empty for all.
  public var limit: String

  /// A question.
  public init(ticket: Int, sort: ListSort, limit: String) {
    self.ticket = ticket
    self.sort = sort
    self.limit = limit
  }
}

/// The discussions of the list in the order that was asked for.
public struct ListAnswer: Sendable {
  /// The ticket of the request.
  public var ticket: Int
  /// The generation of the library that the discussions are of.
  public var generation: Int
  /// The discussions.
  public var discussions: [DiscussionID]
  /// What is odd about the query, a sentence.
  public var problem: String?

  /// An answer.
  public init(ticket: Int, generation: Int, discussions: [DiscussionID], problem: String? = nil) {
    self.ticket = ticket
    self.generation = generation
    self.discussions = discussions
    self.problem = problem
  }
}

/// The discussions as the list shows them: all of a library in the order of their sources, or what was
/// arranged. Making one costs O(1).
public struct Listing: RandomAccessCollection, Sendable {
  private let library: Library
  private let chosen: [DiscussionID]?
  private let isReversed: Bool

  init(_ library: Library, _ arrangement: ListArrangement) {
    self.library = library
    chosen = arrangement.discussions
    isReversed = arrangement.showsReversed
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// Number of rows.
  public var endIndex: Int { chosen?.count ?? library.discussions.count }

  /// The discussion of a row.
  public subscript(position: Int) -> DiscussionID {
    let place = isReversed ? count - 1 - position : position
    return chosen?[place] ?? library.discussions[place]
  }

  /// The row of a discussion, looked for near a row first; nil when it is not listed.
  /// - Complexity: O(1) near that row, else O(rows), one comparison of a word each.
  func place(of discussion: DiscussionID, near: Int) -> Int? {
    let count = count
    for place in Swift.max(0, near - 2)...Swift.max(0, near + 2)
    where place < count && self[place] == discussion {
      return place
    }
    let place: Int?
    if let chosen {
      place = chosen.firstIndex(of: discussion)
    } else {
      place = library.place(of: discussion)
    }
    return place.map { isReversed ? count - 1 - $0 : $0 }
  }
}

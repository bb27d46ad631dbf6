public import Discussion

/// A question to the whole library, answered in the background.
public enum SurveyQuestion: Hashable, Sendable {
  /// What sums something up in rows.
  case overview(OverviewKind)
  /// The entry with the earliest date that a query finds, within one discussion or everywhere.
  case firstMention(String, within: DiscussionID?)
  /// The next discussion with the same title.
  case sameTitle(DiscussionID)
}

/// What is summed up in rows.
public enum OverviewKind: Hashable, Sendable {
  /// Files that are open, what they hold and what was wrong with them.
  case sources
  /// How many entries were written when, in a discussion or in everything.
  case timeline(DiscussionID?)
  /// Who answers whom in a discussion.
  case answers(DiscussionID)
  /// Who wrote how much in a discussion.
  case authors(DiscussionID)
}

/// A row of an overview.
public struct OverviewRow: Hashable, Sendable {
  /// What Enter does.
  public enum Target: Hashable, Sendable {
    /// Nothing.
    case none
    /// Limits the list by a query.
    case limit(String)
    /// Shows an entry.
    case entry(EntryID)
  }

  /// What it is of.
  public var label: String
  /// What is told of it.
  public var detail: String
  /// The number that its bar shows; nil for a row without one.
  public var count: Int?
  /// Whether it tells that something is wrong.
  public var isProblem: Bool
  /// What Enter does.
  public var target: Target

  /// A row.
  public init(
    _ label: String, detail: String = "", count: Int? = nil, isProblem: Bool = false, target: Target = .none
  ) {
    self.label = label
    self.detail = detail
    self.count = count
    self.isProblem = isProblem
    self.target = target
  }
}

/// What was wrong with a source, or left out on purpose.
public struct SourceProblem: Hashable, Sendable {
  /// The source, as the file system names it.
  public var path: [UInt8]
  /// The line, from 1.
  public var line: Int?
  /// One sentence.
  public var message: String
  /// Whether nothing went wrong.
  public var isNote: Bool

  /// A problem at a place.
  public init(path: [UInt8], line: Int?, message: String, isNote: Bool) {
    self.path = path
    self.line = line
    self.message = message
    self.isNote = isNote
  }
}

/// Asks something of the whole library.
public struct SurveyRequest: Sendable {
  /// Counts questions.
  public var ticket: Int
  /// The question.
  public var question: SurveyQuestion

  /// A question.
  public init(ticket: Int, question: SurveyQuestion) {
    self.ticket = ticket
    self.question = question
  }
}

/// What was found.
public struct SurveyAnswer: Sendable {
  /// What came of a question.
  public enum Finding: Hashable, Sendable {
    /// Rows.
    case rows([OverviewRow])
    /// The entry with the earliest date, and how many were found; without a date when none has one.
    case firstMention(EntryID?, count: Int, isDated: Bool)
    /// The next discussion of the same title, and how many others there are.
    case sameTitle(DiscussionID?, others: Int)
  }

  /// The ticket of the request.
  public var ticket: Int
  /// The generation of the library that ids are of.
  public var generation: Int
  /// What was found.
  public var finding: Finding

  /// An answer.
  public init(ticket: Int, generation: Int, finding: Finding) {
    self.ticket = ticket
    self.generation = generation
    self.finding = finding
  }
}

/// An overview as it shows.
public struct Overview: Sendable {
  /// What is summed up.
  public internal(set) var kind: OverviewKind
  /// The rows.
  public internal(set) var rows: [OverviewRow] = []
  /// Whether rows are on their way.
  public internal(set) var isAwaited = true
  /// The largest number that a bar shows.
  public internal(set) var largest = 1
  /// The selected row.
  public internal(set) var place = ListPlace()

  init(_ kind: OverviewKind) { self.kind = kind }
}

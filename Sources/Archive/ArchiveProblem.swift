public import Discussion

/// Something about a source that a reader should know: what, where, in one plain sentence.
public struct ArchiveProblem: Sendable, Hashable {
  /// The source, as the file system names it; `-` is standard input.
  public var path: [UInt8]
  /// The line, from 1, when the problem has one.
  public var line: Int?
  /// The offset in the source's bytes, when the problem has one.
  public var byteOffset: Int?
  /// One sentence in English that begins in lower case and has no full stop.
  public var message: String
  /// Whether it only says what was left out on purpose: nothing went wrong.
  public var isNote: Bool

  /// A problem at a place.
  public init(path: [UInt8], line: Int? = nil, byteOffset: Int? = nil, message: String, isNote: Bool = false)
  {
    self.path = path
    self.line = line
    self.byteOffset = byteOffset
    self.message = message
    self.isNote = isNote
  }
}

/// What a source holds and what is wrong with it; the one never excludes the other.
public struct ArchiveResult: Sendable {
  /// The discussions, in the source's order.
  public var discussions: [ParsedDiscussion]
  /// What could not be read, or not as it stands.
  public var problems: [ArchiveProblem]

  /// A result.
  public init(discussions: [ParsedDiscussion] = [], problems: [ArchiveProblem] = []) {
    self.discussions = discussions
    self.problems = problems
  }
}

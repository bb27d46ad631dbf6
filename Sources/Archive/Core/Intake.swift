import Bytes
import Discussion

/// A comment that names its discussion or its parent by id, and whose discussion may stand in another
/// source, or nowhere.
struct LooseComment: Hashable {
  /// The post's native id or address, if the source says.
  var discussion: [UInt8]?
  /// Short name of the format.
  var format: String
  /// The comment: `nativeID` is set, and `parent` is `.id` unless it answers the post.
  var comment: ParsedComment
  /// The discussion's title, if the source repeats it with the comment.
  var title: [UInt8] = []

  /// A comment and where it belongs.
  init(
    discussion: [UInt8]?, format: String, comment: ParsedComment, title: [UInt8] = []
  ) {
    self.discussion = discussion
    self.format = format
    self.comment = comment
    self.title = title
  }
}

/// Where a reader of a format puts what it reads from one source.
final class Intake {
  /// At most so many problems of one source are listed; the rest are counted.
  static let problemLimit = 100

  /// The source's path.
  let path: [UInt8]
  /// What the user asked for.
  let options: ReadingOptions
  let importer: Importer
  /// The intake of the packed source that this one comes out of.
  private let outer: Intake?
  private var problemCount = 0
  private var innerProblemCount = 0
  /// Whether nothing was wrong so far, neither here nor in what it holds.
  var isClean: Bool { problemCount == 0 && innerProblemCount == 0 }
  private(set) var entryCount = 0

  init(path: [UInt8], importer: Importer, within outer: Intake? = nil) {
    self.path = path
    self.importer = importer
    self.outer = outer
    options = importer.options
  }

  /// Whether the user gave up waiting: a reader that loops for long looks here now and then.
  var isCancelled: Bool { importer.isCancelled() }

  /// The tables of Stack Exchange dumps of this import.
  var stackExchange: StackExchangeDump { importer.stackExchange }
  /// The topics of Zulip of this import.
  var zulip: ZulipTopics { importer.zulip }

  /// Counts an entry that waits elsewhere for the end of the import.
  func countEntry() { entryCount += 1 }

  /// The feeds of this import that may be of comments.
  var commentFeeds: CommentFeeds { importer.commentFeeds }

  /// Takes a whole discussion; its source is filled in when it names none.
  func take(_ discussion: ParsedDiscussion) {
    entryCount += 1 + discussion.comments.count
    var discussion = discussion
    if discussion.sources.isEmpty { discussion.sources = [path] }
    importer.deliver(discussion)
  }

  /// Takes a comment whose discussion is elsewhere.
  func take(_ comment: LooseComment) {
    entryCount += 1
    importer.assembly.take(comment, source: path)
  }

  /// Tells of something that could not be read, or not as it stands.
  /// - Parameter message: one sentence that begins in lower case and has no full stop.
  func report(_ message: String, line: Int? = nil, byteOffset: Int? = nil) {
    problemCount += 1
    guard problemCount <= Intake.problemLimit, outer?.countInner() ?? true else { return }
    importer.report(
      ArchiveProblem(path: path, line: line, byteOffset: byteOffset, message: message))
  }

  /// Counts a problem of something in this packed source.
  /// - Returns: whether it may still be listed; all of an archive may have ten times what one source may.
  private func countInner() -> Bool {
    innerProblemCount += 1
    return innerProblemCount <= 10 * Intake.problemLimit
  }

  /// Tells of something that was left out on purpose.
  func note(_ message: String) {
    importer.report(ArchiveProblem(path: path, message: message, isNote: true))
  }

  /// Tells what had to be mended in a text to make it valid.
  func reportRepairs(of text: DecodedText) {
    if text.replaced > 0 {
      report(
        ProblemSentence.repaired(text.replaced, as: text.charset), byteOffset: text.firstBadByte)
    }
    if text.marksCut > 0 { report(ProblemSentence.marksCut(text.marksCut)) }
  }

  /// Ends the source: names its failure and what was left unlisted.
  func close(_ source: Source) {
    if let failure = source.failure { report(failure.sentence, byteOffset: source.offset) }
    if let file = source.file, file.hasChanged { report(ProblemSentence.changed) }
    let unlisted =
      max(0, problemCount - Intake.problemLimit) + max(0, innerProblemCount - 10 * Intake.problemLimit)
    if unlisted > 0 {
      importer.report(ArchiveProblem(path: path, message: ProblemSentence.more(unlisted)))
    }
  }
}

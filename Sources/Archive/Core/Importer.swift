public import Discussion
import Bytes

/// Reads sources one after the other and joins what belongs together across them: mail of several files
/// into threads, loose comments to their posts.
///
/// Discussions are handed over as soon as they are whole, in the order of their sources; a discussion
/// may come in several parts, which the library unites. For one thread.
public final class Importer {
  let options: ReadingOptions
  private let handOver: (ParsedDiscussion) -> Void
  let report: (ArchiveProblem) -> Void
  let isCancelled: () -> Bool
  var assembly = Assembly()
  let mail = MailCollector()
  let stackExchange = StackExchangeDump()
  let zulip = ZulipTopics()
  let commentFeeds = CommentFeeds()
  /// Bytes of sources read so far, as they lie in the file system.
  public private(set) var bytesRead = 0

  /// An importer.
  /// - Parameters:
  ///   - deliver: gets each discussion.
  ///   - report: gets each problem.
  ///   - isCancelled: asked often; once true, reading stops soon and what was read is handed over.
  public init(
    options: ReadingOptions = ReadingOptions(), deliver: @escaping (ParsedDiscussion) -> Void,
    report: @escaping (ArchiveProblem) -> Void, isCancelled: @escaping () -> Bool = { false }
  ) {
    self.options = options
    handOver = deliver
    self.report = report
    self.isCancelled = isCancelled
  }

  /// Reads one file. A file that cannot be read is a problem, never an error.
  public func read(file path: [UInt8]) {
    do throws(FileError) {
      let stream = try FileStream(PathName(path))
      read(Source(path: path, stream: stream, isCancelled: isCancelled))
    } catch {
      report(ArchiveProblem(path: error.path.bytes, message: ProblemSentence.of(error)))
    }
  }

  /// Reads standard input to its end; its path is shown as `-`.
  public func readStandardInput() {
    read(
      Source(
        path: Archive.standardInputPath, stream: FileStream.standardInput(), isCancelled: isCancelled))
  }

  /// Reads bytes that are in memory.
  public func read(bytes: [UInt8], path: [UInt8]) {
    read(Source(path: path, stream: MemoryStream(bytes), isCancelled: isCancelled))
  }

  /// Hands a discussion over, its ids made valid text.
  func deliver(_ discussion: ParsedDiscussion) {
    var discussion = discussion
    ValidNames.mend(&discussion)
    handOver(discussion)
  }

  /// Hands over what still waited for other sources. To be called once, after the last source.
  public func finish() {
    mail.flush(into: self)
    stackExchange.flush(into: self)
    zulip.flush(deliver)
    commentFeeds.flush(into: self)
    for discussion in assembly.flush() { deliver(discussion) }
  }

  /// Reads an opened source: unpacks it, tells what it is, and lets the reader of its format take it.
  /// - Parameter outer: the intake of the packed source that this one comes out of.
  func read(_ source: Source, within outer: Intake? = nil) {
    let intake = Intake(path: source.path, importer: self, within: outer)
    defer {
      if outer == nil { bytesRead += source.offset }
      intake.close(source)
      if assembly.byteCount >= Assembly.fullSize {
        for discussion in assembly.flush() { deliver(discussion) }
      }
    }
    let head = Array(source.peek(FormatFamily.headSize))
    guard !head.isEmpty else {
      if source.failure == nil { intake.report(ProblemSentence.empty) }
      return
    }
    if Unpacking.read(source, head: head, importer: self, intake: intake) { return }
    switch FormatFamily.of(head, options: options) {
    case .binary: intake.report(ProblemSentence.binary)
    case .mail: mail.read(source, into: intake)
    case .json: JSONFormats.read(source, into: intake)
    case .xml: XMLFormats.read(source, into: intake)
    case .html: HTMLPage.read(source, into: intake)
    case .text: TextPage.read(source, into: intake)
    }
  }
}

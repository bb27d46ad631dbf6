public import Archive
import Discussion
import Reader
import Synchronization

/// Reads sources into a corpus in the background, batch by batch: the first screen does not wait for the
/// last file.
final class Loading: Sendable {
  private let worker = Worker(isBackground: true)
  private let outcome = Mutex(LoadOutcome())
  private let mailbox: Mailbox
  private let isCancelled = Atomic(false)

  init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Starts reading.
  /// - Parameter publish: called on the loading thread with each new generation.
  func start(_ sources: LibrarySources, publish: @escaping @Sendable (Corpus) -> Void) {
    worker.submit { [self] in
      var corpus = Corpus()
      let (files, problems) = sources.files()
      outcome.withLock { $0.problems += problems }
      let total = files.count + (sources.readsStandardInput ? 1 : 0)
      var batch: [ParsedDiscussion] = []
      var batchBytes = 0
      var limit = 4 << 20
      var done = 0
      func flush() {
        guard !batch.isEmpty else { return }
        let (grown, remap) = corpus.adding(batch)
        corpus = grown
        publish(grown)
        mailbox.post(.libraryChanged(grown.library, remap))
        mailbox.post(.loading(done < total ? LoadingProgress(done: done, total: total) : nil))
        batch.removeAll()
        batchBytes = 0
        // Batches grow, so that segments stay few, but only so far, so that little is held twice.
        limit = min(limit * 2, 32 << 20)
      }
      let importer = Importer(
        options: sources.options,
        deliver: { [self] discussion in
          outcome.withLock { $0.discussionCount += 1 }
          batchBytes += discussion.body.utf8.count
          for comment in discussion.comments { batchBytes += comment.text.utf8.count }
          batch.append(discussion)
          if batchBytes >= limit { flush() }
        },
        report: { [self] problem in outcome.withLock { $0.problems.append(problem) } },
        isCancelled: { [self] in isCancelled.load(ordering: .relaxed) })
      if sources.readsStandardInput {
        importer.readStandardInput()
        done += 1
      }
      for file in files {
        if isCancelled.load(ordering: .relaxed) { break }
        importer.read(file: file)
        done += 1
      }
      importer.finish()
      flush()
      outcome.withLock { $0.isComplete = true }
      mailbox.post(.loading(nil))
    }
  }

  /// Stops soon, also within a file.
  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// What came of it so far.
  var current: LoadOutcome { outcome.withLock { $0 } }
}

/// What came of loading.
public struct LoadOutcome: Sendable {
  /// What could not be read, or not wholly.
  public var problems: [ArchiveProblem] = []
  /// Number of discussions read.
  public var discussionCount = 0
  /// Whether every source was looked at.
  public var isComplete = false
}

/// What to read.
public struct LibrarySources: Sendable {
  /// Files and folders, as the file system names them.
  public var paths: [[UInt8]]
  /// Whether standard input is one of the sources.
  public var readsStandardInput: Bool
  /// How the whole is called on the title line.
  public var name: String
  /// What the user says about the sources that they do not say themselves.
  public var options: ReadingOptions

  /// Sources.
  public init(
    paths: [[UInt8]], readsStandardInput: Bool = false, name: String,
    options: ReadingOptions = ReadingOptions()
  ) {
    self.paths = paths
    self.readsStandardInput = readsStandardInput
    self.name = name
    self.options = options
  }

  func files() -> (files: [[UInt8]], problems: [ArchiveProblem]) { Archive.sources(at: paths) }

  /// Reads everything at once: for the command line.
  /// - Complexity: O(bytes of all sources).
  public func load() -> (corpus: Corpus, problems: [ArchiveProblem]) {
    var (files, problems) = files()
    var corpus = Corpus()
    var batch: [ParsedDiscussion] = []
    var batchBytes = 0
    func flush() {
      guard !batch.isEmpty else { return }
      corpus = corpus.adding(batch).corpus
      batch.removeAll()
      batchBytes = 0
    }
    let importer = Importer(
      options: options,
      deliver: { discussion in
        batchBytes += discussion.body.utf8.count
        for comment in discussion.comments { batchBytes += comment.text.utf8.count }
        batch.append(discussion)
        if batchBytes >= 32 << 20 { flush() }
      },
      report: { problems.append($0) })
    if readsStandardInput { importer.readStandardInput() }
    for file in files { importer.read(file: file) }
    importer.finish()
    flush()
    files.removeAll()
    return (corpus, problems)
  }
}

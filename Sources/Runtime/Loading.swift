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
      _ = CorpusImport(
        sources: sources, isCancelled: { [self] in isCancelled.load(ordering: .relaxed) },
        report: { [self] problem in outcome.withLock { $0.problems.append(problem) } },
        publish: { [self] corpus, remap in
          outcome.withLock { $0.discussionCount = corpus.library.discussions.count }
          publish(corpus)
          mailbox.post(.libraryChanged(corpus.library, remap))
        },
        progress: { [self] in mailbox.post(.loading($0)) }
      ).run()
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
  /// Number of discussions in the library.
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
    var problems: [ArchiveProblem] = []
    let corpus = CorpusImport(sources: self, firstBatch: 32 << 20, report: { problems.append($0) }).run()
    return (corpus, problems)
  }
}

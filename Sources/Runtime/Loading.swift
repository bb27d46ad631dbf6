public import Archive
import Bytes
import Discussion
import Reader
import Synchronization

/// Reads sources into a corpus in the background, batch by batch: the first screen does not wait for the
/// last file. What is asked for later is read into the same corpus.
final class Loading: Sendable {
  private let worker = Worker(isBackground: true)
  private let outcome = Mutex(LoadOutcome())
  private let here = Mutex((corpus: Corpus(), known: [[UInt8]: FileFingerprint]()))
  private let mailbox: Mailbox
  private let stops = Atomic(0)
  private let jobs = Atomic(0)

  init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Reads sources; files that were read and did not change are left alone.
  /// - Parameters:
  ///   - isAgain: tells at the end what came in.
  ///   - isWhole: whether these are all sources, so that files that are not among them are gone.
  ///   - publish: called on the loading thread with each new generation.
  func start(
    _ sources: LibrarySources, isAgain: Bool = false, isWhole: Bool = false,
    publish: @escaping @Sendable (Corpus) -> Void
  ) {
    let job = jobs.wrappingAdd(1, ordering: .relaxed).newValue
    worker.submit { [self] in
      let stopsBefore = stops.load(ordering: .relaxed)
      var (corpus, known) = here.withLock { $0 }
      let before = corpus.library
      let problemsBefore = current.problems.count
      CorpusImport(
        sources: sources, isBackground: true,
        isCancelled: { [self] in stops.load(ordering: .relaxed) != stopsBefore },
        report: { [self] problem in outcome.withLock { $0.problems.append(problem) } },
        publish: { [self] corpus, remap in
          outcome.withLock { $0.discussionCount = corpus.library.discussions.count }
          publish(corpus)
          mailbox.post(.libraryChanged(corpus.library, remap))
        },
        progress: { [self] in mailbox.post(.loading($0)) }
      ).run(into: &corpus, known: &known, isWhole: isWhole)
      here.withLock { $0 = (corpus, known) }
      outcome.withLock { $0.isComplete = true }
      mailbox.post(.loading(nil))
      if isAgain {
        let problems = Array(current.problems.dropFirst(problemsBefore))
        mailbox.post(.notice(Loading.sentence(from: before, to: corpus.library, problems)))
      }
      join(job, publish)
    }
  }

  /// Joins segments as long as it is worth it and nothing else is asked for.
  private func join(_ job: Int, _ publish: (Corpus) -> Void) {
    let policy = MergePolicy()
    while jobs.load(ordering: .relaxed) == job, let joined = policy.next(here.withLock { $0.corpus.library })
    {
      let (corpus, remap) = here.withLock { $0.corpus }.joining(segments: joined)
      here.withLock { $0.corpus = corpus }
      publish(corpus)
      mailbox.post(.libraryChanged(corpus.library, remap))
    }
  }

  /// What came in, in a sentence.
  private static func sentence(
    from before: Library, to after: Library, _ problems: [ArchiveProblem]
  ) -> String {
    let discussions = after.discussions.count - before.discussions.count
    let entries = after.entryCount - before.entryCount
    if let problem = problems.first, entries == 0 {
      return "\(String(decoding: problem.path, as: UTF8.self)): \(problem.message)"
    }
    let rest = problems.isEmpty ? "." : problems.count == 1 ? "; 1 problem." : "; \(problems.count) problems."
    if entries < 0 {
      return "\(-entries) \(entries == -1 ? "entry is" : "entries are") gone from the sources" + rest
    }
    guard entries > 0 else { return "Nothing new" + rest }
    let comments = entries - discussions
    return "New: \(discussions) \(discussions == 1 ? "discussion" : "discussions"), "
      + "\(comments) \(comments == 1 ? "comment" : "comments")" + rest
  }

  /// Stops soon, also within a file.
  func cancel() { stops.wrappingAdd(1, ordering: .relaxed) }

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
    let corpus = CorpusImport(sources: self, report: { problems.append($0) }).run()
    return (corpus, problems)
  }
}

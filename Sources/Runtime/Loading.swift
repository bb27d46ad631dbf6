public import Archive
import Bytes
import Discussion
import Glibc
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
  private let cache = Mutex<CorpusCache?>(nil)
  /// The generation that the disk has.
  private let kept = Atomic(-1)
  private let tracker: ArrivalTracker
  /// Whether all was read, and what came is about to be written down.
  private let isWritingDown = Atomic(false)
  /// How the entries came, as the disk has it.
  private let keptArrivals = Mutex<[UInt8]>([])

  init(mailbox: Mailbox, tracker: ArrivalTracker) {
    self.mailbox = mailbox
    self.tracker = tracker
  }

  /// Tells a generation, and before it how its entries came.
  private func post(_ library: Library, _ remap: Remap?, isJoined: Bool = false) {
    mailbox.post(.arrivalsFound(tracker.take(library, isJoined: isJoined)))
    mailbox.post(.libraryChanged(library, remap))
  }

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
      var isWhole = isWhole
      if isAgain, isWhole {
        tracker.beginAgain()
      } else {
        tracker.begin(sources, at: here.withLock { $0.corpus.library })
      }
      // What was kept is of the sources that a session begins with.
      if !isAgain { isWhole = open(sources, publish) } else if !isWhole { cache.withLock { $0 = nil } }
      read(sources, job, isAgain: isAgain, isWhole: isWhole, publish)
    }
  }

  /// Reads all sources anew, because what was kept of them turned out to be damaged. The library that stands
  /// is of no use: it is emptied first.
  func readAnew(_ sources: LibrarySources, publish: @escaping @Sendable (Corpus) -> Void) {
    let job = jobs.wrappingAdd(1, ordering: .relaxed).newValue
    outcome.withLock { $0 = LoadOutcome() }
    worker.submit { [self] in
      let old = here.withLock { $0.corpus }
      let empty = Corpus(library: old.library.emptied(), segments: [])
      here.withLock { $0 = (empty, [:]) }
      tracker.reset()
      publish(empty)
      mailbox.post(.libraryChanged(empty.library, nil))
      if let cache = cache.withLock({ $0 }) {
        tell(cache.damageNote(old))
        cache.remove()
      }
      read(sources, job, isAgain: false, isWhole: false, publish)
    }
  }

  /// Opens what was kept of sources and publishes it.
  /// - Returns: whether there was something.
  private func open(_ sources: LibrarySources, _ publish: (Corpus) -> Void) -> Bool {
    guard let cache = CorpusCache(sources) else { return false }
    self.cache.withLock { $0 = cache }
    guard let opened = cache.open(note: { tell($0) }) else { return false }
    here.withLock { $0 = (opened.corpus, opened.known) }
    let library = opened.corpus.library
    kept.store(library.generation, ordering: .relaxed)
    outcome.withLock {
      $0.problems += opened.problems
      $0.discussionCount = library.discussions.count
    }
    tracker.restore(opened.arrivals)
    keptArrivals.withLock { $0 = opened.arrivals }
    publish(opened.corpus)
    post(library, .opening(library))
    return true
  }

  /// Says something about the cache, now and at the end.
  private func tell(_ note: ArchiveProblem) {
    outcome.withLock { $0.problems.append(note) }
    mailbox.post(.notice(note.message.prefix(1).uppercased() + note.message.dropFirst() + "."))
  }

  private func read(
    _ sources: LibrarySources, _ job: Int, isAgain: Bool, isWhole: Bool,
    _ publish: @escaping @Sendable (Corpus) -> Void
  ) {
    let stopsBefore = stops.load(ordering: .relaxed)
    var (corpus, known) = here.withLock { $0 }
    let (before, knownBefore) = (corpus.library, known)
    let problemsBefore = current.problems.count
    CorpusImport(
      sources: sources, isBackground: true,
      isCancelled: { [self] in stops.load(ordering: .relaxed) != stopsBefore },
      report: { [self] problem in outcome.withLock { $0.problems.append(problem) } },
      publish: { [self] corpus, remap in
        outcome.withLock { $0.discussionCount = corpus.library.discussions.count }
        publish(corpus)
        post(corpus.library, remap)
      },
      progress: { [self] in mailbox.post(.loading($0)) }
    ).run(into: &corpus, known: &known, isWhole: isWhole)
    let isWholeRead = stops.load(ordering: .relaxed) == stopsBefore
    isWritingDown.store(isWholeRead, ordering: .sequentiallyConsistent)
    here.withLock { $0 = (corpus, known) }
    outcome.withLock { outcome in
      // What was met in a file that was read again, or is gone, was said anew or holds no longer.
      let old = outcome.problems.prefix(problemsBefore).filter { knownBefore[$0.path] == known[$0.path] }
      outcome.problems = old + outcome.problems.dropFirst(problemsBefore)
      outcome.isComplete = true
    }
    mailbox.post(.loading(nil))
    if isAgain {
      let problems = Array(current.problems.dropFirst(problemsBefore))
      mailbox.post(.notice(Loading.sentence(from: before, to: corpus.library, problems)))
    }
    if isWholeRead {
      tracker.finish(corpus.library)
      isWritingDown.store(false, ordering: .sequentiallyConsistent)
    } else {
      tracker.leaveUnfinished()
    }
    join(job, publish)
    keep(job, isForced: known != knownBefore)
  }

  /// Keeps the corpus on the disk, unless something else is asked for meanwhile.
  private func keep(_ job: Int, isForced: Bool) {
    let stopsBefore = stops.load(ordering: .relaxed)
    let (corpus, known) = here.withLock { $0 }
    guard let cache = cache.withLock({ $0 }), jobs.load(ordering: .relaxed) == job,
      isForced || kept.load(ordering: .relaxed) != corpus.library.generation
        || keptArrivals.withLock({ $0 }) != tracker.image
    else { return }
    let arrivals = tracker.image
    cache.save(
      corpus, known: known, problems: current.problems, arrivals: arrivals,
      isCancelled: { [self] in
        stops.load(ordering: .relaxed) != stopsBefore || jobs.load(ordering: .relaxed) != job
      }, note: { tell($0) })
    kept.store(corpus.library.generation, ordering: .relaxed)
    keptArrivals.withLock { $0 = arrivals }
  }

  /// Joins segments as long as it is worth it and nothing else is asked for.
  private func join(_ job: Int, _ publish: (Corpus) -> Void) {
    let policy = MergePolicy()
    while jobs.load(ordering: .relaxed) == job, let joined = policy.next(here.withLock { $0.corpus.library })
    {
      let (corpus, remap) = here.withLock { $0.corpus }.joining(segments: joined)
      here.withLock { $0.corpus = corpus }
      publish(corpus)
      post(corpus.library, remap, isJoined: true)
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

  /// Waits until what was read to its end is written down, at most some milliseconds.
  func drain(milliseconds: Int) {
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    while isWritingDown.load(ordering: .sequentiallyConsistent), ContinuousClock.now < deadline {
      usleep(500)
    }
  }

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
  /// The folder where what was read is kept between runs; nil to neither look nor keep.
  public var cacheFolder: [UInt8]?

  /// Sources.
  public init(
    paths: [[UInt8]], readsStandardInput: Bool = false, name: String,
    options: ReadingOptions = ReadingOptions(), cacheFolder: [UInt8]? = nil
  ) {
    self.cacheFolder = cacheFolder
    self.paths = paths
    self.readsStandardInput = readsStandardInput
    self.name = name
    self.options = options
  }

  func files() -> (files: [[UInt8]], problems: [ArchiveProblem]) { Archive.sources(at: paths) }

  /// Reads everything at once: for the command line. What was kept is opened instead, and what changed is
  /// kept.
  /// - Parameter verifies: whether all that was kept is checked before it is used; else whoever uses it asks
  ///   `Corpus.isDamaged` before he shows what he made of it, and calls `loadAnew` then.
  /// - Complexity: O(bytes of all sources that changed); with `verifies`, O(bytes of the cache) besides.
  public func load(verifies: Bool = true) -> (corpus: Corpus, problems: [ArchiveProblem]) {
    var problems: [ArchiveProblem] = []
    guard let cache = CorpusCache(self) else {
      let corpus = CorpusImport(sources: self, report: { problems.append($0) }).run()
      return (corpus, problems)
    }
    let opened = cache.open(note: { problems.append($0) })
    if verifies, let opened, !opened.corpus.verify() { return loadAnew(insteadOf: opened.corpus) }
    var corpus = opened?.corpus ?? Corpus()
    var known = opened?.known ?? [:]
    CorpusImport(sources: self, report: { problems.append($0) })
      .run(into: &corpus, known: &known, isWhole: opened != nil)
    if let opened {
      problems = opened.problems.filter { opened.known[$0.path] == known[$0.path] } + problems
    }
    if corpus.isDamaged { return loadAnew(insteadOf: corpus) }
    if opened?.known != known {
      cache.save(
        corpus, known: known, problems: problems, arrivals: opened?.arrivals ?? [],
        note: { problems.append($0) })
    }
    return (corpus, problems)
  }

  /// Reads everything from the sources, because what was kept is damaged, and keeps that.
  /// - Parameter damaged: what was made of it.
  public func loadAnew(insteadOf damaged: Corpus) -> (corpus: Corpus, problems: [ArchiveProblem]) {
    let cache = CorpusCache(self)
    var problems = cache.map { [$0.damageNote(damaged)] } ?? []
    cache?.remove()
    var corpus = Corpus()
    var known: [[UInt8]: FileFingerprint] = [:]
    CorpusImport(sources: self, report: { problems.append($0) }).run(into: &corpus, known: &known)
    cache?.save(corpus, known: known, problems: problems, note: { problems.append($0) })
    return (corpus, problems)
  }
}

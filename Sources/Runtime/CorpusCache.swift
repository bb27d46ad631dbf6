import Archive
import Bytes
import Discussion
import Glibc
import SearchIndex
import Snapshot
import Synchronization

/// The corpus of some sources as it was last read, kept on the disk between runs.
///
/// What was kept is opened at once, whatever its size; sources that changed since are then read again. A
/// cache that another version of the program wrote, or that is damaged, is as good as none: it is written
/// anew, and a note says so.
final class CorpusCache: Sendable {
  /// Bytes of text below which nothing is kept: so little is read again at once.
  static let smallestText = 1 << 20

  fileprivate let store: SnapshotStore
  private let isOutOfOrder = Atomic(false)

  /// The cache of some sources; nil when nothing is to be kept: the user said so, or standard input is one
  /// of them.
  convenience init?(_ sources: LibrarySources) {
    guard let folder = sources.cacheFolder, !sources.readsStandardInput, !sources.paths.isEmpty else {
      return nil
    }
    self.init(sources, folder: PathName(folder))
  }

  private init(_ sources: LibrarySources, folder: PathName) {
    let options = sources.options
    let text =
      "\(options.charset.map { String(decoding: $0, as: UTF8.self) } ?? "-") \(options.format ?? "-") "
      + "\(options.allowsLongWindows)"
    store = SnapshotStore(
      folder: folder,
      key: SnapshotKey(paths: sources.paths.map { PathName($0) }, options: Array(text.utf8)),
      build: CorpusCache.build)
  }

  /// The program by its file: one that was built anew may read sources otherwise.
  private static var build: [UInt8] {
    let file = PathName("/proc/self/exe").fingerprint
    return Array("\(file?.size ?? 0) \(file?.seconds ?? 0).\(file?.nanoseconds ?? 0)".utf8)
  }

  /// What was kept.
  struct Contents {
    var corpus: Corpus
    /// The files that it was read from, as they were then.
    var known: [[UInt8]: FileFingerprint]
    /// What was met when they were read.
    var problems: [ArchiveProblem]
    /// How the entries came, as `ArrivalTracker.image` has it.
    var arrivals: [UInt8]
  }

  /// Opens what was kept.
  /// - Parameter note: gets a sentence when there is something that cannot be used.
  /// - Complexity: O(segments + dead discussions + sources).
  func open(note: (ArchiveProblem) -> Void) -> Contents? {
    do throws(SnapshotError) {
      let snapshot = try store.open()
      var known: [[UInt8]: FileFingerprint] = [:]
      for source in try snapshot.sources() { known[source.path] = source.fingerprint }
      let problems = try snapshot.problems().map { problem in
        ArchiveProblem(
          path: problem.path, line: problem.line, byteOffset: problem.byteOffset,
          message: String(decoding: problem.message, as: UTF8.self), isNote: problem.isNote)
      }
      let corpus = Corpus(library: snapshot.library, segments: snapshot.segments)
      guard !corpus.isDamaged else {
        throw .damaged(corpus.library.damagedFile ?? store.path, "a block does not have its checksum")
      }
      return Contents(corpus: corpus, known: known, problems: problems, arrivals: snapshot.companion)
    } catch {
      // What cannot be read is not written either, and one sentence is enough.
      if case .file = error { isOutOfOrder.store(true, ordering: .relaxed) }
      let file: PathName? = if case .damaged(let path, _) = error { path } else { nil }
      if let sentence = CorpusCache.sentence(onOpening: error) { note(self.note(sentence, on: file)) }
      return nil
    }
  }

  /// Keeps a corpus, if it is worth it.
  /// - Parameters:
  ///   - problems: what was met, also in files that were not read again.
  ///   - arrivals: how the entries came, as `ArrivalTracker.image` has it.
  ///   - note: gets a sentence, once, when it cannot be kept.
  /// - Complexity: O(bytes of new segments + discussions + sources).
  func save(
    _ corpus: Corpus, known: [[UInt8]: FileFingerprint], problems: [ArchiveProblem],
    arrivals: [UInt8] = [], isCancelled: () -> Bool = { false }, note: (ArchiveProblem) -> Void
  ) {
    guard !corpus.isDamaged, !isOutOfOrder.load(ordering: .relaxed) else { return }
    let library = corpus.library
    let textBytes = (0..<library.segmentCount).reduce(0) { $0 + library.textByteCount(ofSegment: $1) }
    guard textBytes >= CorpusCache.smallestText else { return store.remove() }
    let sources = known.map { SnapshotSource(path: $0.key, fingerprint: $0.value) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    let kept = problems.filter { known[$0.path] != nil || CorpusCache.isInside($0.path, of: known) }
    do throws(SnapshotError) {
      try store.save(
        library, corpus.index.segments, sources: sources,
        problems: kept.map {
          SnapshotProblem(
            path: $0.path, line: $0.line, byteOffset: $0.byteOffset, message: Array($0.message.utf8),
            isNote: $0.isNote)
        }, companion: arrivals, isCancelled: isCancelled)
    } catch {
      guard let sentence = CorpusCache.sentence(onSaving: error) else { return }
      // One sentence is enough; the disk is left alone from then on.
      if !isOutOfOrder.exchange(true, ordering: .relaxed) { note(self.note(sentence)) }
    }
  }

  /// Removes what was kept.
  func remove() { store.remove() }

  /// What is said when a part of the cache turns out to be damaged while it is used.
  /// - Parameter corpus: what was made of it.
  func damageNote(_ corpus: Corpus) -> ArchiveProblem {
    note("the cache is damaged; the sources are read again", on: corpus.library.damagedFile)
  }

  /// - Parameter file: what it is about; nil for the cache as a whole.
  private func note(_ sentence: String, on file: PathName? = nil) -> ArchiveProblem {
    ArchiveProblem(path: (file ?? store.path).bytes, message: sentence, isNote: true)
  }

  /// Whether a path is a member of a known archive.
  private static func isInside(_ path: [UInt8], of known: [[UInt8]: FileFingerprint]) -> Bool {
    path.indices.contains { path[$0] == UInt8(ascii: "/") && known[Array(path[..<$0])] != nil }
  }

  private static func sentence(onOpening error: SnapshotError) -> String? {
    switch error {
    case .missing, .busy: nil
    case .otherVersion: "the cache was written by another version of the program; it is made anew"
    case .damaged(_, let reason): "the cache is damaged (\(reason)); it is made anew"
    case .file(let error): "the cache cannot be read (\(words(for: error))); the sources are read instead"
    }
  }

  private static func sentence(onSaving error: SnapshotError) -> String? {
    switch error {
    case .missing, .busy, .otherVersion, .damaged: nil
    case .file(let error): "the cache cannot be written (\(words(for: error))); all works on without it"
    }
  }

  private static func words(for error: FileError) -> String {
    switch error.reason {
    case .missing: "\(String(decoding: error.path.display, as: UTF8.self)) is missing"
    case .notPermitted: "no permission"
    case .isFolder, .notRegular, .linkedFolder, .tooDeep: "something else stands in its place"
    case .tooLarge: "it is too large"
    case .system(ENOSPC), .system(EDQUOT): "no room is left"
    case .system(EROFS): "the disk is read-only"
    case .system(EEXIST), .system(ENOTDIR): "something else stands in its place"
    case .system(let code): "system error \(code)"
    }
  }
}

extension Corpus {
  /// Whether something that was read from the cache was not what had been written: what was made of this
  /// corpus since then is not to be used.
  /// - Complexity: O(segments).
  public var isDamaged: Bool { library.isDamaged || index.segments.contains { $0.isDamaged } }

  /// Checks all that a cache holds of the corpus.
  /// - Returns: whether it is as it was written.
  /// - Complexity: O(bytes of the cache).
  func verify() -> Bool {
    library.verify()
    return !isDamaged
  }
}

/// What a check of one file of the cache found.
public struct CacheFile: Sendable {
  /// Where it is.
  public var path: [UInt8]
  /// Its bytes.
  public var byteCount: Int
  /// Blocks of 64 KiB that have a checksum.
  public var blockCount: Int
  /// What is wrong with it, in words.
  public var faults: [String]
  /// The sources whose discussions it holds, if it holds any.
  public var sources: [[UInt8]]
}

extension LibrarySources {
  /// Compares every block of what is kept of these sources with its checksum.
  /// - Returns: a result a file, the manifest first; none when nothing is kept.
  /// - Complexity: O(bytes of the cache).
  public func checkCache() -> [CacheFile] { CorpusCache(self)?.check() ?? [] }

  /// Bytes of all that is kept in the cache's folder, of these sources and of others, and how many it may
  /// take; nil when nothing is kept anywhere.
  public func cacheSize() -> (byteCount: Int, limit: Int)? {
    guard let folder = cacheFolder else { return nil }
    let limit = SnapshotLimit()
    return (SnapshotLimit.byteCount(in: PathName(folder)), limit.byteCount)
  }

  /// What is kept of these sources, as it was when it was kept; nil when there is nothing of use.
  public func openCache() -> Corpus? { CorpusCache(self)?.open(note: { _ in })?.corpus }
}

extension CorpusCache {
  fileprivate func check() -> [CacheFile] {
    store.check().map {
      CacheFile(
        path: $0.path.bytes, byteCount: $0.byteCount, blockCount: $0.blockCount, faults: $0.faults,
        sources: $0.sources)
    }
  }
}

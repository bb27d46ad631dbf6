import Archive
import Bytes
import Discussion
import Reader

/// Reads sources into a corpus batch by batch: what was read can be used while the rest is read.
struct CorpusImport {
  /// What to read.
  var sources: LibrarySources
  /// Bytes of text of the first batches. A batch is an eighth of what was read before, up to
  /// `largestBatch`: segments stay few, little is held twice, and little is left to be indexed at the end.
  var firstBatch = 4 << 20
  /// Bytes of text at which batches stop to grow.
  var largestBatch = 128 << 20
  /// Whether it gives way to other threads.
  var isBackground = false
  /// Asked often; once true, reading stops soon.
  var isCancelled: () -> Bool = { false }
  /// Gets each problem when it is met.
  var report: (ArchiveProblem) -> Void
  /// Gets each generation, on a thread of its own.
  var publish: @Sendable (Corpus, Remap) -> Void = { _, _ in }
  /// Told now and then how far reading is.
  var progress: (LoadingProgress) -> Void = { _ in }

  /// Reads everything that is not read yet, and forgets what is no longer there.
  /// - Parameters:
  ///   - corpus: what is here already.
  ///   - known: the files that it was read from, as they were then; those that are the same still are not
  ///     read again. Those read now are added, those that are gone taken out.
  ///   - isWhole: whether `sources` are all there are, so that known files that are not among them are
  ///     gone.
  /// - Complexity: O(bytes of all sources); memory is the corpus and a few batches.
  func run(
    into corpus: inout Corpus, known: inout [[UInt8]: FileFingerprint], isWhole: Bool = false
  ) {
    var (files, problems) = sources.files()
    for problem in problems { report(problem) }
    var library = corpus.library
    let unlisted = isWhole ? Set(known.keys).subtracting(files) : []
    // Where not all could be looked through, only that is gone whose folder is there without it.
    let missing =
      problems.isEmpty ? unlisted : unlisted.filter { CorpusImport.isGone($0, from: sources.paths) }
    for file in missing { known[file] = nil }
    let listed = files
    files.removeAll { file in known[file].map { $0 == PathName(file).fingerprint } ?? false }
    var unread = Set(files)
    // Nothing is asked of the library where nothing changed: it may have been opened this moment.
    if missing.isEmpty && unread.isEmpty && !sources.readsStandardInput { return }
    let held = library.sourceNames()
    let gone = held.filter { CorpusImport.isSource($0, ofOneOf: missing) }
    let changed = held.filter { CorpusImport.isSource($0, ofOneOf: unread) }
    // What several files hold together is read from all of them again: only they can say what is left.
    let together = library.sources(heldTogetherWith: changed.union(gone)).subtracting(changed)
    if !together.isEmpty {
      let there = Set(listed)
      for source in together {
        if let file = CorpusImport.file(of: source, among: there) { unread.insert(file) }
      }
      files = listed.filter { unread.contains($0) }
    }
    var rereading = Rereading(
      sources: held.filter { CorpusImport.isSource($0, ofOneOf: unread) }, gone: gone)
    let lane = IndexingLane(from: corpus, isBackground: isBackground, publish: publish)
    var batch = Batch(limit: firstBatch)
    var read = 0
    var told = LoadingProgress(done: 0, total: files.reduce(0) { $0 + (PathName($1).byteCount ?? 0) })
    var before = 0
    var size = 0
    var delivered = 0
    func tell() {
      // Within a file, the bytes of text that came of it tell how far it is.
      let done = before + min(delivered, size)
      guard told.total > 0, done - told.done > told.total / 200 else { return }
      told.done = done
      progress(told)
    }
    func take(_ next: (library: Library, remap: Remap)) {
      library = next.library
      lane.take(library, next.remap)
    }
    func flush() {
      guard !batch.discussions.isEmpty else { return }
      take(library.adding(batch.discussions, rereading: &rereading))
      read += batch.byteCount
      batch = Batch(limit: max(firstBatch, min(read / 8, largestBatch)))
    }
    let importer = Importer(
      options: sources.options,
      deliver: { discussion in
        delivered += batch.take(discussion)
        tell()
        if batch.isFull { flush() }
      },
      report: report, isCancelled: isCancelled)
    if sources.readsStandardInput { importer.readStandardInput() }
    for file in files {
      if isCancelled() { break }
      size = PathName(file).byteCount ?? 0
      delivered = 0
      let fingerprint = PathName(file).fingerprint
      importer.read(file: file)
      // A file that was left in the middle is read again another time.
      known[file] = isCancelled() ? nil : fingerprint
      before += size
      size = 0
      tell()
    }
    let isWholeRead = !isCancelled()
    importer.finish()
    flush()
    if isWholeRead, !gone.isEmpty || !rereading.sources.isEmpty {
      let next = library.removing(sources: gone, rereading: rereading)
      if !next.remap.isEmpty { take(next) }
    }
    corpus = lane.finish()
  }

  /// Whether nothing stands at a path any more, although the root it was found below is still a folder.
  private static func isGone(_ file: [UInt8], from roots: [[UInt8]]) -> Bool {
    do throws(FileError) {
      _ = try FileKind.at(PathName(file))
      return false
    } catch {
      guard error.reason == .missing else { return false }
      return roots.contains { file.starts(with: $0) && PathName($0).kind == .folder }
    }
  }

  /// Whether a source is one of some files, or stands in one.
  private static func isSource(_ source: [UInt8], ofOneOf files: Set<[UInt8]>) -> Bool {
    file(of: source, among: files) != nil
  }

  /// The file that a source is, or that it stands in as in a folder: a member of an archive.
  private static func file(of source: [UInt8], among files: Set<[UInt8]>) -> [UInt8]? {
    if files.isEmpty || files.contains(source) { return files.isEmpty ? nil : source }
    for place in source.indices where source[place] == UInt8(ascii: "/") {
      let outer = Array(source[..<place])
      if files.contains(outer) { return outer }
    }
    return nil
  }

  /// Discussions until there are enough for a segment.
  private struct Batch {
    var discussions: [ParsedDiscussion] = []
    var byteCount = 0
    let limit: Int

    init(limit: Int) { self.limit = limit }

    var isFull: Bool { byteCount >= limit }

    /// Adds a discussion.
    /// - Returns: its bytes of text.
    mutating func take(_ discussion: ParsedDiscussion) -> Int {
      var bytes = discussion.body.utf8.count
      for comment in discussion.comments { bytes += comment.text.utf8.count }
      discussions.append(discussion)
      byteCount += bytes
      return bytes
    }
  }

  /// Reads everything.
  func run() -> Corpus {
    var corpus = Corpus()
    var known: [[UInt8]: FileFingerprint] = [:]
    run(into: &corpus, known: &known)
    return corpus
  }
}

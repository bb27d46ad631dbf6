import Archive
import Bytes
import Discussion
import Reader

/// Reads sources into a corpus batch by batch: what was read can be used while the rest is read.
struct CorpusImport {
  /// What to read.
  var sources: LibrarySources
  /// Bytes of text of the first batch. Batches double up to `largestBatch`: segments stay few, and little
  /// is held twice.
  var firstBatch = 4 << 20
  /// Bytes of text at which batches stop to grow.
  var largestBatch = 32 << 20
  /// Asked often; once true, reading stops soon.
  var isCancelled: () -> Bool = { false }
  /// Gets each problem when it is met.
  var report: (ArchiveProblem) -> Void
  /// Gets each generation.
  var publish: (Corpus, Remap) -> Void = { _, _ in }
  /// Told now and then how far reading is.
  var progress: (LoadingProgress) -> Void = { _ in }

  /// Reads everything that is not read yet.
  /// - Parameters:
  ///   - corpus: what is here already.
  ///   - known: the files that it was read from, as they were then; those that are the same still are not
  ///     read again. Those read now are added.
  /// - Complexity: O(bytes of all sources); memory is the corpus and one batch.
  func run(into corpus: inout Corpus, known: inout [[UInt8]: FileFingerprint]) {
    var (files, problems) = sources.files()
    for problem in problems { report(problem) }
    files.removeAll { file in
      known[file].map { $0 == PathName(file).fingerprint } ?? false
    }
    var current = corpus
    let library = corpus.library
    var readBefore: Set<[UInt8]> = []
    for discussion in library.discussions { readBefore.formUnion(library.sources(of: discussion)) }
    defer { corpus = current }
    var batch: [ParsedDiscussion] = []
    var batchBytes = 0
    var limit = firstBatch
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
    func flush() {
      guard !batch.isEmpty else { return }
      let (grown, remap) = current.adding(batch, readAgain: readBefore)
      current = grown
      publish(grown, remap)
      batch.removeAll()
      batchBytes = 0
      limit = min(limit * 2, max(largestBatch, firstBatch))
    }
    let importer = Importer(
      options: sources.options,
      deliver: { discussion in
        var bytes = discussion.body.utf8.count
        for comment in discussion.comments { bytes += comment.text.utf8.count }
        batch.append(discussion)
        batchBytes += bytes
        delivered += bytes
        tell()
        if batchBytes >= limit { flush() }
      },
      report: report, isCancelled: isCancelled)
    if sources.readsStandardInput { importer.readStandardInput() }
    for file in files {
      if isCancelled() { break }
      size = PathName(file).byteCount ?? 0
      delivered = 0
      known[file] = PathName(file).fingerprint
      importer.read(file: file)
      before += size
      size = 0
      tell()
    }
    importer.finish()
    flush()
  }

  /// Reads everything.
  func run() -> Corpus {
    var corpus = Corpus()
    var known: [[UInt8]: FileFingerprint] = [:]
    run(into: &corpus, known: &known)
    return corpus
  }
}

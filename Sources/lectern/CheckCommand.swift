import ArgumentParser
import Discussion
import Grid
import SearchIndex
import Runtime
import Shelf

/// Checks the invariants of the model, the index and the shelf.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the cache, the model, the index and the bookmarks; says what is wrong.",
    discussion: """
      Every block of the files that the cache keeps of these sources is compared with its checksum, a line \
      a file with the sources it holds; then all that the cache takes; then the model and the index are checked as they are opened from there. With --cache-only \
      the sources are not looked at.
      """)

  @OptionGroup var sources: SourceArguments
  @Flag(help: "Check only what is kept of the sources, and read none of them.") var cacheOnly = false

  /// Sources of a file that are named.
  private static let sourceLimit = 3

  func run() throws {
    let reading = sources.library
    var faults: [String] = []
    var out = Output()
    for file in reading.checkCache() {
      out.write(untrusted: file.path, lineEnds: .fold)
      out.write(": \(file.blockCount) blocks, \(file.byteCount) bytes, ")
      out.write(file.faults.isEmpty ? "all well" : "damaged")
      for (place, source) in file.sources.prefix(CheckCommand.sourceLimit).enumerated() {
        out.write(place == 0 ? ", of " : ", ")
        out.write(untrusted: source, lineEnds: .fold)
      }
      let further = file.sources.count - CheckCommand.sourceLimit
      out.write(further > 0 ? " and \(further) more\n" : "\n")
      faults += file.faults.map { "cache: \(String(decoding: file.path, as: UTF8.self)): \($0)" }
    }
    if let size = reading.cacheSize() {
      out.write("cache: \(size.byteCount) bytes of all sources, at most \(size.limit)\n")
    }
    // A damaged cache is put right by loading: that it was is told all the same.
    let (corpus, problems) = cacheOnly ? (reading.openCache() ?? Corpus(), []) : reading.load()
    faults += corpus.library.checkInvariants().map { "model: \($0)" }
    for (number, segment) in corpus.index.segments.enumerated() {
      faults += segment.brokenInvariants().map { "index: segment \(number): \($0)" }
    }
    if !cacheOnly { faults += try Keeping.open().checkIntegrity().map { "bookmarks: \($0)" } }
    for fault in faults { out.write(untrusted: Array(fault.utf8), lineEnds: .fold); out.write("\n") }
    if faults.isEmpty {
      let library = corpus.library
      out.write(
        "all well: \(library.discussions.count) discussions, \(library.entryCount) entries, \(corpus.index.termCount) terms, \(corpus.index.postingCount) postings\n"
      )
    }
    out.flush()
    if !faults.isEmpty { throw Exit.failure }
    try Printing.conclude(problems, isEmpty: false)
  }
}

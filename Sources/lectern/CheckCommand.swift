import ArgumentParser
import Discussion
import Grid
import SearchIndex
import Runtime
import Shelf

/// Checks the invariants of the model, the index and the shelf.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check the model, the index and the bookmarks; says what is wrong.")

  @OptionGroup var sources: SourceArguments

  func run() throws {
    let (corpus, problems) = sources.library.load()
    var faults = corpus.library.checkInvariants().map { "model: \($0)" }
    for (number, segment) in corpus.index.segments.enumerated() {
      faults += segment.brokenInvariants().map { "index: segment \(number): \($0)" }
    }
    faults += try Keeping.open().checkIntegrity().map { "bookmarks: \($0)" }
    var out = Output()
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

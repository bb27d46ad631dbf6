import ArgumentParser
import Bytes
import Discussion
import Runtime

/// Prints discussions whole.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print discussions.",
    discussion: """
      An argument of 8 to 32 hexadecimal digits is the id of a discussion or comment in the sources that \
      follow (or in the seeds), as --json prints it, or an unambiguous beginning of one.
      """)

  @OptionGroup var sources: SourceArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    let ids = sources.paths.filter(EntryName.isPossible)
    let paths = sources.paths.filter { !EntryName.isPossible($0) }
    var reading = LibrarySources(arguments: paths, options: sources.reading.options)
    reading.cacheFolder = sources.reading.cacheFolder
    guard !ids.isEmpty else { return try Printing.show(reading, output) }
    let (corpus, problems) = reading.load()
    var shown: [DiscussionID] = []
    for id in ids {
      let found = EntryName.entries(named: id, in: corpus.library)
      guard found.count == 1 else {
        complain("lectern: \(EntryName.complaint(id, found.count))")
        throw Exit.nothingFound
      }
      let discussion = corpus.library.discussion(of: found[0])
      if !shown.contains(discussion) { shown.append(discussion) }
    }
    try Printing.show(shown, of: corpus.library, problems: problems, output)
  }
}

/// An entry named on the command line: its key in hexadecimal, or the beginning of it.
enum EntryName {
  /// Whether an argument can be a name and is not a file.
  static func isPossible(_ argument: String) -> Bool {
    guard (8...32).contains(argument.utf8.count) else { return false }
    let isHexadecimal = argument.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
    return isHexadecimal && !PathName(argument).exists
  }

  /// The entries whose key begins so.
  static func entries(named name: String, in library: Library) -> [EntryID] {
    if let key = EntryKey(hexadecimal: name) { return library.entry(withKey: key).map { [$0] } ?? [] }
    return library.discussions.flatMap { discussion in
      library.entries(of: discussion).filter { library.key(of: $0).hexadecimal.hasPrefix(name) }
    }
  }

  static func complaint(_ name: String, _ count: Int) -> String {
    count == 0 ? "Nothing here has the id \(name)." : "\(count) entries have an id that begins with \(name)."
  }
}

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
      follow (or in the roots, or in the seeds), as --json prints it, or an unambiguous beginning of one.
      """)

  @OptionGroup var sources: SourceArguments
  @OptionGroup var output: OutputOptions
  @Option(
    help: ArgumentHelp(
      "Of the comments that were named, print only them and this many before and after.", valueName: "n"))
  var context: Int?

  func validate() throws {
    if let context, context < 0 { throw ValidationError("--context takes a number from 0 up.") }
  }

  func run() throws {
    let (names, reading) = sources.namesAndLibrary
    guard !names.isEmpty else {
      if context != nil { throw ValidationError("--context goes with the id of a comment.") }
      return try Printing.show(reading, output)
    }
    let (corpus, problems) = reading.load()
    let library = corpus.library
    let shown = try EntryName.discussions(names, in: library)
    var parts: [DiscussionID: [EntryID]]?
    if let context {
      var rows: [DiscussionID: Set<EntryID>] = [:]
      for entry in try EntryName.entries(names, in: library) {
        let discussion = library.discussion(of: entry)
        let entries = library.entries(of: discussion)
        let place = Int(entry.row) - entries.rows.lowerBound
        let reach = min(context, entries.count)
        for near in max(0, place - reach)...min(entries.count - 1, place + reach) {
          rows[discussion, default: []].insert(entries[near])
        }
      }
      parts = rows.mapValues { $0.sorted() }
    }
    try Printing.show(shown, of: library, parts: parts, problems: problems, output)
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

  /// The entries of some names, or the end with a sentence where one has none or several.
  static func entries(_ names: [String], in library: Library) throws -> [EntryID] {
    try names.map { name in
      let found = entries(named: name, in: library)
      guard found.count == 1 else {
        complain("lectern: \(complaint(name, found.count))")
        throw Exit.nothingFound
      }
      return found[0]
    }
  }

  /// Their discussions, each once.
  static func discussions(_ names: [String], in library: Library) throws -> [DiscussionID] {
    var found: [DiscussionID] = []
    for entry in try entries(names, in: library) {
      let discussion = library.discussion(of: entry)
      if !found.contains(discussion) { found.append(discussion) }
    }
    return found
  }

  static func complaint(_ name: String, _ count: Int) -> String {
    count == 0 ? "Nothing here has the id \(name)." : "\(count) entries have an id that begins with \(name)."
  }
}

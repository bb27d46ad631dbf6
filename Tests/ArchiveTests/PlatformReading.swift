import Bytes
import Discussion

@testable import Archive

/// What an import of JSON sources makes of them, in words that are easy to compare.
struct PlatformReading {
  /// Discussions as the library has them.
  let library: Library
  /// What was reported.
  var problems: [String]

  /// Reads sources as one import; each has a path of its own.
  init(_ sources: [String]) { self.init(bytes: sources.map { Array($0.utf8) }) }

  /// Reads one source.
  init(_ source: String) { self.init([source]) }

  /// Reads sources as one import.
  init(bytes sources: [[UInt8]]) {
    var parsed: [ParsedDiscussion] = []
    var problems: [String] = []
    let importer = Importer(deliver: { parsed.append($0) }, report: { problems.append($0.message) })
    for (index, source) in sources.enumerated() {
      importer.read(bytes: source, path: Array("folder/source-\(index).json".utf8))
    }
    importer.finish()
    library = Library.of(parsed)
    self.problems = problems
  }

  /// Each entry on a line: indented by depth, author, date, and the text with its line ends as `⏎`.
  func outline(_ index: Int = 0) -> [String] {
    guard library.discussions.indices.contains(index) else { return [] }
    return library.entries(of: library.discussions[index]).map { entry in
      let author = library.author(of: entry).map { String(decoding: $0, as: UTF8.self) } ?? "?"
      let words = String(decoding: library.text(of: entry), as: UTF8.self).replacing("\n", with: "⏎")
      let mark = library.isRemoved(entry) ? "× " : ""
      return String(repeating: "  ", count: library.depth(of: entry)) + mark + author + ": " + words
    }
  }

  /// The title of a discussion.
  func title(_ index: Int = 0) -> String? {
    library.discussions.indices.contains(index)
      ? String(decoding: library.title(of: library.discussions[index]), as: UTF8.self) : nil
  }

  /// The address of a discussion.
  func url(_ index: Int = 0) -> String? {
    library.url(of: library.discussions[index]).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The dates of a discussion's entries.
  func dates(_ index: Int = 0) -> [String?] {
    library.entries(of: library.discussions[index]).map { library.date(of: $0)?.iso8601 }
  }

  /// The entries of a discussion.
  func entries(_ index: Int = 0) -> [EntryID] { Array(library.entries(of: library.discussions[index])) }

  /// The text under each span of a role in an entry.
  func parts(_ role: Role, of entry: EntryID) -> [String] {
    let text = library.text(of: entry)
    return library.spans(of: entry).filter { $0.role == role }.map {
      String(decoding: text[$0.bytes], as: UTF8.self)
    }
  }
}

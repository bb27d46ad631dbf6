import Discussion
import Foundation

@testable import Archive

/// Files made to hurt a reader, with what must be found in each: `data/hostile` beside the package.
enum HostileCorpus {
  private static let folder: URL = {
    let shared =
      ProcessInfo.processInfo.environment["LECTERN_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("../shared")
    return shared.appendingPathComponent("data/hostile")
  }()

  /// Whether the corpus is there.
  static let isThere = FileManager.default.fileExists(atPath: folder.path)

  /// One file and what is asked of it.
  struct Row {
    /// Its path in the corpus, such as `xml/x-nul.rss`.
    var name: String
    /// What it is made to try, such as `esc-c1`.
    var threat: String
    /// At least so many entries must be read.
    var items: Int
    /// What must be found in titles, names and texts.
    var tokens: [String]
    /// What must happen, in words.
    var demand: String

    /// Reads the file.
    func read() -> ArchiveResult {
      Archive.read(file: Array(HostileCorpus.folder.appendingPathComponent(name).path.utf8))
    }

    /// The tokens that are nowhere in a result.
    func lost(in result: ArchiveResult) -> [String] {
      let text = HostileCorpus.text(of: result)
      return tokens.filter { !text.contains($0) }
    }
  }

  /// The rows of one folder of the corpus.
  static func rows(below folder: String) throws -> [Row] {
    let table = try String(
      contentsOf: HostileCorpus.folder.appendingPathComponent("index.tsv"), encoding: .utf8)
    var rows: [Row] = []
    for line in table.split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count > 6, cells[0].hasPrefix(folder + "/") else { continue }
      rows.append(
        Row(
          name: cells[0], threat: cells[2], items: Int(cells[4]) ?? 0,
          tokens: cells[5].split(separator: ",").map(String.init), demand: cells[6]))
    }
    return rows
  }

  /// All text of a result: titles, names and words.
  static func text(of result: ArchiveResult) -> String {
    var parts: [[UInt8]] = []
    for post in result.discussions {
      parts += [post.title, post.author ?? [], post.body.utf8]
      for comment in post.comments { parts += [comment.author ?? [], comment.text.utf8] }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
  }

  /// Posts and comments of a result; a post that is only known by its comments is none.
  static func items(of result: ArchiveResult) -> Int {
    result.discussions.reduce(0) {
      $0 + ($1.title.isEmpty && $1.body.utf8.isEmpty && !$1.comments.isEmpty ? 0 : 1) + $1.comments.count
    }
  }
}

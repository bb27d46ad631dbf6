import ArgumentParser
import Discussion
import Grid
import Glibc
import Runtime
import Shelf

/// Stars and bookmarks without the reader.
struct BookmarksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bookmarks", abstract: "List, add, note, remove or export stars and bookmarks.",
    subcommands: [BookmarksList.self, BookmarksAdd.self, BookmarksRemove.self, BookmarksExport.self],
    defaultSubcommand: BookmarksList.self)
}

struct BookmarksList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List them (the default).")

  @OptionGroup var output: OutputOptions

  func run() throws {
    let bookmarks = try Keeping.contents().bookmarks.prefix(output.limit ?? .max)
    var out = Output()
    if output.json {
      var json = JSONText()
      json.bookmarks(Array(bookmarks))
      out.write(json.take())
      out.write("\n")
    } else {
      for bookmark in bookmarks { write(bookmark, to: &out) }
    }
    out.flush()
    if bookmarks.isEmpty { throw Exit.nothingFound }
  }

  private func write(_ bookmark: Bookmark, to out: inout Output) {
    let signs = (bookmark.isStarred ? "★" : "") + (bookmark.note.isEmpty && bookmark.tags.isEmpty ? "" : "✎")
    out.write("\(bookmark.key.hexadecimal.prefix(12))  \(signs) ")
    out.write(untrusted: bookmark.copy.title, lineEnds: .fold)
    if bookmark.isDiscussion { out.write(" · the whole discussion") }
    if let author = bookmark.copy.author {
      out.write(" · ")
      out.write(untrusted: author, lineEnds: .fold)
    }
    for tag in bookmark.tags {
      out.write(" #")
      out.write(untrusted: tag, lineEnds: .fold)
    }
    out.write("\n    ")
    let words = bookmark.note.isEmpty ? Array(bookmark.copy.text.prefix(160)) : bookmark.note
    out.write(untrusted: words, lineEnds: .fold)
    out.write("\n")
  }
}

struct BookmarksAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Star an entry, or bookmark it with a note and tags.")

  @Argument(help: "The entry's id, as --json prints it, or the beginning of it.") var id: String
  @OptionGroup var sources: SourceArguments
  @Option(help: "The note; without note and tags the entry is starred.") var note: String?
  @Option(name: .customLong("tag"), help: "A tag; may be given more than once.") var tags: [String] = []

  func run() throws {
    let (corpus, problems) = sources.library.load()
    for problem in problems { complain(Sentences.line(problem)) }
    let library = corpus.library
    let found = EntryName.entries(named: id, in: library)
    guard found.count == 1 else {
      complain("lectern: \(EntryName.complaint(id, found.count))")
      throw Exit.nothingFound
    }
    // Tags are words, as in the reader.
    let words = tags.flatMap { $0.split(separator: " ").map(String.init) }
    let change = BookmarkChange(
      isStarred: note == nil && words.isEmpty ? true : nil, note: note.map { Array($0.utf8) },
      tags: words.isEmpty ? nil : words.map { Array($0.utf8) },
      copy: BookmarkCopy(of: found[0], in: library))
    let shelf = try Keeping.open(isSaving: true)
    try Keeping.saving { () throws(ShelfError) in
      try shelf.change(
        library.key(of: found[0]),
        discussion: library.key(of: library.post(of: library.discussion(of: found[0]))), change,
        at: Int64(time(nil)))
    }
  }
}

struct BookmarksRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a star or bookmark with its note.")

  @Argument(help: "The id, as `bookmarks list` prints it, or the beginning of it.") var id: String

  func run() throws {
    let shelf = try Keeping.open(isSaving: true)
    let found = try Keeping.contents(of: shelf).bookmarks.filter { $0.key.hexadecimal.hasPrefix(id) }
    guard Set(found.map(\.key)).count == 1 else {
      complain("lectern: \(EntryName.complaint(id, found.count))")
      throw Exit.nothingFound
    }
    for bookmark in found {
      try Keeping.saving { () throws(ShelfError) in
        try shelf.removeBookmark(bookmark.key, isDiscussion: bookmark.isDiscussion)
      }
    }
  }
}

struct BookmarksExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print them as a Markdown digest, to pass on.")

  @Option(help: "The digest's heading, in place of the days it spans.") var title: String?

  func run() throws {
    let bookmarks = try Keeping.contents().bookmarks
    var out = Output()
    out.write(
      untrusted: Digest.markdown(
        bookmarks: bookmarks, title: title.map { Array($0.utf8) }, offsetMinutes: LocalClock.offsetMinutes),
      lineEnds: .keep)
    out.flush()
    if bookmarks.isEmpty { throw Exit.nothingFound }
  }
}

extension Keeping {
  /// What is on the shelf.
  static func contents() throws -> ShelfContents { try contents(of: try open()) }

  static func contents(of shelf: Shelf) throws -> ShelfContents {
    do throws(ShelfError) {
      return try shelf.contents()
    } catch {
      complain("lectern: \(Sentences.shelf(error, lead: "The bookmarks cannot be read"))")
      throw Exit.failure
    }
  }

  /// Saves, or ends with a sentence.
  static func saving(_ body: () throws(ShelfError) -> Void) throws {
    do throws(ShelfError) {
      try body()
    } catch {
      complain("lectern: \(Sentences.shelf(error))")
      throw Exit.failure
    }
  }
}

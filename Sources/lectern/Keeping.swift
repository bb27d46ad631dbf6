import Discussion
import Reader
import Runtime
import Shelf

/// The shelf, for commands.
enum Keeping {
  /// Opens the shelf, or ends with a sentence.
  /// - Parameter isSaving: whether a shelf that can only be read is of no use.
  static func open(isSaving: Bool = false) throws -> Shelf {
    do throws(ShelfError) {
      let shelf = try Shelf(folder: try ShelfLocation.current.get().dataFolder)
      if isSaving, let refusal = shelf.refusal { throw refusal }
      for notice in shelf.notices { complain("lectern: \(Sentences.notice(notice))") }
      return shelf
    } catch {
      complain("lectern: \(Sentences.shelf(error))")
      throw Exit.failure
    }
  }

  /// Marks and read state as a query may ask for them. Without a shelf that can be opened there are none.
  /// - Complexity: O(entries) for a query that asks for what was read, else O(bookmarks).
  static func snapshot(
    for library: Library, from sources: LibrarySources, query: String
  ) throws -> MarkSnapshot {
    var snapshot = MarkSnapshot()
    guard let location = try? ShelfLocation.current.get(),
      let contents = try? Shelf(folder: location.dataFolder).contents()
    else { return snapshot }
    snapshot.marks = ShelfImage(contents).marks
    guard query.contains("is:") else { return snapshot }
    let arrivals = Arrivals(
      of: library, from: sources, dataFolder: location.dataFolder,
      firstImport: Configuration.read().options.firstImport)
    for (segment, rows) in arrivals.segments.enumerated() {
      snapshot.read.take(rows, segment: segment, of: library)
    }
    for entry in contents.unread.values.joined().compactMap({ library.entry(withKey: $0) }) {
      snapshot.read.set(entry, isRead: false)
    }
    let read = contents.read.values.reduce(into: Set<EntryKey>()) { $0.formUnion($1) }
    guard !read.isEmpty else { return snapshot }
    for discussion in library.discussions {
      for entry in library.entries(of: discussion) where read.contains(library.key(of: entry)) {
        snapshot.read.set(entry, isRead: true)
      }
    }
    return snapshot
  }
}

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
  static func snapshot(for library: Library) throws -> MarkSnapshot {
    var snapshot = MarkSnapshot()
    guard let location = try? ShelfLocation.current.get(),
      let contents = try? Shelf(folder: location.dataFolder).contents()
    else { return snapshot }
    snapshot.marks = ShelfImage(contents).marks
    let read = contents.read.values.reduce(into: Set<EntryKey>()) { $0.formUnion($1) }
    for discussion in library.discussions {
      for entry in library.entries(of: discussion) where read.contains(library.key(of: entry)) {
        snapshot.read.set(entry, isRead: true)
      }
    }
    return snapshot
  }
}

import ArgumentParser
import Bytes
import Discussion
import Glibc
import Grid
import Runtime
import Shelf

/// Remembers roots.
struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Remember files and folders, to open when no path is given.")

  @Argument(help: "Files and folders.") var paths: [String]

  func run() throws {
    let roots = CommandLineArguments.bytes(of: paths).map { PathName($0).absolute }
    // All or none: a list with a slip in it is given again as it is.
    for (path, root) in zip(paths, roots) where !root.exists {
      complain("lectern: \(Sentences.noRoot(path))")
      throw Exit.unreadable
    }
    let shelf = try Keeping.open(isSaving: true)
    let now = Int64(time(nil))
    for root in roots {
      try Keeping.saving { () throws(ShelfError) in
        try shelf.add(root: LibraryRoot(path: root.bytes, addedAt: now))
      }
    }
  }
}

/// Forgets roots.
struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Forget remembered files and folders; nothing of them is deleted.")

  @Argument(help: "Roots, as `lectern roots` prints them or as a path that leads there.")
  var paths: [String]

  func run() throws {
    let roots = CommandLineArguments.bytes(of: paths).map { PathName($0).absolute.bytes }
    let shelf = try Keeping.open(isSaving: true)
    let known = Set(try Keeping.contents(of: shelf).roots.map(\.path))
    for (path, root) in zip(paths, roots) where !known.contains(root) {
      complain("lectern: \(Sentences.notRemembered(path))")
      throw Exit.nothingFound
    }
    for root in roots {
      try Keeping.saving { () throws(ShelfError) in try shelf.removeRoot(root) }
    }
  }
}

/// Lists roots.
struct RootsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roots", abstract: "List the remembered files and folders, the first added first.")

  @Flag(help: "Print JSON (schema 1).") var json = false

  func run() throws {
    let roots = try Keeping.contents().roots
    var out = Output()
    if json {
      var json = JSONText()
      json.beginObject()
      json.key("schema")
      json.value(1)
      json.key("roots")
      json.beginArray()
      for root in roots {
        json.beginObject()
        json.key("path")
        json.value(root.path)
        json.key("added")
        json.value(Timestamp(seconds: root.addedAt, precision: .second, zoneMinutes: 0).iso8601)
        json.key("exists")
        json.value(PathName(root.path).exists)
        json.endObject()
      }
      json.endArray()
      json.endObject()
      out.write(json.take())
      out.write("\n")
    } else {
      for root in roots {
        out.write(untrusted: root.path, lineEnds: .fold)
        out.write(PathName(root.path).exists ? "\n" : "  (not there)\n")
      }
    }
    out.flush()
    if roots.isEmpty { throw Exit.nothingFound }
  }
}

extension LibrarySources {
  /// The remembered roots; none where nothing was ever kept.
  static var rememberedRoots: [[UInt8]] {
    guard let folder = (try? ShelfLocation.current.get())?.dataFolder, Shelf.exists(in: folder),
      let roots = try? Shelf(folder: folder).roots()
    else { return [] }
    return roots.map(\.path)
  }
}

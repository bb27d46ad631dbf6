import Discussion
import GRDB
import Glibc
import Testing

@testable import Shelf

/// Folders that cannot be written, disks that are full, databases of later and earlier versions.
@Suite struct RefusalTests {
  /// The rights of files mean nothing to root.
  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aReadOnlyFolderIsReadAndNothingIsLost() throws {
    let scratch = Scratch()
    try fill(try scratch.open())
    for name in scratch.names() { _ = unsafe chmod(scratch.file(name), 0o400) }
    _ = unsafe chmod(scratch.file("."), 0o500)
    try expectReadOnly(scratch)
  }

  /// The same on a read-only mount, which binds root as well.
  @Test(.enabled(if: canMount, "mounting is not permitted here"))
  func aReadOnlyMountIsReadAndNothingIsLost() throws {
    let scratch = Scratch()
    try fill(try scratch.open())
    try withMount(scratch, "mount --bind '\(scratch.file("."))' '\(scratch.file("."))'") {
      #expect(unsafe system("mount -o remount,bind,ro '\(scratch.file("."))'") == 0)
      try expectReadOnly(scratch)
    }
    #expect(try scratch.open().refusal == nil)
  }

  private func expectReadOnly(_ scratch: Scratch) throws {
    let shelf = try scratch.open()
    #expect(shelf.refusal == .readOnly(path: scratch.path))
    #expect(shelf.notices == [.readOnly(path: scratch.path)])
    #expect(try shelf.contents().bookmarks.count == 3)
    #expect(throws: ShelfError.readOnly(path: scratch.path)) {
      try shelf.setStar(key(9), discussion: key(9), true, at: 1)
    }
    #expect(try shelf.contents().bookmarks.count == 3)
    #expect(shelf.checkIntegrity() == [])
  }

  @Test(.enabled(if: canMount, "mounting is not permitted here"))
  func aFullDiskKeepsAllThatWasSaved() throws {
    let scratch = Scratch()
    _ = try Folder(path: scratch.path)
    for kilobytes in [160, 200, 260, 404, 512] {
      try withMount(
        scratch, "mount -t tmpfs -o size=\(kilobytes)k,mode=700 none '\(scratch.file("."))'"
      ) {
        let shelf = try scratch.open()
        var saved = 0
        var failure: ShelfError?
        while failure == nil, saved < 2000 {
          var bookmark = fullBookmark(UInt64(saved))
          bookmark.note = [UInt8](repeating: 0x6E, count: 700)
          do throws(ShelfError) {
            try shelf.save(bookmark: bookmark)
            saved += 1
          } catch { failure = error }
        }
        guard case .diskFull? = failure else {
          Issue.record("\(String(describing: failure)) after \(saved)")
          return
        }
        #expect(saved > 10)
        // The failed one is nowhere, all others are, in this process and after opening again.
        #expect(try shelf.contents().bookmarks.count == saved)
        #expect(shelf.checkIntegrity() == [])
        #expect(try scratch.open().contents().bookmarks.count == saved)
        // With room again, saving goes on.
        #expect(unsafe system("mount -o remount,size=4m '\(scratch.file("."))'") == 0)
        try shelf.setStar(key(9999), discussion: key(9), true, at: 1)
        #expect(try scratch.open().contents().bookmarks.count == saved + 1)
      }
    }
  }

  @Test func aFolderThatCannotBeMadeGivesAnEmptyShelf() throws {
    let scratch = Scratch([0x2F, 0x78])
    _ = unsafe system("touch '\(scratch.text)/data'")
    let shelf = try scratch.open()
    #expect(shelf.refusal == .system(path: scratch.path, operation: "open", code: ENOTDIR))
    #expect(shelf.notices.count == 1)
    #expect(try shelf.contents() == ShelfContents())
    #expect(throws: ShelfError.self) { try shelf.addHistory(utf8("q")) }
    #expect(throws: ShelfError.badPath([])) { try Shelf(folder: []) }
    #expect(throws: ShelfError.badPath([0x2F, 0])) { try Shelf(folder: [0x2F, 0]) }
  }

  private let later = Schema(
    steps: Schema.current.steps + ["ALTER TABLE position ADD COLUMN part INTEGER NOT NULL DEFAULT 0"])

  @Test func aLaterVersionIsReadOnly() throws {
    let scratch = Scratch()
    try fill(try scratch.open(schema: later))
    let shelf = try scratch.open()
    #expect(shelf.notices == [.newerVersion(found: 3, known: 2)])
    #expect(try shelf.contents().bookmarks.count == 3)
    #expect(try shelf.contents().positions.count == 1)
    #expect(throws: ShelfError.newerVersion(path: scratch.path, found: 3, known: 2)) {
      try shelf.setStar(key(9), discussion: key(9), true, at: 1)
    }
    #expect(try scratch.open(schema: later).refusal == nil)
  }

  @Test func aStepIsTakenAfterABackup() throws {
    let scratch = Scratch()
    try fill(try scratch.open())
    let before = try scratch.open().contents()
    let shelf = try scratch.open(schema: later)
    #expect(try shelf.contents() == before)
    #expect(scratch.names().contains("before-step-3-20231114-221320.sqlite"))
    scratch.remove(Connection.name)
    scratch.remove(Journal.name)
    #expect(try scratch.open(schema: later).contents() == before)
  }

  /// A database as version 1 left it, made by its own frozen SQL: never change this text.
  @Test func aDatabaseOfVersionOneOpens() throws {
    let scratch = Scratch()
    _ = try Folder(path: scratch.path)
    try scratch.execute(versionOne)
    let shelf = try scratch.open()
    #expect(shelf.refusal == nil)
    let contents = try shelf.contents()
    #expect(
      contents.bookmarks == [
        Bookmark(
          key: EntryKey(high: 1, low: 2), discussion: EntryKey(high: 3, low: 4), isStarred: true,
          note: utf8("note"), tags: [utf8("tag")], colour: 5, createdAt: 10, changedAt: 20,
          copy: BookmarkCopy(
            title: utf8("title"), date: Timestamp(seconds: 86_400, precision: .day),
            sources: [utf8("/a")], text: utf8("text")))
      ])
    #expect(contents.history == [utf8("fund")])
    #expect(contents.read == [EntryKey(high: 3, low: 4): [EntryKey(high: 1, low: 2)]])
    #expect(shelf.checkIntegrity() == [])
  }

  private let versionOne = """
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('v1');
    CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), journal_id INTEGER NOT NULL,
      journal_bytes INTEGER NOT NULL) STRICT;
    INSERT INTO state VALUES (1, 77, 4000);
    CREATE TABLE bookmark (id INTEGER PRIMARY KEY, key BLOB NOT NULL CHECK (length(key) = 16),
      whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
      discussion BLOB NOT NULL CHECK (length(discussion) = 16),
      starred INTEGER NOT NULL CHECK (starred IN (0, 1)),
      note BLOB NOT NULL CHECK (length(note) <= 1048576),
      colour INTEGER CHECK (colour BETWEEN 0 AND 255), created INTEGER NOT NULL,
      changed INTEGER NOT NULL, quote_exact BLOB, quote_prefix BLOB, quote_suffix BLOB,
      title BLOB NOT NULL, author BLOB, date_seconds INTEGER, date_precision INTEGER,
      date_zone INTEGER, text BLOB NOT NULL, UNIQUE (key, whole)) STRICT;
    INSERT INTO bookmark VALUES (1, x'00000000000000010000000000000002', 0,
      x'00000000000000030000000000000004', 1, CAST('note' AS BLOB), 5, 10, 20, NULL, NULL, NULL,
      CAST('title' AS BLOB), NULL, 86400, 3, NULL, CAST('text' AS BLOB));
    CREATE TABLE list (bookmark INTEGER NOT NULL REFERENCES bookmark (id) ON DELETE CASCADE,
      kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2), place INTEGER NOT NULL,
      value BLOB NOT NULL, PRIMARY KEY (bookmark, kind, place)) STRICT, WITHOUT ROWID;
    INSERT INTO list VALUES (1, 0, 0, CAST('tag' AS BLOB)), (1, 1, 0, CAST('/a' AS BLOB));
    CREATE TABLE read (discussion BLOB NOT NULL CHECK (length(discussion) = 16),
      entry BLOB NOT NULL CHECK (length(entry) = 16), PRIMARY KEY (discussion, entry))
      STRICT, WITHOUT ROWID;
    INSERT INTO read VALUES (x'00000000000000030000000000000004', x'00000000000000010000000000000002');
    CREATE TABLE position (discussion BLOB PRIMARY KEY CHECK (length(discussion) = 16),
      entry BLOB NOT NULL CHECK (length(entry) = 16), byte INTEGER NOT NULL,
      kept_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE history (place INTEGER PRIMARY KEY AUTOINCREMENT, query BLOB NOT NULL UNIQUE) STRICT;
    INSERT INTO history (query) VALUES (CAST('fund' AS BLOB));
    PRAGMA user_version = 1;
    PRAGMA application_id = 1279607636;
    """
}

/// Whether this process may mount a small file system of its own.
let canMount: Bool = {
  guard geteuid() == 0 else { return false }
  let scratch = Scratch()
  guard (try? Folder(path: scratch.path)) != nil else { return false }
  let place = scratch.file(".")
  guard unsafe system("mount -t tmpfs -o size=64k none '\(place)' 2>/dev/null") == 0 else { return false }
  return unsafe system("umount '\(place)'") == 0
}()

/// Mounts over the folder by a command, and takes it away afterwards.
func withMount(_ scratch: Scratch, _ command: String, _ body: () throws -> Void) throws {
  try #require(unsafe system(command) == 0)
  defer { _ = unsafe system("umount -l '\(scratch.file("."))'") }
  try body()
}

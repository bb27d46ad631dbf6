internal import Bytes
public import Discussion
internal import GRDB
internal import Glibc

/// The reader's own things: stars, bookmarks with notes and tags, what is read, where each discussion
/// was left, and past queries.
///
/// When a saving call returns, what it saved is on the disk twice, in `shelf.sqlite` and in
/// `journal.jsonl`, and outlives a crash, a kill and a power cut. When it throws, nothing has changed.
/// Several processes may use one folder at a time. An object is for one thread at a time; a saving call
/// takes as long as the disk's flush, tens of milliseconds, and up to five seconds when another process
/// is busy.
public final class Shelf {
  private var opening: Opening
  private let schema: Schema
  private let clock: () -> Int64
  private let folderPath: [UInt8]
  /// Seconds to wait for another process.
  private let patience: Double
  private var backedUpDay = ""

  /// What should be told to the reader; grows when a later call repairs something.
  public private(set) var notices: [ShelfNotice]

  /// Opens the shelf in a folder and repairs what is damaged.
  ///
  /// It nearly always succeeds: where nothing can be saved (a read-only folder, a newer database), it
  /// opens for reading, `refusal` says why and a notice tells.
  /// - Throws: `badPath`, and `database` when not even an empty database in memory can be made.
  /// - Complexity: O(bytes of the database), for it is checked.
  public convenience init(folder: [UInt8]) throws(ShelfError) {
    try self.init(folder: folder, schema: .current, clock: { Int64(time(nil)) })
  }

  init(
    folder: [UInt8], schema: Schema, clock: @escaping () -> Int64, patience: Double = Opening.patience
  ) throws(ShelfError) {
    opening = try Opening.open(path: folder, schema: schema, now: clock(), patience: patience)
    self.patience = patience
    notices = opening.notices
    folderPath = folder
    self.schema = schema
    self.clock = clock
  }

  /// Whether anything was ever kept in a folder.
  public static func exists(in folder: [UInt8]) -> Bool {
    PathName(folder).appending(Array(Connection.name.utf8)).exists
  }

  /// Why nothing can be saved; nil when all is well. Saving calls throw this.
  public var refusal: ShelfError? { opening.refusal }

  /// Everything on the shelf, as of now: what other processes have saved is in it.
  /// - Complexity: O(what is on the shelf).
  public func contents() throws(ShelfError) -> ShelfContents {
    try read { db in try Rows.contents(db) }
  }

  /// Stars and bookmarks as of now, oldest first; ties by key, entries before discussions.
  /// - Complexity: O(bookmarks).
  public func bookmarks() throws(ShelfError) -> [Bookmark] {
    try read { db in try Rows.bookmarks(db) }
  }

  /// Past queries, the newest first, each once, at most 1000.
  public func history() throws(ShelfError) -> [[UInt8]] {
    try read { db in try Rows.history(db) }
  }

  /// The library's roots, the first added first.
  public func roots() throws(ShelfError) -> [LibraryRoot] {
    try read { db in try Rows.roots(db) }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(ShelfError) -> Value {
    do {
      return try opening.queue.read(body)
    } catch {
      throw Connection.error(error, path: folderPath)
    }
  }
}

// MARK: - Saving

extension Shelf {
  /// Gives a star to an entry or a discussion, or takes it away; other fields stay as they are.
  ///
  /// `copy` is what the source says now and replaces an older copy. A bookmark that has nothing left
  /// once the star is gone is removed.
  public func setStar(
    _ key: EntryKey, discussion: EntryKey, isDiscussion: Bool = false, _ isStarred: Bool,
    copy: BookmarkCopy? = nil, at seconds: Int64
  ) throws(ShelfError) {
    try change(
      key, discussion: discussion, isDiscussion: isDiscussion,
      BookmarkChange(isStarred: isStarred, copy: isStarred ? copy : nil), at: seconds)
  }

  /// Sets some fields of a bookmark and leaves the others as they are, also those that another process
  /// has just saved; makes the bookmark if there is none. A bookmark that has nothing left (`isBare`) is
  /// removed.
  /// - Throws: `noteTooLong`, or why it could not be saved.
  public func change(
    _ key: EntryKey, discussion: EntryKey, isDiscussion: Bool = false, _ change: BookmarkChange,
    at seconds: Int64
  ) throws(ShelfError) {
    try checkLength(change.note ?? [])
    var change = change
    change.copy?.cutText()
    let id = Bookmark.ID(key, isDiscussion: isDiscussion)
    try commit { db in
      let old = try Rows.bookmark(id, db)
      let blank = Bookmark(
        key: key, isDiscussion: isDiscussion, discussion: discussion, createdAt: seconds,
        changedAt: seconds)
      let new = change.applied(to: old ?? blank, at: seconds)
      if new.isBare { return old == nil ? nil : .removal(id) }
      return .bookmark(new)
    }
  }

  /// Keeps a bookmark as it is given, in place of what was there under its key.
  /// - Throws: `noteTooLong`, or why it could not be saved.
  public func save(bookmark: Bookmark) throws(ShelfError) {
    try checkLength(bookmark.note)
    var bookmark = bookmark
    bookmark.copy.cutText()
    try commit { _ in .bookmark(bookmark) }
  }

  /// Removes a bookmark with all that hangs on it; one that is not there is no error.
  public func removeBookmark(_ key: EntryKey, isDiscussion: Bool = false) throws(ShelfError) {
    let id = Bookmark.ID(key, isDiscussion: isDiscussion)
    try commit { db in try Rows.bookmark(id, db) == nil ? nil : .removal(id) }
  }

  /// Marks entries of one discussion read and others unread; an entry in both lists ends up unread. The
  /// caller collects marks (about 250 ms of them), for each call is one flush of the disk.
  /// - Complexity: O(`read.count` + `unread.count`), logarithmic in what is on the shelf.
  public func setRead(discussion: EntryKey, read: [EntryKey], unread: [EntryKey] = []) throws(ShelfError) {
    if read.isEmpty && unread.isEmpty { return }
    try commit { _ in .marks(discussion: discussion, read: read, unread: unread) }
  }

  /// Remembers where a discussion was left.
  public func setPosition(discussion: EntryKey, _ place: ReadingPosition) throws(ShelfError) {
    try commit { _ in .position(discussion: discussion, place) }
  }

  /// Puts a query first in the history. An empty one is left out.
  public func addHistory(_ query: [UInt8]) throws(ShelfError) {
    if query.isEmpty { return }
    try commit { db in try Rows.history(db).first == query ? nil : .query(query) }
  }

  /// Remembers a file or folder that opens when no other is named; one that is there already stays as it is.
  public func add(root: LibraryRoot) throws(ShelfError) {
    try commit { db in try Rows.roots(db).contains { $0.path == root.path } ? nil : .root(root) }
  }

  /// Forgets a root with all else as it is; one that is not there is no error.
  public func removeRoot(_ path: [UInt8]) throws(ShelfError) {
    try commit { db in try Rows.roots(db).contains { $0.path == path } ? .rootRemoval(path) : nil }
  }

  private func checkLength(_ note: [UInt8]) throws(ShelfError) {
    guard note.count <= Bookmark.noteLimit else { throw .noteTooLong(bytes: note.count) }
  }

  private func commit(_ make: (Database) throws -> Record?) throws(ShelfError) {
    if let refusal {
      guard refusal.mayPass else { throw refusal }
      try reopen()
    }
    do {
      do {
        try commitOnce(make)
      } catch  where Connection.asksForReopening(error) {
        try reopen()
        try commitOnce(make)
      }
    } catch {
      throw Connection.error(error, path: folderPath)
    }
  }

  /// Opens anew: what stood in the way may be gone, what was damaged is repaired.
  private func reopen() throws(ShelfError) {
    let old = refusal
    opening = try Opening.open(path: folderPath, schema: schema, now: clock(), patience: patience)
    if opening.refusal == nil || opening.refusal != old { notices += opening.notices }
    if let refusal { throw refusal }
  }

  private func commitOnce(_ make: (Database) throws -> Record?) throws {
    guard let lock = opening.lock, let folder = opening.folder else {
      throw ShelfError.readOnly(path: folderPath)
    }
    try lock.lock(seconds: patience)
    defer { lock.unlock() }
    let balance = Balance(queue: opening.queue, journal: Journal(folder: folder))
    notices += try balance.restore(replayAll: false, moment: FileStamp.moment(clock()))
    backUp(folder)
    try balance.commit(make)
  }

  /// The day's backup, before the first thing saved that day. Its failure does not keep anything from
  /// being saved.
  private func backUp(_ folder: Folder) {
    let day = FileStamp.day(clock())
    guard day != backedUpDay else { return }
    backedUpDay = day
    do {
      let isEmpty = try read { db in
        try Connection.number(
          db,
          """
          SELECT NOT (EXISTS (SELECT 1 FROM bookmark) OR EXISTS (SELECT 1 FROM read)
            OR EXISTS (SELECT 1 FROM position) OR EXISTS (SELECT 1 FROM root))
          """) == 1
      }
      if !isEmpty { try Backups(folder: folder).makeDaily(of: opening.queue, day: day) }
    } catch {
      notices.append(.backupFailed(error: Connection.error(error, path: folderPath)))
    }
  }
}

// MARK: - Checking

extension Shelf {
  /// What is wrong with the shelf, one line each; empty when all is well. SQLite checks every page and
  /// reference, the journal is replayed and compared.
  /// - Complexity: O(bytes of database and journal).
  public func checkIntegrity() -> [String] {
    do {
      var problems: [String] = []
      let (pages, references, durability) = try opening.queue.read { db in
        (
          try Connection.strings(db, "PRAGMA integrity_check"),
          try Connection.strings(db, "PRAGMA foreign_key_check"), try Connection.durability(db)
        )
      }
      if pages != ["ok"] { problems += pages.map { "database: \($0)" } }
      problems += references.map { "database: a row of \($0) refers to nothing" }
      guard let folder = opening.folder, let lock = opening.lock else { return problems }
      if durability.journalMode != "truncate" || durability.synchronous != 3 {
        problems.append(
          "database: journal_mode \(durability.journalMode), synchronous \(durability.synchronous)")
      }
      try lock.lock(seconds: patience)
      defer { lock.unlock() }
      return problems + (try checkJournal(Journal(folder: folder)))
    } catch {
      return ["\(Connection.error(error, path: folderPath))"]
    }
  }

  private func checkJournal(_ journal: Journal) throws -> [String] {
    let reading = try journal.read()
    var problems: [String] = []
    if reading.damaged > 0 { problems.append("journal: \(reading.damaged) damaged records") }
    let copy = try Opening.copyInMemory(of: reading.records, schema: schema)
    if try copy.read({ db in try Rows.contents(db) }) != contents() {
      problems.append("journal: does not say what the database holds")
    }
    return problems
  }

  /// How SQLite commits: the journal mode and the level of `synchronous` (3 is EXTRA).
  func durability() throws -> (journalMode: String, synchronous: Int64) {
    try opening.queue.read { db in try Connection.durability(db) }
  }
}

extension BookmarkCopy {
  /// Cuts the text to the limit, before the scalar that would cross it.
  mutating func cutText() {
    guard text.count > BookmarkCopy.textLimit else { return }
    var end = BookmarkCopy.textLimit
    while end > 0, text[end] & 0xC0 == 0x80, BookmarkCopy.textLimit - end < 4 { end -= 1 }
    text.removeLast(text.count - end)
  }
}

internal import Discussion
internal import FoundationEssentials
internal import GRDB

/// Records in and out of the tables: all the SQL of the shelf's contents.
///
/// Values are read through `DatabaseValue`, never through GRDB's typed subscripts, which trap on a value
/// of another type: a database file is input.
enum Rows {
  /// How many queries the history keeps.
  static let historyLimit = 1000

  /// The lists of a bookmark in the table `list`.
  private enum ListKind: Int, CaseIterable {
    case tag = 0
    case source, ancestor

    var field: WritableKeyPath<Bookmark, [[UInt8]]> {
      switch self {
      case .tag: \.tags
      case .source: \.copy.sources
      case .ancestor: \.copy.ancestors
      }
    }
  }

  /// Makes the tables say what the record says.
  static func apply(_ record: Record, _ db: Database) throws {
    switch record {
    case .bookmark(let bookmark): try put(bookmark, db)
    case .removal(let id): try remove(id, db)
    case .marks(let discussion, let read, let unread):
      let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO read (discussion, entry) VALUES (?, ?)")
      for entry in read { try insert.execute(arguments: [discussion.blob, entry.blob]) }
      let delete = try db.cachedStatement(sql: "DELETE FROM read WHERE discussion = ? AND entry = ?")
      for entry in unread { try delete.execute(arguments: [discussion.blob, entry.blob]) }
      let keep = try db.cachedStatement(sql: "INSERT OR IGNORE INTO unread (discussion, entry) VALUES (?, ?)")
      for entry in unread { try keep.execute(arguments: [discussion.blob, entry.blob]) }
      let forget = try db.cachedStatement(sql: "DELETE FROM unread WHERE discussion = ? AND entry = ?")
      let left = Set(unread)
      for entry in read where !left.contains(entry) {
        try forget.execute(arguments: [discussion.blob, entry.blob])
      }
    case .root(let root):
      try db.execute(
        sql: "INSERT OR REPLACE INTO root (path, added) VALUES (?, ?)",
        arguments: [blob(root.path), root.addedAt])
    case .rootRemoval(let path):
      try db.execute(sql: "DELETE FROM root WHERE path = ?", arguments: [blob(path)])
    case .position(let discussion, let place):
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO position (discussion, entry, byte, kept_at) VALUES (?, ?, ?, ?)"
      )
      .execute(arguments: [discussion.blob, place.entry.blob, place.byte, place.keptAt])
    case .query(let query):
      try db.execute(sql: "DELETE FROM history WHERE query = ?", arguments: [blob(query)])
      try db.execute(sql: "INSERT INTO history (query) VALUES (?)", arguments: [blob(query)])
      try db.execute(
        sql: """
          DELETE FROM history WHERE place <=
            (SELECT place FROM history ORDER BY place DESC LIMIT 1 OFFSET ?)
          """, arguments: [historyLimit])
    }
  }

  private static func remove(_ id: Bookmark.ID, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM bookmark WHERE key = ? AND whole = ?",
      arguments: [id.key.blob, id.isDiscussion])
  }

  private static func put(_ bookmark: Bookmark, _ db: Database) throws {
    try remove(bookmark.id, db)
    let copy = bookmark.copy
    let row: [(any DatabaseValueConvertible)?] = [
      bookmark.key.blob, bookmark.isDiscussion, bookmark.discussion.blob, bookmark.isStarred,
      blob(bookmark.note), bookmark.colour.map { Int64($0) }, bookmark.createdAt, bookmark.changedAt,
      bookmark.quote.map { blob($0.exact) }, bookmark.quote.map { blob($0.prefix) },
      bookmark.quote.map { blob($0.suffix) }, blob(copy.title), copy.author.map { blob($0) },
      copy.date?.seconds, copy.date.map { Int64($0.precision.rawValue) },
      copy.date?.zoneMinutes.map { Int64($0) }, blob(copy.text),
    ]
    try db.cachedStatement(
      sql: """
        INSERT INTO bookmark (key, whole, discussion, starred, note, colour, created, changed,
          quote_exact, quote_prefix, quote_suffix, title, author, date_seconds, date_precision,
          date_zone, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: StatementArguments(row))
    let id = db.lastInsertedRowID
    let insert = try db.cachedStatement(
      sql: "INSERT INTO list (bookmark, kind, place, value) VALUES (?, ?, ?, ?)")
    for kind in ListKind.allCases {
      for (place, value) in bookmark[keyPath: kind.field].enumerated() {
        try insert.execute(arguments: [id, kind.rawValue, place, blob(value)])
      }
    }
  }
}

// MARK: - Reading

extension Rows {
  private static let columns = """
    SELECT id, key, whole, discussion, starred, note, colour, created, changed, quote_exact,
      quote_prefix, quote_suffix, title, author, date_seconds, date_precision, date_zone, text
    FROM bookmark
    """

  /// All bookmarks, oldest first.
  static func bookmarks(_ db: Database) throws -> [Bookmark] {
    try bookmarks(Row.fetchCursor(db, sql: columns + " ORDER BY created, key, whole"), db)
  }

  /// Everything, for one read transaction.
  static func contents(_ db: Database) throws -> ShelfContents {
    var contents = ShelfContents()
    contents.bookmarks = try bookmarks(db)
    contents.read = try entries(Row.fetchCursor(db, sql: "SELECT discussion, entry FROM read"))
    // A database that cannot be written may be of an earlier version.
    if try db.tableExists("unread") {
      contents.unread = try entries(Row.fetchCursor(db, sql: "SELECT discussion, entry FROM unread"))
    }
    contents.roots = try roots(db)
    let positions = try Row.fetchCursor(db, sql: "SELECT discussion, entry, byte, kept_at FROM position")
    while let row = try positions.next() {
      guard let discussion = key(row, 0), let entry = key(row, 1), let byte = integer(row, 2),
        let keptAt = integer(row, 3)
      else {
        continue
      }
      contents.positions[discussion] = ReadingPosition(
        entry: entry, byte: Int(byte), keptAt: keptAt)
    }
    contents.history = try history(db)
    return contents
  }

  /// Entries by discussion, of rows sorted by it.
  private static func entries(_ rows: RowCursor) throws -> [EntryKey: Set<EntryKey>] {
    var found: [EntryKey: Set<EntryKey>] = [:]
    var current: (key: EntryKey, entries: Set<EntryKey>)?
    while let row = try rows.next() {
      guard let discussion = key(row, 0), let entry = key(row, 1) else { continue }
      if current?.key != discussion {
        if let current { found[current.key] = current.entries }
        current = (discussion, [])
      }
      current?.entries.insert(entry)
    }
    if let current { found[current.key] = current.entries }
    return found
  }

  /// The first added first; ties by path.
  static func roots(_ db: Database) throws -> [LibraryRoot] {
    var roots: [LibraryRoot] = []
    guard try db.tableExists("root") else { return roots }
    let rows = try Row.fetchCursor(db, sql: "SELECT path, added FROM root ORDER BY added, path")
    while let row = try rows.next() {
      if let path = bytes(row, 0), let added = integer(row, 1) {
        roots.append(LibraryRoot(path: path, addedAt: added))
      }
    }
    return roots
  }

  /// The newest first.
  static func history(_ db: Database) throws -> [[UInt8]] {
    var queries: [[UInt8]] = []
    let rows = try Row.fetchCursor(db, sql: "SELECT query FROM history ORDER BY place DESC")
    while let row = try rows.next() {
      if let query = bytes(row, 0) { queries.append(query) }
    }
    return queries
  }

  static func bookmark(_ id: Bookmark.ID, _ db: Database) throws -> Bookmark? {
    let rows = try Row.fetchCursor(
      db, sql: columns + " WHERE key = ? AND whole = ?", arguments: [id.key.blob, id.isDiscussion])
    return try bookmarks(rows, db).first
  }

  private static func bookmarks(_ rows: RowCursor, _ db: Database) throws -> [Bookmark] {
    var bookmarks: [Bookmark] = []
    let lists = try db.cachedStatement(
      sql: "SELECT kind, value FROM list WHERE bookmark = ? ORDER BY kind, place")
    while let row = try rows.next() {
      guard let id = integer(row, 0), var bookmark = bookmark(row) else { continue }
      let values = try Row.fetchCursor(lists, arguments: [id])
      while let value = try values.next() {
        guard let number = integer(value, 0), let kind = ListKind(rawValue: Int(number)),
          let bytes = bytes(value, 1)
        else { continue }
        bookmark[keyPath: kind.field].append(bytes)
      }
      bookmarks.append(bookmark)
    }
    return bookmarks
  }

  private static func bookmark(_ row: Row) -> Bookmark? {
    guard let key = Rows.key(row, 1), let discussion = Rows.key(row, 3), let created = integer(row, 7),
      let changed = integer(row, 8)
    else { return nil }
    var bookmark = Bookmark(
      key: key, isDiscussion: integer(row, 2) == 1, discussion: discussion,
      isStarred: integer(row, 4) == 1, note: bytes(row, 5) ?? [],
      colour: integer(row, 6).flatMap { UInt8(exactly: $0) }, createdAt: created, changedAt: changed)
    if let exact = bytes(row, 9), let prefix = bytes(row, 10), let suffix = bytes(row, 11) {
      bookmark.quote = QuoteSelector(exact: exact, prefix: prefix, suffix: suffix)
    }
    bookmark.copy.title = bytes(row, 12) ?? []
    bookmark.copy.author = bytes(row, 13)
    if let seconds = integer(row, 14), let precision = integer(row, 15) {
      bookmark.copy.date = Timestamp(
        seconds: seconds, precision: precision, zoneMinutes: integer(row, 16))
    }
    bookmark.copy.text = bytes(row, 17) ?? []
    return bookmark
  }

  /// All that the tables hold, as records that make an empty database equal.
  static func records(_ db: Database) throws -> [Record] {
    let contents = try contents(db)
    var records = contents.bookmarks.map { Record.bookmark($0) }
    for (discussion, entries) in contents.read.sorted(by: { $0.key < $1.key }) {
      let sorted = entries.sorted()
      for start in stride(from: 0, to: sorted.count, by: 4096) {
        records.append(
          .marks(
            discussion: discussion, read: Array(sorted[start..<min(start + 4096, sorted.count)]),
            unread: []))
      }
    }
    for (discussion, entries) in contents.unread.sorted(by: { $0.key < $1.key }) {
      records.append(.marks(discussion: discussion, read: [], unread: entries.sorted()))
    }
    records += contents.roots.map { .root($0) }
    for (discussion, place) in contents.positions.sorted(by: { $0.key < $1.key }) {
      records.append(.position(discussion: discussion, place))
    }
    return records + contents.history.reversed().map { .query($0) }
  }
}

// MARK: - How far the journal is in

extension Rows {
  /// The journal's id (0 for none yet) and the bytes of it that the tables have taken in.
  static func journalState(_ db: Database) throws -> (identity: UInt64, size: Int) {
    guard let row = try Row.fetchOne(db, sql: "SELECT journal_id, journal_bytes FROM state"),
      let identity = integer(row, 0).flatMap({ UInt64(exactly: $0) }), let size = integer(row, 1)
    else { return (0, 0) }
    return (identity, Int(size))
  }

  static func setJournalState(identity: UInt64, size: Int, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO state (one, journal_id, journal_bytes) VALUES (1, ?, ?)",
      arguments: [Int64(clamping: identity), size])
  }
}

// MARK: - Values

extension Rows {
  static func blob(_ bytes: [UInt8]) -> Data { Data(bytes) }

  static func integer(_ row: Row, _ column: Int) -> Int64? {
    if case .int64(let number) = (row[column] as DatabaseValue).storage { number } else { nil }
  }

  static func bytes(_ row: Row, _ column: Int) -> [UInt8]? {
    if case .blob(let data) = (row[column] as DatabaseValue).storage { Array(data) } else { nil }
  }

  static func key(_ row: Row, _ column: Int) -> EntryKey? {
    guard case .blob(let data) = (row[column] as DatabaseValue).storage else { return nil }
    return EntryKey(bytes: data)
  }
}

extension EntryKey {
  fileprivate var blob: Data { Data(bytes) }
}

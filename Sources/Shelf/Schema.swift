internal import GRDB

/// The database's shape, as steps that are only ever appended.
///
/// `user_version` counts the steps taken; a database that counts more than are known here is of a later
/// version and is read only. A later step may add tables and columns, never take them away, so that an
/// older program can still read.
struct Schema: Sendable {
  /// `LECT`, in `PRAGMA application_id`.
  static let applicationID: Int64 = 0x4C45_4354

  /// The SQL of each step, in order.
  var steps: [String]

  /// The shape that this program knows.
  static let current = Schema(steps: [first, second])

  var version: Int { steps.count }

  /// Takes the missing steps.
  func migrate(_ queue: DatabaseQueue) throws {
    var migrator = DatabaseMigrator()
    for (position, step) in steps.enumerated() {
      migrator.registerMigration("v\(position + 1)") { db in
        try db.execute(sql: step)
        try db.execute(sql: "PRAGMA user_version = \(position + 1)")
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
    }
    try migrator.migrate(queue)
  }

  /// Keys are 16 bytes, the highest first; text is BLOB, for sources hold any bytes.
  private static let first = """
    CREATE TABLE state (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      journal_id INTEGER NOT NULL,
      journal_bytes INTEGER NOT NULL
    ) STRICT;
    INSERT INTO state VALUES (1, 0, 0);
    CREATE TABLE bookmark (
      id INTEGER PRIMARY KEY,
      key BLOB NOT NULL CHECK (length(key) = 16),
      whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
      discussion BLOB NOT NULL CHECK (length(discussion) = 16),
      starred INTEGER NOT NULL CHECK (starred IN (0, 1)),
      note BLOB NOT NULL CHECK (length(note) <= 1048576),
      colour INTEGER CHECK (colour BETWEEN 0 AND 255),
      created INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      quote_exact BLOB, quote_prefix BLOB, quote_suffix BLOB,
      title BLOB NOT NULL,
      author BLOB,
      date_seconds INTEGER, date_precision INTEGER, date_zone INTEGER,
      text BLOB NOT NULL,
      UNIQUE (key, whole)
    ) STRICT;
    CREATE TABLE list (
      bookmark INTEGER NOT NULL REFERENCES bookmark (id) ON DELETE CASCADE,
      kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
      place INTEGER NOT NULL,
      value BLOB NOT NULL,
      PRIMARY KEY (bookmark, kind, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE read (
      discussion BLOB NOT NULL CHECK (length(discussion) = 16),
      entry BLOB NOT NULL CHECK (length(entry) = 16),
      PRIMARY KEY (discussion, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE position (
      discussion BLOB PRIMARY KEY CHECK (length(discussion) = 16),
      entry BLOB NOT NULL CHECK (length(entry) = 16),
      byte INTEGER NOT NULL,
      kept_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE history (
      place INTEGER PRIMARY KEY AUTOINCREMENT,
      query BLOB NOT NULL UNIQUE
    ) STRICT;
    """

  /// What was marked unread, for much counts as read without having been marked; and the library's roots.
  private static let second = """
    CREATE TABLE unread (
      discussion BLOB NOT NULL CHECK (length(discussion) = 16),
      entry BLOB NOT NULL CHECK (length(entry) = 16),
      PRIMARY KEY (discussion, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE root (
      path BLOB PRIMARY KEY,
      added INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}

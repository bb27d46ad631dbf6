internal import GRDB

/// How the database is opened, and what its failures mean.
enum Connection {
  static let name = "shelf.sqlite"

  /// What a database turned out to be.
  enum Finding {
    case sound(DatabaseQueue, version: Int)
    case newer(Int)
    case damaged(String)
  }

  static func configuration(readOnly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.label = "shelf"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// Opens the file and looks it over with `quick_check`. Failures that are not the file's fault, such
  /// as a lock, are thrown.
  static func examine(_ path: String, knownVersion: Int) throws -> Finding {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration())
      let (problems, version, application, tables) = try queue.read { db in
        (
          try strings(db, "PRAGMA quick_check(10)"), try number(db, "PRAGMA user_version"),
          try number(db, "PRAGMA application_id"), try number(db, "SELECT count(*) FROM sqlite_schema")
        )
      }
      if problems != ["ok"] { return .damaged(problems.joined(separator: "; ")) }
      if tables > 0, application != Schema.applicationID { return .damaged("not a shelf database") }
      if version > knownVersion { return .newer(Int(version)) }
      return .sound(queue, version: Int(version))
    } catch let error as DatabaseError where isDamage(error) {
      return .damaged(error.message ?? "\(error.resultCode)")
    }
  }

  /// Whether opening anew may help: the file is damaged, or another process has moved it aside.
  static func asksForReopening(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    return isDamage(error) || error.extendedResultCode == .SQLITE_READONLY_DBMOVED
  }

  static func isDamage(_ error: DatabaseError) -> Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
  }

  /// Asks for the safest way of committing and reads back whether SQLite took it.
  static func makeDurable(_ queue: DatabaseQueue) throws {
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = TRUNCATE")
      try db.execute(sql: "PRAGMA synchronous = EXTRA")
      let settings = try durability(db)
      guard settings.journalMode == "truncate", settings.synchronous == 3 else {
        throw DatabaseError(
          resultCode: .SQLITE_ERROR,
          message: "SQLite refused: journal_mode \(settings.journalMode), synchronous \(settings.synchronous)"
        )
      }
    }
  }

  static func durability(_ db: Database) throws -> (journalMode: String, synchronous: Int64) {
    (
      try strings(db, "PRAGMA journal_mode").first ?? "", try number(db, "PRAGMA synchronous")
    )
  }

  /// The first column as text, whatever its type.
  static func strings(_ db: Database, _ sql: String) throws -> [String] {
    var strings: [String] = []
    let rows = try Row.fetchCursor(db, sql: sql)
    while let row = try rows.next() {
      if case .string(let text) = (row[0] as DatabaseValue).storage { strings.append(text) }
    }
    return strings
  }

  static func number(_ db: Database, _ sql: String) throws -> Int64 {
    guard let row = try Row.fetchOne(db, sql: sql) else { return 0 }
    return Rows.integer(row, 0) ?? 0
  }

  /// Any failure as the room's own.
  static func error(_ error: any Error, path: [UInt8]) -> ShelfError {
    if let error = error as? ShelfError { return error }
    guard let error = error as? DatabaseError else {
      return .database(path: path, code: -1, detail: "\(error)")
    }
    let detail = error.message ?? "\(error.resultCode)"
    return switch error.resultCode {
    case .SQLITE_FULL: .diskFull(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(path: path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, detail: detail)
    default: .database(path: path, code: error.extendedResultCode.rawValue, detail: detail)
    }
  }
}

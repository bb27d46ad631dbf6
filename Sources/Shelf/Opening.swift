internal import GRDB
internal import Glibc

/// An open shelf before it has become a `Shelf`: finding, repairing and bringing into step what is in
/// the folder.
struct Opening {
  static let lockName = "shelf.lock"
  /// Seconds to wait for another process.
  static let patience = 5.0

  var queue: DatabaseQueue
  /// Nil when the folder cannot be used at all.
  var folder: Folder?
  var lock: File?
  /// Why nothing can be saved, if so.
  var refusal: ShelfError?
  var notices: [ShelfNotice] = []

  /// Opens for writing, else for reading, else what the journal says, else an empty shelf.
  static func open(
    path: [UInt8], schema: Schema, now: Int64, patience: Double = Opening.patience
  ) throws(ShelfError) -> Opening {
    do {
      let folder: Folder
      do throws(ShelfError) {
        folder = try Folder(path: path)
      } catch .badPath(let path) {
        throw ShelfError.badPath(path)
      } catch {
        return try inMemory(journal: nil, schema: schema, refusal: error)
      }
      do {
        return try writable(folder, schema: schema, now: now, patience: patience)
      } catch {
        var refusal = Connection.error(error, path: path)
        if case .readOnly = refusal { refusal = .readOnly(path: path) }
        return try readOnly(folder, schema: schema, refusal: refusal)
      }
    } catch {
      throw Connection.error(error, path: path)
    }
  }

  private static func readOnly(
    _ folder: Folder, schema: Schema, refusal: ShelfError
  ) throws -> Opening {
    if case .file? = folder.kind(of: Connection.name), folder.size(of: Connection.name) != 0 {
      if let queue = try? DatabaseQueue(
        path: folder.path(of: Connection.name),
        configuration: Connection.configuration(readOnly: true)),
        (try? queue.read({ db in try Rows.contents(db) })) != nil
      {
        return Opening(queue: queue, refusal: refusal, notices: [notice(refusal)])
      }
    }
    return try inMemory(journal: Journal(folder: folder), schema: schema, refusal: refusal)
  }

  private static func inMemory(
    journal: Journal?, schema: Schema, refusal: ShelfError
  ) throws -> Opening {
    let queue = try copyInMemory(of: (try? journal?.read())?.records ?? [], schema: schema)
    return Opening(queue: queue, refusal: refusal, notices: [notice(refusal)])
  }

  /// A database in memory that holds what the records say.
  static func copyInMemory(of records: [Record], schema: Schema) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(configuration: Connection.configuration())
    try schema.migrate(queue)
    try queue.write { db in
      for record in records { try Rows.apply(record, db) }
    }
    return queue
  }

  private static func notice(_ refusal: ShelfError) -> ShelfNotice {
    switch refusal {
    case .readOnly(let path): .readOnly(path: path)
    case .newerVersion(_, let found, let known): .newerVersion(found: found, known: known)
    default: .unavailable(error: refusal)
    }
  }
}

// MARK: - Opening for writing

extension Opening {
  private static func writable(
    _ folder: Folder, schema: Schema, now: Int64, patience: Double
  ) throws -> Opening {
    guard let lock = try folder.open(lockName, O_RDWR | O_CREAT) else {
      throw ShelfError.readOnly(path: folder.path)
    }
    let files = [Connection.name, Journal.name].filter { folder.kind(of: $0) == .file }
    guard (["."] + files).allSatisfy(folder.canWrite) else {
      throw ShelfError.readOnly(path: folder.path)
    }
    try lock.lock(seconds: patience)
    defer { lock.unlock() }
    if case .other? = folder.kind(of: Journal.name) {
      _ = try moveAside(Journal.name, in: folder, now: now)
    }

    var finding = try examine(folder, schema: schema)
    if case .newer(let found)? = finding {
      throw ShelfError.newerVersion(path: folder.path, found: found, known: schema.version)
    }
    if case .sound(let queue, let version)? = finding {
      do {
        let notices = try prepare(queue, version, folder, schema, replayAll: false, now)
        return Opening(queue: queue, folder: folder, lock: lock, notices: notices)
      } catch let error as DatabaseError
        where Connection.isDamage(error) || error.resultCode == .SQLITE_ERROR
      {
        finding = .damaged(error.message ?? "\(error.resultCode)")
      }
    }
    var opening = try rebuilt(folder, finding, schema: schema, now: now)
    opening.lock = lock
    return opening
  }

  /// Nil when there is no database, or one without a byte.
  private static func examine(_ folder: Folder, schema: Schema) throws -> Connection.Finding? {
    switch folder.kind(of: Connection.name) {
    case nil: return nil
    case .other?: return .damaged("not a file")
    case .file?:
      guard folder.size(of: Connection.name) != 0 else { return nil }
      return try Connection.examine(
        folder.path(of: Connection.name), knownVersion: schema.version)
    }
  }

  /// Brings an open database to the newest shape and into step with the journal.
  private static func prepare(
    _ queue: DatabaseQueue, _ version: Int, _ folder: Folder, _ schema: Schema, replayAll: Bool,
    _ now: Int64
  ) throws -> [ShelfNotice] {
    if version > 0, version < schema.version {
      try Backups(folder: folder).make(
        beforeStep: version + 1, of: queue, moment: FileStamp.moment(now))
    }
    try Connection.makeDurable(queue)
    try schema.migrate(queue)
    let balance = Balance(queue: queue, journal: Journal(folder: folder))
    let notices = try balance.restore(replayAll: replayAll, moment: FileStamp.moment(now))
    try balance.shortenIfLong(databaseSize: folder.size(of: Connection.name) ?? 0)
    return notices
  }

  /// Moves what is there aside and makes the database anew: from the journal alone when that is whole,
  /// else from the newest sound backup and what the journal still says.
  private static func rebuilt(
    _ folder: Folder, _ finding: Connection.Finding?, schema: Schema, now: Int64
  ) throws -> Opening {
    let journal = Journal(folder: folder)
    let backups = Backups(folder: folder)
    let existed = folder.kind(of: Connection.name) != nil
    let isFresh = finding == nil && journal.size() == 0 && backups.isEmpty
    var movedAside: String?
    if existed, !isFresh {
      movedAside = try moveAside(Connection.name, in: folder, now: now)
    }
    for companion in ["-journal", "-wal", "-shm"] {
      let name = Connection.name + companion
      guard folder.kind(of: name) != nil else { continue }
      if let movedAside {
        try folder.rename(name, to: movedAside + companion)
      } else {
        folder.remove(name)
      }
    }
    let reading = try journal.read()
    let isWhole = try journal.identity() != nil && reading.damaged == 0
    let backup =
      isWhole || isFresh
      ? nil : try backups.restore(to: Connection.name, knownVersion: schema.version)
    try folder.makeFile(Connection.name)
    let queue = try DatabaseQueue(
      path: folder.path(of: Connection.name), configuration: Connection.configuration())
    let version = try queue.read { db in Int(try Connection.number(db, "PRAGMA user_version")) }
    _ = try prepare(queue, version, folder, schema, replayAll: true, now)
    try folder.sync()
    var opening = Opening(queue: queue, folder: folder)
    if !isFresh {
      let bookmarks = try queue.read { db in try Connection.number(db, "SELECT count(*) FROM bookmark") }
      opening.notices.append(
        .rebuilt(
          reason: reason(finding, existed: existed), movedAside: movedAside, backup: backup,
          bookmarks: Int(bookmarks), damagedRecords: reading.damaged))
    }
    return opening
  }

  private static func reason(_ finding: Connection.Finding?, existed: Bool) -> ShelfNotice.Reason {
    if case .damaged(let detail)? = finding { return .damaged(detail: detail) }
    return existed ? .empty : .missing
  }

  /// Renames to `NAME.corrupt-YYYYMMDD-HHMMSS`, with a number where that is taken.
  static func moveAside(_ name: String, in folder: Folder, now: Int64) throws -> String {
    try moveAside(name, in: folder, moment: FileStamp.moment(now))
  }

  static func moveAside(_ name: String, in folder: Folder, moment: String) throws -> String {
    let target = "\(name).corrupt-\(moment)"
    var free = target
    var number = 2
    while folder.kind(of: free) != nil {
      free = "\(target)-\(number)"
      number += 1
    }
    try folder.rename(name, to: free)
    return free
  }
}

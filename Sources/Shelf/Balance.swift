internal import GRDB

/// Database and journal kept in step. The journal is written first, inside the database's transaction;
/// the transaction records how far the journal reaches. After a crash the longer one brings up the
/// other. All of it happens under the lock of the folder.
struct Balance {
  let queue: DatabaseQueue
  let journal: Journal

  /// A journal is shortened above this many bytes, and above eight times the database.
  static let shortenAbove = 4 << 20

  /// Whether neither has anything that the other lacks.
  /// - Complexity: O(1): lengths and ids are compared, not contents.
  func isEven() throws -> Bool {
    let state = try queue.read { db in try Rows.journalState(db) }
    return try state.identity != 0 && journal.size() == state.size
      && journal.identity() == state.identity
  }

  /// Brings both into step. With `replayAll` every record of the journal is applied, whatever the
  /// database says it has taken in.
  /// - Complexity: O(bytes of the journal not taken in yet).
  func restore(replayAll: Bool, moment: String) throws -> [ShelfNotice] {
    if !replayAll, try isEven() { return [] }
    let state = try queue.read { db in try Rows.journalState(db) }
    let identity = try journal.identity()
    let size = journal.size()
    let isSame = identity != nil && identity == state.identity
    if isSame, !replayAll, size < state.size {
      try rewrite()
      return [.journalRewritten(damagedRecords: 0)]
    }
    let start = try isSame && !replayAll && journal.isLineStart(state.size) ? state.size : 0
    let reading = try journal.read(from: start)
    try queue.inTransaction(.immediate) { db in
      for record in reading.records { try Rows.apply(record, db) }
      return .commit
    }
    let isDamaged = reading.damaged > 0 || (identity == nil && size > 0)
    if isDamaged { _ = try Opening.moveAside(Journal.name, in: journal.folder, moment: moment) }
    guard let identity, !isDamaged, isSame || state.identity == 0 else {
      try rewrite()
      let isFirst = state.identity == 0 && size == 0
      return isFirst || replayAll ? [] : [.journalRewritten(damagedRecords: reading.damaged)]
    }
    if reading.end < size { try journal.cut(to: reading.end) }
    try setState(identity, reading.end)
    return reading.records.isEmpty || replayAll ? [] : [.recovered(records: reading.records.count)]
  }

  /// Writes a journal that says what the database holds and no more.
  func rewrite() throws {
    let records = try queue.read { db in try Rows.records(db) }
    let (identity, size) = try journal.rewrite(records)
    try setState(identity, size)
  }

  func shortenIfLong(databaseSize: Int) throws {
    if journal.size() > max(Balance.shortenAbove, 8 * databaseSize) { try rewrite() }
  }

  private func setState(_ identity: UInt64, _ size: Int) throws {
    try queue.inTransaction(.immediate) { db in
      try Rows.setJournalState(identity: identity, size: size, db)
      return .commit
    }
  }

  /// Takes one record into both, durably, or into neither.
  ///
  /// `make` is called inside the transaction, so that a change of one field reads what another process
  /// has just saved; it gives nil when there is nothing to do.
  func commit(_ make: (Database) throws -> Record?) throws {
    let before = journal.size()
    guard let identity = try journal.identity() else { throw ShelfError.noJournal(journal.folder.path) }
    var isAppended = false
    do {
      try queue.inTransaction(.immediate) { db in
        guard let record = try make(db) else { return .rollback }
        try Rows.apply(record, db)
        let line = Journal.line(record)
        try Rows.setJournalState(identity: identity, size: before + line.count, db)
        try journal.append(line)
        isAppended = true
        return .commit
      }
    } catch {
      if isAppended { try? journal.cut(to: before) }
      throw error
    }
  }
}

extension ShelfError {
  fileprivate static func noJournal(_ path: [UInt8]) -> ShelfError {
    .damaged(path: path, detail: "the journal went away")
  }
}

/// Why the shelf could not open or keep something. What was on it is untouched in every case.
public enum ShelfError: Error, Hashable, Sendable {
  /// Neither `XDG_DATA_HOME` nor a home folder is known.
  case noHome
  /// The folder's name holds a NUL byte or is empty.
  case badPath([UInt8])
  /// The folder or the files in it cannot be written.
  case readOnly(path: [UInt8])
  /// The database was written by a later version of the program; it is open for reading only.
  case newerVersion(path: [UInt8], found: Int, known: Int)
  /// No room left on the disk (or in the quota).
  case diskFull(path: [UInt8])
  /// Another process held the shelf for longer than five seconds.
  case busy(path: [UInt8])
  /// The database turned out to be damaged while in use; the next opening repairs it.
  case damaged(path: [UInt8], detail: String)
  /// A note of more than `Bookmark.noteLimit` bytes.
  case noteTooLong(bytes: Int)
  /// A call of the operating system failed.
  case system(path: [UInt8], operation: String, code: Int32)
  /// SQLite failed for another reason; `code` is its extended result code.
  case database(path: [UInt8], code: Int32, detail: String)
}

extension ShelfError {
  /// Whether trying again later may do.
  var mayPass: Bool {
    switch self {
    case .diskFull, .busy: true
    default: false
    }
  }
}

/// Something that the reader should be told once after opening.
public enum ShelfNotice: Hashable, Sendable {
  /// Why the database was made anew.
  public enum Reason: Hashable, Sendable {
    /// The file was gone.
    case missing
    /// The file was there, without a byte in it.
    case empty
    /// The file did not pass SQLite's check, or is no database of ours.
    case damaged(detail: String)
  }

  /// The database was made anew from the journal (and, where the journal itself was damaged, from the
  /// backup named). `movedAside` names the old file inside the folder.
  case rebuilt(
    reason: Reason, movedAside: String?, backup: String?, bookmarks: Int, damagedRecords: Int)
  /// Records were in the journal but not in the database, as after a crash; they are now.
  case recovered(records: Int)
  /// The journal was missing or damaged and has been written anew from the database.
  case journalRewritten(damagedRecords: Int)
  /// The database is from a later version: nothing can be saved.
  case newerVersion(found: Int, known: Int)
  /// The folder cannot be written: nothing can be saved.
  case readOnly(path: [UInt8])
  /// The shelf could not be used as it is; what is shown comes from the database or, failing that, from
  /// the journal, as far as they can be read. Nothing can be saved.
  case unavailable(error: ShelfError)
  /// Today's backup could not be made.
  case backupFailed(error: ShelfError)
}

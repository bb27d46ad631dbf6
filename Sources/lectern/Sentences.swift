import Archive
import Bytes
import Glibc
import Shelf
import Terminal

/// Every sentence that the program says about something that went wrong: what, where, what to do.
enum Sentences {
  /// `page.txt:12: …`: a problem with a source, in one line.
  static func line(_ problem: ArchiveProblem) -> String {
    var place = String(decoding: problem.path, as: UTF8.self)
    if let line = problem.line { place += ":\(line)" }
    if let offset = problem.byteOffset { place += " (byte \(offset))" }
    return "lectern: \(place): \(problem.message)"
  }

  static func noTerminal(_ error: TerminalError) -> String {
    switch error {
    case .notATerminal(.input): "Keys need a terminal; `lectern show` prints without one."
    case .notATerminal(.output): "The screen needs a terminal; `lectern show` prints without one."
    case .unusable(let term, .unknown):
      "The terminal type “\(term)” is unknown here, and so is xterm-256color; set TERM, or use `lectern show`."
    case .unusable(let term, .noCursorAddressing):
      "A terminal of type “\(term)” cannot place its cursor; set TERM, or use `lectern show`."
    case .unusable(let term, .refused): "ncurses cannot use the terminal type “\(term)”; try `lectern show`."
    case .system(let code): "The terminal cannot be had: \(reason(code))."
    }
  }

  /// What an option names is not known.
  static func unknown(_ what: String, _ name: String, nearest: String?) -> String {
    "“\(name)” is no \(what) that is known here." + (nearest.map { " Did you mean \($0)?" } ?? "")
  }

  // MARK: The configuration

  static let noConfigurationFolder =
    "No place for a configuration: neither XDG_CONFIG_HOME nor HOME names a folder."

  /// Why a file could not be read or written.
  static func file(_ error: FileError) -> String {
    let name = name(error.path.bytes)
    return switch error.reason {
    case .missing: "\(name) is not there."
    case .notPermitted: "\(name): permission denied."
    case .isFolder: "\(name) is a folder."
    case .notRegular, .linkedFolder, .tooDeep: "\(name) is no regular file."
    case .tooLarge(let limit): "\(name) has more than \(limit) bytes."
    case .system(let code): "\(name): \(reason(code))."
    }
  }

  static func exists(_ path: PathName) -> String {
    "\(name(path.bytes)) is there already; nothing was written."
  }

  /// Nothing is wrong with the configuration.
  static func sound(_ path: PathName?, exists: Bool) -> String {
    let name = name(path?.bytes ?? [])
    return exists
      ? "\(name): nothing is wrong."
      : "There is no \(name); the defaults hold. `lectern config --init` writes one."
  }

  static func unknownSetting(_ name: String, nearest: String?) -> String {
    "“\(name)” is no setting." + Self.nearest(nearest, to: name)
  }

  /// `measure takes a number from 20 to 400, not “wide”.`
  static func expected(_ what: String, _ name: String, found: String) -> String {
    "\(name) takes \(what), not \(found)."
  }

  /// ` Did you mean measure?`, unless nothing known is like it.
  static func nearest(_ nearest: String?, to name: String) -> String {
    guard let nearest else { return "" }
    let distance = NearestName.distance(Array(name.lowercased().utf8), Array(nearest.utf8))
    return distance <= max(1, name.utf8.count / 2) ? " Did you mean \(nearest)?" : ""
  }

  static func noKeys(_ notation: String) -> String {
    "“\(notation)” is no sequence of keys; they are written like gg, <C-d>, <A-Left>, <Space>."
  }

  static func digitKey(_ notation: String) -> String {
    "“\(notation)” cannot be bound: digits are the count in front of a command."
  }

  static func clash(_ lost: String, _ kept: String, _ command: String) -> String {
    lost == kept
      ? "“\(lost)” is bound twice; it runs \(command)."
      : "“\(lost)” cannot be typed, for “\(kept)” (\(command)) begins with it or it with that."
  }

  static func noRoot(_ path: String) -> String { "\(path) is not there; nothing was remembered." }

  static func notRemembered(_ path: String) -> String {
    "\(path) is none of the remembered roots; `lectern roots` lists them."
  }

  static let oneEntry = "The reader opens at one comment; more than one was named."

  static let noSeeds = "No path was given, and the seeds that come with lectern were not found beside it."
  static let nothingToRead = "Nothing to read was found."
  static let standardInputIsTerminal = "- reads standard input, but that is the terminal; pipe something in."

  static func shelf(_ error: ShelfError, lead: String = "Not saved") -> String {
    switch error {
    case .noHome: "Nothing can be kept: neither XDG_DATA_HOME nor HOME names a folder."
    case .badPath: "Nothing can be kept: the name of the data folder is not usable."
    case .readOnly(let path): "\(lead): \(name(path)) cannot be written."
    case .newerVersion(let path, let found, let known):
      "\(lead): \(name(path)) is of a later version of lectern (\(found), this one knows \(known))."
    case .diskFull(let path): "\(lead): no room left for \(name(path))."
    case .busy(let path): "\(lead): another program holds \(name(path)); try again."
    case .damaged(let path, let detail):
      "\(lead): \(name(path)) is damaged (\(detail)); start lectern again to repair it."
    case .noteTooLong(let bytes): "\(lead): the note has \(bytes) bytes, at most \(Bookmark.noteLimit) fit."
    case .system(let path, let operation, let code):
      "\(lead): \(operation) of \(name(path)) failed: \(reason(code))."
    case .database(let path, let code, let detail):
      "\(lead): \(name(path)): SQLite error \(code), \(detail)."
    }
  }

  static func cannotPrint(_ code: Int32) -> String { "Standard output cannot be written: \(reason(code))." }

  static func unsaved(_ count: Int) -> String {
    count == 1
      ? "One star or bookmark could not be saved." : "\(count) stars or bookmarks could not be saved."
  }

  static func notice(_ notice: ShelfNotice) -> String {
    switch notice {
    case .rebuilt(_, let movedAside, let backup, let bookmarks, _):
      "The bookmarks were damaged and have been rebuilt from the \(backup == nil ? "journal" : "backup"): \(bookmarks) bookmarks"
        + (movedAside.map { "; the old file is \($0)." } ?? ".")
    case .recovered(let records): "\(records) changes from before a crash were recovered."
    case .journalRewritten: "The journal of the bookmarks was written anew."
    case .newerVersion(let found, let known):
      "The bookmarks are of a later version of lectern (\(found), this one knows \(known)); nothing is saved."
    case .readOnly(let path): "\(name(path)) cannot be written; nothing is saved."
    case .unavailable(let error): shelf(error)
    case .backupFailed(let error): "Today's backup of the bookmarks failed. \(shelf(error))"
    }
  }

  /// The system's own words for an error number.
  private static func reason(_ code: Int32) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0).lowercased() } ?? "system error \(code)"
  }

  private static func name(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}

internal import Discussion
internal import GRDB
internal import Glibc

/// Whole copies of the database beside it: one a day, and one before each change of its shape.
struct Backups {
  /// How many are kept of each sort.
  static let kept = 7
  private static let temporary = "backup.tmp"
  private static let daily = "backup-"
  private static let beforeStep = "before-step-"
  private static let ending = ".sqlite"

  let folder: Folder

  /// Makes the copy of a day unless it is there.
  func makeDaily(of queue: DatabaseQueue, day: String) throws {
    let name = Backups.daily + day + Backups.ending
    guard folder.kind(of: name) == nil else { return }
    try make(name, of: queue)
    prune(Backups.daily)
  }

  /// Makes a copy before step `version` is taken.
  func make(beforeStep version: Int, of queue: DatabaseQueue, moment: String) throws {
    try make("\(Backups.beforeStep)\(version)-\(moment)\(Backups.ending)", of: queue)
    prune(Backups.beforeStep)
  }

  private func make(_ name: String, of queue: DatabaseQueue) throws {
    folder.remove(Backups.temporary)
    try folder.makeFile(Backups.temporary)
    defer { folder.remove(Backups.temporary) }
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "VACUUM INTO ?", arguments: [folder.path(of: Backups.temporary)])
    }
    try folder.open(Backups.temporary, O_RDWR)?.sync()
    try folder.rename(Backups.temporary, to: name)
  }

  private func prune(_ prefix: String) {
    for name in names(prefix).dropLast(Backups.kept) { folder.remove(name) }
  }

  private func names(_ prefix: String) -> [String] {
    folder.names().filter { $0.hasPrefix(prefix) && $0.hasSuffix(Backups.ending) }
  }

  var isEmpty: Bool { names(Backups.daily).isEmpty && names(Backups.beforeStep).isEmpty }

  /// Copies the newest backup that is sound to a name in the folder; gives the backup's name.
  func restore(to target: String, knownVersion: Int) throws -> String? {
    let newestFirst = names(Backups.daily).reversed() + names(Backups.beforeStep).reversed()
    for name in newestFirst {
      guard case .sound? = try? Connection.examine(folder.path(of: name), knownVersion: knownVersion),
        let source = try folder.open(name, O_RDONLY)
      else { continue }
      folder.remove(Backups.temporary)
      guard let copy = try folder.open(Backups.temporary, O_WRONLY | O_CREAT | O_EXCL) else { continue }
      var offset = 0
      while true {
        let chunk = try source.read(at: offset, count: 1 << 20)
        if chunk.isEmpty { break }
        try copy.append(chunk)
        offset += chunk.count
      }
      try copy.sync()
      try folder.rename(Backups.temporary, to: target)
      return name
    }
    return nil
  }
}

/// A moment for the names of files, UTC.
enum FileStamp {
  /// `2026-11-21`
  static func day(_ seconds: Int64) -> String {
    Timestamp(seconds: seconds, precision: .day).iso8601
  }

  /// `20261121-044233`
  static func moment(_ seconds: Int64) -> String {
    let text = Timestamp(seconds: seconds, precision: .second).iso8601
    return text.filter { $0.isNumber || $0 == "T" }.replacing("T")
  }
}

extension String {
  fileprivate func replacing(_ letter: Character) -> String {
    String(map { $0 == letter ? "-" : $0 })
  }
}

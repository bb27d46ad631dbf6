public import Bytes

/// How much the snapshots of a folder may take together. Those of roots that were not opened for longest are
/// removed when another is written: they are made again from the sources when these are opened.
public struct SnapshotLimit: Sendable {
  /// Bytes of all snapshots.
  public var byteCount: Int
  /// The part of the disk, in percent, that is to stay free.
  public var freePercent: Int

  /// A limit: 8 GiB, and a tenth of the disk free, unless something else is said.
  public init(byteCount: Int = 8 << 30, freePercent: Int = 10) {
    self.byteCount = byteCount
    self.freePercent = freePercent
  }

  /// What a folder holds of one key.
  private struct Kept {
    var files: [PathName] = []
    var byteCount = 0
    var lastUse: (seconds: Int, nanoseconds: Int) = (0, 0)
  }

  /// Bytes of all snapshots of a folder.
  /// - Complexity: O(files of the folder).
  public static func byteCount(in folder: PathName) -> Int {
    kept(in: folder).values.reduce(0) { $0 + $1.byteCount }
  }

  /// Removes snapshots, the one opened longest ago first, until the others keep to the limit.
  /// - Parameter name: that of the key that stays whatever it takes.
  /// - Complexity: O(files of the folder).
  func make(in folder: PathName, sparing name: [UInt8]) {
    let kept = SnapshotLimit.kept(in: folder)
    var sum = kept.values.reduce(0) { $0 + $1.byteCount }
    let others = kept.filter { $0.key != name && !$0.value.files.isEmpty }
      .sorted { $0.value.lastUse < $1.value.lastUse }
    for (name, snapshot) in others {
      guard sum > byteCount || !hasFreeRoom(folder) else { return }
      // Whoever writes it holds the lock; whoever reads it has mapped it and keeps what he has.
      guard let lock = try? FileLock(SnapshotLimit.lockPath(name, in: folder)) else { continue }
      lock.hold {
        // The manifest first: without it nobody asks for the rest.
        for file in snapshot.files { try? DurableFile.remove(file) }
      }
      sum -= snapshot.byteCount
    }
  }

  private func hasFreeRoom(_ folder: PathName) -> Bool {
    guard let room = folder.diskRoom else { return true }
    return room.free >= room.total / 100 * freePercent
  }

  private static func lockPath(_ name: [UInt8], in folder: PathName) -> PathName {
    folder.appending(name + Array(".lock".utf8))
  }

  private static func kept(in folder: PathName) -> [[UInt8]: Kept] {
    var kept: [[UInt8]: Kept] = [:]
    let names = (try? DurableFile.names(in: folder)) ?? []
    for name in names.sorted(by: { $0.count < $1.count }) {
      let key = Array(name.prefix(16))
      guard name.count > 16, key.allSatisfy({ isHexadecimal($0) }) else { continue }
      let path = folder.appending(name)
      if name.suffix(SnapshotStore.suffix.count).elementsEqual(SnapshotStore.suffix) {
        kept[key, default: Kept()].files.append(path)
        kept[key, default: Kept()].byteCount += path.byteCount ?? 0
      } else if name.dropFirst(16).elementsEqual(".lock".utf8), let print = path.fingerprint {
        kept[key, default: Kept()].lastUse = (print.seconds, print.nanoseconds)
      }
    }
    return kept
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}

public import Bytes
public import Discussion
internal import Glibc

/// Which entries of some roots have been here before: what was there when the roots were read for the first
/// time, and what came later. Whatever is in neither is new.
///
/// Two files in the folder `known`: the first import, which never changes, and what came later. Both are
/// written whole or not at all. An entry is known by 64 bits of its key; eight bytes an entry are kept.
/// A file that is missing or damaged means that the roots are read for the first time.
public struct KnownEntries: Sendable {
  /// What tells this account from another one of the same roots.
  public let identity: UInt64
  /// Whether what was there at first counts as read.
  public let isFirstRead: Bool
  private let first: Column<UInt64>
  private var later: Column<UInt64>
  private let place: Place

  private static let version: UInt32 = 1
  /// How long another process is waited for, in steps of 10 ms.
  private static let patience = 200

  /// Where the account of some roots is.
  public struct Place: Sendable, Hashable {
    let folder: PathName
    let name: [UInt8]

    /// The account of roots that are known by a name.
    /// - Parameters:
    ///   - dataFolder: the folder of the shelf.
    ///   - name: some letters and digits that no other roots have.
    public init(dataFolder: [UInt8], name: [UInt8]) {
      folder = PathName(dataFolder).appending(Array("known".utf8))
      self.name = name
    }

    fileprivate func path(_ suffix: String) -> PathName { folder.appending(name + Array(suffix.utf8)) }
    fileprivate var first: PathName { path(".first") }
    fileprivate var later: PathName { path(".later") }
    fileprivate var lock: PathName { path(".lock") }
  }

  private init(
    identity: UInt64, isFirstRead: Bool, first: Column<UInt64>, later: Column<UInt64>, place: Place
  ) {
    self.identity = identity
    self.isFirstRead = isFirstRead
    self.first = first
    self.later = later
    self.place = place
  }

  /// Opens the account of some roots; nil when they were never read to their end.
  /// - Complexity: O(1): nothing is read but the front of two files.
  public init?(_ place: Place) {
    guard let file = try? ColumnFile(place.first, version: KnownEntries.version),
      let head: Column<UInt64> = try? file.column("head"), head.count >= 2,
      let first: Column<UInt64> = try? file.column("keys"), !file.isDamaged
    else { return nil }
    self.init(
      identity: head[0], isFirstRead: head[1] == 1, first: first, later: Column(), place: place)
    guard let file = try? ColumnFile(place.later, version: KnownEntries.version),
      let head: Column<UInt64> = try? file.column("head"), head.count >= 1, head[0] == identity,
      let later: Column<UInt64> = try? file.column("keys"), !file.isDamaged
    else { return }
    self.later = later
  }

  /// An account that no disk holds, for a session.
  public init(remembering bits: [UInt64], isRead: Bool) {
    self.init(
      identity: 0, isFirstRead: isRead, first: Column(bits.sorted()), later: Column(),
      place: Place(dataFolder: [], name: []))
  }

  /// The bits that an entry is known by.
  public static func bits(of key: EntryKey) -> UInt64 { key.high ^ key.low }

  /// Whether an entry was there at first.
  /// - Complexity: O(log entries).
  public func wasThereAtFirst(_ bits: UInt64) -> Bool { KnownEntries.contains(bits, first) }

  /// Whether an entry has been here before.
  /// - Complexity: O(log entries).
  public func contains(_ bits: UInt64) -> Bool {
    KnownEntries.contains(bits, first) || KnownEntries.contains(bits, later)
  }

  private static func contains(_ bits: UInt64, _ sorted: Column<UInt64>) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      let found = sorted[middle]
      if found == bits { return true }
      if found < bits { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

extension KnownEntries {
  /// Takes in what was read to its end: everything when roots are read for the first time, else what is new.
  /// Another process may have done so meanwhile: what it wrote stays.
  /// - Parameters:
  ///   - arrived: the bits of entries that are not known, in any order.
  ///   - isRead: whether these count as read where they are the first.
  /// - Returns: the account with them; nil when another process holds it.
  /// - Throws: `FileError`; the account stays as it was.
  /// - Complexity: O(n log n) for `arrived`, and linear in all that came later.
  public static func taking(
    _ arrived: [UInt64], isRead: Bool, at place: Place
  ) throws(FileError) -> KnownEntries? {
    try DurableFile.makeFolder(place.folder)
    guard let lock = try patientLock(place.lock) else { return nil }
    return try lock.hold { () throws(FileError) -> KnownEntries? in
      if let known = KnownEntries(place) {
        let new = arrived.filter { !known.contains($0) }
        guard !new.isEmpty else { return known }
        let later = (known.later.elements(in: 0..<known.later.count) + new).sorted()
        try write(place.later, head: [known.identity], keys: later)
      } else {
        let identity = UInt64.random(in: 1 ... .max)
        try write(place.first, head: [identity, isRead ? 1 : 0], keys: arrived.sorted())
      }
      try DurableFile.sync(place.folder)
      return KnownEntries(place)
    }
  }

  private static func write(_ path: PathName, head: [UInt64], keys: [UInt64]) throws(FileError) {
    var writer = ColumnFileWriter(version: version)
    writer.add("head", Column(head))
    writer.add("keys", Column(keys))
    _ = try writer.write(path)
  }

  private static func patientLock(_ path: PathName) throws(FileError) -> FileLock? {
    for _ in 0..<patience {
      if let lock = try FileLock(path) { return lock }
      usleep(10_000)
    }
    return nil
  }
}

public import Bytes
public import Discussion
public import SearchIndex
import Synchronization

/// The place of one snapshot on the disk: a manifest, and a file for each of its parts.
///
/// Parts never change: a snapshot that grew has one more file and another manifest. The manifest is written
/// last, so that whoever dies in between leaves the old snapshot; files that no manifest names are removed
/// by the next one who writes.
public final class SnapshotStore: Sendable {
  /// The version of what the files hold; raised with every change of a column's meaning.
  public static let version: UInt32 = 3
  /// What the names of all files but the locks end with.
  static let suffix = Array(".lectern-snapshot".utf8)

  let folder: PathName
  let key: SnapshotKey
  private let build: [UInt8]
  private let limit: SnapshotLimit
  /// Where parts stand that are on the disk already. The parts are held, so that none is taken for another.
  private let stored = Mutex<[LibraryPart: SnapshotFile]>([:])

  /// A store.
  /// - Parameters:
  ///   - folder: where snapshots are kept; made (0700) when the first is written.
  ///   - key: what the snapshot is of.
  ///   - build: the program; a snapshot of another is not opened.
  ///   - limit: how much all snapshots of the folder may take.
  public init(
    folder: PathName, key: SnapshotKey, build: [UInt8], limit: SnapshotLimit = SnapshotLimit()
  ) {
    self.limit = limit
    self.folder = folder
    self.key = key
    self.build = build
  }

  /// The manifest's place.
  public var path: PathName { folder.appending(key.name + SnapshotStore.suffix) }

  func path(of file: SnapshotFile) -> PathName {
    folder.appending(key.name + [0x2D] + SnapshotKey.digits(file.id) + SnapshotStore.suffix)
  }

  private var lockPath: PathName { folder.appending(key.name + Array(".lock".utf8)) }

  // MARK: Opening

  /// Opens the snapshot.
  /// - Throws: `SnapshotError`; nothing on the disk is changed.
  /// - Complexity: O(files + bytes / 32 MiB); what is in the columns is read and checked when it is asked
  ///   for.
  public func open() throws(SnapshotError) -> Snapshot {
    let snapshot: Snapshot
    do throws(SnapshotError) {
      snapshot = try openOnce()
    } catch {
      // Another process may have put a new one in place between the manifest and its files.
      guard case .file(let error) = error, error.reason == .missing, error.path != path else { throw error }
      snapshot = try openOnce()
    }
    // The lock tells when a snapshot was last of use; the files themselves never change.
    lockPath.touch()
    return snapshot
  }

  private func openOnce() throws(SnapshotError) -> Snapshot {
    let manifestFile = try columns(path)
    do throws(any Error) {
      let manifest = try SnapshotManifest(manifestFile)
      guard manifest.build == build else { throw SnapshotError.otherVersion }
      guard manifest.roots == key.roots, !manifestFile.isDamaged else {
        throw SnapshotError.damaged(path, "it is of other sources")
      }
      for file in manifest.files { ColumnFile.prefetch(path(of: file)) }
      let segmentFiles = try open(manifest.segments)
      let identityFiles = try open(manifest.identities)
      let library = try Library(state: manifestFile, segments: segmentFiles, identities: identityFiles)
      var segments: [IndexSegment] = []
      for (number, file) in segmentFiles.enumerated() {
        do throws(ColumnFileError) {
          let segment = try IndexSegment(file)
          guard segment.documentCount == library.rowCount(ofSegment: number) else {
            throw .damaged("its index is of another segment")
          }
          segments.append(segment)
        } catch {
          throw SnapshotError(error, file.path)
        }
      }
      remember(library, manifest)
      return Snapshot(library: library, segments: segments, manifestFile: manifestFile, manifest: manifest)
    } catch {
      throw SnapshotError(any: error, path)
    }
  }

  private func open(_ files: [SnapshotFile]) throws(SnapshotError) -> [ColumnFile] {
    var opened: [ColumnFile] = []
    for file in files {
      let columns = try columns(path(of: file))
      guard UInt64(columns.byteCount) == file.byteCount, columns.seal == file.seal else {
        throw .damaged(columns.path, "it is not the file that the manifest names")
      }
      opened.append(columns)
    }
    return opened
  }

  private func columns(_ path: PathName) throws(SnapshotError) -> ColumnFile {
    do throws(ColumnFileError) {
      return try ColumnFile(path, version: SnapshotStore.version)
    } catch {
      if case .unreadable(let error) = error, error.reason == .missing, path == self.path {
        throw .missing
      }
      throw SnapshotError(error, path)
    }
  }

  private func remember(_ library: Library, _ manifest: SnapshotManifest) {
    var files: [LibraryPart: SnapshotFile] = [:]
    for (part, file) in zip(library.segmentParts, manifest.segments) { files[part] = file }
    for (part, file) in zip(library.identityParts, manifest.identities) { files[part] = file }
    stored.withLock { $0 = files }
  }

  // MARK: Saving

  /// How far saving has come; for tests that let it die there.
  public enum Step: Hashable, Sendable {
    /// A part, by its number, has come so far.
    case part(Int, ColumnFileWriter.Step)
    /// The disk has the parts and their names.
    case parts
    /// The manifest has come so far.
    case manifest(ColumnFileWriter.Step)
    /// The new snapshot stands; old files are not removed yet.
    case done
  }

  /// Keeps a library and its index: writes the parts that are not on the disk yet, then the manifest, and
  /// removes what no manifest names any more.
  /// - Parameters:
  ///   - companion: some bytes that are given back with the snapshot.
  ///   - isCancelled: asked once a MiB; once true, the old snapshot stays.
  ///   - goesOn: told each step; false leaves everything as it is then, as if the program had died.
  /// - Returns: whether the snapshot stands.
  /// - Throws: `SnapshotError`; the old snapshot stays.
  /// - Complexity: O(bytes of new parts + discussions + sources).
  @discardableResult
  public func save(
    _ library: Library, _ segments: [IndexSegment], sources: [SnapshotSource],
    problems: [SnapshotProblem] = [], companion: [UInt8] = [], isCancelled: () -> Bool = { false },
    goesOn: (Step) -> Bool = { _ in true }
  ) throws(SnapshotError) -> Bool {
    do throws(any Error) {
      try DurableFile.makeFolder(folder)
      guard let lock = try FileLock(lockPath) else { throw SnapshotError.busy }
      return try lock.hold { () throws(any Error) -> Bool in
        try write(
          library, segments, sources: sources, problems: problems, companion: companion,
          isCancelled: isCancelled, goesOn: goesOn)
      }
    } catch {
      throw SnapshotError(any: error, path)
    }
  }

  /// Writes what is not on the disk yet. Under the lock.
  private func write(
    _ library: Library, _ segments: [IndexSegment], sources: [SnapshotSource], problems: [SnapshotProblem],
    companion: [UInt8], isCancelled: () -> Bool, goesOn: (Step) -> Bool
  ) throws -> Bool {
    let stored = stored.withLock { $0 }
    var written: [LibraryPart: SnapshotFile] = [:]
    for (number, part) in (library.segmentParts + library.identityParts).enumerated() {
      if let file = stored[part], isThere(file) {
        written[part] = file
        continue
      }
      var writer = ColumnFileWriter(version: SnapshotStore.version)
      if number < segments.count { segments[number].addFront(to: &writer) }
      part.add(to: &writer)
      if number < segments.count { segments[number].add(to: &writer) }
      var file = SnapshotFile(id: .random(in: .min ... .max), byteCount: 0, seal: 0)
      let receipt = try writer.write(path(of: file), isCancelled: isCancelled) { goesOn(.part(number, $0)) }
      guard let receipt else { return false }
      // What was copied from a damaged file is not what it should be.
      guard !writer.isDamaged else {
        try DurableFile.remove(path(of: file))
        throw SnapshotError.damaged(path(of: file), "what it was made of is damaged")
      }
      (file.byteCount, file.seal) = (UInt64(receipt.byteCount), receipt.seal)
      written[part] = file
    }
    try DurableFile.sync(folder)
    guard goesOn(.parts), !isCancelled() else { return false }
    let manifest = SnapshotManifest(
      build: build, roots: key.roots, companion: companion,
      segments: library.segmentParts.compactMap { written[$0] },
      identities: library.identityParts.compactMap { written[$0] })
    var writer = ColumnFileWriter(version: SnapshotStore.version)
    manifest.add(to: &writer, sources: sources, problems: problems)
    library.addState(to: &writer)
    guard try writer.write(path, goesOn: { goesOn(.manifest($0)) }) != nil else { return false }
    remember(library, manifest)
    try DurableFile.sync(folder)
    guard goesOn(.done) else { return true }
    sweep(keeping: manifest)
    lockPath.touch()
    limit.make(in: folder, sparing: key.name)
    return true
  }

  /// Whether a file that was written once is still what it was.
  private func isThere(_ file: SnapshotFile) -> Bool {
    guard let columns = try? ColumnFile(path(of: file), version: SnapshotStore.version) else { return false }
    return UInt64(columns.byteCount) == file.byteCount && columns.seal == file.seal
  }

  /// Removes the snapshot, if there is one and nobody writes it.
  public func remove() {
    guard path.exists, let lock = try? FileLock(lockPath) else { return }
    lock.hold {
      try? DurableFile.remove(path)
      stored.withLock { $0 = [:] }
      sweep(keeping: nil)
    }
  }

  /// Removes this key's files that the manifest does not name. Whoever has mapped them keeps what he has.
  /// Under the lock.
  private func sweep(keeping manifest: SnapshotManifest?) {
    var kept = Set((manifest?.files ?? []).map { path(of: $0).lastComponent })
    kept.insert(path.lastComponent)
    for name in (try? DurableFile.names(in: folder)) ?? [] where !kept.contains(name) {
      let isPart =
        name.starts(with: key.name + [0x2D])
        && name.suffix(SnapshotStore.suffix.count).elementsEqual(SnapshotStore.suffix)
      let isTemporary = name.starts(with: [0x2E] + key.name) && name.suffix(4).elementsEqual(".tmp".utf8)
      if isPart || isTemporary { try? DurableFile.remove(folder.appending(name)) }
    }
  }
}

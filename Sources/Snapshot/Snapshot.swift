public import Bytes
public import Discussion
public import SearchIndex

/// Why there is no snapshot to be had, or none could be kept.
public enum SnapshotError: Error, Hashable, Sendable {
  /// There is none.
  case missing
  /// Another version of the program wrote it, or another build of this one.
  case otherVersion
  /// A file of it is cut short, changed or gone; in words.
  case damaged(PathName, String)
  /// A file could not be read or written.
  case file(FileError)
  /// Another process is writing it.
  case busy

  init(_ error: ColumnFileError, _ path: PathName) {
    self =
      switch error {
      case .unreadable(let error): .file(error)
      case .foreign: .damaged(path, "it does not begin as it should")
      case .otherVersion: .otherVersion
      case .damaged(let reason): .damaged(path, reason)
      }
  }

  /// Any error of the rooms below, at a path.
  init(any error: any Error, _ path: PathName) {
    self =
      switch error {
      case let error as SnapshotError: error
      case let error as ColumnFileError: SnapshotError(error, path)
      case let error as FileError: .file(error)
      default: .damaged(path, "it cannot be read")
      }
  }
}

/// A library and the index over it as they were last kept, opened from the disk.
public struct Snapshot: Sendable {
  /// The library.
  public let library: Library
  /// The index of each segment of the library.
  public let segments: [IndexSegment]
  let manifestFile: ColumnFile
  let manifest: SnapshotManifest

  /// The bytes that were kept with it.
  public var companion: [UInt8] { manifest.companion }

  /// The source files as they were when they were read.
  /// - Throws: `SnapshotError` when the manifest is damaged there.
  /// - Complexity: O(sources).
  public func sources() throws(SnapshotError) -> [SnapshotSource] {
    try checked { () throws(ColumnFileError) in try SnapshotManifest.sources(manifestFile) }
  }

  /// What was met when they were read.
  /// - Throws: `SnapshotError` when the manifest is damaged there.
  /// - Complexity: O(problems).
  public func problems() throws(SnapshotError) -> [SnapshotProblem] {
    try checked { () throws(ColumnFileError) in try SnapshotManifest.problems(manifestFile) }
  }

  private func checked<Value>(_ body: () throws(ColumnFileError) -> Value) throws(SnapshotError) -> Value {
    do throws(ColumnFileError) {
      let value = try body()
      guard !manifestFile.isDamaged else {
        throw .damaged("it does not have its checksum")
      }
      return value
    } catch {
      throw SnapshotError(error, manifestFile.path)
    }
  }
}

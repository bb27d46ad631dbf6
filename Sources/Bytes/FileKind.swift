import Glibc

/// What stands at a path.
public enum FileKind: Hashable, Sendable {
  /// A regular file.
  case file
  /// A folder.
  case folder
  /// A FIFO, device or socket.
  case other

  /// Looks at a path, following links.
  /// - Throws: `FileError` when nothing can be seen there.
  public static func at(_ path: PathName) throws(FileError) -> FileKind {
    guard let name = path.terminated else { throw FileError(path: path, reason: .missing) }
    var status = stat()
    guard unsafe stat(name, &status) == 0 else { throw FileError(path: path, errno: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }
}

extension PathName {
  /// Whether something stands at the path, symbolic links followed.
  public var exists: Bool { kind != nil }
  /// What stands at the path, symbolic links followed; nil when nothing does.
  public var kind: FileKind? { try? FileKind.at(self) }
  /// What tells the regular file at the path from a later state of it; nil when there is none.
  public var fingerprint: FileFingerprint? {
    guard let name = terminated else { return nil }
    var status = stat()
    guard unsafe stat(name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileFingerprint(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: status.st_size,
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
  }

  /// The size in bytes of the regular file at the path, symbolic links followed; nil when there is none.
  public var byteCount: Int? {
    guard let name = terminated else { return nil }
    var status = stat()
    guard unsafe stat(name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return status.st_size
  }
}

/// A file's identity, size and time of change: equal as long as nobody wrote to it.
public struct FileFingerprint: Hashable, Sendable {
  /// The file system.
  public var device: UInt64
  /// The file in it.
  public var inode: UInt64
  /// Bytes.
  public var size: Int
  /// Time of the last change, seconds since 1970.
  public var seconds: Int
  /// And nanoseconds.
  public var nanoseconds: Int

  /// A fingerprint that was kept.
  public init(device: UInt64, inode: UInt64, size: Int, seconds: Int, nanoseconds: Int) {
    self.device = device
    self.inode = inode
    self.size = size
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

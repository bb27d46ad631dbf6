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
  /// The size in bytes of the regular file at the path, symbolic links followed; nil when there is none.
  public var byteCount: Int? {
    guard let name = terminated else { return nil }
    var status = stat()
    guard unsafe stat(name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return status.st_size
  }
}

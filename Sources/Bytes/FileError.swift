import Glibc

/// Why a file or folder could not be read or written.
public struct FileError: Error, Hashable, Sendable {
  /// What stood in the way.
  public enum Reason: Hashable, Sendable {
    /// Nothing has this name.
    case missing
    /// The system refuses access.
    case notPermitted
    /// A folder stands where a file was expected.
    case isFolder
    /// A FIFO, device or socket stands where a file was expected.
    case notRegular
    /// A symbolic link to a folder inside a walk; links to folders are not followed.
    case linkedFolder
    /// A folder lies deeper than the walk goes.
    case tooDeep
    /// The file holds more bytes than this limit.
    case tooLarge(limit: Int)
    /// The system call failed with this `errno`.
    case system(errno: Int32)
  }

  /// The file or folder.
  public var path: PathName
  /// What stood in the way.
  public var reason: Reason

  /// An error at a path.
  public init(path: PathName, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// An error from `errno`.
  init(path: PathName, errno code: Int32) {
    self.path = path
    switch code {
    case ENOENT, ENOTDIR: reason = .missing
    case EACCES, EPERM: reason = .notPermitted
    case EISDIR: reason = .isFolder
    case ENXIO, ENODEV: reason = .notRegular
    default: reason = .system(errno: code)
    }
  }
}

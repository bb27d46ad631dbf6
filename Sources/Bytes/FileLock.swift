import Glibc

/// A lock that one process holds at a time; the system gives it back when the process ends, however it ends.
public struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock of a file, making the file (0600) when it is missing; never waits.
  /// - Returns: nil when another process, or another part of this one, holds it.
  /// - Throws: `FileError` naming the path.
  public init?(_ path: PathName) throws(FileError) {
    guard let name = path.terminated else { throw FileError(path: path, reason: .missing) }
    let opened = unsafe open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0o600)
    guard opened >= 0 else { throw FileError(path: path, errno: errno) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(opened)
      if code == EWOULDBLOCK || code == EINTR { return nil }
      throw FileError(path: path, errno: code)
    }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Does something under the lock.
  public borrowing func hold<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result { try body() }
}

extension PathName {
  /// Sets the time of change of the file at the path to now; what does not work is left.
  public func touch() {
    guard let name = terminated else { return }
    _ = unsafe utimensat(AT_FDCWD, name, nil, 0)
  }

  /// Bytes of the disk that the path is on, and how many of them may still be written; nil when nobody says.
  public var diskRoom: (free: Int, total: Int)? {
    guard let name = terminated else { return nil }
    var status = statvfs()
    guard unsafe statvfs(name, &status) == 0, status.f_blocks > 0 else { return nil }
    let size = Int(clamping: status.f_frsize)
    return (Int(clamping: status.f_bavail) * size, Int(clamping: status.f_blocks) * size)
  }

  /// The folder that relative paths count from; nil when it is gone.
  public static var workingFolder: PathName? {
    guard let name = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(name) }
    let count = unsafe strlen(name)
    return unsafe PathName(UnsafeBufferPointer(start: name, count: count).map { UInt8(bitPattern: $0) })
  }
}

import Glibc

/// Reading a source wholly. Sources are read, never mapped: a file cut short under a mapping kills.
public enum SourceFile {
  /// The bytes of a source and whether it changed while it was read.
  public struct Content: Hashable, Sendable {
    /// What was read.
    public var bytes: [UInt8]
    /// The file's size or time of change differed before and after, twice in a row.
    public var changedWhileRead: Bool
  }

  /// Reads a regular file, following symbolic links; never waits on a FIFO, device or terminal.
  ///
  /// A file that changes while it is read is read once more; what then came is kept and marked.
  /// - Throws: `FileError` naming the path.
  /// - Complexity: O(size); a file longer than `limit` bytes is refused unread.
  public static func read(_ path: PathName, limit: Int) throws(FileError) -> Content {
    let first = try readOnce(path, limit: limit)
    guard first.changedWhileRead else { return first }
    return try readOnce(path, limit: limit)
  }

  /// Reads standard input to its end.
  /// - Throws: `FileError` at the path `-`.
  public static func readStandardInput(limit: Int) throws(FileError) -> Content {
    Content(
      bytes: try drain(0, expecting: 0, limit: limit, path: PathName("-")), changedWhileRead: false)
  }

  private static func readOnce(_ path: PathName, limit: Int) throws(FileError) -> Content {
    guard let name = path.terminated else { throw FileError(path: path, reason: .missing) }
    let descriptor = unsafe open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    defer { close(descriptor) }
    let before = try status(descriptor, path)
    switch before.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(path: path, reason: .isFolder)
    default: throw FileError(path: path, reason: .notRegular)
    }
    guard before.st_size <= limit else {
      throw FileError(path: path, reason: .tooLarge(limit: limit))
    }
    let bytes = try drain(descriptor, expecting: before.st_size, limit: limit, path: path)
    let after = try status(descriptor, path)
    let isSame =
      before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec
      && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec
    return Content(bytes: bytes, changedWhileRead: !isSame)
  }

  private static func status(_ descriptor: Int32, _ path: PathName) throws(FileError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(path: path, errno: errno) }
    return status
  }

  /// Reads a descriptor to its end, at most `limit` bytes.
  private static func drain(
    _ descriptor: Int32, expecting size: Int, limit: Int, path: PathName
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var room = min(max(size + 1, 1 << 16), limit + 1)
    while true {
      var code: Int32 = 0
      var taken = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        while count < buffer.count {
          let target = unsafe buffer.baseAddress.map { unsafe $0 + count }
          let got = unsafe Glibc.read(descriptor, target, buffer.count - count)
          if got > 0 {
            count += got
          } else if got == 0 {
            break
          } else if errno == EAGAIN || errno == EWOULDBLOCK {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&waiting, 1, -1)
          } else if errno != EINTR {
            code = errno
            break
          }
        }
        taken = count
      }
      guard code == 0 else { throw FileError(path: path, errno: code) }
      if bytes.isEmpty { bytes = chunk } else { bytes.append(contentsOf: chunk) }
      guard bytes.count <= limit else {
        throw FileError(path: path, reason: .tooLarge(limit: limit))
      }
      if taken < room { return bytes }
      room = min(max(bytes.count, 1 << 16), limit + 1 - bytes.count)
    }
  }
}

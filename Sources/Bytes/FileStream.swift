import Glibc

/// A regular file that is open for reading: in order from its start, or at any offset.
///
/// Sources are read, never mapped: a file cut short under a mapping kills. Not for several threads.
public final class FileStream {
  /// The file's name.
  public let path: PathName
  /// Its size in bytes when it was opened; zero for standard input.
  public let size: Int
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private let before: stat

  /// Opens a regular file, following symbolic links; never waits on a FIFO, device or terminal.
  /// - Throws: `FileError` naming the path.
  public init(_ path: PathName) throws(FileError) {
    guard let name = path.terminated else { throw FileError(path: path, reason: .missing) }
    let descriptor = unsafe open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    var status = stat()
    var failure: FileError? = nil
    if unsafe fstat(descriptor, &status) != 0 {
      failure = FileError(path: path, errno: errno)
    } else if status.st_mode & S_IFMT == S_IFDIR {
      failure = FileError(path: path, reason: .isFolder)
    } else if status.st_mode & S_IFMT != S_IFREG {
      failure = FileError(path: path, reason: .notRegular)
    }
    if let failure {
      close(descriptor)
      throw failure
    }
    self.path = path
    self.descriptor = descriptor
    ownsDescriptor = true
    before = status
    size = status.st_size
  }

  /// Standard input, whatever it is; its path is `-`.
  public static func standardInput() -> FileStream { FileStream() }

  private init() {
    path = PathName("-")
    descriptor = 0
    ownsDescriptor = false
    before = stat()
    size = 0
  }

  deinit {
    if ownsDescriptor { close(descriptor) }
  }

  /// Whether the file's size or time of change differ from those at opening.
  public var hasChanged: Bool {
    guard ownsDescriptor else { return false }
    var now = stat()
    guard unsafe fstat(descriptor, &now) == 0 else { return true }
    return now.st_size != before.st_size || now.st_mtim.tv_sec != before.st_mtim.tv_sec
      || now.st_mtim.tv_nsec != before.st_mtim.tv_nsec
  }

  /// Appends the next bytes, at most `limit`, waiting for at least one.
  /// - Returns: how many; 0 only at the end (or for `limit` 0).
  /// - Throws: `FileError` when the system fails to read.
  public func read(into buffer: inout [UInt8], upTo limit: Int) throws(FileError) -> Int {
    try unsafe append(to: &buffer, limit) { descriptor, target, count in
      unsafe Glibc.read(descriptor, target, count)
    }
  }

  /// Appends the bytes at an offset, at most `count`, without moving the place where `read` goes on.
  /// - Returns: how many; fewer than `count` only at the end.
  /// - Throws: `FileError` when the system fails to read.
  public func read(
    into buffer: inout [UInt8], at offset: Int, count: Int
  ) throws(FileError) -> Int {
    var done = 0
    while done < count {
      let got = try unsafe append(to: &buffer, count - done) { descriptor, target, room in
        unsafe pread(descriptor, target, room, offset + done)
      }
      guard got > 0 else { break }
      done += got
    }
    return done
  }

  private func append(
    to buffer: inout [UInt8], _ limit: Int,
    _ call: (Int32, UnsafeMutableRawPointer?, Int) -> Int
  ) throws(FileError) -> Int {
    guard limit > 0 else { return 0 }
    let old = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: limit))
    var got = 0
    var code: Int32 = 0
    while true {
      got = unsafe buffer.withUnsafeMutableBytes { bytes in
        let target = unsafe bytes.baseAddress.map { unsafe $0 + old }
        let result = unsafe call(descriptor, target, limit)
        code = result < 0 ? errno : 0
        return result
      }
      if got >= 0 { break }
      if code == EAGAIN || code == EWOULDBLOCK {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if code != EINTR {
        break
      }
    }
    buffer.removeLast(limit - max(got, 0))
    guard got >= 0 else { throw FileError(path: path, errno: code) }
    return got
  }
}

internal import Glibc

/// An open file, closed when the last reference goes.
final class File {
  private let descriptor: CInt
  private let path: [UInt8]

  init(descriptor: CInt, path: [UInt8]) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  private func error(_ operation: String, _ code: Int32 = errno) -> ShelfError {
    .system(operation, path: path, code: code)
  }

  /// Number of bytes.
  func size() throws(ShelfError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw error("fstat") }
    return Int(status.st_size)
  }

  /// Bytes from an offset on, fewer at the end of the file.
  func read(at offset: Int, count: Int) throws(ShelfError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw error("read") }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Writes all bytes by one `write(2)`; a short write is a full disk.
  func append(_ bytes: [UInt8]) throws(ShelfError) {
    var written: Int
    repeat {
      written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    } while written < 0 && errno == EINTR
    guard written >= 0 else { throw error("write") }
    guard written == bytes.count else { throw .diskFull(path: path) }
  }

  /// Makes the bytes and the length durable.
  func sync() throws(ShelfError) {
    guard fdatasync(descriptor) == 0 else { throw error("fdatasync") }
  }

  /// Cuts the file off.
  func truncate(to size: Int) throws(ShelfError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw error("ftruncate") }
  }

  /// Waits up to a number of seconds for the lock between processes; it is given back by `unlock`, when
  /// the file is closed, and when the process dies.
  func lock(seconds: Double) throws(ShelfError) {
    let deadline = File.now() + seconds
    var pause: UInt32 = 500
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw error("flock") }
      guard File.now() < deadline else { throw .busy(path: path) }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
  }

  func unlock() {
    _ = flock(descriptor, LOCK_UN)
  }

  private static func now() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension ShelfError {
  /// A failed call by its `errno`.
  static func system(_ operation: String, path: [UInt8], code: Int32) -> ShelfError {
    switch code {
    case EACCES, EPERM, EROFS: .readOnly(path: path)
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .system(path: path, operation: operation, code: code)
    }
  }
}

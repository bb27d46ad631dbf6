import Glibc

/// A file that only grows, one whole record a write, on the disk before the call returns.
///
/// Records of several processes do not mix: the file is opened with `O_APPEND` and each record goes out
/// in one `write`.
public struct AppendFile: ~Copyable {
  private let descriptor: Int32
  private let path: PathName

  /// Opens a file to append to, making it with mode 0600 when it is missing.
  /// - Throws: `FileError` naming the path.
  public init(_ path: PathName) throws(FileError) {
    guard let name = path.terminated else { throw FileError(path: path, reason: .missing) }
    let opened = unsafe open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
    guard opened >= 0 else { throw FileError(path: path, errno: errno) }
    descriptor = opened
    self.path = path
  }

  deinit { close(descriptor) }

  /// Appends a record and waits until the disk has it.
  ///
  /// A record cut short by a full disk is rolled back when no other process has appended since.
  /// - Throws: `FileError` naming the path.
  public func append(_ record: [UInt8]) throws(FileError) {
    guard !record.isEmpty else { return }
    var written: Int
    repeat {
      written = unsafe record.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    } while written < 0 && errno == EINTR
    guard written == record.count else {
      let code = written < 0 ? errno : ENOSPC
      if written > 0 {
        let end = lseek(descriptor, 0, SEEK_CUR)
        var status = stat()
        if end > 0, unsafe fstat(descriptor, &status) == 0, status.st_size == end {
          _ = ftruncate(descriptor, end - written)
        }
      }
      throw FileError(path: path, errno: code)
    }
    guard fdatasync(descriptor) == 0 else { throw FileError(path: path, errno: errno) }
  }
}

/// Writing whole files and folders so that a crash leaves the old or the new, never between.
public enum DurableFile {
  /// Puts bytes in place of a file: written beside it (0600), synced, renamed over it, the folder synced.
  /// - Throws: `FileError` naming the path; the old file is then untouched.
  public static func replace(_ path: PathName, with bytes: [UInt8]) throws(FileError) {
    let folder = path.folder
    let unique = Array(".\(getpid()).tmp".utf8)
    let temporary = folder.appending([0x2E] + path.lastComponent + unique)
    guard let from = temporary.terminated, let to = path.terminated else {
      throw FileError(path: path, reason: .missing)
    }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    var descriptor = unsafe open(from, flags, 0o600)
    if descriptor < 0, errno == EEXIST {
      // Left by a process of the same number that died: nobody alive writes it.
      unsafe unlink(from)
      descriptor = unsafe open(from, flags, 0o600)
    }
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    var code = writeAll(bytes, to: descriptor)
    if code == 0, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, unsafe rename(from, to) != 0 { code = errno }
    guard code == 0 else {
      unsafe unlink(from)
      throw FileError(path: path, errno: code)
    }
    try sync(folder)
  }

  /// Puts bytes into a file that is not there yet (0600), whole or not at all.
  /// - Returns: false when something stands at the path; it is untouched.
  /// - Throws: `FileError` naming the path.
  public static func create(_ path: PathName, with bytes: [UInt8]) throws(FileError) -> Bool {
    guard let to = path.terminated else { throw FileError(path: path, reason: .missing) }
    var status = stat()
    if unsafe lstat(to, &status) == 0 { return false }
    let temporary = path.folder.appending([0x2E] + path.lastComponent + Array(".\(getpid()).new".utf8))
    guard let from = temporary.terminated else { throw FileError(path: path, reason: .missing) }
    do throws(FileError) {
      try replace(temporary, with: bytes)
    } catch {
      throw FileError(path: path, reason: error.reason)
    }
    // A second name for it, which the system refuses where one is; the first is then taken away.
    let code = unsafe link(from, to) == 0 ? 0 : errno
    if code == EPERM || code == EOPNOTSUPP || code == EMLINK {
      // A file system without second names.
      guard unsafe rename(from, to) == 0 else {
        let code = errno
        unsafe unlink(from)
        throw FileError(path: path, errno: code)
      }
    } else {
      unsafe unlink(from)
      if code == EEXIST { return false }
      guard code == 0 else { throw FileError(path: path, errno: code) }
    }
    try sync(path.folder)
    return true
  }

  /// Makes a folder (0700) and the folders above it; one that is there already is fine.
  /// - Throws: `FileError` naming the folder that could not be made.
  public static func makeFolder(_ path: PathName) throws(FileError) {
    var prefixes = [path]
    while let last = prefixes.last, last.folder != last, last.folder.bytes != [0x2E] {
      prefixes.append(last.folder)
    }
    for folder in prefixes.reversed() {
      guard let name = folder.terminated else { throw FileError(path: folder, reason: .missing) }
      if unsafe mkdir(name, 0o700) == 0 { continue }
      let code = errno
      if let kind = try? FileKind.at(folder), kind == .folder { continue }
      throw FileError(path: folder, errno: code)
    }
  }

  /// Waits until the disk has a folder's names.
  /// - Throws: `FileError` naming the folder.
  public static func sync(_ folder: PathName) throws(FileError) {
    guard let name = folder.terminated else { throw FileError(path: folder, reason: .missing) }
    let descriptor = unsafe open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: folder, errno: errno) }
    let code = fsync(descriptor) == 0 ? 0 : errno
    close(descriptor)
    guard code == 0 || code == EINVAL else { throw FileError(path: folder, errno: code) }
  }

  /// Removes a file; one that is not there is fine.
  /// - Throws: `FileError` naming the path.
  public static func remove(_ path: PathName) throws(FileError) {
    guard let name = path.terminated else { throw FileError(path: path, reason: .missing) }
    guard unsafe unlink(name) == 0 || errno == ENOENT else { throw FileError(path: path, errno: errno) }
  }

  /// The names in a folder, hidden ones too, in no order.
  /// - Throws: `FileError` naming the folder.
  public static func names(in folder: PathName) throws(FileError) -> [[UInt8]] {
    guard let name = folder.terminated else { throw FileError(path: folder, reason: .missing) }
    let descriptor = unsafe open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path: folder, errno: errno) }
    defer { close(descriptor) }
    let (names, code) = FolderWalk.names(in: descriptor)
    guard code == 0 else { throw FileError(path: folder, errno: code) }
    return names
  }

  /// Writes all bytes; 0 or the `errno` of the failure.
  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var position = 0
    while position < bytes.count {
      let written = unsafe bytes.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress.map { unsafe $0 + position }, $0.count - position)
      }
      if written > 0 {
        position += written
      } else if written == 0 {
        return ENOSPC
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

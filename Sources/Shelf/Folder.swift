internal import Glibc

/// The shelf's own folder, held open; files in it are named by short ASCII names.
final class Folder {
  /// What a name in the folder stands for.
  enum Kind { case file, other }

  let path: [UInt8]
  private let descriptor: CInt

  /// Opens the folder; makes it and those above it (mode 0700) where they are missing, and takes the
  /// rights of others away where it can.
  init(path: [UInt8]) throws(ShelfError) {
    guard !path.isEmpty, !path.contains(0) else { throw .badPath(path) }
    self.path = path
    var opened = Folder.open(path)
    if opened < 0, errno == ENOENT {
      try Folder.make(path)
      opened = Folder.open(path)
    }
    guard opened >= 0 else { throw Folder.error("open", path: path) }
    descriptor = opened
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & 0o077 != 0 {
      _ = fchmod(descriptor, status.st_mode & 0o700)
    }
  }

  deinit { close(descriptor) }

  private static func open(_ path: [UInt8]) -> CInt {
    unsafe Glibc.open(cString(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  private static func make(_ path: [UInt8]) throws(ShelfError) {
    for end in path.indices.dropFirst() where path[end] == UInt8(ascii: "/") {
      _ = unsafe mkdir(cString(Array(path[..<end])), 0o700)
    }
    guard unsafe mkdir(cString(path), 0o700) == 0 || errno == EEXIST else {
      throw error("mkdir", path: path)
    }
  }

  private static func cString(_ bytes: [UInt8]) -> [CChar] {
    bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// The failure of the last call.
  private static func error(_ operation: String, path: [UInt8]) -> ShelfError {
    .system(operation, path: path, code: errno)
  }

  private func error(_ operation: String, _ name: String) -> ShelfError {
    Folder.error(operation, path: path + [UInt8(ascii: "/")] + Array(name.utf8))
  }

  /// A path that SQLite can open. A folder whose name is not UTF-8 is reached through its descriptor,
  /// for GRDB takes strings; SQLite resolves that to the true path itself.
  func path(of name: String) -> String {
    if let text = String(validating: path, as: UTF8.self) { return "\(text)/\(name)" }
    return "/proc/self/fd/\(descriptor)/\(name)"
  }

  /// Nil when there is nothing of that name.
  func kind(of name: String) -> Kind? {
    var status = stat()
    guard unsafe fstatat(descriptor, name, &status, 0) == 0 else {
      return unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? .other : nil
    }
    return status.st_mode & S_IFMT == S_IFREG ? .file : .other
  }

  /// Bytes of a file; nil when there is none.
  func size(of name: String) -> Int? {
    var status = stat()
    return unsafe fstatat(descriptor, name, &status, 0) == 0 ? Int(status.st_size) : nil
  }

  /// Whether files can be written here, asked of the system (root can always but on a read-only mount).
  func canWrite(_ name: String) -> Bool {
    unsafe faccessat(descriptor, name, W_OK, AT_EACCESS) == 0
  }

  /// Opens a file of the folder, close-on-exec, mode 0600 when made; nil when there is none.
  func open(_ name: String, _ flags: CInt) throws(ShelfError) -> File? {
    let opened = unsafe Glibc.openat(descriptor, name, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
    if opened < 0, errno == ENOENT { return nil }
    guard opened >= 0 else { throw error("open", name) }
    return File(descriptor: opened, path: path + [UInt8(ascii: "/")] + Array(name.utf8))
  }

  /// Makes an empty file of mode 0600 if there is none, for SQLite to fill.
  func makeFile(_ name: String) throws(ShelfError) {
    _ = try open(name, O_WRONLY | O_CREAT)
  }

  /// Renames within the folder and makes it durable. The target is replaced.
  func rename(_ from: String, to target: String) throws(ShelfError) {
    guard unsafe renameat(descriptor, from, descriptor, target) == 0 else { throw error("rename", from) }
    try sync()
  }

  /// Removes a file; one that is not there is no error.
  func remove(_ name: String) {
    _ = unsafe unlinkat(descriptor, name, 0)
  }

  /// Makes renames and new names durable.
  func sync() throws(ShelfError) {
    guard fsync(descriptor) == 0 else { throw error("fsync", ".") }
  }

  /// Names in the folder, sorted, but for those that are not UTF-8.
  func names() -> [String] {
    let copy = unsafe Glibc.openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
        unsafe Array(name.prefix { $0 != 0 })
      }
      if let name = String(validating: bytes, as: UTF8.self) { names.append(name) }
    }
    return names.sorted()
  }
}

import Glibc

/// Finds the files below a folder by byte names.
///
/// Hidden names are skipped. Links to regular files are followed, links to folders are not. Nothing is
/// met twice: device and inode of each file and folder are remembered, so that loops end.
public enum FolderWalk {
  /// How many folders may lie inside one another.
  public static let depthLimit = 64

  /// What a walk met.
  public struct Outcome: Sendable {
    /// Regular files, each folder's sorted by bytes, files of a folder before those of its folders.
    public var files: [PathName] = []
    /// What could not be read or is not followed, each named once.
    public var skipped: [FileError] = []
  }

  /// Walks a folder.
  /// - Throws: `FileError` when the folder itself cannot be read.
  /// - Complexity: O(n log n) in names; without recursion.
  public static func files(below root: PathName) throws(FileError) -> Outcome {
    guard let name = root.terminated else { throw FileError(path: root, reason: .missing) }
    let descriptor = unsafe open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path: root, errno: errno) }
    var walk = Walk()
    var pending = [Pending(path: root, depth: 0)]
    walk.list(descriptor, pending[0], into: &pending)
    pending.removeFirst()
    while let folder = pending.popLast() {
      guard folder.depth <= depthLimit else {
        walk.outcome.skipped.append(FileError(path: folder.path, reason: .tooDeep))
        continue
      }
      guard let name = folder.path.terminated else { continue }
      let descriptor = unsafe open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
      guard descriptor >= 0 else {
        walk.outcome.skipped.append(FileError(path: folder.path, errno: errno))
        continue
      }
      walk.list(descriptor, folder, into: &pending)
    }
    return walk.outcome
  }

  private struct Pending {
    var path: PathName
    var depth: Int
  }

  private struct Identity: Hashable {
    var device: UInt
    var inode: UInt
  }

  private struct Walk {
    var outcome = Outcome()
    var seen: Set<Identity> = []

    /// Lists one folder and closes its descriptor.
    mutating func list(_ descriptor: Int32, _ folder: Pending, into pending: inout [Pending]) {
      var status = stat()
      if unsafe fstat(descriptor, &status) == 0, !isNew(status) {
        close(descriptor)
        return
      }
      let (names, code) = FolderWalk.names(in: descriptor)
      if code != 0 { outcome.skipped.append(FileError(path: folder.path, errno: code)) }
      var folders: [Pending] = []
      for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) where name.first != 0x2E {
        let path = folder.path.appending(name)
        if let inner = take(name, path, in: descriptor) {
          folders.append(Pending(path: inner, depth: folder.depth + 1))
        }
      }
      pending.append(contentsOf: folders.reversed())
      close(descriptor)
    }

    /// Sorts one name in; returns its path when it is a folder to walk.
    private mutating func take(_ name: [UInt8], _ path: PathName, in folder: Int32) -> PathName? {
      let terminated = name.map { CChar(bitPattern: $0) } + [0]
      var status = stat()
      guard unsafe fstatat(folder, terminated, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        outcome.skipped.append(FileError(path: path, errno: errno))
        return nil
      }
      let isLink = status.st_mode & S_IFMT == S_IFLNK
      if isLink, unsafe fstatat(folder, terminated, &status, 0) != 0 {
        outcome.skipped.append(FileError(path: path, errno: errno))
        return nil
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        if isNew(status) { outcome.files.append(path) }
      case S_IFDIR where isLink:
        outcome.skipped.append(FileError(path: path, reason: .linkedFolder))
      case S_IFDIR:
        return path
      default:
        outcome.skipped.append(FileError(path: path, reason: .notRegular))
      }
      return nil
    }

    private mutating func isNew(_ status: stat) -> Bool {
      seen.insert(Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))).inserted
    }
  }

  /// The names in a folder, without `.` and `..`, and the `errno` of a listing that broke off.
  static func names(in descriptor: Int32) -> (names: [[UInt8]], code: Int32) {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else {
      let code = errno
      if copy >= 0 { close(copy) }
      return ([], code)
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { return (names, errno) }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
    }
  }
}

import Glibc
import Reader

/// Sees that a file was written, without looking for it: the kernel says so (inotify), and until it does
/// the thread sleeps.
///
/// Watched is the folder, for editors put a new file in the old one's place. Where the folder is not there
/// yet, the nearest one above that is there is watched until it comes; where the file is a link, the folder of what it points
/// to as well.
final class ConfigurationWatch: Sendable {
  private let path: [UInt8]
  private let report: @Sendable () -> Void

  /// Watches a file from now on, on a thread of its own, as long as the process lives.
  /// - Parameter report: called on that thread when the file may be another; many changes in a row are
  ///   told once.
  static func start(_ path: [UInt8], report: @escaping @Sendable () -> Void) {
    let descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return }
    let watch = ConfigurationWatch(path, report)
    let worker = Worker(isBackground: true)
    watch.arm(descriptor)
    worker.submit { watch.run(descriptor) }
  }

  private init(_ path: [UInt8], _ report: @escaping @Sendable () -> Void) {
    self.path = path
    self.report = report
  }

  private func run(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      // Editors write other files beside it.
      var own = [path, ConfigurationWatch.target(of: path) ?? path].map(ConfigurationWatch.lastComponent)
      var folder = ConfigurationWatch.folder(of: path)
      while folder.count > 1 {
        own.append(ConfigurationWatch.lastComponent(of: folder))
        folder = ConfigurationWatch.folder(of: folder)
      }
      let changes = ConfigurationWatch.changes(in: buffer[..<count]).filter { own.contains($0.name) }
      guard !changes.isEmpty else { continue }
      arm(descriptor)
      // A file that was only made is still to be written; a link is all there is.
      guard isLink || changes.contains(where: { !$0.isOnlyMade || $0.name != own[0] }) else { continue }
      report()
    }
  }

  /// Watches the folders that matter now. One that is watched already stays so.
  private func arm(_ descriptor: Int32) {
    // A file that is only being written is not whole yet: its end counts, not each write.
    let file = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE
    func watch(_ folder: [UInt8], _ mask: Int32) -> Bool {
      let name = folder.map { CChar(bitPattern: $0) } + [0]
      return unsafe inotify_add_watch(descriptor, name, UInt32(bitPattern: mask | IN_ONLYDIR)) >= 0
    }
    let folder = ConfigurationWatch.folder(of: path)
    if watch(folder, file) {
      let target = ConfigurationWatch.target(of: path)
      if let target, ConfigurationWatch.folder(of: target) != folder {
        _ = watch(ConfigurationWatch.folder(of: target), file)
      }
    } else {
      // The nearest folder above that is there; the one below it may come while that is found out.
      for _ in 0..<64 {
        var missing = folder
        while missing.count > 1, !watch(ConfigurationWatch.folder(of: missing), IN_CREATE | IN_MOVED_TO) {
          missing = ConfigurationWatch.folder(of: missing)
        }
        guard isThere(missing) else { return }
        if watch(folder, file) { return }
      }
    }
  }

  private func isThere(_ path: [UInt8]) -> Bool {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    return unsafe access(name, F_OK) == 0
  }

  private var isLink: Bool {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    var status = stat()
    return unsafe lstat(name, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// What happened to which names, of a run of the kernel's records: 16 bytes, of which the second four are
  /// what happened and the last four the length of the name that follows, padded with NUL.
  private static func changes(in records: ArraySlice<UInt8>) -> [(name: [UInt8], isOnlyMade: Bool)] {
    var changes: [(name: [UInt8], isOnlyMade: Bool)] = []
    var start = records.startIndex
    func number(_ offset: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(records[start + offset + $1]) << (8 * $1) }
    }
    while start + 16 <= records.endIndex {
      let length = number(12)
      guard length <= records.endIndex - start - 16 else { break }
      let name = Array(records[start + 16..<start + 16 + length].prefix { $0 != 0 })
      changes.append((name, number(4) & Int(IN_CREATE) != 0))
      start += 16 + length
    }
    return changes
  }

  private static func lastComponent(of path: [UInt8]) -> [UInt8] {
    Array(path[((path.lastIndex(of: 0x2F) ?? -1) + 1)...])
  }

  private static func folder(of path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: 0x2F), slash > 0 else { return [0x2F] }
    return Array(path[..<slash])
  }

  /// What the path leads to when all links are followed.
  private static func target(of path: [UInt8]) -> [UInt8]? {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    guard let real = unsafe realpath(name, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
  }
}

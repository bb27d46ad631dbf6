import Archive
import Bytes
import Glibc
import Runtime
import Shelf

extension LibrarySources {
  /// What the arguments name; without any the remembered roots, else the seeds.
  init(arguments: [String], options: ReadingOptions) {
    if arguments.isEmpty {
      let roots = LibrarySources.rememberedRoots
      if let first = roots.first {
        let name = String(decoding: PathName(first).lastComponent, as: UTF8.self)
        self.init(paths: roots, name: roots.count == 1 ? name : "library", options: options)
        return
      }
      self.init(paths: LibrarySources.seeds.map { [$0] } ?? [], name: "seeds", options: options)
      return
    }
    let paths = CommandLineArguments.bytes(of: arguments.filter { $0 != "-" })
    let first = arguments.first ?? ""
    let last = PathName(first == "-" ? [] : paths.first ?? []).lastComponent
    let shown = first == "-" ? "standard input" : String(decoding: last, as: UTF8.self)
    self.init(
      paths: paths, readsStandardInput: arguments.contains("-"),
      name: arguments.count == 1 ? shown : "\(shown) and \(arguments.count - 1) more", options: options)
  }

  /// `lectern` in `XDG_CACHE_HOME`, else in `~/.cache`; nil where neither is an absolute path.
  static var standardCacheFolder: [UInt8]? {
    func folder(_ name: String) -> PathName? {
      guard let value = unsafe getenv(name), unsafe value.pointee == 0x2F else { return nil }
      return PathName(unsafe String(cString: value))
    }
    let cache = folder("XDG_CACHE_HOME") ?? folder("HOME")?.appending(Array(".cache".utf8))
    return cache?.appending(Array("lectern".utf8)).bytes
  }

  /// The seeds that come with the program: beside the binary, where a package manager puts shared files,
  /// or in the checkout that it was built in.
  static var seeds: [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return -1 }
      return unsafe readlink("/proc/self/exe", start, bytes.count)
    }
    guard count > 0, count < buffer.count else { return nil }
    var folder = PathName(Array(buffer[..<count])).folder
    let candidates = [
      folder.appending(Array("seeds".utf8)),
      folder.folder.appending(Array("share/lectern/seeds".utf8)),
    ]
    for candidate in candidates where candidate.kind == .folder { return candidate.bytes }
    for _ in 0..<6 {
      let seeds = folder.appending(Array("seeds".utf8))
      if folder.appending(Array("Package.swift".utf8)).kind == .file, seeds.kind == .folder {
        return seeds.bytes
      }
      folder = folder.folder
    }
    return nil
  }
}

extension ShelfLocation {
  /// The shelf's place in this environment.
  static var current: Result<ShelfLocation, ShelfError> {
    var environment: [String: String] = [:]
    for name in ["XDG_DATA_HOME", "HOME"] {
      if let value = unsafe getenv(name) { environment[name] = unsafe String(cString: value) }
    }
    do throws(ShelfError) {
      return .success(try ShelfLocation.standard(environment: environment))
    } catch {
      return .failure(error)
    }
  }
}

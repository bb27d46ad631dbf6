internal import Glibc

/// Where the shelf lives.
public struct ShelfLocation: Sendable, Hashable {
  /// The folder's path, bytes as the file system has them.
  public var dataFolder: [UInt8]

  /// A folder by its path.
  public init(dataFolder: [UInt8]) {
    self.dataFolder = dataFolder
  }

  /// `$XDG_DATA_HOME/lectern`, else `$HOME/.local/share/lectern`, else the same in the home folder that
  /// the user database names. Values that are empty or relative do not count, as the XDG
  /// specification has it.
  /// - Throws: `ShelfError.noHome` when none of them is known.
  public static func standard(environment: [String: String]) throws(ShelfError) -> ShelfLocation {
    try standard(environment: environment, userHome: homeInUserDatabase)
  }

  static func standard(
    environment: [String: String], userHome: () -> [UInt8]?
  ) throws(ShelfError) -> ShelfLocation {
    if let data = absolute(environment["XDG_DATA_HOME"].map { Array($0.utf8) }) {
      return ShelfLocation(dataFolder: joined(data, "lectern"))
    }
    if let home = absolute(environment["HOME"].map { Array($0.utf8) }) ?? absolute(userHome()) {
      return ShelfLocation(dataFolder: joined(home, ".local/share/lectern"))
    }
    throw .noHome
  }

  private static func absolute(_ path: [UInt8]?) -> [UInt8]? {
    guard let path, path.first == UInt8(ascii: "/"), !path.contains(0) else { return nil }
    return path
  }

  private static func joined(_ folder: [UInt8], _ name: String) -> [UInt8] {
    folder + (folder.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + Array(name.utf8)
  }

  private static func homeInUserDatabase() -> [UInt8]? {
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16 << 10)
    guard unsafe getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found) == 0,
      unsafe found != nil, let home = unsafe entry.pw_dir
    else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: home, count: strlen(home)))
  }
}

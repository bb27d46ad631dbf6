/// A path as the file system has it: bytes without NUL, in no promised encoding.
///
/// Names are opened by these bytes; only `display` turns them into text, and never back.
public struct PathName: Hashable, Sendable, Comparable {
  /// The bytes of the path, without a terminating NUL.
  public var bytes: [UInt8]

  /// A path from its bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A path from text, as its UTF-8.
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// Orders by bytes.
  public static func < (left: PathName, right: PathName) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Valid UTF-8 to show: broken parts become U+FFFD. Control characters stay; the screen's own rule
  /// deals with them.
  /// - Complexity: O(length).
  public var display: [UInt8] { UTF8Repair.repair(bytes).utf8 }

  /// The part after the last slash; trailing slashes are ignored. The root is its own last component.
  public var lastComponent: [UInt8] {
    var end = bytes.count
    while end > 1, bytes[end - 1] == 0x2F { end -= 1 }
    var start = end
    while start > 0, bytes[start - 1] != 0x2F { start -= 1 }
    return start == end ? Array(bytes[..<end]) : Array(bytes[start..<end])
  }

  /// The folder that holds this path; `.` for a bare name.
  public var folder: PathName {
    var end = bytes.count
    while end > 1, bytes[end - 1] == 0x2F { end -= 1 }
    while end > 0, bytes[end - 1] != 0x2F { end -= 1 }
    while end > 1, bytes[end - 1] == 0x2F { end -= 1 }
    return end == 0 ? PathName(".") : PathName(Array(bytes[..<end]))
  }

  /// This path from the root of the file system on, without `.` and doubled or trailing slashes; links and `..`
  /// stay. Where the working folder is gone, a relative path stays relative.
  public var absolute: PathName {
    var parts = bytes.split(separator: 0x2F).filter { $0 != [0x2E] }
    if bytes.first != 0x2F {
      guard let folder = PathName.workingFolder else { return self }
      parts = folder.bytes.split(separator: 0x2F) + parts
    }
    return PathName([0x2F] + Array(parts.joined(separator: [0x2F])))
  }

  /// This path with one more component.
  public func appending(_ component: [UInt8]) -> PathName {
    bytes.last == 0x2F ? PathName(bytes + component) : PathName(bytes + [0x2F] + component)
  }

  /// The bytes as C wants them, or nil when a NUL inside would make the kernel see another path.
  var terminated: [CChar]? {
    guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
    return bytes.map { CChar(bitPattern: $0) } + [0]
  }
}

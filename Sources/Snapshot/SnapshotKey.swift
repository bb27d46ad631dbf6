// Snapshot owns the cache: a library and the index over it, as they were last read, on the disk. It refuses to
// know what a source looks like inside and what a reader does with it.

public import Bytes

/// What a snapshot is of: the roots and how they were read. Two keys are equal when all of that is.
public struct SnapshotKey: Hashable, Sendable {
  /// The roots and options in one text, which the manifest keeps.
  public let roots: [UInt8]
  /// The name that the files of the snapshot begin with: 16 hexadecimal digits.
  public let name: [UInt8]

  /// A key.
  /// - Parameters:
  ///   - paths: the roots, as the file system names them.
  ///   - options: whatever else changes what is read, in any form that is always the same.
  public init(paths: [PathName], options: [UInt8]) {
    var roots: [UInt8] = []
    func append(_ field: [UInt8]) {
      roots += Array(String(field.count).utf8) + [0x3A] + field
    }
    // A relative path means another file in another folder.
    if paths.contains(where: { $0.bytes.first != 0x2F }) { append(PathName.workingFolder?.bytes ?? []) }
    for path in paths { append(path.bytes) }
    append(options)
    self.roots = roots
    name = SnapshotKey.digits(Checksum.of(roots))
  }

  /// 16 lowercase hexadecimal digits.
  static func digits(_ number: UInt64) -> [UInt8] {
    let text = String(number, radix: 16)
    return Array((String(repeating: "0", count: 16 - text.utf8.count) + text).utf8)
  }
}

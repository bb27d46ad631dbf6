import Bytes

/// Looking into a packed source once more, for the bytes that were read from it.
extension Archive {
  /// The bytes of a file as the readers of formats saw them: unpacked, and of an archive one member's.
  /// - Parameters:
  ///   - packed: the bytes of the file.
  ///   - member: the name of the member; nil for a file that is no archive.
  ///   - limit: the most bytes that are unpacked.
  /// - Returns: nil when there is no such member, or more than the limit. Damage ends them early.
  /// - Complexity: O(bytes unpacked, those of the members before it too).
  public static func unpacked(_ packed: [UInt8], member: [UInt8]?, limit: Int) -> [UInt8]? {
    var source = Source(path: [], bytes: packed)
    var wanted = member
    // One compression and one archive, as when they are read.
    for _ in 0..<3 {
      guard let packing = Packing.of(Array(source.peek(FormatFamily.headSize))) else { break }
      if packing.layer == .archive {
        guard let name = wanted, let reader = ArchiveReader(packing, source),
          let stream = Archive.stream(of: name, in: reader, packing)
        else { return nil }
        wanted = nil
        source = Source(path: [], stream: stream)
      } else {
        guard
          let stream = Unpacking.stream(
            of: packing, source, ReadingOptions(allowsLongWindows: true), { _ in })
        else { return nil }
        source = Source(path: [], stream: stream)
      }
    }
    guard wanted == nil else { return nil }
    var bytes: [UInt8] = []
    while bytes.count <= limit, source.read(into: &bytes, upTo: PackedInput.step) > 0 {}
    return bytes.count <= limit ? bytes : nil
  }

  private static func stream(
    of name: [UInt8], in reader: ArchiveReader, _ packing: Packing
  ) -> MemberStream? {
    for _ in 0..<Unpacking.memberLimit {
      guard let member = reader.next().0 else { return nil }
      guard case .file = member.kind, !member.isEncrypted, PathName(member.name) == PathName(name) else {
        continue
      }
      return MemberStream(reader, packing, limit: ExpansionLimit())
    }
    return nil
  }
}

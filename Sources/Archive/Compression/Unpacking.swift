import Bytes

/// Packed sources: gzip and zstd streams, zip and tar archives, bzip2 and xz files. One compression and
/// one archive are opened, nothing deeper.
enum Unpacking {
  /// At most so many members of an archive are read.
  static let memberLimit = 1_000_000

  /// Opens a packed source and reads what is in it.
  /// - Returns: false when the bytes are not packed.
  static func read(_ source: Source, head: [UInt8], importer: Importer, intake: Intake) -> Bool {
    guard let packing = Packing.of(head) else { return false }
    guard source.layers.contains(packing.layer) else {
      intake.report(ProblemSentence.packedAgain(packing))
      return true
    }
    if packing.layer == .archive {
      var members = ArchiveMembers(source, packing, importer, intake)
      members.read()
      return true
    }
    let head = Array(source.peek(ExpansionLimit().probe))
    guard let stream = stream(of: packing, source, importer.options, { intake.report($0) }) else {
      intake.report(ProblemSentence.noMemory)
      return true
    }
    let inner = Source(path: source.path, stream: stream, isCancelled: importer.isCancelled)
    inner.layers = source.layers.subtracting(.compressed)
    let begins = inner.peek(FormatFamily.headSize).count
    if begins == FormatFamily.headSize, stream is MemberStream || begins / 100 > stream.packedCount,
      let sentence = bomb(head, packing, importer)
    {
      intake.report(sentence)
    } else {
      importer.read(inner, within: intake)
    }
    return true
  }

  /// What is wrong with a source that grows too far from its beginning on, and would fill the memory of a
  /// reader with it: the limit's sentence, or nil.
  private static func bomb(_ head: [UInt8], _ packing: Packing, _ importer: Importer) -> String? {
    let source = Source(path: [], bytes: head, isCancelled: importer.isCancelled)
    guard let stream = stream(of: packing, source, importer.options, { _ in }) else { return nil }
    var bytes: [UInt8] = []
    var unpacked = 0
    while unpacked < ExpansionLimit().ratioFrom {
      bytes.removeAll(keepingCapacity: true)
      guard let count = try? stream.next(into: &bytes, upTo: PackedInput.step), count > 0 else { return nil }
      unpacked += count
      // So much out of so little is only going on to be too much.
      if unpacked >= 1 << 20, unpacked / 100 < stream.packedCount { return nil }
    }
    return ExpansionLimit().ratioProblem(packed: stream.packedCount, unpacked: unpacked, isWhole: true)
  }

  static func stream(
    of packing: Packing, _ source: Source, _ options: ReadingOptions,
    _ report: @escaping (String) -> Void
  ) -> (any UnpackingStream)? {
    let limit = ExpansionLimit()
    switch packing {
    case .gzip: return GzipStream(source, limit: limit, report: report)
    case .zstd:
      return ZstdStream(source, allowsLongWindows: options.allowsLongWindows, limit: limit)
    case .bzip2, .xz, .zip, .tar:
      guard let reader = ArchiveReader(packing, source) else { return nil }
      // The header of what has none; one that fails shows when its content is read.
      _ = reader.next()
      return MemberStream(reader, packing, limit: limit)
    }
  }
}

/// Bytes that come out of a packed source.
protocol UnpackingStream: ByteStream {
  /// Packed bytes that were used for what came out so far.
  var packedCount: Int { get }
}

/// The members of one archive, on their way to the readers of their formats.
struct ArchiveMembers {
  private let source: Source
  private let packing: Packing
  private let importer: Importer
  private let intake: Intake
  private var taken = 0
  private var skipped = 0
  private var unpacked = 0

  init(_ source: Source, _ packing: Packing, _ importer: Importer, _ intake: Intake) {
    self.source = source
    self.packing = packing
    self.importer = importer
    self.intake = intake
  }

  /// Reads one member after the other. Names are labels, nothing more: `..` and `/` lead nowhere.
  mutating func read() {
    guard let reader = ArchiveReader(packing, source) else { return intake.report(ProblemSentence.noMemory) }
    var count = 0
    while !importer.isCancelled() {
      let (member, outcome) = reader.next()
      guard let member else {
        if outcome != .end, !reader.hasSourceFailed {
          intake.report(ProblemSentence.archiveDamaged(packing, taken))
        }
        break
      }
      count += 1
      if count == 1, packing == .zip, ArchiveMembers.opensDocument(member.name) {
        return intake.report(ProblemSentence.binary)
      }
      guard count <= Unpacking.memberLimit else {
        intake.report(ProblemSentence.tooManyMembers(Unpacking.memberLimit))
        break
      }
      guard take(member, of: reader) else { break }
    }
    if skipped > 0 { intake.report(ProblemSentence.skippedMembers(skipped)) }
    if taken == 0, skipped == 0, intake.isClean { intake.report(ProblemSentence.emptyArchive) }
  }

  /// Reads one member.
  /// - Returns: false when a limit ends the archive.
  private mutating func take(_ member: ArchiveReader.Member, of reader: ArchiveReader) -> Bool {
    let stream = MemberStream(reader, packing, limit: ExpansionLimit(), before: unpacked)
    let path = PathName(source.path).appending(member.name).bytes
    defer { unpacked += stream.unpacked }
    switch member.kind {
    case .folder: return true
    case .other: skipped += 1
    case .file where ArchiveMembers.isHidden(member.name): break
    case .file where member.isEncrypted:
      Intake(path: path, importer: importer, within: intake).report(ProblemSentence.encrypted)
      taken += 1
    case .file:
      let inner = Source(path: path, stream: stream, isCancelled: importer.isCancelled)
      inner.layers = source.layers.subtracting(.archive)
      importer.read(inner, within: intake)
      taken += 1
    }
    return leave(stream, path)
  }

  /// Goes to the end of a member that is not wanted any further. libarchive would do that itself, but
  /// without limits.
  private func leave(_ stream: MemberStream, _ path: [UInt8]) -> Bool {
    guard !stream.isOverLimit else { return false }
    do throws(StreamError) {
      try stream.drain()
    } catch {
      guard stream.isOverLimit else { return true }
      Intake(path: path, importer: importer, within: intake).report(error.sentence)
      return false
    }
    return true
  }

  /// Whether a component of a name is hidden, as files in folders are.
  private static func isHidden(_ name: [UInt8]) -> Bool {
    name.split(separator: 0x2F).contains { $0.first == 0x2E && $0 != [0x2E] && $0 != [0x2E, 0x2E] }
  }

  /// Whether the first member is what office programs, e-books and programs begin with: no archive of
  /// pages.
  private static func opensDocument(_ name: [UInt8]) -> Bool {
    ["[Content_Types].xml", "mimetype", "META-INF/", "META-INF/MANIFEST.MF"].contains {
      name.elementsEqual($0.utf8)
    }
  }
}

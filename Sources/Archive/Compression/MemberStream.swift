/// The bytes of one member of an archive, or of a bzip2 or xz file, until the reader goes on to the next.
final class MemberStream: UnpackingStream {
  private let reader: ArchiveReader
  private let packing: Packing
  private let limit: ExpansionLimit
  /// Bytes that came out of the archive before this member.
  private let before: Int
  /// Bytes of this member that came out.
  private(set) var unpacked = 0
  /// Whether a limit was reached: nothing more of the archive is to be read.
  private(set) var isOverLimit = false
  private var isAtEnd = false

  init(_ reader: ArchiveReader, _ packing: Packing, limit: ExpansionLimit, before: Int = 0) {
    self.reader = reader
    self.packing = packing
    self.limit = limit
    self.before = before
  }

  var packedCount: Int { reader.used }

  func next(into buffer: inout [UInt8], upTo most: Int) throws(StreamError) -> Int {
    guard !isAtEnd else { return 0 }
    if let sentence = problem {
      (isAtEnd, isOverLimit) = (true, true)
      throw .damaged(sentence)
    }
    let (count, outcome) = reader.read(into: &buffer, upTo: min(most, PackedInput.step))
    unpacked += count
    guard outcome != .more else { return count }
    isAtEnd = true
    if outcome == .end || reader.hasSourceFailed { return 0 }
    throw .damaged(
      outcome == .notSupported
        ? ProblemSentence.methodNotSupported(packing) : ProblemSentence.damaged(packing))
  }

  /// The archive's ratio counts over all its members, the size for each.
  private var problem: String? {
    limit.problem(packed: reader.used, unpacked: unpacked)
      ?? limit.ratioProblem(packed: reader.used, unpacked: before + unpacked)
  }

  /// Leaves out what is left of the member, within the limits.
  func drain() throws(StreamError) {
    var buffer: [UInt8] = []
    while try next(into: &buffer, upTo: PackedInput.step) > 0 { buffer.removeAll(keepingCapacity: true) }
  }
}

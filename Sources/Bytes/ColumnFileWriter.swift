import Glibc

/// Gathers named columns and writes them as one file that `ColumnFile` maps.
///
/// Columns are shared, not copied; writing goes through one buffer of 1 MiB.
public struct ColumnFileWriter {
  private struct Part {
    var name: [UInt8]
    var elementSize: Int
    var count: Int
    var offset: Int
    /// Whether another part has the bytes.
    var isShared: Bool
    var storage: ColumnStorage
    /// For a column that is written in another order: calls its argument with the ranges of bytes.
    var ranges: (((Range<Int>) -> Void) -> Void)?

    var byteCount: Int { elementSize * count }
  }

  /// How far a write has come; for tests that let it die there.
  public enum Step: Hashable, Sendable {
    /// The temporary file is there, and empty.
    case created
    /// Some of the data was written.
    case data
    /// All of the data is written, and nothing says what it is yet.
    case allData
    /// The front is written.
    case front
    /// The disk has all of it.
    case synced
    /// It stands under its name.
    case renamed
  }

  /// What a written file is known by.
  public struct Receipt: Hashable, Sendable {
    /// Bytes of the file.
    public var byteCount: Int
    /// As `ColumnFile.seal`.
    public var seal: UInt64
  }

  private let version: UInt32
  private var parts: [Part] = []
  private var dataSize = 0

  /// A writer of a file without columns.
  /// - Parameter version: the version of the contents.
  public init(version: UInt32) { self.version = version }

  /// Bytes of all columns so far.
  public var byteCount: Int { dataSize }

  /// Adds a column. One that was added under another name already is not stored twice.
  /// - Parameter name: at most 40 bytes of ASCII, given once.
  public mutating func add<Element>(_ name: String, _ column: Column<Element>) {
    precondition(name.utf8.count <= ColumnFile.nameSize, "a column's name has at most 40 bytes")
    precondition(!parts.contains { $0.name == Array(name.utf8) }, "two columns of one name")
    let twin = parts.first {
      $0.ranges == nil && $0.storage === column.storage && $0.byteCount == column.byteCount
        && column.byteCount > 0
    }
    let offset = twin?.offset ?? (dataSize + 63) / 64 * 64
    parts.append(
      Part(
        name: Array(name.utf8), elementSize: MemoryLayout<Element>.size, count: column.count, offset: offset,
        isShared: twin != nil, storage: column.storage))
    dataSize = max(dataSize, offset + column.byteCount)
  }

  /// Adds a column made of ranges of another, one after the other, which is not held anywhere as a whole.
  /// - Parameters:
  ///   - count: elements of all ranges together.
  ///   - ranges: calls its argument with the ranges, the same each time.
  public mutating func add<Element>(
    _ name: String, count: Int, of column: Column<Element>,
    ranges: @escaping ((Range<Int>) -> Void) -> Void
  ) {
    let size = MemoryLayout<Element>.size
    let offset = (dataSize + 63) / 64 * 64
    parts.append(
      Part(
        name: Array(name.utf8), elementSize: size, count: count, offset: offset, isShared: false,
        storage: column.storage,
        ranges: { body in
          ranges { range in
            let range = range.clamped(to: 0..<column.count)
            body(range.lowerBound * size..<range.upperBound * size)
          }
        }))
    dataSize = max(dataSize, offset + count * size)
  }

  /// Writes the file: beside its place (0600), synced, renamed into it. The folder is not synced; see
  /// `DurableFile.sync(folder:)`.
  /// - Parameters:
  ///   - isCancelled: asked once a MiB; once true, writing stops and nothing is left.
  ///   - goesOn: told each step; false leaves everything as it is then, as if the program had died.
  /// - Returns: what was written; nil when it was cancelled or did not go on.
  /// - Throws: `FileError` naming the path; nothing is left then.
  public func write(
    _ path: PathName, isCancelled: () -> Bool = { false }, goesOn: (Step) -> Bool = { _ in true }
  ) throws(FileError) -> Receipt? {
    let temporary = path.folder.appending([0x2E] + path.lastComponent + Array(".\(getpid()).tmp".utf8))
    guard let from = temporary.terminated, let to = path.terminated else {
      throw FileError(path: path, reason: .missing)
    }
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    var descriptor = unsafe open(from, flags, 0o600)
    if descriptor < 0, errno == EEXIST {
      // Left by a process of the same number that died: nobody alive writes it.
      unsafe unlink(from)
      descriptor = unsafe open(from, flags, 0o600)
    }
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    var output = ColumnFileOutput(descriptor: descriptor)
    defer { close(descriptor) }
    guard goesOn(.created) else { return nil }

    let blocks = (dataSize + MappedFile.blockSize - 1) / MappedFile.blockSize
    let frontSize = ColumnFile.headSize(columns: parts.count, blocks: blocks) + 8 * blocks
    let dataOffset = (frontSize + ColumnFile.pageSize - 1) / ColumnFile.pageSize * ColumnFile.pageSize
    output.begin(at: dataOffset, size: dataOffset + dataSize)
    var cancelled = false
    var hasDied = false
    for part in parts where !part.isShared {
      output.pad(to: part.offset)
      var asked = 0
      func append(_ range: Range<Int>) {
        guard !range.isEmpty, output.code == 0, !cancelled, !hasDied else { return }
        part.storage.touch(range)
        unsafe output.append(
          UnsafeRawBufferPointer(start: part.storage.base + range.lowerBound, count: range.count))
        asked += range.count
        if asked < 1 << 20 && part.ranges != nil { return }
        asked = 0
        cancelled = isCancelled()
        hasDied = !goesOn(.data)
      }
      if let ranges = part.ranges {
        ranges(append)
        // What does not come to the size that was said would shift all that follows.
        let isWhole = output.end == part.offset + part.byteCount
        if output.code == 0, !cancelled, !hasDied, !isWhole { output.code = EIO }
      } else {
        for start in stride(from: 0, to: part.byteCount, by: 1 << 20) {
          append(start..<min(start + (1 << 20), part.byteCount))
        }
      }
    }
    output.flush()
    if hasDied || (output.code == 0 && !cancelled && !goesOn(.allData)) { return nil }
    let (front, seal) = front(size: frontSize, dataOffset: dataOffset, checksums: output.checksums)
    if output.code == 0, !cancelled {
      output.write(front, at: 0)
      if output.code == 0, !goesOn(.front) { return nil }
      if output.code == 0, fsync(descriptor) != 0 { output.code = errno }
      if output.code == 0, !goesOn(.synced) { return nil }
      if output.code == 0, unsafe rename(from, to) != 0 { output.code = errno }
    }
    guard output.code == 0, !cancelled else {
      unsafe unlink(from)
      if output.code != 0 { throw FileError(path: path, errno: output.code) }
      return nil
    }
    guard goesOn(.renamed) else { return nil }
    return Receipt(byteCount: dataOffset + dataSize, seal: seal)
  }

  /// Whether a column that was added comes from a file that gave back something else than was written:
  /// what was made of it must not be kept.
  public var isDamaged: Bool { parts.contains { $0.storage.isDamaged } }

  private func front(size: Int, dataOffset: Int, checksums: [UInt64]) -> (bytes: [UInt8], seal: UInt64) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    func append<Number: FixedWidthInteger>(_ number: Number) {
      unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }
    bytes += ColumnFile.magic
    append(ColumnFile.layoutVersion)
    append(version)
    append(UInt64(size))
    append(UInt64(dataOffset + dataSize))
    append(UInt64(dataOffset))
    append(UInt32(parts.count))
    bytes.append(contentsOf: repeatElement(0, count: ColumnFile.headerSize - bytes.count))
    for part in parts {
      bytes += part.name + Array(repeating: 0, count: ColumnFile.nameSize - part.name.count)
      append(UInt32(part.elementSize))
      append(UInt32(0))
      append(UInt64(part.count))
      append(UInt64(part.offset))
    }
    var sums: [UInt8] = []
    sums.reserveCapacity(8 * checksums.count)
    for checksum in checksums {
      unsafe withUnsafeBytes(of: checksum.littleEndian) { unsafe sums.append(contentsOf: $0) }
    }
    for leaf in stride(from: 0, to: sums.count, by: 8 * MappedFile.leafSize) {
      append(Checksum.of(Array(sums[leaf..<min(leaf + 8 * MappedFile.leafSize, sums.count)])))
    }
    let seal = Checksum.of(bytes)
    append(seal)
    return (bytes + sums, seal)
  }
}

/// Writes data block by block and keeps the blocks' checksums.
private struct ColumnFileOutput {
  let descriptor: Int32
  /// The `errno` of the first failure, or 0.
  var code: Int32 = 0
  private(set) var checksums: [UInt64] = []
  private var buffer: [UInt8] = []
  private var fileOffset = 0
  /// Bytes of data so far.
  private var count = 0

  private static let bufferSize = 1 << 20

  init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(ColumnFileOutput.bufferSize)
  }

  /// Makes room, so that a full disk says so before anything is written.
  mutating func begin(at offset: Int, size: Int) {
    fileOffset = offset
    let result = posix_fallocate(descriptor, 0, max(size, 1))
    // Not every file system can; then writing will tell.
    if result == ENOSPC || result == EFBIG || result == EDQUOT { code = result }
  }

  /// Bytes of data so far.
  var end: Int { count }

  mutating func pad(to offset: Int) {
    if offset > count { append(zeros: offset - count) }
  }

  private mutating func append(zeros: Int) {
    buffer.append(contentsOf: repeatElement(0, count: zeros))
    count += zeros
    if buffer.count >= ColumnFileOutput.bufferSize { writeWholeBlocks() }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var rest = unsafe bytes[...]
    while unsafe !rest.isEmpty, code == 0 {
      let taken = unsafe rest.prefix(ColumnFileOutput.bufferSize - buffer.count)
      unsafe buffer.append(contentsOf: taken)
      unsafe rest = rest.dropFirst(taken.count)
      if buffer.count >= ColumnFileOutput.bufferSize { writeWholeBlocks() }
    }
    count += bytes.count
  }

  mutating func flush() { write(buffer.count) }

  private mutating func writeWholeBlocks() {
    write(buffer.count / MappedFile.blockSize * MappedFile.blockSize)
  }

  /// Checks and writes the first bytes of the buffer: whole blocks, or the last.
  private mutating func write(_ size: Int) {
    guard size > 0, code == 0 else { return }
    unsafe buffer.withUnsafeBytes { bytes in
      var start = 0
      while start < size {
        let end = min(start + MappedFile.blockSize, size)
        checksums.append(unsafe MappedFile.checksum(UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
        start = end
      }
      unsafe write(UnsafeRawBufferPointer(rebasing: bytes[..<size]), at: fileOffset)
    }
    fileOffset += size
    buffer.removeFirst(size)
  }

  mutating func write(_ bytes: [UInt8], at offset: Int) {
    unsafe bytes.withUnsafeBytes { unsafe write($0, at: offset) }
  }

  private mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    var done = 0
    while done < bytes.count, code == 0 {
      let written = unsafe pwrite(
        descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done, offset + done)
      if written > 0 {
        done += written
      } else if written == 0 {
        code = ENOSPC
      } else if errno != EINTR {
        code = errno
      }
    }
  }
}

import Glibc

/// Why a file of columns is of no use.
public enum ColumnFileError: Error, Hashable, Sendable {
  /// It could not be read at all.
  case unreadable(FileError)
  /// It is no file of columns.
  case foreign
  /// It was written by another version of the program.
  case otherVersion(UInt32)
  /// It is cut short, or what it says of itself contradicts itself; in words.
  case damaged(String)
}

/// A file of named columns, mapped: opening it costs the same whatever its size, and a column is checked
/// when it is read.
///
/// ```
/// 0    8  magic                    "lectern" and a zero
/// 8    4  version of the layout
/// 12   4  version of the contents, as the writer says
/// 16   8  size of the front: header, table, checksums
/// 24   8  size of the file
/// 32   8  offset of the data, a multiple of 4096
/// 40   4  number of columns, zeros up to 64
/// 64      the table, 64 bytes a column: name (40 bytes, zeros behind), bytes an element (4), zero (4),
///         number of elements (8), offset within the data (8), a multiple of 64
///         a checksum for each leaf: 512 of the checksums that follow
///         the checksum of all before
///         a checksum (XXH3-64) for each 64 KiB of the data
/// …       the data, to the end of the file
/// ```
/// All numbers are little-endian. What is read at opening is some KiB whatever the size: a leaf is checked
/// when a block of its 32 MiB is first touched.
public struct ColumnFile: Sendable {
  static let magic: [UInt8] = Array("lectern".utf8) + [0]
  static let layoutVersion: UInt32 = 2
  static let headerSize = 64
  static let entrySize = 64
  static let nameSize = 40
  static let pageSize = 4096
  /// More columns than any file has.
  static let columnLimit = 4096

  /// Bytes before the checksums of the blocks.
  static func headSize(columns: Int, blocks: Int) -> Int {
    headerSize + columns * entrySize + 8 * MappedFile.leafCount(blocks: blocks) + 8
  }

  private let file: MappedFile
  private let dataOffset: Int
  /// The checksum over header, table and the checksums of the leaves: it stands for the contents.
  public let seal: UInt64

  /// Where the file is.
  public var path: PathName { file.path }
  /// Bytes of the file.
  public var byteCount: Int { file.byteCount }
  /// Number of checksummed blocks.
  public var blockCount: Int { file.blockCount }
  /// Number of columns.
  public let columnCount: Int
  /// Whether something that was read was not what had been written.
  public var isDamaged: Bool { file.isDamaged }

  /// Maps a file and checks its front.
  /// - Parameter version: the version of the contents that the caller reads.
  /// - Complexity: O(columns + bytes / 32 MiB).
  public init(_ path: PathName, version: UInt32) throws(ColumnFileError) {
    let file: MappedFile
    do throws(FileError) {
      file = try MappedFile(path)
    } catch {
      if case .system = error.reason { throw .damaged("it is empty or cannot be mapped") }
      throw .unreadable(error)
    }
    let header = FrontReader(file)
    guard file.byteCount >= ColumnFile.headerSize, header.bytes(at: 0, count: 8) == ColumnFile.magic else {
      throw .foreign
    }
    guard header.uint32(at: 8) == ColumnFile.layoutVersion else {
      // A damaged number is not taken for another version.
      if header.isSealedInThisLayout { throw .damaged("its header does not have its checksum") }
      throw .otherVersion(header.uint32(at: 8))
    }
    let frontSize = header.uint64(at: 16)
    guard header.uint64(at: 24) == UInt64(file.byteCount) else {
      throw .damaged("it is not as long as it says")
    }
    let dataOffset = header.uint64(at: 32)
    let count = Int(header.uint32(at: 40))
    guard count <= ColumnFile.columnLimit, dataOffset <= UInt64(file.byteCount), dataOffset % 4096 == 0 else {
      throw .damaged("its header contradicts itself")
    }
    let blocks =
      (file.byteCount - Int(dataOffset) + MappedFile.blockSize - 1) / MappedFile.blockSize
    let headSize = ColumnFile.headSize(columns: count, blocks: blocks)
    guard frontSize == UInt64(headSize + 8 * blocks), frontSize <= dataOffset else {
      throw .damaged("its header contradicts itself")
    }
    let seal = header.uint64(at: headSize - 8)
    guard header.checksum(count: headSize - 8) == seal else {
      throw .damaged("its table does not have its checksum")
    }
    // What has its checksum was meant so.
    guard header.uint32(at: 12) == version else { throw .otherVersion(header.uint32(at: 12)) }
    file.setChecksums(
      leavesAt: ColumnFile.headerSize + count * ColumnFile.entrySize, at: headSize, count: blocks,
      dataOffset: Int(dataOffset))
    guard !file.isDamaged else { throw .damaged("the disk does not give it back") }
    self.file = file
    self.seal = seal
    self.dataOffset = Int(dataOffset)
    columnCount = count
  }

  /// Bytes at the front of a file that whoever opens it is about to read.
  private static let readAhead = 256 << 10

  /// Has the disk read the front of a file without waiting for it: whoever opens several asks for all of them
  /// first.
  public static func prefetch(_ path: PathName) {
    guard let name = path.terminated else { return }
    let descriptor = unsafe Glibc.open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = posix_fadvise(descriptor, 0, readAhead, POSIX_FADV_WILLNEED)
    close(descriptor)
  }

  /// The column of a name.
  /// - Throws: `ColumnFileError.damaged` when there is none, or its elements are of another width.
  /// - Complexity: O(columns); nothing of the column is read.
  public func column<Element>(_ name: String) throws(ColumnFileError) -> Column<Element> {
    let table = FrontReader(file)
    guard let at = table.entry(name, of: columnCount) else { throw .damaged("it has no column \(name)") }
    let size = Int(table.uint32(at: at + 40))
    let count = table.uint64(at: at + 48)
    let offset = table.uint64(at: at + 56)
    let room = UInt64(file.byteCount - dataOffset)
    guard size == MemoryLayout<Element>.size, count <= room / UInt64(size), offset <= room,
      UInt64(size) * count <= room - offset, offset % 64 == 0,
      let storage = file.storage(dataOffset: Int(offset))
    else { throw .damaged("its table contradicts itself about \(name)") }
    return Column(storage: storage, count: Int(count))
  }

  /// Compares every block with its checksum.
  /// - Returns: the numbers of the blocks that differ, or whose checksums do.
  /// - Complexity: O(bytes of the file).
  public func verify() -> [Int] {
    (0..<file.blockCount).filter { !file.verify(block: $0) }
  }
}

/// Numbers of the front of a mapped file, before anything of it is trusted; zeros outside.
private struct FrontReader {
  let file: MappedFile

  init(_ file: MappedFile) { self.file = file }

  func bytes(at offset: Int, count: Int) -> [UInt8] {
    guard let bytes = unsafe file.rawBytes(offset..<offset + count) else {
      return Array(repeating: 0, count: count)
    }
    return unsafe Array(bytes)
  }

  func uint32(at offset: Int) -> UInt32 {
    guard let bytes = unsafe file.rawBytes(offset..<offset + 4) else { return 0 }
    return unsafe UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
  }

  func uint64(at offset: Int) -> UInt64 {
    guard let bytes = unsafe file.rawBytes(offset..<offset + 8) else { return 0 }
    return unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
  }

  /// Where the table has the column of a name, nil if nowhere.
  func entry(_ name: String, of columns: Int) -> Int? {
    var name = name
    return name.withUTF8 { (wanted) -> Int? in
      guard wanted.count <= ColumnFile.nameSize, !wanted.isEmpty else { return nil }
      for column in 0..<columns {
        let at = ColumnFile.headerSize + column * ColumnFile.entrySize
        guard let bytes = unsafe file.rawBytes(at..<at + ColumnFile.nameSize),
          let own = bytes.baseAddress, let name = wanted.baseAddress
        else { return nil }
        if unsafe memcmp(own, name, wanted.count) == 0,
          unsafe wanted.count == ColumnFile.nameSize || bytes[wanted.count] == 0
        {
          return at
        }
      }
      return nil
    }
  }

  /// Whether the head has its checksum once it names this layout.
  var isSealedInThisLayout: Bool {
    let (columns, dataOffset) = (Int(uint32(at: 40)), uint64(at: 32))
    guard columns <= ColumnFile.columnLimit, dataOffset <= UInt64(file.byteCount) else { return false }
    let blocks = (file.byteCount - Int(dataOffset) + MappedFile.blockSize - 1) / MappedFile.blockSize
    let size = ColumnFile.headSize(columns: columns, blocks: blocks)
    guard size <= file.byteCount else { return false }
    var head = bytes(at: 0, count: size - 8)
    for place in 0..<4 {
      head[8 + place] = UInt8(truncatingIfNeeded: ColumnFile.layoutVersion >> UInt32(8 * place))
    }
    return Checksum.of(head) == uint64(at: size - 8)
  }

  func checksum(count: Int) -> UInt64 {
    guard let bytes = unsafe file.rawBytes(0..<count) else { return 0 }
    return unsafe MappedFile.checksum(bytes)
  }
}

/// A checksum for what is not secret: 64 bits, the same on every machine (XXH3).
public enum Checksum {
  /// The checksum of some bytes.
  public static func of(_ bytes: [UInt8]) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe MappedFile.checksum($0) }
  }
}

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
///         a checksum (XXH3-64) for each 64 KiB of the data
///         the checksum of all before
/// …       the data, to the end of the file
/// ```
/// All numbers are little-endian.
public struct ColumnFile: Sendable {
  static let magic: [UInt8] = Array("lectern".utf8) + [0]
  static let layoutVersion: UInt32 = 1
  static let headerSize = 64
  static let entrySize = 64
  static let nameSize = 40
  static let pageSize = 4096
  /// More columns than any file has.
  static let columnLimit = 4096

  struct Entry: Sendable {
    var elementSize: Int
    var count: Int
    var offset: Int
  }

  private let file: MappedFile
  private let entries: [[UInt8]: Entry]
  /// The checksum over header, table and the checksums of the data: it stands for the contents.
  public let seal: UInt64

  /// Where the file is.
  public var path: PathName { file.path }
  /// Bytes of the file.
  public var byteCount: Int { file.byteCount }
  /// Number of checksummed blocks.
  public var blockCount: Int { file.blockCount }
  /// Number of columns.
  public var columnCount: Int { entries.count }
  /// Whether something that was read was not what had been written.
  public var isDamaged: Bool { file.isDamaged }

  /// Maps a file and checks its front.
  /// - Parameter version: the version of the contents that the caller reads.
  /// - Complexity: O(columns + bytes / 64 KiB).
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
    guard header.uint32(at: 8) == ColumnFile.layoutVersion else { throw .otherVersion(header.uint32(at: 8)) }
    guard header.uint32(at: 12) == version else { throw .otherVersion(header.uint32(at: 12)) }
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
    let tableEnd = ColumnFile.headerSize + count * ColumnFile.entrySize
    guard frontSize == UInt64(tableEnd + 8 * blocks + 8), frontSize <= dataOffset else {
      throw .damaged("its header contradicts itself")
    }
    let seal = header.uint64(at: Int(frontSize) - 8)
    guard header.checksum(count: Int(frontSize) - 8) == seal else {
      throw .damaged("its table does not have its checksum")
    }
    var entries: [[UInt8]: Entry] = [:]
    for index in 0..<count {
      let at = ColumnFile.headerSize + index * ColumnFile.entrySize
      let name = header.bytes(at: at, count: ColumnFile.nameSize)
      let size = header.uint32(at: at + 40)
      let count = header.uint64(at: at + 48)
      let offset = header.uint64(at: at + 56)
      let room = UInt64(file.byteCount) - dataOffset
      guard [1, 2, 4, 8].contains(size), count <= room / UInt64(size), offset <= room,
        UInt64(size) * count <= room - offset, offset % 64 == 0
      else { throw .damaged("its table contradicts itself") }
      entries[Array(name.prefix { $0 != 0 })] = Entry(
        elementSize: Int(size), count: Int(count), offset: Int(offset))
    }
    file.setChecksums(
      (0..<blocks).map { header.uint64(at: tableEnd + 8 * $0) }, dataOffset: Int(dataOffset))
    guard !file.isDamaged else { throw .damaged("the disk does not give it back") }
    self.file = file
    self.entries = entries
    self.seal = seal
  }

  /// The column of a name.
  /// - Throws: `ColumnFileError.damaged` when there is none, or its elements are of another width.
  /// - Complexity: O(1); nothing of the column is read.
  public func column<Element>(_ name: String) throws(ColumnFileError) -> Column<Element> {
    guard let entry = entries[Array(name.utf8)], entry.elementSize == MemoryLayout<Element>.size,
      let storage = file.storage(dataOffset: entry.offset)
    else { throw .damaged("it has no column \(name)") }
    return Column(storage: storage, count: entry.count)
  }

  /// Compares every block with its checksum.
  /// - Returns: the numbers of the blocks that differ.
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

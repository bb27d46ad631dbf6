internal import CMapping
internal import CXXHash
import Glibc
import Synchronization

/// A file mapped for reading, whose bytes are checked against checksums when they are first touched.
///
/// Reading never traps and never gives what was not written: a block that does not have its checksum, or
/// that the disk does not give back because the file was cut short or a sector died, reads as zeros from
/// then on, and `isDamaged` says so. Whoever made something of the bytes asks that before he uses it.
///
/// Checksums stand in the file in leaves of 512, each with a checksum of its own, so that little is read
/// before the first block is.
///
/// Memory: one byte and one checksum (8 bytes, in the mapping) for each 64 KiB.
@safe
final class MappedFile: @unchecked Sendable {
  /// Bytes a checksum stands for. The last block is shorter.
  static let blockSize = 1 << 16
  /// Checksums of a leaf.
  static let leafSize = 512

  /// Leaves of the checksums of some blocks.
  static func leafCount(blocks: Int) -> Int { (blocks + leafSize - 1) / leafSize }

  let path: PathName
  let byteCount: Int
  let base: UnsafeRawPointer
  private let mark: UnsafeMutablePointer<Atomic<UInt8>>
  private let watch: Int32
  private let descriptor: Int32
  private let status: stat
  /// Where the blocks begin; they go to the end of the file.
  private var dataOffset = 0
  /// Where the checksums of the blocks stand, and those of their leaves.
  private var checksumsOffset = 0
  private var leavesOffset = 0
  /// Number of blocks.
  private(set) var blockCount = 0
  /// One a block, 0 until it was compared with its checksum; then one a leaf: 1 once it has its checksum, 2
  /// if it has not.
  private var states: UnsafeMutablePointer<Atomic<UInt8>>?

  /// Maps a regular file.
  /// - Throws: `FileError` naming the path; an empty file cannot be mapped.
  init(_ path: PathName) throws(FileError) {
    guard let name = path.terminated else { throw FileError(path: path, reason: .missing) }
    let descriptor = unsafe open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    var isKept = false
    defer { if !isKept { close(descriptor) } }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(path: path, reason: .notRegular) }
    guard status.st_size > 0 else { throw FileError(path: path, errno: EINVAL) }
    let mapped = unsafe mmap(nil, status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw FileError(path: path, errno: errno)
    }
    let mark = UnsafeMutablePointer<Atomic<UInt8>>.allocate(capacity: 1)
    unsafe mark.initialize(to: Atomic(0))
    let watch = unsafe mapping_watch(
      mapped, status.st_size, UnsafeMutableRawPointer(mark).assumingMemoryBound(to: UInt8.self))
    guard watch >= 0 else {
      unsafe munmap(mapped, status.st_size)
      unsafe mark.deallocate()
      throw FileError(path: path, errno: ENOMEM)
    }
    isKept = true
    self.path = path
    self.descriptor = descriptor
    self.status = status
    byteCount = status.st_size
    unsafe base = UnsafeRawPointer(mapped)
    unsafe self.mark = mark
    self.watch = watch
  }

  deinit {
    mapping_unwatch(watch)
    close(descriptor)
    unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
    unsafe mark.deallocate()
    if let states = unsafe states { unsafe free(states) }
  }

  /// Whether anything that was read may not be what was written: a block without its checksum, a page that
  /// was not given back, or a file that somebody cut or wrote to since it was opened.
  /// - Complexity: O(1), with one system call.
  var isDamaged: Bool {
    if unsafe mark.pointee.load(ordering: .acquiring) != 0 { return true }
    var now = stat()
    let isSame =
      unsafe fstat(descriptor, &now) == 0 && now.st_size == status.st_size
      && now.st_mtim.tv_sec == status.st_mtim.tv_sec && now.st_mtim.tv_nsec == status.st_mtim.tv_nsec
    if !isSame { unsafe mark.pointee.store(1, ordering: .releasing) }
    return !isSame
  }

  /// Whether a block was found damaged. One load.
  var isMarked: Bool { unsafe mark.pointee.load(ordering: .acquiring) != 0 }

  /// The bytes of a range, unchecked; nil outside the file.
  func rawBytes(_ range: Range<Int>) -> UnsafeRawBufferPointer? {
    guard range.lowerBound >= 0, range.upperBound <= byteCount else { return nil }
    return unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Says where the blocks and their checksums are, all within the file; once, before any column is made.
  func setChecksums(leavesAt leaves: Int, at checksums: Int, count: Int, dataOffset: Int) {
    self.dataOffset = dataOffset
    leavesOffset = leaves
    checksumsOffset = checksums
    blockCount = count
    let size = max(1, count + MappedFile.leafCount(blocks: count))
    // Zeros that cost nothing until they are written to.
    guard let zeros = unsafe calloc(size, 1) else { return }
    unsafe states = zeros.assumingMemoryBound(to: Atomic<UInt8>.self)
  }

  /// What stands behind a range of the data.
  func storage(dataOffset offset: Int) -> ColumnStorage? {
    guard let states = unsafe states else { return nil }
    return unsafe ColumnStorage(
      of: self, base: UnsafeMutableRawPointer(mutating: base + dataOffset + offset), states: states,
      phase: offset)
  }

  /// Has the disk read some blocks without waiting for it.
  func prefetch(blocks: Range<Int>) {
    let start = dataOffset + blocks.lowerBound * MappedFile.blockSize
    let end = min(dataOffset + blocks.upperBound * MappedFile.blockSize, byteCount)
    guard start < end else { return }
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_WILLNEED)
  }

  /// Compares a block with its checksum, and blanks it if it differs.
  /// - Returns: whether it is as it was written.
  @discardableResult
  func verify(block: Int) -> Bool {
    guard block >= 0, block < blockCount, let states = unsafe states else { return false }
    let start = dataOffset + block * MappedFile.blockSize
    let length = min(MappedFile.blockSize, byteCount - start)
    var holds = verify(leaf: block / MappedFile.leafSize)
    if holds {
      unsafe holds = XXH3_64bits(base + start, length) == number(at: checksumsOffset + 8 * block)
    }
    if !holds {
      unsafe mark.pointee.store(1, ordering: .releasing)
      _ = unsafe mapping_blank(base + start, length)
    }
    unsafe (states + block).pointee.store(1, ordering: .releasing)
    return holds
  }

  /// Compares a leaf of checksums with its own.
  private func verify(leaf: Int) -> Bool {
    guard let states = unsafe states else { return false }
    let known = unsafe (states + blockCount + leaf).pointee.load(ordering: .acquiring)
    if known != 0 { return known == 1 }
    let first = leaf * MappedFile.leafSize
    let count = min(MappedFile.leafSize, blockCount - first)
    let found = unsafe XXH3_64bits(base + checksumsOffset + 8 * first, 8 * count)
    let holds = found == number(at: leavesOffset + 8 * leaf)
    unsafe (states + blockCount + leaf).pointee.store(holds ? 1 : 2, ordering: .releasing)
    return holds
  }

  private func number(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: (base + offset).loadUnaligned(as: UInt64.self))
  }

  /// The checksum of some bytes.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    unsafe XXH3_64bits(bytes.baseAddress, bytes.count)
  }
}

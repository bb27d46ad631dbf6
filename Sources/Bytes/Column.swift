public import Synchronization

/// An immutable column of fixed-width integers whose bytes are the same in memory and in a file:
/// little-endian, 64-byte aligned.
///
/// A column owns its bytes (an aligned allocation, or a range of a mapped file) and shares them by
/// reference: copying a column costs O(1). No pointer leaves this room; a reader that needs a contiguous
/// view takes a span inside a closure.
///
/// Elements of a mapped file are compared with its checksums when they are first touched, block by block;
/// what is damaged reads as zeros, and `isDamaged` says so. One element costs a load and a test for it.
public struct Column<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline let storage: ColumnStorage

  /// Number of elements.
  public let count: Int

  /// An empty column.
  @inlinable
  public init() {
    storage = .empty
    count = 0
  }

  /// Elements that are where they shall stay.
  @usableFromInline
  init(storage: ColumnStorage, count: Int) {
    self.storage = storage
    self.count = count
  }

  /// Copies the elements of an array.
  /// - Complexity: O(`elements.count`).
  @inlinable
  public init(_ elements: [Element]) {
    count = elements.count
    storage = unsafe elements.withUnsafeBytes { unsafe ColumnStorage(copying: $0) }
  }

  /// The element at a position. Traps outside `0..<count`: positions come from the model, never from
  /// a file unchecked. In a mapped file that is damaged, where a position may have been read as zero, an
  /// element outside is 0.
  /// - Complexity: O(1).
  @inlinable
  public subscript(position: Int) -> Element {
    guard position >= 0 && position < count else {
      precondition(storage.isDamaged, "column position out of range")
      return 0
    }
    storage.touch(position * MemoryLayout<Element>.stride)
    return unsafe Element(
      littleEndian: storage.base.load(
        fromByteOffset: position * MemoryLayout<Element>.stride, as: Element.self))
  }

  /// Number of bytes of the column as written to a file.
  @inlinable
  public var byteCount: Int { count * MemoryLayout<Element>.stride }

  /// Whether something read from the file behind the column was not what had been written.
  public var isDamaged: Bool { storage.isDamaged }

  /// The file behind a column, if something that was read from it was not what had been written.
  public var damagedFile: PathName? { storage.damagedFile }

  /// Whether the column is a range of a mapped file.
  public var isMapped: Bool { storage.isMapped }

  /// Whether a block of the file behind the column was found damaged; unlike `isDamaged` it does not ask
  /// the system about the file.
  public var isMarkedDamaged: Bool { storage.isMarkedDamaged }

  /// Gives the elements as one contiguous span for the length of a closure. On a big-endian machine
  /// this room refuses to build rather than hand out swapped numbers.
  /// - Complexity: O(1); the first time, for a mapped column, O(`byteCount`): `withSpan(of:)` spares that.
  @inlinable
  public func withSpan<Result: ~Copyable, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    verify()
    return try withUnverifiedSpan(body)
  }

  /// The range that two neighbours of a column of starts stand for, cut to `0..<limit`: also where one of
  /// them is damaged it is a range.
  /// - Complexity: O(1).
  @inlinable
  public func range(at position: Int, within limit: Int) -> Range<Int> {
    let lower = min(Int(clamping: self[position]), limit)
    let upper = min(Int(clamping: self[position + 1]), limit)
    return lower..<max(lower, upper)
  }

  /// Gives a range of elements as one contiguous span for the length of a closure. In a mapped file that is
  /// damaged a range that leaves the column is empty; else it traps.
  /// - Complexity: O(1); for a mapped column, O(bytes of the range) the first time.
  @inlinable
  public func withSpan<Result: ~Copyable, Failure: Error>(
    of range: Range<Int>, _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var range = range
    if range.lowerBound < 0 || range.upperBound > count {
      precondition(storage.isDamaged, "column range out of bounds")
      range = 0..<0
    }
    verify(range)
    let stride = MemoryLayout<Element>.stride
    let typed = unsafe UnsafeBufferPointer(
      start: (storage.base + range.lowerBound * stride).assumingMemoryBound(to: Element.self),
      count: range.count)
    return try body(unsafe typed.span)
  }

  /// Gives all elements as one contiguous span, of which a mapped column has checked only what was touched
  /// before: whoever reads a range of it calls `verify(_:)` for that range first.
  /// - Complexity: O(1).
  @inlinable
  public func withUnverifiedSpan<Result: ~Copyable, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let typed = unsafe UnsafeBufferPointer(
      start: storage.base.assumingMemoryBound(to: Element.self), count: count)
    return try body(unsafe typed.span)
  }

  /// Checks all of a mapped column; what is damaged reads as zeros from then on.
  /// - Complexity: O(1); the first time, for a mapped column, O(`byteCount`).
  @inlinable
  public func verify() { storage.touchAll(byteCount: byteCount) }

  /// Checks all of the file that a mapped column stands in.
  /// - Complexity: O(bytes of the file).
  public func verifyFile() { storage.verifyFile() }

  /// Checks a range of a mapped column; what is damaged reads as zeros from then on. A range that leaves
  /// the column is cut.
  /// - Complexity: O(1) for a column in memory, else O(blocks of the range).
  @inlinable
  public func verify(_ range: Range<Int>) {
    let stride = MemoryLayout<Element>.stride
    let lower = max(range.lowerBound, 0)
    let upper = min(range.upperBound, count)
    if lower < upper { storage.touch(lower * stride..<upper * stride) }
  }

  /// Has the disk read a range of a mapped column that was not checked yet, without waiting for it: whoever
  /// needs several ranges asks for all of them first, and waits once. A range that leaves the column is cut.
  /// - Complexity: O(blocks of the range), and one system call if any is new.
  public func prefetch(_ range: Range<Int>) {
    let stride = MemoryLayout<Element>.stride
    let lower = max(range.lowerBound, 0)
    let upper = min(range.upperBound, count)
    if lower < upper { storage.prefetch(lower * stride..<upper * stride) }
  }

  /// Gives the raw little-endian bytes for the length of a closure, as they stand in a file.
  /// - Complexity: as `withSpan`.
  @inlinable
  public func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    verify()
    let raw = unsafe UnsafeRawBufferPointer(start: storage.base, count: byteCount)
    return try body(unsafe raw.bytes)
  }

  /// A copy of a range of elements.
  /// - Complexity: O(`range.count`).
  @inlinable
  public func elements(in range: Range<Int>) -> [Element] {
    withSpan(of: range) { span in
      unsafe [Element](unsafeUninitializedCapacity: span.count) { buffer, count in
        for position in span.indices { unsafe buffer.initializeElement(at: position, to: span[position]) }
        count = span.count
      }
    }
  }
}

#if _endian(big)
  #error("Column reads little-endian bytes in place; a big-endian twin is not written yet.")
#endif

/// The bytes behind a column: written once while made, never again, so sharing them is safe.
@usableFromInline @safe
final class ColumnStorage: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutableRawPointer
  /// For a mapped column, one a block of the file: 0 until it was checked. Nil for a column in memory.
  @usableFromInline let states: UnsafeMutablePointer<Atomic<UInt8>>?
  /// Bytes from the file's first block to `base`.
  @usableFromInline let phase: Int
  /// 1 once every block of the column was checked.
  @usableFromInline let isWhole = Atomic<UInt8>(0)
  private let file: MappedFile?

  @usableFromInline static let empty = unsafe ColumnStorage(
    copying: UnsafeRawBufferPointer(start: nil, count: 0))

  /// Room for bytes that a builder writes before anybody else sees them.
  init(byteCount: Int) {
    unsafe base = .allocate(byteCount: max(byteCount, 1), alignment: 64)
    unsafe states = nil
    phase = 0
    file = nil
    unsafe preferHugePages(base, byteCount)
  }

  @usableFromInline
  init(copying bytes: UnsafeRawBufferPointer) {
    unsafe base = .allocate(byteCount: max(bytes.count, 1), alignment: 64)
    if bytes.count > 0, let source = bytes.baseAddress {
      unsafe base.copyMemory(from: source, byteCount: bytes.count)
    }
    unsafe states = nil
    phase = 0
    file = nil
  }

  /// A range of a mapped file.
  init(
    of file: MappedFile, base: UnsafeMutableRawPointer, states: UnsafeMutablePointer<Atomic<UInt8>>,
    phase: Int
  ) {
    unsafe self.base = base
    unsafe self.states = states
    self.phase = phase
    self.file = file
  }

  deinit {
    if file == nil { unsafe base.deallocate() }
  }

  @usableFromInline var isDamaged: Bool { file?.isDamaged ?? false }
  var damagedFile: PathName? { file.flatMap { $0.isDamaged ? $0.path : nil } }
  var isMapped: Bool { file != nil }
  var isMarkedDamaged: Bool { file?.isMarked ?? false }

  /// Checks the block that a byte is in.
  @inlinable @inline(__always)
  func touch(_ offset: Int) {
    guard let states = unsafe states else { return }
    let block = (phase + offset) >> 16
    if unsafe (states + block).pointee.load(ordering: .acquiring) == 0 { check(block) }
  }

  /// Checks the blocks that a range of bytes, not empty, is in.
  @inlinable
  func touch(_ range: Range<Int>) {
    guard let states = unsafe states else { return }
    for block in (phase + range.lowerBound) >> 16...(phase + range.upperBound - 1) >> 16
    where unsafe (states + block).pointee.load(ordering: .acquiring) == 0 { check(block) }
  }

  /// Has the disk read the blocks that a range of bytes, not empty, is in, if any of them is new.
  func prefetch(_ range: Range<Int>) {
    guard let states = unsafe states, let file else { return }
    let blocks = (phase + range.lowerBound) >> 16..<((phase + range.upperBound - 1) >> 16) + 1
    for block in blocks where unsafe (states + block).pointee.load(ordering: .relaxed) == 0 {
      return file.prefetch(blocks: block..<blocks.upperBound)
    }
  }

  /// Checks every block.
  @inlinable @inline(__always)
  func touchAll(byteCount: Int) {
    if unsafe states == nil || isWhole.load(ordering: .acquiring) != 0 { return }
    if byteCount > 0 { touch(0..<byteCount) }
    isWhole.store(1, ordering: .releasing)
  }

  func verifyFile() {
    guard let file else { return }
    for block in 0..<file.blockCount { file.verify(block: block) }
  }

  @usableFromInline @inline(never)
  func check(_ block: Int) { file?.verify(block: block) }
}

/// An immutable column of fixed-width integers whose bytes are the same in memory and in a file:
/// little-endian, 64-byte aligned.
///
/// A column owns its bytes (an aligned allocation, or later a mapping) and shares them by reference:
/// copying a column costs O(1). No pointer leaves this room; a reader that needs a contiguous view
/// takes a span inside a closure.
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
  /// a file unchecked.
  /// - Complexity: O(1).
  @inlinable
  public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < count, "column position out of range")
    return unsafe Element(
      littleEndian: storage.base.load(
        fromByteOffset: position * MemoryLayout<Element>.stride, as: Element.self))
  }

  /// Number of bytes of the column as written to a file.
  @inlinable
  public var byteCount: Int { count * MemoryLayout<Element>.stride }

  /// Gives the elements as one contiguous span for the length of a closure. On a big-endian machine
  /// this room refuses to build rather than hand out swapped numbers.
  /// - Complexity: O(1).
  @inlinable
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let typed = unsafe UnsafeBufferPointer(
      start: storage.base.assumingMemoryBound(to: Element.self), count: count)
    return try body(unsafe typed.span)
  }

  /// Gives the raw little-endian bytes for the length of a closure, as they stand in a file.
  /// - Complexity: O(1).
  @inlinable
  public func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let raw = unsafe UnsafeRawBufferPointer(start: storage.base, count: byteCount)
    return try body(unsafe raw.bytes)
  }

  /// A copy of a range of elements.
  /// - Complexity: O(`range.count`).
  @inlinable
  public func elements(in range: Range<Int>) -> [Element] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "column range out of bounds")
    return withSpan { span in
      var copy: [Element] = []
      copy.reserveCapacity(range.count)
      for position in range { copy.append(span[position]) }
      return copy
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

  @usableFromInline static let empty = unsafe ColumnStorage(
    copying: UnsafeRawBufferPointer(start: nil, count: 0))

  /// Room for bytes that a builder writes before anybody else sees them.
  init(byteCount: Int) {
    unsafe base = .allocate(byteCount: max(byteCount, 1), alignment: 64)
    unsafe preferHugePages(base, byteCount)
  }

  @usableFromInline
  init(copying bytes: UnsafeRawBufferPointer) {
    unsafe base = .allocate(byteCount: max(bytes.count, 1), alignment: 64)
    if bytes.count > 0, let source = bytes.baseAddress {
      unsafe base.copyMemory(from: source, byteCount: bytes.count)
    }
  }

  deinit { unsafe base.deallocate() }
}

/// Gathers the elements of a column where they will stay: nothing is copied when it is finished, if the
/// number of elements was known.
///
/// A class, so that it is never copied by accident. Not for several threads.
public final class ColumnBuilder<Element: FixedWidthInteger & BitwiseCopyable & Sendable> {
  private var storage: ColumnStorage
  private var capacity: Int
  /// Number of elements so far.
  public private(set) var count = 0

  /// A builder with room for some elements; more are taken, but copied.
  public init(capacity: Int) {
    self.capacity = max(capacity, 0)
    storage = ColumnStorage(byteCount: self.capacity * MemoryLayout<Element>.stride)
  }

  /// Appends elements.
  /// - Complexity: O(`elements.count`), amortized.
  public func append(contentsOf elements: [Element]) { append(elements.span) }

  /// Appends a range of another column.
  /// - Complexity: O(`range.count`), amortized.
  public func append(contentsOf column: Column<Element>, _ range: Range<Int>) {
    column.withSpan { append($0.extracting(range)) }
  }

  private func append(_ elements: Span<Element>) {
    guard !elements.isEmpty else { return }
    let stride = MemoryLayout<Element>.stride
    if elements.count > capacity - count {
      capacity = max(capacity * 2, count + elements.count)
      let larger = ColumnStorage(byteCount: capacity * stride)
      unsafe larger.base.copyMemory(from: storage.base, byteCount: count * stride)
      storage = larger
    }
    unsafe elements.withUnsafeBytes { bytes in
      if let source = bytes.baseAddress {
        unsafe (storage.base + count * stride).copyMemory(from: source, byteCount: bytes.count)
      }
    }
    count += elements.count
  }

  /// Appends elements.
  /// - Complexity: O(`elements.count`), amortized.
  public func append(contentsOf elements: Span<Element>) {
    guard !elements.isEmpty else { return }
    let stride = MemoryLayout<Element>.stride
    if elements.count > capacity - count {
      capacity = max(capacity * 2, count + elements.count)
      let larger = ColumnStorage(byteCount: capacity * stride)
      unsafe larger.base.copyMemory(from: storage.base, byteCount: count * stride)
      storage = larger
    }
    unsafe elements.withUnsafeBytes { bytes in
      if let source = bytes.baseAddress {
        unsafe (storage.base + count * stride).copyMemory(from: source, byteCount: bytes.count)
      }
    }
    count += elements.count
  }

  /// The column; the builder is empty from then on.
  /// - Parameter trimmed: whether room that was not needed is given back at once. Room of many pages that
  ///   nobody wrote to costs no memory, only addresses.
  /// - Complexity: O(1), or O(count) if much more room was made than needed and shall be trimmed.
  public func finish(trimmed: Bool = true) -> Column<Element> {
    let stride = MemoryLayout<Element>.stride
    var whole = storage
    if trimmed && capacity - count > count / 8 + 64 {
      whole = ColumnStorage(byteCount: count * stride)
      unsafe whole.base.copyMemory(from: storage.base, byteCount: count * stride)
    }
    let column = Column<Element>(storage: whole, count: count)
    storage = ColumnStorage(byteCount: 0)
    (capacity, count) = (0, 0)
    return column
  }
}

internal import Glibc

extension Column {
  /// A column written in place: `body` gets all elements, zeros at first, and sets them in any order.
  /// - Complexity: O(`count`), plus that of `body`; nothing is copied.
  @inlinable
  public init<Failure: Error>(
    count: Int, writing body: (inout MutableSpan<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    let stride = MemoryLayout<Element>.stride
    let fresh = ColumnStorage(zeroed: count * stride)
    let typed = unsafe UnsafeMutableBufferPointer(
      start: fresh.base.bindMemory(to: Element.self, capacity: count), count: count)
    var span = unsafe typed.mutableSpan
    try body(&span)
    self.init(storage: fresh, count: count)
  }
}

extension ColumnStorage {
  /// Room for bytes that are zeros.
  @usableFromInline
  convenience init(zeroed byteCount: Int) {
    self.init(byteCount: byteCount)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }
}

/// Asks for huge pages where memory is large enough to hold some: fewer faults while it is written, and
/// fewer misses while it is read.
func preferHugePages(_ base: UnsafeMutableRawPointer, _ byteCount: Int) {
  let page = 2 << 20
  let first = UInt(bitPattern: base)
  let aligned = (first + UInt(page) - 1) & ~UInt(page - 1)
  let end = (first + UInt(byteCount)) & ~UInt(page - 1)
  if aligned < end {
    _ = unsafe madvise(base + Int(aligned - first), Int(end - aligned), MADV_HUGEPAGE)
  }
}

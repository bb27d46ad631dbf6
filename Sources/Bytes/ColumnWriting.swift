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

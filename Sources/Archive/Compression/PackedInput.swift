/// The packed bytes of a source, some at hand at a time.
final class PackedInput {
  /// How many bytes are fetched, and at most unpacked, in one step.
  static let step = 1 << 18

  private let source: Source
  /// The bytes at hand; those before `position` are used.
  private(set) var bytes: [UInt8] = []
  /// Where the unused bytes begin.
  private(set) var position = 0
  /// Bytes used so far.
  private(set) var used = 0

  init(_ source: Source) { self.source = source }

  /// Number of unused bytes at hand.
  var available: Int { bytes.count - position }

  /// Whether the source itself failed, which is told elsewhere.
  var hasFailed: Bool { source.failure != nil }

  /// Gets at least so many bytes to hand; fewer only at the end.
  /// - Returns: whether they are.
  @discardableResult
  func fetch(_ count: Int) -> Bool {
    while available < count {
      if position > 0 {
        bytes.removeFirst(position)
        position = 0
      }
      guard source.read(into: &bytes, upTo: PackedInput.step) > 0 else { return false }
    }
    return true
  }

  /// Marks bytes at hand as used.
  func use(_ count: Int) {
    position += min(count, available)
    used += count
  }

  /// The next byte, used; nil at the end.
  func next() -> UInt8? {
    guard fetch(1) else { return nil }
    defer { use(1) }
    return bytes[position]
  }

  /// Leaves bytes out.
  /// - Returns: whether there were so many.
  func skip(_ count: Int) -> Bool {
    var left = count
    while left > 0 {
      guard fetch(1) else { return false }
      let here = min(left, available)
      use(here)
      left -= here
    }
    return true
  }
}

internal import CKernel

/// Memory that one owner fills in place: the tables and streams of building, on huge pages where they are
/// large. Positions are not checked; who owns one keeps them below `capacity`.
@safe
struct PageBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int

  /// Room for some elements, not yet anything in particular unless zeroed.
  init(capacity: Int, zeroed: Bool = false) {
    unsafe base = PageBuffer.room(for: capacity, zeroed: zeroed)
    self.capacity = capacity
  }

  deinit { unsafe ck_release(base) }

  /// Makes room for at least so many elements, half as many again as there was at least, and keeps what
  /// is there.
  mutating func reserve(_ needed: Int) {
    if needed <= capacity { return }
    let larger = max(needed, capacity + capacity / 2)
    guard let memory = unsafe ck_grow(base, larger * MemoryLayout<Element>.stride) else {
      preconditionFailure("no memory for \(larger) elements")
    }
    unsafe base = memory.bindMemory(to: Element.self, capacity: larger)
    capacity = larger
  }

  private static func room(for count: Int, zeroed: Bool) -> UnsafeMutablePointer<Element> {
    let stride = MemoryLayout<Element>.stride
    guard let memory = unsafe ck_allocate(max(count, 1) * stride, zeroed) else {
      // As everywhere in Swift, there is nothing to be done without memory.
      preconditionFailure("no memory for \(count) elements of \(stride) bytes")
    }
    return unsafe memory.bindMemory(to: Element.self, capacity: max(count, 1))
  }
}

/// Several threads that end before the call does.
enum Threads {
  /// Calls `body` with 0 ..< `count`, each on a thread of its own, and returns when all have returned.
  static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 {
      if count == 1 { body(0) }
      return
    }
    withoutActuallyEscaping(body) { escaping in
      let box = Box(escaping)
      unsafe ck_concurrently(
        count,
        { context, index in
          guard let context = unsafe context else { return }
          unsafe Unmanaged<Box>.fromOpaque(context).takeUnretainedValue().body(index)
        }, Unmanaged.passUnretained(box).toOpaque())
      withExtendedLifetime(box) {}
    }
  }

  private final class Box: Sendable {
    let body: @Sendable (Int) -> Void
    init(_ body: @escaping @Sendable (Int) -> Void) { self.body = body }
  }
}

/// A value that several threads reach in turn, or each a part of it: whoever makes one says why no two
/// touch the same part at a time.
final class Shared<Value: ~Copyable>: @unchecked Sendable {
  var value: Value
  init(_ value: consuming Value) { self.value = value }
}

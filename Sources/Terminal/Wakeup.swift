import CGuard

#if canImport(Glibc)
  import Glibc
#endif

/// Wakes `TerminalSession.wait` from any thread.
public final class Wakeup: Sendable {
  /// The descriptor to poll; readable after `signal()` until `drain()`.
  public let fileDescriptor: Int32

  /// Takes one descriptor of the process.
  /// - Precondition: a descriptor is free; this is made once, at the start.
  public init() {
    fileDescriptor = guard_make_wakeup()
    precondition(fileDescriptor >= 0, "no descriptor left for the wakeup")
  }

  deinit { close(fileDescriptor) }

  /// Makes `wait` return. Cheap, and safe from any thread; many calls before a drain wake once.
  public func signal() { guard_wake(fileDescriptor) }

  /// Forgets what was signalled. Drain first, then look at what there is to do.
  public func drain() { guard_drain_wakeup(fileDescriptor) }
}

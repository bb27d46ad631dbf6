import Foundation
import Glibc

/// What the machine's clocks and counters say of this process.
enum Clocks {
  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// CPU seconds of the calling thread.
  static var thread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }
  /// CPU seconds of all threads.
  static var process: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
  static var wall: Double { seconds(CLOCK_MONOTONIC) }

  /// Resident memory now and at its highest since `resetPeak`, in bytes.
  static var resident: (now: Int, peak: Int) { (status("VmRSS:"), status("VmHWM:")) }

  /// Begins to look for the highest resident memory anew.
  static func resetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  private static func status(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix(name) { return (Int(text.filter(\.isNumber)) ?? 0) * 1024 }
    }
    return 0
  }

  /// What `thread` costs to ask: it is taken off each measured time.
  static let overhead: Double =
    (0..<2000).map { _ in
      let start = thread
      return thread - start
    }.min() ?? 0
}

/// Time and memory of one piece of work.
struct Cost: Codable {
  var wall = 0.0
  var cpu = 0.0
  /// Highest resident memory beyond what was resident before.
  var peak = 0

  static func measure<Result>(_ body: () throws -> Result) rethrows -> (result: Result, cost: Cost) {
    Clocks.resetPeak()
    let before = Clocks.resident.now
    let (wall, cpu) = (Clocks.wall, Clocks.process)
    let result = try body()
    let cost = Cost(
      wall: Clocks.wall - wall, cpu: Clocks.process - cpu, peak: max(0, Clocks.resident.peak - before))
    return (result, cost)
  }
}

/// Work shared by threads of its own: a queue would give it one where the machine is busy.
enum Cores {
  /// Calls `body` with each number below `count`, each on its own thread, and waits for all.
  static func perform(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let done = DispatchSemaphore(value: 0)
    for place in 1..<max(count, 1) {
      let thread = Thread {
        body(place)
        done.signal()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    body(0)
    for _ in 1..<max(count, 1) { done.wait() }
  }
}

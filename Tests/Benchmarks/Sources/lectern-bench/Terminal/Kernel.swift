import Foundation
import Glibc

/// What Linux tells about a process.
enum Kernel {
  /// The number behind a name, in a file of lines of such.
  static func number(_ name: String, in path: String) -> Int? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      return Int(line.dropFirst(name.count).filter(\.isNumber))
    }
    return nil
  }

  /// Processor time of all threads, in seconds.
  static func processorSeconds(of process: pid_t) -> Double? {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// How often its threads were switched to and from, by their own will or not.
  static func switches(of process: pid_t) -> Int? {
    let folder = "/proc/\(process)/task"
    guard let threads = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    return threads.reduce(0) { sum, thread in
      let status = "\(folder)/\(thread)/status"
      return sum + (number("voluntary_ctxt_switches:", in: status) ?? 0)
        + (number("nonvoluntary_ctxt_switches:", in: status) ?? 0)
    }
  }
}

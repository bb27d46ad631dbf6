import Foundation

/// Where and with what a table was made.
struct Machine: Codable {
  var date = ""
  var processor = ""
  var cores = 0
  var memory = ""
  var system = ""
  var commit = ""
  var swift = ""
  var command = ""
  /// One-minute load at the beginning and at the end.
  var load: [Double] = []

  static func here(package: String) -> Machine {
    var machine = Machine()
    machine.date = ISO8601DateFormatter().string(from: Date())
    let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    func field(_ name: String) -> String? {
      processor.split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: ":").last.map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    machine.processor =
      "\(field("model name") ?? "unknown") (family \(field("cpu family") ?? "?"), model \(field("model\t") ?? "?"))"
    machine.cores = ProcessInfo.processInfo.activeProcessorCount
    machine.memory = "\((ProcessInfo.processInfo.physicalMemory + (1 << 29)) >> 30) GiB"
    machine.system = Command(words: ["uname", "-sr"]).line ?? "unknown"
    machine.commit =
      Command(words: ["git", "-C", package, "describe", "--always", "--dirty"]).line ?? "unknown"
    machine.swift =
      Command(words: ["swift", "--version"]).line?.split(separator: "\n").first.map(String.init) ?? ""
    machine.command = CommandLine.arguments.enumerated().map { $0.offset == 0 ? "lectern-bench" : $0.element }
      .joined(separator: " ")
    machine.load = [load]
    return machine
  }

  static var load: Double {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").first.flatMap { Double($0) } ?? 0
  }
}

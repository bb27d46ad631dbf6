import Foundation

/// A search by reading the whole text, beside ripgrep on the same lines.
struct ScanRow: Codable {
  var pattern: String
  /// Seconds of the clock, the least of the runs.
  var ripgrep: Double?
  var ripgrepCount: Int?
  var lectern: Double?
  var lecternCPU: Double?
  var lecternCount: Int?
}

/// ripgrep over a file of one text a line.
struct RipgrepScan {
  let lines: String

  static var version: String? {
    Command(words: ["rg", "--version"]).line?.split(separator: "\n").first.map(String.init)
  }

  func measure(_ pattern: String, ignoresCase: Bool, runs: Int = 5) -> (seconds: Double, count: Int)? {
    var best: (seconds: Double, count: Int)?
    for _ in 0..<runs {
      guard
        let outcome = Command(
          words: ["rg", "-c", "--no-config", ignoresCase ? "-i" : "-s", "-e", pattern, lines]
        ).run(),
        outcome.code <= 1
      else { return nil }
      let count = Int(String(decoding: outcome.output, as: UTF8.self).filter(\.isNumber)) ?? 0
      if best.map({ outcome.wall < $0.seconds }) ?? true { best = (outcome.wall, count) }
    }
    return best
  }
}

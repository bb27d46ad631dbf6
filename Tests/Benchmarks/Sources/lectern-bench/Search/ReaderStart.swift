import Foundation
import Glibc

/// The real program in a real terminal, from nothing and from its own cache.
struct ReaderStart {
  let program: String
  let bench: String
  /// A folder of its own for the program's home and cache; removed at the end.
  let home: String

  /// What stands before an unread discussion: the list is painted once it is there. Letters of a title may
  /// not be written in one go.
  private static let row = "●"

  /// Times in microseconds by name.
  /// - Parameters:
  ///   - comments: what its head says when all is read.
  func measure(_ file: String, comments: Int, name: String, runs: Int = 3) -> [String: Double] {
    var figures: [String: Double] = [:]
    func note(_ name: String, _ time: Double?) {
      if let time { figures[name] = min(figures[name] ?? time, time) }
    }
    for _ in 0..<runs {
      try? FileManager.default.removeItem(atPath: home)
      try? FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
      guard let terminal = start(file) else { return figures }
      note("\(name) painted from nothing", terminal.wait(for: ReaderStart.row, seconds: 60))
      note(
        "\(name) whole and searchable",
        terminal.wait(for: "\(comments) comments", seconds: 300, pressing: "\u{0C}"))
      let peak = terminal.peakResident ?? 0
      figures["\(name) peak resident, KiB, count"] = Double(peak)
      // The cache is written in the background after the last batch.
      terminal.drain(seconds: min(30, 3 + comments / 400_000))
      terminal.type("Q")
      _ = terminal.end(seconds: 30)
      guard let again = start(file) else { return figures }
      note("\(name) painted from snapshot", again.wait(for: ReaderStart.row, seconds: 60))
      again.drain(seconds: 1)
      again.type("Q")
      _ = again.end(seconds: 30)
      if comments > 2_000_000 { break }
    }
    try? FileManager.default.removeItem(atPath: home)
    return figures
  }

  private func start(_ file: String) -> PseudoTerminal? {
    PseudoTerminal(
      [program, file],
      environment: ["HOME=\(home)", "XDG_DATA_HOME=\(home)/data", "XDG_CACHE_HOME=\(home)/cache"])
  }

  /// Mails that a tool makes, by `TOOL 100000 FILE`.
  func mails(_ tool: String, scratch: String) -> [String: Double] {
    let file = "\(scratch)/mails-100000.mbox"
    if !FileManager.default.fileExists(atPath: file) {
      guard Command(words: [tool, "100000", file]).run()?.code == 0 else { return [:] }
    }
    guard let model = ImportBenchmarks.Model(measuredBy: bench, file) else { return [:] }
    var figures = measure(file, comments: model.comments, name: "mails")
    figures["mails parsed and threaded alone"] = model.microseconds
    return figures
  }
}

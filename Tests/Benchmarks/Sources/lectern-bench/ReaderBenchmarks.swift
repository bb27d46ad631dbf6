import Glibc

/// The built program on the seeds, seen from the other side of a terminal.
struct ReaderBenchmarks {
  /// The release binary.
  let program: String
  /// The folder of seeds.
  let seeds: String
  /// A folder for the runs' data; each run has its own below it.
  let scratch: String

  private func reader(_ run: String) -> PseudoTerminal? {
    PseudoTerminal([program, seeds], environment: ["HOME=\(scratch)", "XDG_DATA_HOME=\(scratch)/\(run)"])
  }

  /// The last title of the list.
  private let lastTitle = "being a social media officer"

  func rows() -> [Row] {
    firstFrames() + keys() + [typing()] + commands()
  }

  private func firstFrames() -> [Row] {
    var times: [Double] = []
    var peaks: [Int] = []
    var fault: String?
    for run in 0..<30 {
      guard let terminal = reader("first-\(run)"), let time = terminal.wait(for: lastTitle) else {
        fault = "no first screen"
        continue
      }
      times.append(time)
      if let peak = terminal.peakResident { peaks.append(peak) }
      terminal.type("q")
      if terminal.end().code != 0 { fault = "the reader failed" }
    }
    peaks.sort()
    return [
      Row(name: "first screen of the seeds", figures: Times(times).minMedianMax, fault: fault),
      Row(
        name: "  resident memory then, peak",
        figures: peaks.isEmpty
          ? "none" : "median \(peaks[peaks.count / 2] / 1024) MiB  max \((peaks.last ?? 0) / 1024) MiB",
        fault: peaks.isEmpty ? "no figure" : nil),
    ]
  }

  private func keys() -> [Row] {
    var rows: [Row] = []
    var peak = 0
    for (name, keys) in [
      ("j and k in the list", (0..<200).map { $0 / 7 % 2 == 0 ? "j" : "k" }),
      ("j and k in a thread", ["\r"] + (0..<200).map { $0 / 10 % 2 == 0 ? "j" : "k" }),
      ("Space, through all that is unread", (0..<90).map { _ in " " }),
    ] {
      guard let terminal = reader("keys-\(name.count)"), terminal.wait(for: lastTitle) != nil else {
        rows.append(Row(name: name, figures: "none", fault: "no first screen"))
        continue
      }
      var firsts: [Double] = []
      var lasts: [Double] = []
      for key in keys {
        guard let time = terminal.time(key: key) else { continue }
        firsts.append(time.first)
        lasts.append(time.last)
      }
      peak = max(peak, terminal.peakResident ?? 0)
      terminal.type("Q")
      let code = terminal.end().code
      let fault = code != 0 ? "the reader failed" : firsts.count < keys.count / 4 ? "too few frames" : nil
      rows.append(Row(name: "\(name): first byte", figures: Times(firsts).p50p99, fault: fault))
      rows.append(Row(name: "  frame complete", figures: Times(lasts).p50p99, fault: nil))
    }
    rows.append(
      Row(
        name: "  resident memory after these, peak", figures: "\(peak / 1024) MiB",
        fault: peak == 0 ? "no figure" : nil))
    return rows
  }

  /// Letters typed into a search of everything: until the frame with its hits is complete.
  private func typing() -> Row {
    let name = "a letter of a search: hits painted"
    guard let terminal = reader("typing"), terminal.wait(for: lastTitle) != nil else {
      return Row(name: name, figures: "none", fault: "no first screen")
    }
    var times: [Double] = []
    for word in ["government", "officer", "social media", "embed", "wiltshire", "people"] {
      _ = terminal.time(key: "/")
      for letter in word {
        if let time = terminal.time(key: String(letter)) { times.append(time.last) }
      }
      _ = terminal.time(key: "\u{1B}")
    }
    _ = terminal.time(key: "/")
    for letter in "wiltshire" { _ = terminal.time(key: String(letter)) }
    let found = String(decoding: terminal.output.suffix(20_000), as: UTF8.self).contains("match 1/")
    terminal.type("\r")
    _ = terminal.time(key: "Q")
    return Row(
      name: name, figures: Times(times).p50p99,
      fault: !found ? "no hits shown" : times.count < 40 ? "too few frames" : nil)
  }

  /// Whole commands beside the tools that a reader would take otherwise.
  private func commands() -> [Row] {
    let page = "\(seeds)/000_e5420c83bbd4cf67.txt"
    func run(_ name: String, _ arguments: [String], until text: String?, contains: String) -> Row {
      var times: [Double] = []
      var fault: String?
      for _ in 0..<30 {
        guard
          let terminal = PseudoTerminal(
            arguments, environment: ["HOME=\(scratch)", "XDG_DATA_HOME=\(scratch)/c"])
        else { return Row(name: name, figures: "none", fault: "not started") }
        if let text {
          if let time = terminal.wait(for: text) { times.append(time) } else { fault = "no screen" }
          terminal.type("q")
          _ = terminal.end()
        } else {
          times.append(terminal.end().time)
        }
        if !terminal.output.contains(Array(contains.utf8)) { fault = "not the expected output" }
      }
      return Row(name: name, figures: Times(times).minMedianMax, fault: fault)
    }
    return [
      run("less PAGE: first screen", ["less", page], until: "000_e5420c83bbd4cf67.txt", contains: "Andrea"),
      run(
        "lectern search government SEEDS", [program, "search", "government", seeds], until: nil,
        contains: "overnment"),
      run(
        "grep -rn government SEEDS", ["grep", "-rn", "government", seeds], until: nil, contains: "government"),
    ]
  }
}

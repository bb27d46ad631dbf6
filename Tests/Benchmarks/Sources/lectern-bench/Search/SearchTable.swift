/// A report as Markdown.
struct SearchTable {
  let report: SearchReport

  var markdown: String {
    let parts =
      [heading, figures, builds] + SearchMode.allCases.map(classes) + [scans, others, verified, absent]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  private var heading: String {
    let machine = report.machine
    let loads = machine.load.map { Times.decimal($0, 2) }.joined(separator: " → ")
    return """
      # Search over \(report.corpus)

      \(report.corpusFacts)

      - \(machine.date), \(machine.processor), \(machine.cores) cores, \(machine.memory), \(machine.system), load \(loads)
      - tree \(machine.commit); \(machine.swift)
      - `\(machine.command)`
      - \(report.peers.map { "\($0.engine) \($0.version)" }.joined(separator: "; "))

      Query times are CPU time of the thread in microseconds, p50 / p99 over the queries of a class, the best of \
      three runs of each; parsing of the query included. On a machine that does other work only these and \
      minima mean something; wall times do not.
      """
  }

  private var figures: String {
    "## Figures to reach\n\n"
      + table(
        ["figure", "measured", "at least", "reach for", ""],
        report.figures.map { [$0.name, $0.measured, $0.least, $0.reach, $0.verdict] })
  }

  private var builds: String {
    let runs = [report.lectern, report.whole, report.part].compactMap(\.self) + report.peers
    let rows = runs.map { run -> [String] in
      let megabytes = Double(run.textBytes) / 1e6
      return [
        run.engine, "\(run.documents)", Times.decimal(megabytes, 1), Times.decimal(run.build.wall, 2),
        Times.decimal(run.build.cpu, 2), Times.decimal(run.readingCPU, 2), Times.decimal(run.netCPU, 2),
        Times.decimal(megabytes / max(run.netCPU, 0.001), 1), "\(run.indexBytes)",
        "\(Times.decimal(Double(run.indexBytes) / Double(max(run.textBytes, 1)) * 100, 1)) %",
        "\(Times.decimal(Double(run.build.peak) / 1e6, 0)) MB",
        report.ours(beside: run).map { Figure.times(run.netCPU / max($0.build.cpu, 0.001)) } ?? "",
      ]
    }
    return "## Build\n\n"
      + table(
        [
          "engine", "documents", "MB", "wall s", "CPU s", "of it reading", "net CPU s", "MB/CPU s",
          "index bytes", "of text", "peak beyond text", "net CPU against Lectern's",
        ], rows)
      + "\n\nPeers with positions store more than Lectern, which checks phrases on the text it has. A peer's peak "
      + "is its whole process."
  }

  private func classes(_ mode: SearchMode) -> String {
    let title =
      switch mode {
      case .ranked: "Ten best by rank"
      case .first: "First ten: the newest with Lectern, of any order with peers"
      case .count: "Exact count"
      }
    var head = ["class", "n", "Lectern"]
    if report.part != nil { head.append("Lectern, \(report.part?.documents ?? 0) documents") }
    head += report.peers.map {
      $0.documents == report.lectern.documents ? $0.engine : "\($0.engine), \($0.documents) documents"
    }
    let rows = QueryClass.allCases.compactMap { kind -> [String]? in
      guard let ours = report.lectern.latencies(kind, mode) else { return nil }
      var row = [kind.rawValue, "\(ours.microseconds.count)", SearchTable.text(ours)]
      if let part = report.part { row.append(part.latencies(kind, mode).map { SearchTable.text($0) } ?? "-") }
      row += report.peers.map { peer in
        guard let theirs = peer.latencies(kind, mode), !theirs.microseconds.isEmpty else { return "-" }
        guard let base = report.ours(beside: peer)?.latencies(kind, mode) else {
          return SearchTable.text(theirs)
        }
        let ratios = [0.5, 0.99].map { Figure.times(theirs.percentile($0) / max(base.percentile($0), 0.01)) }
        return SearchTable.text(theirs) + " (\(ratios.joined(separator: " / ")))"
      }
      return row
    }
    return "## \(title)\n\n" + table(head, rows)
  }

  private static func text(_ times: Latencies) -> String {
    func figure(_ value: Double) -> String {
      value < 100 ? Times.decimal(value, 1) : "\(Int(value.rounded()))"
    }
    let skipped = times.skipped > 0 ? ", \(times.skipped) not reached" : ""
    return "\(figure(times.percentile(0.5))) / \(figure(times.percentile(0.99)))\(skipped)"
  }

  private var scans: String {
    guard !report.scans.isEmpty else { return "" }
    let rows = report.scans.map { row -> [String] in
      let ratio = row.ripgrep.flatMap { theirs in row.lectern.map { Figure.times(theirs / $0) } }
      return [
        "`\(row.pattern.replacing("|", with: "\\|"))`", row.ripgrep.map { Times.text($0 * 1e6) } ?? "-",
        row.lectern.map { Times.text($0 * 1e6) } ?? "-", row.lecternCPU.map { Times.text($0 * 1e6) } ?? "-",
        ratio ?? "-",
        "\(row.ripgrepCount.map(String.init) ?? "-") · \(row.lecternCount.map(String.init) ?? "-")",
      ]
    }
    return
      "## Scan of the whole text\n\nWall time, the least of the runs; ripgrep `-c` reads one file of a text a "
      + "line, in the page cache.\n\n"
      + table(["pattern", "ripgrep", "Lectern", "Lectern's CPU", "ratio", "texts found by each"], rows)
  }

  private var others: String {
    var rows = report.snapshot.sorted { $0.key < $1.key }.map { ["snapshot, \($0.key)", figure($0)] }
    rows += report.reader.sorted { $0.key < $1.key }.map { ["reader, \($0.key)", figure($0)] }
    rows += report.peers.flatMap { peer in
      peer.figures.sorted { $0.key < $1.key }.map {
        ["\(peer.engine), \($0.key)", Times.decimal($0.value, 2)]
      }
    }
    return rows.isEmpty ? "" : "## Starting\n\n" + table(["what", "figure"], rows)
  }

  private func figure(_ pair: (key: String, value: Double)) -> String {
    pair.key.hasSuffix("bytes") || pair.key.hasSuffix("count") ? "\(Int(pair.value))" : Times.text(pair.value)
  }

  private var verified: String {
    let verification = report.verification
    func rows(_ name: String, _ tallies: [String: Verification.Tally]) -> [[String]] {
      guard !tallies.isEmpty else { return [] }
      let wrong = tallies.values.reduce(0) { $0 + $1.wrong }
      let faults = tallies.sorted { $0.key < $1.key }.filter { $0.value.wrong > 0 }.map {
        "\($0.key): \($0.value.wrong) of \($0.value.checked), \($0.value.example ?? "")"
      }
      let checked = tallies.values.reduce(0) { $0 + $1.checked }
      return [[name, "\(checked)", "\(wrong)", faults.joined(separator: "; ")]]
    }
    var lines = rows("exact counts against a brute-force pass over all texts", verification.counts)
    lines += rows("newest ten against the same", verification.newest)
    lines += rows("all hits of planted needles", verification.needles)
    lines += rows("all hits against the linear scan, on a part", verification.scan)
    lines += rows("ten best against its scores, on a part", verification.ranked)
    for (engine, tallies) in verification.peers.sorted(by: { $0.key < $1.key }) {
      lines += rows("counts that \(engine) shares", tallies)
    }
    return lines.isEmpty ? "" : "## Checked\n\n" + table(["what", "checked", "different", "where"], lines)
  }

  private var absent: String {
    report.absent.isEmpty
      ? "" : "## Not measured\n\n" + report.absent.map { "- \($0)" }.joined(separator: "\n")
  }
}

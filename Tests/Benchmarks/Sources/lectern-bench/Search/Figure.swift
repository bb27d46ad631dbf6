/// A figure to reach: what was measured, and what is asked for.
struct Figure: Codable {
  var name: String
  /// As it is printed.
  var measured: String
  var least: String
  var reach: String
  /// Nil where nothing could be measured.
  var holds: Bool?
  var reaches: Bool?

  /// What of the two was kept, in a word.
  var verdict: String {
    guard let holds else { return "not measured" }
    return reaches == true ? "reached" : holds ? "held" : "**missed**"
  }

  /// A value that should be small.
  static func below(
    _ name: String, _ value: Double?, _ least: Double, _ reach: Double, _ text: (Double) -> String
  ) -> Figure {
    Figure(
      name: name, measured: value.map(text) ?? "-", least: text(least), reach: text(reach),
      holds: value.map { $0 <= least }, reaches: value.map { $0 <= reach })
  }

  /// A value that should be large.
  static func above(
    _ name: String, _ value: Double?, _ least: Double, _ reach: Double, _ text: (Double) -> String
  ) -> Figure {
    Figure(
      name: name, measured: value.map(text) ?? "-", least: text(least), reach: text(reach),
      holds: value.map { $0 >= least }, reaches: value.map { $0 >= reach })
  }

  static func times(_ value: Double) -> String {
    value < 10 ? "\(Times.decimal(value, 1))×" : "\(Int(value))×"
  }
}

/// Everything that one run measured, as the raw data keep it.
struct SearchReport: Codable {
  var machine = Machine()
  var corpus = ""
  var fingerprint = ""
  var corpusFacts = ""
  /// Bodies alone, as peers have them.
  var lectern = EngineRun()
  /// With titles and authors.
  var whole: EngineRun?
  /// The part that slow peers get.
  var part: EngineRun?
  var peers: [EngineRun] = []
  var absent: [String] = []
  var scans: [ScanRow] = []
  var snapshot: [String: Double] = [:]
  var reader: [String: Double] = [:]
  var verification = Verification()
}

extension SearchReport {
  private func peer(_ name: String) -> EngineRun? { peers.first { $0.engine == name } }

  /// Lectern's run over as many documents as a peer has.
  func ours(beside peer: EngineRun) -> EngineRun? {
    [lectern, part].compactMap(\.self).first { $0.documents == peer.documents }
  }

  private func ratio(
    _ kind: QueryClass, _ mode: SearchMode, _ share: Double, of names: [String]
  ) -> Double? {
    let theirs = names.compactMap { peer($0) }.filter { $0.documents == lectern.documents }
      .compactMap { $0.latencies(kind, mode)?.percentile(share) }.filter { !$0.isNaN }.min()
    guard let theirs, let ours = lectern.latencies(kind, mode)?.percentile(share), ours > 0 else {
      return nil
    }
    return theirs / ours
  }

  private func build(against name: String) -> Double? {
    guard let peer = peer(name), let ours = ours(beside: peer), ours.build.cpu > 0 else { return nil }
    return peer.netCPU / ours.build.cpu
  }

  /// The figures that the index is built to reach, as far as this run measured them.
  var figures: [Figure] {
    let fast = ["Lucene", "tantivy-py"]
    let rate = whole.map { Double($0.textBytes) / 1e6 / $0.build.wall }
    let rateText: (Double) -> String = { "\(Times.decimal($0, 0)) MB/s" }
    var rows = [
      Figure.above(
        "build, CPU, against tantivy's net of Python", build(against: "tantivy-py"), 8, 12, Figure.times),
      Figure.above("build, CPU, against FTS5's net of Python", build(against: "FTS5"), 8, 12, Figure.times),
      Figure.above(
        "build, CPU, against Xapian's net of Python", build(against: "Xapian"), 50, 90, Figure.times),
      Figure.above("build rate, all the reader needs, 2 cores, wall", rate, 200, 400, rateText),
      Figure.above(
        "the same as its CPU time would be on two idle cores",
        whole.map { Double($0.textBytes) / 1e6 / max($0.build.cpu / 2, 0.001) }, 200, 400, rateText),
      Figure.below(
        "index size of the text", Double(lectern.indexBytes) / Double(max(lectern.textBytes, 1)), 0.35, 0.25
      ) { "\(Times.decimal($0 * 100, 1)) %" },
      Figure.below(
        "memory while building beyond text and index",
        Double(max(0, lectern.build.peak - lectern.indexBytes)), 1.5e9, 0.5e9
      ) { "\(Times.decimal($0 / 1e9, 2)) GB" },
    ]
    if lectern.documents >= 3_000_000 {
      let isTen = lectern.documents >= 9_000_000
      let (least, reach) = isTen ? (1000.0, 500.0) : (500.0, 200.0)
      for kind in [QueryClass.typed, .letters] {
        for (mode, name) in [(SearchMode.first, "newest 10"), (.ranked, "top 10 by rank")] {
          rows.append(
            Figure.below(
              "as you type (\(kind.rawValue)), \(name), p99", lectern.latencies(kind, mode)?.percentile(0.99),
              least,
              reach, Times.text))
        }
      }
      if isTen {
        rows.append(
          Figure.below(
            "10 million entries to searchable (index)", (whole ?? lectern).build.wall * 1e6, 15e6, 8e6,
            Times.text))
      }
    }
    for (kind, least, reach) in [
      (QueryClass.term, 12.0, 20.0), (.stop, 12, 20), (.or2, 4, 6), (.or4, 4, 6), (.and2, 1.5, 3),
      (.and3, 1.5, 3),
      (.phrase2, 4, 15),
    ] {
      rows.append(
        Figure.above(
          "\(kind.rawValue) top 10, p99, against the faster of Lucene and tantivy-py",
          ratio(kind, .ranked, 0.99, of: fast), least, reach, Figure.times))
    }
    rows += [
      Figure.above(
        "phrase2 exact count, p99, the same", ratio(.phrase2, .count, 0.99, of: fast), 1, 3, Figure.times),
      Figure.above(
        "prefix exact count, p99, the same", ratio(.prefix, .count, 0.99, of: fast), 4, 8, Figure.times),
      Figure.above(
        "fuzzy1 end to end, p50, the same", ratio(.fuzzy1, .ranked, 0.5, of: fast), 3, 7, Figure.times),
    ]
    let scanRatios = scans.compactMap { row in
      row.ripgrep.flatMap { theirs in row.lectern.map { theirs / $0 } }
    }
    rows.append(
      Figure.above(
        "scan of the text against ripgrep, wall, the slowest of \(scans.count)", scanRatios.min(), 1.5, 2.5,
        Figure.times))
    rows += [
      Figure.below("snapshot open and first query, warm", snapshot["warm"], 1000, 200, Times.text),
      Figure.below("snapshot open and first query, cold", snapshot["cold"], 60_000, 25_000, Times.text),
    ]
    if let painted = reader["entries painted from snapshot"] {
      rows.append(
        Figure.below(
          "reader: start to first painted list, from snapshot", painted, 100_000, 30_000, Times.text))
    }
    if let mails = reader["mails whole and searchable"] {
      rows.append(
        Figure.below(
          "100,000 mails: from nothing to a threaded, searchable list", mails, 2e6, 1e6, Times.text))
    }
    return rows
  }
}

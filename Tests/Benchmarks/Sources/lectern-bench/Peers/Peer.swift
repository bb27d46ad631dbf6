import Foundation

/// Another engine, by its driver in `Tests/Benchmarks/Peers`.
struct Peer: Sendable {
  let id: String
  /// What runs its driver, up to `build` or `query`.
  let driver: [String]
  var environment: [String: String] = [:]
  /// Documents it gets at most; 0 for all. A slow one gets the first of them.
  var limit = 0
  /// Says whether it is there: must end with code 0.
  let probe: [String]
  /// What to say where it is not.
  let absence: String

  var isThere: Bool { Command(words: probe, environment: environment).run()?.code == 0 }
}

/// Where peers' drivers, their indexes and what they said are kept.
struct PeerBench {
  /// Holds the drivers.
  let drivers: String
  /// Tables, indexes and answers, by fingerprint: what was measured once is not measured again.
  let scratch: String
  /// Seconds that a peer may take for a class in a mode.
  var budget = 20.0
  /// What runs Lucene: a newer Java is faster at it.
  var java = "java"
  /// A jar with Lucene's classes.
  var luceneJar: String?
  /// Documents that Xapian gets.
  var xapianLimit = 200_000

  var all: [Peer] {
    let python = "python3"
    var peers = [
      Peer(
        id: "tantivy", driver: [python, "\(drivers)/tantivy_peer.py"],
        probe: [python, "-c", "import tantivy"],
        absence: "`pip install tantivy`"),
      Peer(
        id: "fts5", driver: [python, "\(drivers)/fts5_peer.py"], probe: [python, "-c", "import sqlite3"],
        absence: "Python with sqlite3"),
      Peer(
        id: "fts5-prefix", driver: [python, "\(drivers)/fts5_peer.py"], environment: ["FTS5_PREFIX": "1 2 3"],
        probe: [python, "-c", "import sqlite3"], absence: "Python with sqlite3"),
      Peer(
        id: "xapian", driver: ["/usr/bin/python3", "\(drivers)/xapian_peer.py"], limit: xapianLimit,
        probe: ["/usr/bin/python3", "-c", "import xapian"], absence: "`apt install python3-xapian`"),
    ]
    let jar = luceneJar ?? "lucene.jar"
    let classes = "\(jar):\(scratch)/lucene-driver"
    peers.append(
      Peer(
        id: "lucene",
        driver: [
          java, "-Xmx4g", "--add-modules", "jdk.incubator.vector", "-cp", classes, "LucenePeer",
        ],
        probe: [
          "sh", "-c",
          "test -f '\(jar)' && javac -cp '\(jar)' -d '\(scratch)/lucene-driver' '\(drivers)/LucenePeer.java'",
        ],
        absence: "`--lucene-jar FILE`: `pip download --no-deps pyserini` holds one in pyserini/resources/jars"
      ))
    return peers
  }

  /// Measures a peer, or tells what it said of the same corpus and queries before.
  /// - Returns: nil with a reason if it is not there or fails.
  func run(_ peer: Peer, corpus: String, table: String, queries: String) -> (run: EngineRun?, note: String?) {
    let source = (try? String(contentsOfFile: driverFile(peer), encoding: .utf8)) ?? ""
    let shared = (try? String(contentsOfFile: "\(drivers)/peer.py", encoding: .utf8)) ?? ""
    let driver = PeerBench.fingerprint(of: source + shared)
    let asked = PeerBench.fingerprint(of: (try? String(contentsOfFile: queries, encoding: .utf8)) ?? "")
    let name = "\(peer.id)-\(corpus)\(peer.limit > 0 ? "-\(peer.limit)" : "")"
    let folder = "\(scratch)/\(name).index"
    let built = "\(scratch)/\(name).build.json"
    let answered = "\(scratch)/\(name)-\(asked)-\(driver)-\(Int(budget)).query.json"
    let isKnown =
      FileManager.default.fileExists(atPath: answered) && FileManager.default.fileExists(atPath: built)
    guard isKnown || peer.isThere else { return (nil, "\(peer.id) is not there: \(peer.absence)") }
    if !FileManager.default.fileExists(atPath: built) {
      try? FileManager.default.removeItem(atPath: folder)
      if let fault = store(peer, ["build", table, folder, String(peer.limit)], in: built) {
        return (nil, "\(peer.id) failed to build: \(fault)")
      }
    }
    if !FileManager.default.fileExists(atPath: answered) {
      if let fault = store(peer, ["query", folder, queries, String(budget)], in: answered) {
        return (nil, "\(peer.id) failed to answer: \(fault)")
      }
    }
    guard let build = PeerAnswer(file: built), let query = PeerAnswer(file: answered) else {
      return (nil, "\(peer.id) left no figures")
    }
    return (build.run(with: query), nil)
  }

  private func driverFile(_ peer: Peer) -> String {
    peer.driver.first { $0.hasSuffix(".py") } ?? "\(drivers)/LucenePeer.java"
  }

  private func store(_ peer: Peer, _ arguments: [String], in file: String) -> String? {
    guard let outcome = Command(words: peer.driver + arguments, environment: peer.environment).run() else {
      return "could not be started"
    }
    guard outcome.code == 0, let start = outcome.output.firstIndex(of: UInt8(ascii: "{")) else {
      return String(outcome.error.suffix(400))
    }
    try? outcome.output[start...].write(to: URL(fileURLWithPath: file))
    return nil
  }

  static func fingerprint(of text: String) -> String { String(WordTable.hash(text.utf8), radix: 36) }
}

/// What a driver prints.
private struct PeerAnswer: Codable {
  var engine: String
  var version: String
  var build: Cost?
  var readingCPU: Double?
  var indexBytes: Int?
  var documents: Int?
  var textBytes: Int?
  var classes: [String: [String: Latencies]]?
  var figures: [String: Double]?

  init?(file: String) {
    guard let data = FileManager.default.contents(atPath: file),
      let answer = try? JSONDecoder().decode(PeerAnswer.self, from: data)
    else { return nil }
    self = answer
  }

  func run(with query: PeerAnswer) -> EngineRun {
    var run = EngineRun()
    run.engine = engine
    run.version = version
    run.build = build ?? Cost()
    run.readingCPU = readingCPU ?? 0
    run.indexBytes = indexBytes ?? 0
    run.documents = documents ?? 0
    run.textBytes = textBytes ?? 0
    run.classes = query.classes ?? [:]
    run.figures = query.figures ?? [:]
    return run
  }
}

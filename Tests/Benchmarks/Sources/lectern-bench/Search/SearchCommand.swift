import Foundation
import Glibc

/// `lectern-bench search`: one table of Lectern's index beside its peers over the same texts.
struct SearchCommand {
  /// Where the texts come from.
  enum Texts {
    case generated(Int)
    case archive(String)
    case table(String)
    case objects(String)
  }

  var texts = Texts.generated(1_000_000)
  var fields: [String: String] = [:]
  var queryCount = 300
  /// `all`, `none` or names with commas between.
  var peers = "all"
  var isPeersOnly = false
  /// Seconds that a class may take in a mode, Lectern's and a peer's.
  var budget = 20.0
  var out = "."
  var scratch = "/tmp/lectern-bench"
  var luceneJar = ProcessInfo.processInfo.environment["LUCENE_JAR"]
  var java = "java"
  var xapianLimit = 200_000
  var isVerified = true
  var program: String?
  var mailTool: String?
  let package: String

  init(package: String) { self.package = package }

  /// - Returns: an exit code: 0, or 1 where an answer was wrong.
  func run() -> Int32 {
    var report = SearchReport()
    report.machine = Machine.here(package: package)
    guard let corpus = corpus() else {
      print("The texts could not be read.")
      return 1
    }
    for folder in [out, scratch] {
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    report.corpus = corpus.name
    report.fingerprint = corpus.fingerprint
    report.corpusFacts =
      "\(corpus.documentCount) entries in \(corpus.threadStarts.count - 1) threads, \(Times.decimal(corpus.megabytes, 1)) MB of text, fingerprint \(report.fingerprint)"
    say(report.corpusFacts)
    let queries = QuerySet(of: corpus, count: queryCount)
    let queryFile = "\(out)/queries-\(corpus.name).tsv"
    guard queries.write(to: queryFile) else {
      print("\(queryFile) could not be written.")
      return 1
    }
    if !isPeersOnly { measureLectern(corpus, queries.queries, &report) }
    measurePeers(corpus, queryFile, &report)
    if !isPeersOnly { measureReader(corpus, &report) }
    if !isPeersOnly { finish(&report) }
    report.machine.load.append(Machine.load)
    return write(report)
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("\(Times.decimal(Clocks.process, 1)) s  \(text)\n".utf8))
  }

  private func corpus() -> Corpus? {
    switch texts {
    case .generated(let count): DiscussionGenerator(documentCount: count).corpus()
    case .archive(let path): CorpusLoading.archive(path)
    case .table(let path): CorpusLoading.table(path)
    case .objects(let path): CorpusLoading.objects(path, fields: fields)
    }
  }

  // MARK: Lectern

  private func measureLectern(_ corpus: Corpus, _ queries: [BenchQuery], _ report: inout SearchReport) {
    report.whole = LecternRun(corpus, isWhole: true).run
    var lectern = LecternRun(corpus)
    say("built: \(Times.decimal(lectern.run.build.cpu, 2)) CPU s, \(lectern.run.indexBytes) bytes")
    lectern.measure(queries, budget: budget)
    report.lectern = lectern.run
    say("queries measured")
    if isVerified {
      report.verification.checkAgainstBruteForce(queries, lectern)
      say("checked against a brute-force pass: \(report.verification.wrongCount) wrong")
      let (small, least) = (LecternRun(corpus.prefix(3000)), LecternRun(corpus.prefix(300)))
      report.verification.checkAgainstLinearScan(queries, small, perClass: 25)
      report.verification.checkRanking(queries, least, perClass: 8)
      say("checked against the linear scan: \(report.verification.wrongCount) wrong")
    }
    if peers != "none" || wants("rg") {
      report.scans = ScanBench(
        corpus: corpus, lectern: lectern, lines: "\(scratch)/\(report.fingerprint).txt"
      ).rows()
      say("text scanned")
    }
    if corpus.documentCount <= 4_000_000 {
      let word = queries.first { $0.kind == .term }?.words[0] ?? "people"
      let bench = SnapshotBench(folder: "\(scratch)/snapshot-\(getpid())", bench: CommandLine.arguments[0])
      report.snapshot = bench.measure(corpus, query: word)
      say("snapshot measured")
    }
    if wants("xapian"), xapianLimit < corpus.documentCount {
      var part = LecternRun(corpus.prefix(xapianLimit))
      part.measure(queries, budget: budget)
      report.part = part.run
    }
  }

  /// The program itself on the same entries, if they were made up, and on mails.
  private func measureReader(_ corpus: Corpus, _ report: inout SearchReport) {
    guard let program else { return }
    let reader = ReaderStart(
      program: program, bench: CommandLine.arguments[0], home: "\(scratch)/home-\(getpid())")
    if let mailTool { report.reader = reader.mails(mailTool, scratch: scratch) }
    guard case .generated = texts else { return }
    let file = "\(scratch)/\(report.fingerprint).ndjson"
    if !FileManager.default.fileExists(atPath: file) {
      guard corpus.write(.ndjson, to: file + ".new"), rename(file + ".new", file) == 0 else { return }
    }
    let figures = reader.measure(
      file, comments: corpus.documentCount - corpus.titles.count, name: "entries")
    report.reader.merge(figures) { $1 }
    say("reader started")
  }

  private func finish(_ report: inout SearchReport) {
    for peer in report.peers {
      if let ours = report.ours(beside: peer) { report.verification.compare(peer, ours) }
    }
  }

  // MARK: Peers

  private func wants(_ peer: String) -> Bool {
    peers == "all" || peers.split(separator: ",").contains { $0 == peer }
  }

  private func measurePeers(_ corpus: Corpus, _ queryFile: String, _ report: inout SearchReport) {
    guard peers != "none" else { return }
    let table = "\(scratch)/\(report.fingerprint).tsv"
    if !FileManager.default.fileExists(atPath: table) {
      guard corpus.write(.tsv, to: table + ".new"), rename(table + ".new", table) == 0 else {
        report.absent.append("\(table) could not be written")
        return
      }
    }
    let bench = PeerBench(
      drivers: "\(package)/Tests/Benchmarks/Peers", scratch: scratch, budget: budget, java: java,
      luceneJar: luceneJar,
      xapianLimit: min(xapianLimit, corpus.documentCount))
    for peer in bench.all where wants(peer.id) {
      let (run, note) = bench.run(peer, corpus: report.fingerprint, table: table, queries: queryFile)
      if let run { report.peers.append(run) }
      if let note { report.absent.append(note) }
      say(note ?? "\(peer.id): measured")
    }
  }

  // MARK: Out

  private func write(_ report: SearchReport) -> Int32 {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let data = try? encoder.encode(report)
    try? data?.write(to: URL(fileURLWithPath: "\(out)/search-\(report.corpus).json"))
    if isPeersOnly { return 0 }
    let markdown = SearchTable(report: report).markdown
    try? markdown.write(toFile: "\(out)/search-\(report.corpus).md", atomically: true, encoding: .utf8)
    print(markdown)
    return report.verification.wrongCount == 0 ? 0 : 1
  }
}

import Archive
import Discussion
import Glibc

/// Real archives into the document model, beside another reader of the same mail.
///
/// Each run is a process of its own, so that its memory is its own; ours and the peer's take turns.
struct ImportBenchmarks {
  /// The release binary.
  let program: String
  /// This program, which measures one import when it is asked to.
  let bench: String
  /// What to read.
  let files: [String]
  /// A folder for the runs' data.
  let scratch: String

  func rows() -> [Row] { files.flatMap(rows) }

  private func rows(_ file: String) -> [Row] {
    var status = stat()
    guard stat(file, &status) == 0 else { return [Row(name: file, figures: "none", fault: "not there")] }
    let megabytes = Double(status.st_size) / 1e6
    let name = file.split(separator: "/").last.map(String.init) ?? file
    var rates: [Double] = []
    var models: [Model] = []
    for _ in 0..<3 {
      guard let model = Model(measuredBy: bench, file) else { continue }
      models.append(model)
      rates.append(model.microseconds)
    }
    guard let model = models.last else { return [Row(name: name, figures: "none", fault: "no result")] }
    let times = Times(rates)
    let median = times.percentile(0.5)
    let peak = models.map(\.peak).max() ?? 0
    var rows = [
      Row(
        name: "\(name) (\(Int(megabytes)) MB): parsed, threaded, in the model",
        figures:
          "\(times.minMedianMax)  \(Int(megabytes * 1e6 / median)) MB/s  \(model.discussions) discussions  \(model.comments) comments",
        fault: nil),
      Row(
        name: "  resident memory, peak",
        figures:
          "\(peak / 1024) MiB  \(Times.decimal(Double(peak) * 1024 / Double(status.st_size), 2)) x the file",
        fault: nil),
    ]
    guard isMailbox(file) else { return rows }
    var lists: [Double] = []
    var whole: [Double] = []
    var peer: [Double] = []
    for run in 0..<3 {
      if let times = reader(file, run: "\(name)-\(run)", until: model) {
        lists.append(times.list)
        whole.append(times.whole)
      }
      if let time = neomutt(file) { peer.append(time) }
    }
    rows.append(
      Row(
        name: "  lectern: list on the screen", figures: Times(lists).minMedianMax,
        fault: lists.isEmpty ? "no list" : nil))
    rows.append(
      Row(
        name: "  lectern: all of it threaded and indexed", figures: Times(whole).minMedianMax,
        fault: whole.isEmpty ? "never whole" : nil))
    rows.append(
      Row(
        name: "  neomutt -R -n -f, sort=threads: list on the screen",
        figures: peer.isEmpty
          ? "not installed, or no list"
          : "\(Times(peer).minMedianMax)  \(Times.decimal(Times(peer).percentile(0.5) / median, 1)) x our model",
        fault: nil))
    return rows
  }

  private func isMailbox(_ file: String) -> Bool {
    guard let handle = fopen(file, "r") else { return false }
    defer { fclose(handle) }
    var head = [UInt8](repeating: 0, count: 5)
    return fread(&head, 1, 5, handle) == 5 && head == Array("From ".utf8)
  }

  private func reader(_ file: String, run: String, until model: Model) -> (list: Double, whole: Double)? {
    guard
      let terminal = PseudoTerminal(
        [program, file], environment: ReaderUnderTest.environment("\(scratch)/\(run)"), isFollowed: true),
      let list = terminal.wait(seconds: 60, until: { $0.line(1).hasPrefix("▌") })
    else { return nil }
    let whole = terminal.wait(seconds: 120) { $0.line(0).contains(" \(model.comments) comments") }
    terminal.type("Q")
    _ = terminal.end()
    return whole.map { (list, $0) }
  }

  private func neomutt(_ file: String) -> Double? {
    guard
      let terminal = PseudoTerminal(
        ["neomutt", "-R", "-n", "-F", "/dev/null", "-e", "set sort=threads folder=/", "-f", file],
        environment: ["HOME=\(scratch)"], isFollowed: true),
      let time = terminal.wait(seconds: 120, until: { $0.shows("(threads") })
    else { return nil }
    terminal.type("x")
    _ = terminal.end()
    return time
  }

  /// One import into the model, as a process of its own reports it.
  struct Model {
    var microseconds: Double
    var discussions: Int
    var comments: Int
    /// Most resident memory, in KiB.
    var peak: Int
    /// The beginning of the first discussion's title.
    var firstTitle: String

    init?(measuredBy bench: String, _ file: String) {
      guard let terminal = PseudoTerminal([bench, "measure-import", file], environment: []) else {
        return nil
      }
      guard terminal.end(seconds: 120).code == 0 else { return nil }
      let fields = String(decoding: terminal.output, as: UTF8.self).split(separator: "\t")
      guard fields.count >= 5, let time = Double(fields[0]), let discussions = Int(fields[1]),
        let comments = Int(fields[2]), let peak = Int(fields[3])
      else { return nil }
      (microseconds, self.discussions, self.comments, self.peak) = (time, discussions, comments, peak)
      firstTitle = fields[4].filter { $0 != "\r" && $0 != "\n" }
    }
  }

  /// Imports a file or folder into the model, in batches as the reader does, and prints what `Model` reads.
  static func measure(_ path: String) {
    var library = Library()
    let (_, time) = microseconds {
      var batch: [ParsedDiscussion] = []
      var bytes = 0
      func flush() {
        library = library.adding(batch).library
        batch.removeAll()
        bytes = 0
      }
      let importer = Importer(
        deliver: { discussion in
          bytes += discussion.body.utf8.count
          for comment in discussion.comments { bytes += comment.text.utf8.count }
          batch.append(discussion)
          if bytes >= 32 << 20 { flush() }
        }, report: { _ in })
      for file in Archive.sources(at: [Array(path.utf8)]).files { importer.read(file: file) }
      importer.finish()
      flush()
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let first = library.discussions.first.map { library.title(of: $0) } ?? []
    let title = String(decoding: first.prefix { (0x20..<0x7F).contains($0) }.prefix(24), as: UTF8.self)
    print(
      time, library.discussions.count, library.entryCount - library.discussions.count, usage.ru_maxrss, title,
      separator: "\t")
  }
}

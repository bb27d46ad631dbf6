import Foundation
import Glibc

/// Everything that one run of `lectern-bench terminal` measured.
struct TerminalReport: Codable {
  var machine = Machine()
  var mailbox = ""
  /// Bytes and messages of the mailbox.
  var bytes = 0
  var messages = 0
  var readers: [String: SessionFigures] = [:]
  var threads = SessionFigures()
  var absent: [String] = []
}

/// `lectern-bench terminal MAILBOX`: the reader beside neomutt and slrn, each in a terminal of its own.
struct TerminalCommand {
  var mailbox = ""
  var program: String
  var peers = ["neomutt", "slrn"]
  var runs = 5
  var out: String?
  var hasLongThread = true
  let package: String

  /// - Returns: nil after saying what is wrong.
  init?(_ arguments: inout Arguments, package: String) {
    self.package = package
    program = "\(package)/.build/release/lectern"
    while let word = arguments.next() {
      switch word {
      case "--program": program = arguments.value(of: word)
      case "--peers":
        let names = arguments.value(of: word)
        peers = names == "none" ? [] : names.split(separator: ",").map(String.init)
      case "--runs": runs = max(1, arguments.number(of: word))
      case "--out": out = arguments.value(of: word)
      case "--no-long-thread": hasLongThread = false
      case let path where mailbox.isEmpty && !path.hasPrefix("-"): mailbox = path
      default: arguments.misunderstood(word)
      }
    }
    if let problem = arguments.problem ?? (mailbox.isEmpty ? "A MAILBOX is to be named." : nil) {
      print(problem)
      return nil
    }
  }

  /// - Returns: an exit code: 0, or 1 where a check of Lectern did not hold.
  func run() -> Int32 {
    guard access(program, X_OK) == 0 else {
      print("There is no \(program); run `swift build -c release` first.")
      return 1
    }
    // Whatever is measured first must not be the one that fetches it from the disk.
    guard let size = warm(mailbox) else {
      print("\(mailbox) could not be read.")
      return 1
    }
    var template = Array("/tmp/lectern-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return 1 }
    let scratch = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    var report = TerminalReport()
    report.machine = Machine.here(package: package)
    report.mailbox = mailbox.split(separator: "/").last.map(String.init) ?? mailbox
    (report.bytes, report.messages) = size
    var readers = [ReaderUnderTest.lectern(program, mailbox)]
    var server: NewsServer?
    for peer in peers {
      switch peer {
      case "neomutt":
        if let reader = ReaderUnderTest.neomutt(mailbox) {
          readers.append(reader)
        } else {
          report.absent.append(peer)
        }
      case "slrn":
        server = NewsServer(script: "\(package)/Tests/Benchmarks/Peers/news_server.py", mailbox: mailbox)
        if let port = server?.port, let reader = ReaderUnderTest.slrn(port: port) {
          readers.append(reader)
        } else {
          report.absent.append(server == nil ? "slrn (its server did not start)" : peer)
        }
      default: report.absent.append(peer)
      }
    }
    for reader in readers {
      var bench = SessionBench(reader, scratch: scratch, runs: runs)
      bench.measure()
      report.readers[reader.name] = bench.figures
      say("\(reader.name): measured \(bench.figures.faults)")
    }
    withExtendedLifetime(server) {}
    if hasLongThread {
      report.threads = LongThread(program: program, scratch: scratch).measure()
      say("threads: measured \(report.threads.faults)")
    }
    report.machine.load.append(Machine.load)
    return write(report)
  }

  private func say(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

  /// Reads the mailbox once; its bytes and messages.
  private func warm(_ path: String) -> (Int, Int)? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let mark = Array("\n\nFrom ".utf8)
    let count = data.withUnsafeBytes { bytes in
      var count = 1
      for place in bytes.indices.dropLast(mark.count) where bytes[place] == mark[0] {
        if bytes[place..<place + mark.count].elementsEqual(mark) { count += 1 }
      }
      return count
    }
    return (data.count, count)
  }

  private func write(_ report: TerminalReport) -> Int32 {
    let table = TerminalTable(report: report)
    print(table.markdown)
    if let out {
      try? FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      try? encoder.encode(report).write(to: URL(fileURLWithPath: "\(out)/terminal-\(report.mailbox).json"))
      try? table.markdown.write(
        toFile: "\(out)/terminal-\(report.mailbox).md", atomically: true, encoding: .utf8)
    }
    return (report.readers["lectern"]?.faults.isEmpty ?? false) && report.threads.faults.isEmpty ? 0 : 1
  }
}

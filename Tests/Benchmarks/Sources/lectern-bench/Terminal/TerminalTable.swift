/// The figures of a run as Markdown.
struct TerminalTable {
  let report: TerminalReport

  private enum Form {
    /// Least and median of a time.
    case least
    /// p50 and p99 of a time.
    case shares
    case bytes
    case count
  }

  private var rows: [(label: String, figure: String, form: Form, target: String)] {
    [
      ("first start: list on the screen", "list, from nothing", .least, "before the others"),
      ("first start: a key answered there", "usable, from nothing", .least, "before the others"),
      ("  processor until the list", "list, processor, from nothing", .least, ""),
      ("first start: all read and threaded", "whole, from nothing", .least, ""),
      ("  processor until at rest", "processor, from nothing", .least, ""),
      ("second start: list on the screen", "list, from its cache", .least, "before the others"),
      ("second start: a key answered there", "usable, from its cache", .least, "before the others"),
      ("  processor until at rest", "processor, from its cache", .least, ""),
      ("resident memory, peak, first start", "memory, from nothing", .bytes, ""),
      ("resident memory, peak, second start", "memory, from its cache", .bytes, ""),
      ("down or up in the list: last byte", "list, last byte", .shares, "p50 < 1 ms"),
      ("  first byte", "list, first byte", .shares, ""),
      ("  processor a key", "list, processor", .least, ""),
      ("page in the list: last byte", "list, page, last byte", .shares, "p50 < 2 ms"),
      ("  processor a key", "list, page, processor", .least, ""),
      ("line in a text: last byte", "text, line, last byte", .shares, "p50 < 1 ms"),
      ("  processor a key", "text, line, processor", .least, ""),
      ("Space, reading on: last byte", "text, on, last byte", .shares, "p50 < 2 ms"),
      ("  processor a key", "text, on, processor", .least, ""),
      ("400 keys at once: until the last byte", "400 keys, time", .least, "< 20 ms"),
      ("  bytes out", "400 keys, bytes", .bytes, "< 10 KB"),
      ("idle for 4 s: threads switched", "idle, switches", .count, "0"),
      ("  bytes out", "idle, bytes", .count, "0"),
      ("64 sizes from 1×1 to 400×120: survived", "resizes, survived", .count, "1"),
      ("  rows that differ from a fresh drawing", "resizes, rows with debris", .count, "0"),
      ("  bytes out", "resizes, bytes", .bytes, ""),
    ]
  }

  private func text(_ samples: [Double], _ form: Form) -> String {
    guard let first = samples.first else { return "–" }
    let times = Times(samples)
    switch form {
    case .least:
      return samples.count == 1
        ? Times.text(first)
        : "\(Times.text(times.percentile(0))), median \(Times.text(times.percentile(0.5)))"
    case .shares: return "\(Times.text(times.percentile(0.5))) / \(Times.text(times.percentile(0.99)))"
    case .bytes:
      let bytes = times.percentile(0.5)
      return bytes < 10_000
        ? "\(Int(bytes)) B" : bytes < 10e6 ? "\(Int(bytes / 1000)) KB" : "\(Int(bytes / 1e6)) MB"
    case .count: return "\(Int(times.percentile(1)))"
    }
  }

  var markdown: String {
    let machine = report.machine
    let names = ["lectern", "neomutt", "slrn"].filter { report.readers[$0] != nil }
    var lines = [
      "## Readers in a terminal of \(SessionBench.columns)×\(SessionBench.rows)", "",
      "- \(report.mailbox): \(report.messages) messages, \(report.bytes) bytes, in the page cache",
      "- \(machine.processor), \(machine.cores) cores, \(machine.memory), \(machine.system), load \(machine.load.map { Times.decimal($0, 1) }.joined(separator: " to "))",
      "- \(machine.date), commit \(machine.commit), \(machine.swift)",
      "- `\(machine.command)`",
    ]
    for name in names {
      guard let figures = report.readers[name] else { continue }
      let command = figures.command.map {
        $0.contains(" ") ? "'\($0)'" : String($0.split(separator: "/").last ?? "")
      }
      lines.append("- \(figures.version): `\(command.joined(separator: " "))`")
    }
    if !report.absent.isEmpty { lines.append("- not there: \(report.absent.joined(separator: ", "))") }
    lines += ["", "| | \(names.joined(separator: " | ")) | to reach |"]
    lines.append("|---|" + String(repeating: "---|", count: names.count + 1))
    for row in rows {
      let cells = names.map { text(report.readers[$0]?.samples[row.figure] ?? [], row.form) }
      lines.append("| \(row.label) | \(cells.joined(separator: " | ")) | \(row.target) |")
    }
    lines += ["", "Starts: least, median of the runs. Keys: p50 / p99."]
    if !report.threads.samples.isEmpty {
      lines += ["", "| lectern, in a thread of | 10 comments | 100,000 comments |", "|---|---|---|"]
      for (label, figure, form) in [
        ("comment up or down: last byte", "j", Form.shares), ("  processor a key", "j, processor", .least),
        ("page: last byte", "page", .shares), ("  processor a key", "page, processor", .least),
        ("line: last byte", "line", .shares), ("  processor a key", "line, processor", .least),
        ("`G`, from the top to the end", "to its end", .least),
      ] {
        let cells = LongThread.counts.map {
          text(report.threads.samples["thread of \($0), \(figure)"] ?? [], form)
        }
        lines.append("| \(label) | \(cells.joined(separator: " | ")) |")
      }
    }
    for (name, figures) in report.readers.sorted(by: { $0.key < $1.key }) + [("threads", report.threads)] {
      for fault in figures.faults.prefix(8) { lines += ["", "WRONG, \(name): \(fault)"] }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

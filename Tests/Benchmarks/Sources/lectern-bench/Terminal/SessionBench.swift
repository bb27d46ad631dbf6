import Foundation
import Glibc

/// What was measured of one reader: times in microseconds, sizes in bytes, counts.
struct SessionFigures: Codable {
  var version = ""
  var command: [String] = []
  /// Every sample, by what was measured.
  var samples: [String: [Double]] = [:]
  /// What did not hold.
  var faults: [String] = []

  mutating func note(_ name: String, _ value: Double?) {
    if let value { samples[name, default: []].append(value) }
  }
}

/// One reader through a session in a terminal of 200 columns and 60 rows.
struct SessionBench {
  let reader: ReaderUnderTest
  /// A folder for the reader's home.
  let scratch: String
  /// How often it is started.
  let runs: Int
  private(set) var figures = SessionFigures()

  init(_ reader: ReaderUnderTest, scratch: String, runs: Int) {
    self.reader = reader
    self.scratch = scratch
    self.runs = runs
    figures.version = reader.version
  }

  static let (columns, rows) = (200, 60)
  /// Longest that any of them may take for anything, in seconds.
  static let patience = 300

  /// Measures all of it; the reader is left ended.
  mutating func measure() {
    for run in 0..<runs {
      let home = "\(scratch)/\(reader.name)-\(run)"
      guard let terminal = begin(home, "from nothing") else { return }
      if run < runs - 1 || reader.hasCache { end(terminal) } else { handle(terminal) }
      guard reader.hasCache else { continue }
      guard let again = begin(home, "from its cache") else { return }
      if run < runs - 1 { end(again) } else { handle(again) }
    }
  }

  private mutating func handle(_ terminal: PseudoTerminal) {
    say("started")
    idle(terminal)
    keys(terminal, in: "list", [reader.down, reader.up], 200)
    keys(terminal, in: "list, page", [reader.pageDown, reader.pageUp], 60)
    flood(terminal)
    say("keys")
    resizes(terminal)
    say("sizes")
    terminal.type(reader.open)
    terminal.settle(milliseconds: 300)
    keys(terminal, in: "text, line", [reader.lineDown], 60)
    keys(terminal, in: "text, on", [reader.readOn], 200)
    end(terminal)
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("\(reader.name): \(text)\n".utf8))
  }

  // MARK: Start

  private mutating func begin(_ home: String, _ kind: String) -> PseudoTerminal? {
    try? FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    figures.command = reader.command(home)
    guard
      let terminal = PseudoTerminal(
        figures.command, environment: ReaderUnderTest.environment(home), columns: SessionBench.columns,
        rows: SessionBench.rows, isFollowed: true), terminal.screen != nil
    else {
      figures.faults.append("not started, or no libvterm")
      return nil
    }
    if let entrance = reader.entrance {
      guard terminal.wait(seconds: SessionBench.patience, until: { $0.shows(entrance.shows) }) != nil else {
        figures.faults.append("no first screen")
        return nil
      }
      terminal.type(entrance.key)
    }
    let list = terminal.wait(seconds: SessionBench.patience, until: reader.showsList)
    figures.note("list, \(kind)", list)
    figures.note("list, processor, \(kind)", terminal.processorSeconds.map { $0 * 1e6 })
    guard list != nil, let row = terminal.screen.flatMap(reader.selected) else {
      figures.faults.append("no list")
      return nil
    }
    terminal.type(reader.down)
    let usable = terminal.wait(seconds: SessionBench.patience) { (reader.selected($0) ?? row) > row }
    figures.note("usable, \(kind)", usable)
    if usable == nil { figures.faults.append("the first key did nothing") }
    terminal.type(reader.up)
    if let loaded = terminal.wait(seconds: SessionBench.patience, until: { !reader.isLoading($0) }) {
      figures.note("whole, \(kind)", max(loaded, list ?? 0))
    } else {
      figures.faults.append("never whole")
    }
    if !terminal.rest(seconds: SessionBench.patience) { figures.faults.append("never at rest") }
    figures.note("memory, \(kind)", terminal.peakResident.map { Double($0) * 1024 })
    figures.note("processor, \(kind)", terminal.processorSeconds.map { $0 * 1e6 })
    return terminal
  }

  private mutating func end(_ terminal: PseudoTerminal) {
    terminal.type(reader.quit)
    let code = terminal.end(seconds: 30).code
    if code != 0 { figures.faults.append("ended with \(code)") }
  }

  // MARK: At work

  /// Keys one by one, each after the one before was painted.
  private mutating func keys(_ terminal: PseudoTerminal, in place: String, _ keys: [String], _ count: Int) {
    let before = terminal.processorSeconds
    defer {
      if let before, let now = terminal.processorSeconds {
        figures.note("\(place), processor", (now - before) * 1e6 / Double(count))
      }
    }
    for number in 0..<count {
      // Mostly on, now and then back.
      guard let time = terminal.time(key: keys[number % 9 < 6 ? 0 : keys.count - 1]) else { continue }
      figures.note("\(place), first byte", time.first)
      figures.note("\(place), last byte", time.last)
    }
  }

  /// 400 keys written at once, down and up again: the screen must be the same then.
  private mutating func flood(_ terminal: PseudoTerminal) {
    for round in 0..<11 {
      terminal.settle(milliseconds: 100)
      let before = terminal.screen?.text ?? []
      let down = terminal.burst(String(repeating: reader.down, count: 400), quiet: 400)
      let between = terminal.screen?.text ?? []
      let up = terminal.burst(String(repeating: reader.up, count: 400), quiet: 400)
      // The first round is for where the selection stands on the screen: at its edge afterwards.
      guard round > 0 else { continue }
      for side in [down, up] {
        figures.note("400 keys, time", side?.time)
        figures.note("400 keys, bytes", side.map { Double($0.bytes) })
      }
      let after = terminal.screen?.text ?? []
      if between == before { figures.faults.append("400 keys did nothing") }
      if let row = after.indices.first(where: { $0 > 0 && after[$0] != before[$0] && $0 < after.count - 2 }) {
        figures.faults.append("400 keys down and up: row \(row) was \(before[row]), is \(after[row])")
      }
    }
  }

  private mutating func idle(_ terminal: PseudoTerminal) {
    terminal.settle(milliseconds: 2000)
    let (switches, bytes) = (terminal.switches, terminal.output.count)
    terminal.drain(seconds: 4)
    guard let switches, let now = terminal.switches else { return }
    figures.note("idle, switches", Double(now - switches))
    figures.note("idle, bytes", Double(terminal.output.count - bytes))
  }

  /// 64 sizes from 1 × 1 to 400 × 120, each compared with what the same size shows on a terminal that was
  /// blank when the program drew everything anew.
  private mutating func resizes(_ terminal: PseudoTerminal) {
    var random = Seeded(state: 5)
    var sizes = [(columns: 1, rows: 1), (columns: 400, rows: 120)]
    while sizes.count < 64 {
      sizes.append((.random(in: 1...400, using: &random), .random(in: 1...120, using: &random)))
    }
    let before = terminal.output.count
    var debris = 0
    for size in sizes {
      terminal.resize(columns: size.columns, rows: size.rows)
      terminal.settle(milliseconds: 60)
      let start = terminal.output.count
      guard size.columns > 1, let shown = terminal.screen else { continue }
      // What stands there now, before it is drawn again.
      guard let kept = Emulator(columns: size.columns, rows: size.rows) else { continue }
      let left = shown.text
      terminal.type(reader.redraw)
      terminal.settle(milliseconds: 60)
      kept.feed(terminal.output[start...])
      let fresh = kept.text
      let wrong = zip(left, fresh).filter { $0 != $1 }.count
      debris += wrong
      if wrong > 0, let pair = zip(left, fresh).first(where: { $0 != $1 }) {
        figures.faults.append(
          "\(size.columns)×\(size.rows): “\(pair.0.prefix(60))” instead of “\(pair.1.prefix(60))”")
      }
    }
    terminal.resize(columns: SessionBench.columns, rows: SessionBench.rows)
    terminal.settle(milliseconds: 300)
    figures.note("resizes, rows with debris", Double(debris))
    figures.note("resizes, survived", terminal.hasDied ? 0 : 1)
    figures.note("resizes, bytes", Double(terminal.output.count - before))
  }
}

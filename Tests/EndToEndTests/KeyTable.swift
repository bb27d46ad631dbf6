import Foundation
import PseudoTerminal
import Testing

/// One line of the key table, as a script: keys, and what the screen then shows that it did not show before.
struct KeyRow: Sendable, CustomTestStringConvertible {
  /// One press.
  struct Step: Sendable {
    /// The keys, in the notation of the table; what stands behind a prompt's key is typed.
    var keys: String
    /// The command that they run, by name; nil where they only lead on.
    var command: String?
    /// What the screen shows afterwards, or shows no more.
    var text: String
    var isGone = false
  }

  var name: String
  var environment: [String: String] = [:]
  var steps: [Step]
  var testDescription: String { name }

  init(_ name: String, environment: [String: String] = [:], _ steps: [[Step]]) {
    self.name = name
    self.environment = environment
    self.steps = steps.flatMap { $0 }
  }
}

/// Keys that run a command, and what shows then.
func run(_ command: String, _ keys: String, shows text: String) -> [KeyRow.Step] {
  [KeyRow.Step(keys: keys, command: command, text: text)]
}

/// Keys that run a command, and what shows no more then.
func run(_ command: String, _ keys: String, hides text: String) -> [KeyRow.Step] {
  [KeyRow.Step(keys: keys, command: command, text: text, isGone: true)]
}

/// Keys that lead on.
func press(_ keys: String, shows text: String) -> [KeyRow.Step] {
  [KeyRow.Step(keys: keys, command: nil, text: text)]
}

/// Keys that lead on.
func press(_ keys: String, hides text: String) -> [KeyRow.Step] {
  [KeyRow.Step(keys: keys, command: nil, text: text, isGone: true)]
}

/// The key table in rows, and what it takes to press them.
enum KeyTable {
  static let rows: [KeyRow] = moving + folding + searching + keeping + passing + screens

  /// What a terminal sends for keys in the notation of the table.
  static func bytes(_ notation: String) -> [String] {
    let named = [
      "Enter": "\r", "Tab": "\t", "S-Tab": "\u{1B}[Z", "Space": " ", "Esc": "\u{1B}", "Backspace": "\u{7F}",
      "Up": "\u{1B}[A", "Down": "\u{1B}[B", "Right": "\u{1B}[C", "Left": "\u{1B}[D", "Home": "\u{1B}[H",
      "End": "\u{1B}[F", "PageUp": "\u{1B}[5~", "PageDown": "\u{1B}[6~", "F1": "\u{1B}OP", "F5": "\u{1B}[15~",
      "A-Left": "\u{1B}[1;3D", "A-Right": "\u{1B}[1;3C",
    ]
    var keys: [String] = []
    var rest = Substring(notation)
    while let first = rest.first {
      guard first == "<", let end = rest.firstIndex(of: ">"), rest.index(after: rest.startIndex) != end else {
        keys.append(String(rest.removeFirst()))
        continue
      }
      let name = String(rest[rest.index(after: rest.startIndex)..<end])
      if let known = named[name] {
        keys.append(known)
      } else if name.hasPrefix("C-"), let letter = name.utf8.last {
        keys.append(String(Unicode.Scalar(letter & 0x1F)))
      } else if name.hasPrefix("A-") {
        keys.append("\u{1B}" + name.dropFirst(2))
      } else {
        keys.append(String(rest.removeFirst()))
        continue
      }
      rest = rest[rest.index(after: end)...]
    }
    return keys
  }

  /// Four sources of our own: a thread of eight with quotes and links, one title twice, program text and a
  /// pingback.
  static func writeSources(into folder: URL) throws -> [String] {
    func message(
      _ id: String, _ author: String, _ subject: String, day: Int, to parent: String? = nil, _ body: String
    ) -> String {
      let address = author.lowercased() + "@mill.example"
      return """
        From \(address) Mon Jan  1 00:00:00 2001
        From: \(author) <\(address)>
        Subject: \(parent == nil ? "" : "Re: ")\(subject)
        Message-ID: <\(id)@mill.example>
        Date: \(day) Jan 2001 10:00:00 +0000
        \(parent.map { "In-Reply-To: <\($0)@mill.example>" } ?? "X-Gate: yes")

        \(body)


        """
    }
    let log = (1...40).map { "Log line \($0): the water stood at the mark." }.joined(separator: "\n")
    let gates = [
      message(
        "g1", "Ann", "Sluice gates", day: 1,
        "See https://gate.example/one and https://gate.example/two here.\n\n" + log),
      message(
        "g2", "Bob", "Sluice gates", day: 2, to: "g1",
        "> Log line 3: the water stood at the mark.\n\nThe third line of that log is wrong by a hand."),
      message("g3", "Cat", "Sluice gates", day: 3, to: "g2", "Who measured it? 鐘の音"),
      message("g4", "Ann", "Sluice gates", day: 4, to: "g3", "I did, with the old staff."),
      message(
        "g5", "Dan", "Sluice gates", day: 5, to: "g2",
        "> The third line of that log is wrong by a hand.\n\nIt is not."),
      message("g6", "Eve", "Sluice gates", day: 6, to: "g1", "A second gate opens on Monday."),
      message("g7", "Bob", "Sluice gates", day: 7, to: "g6", "Then both are open."),
      message("g8", "Fay", "Sluice gates", day: 8, to: "g1", "A third one is planned."),
    ]
    let pond =
      message("p1", "Gil", "Mill pond", day: 11, "The pond is full.")
      + message("p2", "Hal", "Mill pond", day: 12, to: "p1", "So are the fish.")
    let other = message("o1", "Ida", "Mill pond", day: 21, "Another pond, another mill.")
    let code = String(repeating: "wheel.turn(by: 1); ", count: 12) + "the_end()"
    let wheel = """
      <!DOCTYPE html><html><head><title>Wheel code</title></head><body><article class="hentry">
      <h1 class="entry-title">Wheel code</h1><div class="entry-content"><p>This turns the wheel:</p>
      <pre><code>\(code)\n</code></pre></div></article><ol class="commentlist">
      <li class="comment" id="comment-1"><div class="comment-author vcard"><cite class="fn">Jon</cite></div>
      <div class="comment-body"><p>It squeaks.</p></div></li>
      <li class="pingback" id="comment-2"><div class="comment-author vcard">
      <cite class="fn">Wheels of the valley</cite></div><div class="comment-body"><p>Wheels that squeak</p>
      </div></li></ol></body></html>
      """
    let files = [
      ("gates.mbox", gates.joined()), ("pond.mbox", pond), ("other.mbox", other), ("wheel.html", wheel),
    ]
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    return files.map { folder.appendingPathComponent($0.0).path }
  }

  /// Plays a row in the program, from the list of four discussions on.
  static func play(_ row: KeyRow) throws {
    let home = try ReaderSession.newHome()
    let session = try ReaderSession(writeSources(into: home), home: home, environment: row.environment)
    session.expect("discussion 1 of 4")
    session.expectGone("loading")
    for (number, step) in row.steps.enumerated() {
      let place = "\(row.name), step \(number + 1): \(step.keys)"
      let keys = step.keys.replacing("$HOME", with: home.path)
      // While something is read a second command to read is refused.
      session.expectGone("loading")
      // A text that shows already would prove nothing.
      if session.terminal.shows(step.text) != step.isGone {
        Issue.record("\(place): “\(step.text)” \(step.isGone ? "does not show" : "shows") before")
      }
      for key in bytes(keys) {
        session.terminal.send(key)
        // Escape and what comes behind it would be one key.
        if key == "\u{1B}" { break }
      }
      let seen = session.terminal.wait { $0.shows(step.text) != step.isGone }
      if let seen {
        Issue.record("\(place): waited for “\(step.text)” \(step.isGone ? "to go" : "");\n\(seen)")
        return
      }
    }
    session.quit()
  }
}

/// Every line of the key table, pressed in the real program.
@Suite(.serialized) struct KeyTableSessionTests {
  @Test(arguments: KeyTable.rows) func row(_ row: KeyRow) throws { try KeyTable.play(row) }

  /// The table of the program against the scripts: every command runs in one of them, by every key it has.
  @Test func everyKeyOfEveryCommandIsPressed() throws {
    struct Table: Decodable {
      struct Row: Decodable {
        var command: String
        var keys: [String]
      }
      var commands: [Row]
    }
    let scratch = try CommandLineScratch()
    let listed = try scratch.run("keys", "--json", "--standard")
    let table = try JSONDecoder().decode(Table.self, from: Data(listed.output))
    #expect(table.commands.count > 80)
    let steps = (KeyTable.rows + KeyTableLeavingTests.rows).flatMap(\.steps)
    for row in table.commands {
      let own = steps.filter { $0.command == row.command }.map { step in
        let digits = step.keys.prefix { $0.isNumber }
        return step.keys.dropFirst(digits.count)
      }
      #expect(!own.isEmpty, "no script runs \(row.command)")
      for key in row.keys {
        let wanted = key.replacing("{a-z}", with: "")
        #expect(own.contains { $0.hasPrefix(wanted) }, "no script runs \(row.command) by \(key)")
      }
    }
    let known = Set(table.commands.map(\.command))
    for step in steps { #expect(step.command.map { known.contains($0) } ?? true, "\(step.command ?? "")") }
  }
}

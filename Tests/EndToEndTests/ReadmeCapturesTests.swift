import Foundation
import PseudoTerminal
import Testing

/// The screens in the README are what the program paints.
///
/// `.ci/captures` records them anew: it runs these tests with `LECTERN_CAPTURE=1`, and what the program paints
/// then is put between the marks of README.md.
@Suite("The README's screens", .serialized)
struct ReadmeCapturesTests {
  /// A screen and how to get there.
  struct Capture: CustomTestStringConvertible, Sendable {
    var name: String
    var columns = 100
    var rows: Int
    /// What is opened.
    var opens = Opened.seeds
    /// Keys, each with what shows once it worked.
    var steps: [(keys: String, shows: String)]
    var testDescription: String { name }
  }

  enum Opened { case seeds, mailbox }

  static let captures = [
    Capture(
      name: "list-and-thread", rows: 30,
      steps: [("5j", "discussion 6 of 8"), ("\r", "post · 7 comments"), ("s", "saved"), ("6j", "6 of 7")]),
    Capture(name: "search", rows: 30, steps: [("/government", "in 5 threads · ranked")]),
    Capture(
      name: "outline", columns: 180, rows: 26, opens: .mailbox,
      steps: [("\r", "post · 8 comments"), ("3j", "3 of 8")]),
    Capture(
      name: "bookmarks", rows: 18,
      steps: [
        ("5j\r", "post · 7 comments"), ("jj", "2 of 7"), ("B", "note"), ("for the talk in May\r", "saved"),
        ("t", "tags"), ("offices talk\r", "saved"), ("jj", "4 of 7"), ("s", "saved"),
        ("M", "for the talk in May"),
      ]),
    Capture(name: "help", rows: 18, steps: [("\r", "post"), ("?", "type to filter"), ("mark", "mark")]),
    Capture(
      name: "who-answers-whom", rows: 14, opens: .mailbox,
      steps: [("\r", "post · 8 comments"), ("gw", "who answers whom")]),
  ]

  @Test(arguments: captures)
  func aScreen(_ capture: Capture) throws {
    let home = try ReaderSession.newHome()
    defer { try? FileManager.default.removeItem(at: home) }
    let configuration = home.appendingPathComponent("config/lectern")
    try FileManager.default.createDirectory(at: configuration, withIntermediateDirectories: true)
    // Ages would be others each year.
    try "dates = \"short\"\n".write(
      to: configuration.appendingPathComponent("config.toml"), atomically: true, encoding: .utf8)
    var path = ReaderSession.seeds
    if capture.opens == .mailbox {
      path = home.appendingPathComponent("allotments.mbox").path
      try ReadmeMailbox.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let session = try ReaderSession(
      [path], home: home,
      environment: ["XDG_CONFIG_HOME": home.appendingPathComponent("config").path],
      columns: capture.columns, rows: capture.rows)
    session.expect(capture.opens == .seeds ? "discussion 1 of 8" : "discussion 1 of 2")
    for step in capture.steps { session.press(step.keys, until: step.shows) }
    let readme = PackageFolder.url("README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let block = try #require(
      Block(capture.name, in: text), "README.md has no block <!-- screen \(capture.name) -->")
    if ProcessInfo.processInfo.environment["LECTERN_CAPTURE"] == nil {
      if session.terminal.wait(until: { $0.text == block.lines }) != nil {
        let seen = session.terminal.text
        Issue.record(
          """
          \(capture.name) is painted otherwise now; if that is meant, .ci/captures records it anew. README:
          \(block.lines.joined(separator: "\n"))
          painted:
          \(seen.joined(separator: "\n"))
          """)
      }
    } else {
      var last: [String] = []
      // Recorded is what stands still.
      _ = session.terminal.wait { terminal in
        defer {
          last = terminal.text
          usleep(400_000)
        }
        return terminal.text == last
      }
      try block.replaced(by: last, in: text).write(to: readme, atomically: true, encoding: .utf8)
    }
  }

  /// A screen in the README, between its marks.
  struct Block {
    private let range: Range<String.Index>
    let lines: [String]

    init?(_ name: String, in text: String) {
      guard let mark = text.range(of: "<!-- screen \(name) -->\n```text\n"),
        let end = text.range(of: "\n```\n", range: mark.upperBound..<text.endIndex)
      else { return nil }
      range = mark.upperBound..<end.lowerBound
      lines = text[range].components(separatedBy: "\n")
    }

    func replaced(by lines: [String], in text: String) -> String {
      text.replacingCharacters(in: range, with: lines.joined(separator: "\n"))
    }
  }
}

import Foundation
import PseudoTerminal
import Testing

/// Text from a page is data: whatever it holds, the terminal receives cells and the sequences that our own
/// screen needs.
@Suite(.serialized) struct HostileTextTests {
  private static let page = """
    A title with \u{1B}]0;PWNED\u{7} and \u{9B}31m in it

    Before \u{1B}[2J\u{1B}[H after. \u{1B}]52;c;UFdORUQ=\u{7} \u{1B}P1$r0m\u{1B}\\ \u{1B}_G\u{1B}\\ \u{90}x\u{9C}
    Overwritten\rby this, \u{8}\u{8}\u{8} by that, \u{C} and a bell \u{7}.
    Bidi \u{202E}txt.exe\u{202C}, zero \u{200B}width, tag \u{E0041}, joiner \u{200D}, soft\u{AD}hyphen, \u{FEFF}mark.
    A letter with many marks: a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307} and one alone.
    Wide 日本語 and emoji 👩‍👩‍👧 👍🏽 ❤️.

    3 thoughts on “A title”

      1. Ann\u{1B}[31m says:

        First \u{1B}]8;;http://x\u{7}link\u{1B}]8;;\u{7}

      2. Bob says:

        Second \u{1B}c reset, VISIBLE-END
    """

  @Test(arguments: [(100, 30), (80, 24), (20, 6)])
  func nothingOfItActsOnTheTerminal(columns: Int, rows: Int) throws {
    let home = try ReaderSession.newHome()
    let name = "page\u{1B}]0;PWNED\u{7}.txt"
    let file = home.appendingPathComponent(name)
    try Data(HostileTextTests.page.utf8).write(to: file)
    let session = try ReaderSession([file.path], home: home, columns: columns, rows: rows)
    _ = session.terminal.wait { $0.isAlternate && $0.text.contains { $0.contains("A title") } }
    for keys in [
      "\r", " ", " ", "G", "w", "gg", "/VISIBLE", "\r", "n", "s", "M", "\r", "q", "q", "zM", "?", "\u{1B}",
    ] {
      session.terminal.send(keys)
      _ = session.terminal.wait(seconds: 0.15) { _ in false }
    }
    session.terminal.send("Q")
    #expect(session.terminal.waitForEnd() == .exit(0))
    #expect(OutputAudit.findings(in: session.terminal.log) == [])
  }

  @Test func theAuditFindsWhatItIsFor() {
    #expect(OutputAudit.findings(in: Array("\u{1B}[1;1Hplain\u{1B}[0m\r\n".utf8)) == [])
    for hostile in [
      "\u{1B}]0;title\u{7}", "\u{1B}P1$r\u{1B}\\", "\u{7}", "\u{9B}31m", "\u{202E}", "\u{200B}", "\u{1B}[5n",
      "\u{1B}c", "a\u{301}\u{302}\u{303}\u{304}\u{305}", "\u{E000}",
    ] {
      #expect(OutputAudit.findings(in: Array(hostile.utf8)) != [], "\(hostile.debugDescription)")
    }
  }
}

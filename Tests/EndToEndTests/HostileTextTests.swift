import Foundation
import Grid
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
    #expect(TerminalAudit.findings(in: session.terminal.log) == [])
  }

  @Test func theAuditFindsWhatItIsFor() {
    #expect(TerminalAudit.findings(in: Array("\u{1B}[1;1Hplain\u{1B}[0m\r\n".utf8)) == [])
    for hostile in [
      "\u{1B}]0;title\u{7}", "\u{1B}P1$r\u{1B}\\", "\u{7}", "\u{9B}31m", "\u{202E}", "\u{200B}", "\u{1B}[5n",
      "\u{1B}c", "a\u{301}\u{302}\u{303}\u{304}\u{305}", "\u{E000}",
    ] {
      #expect(TerminalAudit.findings(in: Array(hostile.utf8)) != [], "\(hostile.debugDescription)")
    }
  }
}

/// Reads what a program wrote to its terminal as ECMA-48 and names everything that our screen does not
/// need.
enum TerminalAudit {
  private static let finals = Set("HGdABCDXPLM@STJKrbm".utf8)
  private static let modes: Set<Int> = [1, 7, 12, 25, 1034, 1049, 2004, 2026]

  static func findings(in bytes: [UInt8]) -> [String] {
    var findings: [String] = []
    var index = 0
    var marks = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x1B {
        index = sequence(in: bytes, at: index, &findings)
        continue
      }
      if byte < 0x20 || byte == 0x7F {
        if ![0x08, 0x09, 0x0A, 0x0D, 0x0E, 0x0F].contains(byte) { findings.append("control \(byte)") }
        index += 1
        marks = 0
        continue
      }
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      let text = String(decoding: bytes[index..<min(bytes.count, index + length)], as: UTF8.self)
      for scalar in text.unicodeScalars where !scalar.isASCII {
        let isMark = DisplayRule.appearance(of: scalar) == .mark
        marks = isMark ? marks + 1 : 0
        if marks > 4 { findings.append("more than four marks") }
        if !DisplayRule.isPaintable(scalar, asMark: isMark) {
          findings.append("scalar \(String(scalar.value, radix: 16))")
        }
      }
      if byte < 0x80 { marks = 0 }
      index += length
    }
    return findings
  }

  /// Checks one escape sequence; gives where the next thing begins.
  private static func sequence(in bytes: [UInt8], at start: Int, _ findings: inout [String]) -> Int {
    guard start + 1 < bytes.count else {
      findings.append("a lone escape at the end")
      return bytes.count
    }
    let kind = bytes[start + 1]
    if kind == UInt8(ascii: "[") {
      var end = start + 2
      while end < bytes.count, (0x20...0x3F).contains(bytes[end]) { end += 1 }
      guard end < bytes.count else { return bytes.count }
      let body = String(decoding: bytes[(start + 2)..<end], as: UTF8.self)
      let numbers = body.split { !$0.isNumber }.compactMap { Int($0) }
      let final = bytes[end]
      let isMode = final == UInt8(ascii: "h") || final == UInt8(ascii: "l")
      let isKnown =
        body.hasPrefix("?")
        ? isMode && numbers.allSatisfy(modes.contains)
        : isMode
          ? body == "4" || body == "34"
          : final == UInt8(ascii: "t") ? ["22;0;0", "23;0;0"].contains(body) : finals.contains(final)
      if !isKnown { findings.append("CSI \(body)\(Character(Unicode.Scalar(final)))") }
      return end + 1
    }
    if "()".utf8.contains(kind) { return start + 3 }
    if "=>78M".utf8.contains(kind) { return start + 2 }
    findings.append("ESC \(Character(Unicode.Scalar(kind)))")
    return start + 2
  }
}

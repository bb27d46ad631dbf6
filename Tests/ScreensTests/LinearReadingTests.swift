import Discussion
import Grid
import Reader
import Testing

@testable import Screens

/// What is told in plain lines: every change once, in words, without a sign that draws.
@Suite struct LinearReadingTests {
  /// A session that is told, and all that was told so far.
  private struct Listener {
    var session: Session
    var reading = LinearReading()
    var heard = ""

    init(_ library: Library = Shelves.library) {
      session = Session(library, columns: 60, rows: 12)
      session.send(.capabilities(Capabilities(colors: 0, isLinear: true)))
      hear()
    }

    mutating func hear() { heard += reading.text(for: session.state) }

    /// What is told of some keys, each of them listened to.
    mutating func press(_ notation: String) -> String {
      heard = ""
      for key in KeySequence(notation)?.keys ?? [] {
        session.send(.key(key))
        hear()
      }
      return heard
    }
  }

  @Test func aRowIsToldWhenItIsSelectedAndOnlyThen() {
    var listener = Listener()
    #expect(listener.heard.hasPrefix("1 of "))
    #expect(listener.heard.hasSuffix(".\n"))
    let second = listener.press("j")
    #expect(second.hasPrefix("2 of "))
    #expect(second.filter { $0 == "\n" }.count == 1)
    listener.heard = ""
    listener.hear()
    #expect(listener.heard.isEmpty, "told twice: \(listener.heard)")
    #expect(listener.press("k").hasPrefix("1 of "))
  }

  @Test func aCommentIsToldWithItsTextAPageAtATime() {
    let body = (1...40).map { "Line \($0) of a long letter about ropes." }.joined(separator: "\n")
    var listener = Listener(
      Library.of([Shelves.discussion("Ropes", body, from: "ropes.txt", [(1, "Bo", nil, "Splice them.")])]))
    let first = listener.press("<Enter>")
    #expect(first.contains("Ropes. 1 comment"))
    #expect(first.contains("Line 1 of"))
    #expect(!first.contains("Line 40 of"))
    #expect(first.hasSuffix("(more: Space)\n"))
    var told = first
    for _ in 0..<8 where !told.contains("Splice them.") { told += listener.press("<Space>") }
    for line in 1...40 {
      #expect(
        told.split(separator: "\n").count { $0.hasPrefix("Line \(line) of") } == 1,
        "line \(line) is not told once")
    }
    #expect(told.contains("1, Bo, "))
    let library = listener.session.state.library
    #expect(listener.session.state.read.isRead(library.post(of: library.discussions[0])))
  }

  @Test func whatIsTypedIsEchoedAndTakenUpAgainAfterAnAnswer() {
    var listener = Listener()
    #expect(listener.press("/") == "search: ")
    #expect(listener.press("f") == "f")
    #expect(listener.press("e") == "e")
    #expect(listener.press("<Backspace>") == "\u{8} \u{8}")
    listener.session.answer()
    listener.heard = ""
    listener.hear()
    #expect(listener.heard.hasSuffix("\nsearch: f"))
    #expect(listener.heard.contains(" in "))
    #expect(listener.press("<Esc>").hasPrefix("\n"))
  }

  @Test func nothingOfTheTextMovesTheTerminal() {
    let hostile = "Red \u{1B}[31mink\u{7}\u{9B}2J \u{202E}evil\u{0} end."
    var listener = Listener(
      Library.of([
        Shelves.discussion("A\u{1B}]0;title\u{7}", hostile, from: "a.txt", [(1, "B\u{8}o", nil, hostile)])
      ]))
    let told = listener.heard + listener.press("<Enter>jzcM?x<Esc>")
    for scalar in told.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar == "\u{202E}"
      #expect(!isControl || scalar == "\n" || scalar == "\u{8}", "U+\(String(scalar.value, radix: 16))")
    }
    #expect(told.contains("evil"))
  }

  @Test func noBoxIsDrawn() {
    var listener = Listener()
    let told = listener.heard + listener.press("<Enter>jjjza{za}M<Esc>q?jj<Esc>")
    for scalar in told.unicodeScalars {
      #expect(!(0x2500...0x259F).contains(scalar.value), "\(told)")
    }
  }

  @Test func helpTellsEachCommandItStandsOn() {
    var listener = Listener()
    #expect(listener.press("?").contains("Help."))
    #expect(listener.press("<Down>").contains(": "))
    #expect(listener.press("z").contains("z"))
    #expect(listener.press("<Esc>").contains("\n"))
  }
}

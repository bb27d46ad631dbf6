import Testing

@testable import Grid

private func printable(_ text: String, _ lineEnds: DisplayRule.LineEnds = .keep) -> String {
  String(decoding: DisplayRule.printable(text.utf8.span, lineEnds: lineEnds), as: UTF8.self)
}

@Suite struct PlainTextTests {
  @Test func controlsBecomePictures() {
    #expect(
      printable("a\u{1B}]0;x\u{7}\u{8}\u{7F}\u{9B}b") == "a\u{241B}]0;x\u{2407}\u{2408}\u{2421}\u{FFFD}b")
  }

  @Test func lineEndsAreKeptOrFolded() {
    let text = "a\r\nb\rc\u{85}d\u{2028}e\tf\u{C}g\n"
    #expect(printable(text) == "a\nb\nc\nd\ne\tf\u{240C}\ng\n")
    #expect(printable(text, .fold) == "a b c d e f\u{240C} g ")
    #expect(DisplayRule.printable("a\nb\u{202E}c") == "a bc")
  }

  @Test func marksAreCapped() {
    #expect(
      printable("e" + String(repeating: "\u{301}", count: 40)).unicodeScalars.count == 5)
    #expect(printable("\u{301}").unicodeScalars.map(\.value) == [0x25CC, 0x301])
  }

  @Test func bytesThatAreNoTextAreReplaced() {
    let name: [UInt8] = [0x61, 0xFF, 0xFE, 0x62, 0xC3]
    #expect(String(decoding: DisplayRule.printable(name.span, lineEnds: .fold), as: UTF8.self) == "a��b�")
  }

  @Test func whatIsPrintedIsSafe() {
    var random = SeededRandom(seed: 23)
    for round in 0..<600 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(40) {
        if round % 2 == 0 { bytes.append(UInt8(random.below(256))) }
        if let scalar = Unicode.Scalar(UInt32(random.below(0x3100))) { bytes += Array(String(scalar).utf8) }
      }
      for mode in [DisplayRule.LineEnds.keep, .fold] {
        let once = DisplayRule.printable(bytes.span, lineEnds: mode)
        #expect(ForbiddenOutput.findings(in: once, lineEnds: mode) == [])
        #expect(DisplayRule.printable(once.span, lineEnds: mode) == once)
      }
    }
  }

  @Test func theCheckOfTheTestsCanFail() {
    for bad in [
      "\u{1B}", "\u{9B}", "\u{202E}", "\u{AD}", "\u{FE0F}", "\u{E0041}",
      "a\u{301}\u{301}\u{301}\u{301}\u{301}",
    ] {
      #expect(ForbiddenOutput.findings(in: Array(bad.utf8), lineEnds: .keep).count == 1)
    }
    #expect(ForbiddenOutput.findings(in: [0xC3], lineEnds: .keep).count == 1)
    #expect(ForbiddenOutput.findings(in: [0x0A], lineEnds: .fold).count == 1)
  }
}

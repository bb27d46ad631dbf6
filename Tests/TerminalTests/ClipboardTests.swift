import Foundation
import Testing

@testable import Terminal

@Suite struct ClipboardTests {
  /// The payload of the first OSC 52 of some bytes.
  private func payload(_ bytes: [UInt8]) -> [UInt8]? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let start = text.range(of: "\u{1B}]52;c;"), let end = text.range(of: "\u{7}") else { return nil }
    return Data(base64Encoded: String(text[start.upperBound..<end.lowerBound])).map { Array($0) }
  }

  @Test func base64IsAsEverywhere() {
    for length in 0..<70 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
      #expect(Clipboard.base64(bytes) == Array(Data(bytes).base64EncodedString().utf8))
    }
  }

  @Test func controlsAreTakenOutAndTheLengthIsBounded() throws {
    let hostile = Array("a\u{1B}]52;c;!\u{7}b\u{202E}c\n\td".utf8)
    #expect(
      try #require(payload(Clipboard.strings(for: hostile, through: .direct)))
        == Array("a␛]52;c;!␇bc\n\td".utf8))
    let long = Array(String(repeating: "界", count: 40_000).utf8)
    let cut = try #require(payload(Clipboard.strings(for: long, through: .direct)))
    #expect(cut.count == 74_994 && String(validating: cut, as: UTF8.self) != nil)
    #expect(Clipboard.strings(for: long, through: .direct).count == 100_000)
  }

  @Test func insideAMultiplexerItIsWrapped() {
    let plain = Clipboard.strings(for: Array("copied".utf8), through: .direct)
    #expect(plain == Array("\u{1B}]52;c;Y29waWVk\u{7}".utf8))
    #expect(
      Clipboard.strings(for: Array("copied".utf8), through: .tmux)
        == plain + Array("\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Y29waWVk\u{7}\u{1B}\\".utf8))
    #expect(
      Clipboard.strings(for: Array("copied".utf8), through: .screen)
        == plain + Array("\u{1B}P\u{1B}]52;c;Y29waWVk\u{7}\u{1B}\\".utf8))
    let long = Clipboard.strings(for: [UInt8](repeating: 0x61, count: 1000), through: .screen)
    let pieces = String(decoding: long, as: UTF8.self).components(separatedBy: "\u{1B}P").dropFirst()
    #expect(pieces.count == 6 && pieces.allSatisfy { $0.utf8.count <= 242 && $0.hasSuffix("\u{1B}\\") })
    let inside = pieces.map { $0.dropLast(2) }.joined()
    #expect(
      Array(inside.utf8) == Clipboard.strings(for: [UInt8](repeating: 0x61, count: 1000), through: .direct))
  }

  @Test func thePassageIsToldByTheEnvironment() {
    #expect(Clipboard.Passage(term: "xterm-256color", tmux: nil, sty: nil) == .direct)
    #expect(Clipboard.Passage(term: "screen-256color", tmux: "/tmp/x,1,0", sty: nil) == .tmux)
    #expect(Clipboard.Passage(term: "tmux-256color", tmux: nil, sty: nil) == .tmux)
    #expect(Clipboard.Passage(term: "screen", tmux: nil, sty: "1.pts") == .screen)
    #expect(Clipboard.Passage(term: "screen", tmux: nil, sty: nil) == .screen)
    #expect(Clipboard.Passage(term: nil, tmux: nil, sty: nil) == .direct)
  }
}

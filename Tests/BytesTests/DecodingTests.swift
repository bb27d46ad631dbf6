import Bytes
import Testing

/// A seeded generator, so that a failure can be met again.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite("Bytes become text")
struct DecodingTests {
  @Test("repair equals the standard library's on all pairs of bytes")
  func repairPairs() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let bytes = [first, second, 0x41]
        #expect(UTF8Repair.repair(bytes).utf8 == Array(String(decoding: bytes, as: UTF8.self).utf8))
      }
    }
  }

  @Test("repair equals the standard library's on random bytes near the borders of UTF-8")
  func repairRandom() {
    let alphabet: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
      0xF1,
      0xF4, 0xF5, 0xFF,
    ]
    var random = SeededRandom(state: 7)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      let outcome = UTF8Repair.repair(bytes)
      #expect(outcome.utf8 == Array(String(decoding: bytes, as: UTF8.self).utf8), "\(bytes)")
      #expect((outcome.firstBadByte == nil) == (outcome.replaced == 0))
    }
  }

  @Test("one replacement for each maximal subpart, its place named")
  func maximalSubparts() {
    let outcome = UTF8Repair.repair([0x61, 0xF1, 0x80, 0x80, 0xE1, 0x80, 0xC2, 0x62])
    #expect(String(decoding: outcome.utf8, as: UTF8.self) == "a\u{FFFD}\u{FFFD}\u{FFFD}b")
    #expect(outcome.firstBadByte == 1)
    #expect(outcome.replaced == 3)
  }

  @Test("lines end by LF, CRLF, CR, NEL, LS and PS")
  func lines() {
    let text = Array("a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}\n\rg".utf8)
    let lines = LineRanges.of(text).map { String(decoding: text[$0], as: UTF8.self) }
    #expect(lines == ["a", "b", "c", "d", "e", "f", "", "", "g"])
    #expect(LineRanges.of([]).isEmpty)
    #expect(LineRanges.of(Array("a\n".utf8)).count == 1)
    #expect(LineRanges.of(Array("\u{C2}\u{E2}\u{2027}".utf8)).count == 1)
  }

  @Test(
    "charsets are told by mark, validity, NULs, then windows-1252",
    arguments: [
      ([0xEF, 0xBB, 0xBF, 0x68, 0x69], Charset.utf8, "hi"),
      ([0xFF, 0xFE, 0x68, 0, 0x3D, 0xD8, 0, 0xDE], .utf16, "h\u{1F600}"),
      ([0xFE, 0xFF, 0, 0x68, 0xD8, 0x3D], .utf16BigEndian, "h\u{FFFD}"),
      ([0xFF, 0xFE, 0, 0, 0x68, 0, 0, 0, 0, 0, 0x11, 0], .utf32, "h\u{FFFD}"),
      ([0x68, 0, 0x69, 0, 0x0A, 0], .utf16, "hi\n"),
      ([0, 0x68, 0, 0x69], .utf16BigEndian, "hi"),
      ([0x63, 0x61, 0x66, 0xE9], .windows1252, "café"),
      ([0x93, 0x61, 0x94, 0x20, 0x80, 0x9B, 0x81], .windows1252, "“a” €›\u{FFFD}"),
      ([0xC3, 0xA9, 0x20, 0xE9, 0x20, 0xC3, 0xA9], .utf8, "é \u{FFFD} é"),
      ([0x61, 0x62, 0xE2, 0x80], .utf8, "ab\u{FFFD}"),
    ] as [([UInt8], Charset, String)])
  func charsets(bytes: [UInt8], charset: Charset, text: String) {
    let decoded = DecodedText(bytes)
    #expect(decoded.charset == charset)
    #expect(decoded.utf8 == Array(text.utf8))
    #expect((decoded.firstBadByte != nil) == text.contains("\u{FFFD}"))
  }

  @Test("no C1 control is born from a windows-1252 byte")
  func noC1() {
    let decoded = DecodedText(Array(0x80...0xBF))
    #expect(decoded.charset == .windows1252)
    let scalars = String(decoding: decoded.utf8, as: UTF8.self).unicodeScalars
    #expect(scalars.allSatisfy { !(0x80...0x9F).contains($0.value) })
    #expect(decoded.replaced == 5)
  }

  @Test("the 33rd mark on a letter goes, the letter after it stays")
  func marks() {
    let decoded = DecodedText(Array(("e" + String(repeating: "\u{301}", count: 40_000) + "x\u{301}").utf8))
    #expect(decoded.marksCut == 40_000 - 32)
    #expect(decoded.utf8.count == 1 + 32 * 2 + 1 + 2)
    #expect(DecodedText(Array("Größe 漢字 नमस्ते".utf8)).marksCut == 0)
  }

  @Test("programs, pictures and NULs are binary; escapes and UTF-16 are text")
  func binary() {
    #expect(BinaryContent.isBinary([0x7F, 0x45, 0x4C, 0x46, 2, 1]))
    #expect(BinaryContent.isBinary(Array("abc\0def, and more".utf8)))
    #expect(BinaryContent.isBinary([1, 2, 3, 0x61, 0x62]))
    #expect(!BinaryContent.isBinary(Array("\u{1B}[31mred\u{1B}[0m and plain words".utf8)))
    #expect(!BinaryContent.isBinary([0x68, 0, 0x69, 0, 0x0A, 0]))
    #expect(!BinaryContent.isBinary([]))
  }
}

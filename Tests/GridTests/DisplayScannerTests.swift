import Testing

@testable import Grid

/// What is left of a text, unit by unit: `|` between units, counts of dropped scalars in brackets.
private func units(_ bytes: [UInt8]) -> [DisplayUnit] {
  var scanner = DisplayScanner(bytes: 0..<bytes.count)
  var units: [DisplayUnit] = []
  while let unit = scanner.next(in: bytes.span) { units.append(unit) }
  return units
}

private func units(_ text: String) -> [DisplayUnit] { units(Array(text.utf8)) }

@Suite struct DisplayScannerTests {
  @Test func asciiIsOneColumnEach() {
    let found = units("a b")
    #expect(found.map(\.base) == ["a", " ", "b"])
    #expect(found.allSatisfy { $0.columns == 1 && $0.kind == .text && !$0.isSubstitute })
  }

  @Test func controlsBecomeTheirPictures() {
    let found = units("\u{1B}[\u{7F}\u{8}\u{0}")
    #expect(found.map(\.base) == ["\u{241B}", "[", "\u{2421}", "\u{2408}", "\u{2400}"])
    #expect(found.map(\.isSubstitute) == [true, false, true, true, true])
  }

  @Test func everyC0ControlThatIsNoLineEndIsAPicture() {
    for value in 0..<UInt8(0x20) where ![0x09, 0x0A, 0x0B, 0x0C, 0x0D].contains(value) {
      let unit = units([value]).first
      #expect(unit?.base.value == 0x2400 + UInt32(value))
      #expect(unit?.isSubstitute == true)
    }
  }

  @Test func whatHasNoPictureIsReplaced() {
    let values: [UInt32] = [0x80, 0x9B, 0x378, 0xE000, 0xFDD0, 0xFFFE, 0xE0FFF, 0x10FFFF]
    for scalar in values.compactMap(Unicode.Scalar.init) {
      let found = units(String(String.UnicodeScalarView([scalar])))
      #expect(found.map(\.base) == ["\u{FFFD}"])
      #expect(found.map(\.isSubstitute) == [true])
    }
    #expect(units("\u{FFFD}").map(\.isSubstitute) == [false])
  }

  @Test func lineEnds() {
    let found = units("a\r\nb\rc\nd\u{85}e\u{2028}f\u{2029}g")
    #expect(found.filter(\.isLineEnd).map(\.bytes.count) == [2, 1, 1, 2, 3, 3])
    #expect(units("\r\n\n\r").map(\.bytes.count) == [2, 1, 1])
  }

  @Test func pageBreaksShowAndEnd() {
    let found = units("\u{C}\u{B}")
    #expect(found.map(\.base) == ["\u{240C}", "\u{240B}"])
    #expect(found.allSatisfy { $0.isLineEnd && $0.isSubstitute && $0.columns == 1 })
  }

  @Test func droppedScalarsAreCountedWithTheUnitBefore() {
    let found = units("\u{FEFF}a\u{202E}\u{200D}b\u{AD}")
    #expect(found.map(\.kind) == [.hidden, .text, .text])
    #expect(found.map(\.droppedCount) == [1, 2, 1])
    #expect(found.map(\.bytes) == [0..<3, 3..<10, 10..<13])
  }

  @Test func fourMarksStayOnABase() {
    let found = units("e" + String(repeating: "\u{301}", count: 9) + "x")
    #expect(found.map(\.markCount) == [4, 0])
    #expect(found.map(\.droppedCount) == [5, 0])
    #expect(found.first?.columns == 1)
  }

  @Test func marksWithoutBaseSitOnACircle() {
    let found = units("\u{301}a\n\u{302}\t\u{303}\u{200B}\u{304}")
    #expect(found.map(\.base) == ["\u{25CC}", "a", " ", "\u{25CC}", " ", "\u{25CC}"])
    #expect(found.map(\.markCount) == [1, 0, 0, 1, 0, 2])
    #expect(units("\u{200B}\u{301}").map(\.kind) == [.hidden, .text])
  }

  @Test func skinTonesVanishAfterEmojiOnly() {
    #expect(units("\u{1F44D}\u{1F3FD}").map(\.droppedCount) == [1])
    #expect(units("\u{1F44D}\u{FE0F}\u{1F3FD}").map(\.droppedCount) == [2])
    #expect(units("a\u{1F3FD}").map(\.columns) == [1, 2])
  }

  @Test func joinedEmojiAreShownOneByOne() {
    let found = units("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}")
    #expect(found.map(\.base) == ["\u{1F468}", "\u{1F469}", "\u{1F467}"])
    #expect(found.map(\.columns) == [2, 2, 2])
  }

  @Test func spacingMarksCountAmongTheMarksInARow() {
    // Balinese adeg adeg: a combining scalar with a column of its own.
    let found = units("a\u{301}\u{302}\u{303}\u{1B44}\u{1B44}\u{304}")
    #expect(found.map(\.base) == ["a", "\u{1B44}", "\u{FFFD}"])
    #expect(found.map(\.markCount) == [3, 0, 1])
    #expect(units("a" + String(repeating: "\u{1B44}", count: 4)).filter(\.isSubstitute).isEmpty)
  }

  @Test func brokenBytesAreMaximalParts() {
    let text: [UInt8] = [
      0x41, 0xC0, 0xAF, 0xE2, 0x82, 0x42, 0xED, 0xA0, 0x80, 0xF0, 0x9F, 0x98, 0xF5, 0x80, 0xE2, 0x82,
    ]
    #expect(
      units(text).map(\.bytes) == [
        0..<1, 1..<2, 2..<3, 3..<5, 5..<6, 6..<7, 7..<8, 8..<9, 9..<12, 12..<13, 13..<14, 14..<16,
      ])
  }

  @Test func brokenBytesAgreeWithTheStandardLibrary() {
    var random = SeededRandom(seed: 7)
    let pool: [UInt8] = [
      0x41, 0x80, 0xBF, 0xA0, 0x9F, 0x90, 0xC2, 0xDF, 0xE0, 0xE3, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xFF,
    ]
    for _ in 0..<3_000 {
      let bytes = (0..<random.below(9)).map { _ in pool[random.below(pool.count)] }
      var offset = 0
      var found: [UInt32] = []
      while offset < bytes.count {
        let scalar = decodeScalar(bytes.span, at: offset, end: bytes.count)
        found.append(scalar.value == brokenScalar ? 0xFFFD : scalar.value)
        offset += scalar.length
      }
      #expect(found == String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value), "\(bytes)")
    }
  }

  @Test func unitsTileAnyBytes() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<400 {
      let bytes = (0..<random.below(60)).map { _ in UInt8(random.below(256)) }
      var expected = 0
      for unit in units(bytes) {
        #expect(unit.bytes.lowerBound == expected)
        #expect(!unit.bytes.isEmpty)
        expected = unit.bytes.upperBound
      }
      #expect(expected == bytes.count)
    }
  }

  @Test func aMillionMarksAreOneUnit() {
    let text: [UInt8] = [0x61] + (0..<1_000_000).flatMap { _ in [0xCC, 0x81] as [UInt8] }
    let found = units(text)
    #expect(found.count == 1)
    #expect(found.first?.droppedCount == 999_996)
  }

  @Test func rangesOutsideTheTextAreClamped() {
    var scanner = DisplayScanner(bytes: -5..<100)
    let text: [UInt8] = [0x61]
    #expect(scanner.next(in: text.span)?.bytes == 0..<1)
    #expect(scanner.next(in: text.span) == nil)
  }
}

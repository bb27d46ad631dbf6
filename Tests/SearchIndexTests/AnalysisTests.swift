import Testing

@testable import SearchIndex

@Suite struct AnalysisTests {
  struct Found: Equatable {
    var term: String
    var range: Range<Int>
    var isTail: Bool
  }

  func words(_ bytes: [UInt8], ignoresFastPath: Bool = false) -> [Found] {
    var scanner = WordScanner(ignoresFastPath: ignoresFastPath)
    var found: [Found] = []
    while scanner.next(in: bytes.span) {
      let term = String(decoding: scanner.term(), as: UTF8.self)
      #expect(term.utf8.count == scanner.length)
      let twin = PatternWord(bytes: scanner.term(), match: .exact)
      #expect(twin.key0 == scanner.key0 && twin.key1 == scanner.key1)
      found.append(Found(term: term, range: scanner.start..<scanner.end, isTail: scanner.isTail))
    }
    return found
  }

  func terms(_ text: String) -> [String] { words(Array(text.utf8)).map(\.term) }

  @Test(
    arguments: [
      ("Hello, World 42x", ["hello", "world", "42x"]),
      ("don't don’t self-made", ["don", "t", "don", "t", "self", "made"]),
      ("Café CAFE\u{301} ŁÓDŹ Øre", ["cafe", "cafe", "lodz", "ore"]),
      ("Straße ﬁne Æsop œuvre", ["strasse", "fine", "aesop", "oeuvre"]),
      ("wo\u{200B}rd so\u{AD}ft \u{202E}evil\u{202C}", ["word", "soft", "evil"]),
      ("a\u{A0}b—c…d", ["a", "b", "c", "d"]),
      ("ΣΊΣΥΦΟΣ Ёлка ЙОД И\u{306}од", ["σισυφοσ", "елка", "иод", "иод"]),
      ("İstanbul ılık", ["istanbul", "ilik"]),
      ("東京都", ["東京", "京都", "都"]), ("Swift言語 x", ["swift", "言語", "語", "x"]), ("京", ["京"]),
      ("か\u{3099}き カ\u{3099}", ["がき", "き", "ガ"]), ("\u{1112}\u{1161}\u{11AB}글", ["한글", "글"]),
      ("Ｆｕｌｌ １２", ["full", "12"]), ("٣٤", ["34"]), ("👍🏽 ok", ["👍", "ok"]), ("\u{301}\u{301}", []),
      ("++ -- ::", []),
      ("हिन्दी", ["हिन्दी"]), ("שָׁלוֹם", ["שלום"]), ("أحمد", ["احمد"]), ("", []),
    ] as [(String, [String])])
  func reads(_ text: String, _ expected: [String]) {
    #expect(terms(text).map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
  }

  @Test func fastPathEqualsSlowPath() {
    var random = Seeded(3)
    let pieces = [
      "a", "Zebra", "x9", " ", "-", "'", "é", "東", "\u{200B}", "\u{301}", "longerthansixteenletters", ".",
      "👍",
    ]
    for _ in 0..<600 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      .joined()
      let bytes = Array(text.utf8)
      #expect(words(bytes) == words(bytes, ignoresFastPath: true), "\(text)")
    }
  }

  @Test func runsOfEveryLengthAtEveryPlaceOfABlock() {
    for start in [0, 1, 47, 48, 49, 62, 63, 64, 65, 127] {
      for length in [1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 128, 254, 255, 256, 700] {
        for tail in ["", " ", " x", ",,,,,,,,,,,,,,,,,,,,"] {
          let text = String(repeating: " ", count: start) + String(repeating: "K", count: length) + tail
          let first = words(Array(text.utf8)).first
          #expect(first?.range == start..<start + length)
          #expect(first?.term == String(repeating: "k", count: min(length, 255)))
        }
      }
    }
  }

  @Test func anyBytesAreReadAndRangesAreScalarBoundaries() {
    var random = Seeded(4)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        [0x61, 0xC3, 0xA9, 0xE6, 0x9D, 0xB1, 0xF0, 0x9F, 0x20, 0xFF, 0x80].randomElement(using: &random)
          ?? UInt8(0)
      }
      for word in words(bytes) {
        #expect(word.range.lowerBound >= 0 && word.range.upperBound <= bytes.count && !word.range.isEmpty)
        #expect(!word.term.isEmpty && word.term.utf8.count <= 255)
      }
    }
    for text in ["a東é👍 b", "Straße東京x"] {
      let bytes = Array(text.utf8)
      for word in words(bytes) {
        for place in [word.range.lowerBound, word.range.upperBound] where place < bytes.count {
          #expect(bytes[place] & 0xC0 != 0x80)
        }
      }
    }
  }

  @Test func foldsWhatIsCanonicallyEquivalent() {
    // Every letter of the table that composes a base and marks is read as those would be.
    let marks =
      Array(0x300...0x345).compactMap { Unicode.Scalar(UInt32($0)) } + ["\u{653}", "\u{654}", "\u{655}"]
    var composed = 0
    for line in FoldTable.lines {
      guard let base = line.unicodeScalars.first else { continue }
      for mark in marks {
        let pair = String(String.UnicodeScalarView([base, mark]))
        for letter in line.unicodeScalars.dropFirst() where String(Character(letter)) == pair {
          composed += 1
          #expect(terms(String(Character(letter))) == terms(pair))
        }
      }
    }
    #expect(composed > 250)
  }

  @Test func aMillionMarksAreReadInOnePass() {
    var bytes = Array("e".utf8)
    for _ in 0..<300_000 { bytes += [0xCC, 0x81] }
    #expect(words(bytes) == [Found(term: "e", range: 0..<bytes.count, isTail: false)])
  }
}

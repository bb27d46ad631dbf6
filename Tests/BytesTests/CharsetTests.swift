import Testing

@testable import Bytes

@Suite("Charsets")
struct CharsetTests {
  private func text(_ bytes: [UInt8], _ label: String) -> String {
    Charset.named(label.utf8).map { String(decoding: $0.decode(bytes).utf8, as: UTF8.self) } ?? "unknown"
  }

  @Test(
    "labels mean what the web takes them to mean",
    arguments: [
      ("latin1", "windows-1252"), ("ISO-8859-1", "windows-1252"), ("us-ascii", "windows-1252"),
      (" \tUTF8\n", "UTF-8"), ("iso-8859-9", "windows-1254"), ("tis-620", "windows-874"),
      ("gb2312", "gb18030"), ("ks_c_5601-1987", "EUC-KR"), ("x-sjis", "Shift_JIS"), ("utf-16", "UTF-16LE"),
    ])
  func labels(label: String, name: String) {
    #expect(Charset.named(label.utf8)?.name == name)
  }

  @Test("what can hide markup, or is no charset, is unknown")
  func unknownLabels() {
    for label in ["utf-7", "UTF7", "hz-gb-2312", "iso-2022-cn", "iso-2022-kr", "", "x", "utf 8"] {
      #expect(Charset.named(label.utf8) == nil, "\(label)")
    }
    #expect(Charset.named([UInt8](repeating: 0x61, count: 1 << 16)) == nil)
  }

  @Test(
    "each charset reads its own bytes",
    arguments: [
      ("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "Привет"),
      ("koi8-r", [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "Привет"),
      ("ibm866", [0x8F, 0xE0, 0xA8, 0xA2, 0xA5, 0xE2], "Привет"),
      ("iso-8859-5", [0xBF, 0xE0, 0xD8, 0xD2, 0xD5, 0xE2], "Привет"),
      ("koi8-u", [0xF7, 0xC9, 0xA4, 0xA7, 0xAE], "Виєїў"),
      ("iso-8859-2", [0x41, 0xB1, 0xE6, 0x7A], "Aąćz"),
      ("iso-8859-15", [0xA4, 0xBD], "€œ"),
      ("windows-1250", [0x8A, 0x9A, 0xE8], "Ššč"),
      ("windows-1253", [0xC1, 0xE8, 0xDE], "Αθή"),
      ("windows-1254", [0xFD, 0xFE, 0x80], "ış€"),
      ("windows-1255", [0xF9, 0xEC, 0xE5, 0xED], "שלום"),
      ("windows-1256", [0xD3, 0xE1, 0xC7, 0xE3], "سلام"),
      ("windows-1258", [0x56, 0x69, 0xEA, 0xF2, 0x74], "Viê\u{323}t"),
      ("windows-874", [0xCA, 0xC7, 0xD1, 0xCA], "สวัส"),
      ("macintosh", [0x8E, 0xDB, 0xD5], "é€’"),
      ("x-mac-cyrillic", [0x80, 0xA2, 0xFF], "АҐ€"),
      ("gb2312", [0xD5, 0xE2, 0xCA, 0xC7, 0x2E], "这是."),
      ("gbk", [0x81, 0x40, 0x80, 0x61], "丂€a"),
      ("gb18030", [0x95, 0x32, 0x82, 0x36, 0x81, 0x30, 0x8B, 0x37, 0x61], "𠀀ÿa"),
      ("big5", [0xA4, 0xA4, 0xA4, 0xE5, 0x88, 0x62], "中文Ê\u{304}"),
      ("euc-jp", [0xC6, 0xFC, 0xCB, 0xDC, 0x8E, 0xB1, 0x8F, 0xB0, 0xA1, 0xAD, 0xA1], "日本ｱ丂①"),
      ("shift_jis", [0x93, 0xFA, 0x96, 0x7B, 0xB1, 0x5C, 0x81, 0x60], "日本ｱ\\～"),
      ("euc-kr", [0xC7, 0xD1, 0xB1, 0xDB, 0x81, 0x41], "한글갂"),
      (
        "iso-2022-jp",
        [0x41, 0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x4A, 0x5C, 0x1B, 0x28, 0x42, 0x5C],
        "A日本¥\\"
      ),
      ("utf-16", [0xFE, 0xFF, 0x00, 0x68], "h"),
      ("utf-16be", [0x00, 0x68], "h"),
      ("utf-8", [0xEF, 0xBB, 0xBF, 0x68, 0xFF], "h\u{FFFD}"),
    ] as [(String, [UInt8], String)])
  func decoding(label: String, bytes: [UInt8], expected: String) {
    #expect(text(bytes, label) == expected)
  }

  @Test("no byte of any charset becomes a C1 control, and all but the escapes of text stay valid")
  func noC1() {
    var random = SeededRandom(state: 21)
    for label in Set(Charset.labels.compactMap { Charset.named($0.utf8)?.name }).sorted() {
      guard let charset = Charset.named(label.utf8) else {
        Issue.record("\(label) is no label of itself")
        continue
      }
      if label.hasPrefix("UTF") { continue }
      for round in 0..<60 {
        let bytes =
          round == 0
          ? Array(0...0xFF)
          : (0..<400).map { _ in
            Bool.random(using: &random)
              ? UInt8.random(in: 0...0xFF, using: &random)
              : [0x1B, 0x24, 0x42, 0x28, 0x81, 0x30, 0xA1, 0xFE, 0x8F, 0x8E].randomElement(using: &random)
                ?? 0
          }
        let decoded = charset.decode(bytes)
        let scalars = String(decoding: decoded.utf8, as: UTF8.self).unicodeScalars
        #expect(scalars.allSatisfy { !(0x80...0x9F).contains($0.value) }, "\(label)")
        #expect(scalars.count { $0.value == 0xFFFD } == decoded.replaced, "\(label)")
        #expect((decoded.firstBadByte == nil) == (decoded.replaced == 0))
        if label == "ISO-2022-JP" { #expect(!decoded.utf8.contains(0x1B)) }
      }
    }
  }

  @Test(
    "an ASCII byte after a broken lead byte is kept",
    arguments: ["gbk", "big5", "euc-jp", "shift_jis", "euc-kr"])
  func leadBeforeASCII(label: String) {
    #expect(text([0x61, 0xFD, 0x3C, 0x62], label).hasSuffix("<b"))
    #expect(text([0x61, 0x85], label) == "a\u{FFFD}")
  }

  @Test("bytes that a charset leaves undefined are counted, the first one named")
  func undefined() {
    let decoded = Charset.named("windows-1253".utf8)?.decode([0x41, 0xD2, 0xFF, 0xC1])
    #expect(decoded?.replaced == 2)
    #expect(decoded?.firstBadByte == 1)
  }

  @Test("a declaration is believed for what is no UTF-8, and never against it")
  func declarations() {
    let koi: [UInt8] = Array("koi8-r".utf8)
    #expect(DecodedText([0xF0, 0xD2], declared: koi).utf8 == Array("Пр".utf8))
    #expect(DecodedText([0xF0, 0xD2], declared: koi).charset.name == "KOI8-R")
    #expect(DecodedText(Array("déjà".utf8), declared: koi).charset == .utf8)
    #expect(DecodedText([0xFF, 0xFE, 0x68, 0], declared: koi).charset == .utf16)
    #expect(DecodedText([0x63, 0xE9], declared: Array("no-such".utf8)).utf8 == Array("cé".utf8))
    #expect(DecodedText([0x63, 0xE9], declared: Array("utf-8".utf8)).charset == .windows1252)
    #expect(DecodedText([0x63, 0xE9], declared: Array("utf-16".utf8)).charset == .windows1252)
    #expect(
      DecodedText(Array("+ADw-b+AD4-".utf8), declared: Array("utf-7".utf8)).utf8 == Array("+ADw-b+AD4-".utf8))
    let cut = Array(String(repeating: "é ", count: 40).utf8) + [0xC3]
    #expect(DecodedText(cut, declared: Array("iso-8859-1".utf8)).charset == .utf8)
  }

  @Test("what the user says overrules marks and validity")
  func overrides() {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0xC3, 0xA9]
    #expect(DecodedText(bytes, override: Array("latin1".utf8)).utf8 == Array("ï»¿Ã©".utf8))
    #expect(DecodedText(bytes, override: Array("utf-8".utf8)).utf8 == Array("é".utf8))
    #expect(DecodedText(bytes, override: Array("no-such".utf8)).utf8 == Array("é".utf8))
    #expect(DecodedText([0x63, 0xE9], override: Array("utf-8".utf8)).replaced == 1)
  }

  @Test("escape sequences are text unless they are clearly ISO-2022-JP")
  func escapes() {
    let japanese: [UInt8] = [0x61, 0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42, 0x0A]
    #expect(DecodedText(japanese).utf8 == Array("a日\n".utf8))
    #expect(DecodedText(japanese).charset.name == "ISO-2022-JP")
    for other in ["\u{1B}[31mred", "\u{1B}$B only", "\u{1B}(B", "\u{1B}$BF|\u{1B}(0x"] {
      #expect(DecodedText(Array(other.utf8)).utf8 == Array(other.utf8), "\(other.debugDescription)")
    }
    let declared = DecodedText(Array("x\u{1B}[31mred".utf8), declared: Array("iso-2022-jp".utf8))
    #expect(declared.utf8 == Array("x\u{FFFD}[31mred".utf8))
    #expect(declared.firstBadByte == 1)
  }

  @Test("where the system lacks a converter, nothing above ASCII is text")
  func missingConverter() {
    let table = SingleByteTable.of("NO-SUCH-CONVERTER")
    let decoded = table.decode([0x61, 0xE9, 0x62])
    #expect(decoded.utf8 == Array("a\u{FFFD}b".utf8))
    #expect(decoded.replaced == 1)
  }
}

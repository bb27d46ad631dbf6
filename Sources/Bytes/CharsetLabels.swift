/// The labels of the WHATWG Encoding Standard, and some that mail uses besides.
enum CharsetLabels {
  /// The charset of a label; nil when it is not known.
  static func charset(_ label: some Sequence<UInt8>) -> Charset? {
    var key: [UInt8] = []
    for byte in label {
      guard key.count < 64 else { return nil }
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        if !key.isEmpty { key.append(0x20) }
      } else {
        key.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      }
    }
    while key.last == 0x20 { key.removeLast() }
    return byLabel[key]
  }

  /// All labels.
  static var all: [String] { rows.flatMap { $0.labels.split(separator: " ").map(String.init) } }

  private static let byLabel: [[UInt8]: Charset] = {
    var found: [[UInt8]: Charset] = [:]
    for row in rows {
      for label in row.labels.split(separator: " ") { found[Array(label.utf8)] = row.charset }
    }
    return found
  }()

  private static func table(_ name: String, _ converter: String) -> Charset {
    Charset(name: name, coding: .singleByte(converter))
  }

  private static let rows: [(charset: Charset, labels: String)] = [
    (.utf8, "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf_8"),
    (.utf16, "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf16 utf_16"),
    (.utf16BigEndian, "unicodefffe utf-16be"),
    (.utf32, "utf-32 utf-32le utf32 ucs-4le"),
    (.utf32BigEndian, "utf-32be ucs-4 iso-10646-ucs-4"),
    (
      .windows1252,
      """
      ansi_x3.4-1968 ansi_x3.4-1986 ascii us-ascii us cp1252 cp819 csisolatin1 csascii ibm819 iso646-us \
      iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 latin-1 windows-1252 \
      x-cp1252 iso-8859-1-windows-3.1-latin-1 iso-latin-1
      """
    ),
    (table("IBM866", "IBM866"), "866 cp866 csibm866 ibm866"),
    (table("IBM850", "CP850"), "850 cp850 ibm850 cspc850multilingual"),
    (table("IBM437", "CP437"), "437 cp437 ibm437 cspc8codepage437"),
    (
      table("ISO-8859-2", "ISO-8859-2"),
      "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 latin-2"
    ),
    (
      table("ISO-8859-3", "ISO-8859-3"),
      "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"
    ),
    (
      table("ISO-8859-4", "ISO-8859-4"),
      "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"
    ),
    (
      table("ISO-8859-5", "ISO-8859-5"),
      """
      csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
      """
    ),
    (
      table("ISO-8859-6", "ISO-8859-6"),
      """
      arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e \
      iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
      """
    ),
    (
      table("ISO-8859-7", "ISO-8859-7"),
      """
      csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 \
      iso_8859-7:1987 sun_eu_greek
      """
    ),
    (
      table("ISO-8859-8", "ISO-8859-8"),
      """
      csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 \
      iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical
      """
    ),
    (
      table("ISO-8859-10", "ISO-8859-10"),
      "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"
    ),
    (table("ISO-8859-13", "ISO-8859-13"), "iso-8859-13 iso8859-13 iso885913 latin7 l7"),
    (table("ISO-8859-14", "ISO-8859-14"), "iso-8859-14 iso8859-14 iso885914 latin8 l8"),
    (
      table("ISO-8859-15", "ISO-8859-15"),
      "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9"
    ),
    (table("ISO-8859-16", "ISO-8859-16"), "iso-8859-16 iso8859-16 latin10 l10"),
    (table("KOI8-R", "KOI8-R"), "cskoi8r koi koi8 koi8-r koi8_r koi8r"),
    (table("KOI8-U", "KOI8-U"), "koi8-ru koi8-u koi8u"),
    (table("macintosh", "MACINTOSH"), "csmacintosh mac macintosh x-mac-roman macroman"),
    (table("x-mac-cyrillic", "MAC-CYRILLIC"), "x-mac-cyrillic x-mac-ukrainian"),
    (
      table("windows-874", "CP874"),
      "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 windows-874 cp874"
    ),
    (table("windows-1250", "CP1250"), "cp1250 windows-1250 x-cp1250"),
    (table("windows-1251", "CP1251"), "cp1251 windows-1251 x-cp1251"),
    (table("windows-1253", "CP1253"), "cp1253 windows-1253 x-cp1253"),
    (
      table("windows-1254", "CP1254"),
      """
      cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 \
      windows-1254 x-cp1254
      """
    ),
    (table("windows-1255", "CP1255"), "cp1255 windows-1255 x-cp1255"),
    (table("windows-1256", "CP1256"), "cp1256 windows-1256 x-cp1256"),
    (table("windows-1257", "CP1257"), "cp1257 windows-1257 x-cp1257"),
    (table("windows-1258", "CP1258"), "cp1258 windows-1258 x-cp1258"),
    (
      Charset(name: "gb18030", coding: .gb18030),
      """
      gb18030 chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk cp936 euc-cn \
      x-euc-cn euccn windows-936
      """
    ),
    (Charset(name: "Big5", coding: .big5), "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 windows-950"),
    (Charset(name: "EUC-JP", coding: .eucJP), "cseucpkdfmtjapanese euc-jp x-euc-jp eucjp ujis"),
    (
      Charset(name: "ISO-2022-JP", coding: .iso2022JP),
      "csiso2022jp iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 cp50220 iso-2022-jp-ms"
    ),
    (
      Charset(name: "Shift_JIS", coding: .shiftJIS),
      "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932 shiftjis"
    ),
    (
      Charset(name: "EUC-KR", coding: .eucKR),
      """
      cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 \
      windows-949 cp949 uhc x-windows-949 euckr
      """
    ),
  ]
}

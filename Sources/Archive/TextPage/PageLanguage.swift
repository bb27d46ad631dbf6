/// The language that most of a page is written in.
enum PageLanguage: Int, CaseIterable {
  case english, german, french, spanish, italian, portuguese, dutch, swedish, polish

  /// Whether dates in numbers are written day first wherever the language is.
  var isDayFirst: Bool { self != .english && self != .swedish }

  /// The language of a text by its commonest small words; nil when they are few or mixed.
  /// - Complexity: O(bytes), at most the first 256 KiB.
  static func of(_ utf8: [UInt8]) -> PageLanguage? {
    var counts = Array(repeating: 0, count: allCases.count)
    var word: UInt64 = 0
    var length = 0
    for byte in utf8.prefix(1 << 18) {
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lower &- 0x61 < 26 || lower >= 0x80 {
        word = length < 8 ? word << 8 | UInt64(lower) : 0
        length += 1
      } else if length > 0 {
        if length <= 8, let language = words[word] { counts[language.rawValue] += 1 }
        (word, length) = (0, 0)
      }
    }
    let order = allCases.sorted { counts[$0.rawValue] > counts[$1.rawValue] }
    guard let first = order.first, let second = order.dropFirst().first else { return nil }
    let (most, next) = (counts[first.rawValue], counts[second.rawValue])
    return most >= 6 && most >= 2 * next ? first : nil
  }

  /// Words that are common in one of the languages only, packed into integers.
  private static let words: [UInt64: PageLanguage] = {
    let lists: [(PageLanguage, String)] = [
      (.english, "the and that this with of is you for was are have not"),
      (.german, "und der das nicht ist mit auf ich ein eine von wir auch aber dem"),
      (.french, "les des est pas une dans pour vous qui avec sur nous c'est mais"),
      (.spanish, "los las por una el y pero muy como esta más"),
      (.italian, "che non per sono della gli questo anche il di"),
      (.portuguese, "uma com os não você mais isso muito são ao"),
      (.dutch, "het een van niet dat zijn ook maar voor je"),
      (.swedish, "och att det inte som jag med för en är"),
      (.polish, "nie jest się na to że jak ale czy"),
    ]
    var table: [UInt64: PageLanguage] = [:]
    for (language, list) in lists {
      for word in list.split(separator: " ") {
        table[word.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = language
      }
    }
    return table
  }()
}

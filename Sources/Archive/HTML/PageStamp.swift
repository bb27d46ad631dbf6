import Discussion

/// Dates as pages state them, in attributes and in words.
struct PageStamp {
  /// Reads dates in words.
  var finder = PageDateFinder()

  /// Whether a value may hold a moment: a year and two more numbers, or seconds since 1970.
  static func looksLikeDate(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard (6...100).contains(range.count) else { return false }
    var numbers = 0
    var hasYear = false
    var hasLetters = false
    var run = 0
    for position in range.lowerBound...range.upperBound {
      let byte = position < range.upperBound ? bytes[position] : 0
      if byte &- 0x30 < 10 {
        run += 1
        continue
      }
      if (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 { hasLetters = true }
      if run > 0 {
        numbers += 1
        if run == 4, isYear(bytes, position - 4) { hasYear = true }
        if run == 8 || run == 10 || run == 13, range.count == run { return true }
      }
      run = 0
    }
    return hasYear && (numbers >= 3 || numbers == 2 && hasLetters)
      || numbers >= 3 && numbers <= 6 && !hasLetters
  }

  private static func isYear(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    bytes[start] == 0x31 && bytes[start + 1] == 0x39 || bytes[start] == 0x32 && bytes[start + 1] == 0x30
  }

  /// The moment of an attribute: ISO 8601 first, then seconds since 1970, then words.
  func machine(_ value: [UInt8]) -> Timestamp? {
    let trimmed = Name.trimmed(value[...])
    guard (4...100).contains(trimmed.count) else { return nil }
    if let date = ISODate.parse(trimmed) { return date }
    if let date = leadingISO(trimmed) { return date }
    if let date = MailDate.parse(Array(trimmed)) { return date }
    if trimmed.allSatisfy({ $0 &- 0x30 < 10 }) {
      guard trimmed.count == 10 || trimmed.count == 13,
        let number = Int64(String(decoding: trimmed, as: UTF8.self))
      else { return nil }
      return Timestamp(
        seconds: trimmed.count == 13 ? number / 1000 : number, precision: .second, zoneMinutes: 0)
    }
    return written(Array(trimmed))
  }

  /// The longest beginning that is a date in ISO 8601: `2014-02-07 10:53:03Z, License: …`.
  private func leadingISO(_ value: ArraySlice<UInt8>) -> Timestamp? {
    guard value.count > 10, value.prefix(4).allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    var lengths: [Int] = []
    for (offset, byte) in value.enumerated().prefix(40) where offset >= 10 {
      if byte == 0x20 || byte == 0x2C || byte == 0x2E { lengths.append(offset) }
      if byte == 0x5A { lengths.append(offset + 1) }
    }
    for length in lengths.reversed() {
      if let date = ISODate.parse(value.prefix(length)) { return date }
    }
    return nil
  }

  /// The first moment that words state: `am 10. Juni 2017 um 15:26`; nil when they state none, or one that
  /// is relative to a day that the page does not name.
  func written(_ words: [UInt8]) -> Timestamp? {
    guard words.count <= 400 else { return nil }
    return finder.first(in: folded(words).utf8)?.timestamp
  }

  /// Whether words state a date, if only one that is not said in full.
  func isDate(_ words: [UInt8]) -> Bool {
    guard words.count <= 100 else { return false }
    return finder.first(in: folded(words).utf8) != nil
  }
}

/// Names of months in languages that plain pages are not read in.
enum ForeignMonths {
  /// Words with such names as English ones; dates only, everything else is left alone.
  static func inEnglish(_ words: [UInt8]) -> [UInt8] {
    guard words.contains(where: { $0 &- 0x30 < 10 }) else { return words }
    var output: [UInt8] = []
    output.reserveCapacity(words.count)
    var start = 0
    var position = 0
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0xC3 || byte & 0xC0 == 0x80 }
    while position <= words.count {
      if position < words.count, isLetter(words[position]) {
        position += 1
        continue
      }
      if position > start {
        let word = words[start..<position]
        if word.count >= 3, let month = english(word) {
          output.append(contentsOf: month)
        } else {
          output.append(contentsOf: word)
        }
      }
      if position < words.count { output.append(words[position]) }
      position += 1
      start = position
    }
    return output
  }

  private static func english(_ word: ArraySlice<UInt8>) -> [UInt8]? {
    guard word.count <= 24 else { return nil }
    if let month = table[Array(word)] { return month }
    return table[Array(String(decoding: word, as: UTF8.self).lowercased().utf8)]
  }

  private static let table: [[UInt8]: [UInt8]] = {
    let names: [(String, String)] = [
      (
        "january",
        "januari gennaio janeiro stycznia styczeń января январь янв ene gen leden ledna tammikuuta jan."
      ),
      (
        "february",
        "februari febbraio fevereiro lutego luty февраля февраль фев únor února helmikuuta fev févr"
      ),
      ("march", "maart marzo março marca marzec марта март мар březen března maaliskuuta mrt"),
      ("april", "aprile abril kwietnia kwiecień апреля апрель апр duben dubna huhtikuuta abr avr kwi"),
      ("may", "mei maggio maio maja maj мая май květen května toukokuuta mag"),
      ("june", "juni giugno junho czerwca czerwiec июня июнь июн červen června kesäkuuta giu"),
      ("july", "juli luglio julho lipca lipiec июля июль июл červenec července heinäkuuta lug"),
      (
        "august", "augusti augustus agosto sierpnia sierpień августа август авг srpen srpna elokuuta ago août"
      ),
      ("september", "settembre setembro września wrzesień сентября сентябрь сен září syyskuuta set"),
      (
        "october",
        "oktober ottobre outubro października październik октября октябрь окт říjen října lokakuuta out ott"
      ),
      ("november", "novembre novembro ноября ноябрь ноя marraskuuta"),
      (
        "december",
        "decembrie dicembre dezembro grudnia grudzień декабря декабрь дек prosinec prosince joulukuuta dez dic"
      ),
    ]
    var table: [[UInt8]: [UInt8]] = [:]
    for (english, foreign) in names {
      for word in foreign.split(separator: " ") { table[Array(word.utf8)] = Array(english.utf8) }
    }
    return table
  }()
}

extension PageStamp {
  /// Words in lower case, months in English, narrow spaces as spaces.
  private func folded(_ words: [UInt8]) -> Phrase {
    var spaced = words
    while let narrow = spaced.firstRange(of: [0xE2, 0x80, 0xAF]) {
      spaced.replaceSubrange(narrow, with: [0x20])
    }
    return Phrase(folding: ForeignMonths.inEnglish(spaced))
  }

  /// Whether words are a date and nothing else but what stands around dates.
  func isWholeDate(_ words: [UInt8]) -> Bool {
    words.count <= 100 && finder.whole(folded(words)) != nil
  }
}

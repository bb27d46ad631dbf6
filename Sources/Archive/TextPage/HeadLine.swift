import Discussion

/// A line that stands over a comment or under it and names its author and date on one line:
/// `Name Jun 20th at 12:50 pm`, `Name · April 19, 2019`, `NameMay 30, 2019 at 5:38 PM`,
/// `Posted by Name on May 6, 2011`, `10 02 2009 Name`.
struct HeadLine: Hashable {
  /// The author's name.
  var author: [UInt8]?
  /// The date, if the line states which.
  var date: Timestamp?
  /// Votes, where they stand between name and date.
  var score: Int32?
  /// Whether words such as `Posted by` or `commented` say that the line stands over somebody's words.
  var hasLead: Bool

  /// Reads a line with a name and a date; nil for any other, also for a date alone.
  init?(_ line: ArraySlice<UInt8>, dates: PageDateFinder) {
    guard line.count <= 120, line.count >= 8, line.contains(where: { $0 &- 0x30 < 10 || $0 == 0x79 }) else {
      return nil
    }
    let text = Array(line)
    var folded = AlignedFold.of(line)
    if let place = HeadLine.glue(text, folded) {
      folded.insert(0x20, at: place)
      var parted = text
      parted.insert(0x20, at: place)
      self.init(parted, folded, dates)
    } else {
      self.init(text, folded, dates)
    }
  }

  private init?(_ text: [UInt8], _ folded: [UInt8], _ dates: PageDateFinder) {
    guard let found = dates.first(in: folded) else { return nil }
    var start = 0
    hasLead = false
    if let by = folded.firstRange(of: Array(" points by ".utf8)),
      let votes = Int32(String(decoding: text[..<by.lowerBound], as: UTF8.self))
    {
      (start, score, hasLead) = (by.upperBound, votes, true)
    }
    for lead in HeadLine.leads where start == 0 && folded.starts(with: lead.utf8) {
      start = lead.utf8.count
      hasLead = true
    }
    guard start <= found.range.lowerBound else { return nil }
    let before = HeadLine.withoutJoints(text[start..<found.range.lowerBound], atEnd: true)
    var tail = text[found.range.upperBound...]
    // Behind a bar stand buttons.
    if let bar = tail.first(where: { $0 != 0x20 }), bar == 0x7C, !text[..<found.range.lowerBound].isEmpty {
      tail = []
    }
    let after = HeadLine.withoutJoints(tail, atEnd: false)
    if AlignedFold.of(text[start..<found.range.lowerBound]).firstRange(of: Array(" commented".utf8)) != nil {
      hasLead = true
    }
    switch (before.isEmpty, after.isEmpty) {
    case (false, true):
      var name = Name.withoutBadge(before)
      takeFold(&name)
      takeScore(&name)
      guard Name.isPlausibleBesideDate(name) else { return nil }
      author = Array(name)
    case (true, false):
      var rest = after
      for lead in HeadLine.leads where AlignedFold.of(rest).starts(with: lead.utf8) {
        rest = Name.trimmed(rest.dropFirst(lead.utf8.count))
        hasLead = true
        break
      }
      let name = Name.withoutBadge(rest)
      guard Name.isPlausibleBesideDate(name) else { return nil }
      author = Array(name)
    default: return nil
    }
    date = found.timestamp
  }

  /// `[–]` in front of a name folds what is below it.
  private mutating func takeFold(_ name: inout ArraySlice<UInt8>) {
    for sign in [StaticText("[–]"), "[-]", "[+]"] where name.starts(with: sign.utf8) {
      name = Name.trimmed(name.dropFirst(sign.utf8.count))
      hasLead = true
    }
  }

  /// ` 12 points` behind a name.
  private mutating func takeScore(_ name: inout ArraySlice<UInt8>) {
    let words = name.split(separator: 0x20)
    guard words.count >= 2, let last = words.last else { return }
    var count = last
    if [StaticText("points"), "point"].contains(where: { last.elementsEqual($0.utf8) }) {
      guard words.count >= 3 else { return }
      count = words[words.count - 2]
    } else if hasLead == false {
      return
    }
    guard let votes = Int32(String(decoding: count, as: UTF8.self)) else { return }
    score = votes
    name = Name.trimmed(name[..<count.startIndex])
  }

  /// The place where a month follows a name without a space, as in `NameMay 30, 2019`.
  private static func glue(_ text: [UInt8], _ folded: [UInt8]) -> Int? {
    var position = 1
    while position + 3 < text.count {
      defer { position += 1 }
      guard text[position] &- 0x41 < 26, text[position - 1] &- 0x61 < 26 || text[position - 1] >= 0x80 else {
        continue
      }
      var end = position + 1
      while end < folded.count, folded[end] &- 0x61 < 26 || folded[end] >= 0xC3 || folded[end] & 0xC0 == 0x80
      {
        end += 1
      }
      guard end < folded.count, DateWord.of(folded[position..<end]).month != nil else { continue }
      while end < folded.count, folded[end] == 0x20 || folded[end] == 0x2E { end += 1 }
      if end < folded.count, folded[end] &- 0x30 < 10 { return position }
    }
    return nil
  }

  /// Words without what joins a name and a date: `on`, `am`, `·`, `|`, `,`, weekdays, `says`, `#12`.
  private static func withoutJoints(_ bytes: ArraySlice<UInt8>, atEnd: Bool) -> ArraySlice<UInt8> {
    var tokens = DateToken.scan(AlignedFold.of(bytes))[...]
    var isAfterHash = false
    while let token = atEnd ? tokens.last : tokens.first {
      switch token.kind {
      case .word where token.means([.weekday, .filler, .at]): break
      case .mark(let mark) where mark != (atEnd ? 0x29 : 0x28) && !(atEnd && [0x5D, 0x2E].contains(mark)):
        break
      case .number where isAfterHash: break
      case .number where atEnd && tokens.dropLast().last?.mark == 0x23: break
      default:
        let range =
          atEnd
          ? bytes.startIndex..<bytes.startIndex + token.range.upperBound
          : bytes.startIndex + token.range.lowerBound..<bytes.endIndex
        return Name.trimmed(bytes[range])
      }
      isAfterHash = token.mark == 0x23
      tokens = atEnd ? tokens.dropLast() : tokens.dropFirst()
    }
    return []
  }

  /// Words that say that a name follows.
  static let leads: [StaticText] = [
    "posted by ", "posted by: ", "post by ", "comment by ", "comment from ", "written by ", "submitted by ",
    "by ", "von ", "kommentar von ", "geschrieben von ", "verfasst von ", "beitrag von ", "gepostet von ",
    "eingestellt von ", "par ", "posté par ", "écrit par ", "publié par ", "rédigé par ", "envoyé par ",
    "message par ", "por ", "escrito por ", "publicado por ", "enviado por ", "comentario de ", "da ",
    "scritto da ", "inviato da ", "postado por ", "geplaatst door ", "door ", "autor: ", "author: ", "name: ",
    "from: ", "von: ",
  ]
}

import Discussion

/// A line that stands over a comment or under it and names its author and date on one line:
/// `Name Jun 20th at 12:50 pm`, `Name · April 19, 2019`, `NameMay 30, 2019 at 5:38 PM`,
/// `Posted by Name on May 6, 2011`, `10 02 2009 Name`.
struct HeadLine: Hashable {
  /// The author's name.
  var author: [UInt8]?
  /// The date, if the line states which.
  var date: Timestamp?
  /// Whether words such as `Posted by` say that a name follows.
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
    for lead in HeadLine.leads where folded.starts(with: lead.utf8) {
      start = lead.utf8.count
      hasLead = true
      break
    }
    guard start <= found.range.lowerBound else { return nil }
    let before = HeadLine.withoutJoints(text[start..<found.range.lowerBound], atEnd: true)
    let after = HeadLine.withoutJoints(text[found.range.upperBound...], atEnd: false)
    switch (before.isEmpty, after.isEmpty) {
    case (false, true):
      let name = Name.withoutBadge(before)
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

  /// The place where a month follows a name without a space, as in `NameMay 30, 2019`.
  private static func glue(_ text: [UInt8], _ folded: [UInt8]) -> Int? {
    var position = 1
    while position + 3 < text.count {
      defer { position += 1 }
      guard text[position] &- 0x41 < 26, text[position - 1] &- 0x61 < 26 || text[position - 1] >= 0x80 else {
        continue
      }
      var end = position + 1
      while end < folded.count, folded[end] &- 0x61 < 26 || folded[end] >= 0xC3 || folded[end] & 0xC0 == 0x80 {
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
      case .mark(let mark) where mark != (atEnd ? 0x29 : 0x28) && mark != (atEnd ? 0x5D : 0x5B): break
      case .number where isAfterHash: break
      case .number where atEnd && tokens.dropLast().last?.mark == 0x23: break
      default:
        let range =
          atEnd ? bytes.startIndex..<bytes.startIndex + token.range.upperBound
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

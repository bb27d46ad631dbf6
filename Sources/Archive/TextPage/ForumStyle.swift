import Discussion

/// One message of a forum page: its lines and what a line at its border says of it.
struct ForumMessage {
  /// Indices of its lines, border lines left out.
  var lines: Range<Int>
  /// The line where its border begins; nil when none stands over it.
  var head: Int?
  var author: [UInt8]?
  var date: Timestamp?
}

/// Pages of forums: messages one after the other, parted by a line that each software prints in its way.
enum ForumStyle {
  /// Reads a forum page; the first message is the post, the others are comments. Nil for any other page.
  static func read(_ page: TextPage) -> CommentSection? {
    guard
      let messages = PostByForum.messages(page) ?? numberedOrSpaced(page),
      let first = messages.first, messages.count > 1
    else { return nil }
    var seen = SeenLines(page)
    seen.take(first.lines)
    let comments = messages.dropFirst().compactMap { message -> ParsedComment? in
      let lines = Block.trimmed(message.lines, of: page)
      let words = Block.text(lines, of: page, quoted: seen.contains)
      seen.take(lines)
      guard !words.utf8.isEmpty, let line = page.textLine(from: lines.lowerBound) else { return nil }
      return ParsedComment(
        author: message.author, date: message.date, text: words, line: page.number(of: line))
    }
    guard !comments.isEmpty else { return nil }
    var section = CommentSection(
      bodyEnd: Block.trimmed(first.lines, of: page).upperBound, declared: nil, isClosed: false,
      comments: comments)
    section.bodyStart = first.lines.lowerBound
    section.bodyEnd = max(section.bodyEnd, section.bodyStart)
    section.author = first.author
    section.date = first.date
    section.title = title(of: page, before: first.head ?? first.lines.lowerBound)
    section.hasTitle = section.title == nil
    return section
  }

  /// Where a page has numbers over its messages and spaces under them, the one that parts it finer.
  private static func numberedOrSpaced(_ page: TextPage) -> [ForumMessage]? {
    let signed = SignedForum.messages(page)
    guard let signed else { return NumberedForum.messages(page) ?? SpacedForum.messages(page) }
    guard let spaced = SpacedForum.messages(page), spaced.count > signed.count + 1 else { return signed }
    return spaced
  }

  /// The title above the first message: the longest line of its own there.
  static func title(of page: TextPage, before line: Int) -> Range<Int>? {
    var best: Range<Int>?
    for line in 0..<min(line, 40) {
      let text = page.lines[line].text
      guard !text.isEmpty, text.count <= PostHead.titleLimit, page.lines[line].indent < 2,
        page.traits[line].isEmpty, page.utf8[text.lowerBound] &- 0x30 >= 10,
        page.utf8[text.upperBound - 1] != 0x2E
      else { continue }
      if text.count > best?.count ?? 0 { best = text }
    }
    return best
  }

  /// `2 Likes`.
  static func isLikes(_ phrase: Phrase) -> Bool {
    guard phrase.utf8.count <= 16 else { return false }
    let words = phrase.words
    return words.count == 2 && words[0].allSatisfy { $0 &- 0x30 < 10 }
      && (phrase.ends(with: " likes") || phrase.ends(with: " like"))
  }
}

/// The longer lines of messages: one that comes again in a later message is quoted there.
struct SeenLines {
  private let page: TextPage
  private var lines: Set<ArraySlice<UInt8>> = []

  init(_ page: TextPage) { self.page = page }

  /// Whether an earlier message has the same line.
  func contains(_ line: Int) -> Bool {
    page.lines[line].text.count >= 40 && lines.contains(page.utf8[page.lines[line].text])
  }

  mutating func take(_ range: Range<Int>) {
    for line in range where page.lines[line].text.count >= 40 {
      lines.insert(page.utf8[page.lines[line].text])
    }
  }
}

/// phpBB and its kin: `Post by Name » Wed Sep 11, 2024 9:06 pm` over each message, the author's profile above or
/// below; or `Posted by` with the name on the same line or lost.
enum PostByForum {
  private struct Border {
    var line: Int
    var author: [UInt8]?
    var date: Timestamp?
    /// Whether `»` stands between name and date.
    var hasArrow: Bool
  }

  static func messages(_ page: TextPage) -> [ForumMessage]? {
    var borders: [Border] = []
    for line in page.lines.indices {
      page.steps.count += 1
      guard let phrase = page.phrase(line), let border = border(page, line, phrase) else { continue }
      borders.append(border)
    }
    if borders.contains(where: \.hasArrow) { borders.removeAll { !$0.hasArrow } }
    guard borders.count > 1 else { return nil }
    return borders.indices.map { index in
      let end = index + 1 < borders.count ? borders[index + 1].line : page.lines.count
      var start = borders[index].line + 1
      if borders[index].author == nil { start = afterCounts(start, page) }
      let cut =
        index + 1 < borders.count
        ? withoutProfile(page, start..<max(start, end), of: borders[index + 1].author)
        : cutFoot(start..<max(start, end), page)
      var message = ForumMessage(
        lines: start..<cut, head: borders[index].line, author: borders[index].author,
        date: borders[index].date)
      message.lines = withoutOwnProfile(message, page)
      return message
    }
  }

  /// A message without its author's profile below it: his name, then fields.
  private static func withoutOwnProfile(_ message: ForumMessage, _ page: TextPage) -> Range<Int> {
    guard let author = message.author else { return message.lines }
    for line in message.lines.suffix(20) where page.utf8[page.lines[line].text].elementsEqual(author) {
      if let next = page.textLine(from: line + 1), next < message.lines.upperBound,
        !page.traits[next].contains(.profile)
      {
        continue
      }
      return message.lines.lowerBound..<line
    }
    return message.lines
  }

  private static func border(_ page: TextPage, _ line: Int, _ phrase: Phrase) -> Border? {
    guard phrase.utf8.count >= 9, let first = phrase.utf8.first, initials.contains(first) else { return nil }
    let text = Array(page.utf8[page.lines[line].content])
    let arrow: [UInt8] = [0xC2, 0xBB]
    let long = prefixes.first { phrase.starts(with: $0) }
    guard let prefix = long ?? short.first(where: { phrase.starts(with: $0) }),
      text.count >= prefix.utf8.count,
      !page.lines[line].isItem, text.count <= 120
    else { return nil }
    if let place = text.firstRange(of: arrow), place.lowerBound >= prefix.utf8.count {
      let name = Name.trimmed(text[prefix.utf8.count..<place.lowerBound])
      let date = page.dates.whole(Phrase(folding: text[place.upperBound...]))
      guard long != nil || date != nil else { return nil }
      return Border(
        line: line, author: name.isEmpty ? nil : Array(name), date: date?.timestamp, hasArrow: true)
    }
    guard long != nil else { return nil }
    // `Posted by`, and the name was lost with its link.
    if isLost(phrase) { return Border(line: line, hasArrow: false) }
    guard let head = HeadLine(text[...], dates: page.dates), head.hasLead else { return nil }
    return Border(line: line, author: head.author, date: head.date, hasArrow: false)
  }

  private static let prefixes: [StaticText] = [
    "post by ", "postby ", "posted by", "beitrag von ", "beitragvon ", "beitrag by ", "message par ",
    "publié par",
    "posté par", "geschrieben von", "verfasst von", "gepostet von", "mensaje por ", "publicado por",
    "escrito por",
    "messaggio da ", "inviato da", "mensagem por ", "bericht door ", "inlägg av ", "post autor: ",
  ]

  /// Words that only stand over a message when `»` and a date follow.
  private static let short: [StaticText] = [
    "by ", "von ", "par ", "por ", "da ", "door ", "av ", "przez ", "de ",
  ]

  private static let initials = ByteSet(firstOf: prefixes + short)

  /// Whether nothing but `Posted by` or `Posted by on` is left of a line.
  private static func isLost(_ phrase: Phrase) -> Bool {
    [
      StaticText("posted by"), "posted by on", "geschrieben von", "verfasst von", "publié par",
      "publicado por",
    ].contains {
      phrase.is($0)
    }
  }

  /// The line after the counts (`4931 posts`) that stand under a lost name.
  private static func afterCounts(_ start: Int, _ page: TextPage) -> Int {
    var line = start
    while line < page.lines.count, let phrase = page.phrase(line), phrase.utf8.count <= 24 {
      let words = phrase.words
      guard words.count == 2, words[0].allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2C || $0 == 0x2E }),
        words[1].last == 0x73
      else { break }
      line += 1
    }
    return line
  }

  private static func cutFoot(_ range: Range<Int>, _ page: TextPage) -> Int {
    range.first { !page.traits[$0].isDisjoint(with: [.foot, .closed]) } ?? range.upperBound
  }

  /// Where a message ends before the profile of the next author, which begins with an avatar's line, his name, or
  /// the lines that name what a profile names.
  private static func withoutProfile(_ page: TextPage, _ range: Range<Int>, of author: [UInt8]?) -> Int {
    let tail = range.suffix(60)
    page.steps.count += tail.count
    if let author, let name = tail.last(where: { page.utf8[page.lines[$0].text].elementsEqual(author) }) {
      let isAvatar = name > range.lowerBound && page.traits[name - 1].contains(.profile)
      return isAvatar ? name - 1 : name
    }
    if let avatar = tail.last(where: { line in
      page.phrase(line).map { $0.is("user avatar") || $0.is("benutzeravatar") } ?? false
    }) {
      return avatar
    }
    guard
      let field = tail.first(where: {
        page.traits[$0].contains(.profile) && page.utf8[page.lines[$0].text].contains(0x3A)
      })
    else {
      let last = tail.last { !page.lines[$0].isBlank }
      guard let last, page.phrase(last)?.starts(with: "re: ") == true else { return range.upperBound }
      return last
    }
    // The name and the rank stand above the first field without a blank line.
    var start = field
    while start > range.lowerBound, field - start < 3, !page.lines[start - 1].isBlank { start -= 1 }
    return start
  }
}

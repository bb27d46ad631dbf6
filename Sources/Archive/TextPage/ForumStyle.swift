import Discussion

/// One message of a forum page: its lines and what a line at its border says of it.
struct ForumMessage {
  /// Indices of its lines, border lines left out.
  var lines: Range<Int>
  var author: [UInt8]?
  var date: Timestamp?
}

/// Pages of forums: messages one after the other, parted by a line that each software prints in its way.
enum ForumStyle {
  /// Reads a forum page; the first message is the post, the others are comments. Nil for any other page.
  static func read(_ page: TextPage) -> CommentSection? {
    guard
      let messages = PostByForum.messages(page) ?? NumberedForum.messages(page) ?? SpacedForum.messages(page),
      let first = messages.first, messages.count > 1
    else { return nil }
    let comments = messages.dropFirst().compactMap { message -> ParsedComment? in
      let words = text(of: message.lines, in: page)
      guard !words.utf8.isEmpty, let line = message.lines.first(where: { !page.lines[$0].isBlank }) else {
        return nil
      }
      return ParsedComment(
        author: message.author, date: message.date, text: words, line: page.lines[line].number)
    }
    guard !comments.isEmpty else { return nil }
    var section = CommentSection(
      bodyEnd: first.lines.upperBound, declared: nil, isClosed: false, comments: comments)
    section.bodyStart = first.lines.lowerBound
    section.author = first.author
    section.date = first.date
    return section
  }

  /// The words of a message, buttons left out.
  private static func text(of lines: Range<Int>, in page: TextPage) -> ParsedText {
    var text = TextAssembly()
    for line in lines {
      if page.lines[line].isBlank {
        text.endParagraph()
      } else if let phrase = page.phrase(line), isButton(phrase) {
        continue
      } else {
        text.append(page.utf8[page.lines[line].text], isListItem: page.lines[line].isItem)
      }
    }
    return text.finish()
  }

  private static func isButton(_ phrase: Phrase) -> Bool {
    Furniture.button.matches(phrase) || Furniture.form.matches(phrase) || Furniture.closed.matches(phrase)
      || isLikes(phrase)
  }

  /// `2 Likes`.
  static func isLikes(_ phrase: Phrase) -> Bool {
    let words = phrase.words
    return words.count == 2 && words[0].allSatisfy { $0 &- 0x30 < 10 }
      && (phrase.ends(with: " likes") || phrase.ends(with: " like"))
  }
}

/// phpBB: `Post by Name » Wed Sep 11, 2024 9:06 pm` over each message, the author's profile above or below.
enum PostByForum {
  static func messages(_ page: TextPage) -> [ForumMessage]? {
    var borders: [(line: Int, author: [UInt8]?, date: Timestamp?)] = []
    for line in page.lines.indices {
      guard let phrase = page.phrase(line), let border = border(page, line, phrase) else { continue }
      borders.append((line, border.author, border.date))
    }
    guard borders.count > 1 else { return nil }
    return borders.indices.map { index in
      let end = index + 1 < borders.count ? borders[index + 1].line : page.lines.count
      let start = borders[index].line + 1
      let cut = index + 1 < borders.count ? withoutProfile(page, start..<end) : end
      return ForumMessage(lines: start..<cut, author: borders[index].author, date: borders[index].date)
    }
  }

  private static func border(
    _ page: TextPage, _ line: Int, _ phrase: Phrase
  ) -> (author: [UInt8]?, date: Timestamp?)? {
    let prefixes: [StaticText] = [
      "post by ", "postby ", "beitrag von ", "beitragvon ", "beitrag by ", "message par ",
    ]
    guard let prefix = prefixes.first(where: { phrase.starts(with: $0) }) else { return nil }
    let text = Array(page.utf8[page.lines[line].text])
    let arrow: [UInt8] = [0xC2, 0xBB]
    guard let place = text.firstRange(of: arrow), place.lowerBound >= prefix.utf8.count else { return nil }
    let name = Name.trimmed(text[prefix.utf8.count..<place.lowerBound])
    let date = page.dates.whole(Phrase(folding: text[place.upperBound...]))
    return (name.isEmpty ? nil : Array(name), date?.timestamp)
  }

  /// Where a message ends before the profile of the next author, which begins with an avatar's line, or with
  /// the lines that name what a profile names.
  private static func withoutProfile(_ page: TextPage, _ range: Range<Int>) -> Int {
    let tail = range.suffix(60)
    if let avatar = tail.last(where: { line in
      page.phrase(line).map { $0.is("user avatar") || $0.is("benutzeravatar") } ?? false
    }) {
      return avatar
    }
    let fields: [StaticText] = ["posts: ", "joined: ", "beiträge: ", "registriert: ", "messages : "]
    guard
      let field: Int = tail.first(where: { line in
        page.phrase(line).map { phrase in fields.contains { phrase.starts(with: $0) } } ?? false
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

/// Discourse: the number of each message on a line of its own, counting up.
enum NumberedForum {
  static func messages(_ page: TextPage) -> [ForumMessage]? {
    var borders: [Int] = []
    var last = 0
    var hasLikes = false
    var isFirst = true
    var opensWithOne = false
    for line in page.lines.indices where !page.lines[line].isBlank {
      defer { isFirst = false }
      guard let phrase = page.phrase(line) else { continue }
      if ForumStyle.isLikes(phrase) { hasLikes = true }
      guard phrase.utf8.count <= 4, phrase.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
        let number = Int(String(decoding: phrase.utf8, as: UTF8.self)), page.lines[line].indent < 2
      else { continue }
      let isAlone = line + 1 < page.lines.count && page.lines[line + 1].isBlank
      guard isAlone, number > last, number <= last + 4 else { continue }
      if isFirst, number == 1 { opensWithOne = true }
      borders.append(line)
      last = number
    }
    guard borders.count > 1, hasLikes || opensWithOne, let first = borders.first else { return nil }
    // Without its number the first message stands above the second's.
    let number = page.phrase(first).map { String(decoding: $0.utf8, as: UTF8.self) }
    var messages: [ForumMessage] = number == "1" ? [] : [ForumMessage(lines: 0..<first)]
    for (index, border) in borders.enumerated() {
      let end = index + 1 < borders.count ? borders[index + 1] : page.lines.count
      messages.append(ForumMessage(lines: (border + 1)..<end))
    }
    return messages
  }
}

/// XenForo: a line with nothing but a no-break space right under each message.
enum SpacedForum {
  static func messages(_ page: TextPage) -> [ForumMessage]? {
    let borders = page.lines.indices.filter { line in
      page.lines[line].isBlank && page.lines[line].holdsNoBreakSpace && page.lines[line].indent == 0
        && line > 0
        && !page.lines[line - 1].isBlank
        && (line + 1 == page.lines.count || !page.lines[line + 1].isBlank)
    }
    guard borders.count > 1 else { return nil }
    var messages: [ForumMessage] = []
    var start = 0
    for border in borders + [page.lines.count] {
      if start < border { messages.append(ForumMessage(lines: start..<border)) }
      start = border + 1
    }
    return messages
  }
}

import Discussion

/// A page of a mailing-list archive (Pipermail, Hypermail, MHonArc) saved as text: one message, its head as
/// `From:`, `Date:`, `Subject:` or as a name and a date under the subject, and links to the messages around it.
struct MailPage {
  private let page: TextPage
  private var title: [UInt8]?
  private var author: [UInt8]?
  private var date: Timestamp?
  private var hasDate = false
  private var bodyStart = 0
  private var headLine: Int?

  /// Reads such a page as one discussion; nil for any other.
  static func read(_ page: TextPage) -> [ParsedDiscussion]? {
    guard hasLinks(page) else { return nil }
    var mail = MailPage(page: page)
    guard mail.takeFields() || mail.takeLines() else { return nil }
    return [mail.discussion()]
  }

  private init(page: TextPage) { self.page = page }

  /// Whether links to the messages before and after stand on the page, in two ways at least.
  private static func hasLinks(_ page: TextPage) -> Bool {
    var found: Set<Int> = []
    for line in page.lines.indices {
      page.steps.count += 1
      guard page.lines[line].text.count >= 9, let phrase = page.phrase(line), let first = phrase.utf8.first,
        initials.contains(first)
      else { continue }
      guard let link = links.firstIndex(where: { phrase.starts(with: $0) }) else { continue }
      found.insert(link)
      if found.count >= 2 || phrase.contains("thread") && phrase.contains("[") { return true }
    }
    return false
  }

  /// What the links of archives begin with.
  private static let links: [StaticText] = [
    "previous message:", "next message:", "messages sorted by:", "previous message (by", "next message (by",
    "[date prev]", "[prev by date]", "[thread prev]", "[date index]", "[thread index]", "[prev in thread]",
    "prev by date:", "next by date:", "references:", "follow-ups:", "previous by date:", "prev by thread:",
    "previous by thread:",
    "next by thread:", "next in thread:", "in reply to:", "maybe in reply to:", "maybe reply:",
    "contemporary messages sorted",
    "mail actions:", "received on ", "this archive was generated", "index(es):", "[<--]",
    "more information about the",
    "[prev page]", "this message:", "next thread:", "previous thread:", "[ date index ]", "< prev",
  ]

  private static let initials = ByteSet(firstOf: links)

  private static func isLink(_ phrase: Phrase) -> Bool { links.contains { phrase.starts(with: $0) } }

  /// `From:`, `Date:` and `Subject:` among the first lines.
  private mutating func takeFields() -> Bool {
    var last: Int?
    var texts = 0
    for line in page.lines.indices.prefix(80) where !page.lines[line].isBlank {
      page.steps.count += 1
      texts += 1
      guard texts <= 40, let phrase = page.phrase(line) else { break }
      if author != nil, hasDate, !MailPage.isLink(phrase), !MailPage.isField(phrase) { break }
      guard let colon = phrase.utf8.firstIndex(of: 0x3A), colon - phrase.utf8.startIndex <= 12 else {
        continue
      }
      let content = page.utf8[page.lines[line].content]
      guard let split = content.firstIndex(of: 0x3A) else { continue }
      let value = Name.trimmed(content[(split + 1)...])
      switch Array(phrase.utf8[..<colon]) {
      case Array("from".utf8), Array("von".utf8), Array("de".utf8), Array("author".utf8):
        guard author == nil else { continue }
        author = MailPage.name(value)
        last = line
      case Array("date".utf8), Array("datum".utf8), Array("sent".utf8), Array("fecha".utf8):
        guard !hasDate, let found = page.dates.first(in: AlignedFold.of(value)) else { continue }
        (date, hasDate) = (found.timestamp, true)
        last = line
      case Array("subject".utf8), Array("betreff".utf8), Array("sujet".utf8), Array("asunto".utf8),
        Array("objet".utf8):
        title = title ?? Array(value)
        last = line
      case Array("to".utf8), Array("cc".utf8), Array("message-id".utf8), Array("reply-to".utf8),
        Array("in-reply-to".utf8), Array("list-id".utf8):
        if author != nil || hasDate { last = line }
      default: continue
      }
      headLine = headLine ?? line
    }
    guard let last, author != nil, hasDate else {
      (author, date, hasDate, title, headLine) = (nil, nil, false, nil, nil)
      return false
    }
    bodyStart = last + 1
    if title == nil {
      let above = page.lines.indices.prefix(headLine ?? 0).first { line in
        !page.lines[line].isBlank && !page.lines[line].isItem
          && page.phrase(line).map { !MailPage.isLink($0) } ?? false
      }
      title = above.map { Array(Name.trimmed(page.utf8[page.lines[$0].text])) }
    }
    return true
  }

  /// Whether a line begins as a field of a head does.
  private static func isField(_ phrase: Phrase) -> Bool {
    fields.contains { phrase.starts(with: $0) }
  }

  private static let fields: [StaticText] = [
    "from:", "date:", "subject:", "to:", "cc:", "message-id:", "reply-to:", "in-reply-to:", "list-id:",
    "sender:", "newsgroups:", "organization:", "x-", "von:", "datum:", "betreff:", "an:", "de:", "objet:",
    "asunto:",
    "para:", "sent:",
  ]

  /// The subject, the author with his address, the date: a line each.
  private mutating func takeLines() -> Bool {
    var lines: [Int] = []
    for line in page.lines.indices.prefix(60) where !page.lines[line].isBlank {
      lines.append(line)
      if lines.count == 12 { break }
    }
    for (place, line) in lines.enumerated() where page.traits[line].contains(.date) && place >= 1 {
      let name = MailPage.name(page.utf8[page.lines[lines[place - 1]].content])
      guard let name else { continue }
      author = name
      date = page.wholeDate(line)?.timestamp
      headLine = lines[place - 1]
      bodyStart = line + 1
      let above = lines[..<(place - 1)].first { page.phrase($0).map { !MailPage.isLink($0) } ?? true }
      title = above.map { Array(page.utf8[page.lines[$0].content]) }
      return title != nil
    }
    return false
  }

  /// The message's words up to the links below it; what follows `-- ` is its signature.
  private func discussion() -> ParsedDiscussion {
    var text = TextAssembly()
    var signature: Int?
    for line in page.lines.indices.dropFirst(bodyStart) {
      page.steps.count += 1
      if page.lines[line].isBlank {
        text.endParagraph()
        continue
      }
      if let phrase = page.phrase(line) {
        if MailPage.isLink(phrase) {
          if text.isEmpty { continue }
          break
        }
        if phrase.utf8.count >= 3,
          phrase.utf8.allSatisfy({ $0 == 0x2D || $0 == 0x5F || $0 == 0x3D || $0 == 0x2A })
        {
          text.endParagraph()
          continue
        }
        if phrase.is("--") { signature = text.text.utf8.count }
      }
      let item = page.lines[line].isItem && !text.isEmpty
      text.append(page.utf8[page.lines[line].text], isListItem: item)
    }
    var body = text.finish()
    if let signature {
      var start = signature
      while start < body.utf8.count, body.utf8[start] == 0x0A { start += 1 }
      let isFree = body.spans.allSatisfy { $0.bytes.upperBound <= start }
      if start < body.utf8.count, isFree { body.spans.append(RoleSpan(start..<body.utf8.count, .signature)) }
    }
    return ParsedDiscussion(
      title: title ?? [], author: author, date: date, body: body, line: headLine.map { page.number(of: $0) })
  }

  /// The name in `Name <address>`, `address (Name)`, `"Name" address` or `Name name at host.org`; the address
  /// when there is no name. Nil when the words hold neither.
  static func name(_ value: ArraySlice<UInt8>) -> [UInt8]? {
    var rest = Name.trimmed(value)
    guard !rest.isEmpty, rest.count <= 200 else { return nil }
    if let open = rest.firstIndex(of: 0x28), let close = rest.lastIndex(of: 0x29), close > open + 1,
      rest[..<open].contains(0x40) || rest[..<open].firstRange(of: Array(" at ".utf8)) != nil
    {
      return Array(Name.trimmed(rest[(open + 1)..<close]))
    }
    if let angle = rest.firstIndex(of: 0x3C), angle > rest.startIndex {
      rest = Name.trimmed(rest[..<angle])
    } else if let at = rest.firstRange(of: Array(" at ".utf8)) {
      // The word before it is the address's own.
      let before = rest[..<at.lowerBound]
      guard rest[at.upperBound...].contains(0x2E) else { return nil }
      guard let space = before.lastIndex(of: 0x20) else { return Array(rest) }
      rest = Name.trimmed(before[..<space])
    } else if let at = rest.firstIndex(of: 0x40) {
      guard let space = rest[..<at].lastIndex(of: 0x20) else { return Array(rest) }
      rest = Name.trimmed(rest[..<space])
    } else {
      guard Name.isPlausible(rest) else { return nil }
    }
    if rest.first == 0x22, rest.last == 0x22, rest.count > 2 { rest = rest.dropFirst().dropLast() }
    return rest.isEmpty ? nil : Array(rest)
  }
}

import Discussion

/// XenForo: a line with nothing but a no-break space right under each message; its author, if he is there, a
/// paragraph above his title.
enum SpacedForum {
  static func messages(_ page: TextPage) -> [ForumMessage]? {
    let borders = page.lines.indices.filter { line in
      page.lines[line].isBlank && page.lines[line].holdsNoBreakSpace && page.lines[line].indent == 0
        && line > 0
        && !page.lines[line - 1].isBlank
        && (line + 1 == page.lines.count || !page.lines[line + 1].isBlank || opensProfile(line + 1, page))
    }
    page.steps.count += page.lines.count
    guard borders.count > 1 else { return nil }
    var messages: [ForumMessage] = []
    var start = 0
    for border in borders + [page.lines.count] {
      if start < border { messages.append(ForumMessage(lines: start..<border)) }
      start = border + 1
    }
    cutFoot(&messages, page)
    let common = commonLines(messages, page)
    let heads = messages.enumerated().map { index, message in
      Head(message.lines, isFirst: index == 0, page)
    }
    let known = heads.filter { $0?.isKnown ?? false }.count
    let isUsual = heads.compactMap { $0 }.count * 2 >= messages.count && messages.count >= 3
    for (index, head) in heads.enumerated() {
      guard let head, head.isKnown || isUsual && known > 0 || isUsual && index > 0 else { continue }
      messages[index].author = head.author
      messages[index].lines = head.textStart..<messages[index].lines.upperBound
    }
    for index in messages.indices {
      var lines = messages[index].lines
      while let line = lines.first, lines.count > 1,
        page.lines[line].isBlank || common.contains(page.utf8[page.lines[line].text])
          || isLeftover(line, page)
      {
        lines = lines.dropFirst()
      }
      messages[index].lines = lines
    }
    return messages
  }

  /// What follows the last space is the page's foot when one of its lines is known to be, and the words above that
  /// are few.
  private static func cutFoot(_ messages: inout [ForumMessage], _ page: TextPage) {
    guard let last = messages.last, messages.count > 2 else { return }
    guard let foot = last.lines.first(where: { page.traits[$0].contains(.foot) }) else { return }
    let bytes = (last.lines.lowerBound..<foot).reduce(0) { $0 + page.lines[$1].text.count }
    if bytes < 400 {
      messages.removeLast()
    } else {
      messages[messages.count - 1].lines = last.lines.lowerBound..<foot
    }
  }

  /// Short lines that stand at the top of many messages: titles and fields of profiles.
  private static func commonLines(_ messages: [ForumMessage], _ page: TextPage) -> Set<ArraySlice<UInt8>> {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for message in messages {
      var lines: Set<ArraySlice<UInt8>> = []
      for line in message.lines.prefix(12)
      where !page.lines[line].isBlank && page.lines[line].text.count <= 32 {
        lines.insert(page.utf8[page.lines[line].text])
      }
      for line in lines { counts[line, default: 0] += 1 }
    }
    return Set(counts.filter { $0.value >= 3 && $0.value * 4 >= messages.count }.keys)
  }

  /// Reactions to the message above, which stand before the next author.
  private static func isLeftover(_ line: Int, _ page: TextPage) -> Bool {
    !page.traits[line].isDisjoint(with: [.button, .reply])
  }

  /// Whether a blank line, a name and another blank line follow, as between two messages.
  private static func opensProfile(_ line: Int, _ page: TextPage) -> Bool {
    guard line + 2 < page.lines.count, page.lines[line].isBlank, !page.lines[line + 1].isBlank,
      page.lines[line + 2].isBlank
    else { return false }
    return Name.isPlausible(page.utf8[page.lines[line + 1].text])
  }

  /// A name, a blank line, a title and fields, then the words.
  private struct Head {
    var author: [UInt8]
    /// Whether the line under the name is a title that software gives.
    var isKnown: Bool
    var textStart: Int

    init?(_ lines: Range<Int>, isFirst: Bool, _ page: TextPage) {
      var line = lines.lowerBound
      var tries = isFirst ? 30 : 1
      while tries > 0 {
        tries -= 1
        while line < lines.upperBound, page.lines[line].isBlank || SpacedForum.isLeftover(line, page) {
          line += 1
        }
        guard line + 3 < lines.upperBound else { return nil }
        if let head = Head(at: line, lines, page), head.isKnown || !isFirst {
          self = head
          return
        }
        while line < lines.upperBound, !page.lines[line].isBlank { line += 1 }
      }
      return nil
    }

    private init?(at line: Int, _ lines: Range<Int>, _ page: TextPage) {
      let name = Name.trimmed(page.utf8[page.lines[line].text])
      guard page.lines[line + 1].isBlank, page.lines[line].indent < 2, name.count <= 32,
        name.split(separator: 0x20).count <= 3, Name.isPlausible(name), page.traits[line].isEmpty,
        var next = page.textLine(from: line + 1), next + 1 < lines.upperBound
      else { return nil }
      // The name of the avatar stands over the name.
      if page.utf8[page.lines[next].text].elementsEqual(name), page.lines[next + 1].isBlank {
        guard let after = page.textLine(from: next + 1) else { return nil }
        next = after
      }
      guard next + 1 < lines.upperBound, !page.lines[next + 1].isBlank else { return nil }
      let title = Name.trimmed(page.utf8[page.lines[next].text])
      isKnown = page.traits[next].contains(.profile) || page.traits[next + 1].contains(.profile)
      guard isKnown || title.split(separator: 0x20).count <= 3 && title.count <= 32 && Name.isPlausible(title)
      else {
        return nil
      }
      author = Array(name)
      var isValue = false
      next += 1
      while next + 1 < lines.upperBound, !page.lines[next].isBlank {
        let isField = page.phrase(next).map { phrase in Head.fields.contains { phrase.is($0) } } ?? false
        guard isField || page.traits[next].contains(.profile) || isValue && page.lines[next].text.count <= 40
        else {
          break
        }
        isValue = isField
        next += 1
      }
      textStart = next
    }

    /// Fields of a profile whose value stands on the next line.
    private static let fields: [StaticText] = [
      "joined", "messages", "posts", "reaction score", "points", "location", "likes", "registriert",
      "beiträge", "ort",
      "punkte", "reaktionspunkte", "punkte reaktionen",
    ]
  }
}

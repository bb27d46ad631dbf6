import Discussion

/// XenForo, vBulletin and VerticalScope: `#7`, `#7 ·`, `Jul 5, 2024 at 7:30 PM Post #2 of 7` over each message,
/// counting up; what stands right above it without a blank line is the author's profile.
enum SignedForum {
  private struct Border {
    var line: Int
    var number: Int
    var date: Timestamp?
  }

  static func messages(_ page: TextPage) -> [ForumMessage]? {
    var borders: [Border] = []
    for line in page.lines.indices {
      page.steps.count += 1
      guard let phrase = page.phrase(line), let border = border(phrase, line, page),
        border.number > borders.last?.number ?? 0
      else { continue }
      borders.append(border)
    }
    guard borders.count > 1, let first = borders.first else { return nil }
    let profiles = borders.map { profile(above: $0.line, page) }
    var messages: [ForumMessage] = []
    // Without its number the first message stands above the second's.
    let above = 0..<(profiles.first ?? first.line..<first.line).lowerBound
    let hasLostFirst = first.number == 2 && above.contains { page.lines[$0].text.count >= 60 }
    if hasLostFirst { messages.append(ForumMessage(lines: above)) }
    for (index, border) in borders.enumerated() {
      let end = index + 1 < borders.count ? profiles[index + 1].lowerBound : page.lines.count
      var lines = border.line + 1..<max(border.line + 1, end)
      if index + 1 == borders.count { lines = lines.lowerBound..<lastEnd(lines, page) }
      messages.append(ForumMessage(lines: lines, head: profiles[index].lowerBound, date: border.date))
    }
    let authors = authors(profiles, page)
    for (index, author) in zip(messages.indices.suffix(authors.count), authors) {
      messages[index].author = author
    }
    return messages
  }

  /// `#7` with nothing but a date and `Post … of 9` around it.
  private static func border(_ phrase: Phrase, _ line: Int, _ page: TextPage) -> Border? {
    guard phrase.utf8.count <= 60, let hash = phrase.utf8.firstIndex(of: 0x23) else { return nil }
    var end = hash + 1
    while end < phrase.utf8.endIndex, end - hash <= 6, phrase.utf8[end] &- 0x30 < 10 { end += 1 }
    guard end > hash + 1, let number = Int(String(decoding: phrase.utf8[(hash + 1)..<end], as: UTF8.self))
    else {
      return nil
    }
    var rest = Array(phrase.utf8[..<hash])
    for word in [StaticText("post "), "beitrag ", "message ", "mensaje "]
    where rest.suffix(word.utf8.count).elementsEqual(word.utf8) {
      rest.removeLast(word.utf8.count)
    }
    var tail = phrase.utf8[end...]
    if tail.starts(with: " of ".utf8) { tail = tail.dropFirst(4).drop { $0 &- 0x30 < 10 } }
    if tail.starts(with: " von ".utf8) { tail = tail.dropFirst(5).drop { $0 &- 0x30 < 10 } }
    rest += [0x20] + tail
    let words = Phrase(
      folding: rest.filter { $0 != 0xC2 && $0 != 0xB7 && $0 != 0x2C && $0 != 0x7C || $0 == 0x2C })
    if words.utf8.isEmpty || words.is(",") { return Border(line: line, number: number) }
    guard let found = page.dates.whole(words) else { return nil }
    return Border(line: line, number: number, date: found.timestamp)
  }

  /// The short lines right above a number, without a blank line between.
  private static func profile(above line: Int, _ page: TextPage) -> Range<Int> {
    var start = line
    while start > 0, line - start < 10, !page.lines[start - 1].isBlank, page.lines[start - 1].text.count <= 60
    {
      start -= 1
      page.steps.count += 1
      // The profile's own list begins under the name.
      if page.lines[start].isItem, page.lines[start].indent < page.lines[line].indent { break }
    }
    let lines = start..<line
    let isProfile =
      lines.count >= 2
      && lines.dropFirst().contains {
        !page.traits[$0].isDisjoint(with: [.profile, .date]) || isNumber(page.lines[$0].content, page)
      }
    return isProfile ? lines : line..<line
  }

  private static func isNumber(_ range: Range<Int>, _ page: TextPage) -> Bool {
    !range.isEmpty && range.count <= 7 && page.utf8[range].allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2C }
  }

  /// The authors that profiles name: in the paragraph above each, as most pages do it, or in its first line when
  /// that is an item of a list or a title follows.
  private static func authors(_ profiles: [Range<Int>], _ page: TextPage) -> [[UInt8]?] {
    let above = profiles.map { profile -> [UInt8]? in
      guard let first = profile.first, first >= 2, page.lines[first - 1].isBlank, !page.lines[first].isItem,
        first < 3 || page.lines[first - 3].isBlank
      else { return nil }
      return name(first - 2, page)
    }
    let boxes = profiles.filter { !$0.isEmpty }.count
    if boxes > 0, above.compactMap({ $0 }).count * 5 >= boxes * 4 { return above }
    return profiles.map { profile in
      guard let first = profile.first else { return nil }
      let isTitled = profile.dropFirst().first.map { page.traits[$0].contains(.profile) } ?? false
      return page.lines[first].isItem || isTitled ? name(first, page) : nil
    }
  }

  private static func name(_ line: Int, _ page: TextPage) -> [UInt8]? {
    guard page.traits[line].isEmpty else { return nil }
    let name = Name.withoutBadge(Name.trimmed(page.utf8[page.lines[line].content]))
    return Name.isPlausible(name) && name.count <= 40 ? Array(name) : nil
  }

  /// Where the last message ends: at the page's foot, or at a line with nothing but a no-break space.
  private static func lastEnd(_ lines: Range<Int>, _ page: TextPage) -> Int {
    lines.dropFirst().first { line in
      page.traits[line].contains(.foot)
        || page.lines[line].isBlank && page.lines[line].holdsNoBreakSpace
          && !page.lines[line - 1].isBlank
    } ?? lines.upperBound
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
      page.steps.count += 1
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
      var end = index + 1 < borders.count ? borders[index + 1] : page.lines.count
      if index + 1 == borders.count {
        end = (border + 1..<end).first { page.traits[$0].contains(.foot) } ?? end
      }
      messages.append(ForumMessage(lines: (border + 1)..<end))
    }
    return messages
  }
}

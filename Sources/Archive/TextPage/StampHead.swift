import Discussion

/// The lines over (or under) a comment that say who wrote it and when.
struct StampHead {
  /// How a page says it.
  enum Shape: Int, CaseIterable {
    /// `Name says:`
    case byline
    /// A name and a date on one line.
    case nameAndDate
    /// A line with a name, then one with a date.
    case nameThenDate
    /// The words of an avatar, then a name.
    case picture
    /// A date alone.
    case date
  }

  var shape: Shape
  /// The head's lines.
  var lines: Range<Int>
  var indent: Int
  var author: [UInt8]?
  var date: Timestamp?
  var score: Int32?
  /// Whether the date has a time of day or is told from today, as software prints it over comments.
  var hasTime: Bool

  /// All heads of a range of lines, in order.
  /// - Complexity: O(lines).
  static func all(in range: Range<Int>, of page: TextPage) -> [StampHead] {
    var heads: [StampHead] = []
    for line in range {
      page.steps.count += 1
      guard !page.lines[line].isBlank, !page.lines[line].isItem, page.lines[line].text.count <= 160 else {
        continue
      }
      let floor = heads.last?.lines.upperBound ?? range.lowerBound
      if page.traits[line].contains(.date) {
        takeDate(line, floor, &heads, page)
      } else if page.traits[line].isDisjoint(with: [.heading, .form, .closed]), stands(line, floor, page),
        let head = StampHead(line, page)
      {
        heads.append(head)
      }
    }
    takeNamesBelow(&heads, of: page)
    return heads
  }

  /// Names that stand under dates, where nearly all dates have one: `Name (20:21:03) :`, or, where no name stands
  /// over them, a name alone that a blank line follows.
  static func takeNamesBelow(_ heads: inout [StampHead], of page: TextPage) {
    let dated = heads.indices.filter { heads[$0].shape == .date || heads[$0].shape == .nameThenDate }
    let below = dated.map { ($0, NameBelow(heads[$0], of: page)) }
    let timed = below.filter { $0.1?.time != nil }
    let bare = below.filter { $0.1 != nil && heads[$0.0].shape == .date }
    let chosen = timed.count >= 2 && timed.count * 5 >= dated.count * 4 ? timed : bare
    guard chosen.count >= 2, chosen.count * 5 >= dated.count * 4 else { return }
    for (index, below) in chosen {
      guard let below else { continue }
      let end = heads[index].lines.upperBound
      heads[index].author = below.name
      heads[index].shape = .nameThenDate
      heads[index].lines = end - 1..<end + 1
      if let time = below.time, let day = heads[index].date, day.precision == .day {
        let civil = day.civil
        heads[index].date = Timestamp(
          year: civil.year, month: civil.month, day: civil.day, hour: time.hour, minute: time.minute,
          second: time.second)
        heads[index].hasTime = true
      }
    }
  }

  /// A name right under a date.
  private struct NameBelow {
    var name: [UInt8]
    var time: DateTime?

    init?(_ head: StampHead, of page: TextPage) {
      let line = head.lines.upperBound
      guard line < page.lines.count, !page.lines[line].isBlank, !page.lines[line].isItem else { return nil }
      var text = Name.trimmed(page.utf8[page.lines[line].text])
      guard text.count <= 80 else { return nil }
      while let last = text.last, last == 0x3A || last == 0x20 { text = text.dropLast() }
      if text.last == 0x29, let open = text.lastIndex(of: 0x28) {
        let tokens = DateToken.scan(text[open...].dropFirst().dropLast())
        if case (let time?, _) = DateTime.read(tokens, 0) {
          let name = Name.trimmed(text[..<open])
          guard Name.isPlausible(name) else { return nil }
          (self.name, self.time) = (Array(name), time)
          return
        }
      }
      guard line + 1 < page.lines.count, page.lines[line + 1].isBlank, Name.isPlausibleBesideDate(text),
        page.traits[line].isEmpty
      else { return nil }
      name = Array(text)
    }
  }

  /// A date's line belongs to the head above it, or makes one with the name above it, or stands alone.
  private static func takeDate(_ line: Int, _ floor: Int, _ heads: inout [StampHead], _ page: TextPage) {
    let found = page.wholeDate(line)
    let hasTime = found.map { $0.timestamp.map { $0.precision >= .minute } ?? true } ?? false
    if let last = heads.indices.last, heads[last].shape != .date, heads[last].date == nil,
      !heads[last].hasTime,
      (heads[last].lines.upperBound..<line).allSatisfy({ page.lines[$0].isBlank }),
      line - heads[last].lines.upperBound < 3
    {
      heads[last].date = found?.timestamp
      heads[last].hasTime = hasTime
      heads[last].lines = heads[last].lines.lowerBound..<line + 1
      return
    }
    if let name = nameLine(above: line, floor, page) {
      let author = Name.withoutBadge(Name.trimmed(page.utf8[page.lines[name].text]))
      heads.append(
        StampHead(
          shape: .nameThenDate, lines: name..<line + 1, indent: page.lines[name].indent,
          author: Array(author),
          date: found?.timestamp, hasTime: hasTime))
      return
    }
    heads.append(
      StampHead(
        shape: .date, lines: line..<line + 1, indent: page.lines[line].indent, date: found?.timestamp,
        hasTime: hasTime))
  }

  /// The line with a name above a date: a paragraph's first line, at most one blank line and one badge between.
  private static func nameLine(above date: Int, _ floor: Int, _ page: TextPage) -> Int? {
    var line = date - 1
    var passed = 0
    var badges = 0
    while line >= floor, passed < 5 {
      if !page.lines[line].isBlank {
        guard badges == 0, page.phrase(line).map(Name.isBadge) ?? false else { break }
        badges += 1
      }
      passed += 1
      line -= 1
    }
    guard passed <= 2 || badges > 0 else { return nil }
    guard line >= floor, !page.lines[line].isItem, !page.traits[line].isFurniture,
      page.traits[line].isDisjoint(with: [.heading, .profile]), stands(line, floor, page)
    else { return nil }
    let name = Name.withoutBadge(Name.trimmed(page.utf8[page.lines[line].text]))
    return Name.isPlausibleBesideDate(name) ? line : nil
  }

  /// Whether a line begins a paragraph, or follows a button, or is less indented than the line above it.
  private static func stands(_ line: Int, _ floor: Int, _ page: TextPage) -> Bool {
    guard line > floor, line > 0 else { return true }
    if page.lines[line - 1].isBlank { return true }
    return !page.traits[line - 1].isDisjoint(with: [.button, .reply, .foot, .profile])
      || page.lines[line - 1].isItem
  }

  /// A head on one line.
  private init?(_ line: Int, _ page: TextPage) {
    let text = Name.trimmed(page.utf8[page.lines[line].text])
    lines = line..<line + 1
    indent = page.lines[line].indent
    hasTime = false
    if let byline = Byline(text, dates: page.dates), !byline.mayIntroduceQuote || byline.date != nil {
      (shape, author, date) = (.byline, byline.author, byline.date)
      hasTime = byline.date != nil
    } else if let head = HeadLine(text, dates: page.dates) {
      (shape, author, date, score) = (.nameAndDate, head.author, head.date, head.score)
      hasTime = head.hasLead || head.date.map { $0.precision >= .minute } ?? true
    } else if Name.hasPicture(text) {
      let name = Name.withoutBadge(text)
      guard Name.isPlausible(name) else { return nil }
      (shape, author) = (.picture, Array(name))
    } else {
      return nil
    }
  }

  private init(
    shape: Shape, lines: Range<Int>, indent: Int, author: [UInt8]? = nil, date: Timestamp?, hasTime: Bool
  ) {
    self.shape = shape
    self.lines = lines
    self.indent = indent
    self.author = author
    self.date = date
    self.hasTime = hasTime
  }
}

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
  /// Whether the date has a time of day or is told from today, as software prints it over comments.
  var hasTime: Bool

  /// All heads of a range of lines, in order.
  /// - Complexity: O(lines).
  static func all(in range: Range<Int>, of page: TextPage) -> [StampHead] {
    var heads: [StampHead] = []
    for line in range {
      page.steps.count += 1
      guard !page.lines[line].isBlank, !page.lines[line].isItem, page.lines[line].text.count <= 160 else { continue }
      let floor = heads.last?.lines.upperBound ?? range.lowerBound
      if page.traits[line].contains(.date) {
        takeDate(line, floor, &heads, page)
      } else if page.traits[line].isDisjoint(with: [.heading, .form, .closed]), stands(line, floor, page),
        let head = StampHead(line, page)
      {
        heads.append(head)
      }
    }
    return heads
  }

  /// A date's line belongs to the head above it, or makes one with the name above it, or stands alone.
  private static func takeDate(_ line: Int, _ floor: Int, _ heads: inout [StampHead], _ page: TextPage) {
    let found = page.wholeDate(line)
    let hasTime = found.map { $0.timestamp.map { $0.precision >= .minute } ?? true } ?? false
    if let last = heads.indices.last, heads[last].shape != .date, heads[last].date == nil, !heads[last].hasTime,
      (heads[last].lines.upperBound..<line).allSatisfy({ page.lines[$0].isBlank }), line - heads[last].lines.upperBound < 3
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
          shape: .nameThenDate, lines: name..<line + 1, indent: page.lines[name].indent, author: Array(author),
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
    return !page.traits[line - 1].isDisjoint(with: [.button, .reply, .foot, .profile]) || page.lines[line - 1].isItem
  }

  /// A head on one line.
  private init?(_ line: Int, _ page: TextPage) {
    let text = Name.trimmed(page.utf8[page.lines[line].text])
    lines = line..<line + 1
    indent = page.lines[line].indent
    hasTime = false
    if let byline = Byline(text, dates: page.dates), !byline.mayIntroduceQuote || byline.date != nil {
      (shape, author, date) = (.byline, byline.author, byline.date)
      hasTime = byline.date.map { $0.precision >= .minute } ?? false
    } else if let head = HeadLine(text, dates: page.dates) {
      (shape, author, date) = (.nameAndDate, head.author, head.date)
      hasTime = head.date.map { $0.precision >= .minute } ?? true
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

import Discussion

/// Comments without a list: a line or two that say who wrote and when, then the words; or the words first.
enum StampStyle {
  /// Reads the comments between a heading and the end that the page marks; nil when they cannot be told apart.
  static func read(
    _ page: TextPage, from start: Int, after heading: CommentHeading, _ marks: PageMarks
  ) -> [ParsedComment]? {
    let end = end(of: page, from: start, marks)
    guard start < end, heading.declared != 0 else { return nil }
    let isEnded = end < page.lines.count
    if let chosen = choose(StampHead.all(in: start..<end, of: page)) {
      let limit = heading.declared.map { $0 + $0 / 2 + 2 } ?? Int.max
      let isEnough = chosen.count > 1 || heading.isStrong || heading.declared == 1 || isEnded
      let needed = chosen[0].shape == .date ? 2 : 1
      if isEnough, chosen.count >= needed, chosen.count <= limit {
        let comments = comments(chosen, in: start..<end, of: page)
        if !comments.isEmpty { return comments }
      }
    }
    if let parted = betweenButtons(page, start..<end, heading) { return parted }
    guard heading.declared == 1, isEnded else { return nil }
    let only = Block.text(Block.trimmed(start..<end, of: page), of: page)
    guard !only.utf8.isEmpty, let first = page.textLine(from: start) else { return nil }
    return [ParsedComment(text: only, line: page.number(of: first))]
  }

  /// Reads comments that no heading announces: several heads of one shape, with times of day as software prints
  /// them, or over a reply form. A head at the page's top is the post's.
  static func readWithoutHeading(_ page: TextPage, _ marks: PageMarks) -> CommentSection? {
    guard let all = choose(StampHead.all(in: page.lines.indices, of: page)), let shape = all.first?.shape
    else {
      return nil
    }
    let second = all.dropFirst().first ?? all[0]
    let end = marks.end(after: second.lines.lowerBound, page)
    let hasForm = end < page.lines.count
    let chosen = all.filter { $0.lines.upperBound <= end }
    guard let last = chosen.last else { return nil }
    if shape == .date {
      // Without names only times of day speak for comments, and words must follow the last one.
      let below = Block.text(Block.trimmed(last.lines.upperBound..<end, of: page), of: page)
      guard chosen.count >= 3, !below.utf8.isEmpty, hasForm || hasButtons(chosen, end, page) else {
        return nil
      }
    }
    let timed = chosen.filter { $0.hasTime || shape == .byline || shape == .picture }.count
    guard timed * 5 >= chosen.count * 4, chosen.count >= (hasForm ? 2 : 3) else { return nil }
    guard hasForm || hasButtons(chosen, end, page) || isThread(chosen, page) else { return nil }
    var rest = chosen[...]
    var section = CommentSection(bodyEnd: 0, isClosed: false, comments: [])
    if let first = chosen.first, textLines(before: first.lines.lowerBound, page) <= 4 {
      rest = rest.dropFirst()
      section.author = first.author
      section.date = first.date
      section.bodyStart = first.lines.upperBound
      section.title = ForumStyle.title(of: page, before: first.lines.lowerBound)
      section.hasTitle = section.title == nil
    }
    guard let start = rest.first?.lines.lowerBound else { return nil }
    section.bodyEnd = max(start, section.bodyStart)
    section.comments = comments(Array(rest), in: start..<end, of: page)
    return section.comments.isEmpty ? nil : section
  }

  /// The end of what a heading opens: a form, a line that says closed, or the next heading.
  private static func end(of page: TextPage, from start: Int, _ marks: PageMarks) -> Int {
    let end = marks.end(after: start - 1, page)
    let next = marks.headings.first { $0.line > start && $0.heading.isStrong }?.line ?? page.lines.count
    return min(end, next)
  }

  /// The heads of the shape that most of the comments have. Dates alone part comments only where nothing names
  /// an author; beside names they count where the author is lost.
  private static func choose(_ heads: [StampHead]) -> [StampHead]? {
    var best: (shape: StampHead.Shape, count: Int)?
    for shape in StampHead.Shape.allCases {
      let count = heads.filter { $0.shape == shape }.count
      if count > (best?.count ?? 0), shape != .date || best == nil { best = (shape, count) }
    }
    guard let best else { return nil }
    let lost = heads.filter { $0.shape == .date }.count
    if best.shape == .nameThenDate, lost * 3 > best.count * 2 {
      // Where many dates have no name above them, short lines above the others are words.
      return heads.filter { $0.shape == .date || $0.shape == .nameThenDate }.map { head in
        var head = head
        if head.shape == .nameThenDate { head.lines = head.lines.upperBound - 1..<head.lines.upperBound }
        (head.shape, head.author) = (.date, nil)
        return head
      }
    }
    let chosen = heads.filter {
      $0.shape == best.shape || best.shape == .nameThenDate && $0.shape == .date && $0.hasTime
    }
    return chosen.isEmpty ? nil : chosen
  }

  /// The comments that heads part, with the words under each head or over it.
  private static func comments(_ heads: [StampHead], in range: Range<Int>, of page: TextPage)
    -> [ParsedComment]
  {
    guard let first = heads.first, let last = heads.last else { return [] }
    let above = Block.text(range.lowerBound..<first.lines.lowerBound, of: page)
    let below = Block.text(Block.trimmed(last.lines.upperBound..<range.upperBound, of: page), of: page)
    let mayTrail = first.shape == .nameAndDate || first.shape == .date
    if mayTrail, !above.utf8.isEmpty, below.utf8.isEmpty { return trailing(heads, in: range, of: page) }
    var comments: [ParsedComment] = []
    var lastBy: [[UInt8]: Int] = [:]
    var open: [(indent: Int, comment: Int)] = []
    for (index, head) in heads.enumerated() {
      let next = index + 1 < heads.count ? heads[index + 1] : nil
      var end = next?.lines.lowerBound ?? range.upperBound
      if next == nil { end = cutFoot(head.lines.upperBound..<end, page) }
      var lines = Block.trimmed(head.lines.upperBound..<end, of: page, before: next?.author)
      var date = head.date
      // `Name says:`, words, date.
      if date == nil, !head.hasTime, let tail = page.textLine(before: lines.upperBound),
        tail > lines.lowerBound,
        let found = page.wholeDate(tail)
      {
        date = found.timestamp
        lines = lines.lowerBound..<tail
      }
      let votes = takeVotes(&lines, of: page)
      let addressee = takeAddressee(&lines, of: page)
      let text = Block.text(lines, of: page)
      while let last = open.last, last.indent >= head.indent { open.removeLast() }
      guard !text.utf8.isEmpty else { continue }
      let answered = open.last?.comment ?? addressee.flatMap { lastBy[$0] }
      open.append((head.indent, comments.count))
      if let author = head.author { lastBy[author] = comments.count }
      comments.append(
        ParsedComment(
          parent: answered.map { .comment($0) } ?? .post, author: head.author, date: date,
          score: head.score ?? votes, text: text,
          line: page.number(of: head.lines.lowerBound)))
    }
    return comments
  }

  /// A bare number as the last line over a reply button counts votes.
  private static func takeVotes(_ lines: inout Range<Int>, of page: TextPage) -> Int32? {
    guard let last = lines.last, lines.count > 1, lines.upperBound < page.lines.count,
      page.lines[last].indent < 2,
      let button = page.textLine(from: lines.upperBound), button - last <= 3,
      page.traits[button].contains(.reply)
    else { return nil }
    let text = page.utf8[page.lines[last].text]
    let digits = text.first == 0x2D || text.first == 0x2B ? text.dropFirst() : text
    guard (1...5).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }),
      let votes = Int32(String(decoding: text, as: UTF8.self))
    else { return nil }
    lines = lines.lowerBound..<last
    return votes
  }

  /// `Reply to` and a name over the words say whom the comment answers.
  private static func takeAddressee(_ lines: inout Range<Int>, of page: TextPage) -> [UInt8]? {
    guard let first = lines.first(where: { !page.lines[$0].isBlank }), let phrase = page.phrase(first) else {
      return nil
    }
    guard let lead = replies.first(where: { phrase.starts(with: $0) }) else { return nil }
    var text = Name.trimmed(page.utf8[page.lines[first].text].dropFirst(lead.utf8.count))
    var next = first + 1
    if text.isEmpty {
      guard let line = page.textLine(from: next), line < lines.upperBound else { return nil }
      text = Name.trimmed(page.utf8[page.lines[line].text])
      next = line + 1
    }
    guard Name.isPlausible(text), next < lines.upperBound else { return nil }
    lines = next..<lines.upperBound
    return Array(text)
  }

  private static let replies: [StaticText] = [
    "reply to", "in reply to", "replying to", "antwort an", "antwort auf", "als antwort auf", "en réponse à",
    "réponse à", "responder a", "en respuesta a", "respuesta a", "in risposta a", "em resposta a",
  ]

  /// The words stand over each head.
  private static func trailing(_ heads: [StampHead], in range: Range<Int>, of page: TextPage)
    -> [ParsedComment]
  {
    var start = range.lowerBound
    return heads.compactMap { head in
      let lines = start..<head.lines.lowerBound
      start = head.lines.upperBound
      let text = Block.text(lines, of: page)
      guard !text.utf8.isEmpty, let first = page.textLine(from: lines.lowerBound) else { return nil }
      return ParsedComment(author: head.author, date: head.date, text: text, line: page.number(of: first))
    }
  }

  /// Comments with nothing between them but a button such as `Reply`, and nothing that names an author.
  private static func betweenButtons(
    _ page: TextPage, _ range: Range<Int>, _ heading: CommentHeading
  ) -> [ParsedComment]? {
    var comments: [ParsedComment] = []
    var start = range.lowerBound
    var buttons = 0
    for line in range where page.traits[line].contains(.reply) {
      page.steps.count += 1
      let text = Block.text(start..<line, of: page)
      if let first = page.textLine(from: start), !text.utf8.isEmpty {
        comments.append(ParsedComment(text: text, line: page.number(of: first)))
        buttons += 1
      }
      start = line + 1
    }
    guard buttons >= 2 || heading.declared == buttons, buttons > 0 else { return nil }
    return heading.declared.map { comments.count <= $0 + $0 / 2 + 1 } ?? true ? comments : nil
  }

  /// Where the last comment ends before the page's foot: at a line of it, or where two blank lines and more part
  /// what follows.
  private static func cutFoot(_ lines: Range<Int>, _ page: TextPage) -> Int {
    lines.first { !page.traits[$0].isDisjoint(with: [.foot, .form, .closed, .heading]) } ?? lines.upperBound
  }

  /// Whether buttons such as `Reply` stand in half of the blocks.
  private static func hasButtons(_ heads: [StampHead], _ end: Int, _ page: TextPage) -> Bool {
    guard let first = heads.first else { return false }
    let buttons = (first.lines.lowerBound..<end).filter { page.traits[$0].contains(.reply) }.count
    return buttons * 2 >= heads.count
  }

  /// Whether the heads look like those of a thread: several, and some author writes twice, or most have a time.
  private static func isThread(_ heads: [StampHead], _ page: TextPage) -> Bool {
    let authors = heads.compactMap(\.author)
    return heads.count >= 3 && authors.count * 3 >= heads.count * 2
      && heads.filter(\.hasTime).count * 3 >= heads.count * 2
  }

  private static func textLines(before line: Int, _ page: TextPage) -> Int {
    page.lines.indices.prefix(min(line, 64)).filter { !page.lines[$0].isBlank }.count + max(0, line - 64)
  }
}

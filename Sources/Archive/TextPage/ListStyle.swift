import Discussion

/// Comments as items of a list, `1. ` or `• `, replies as items of lists inside.
struct ListStyle {
  private let page: TextPage
  private var items: [ListItem] = []
  /// Indices of the items that the current line lies in, outermost first.
  private var open: [Int] = []
  private var base: (indent: Int, marker: ListMarker)?
  private var isInForm = false
  /// Whether what follows are links from other pages, as a heading of their own says.
  private var isInPingbacks = false
  /// Unindented lines before this one belong to a comment, as the list goes on behind them.
  private var resumesAt = 0

  private init(_ page: TextPage) { self.page = page }

  /// Reads the list that begins within a few lines of a heading; nil when none does.
  static func read(_ page: TextPage, from start: Int, _ marks: PageMarks) -> [ParsedComment]? {
    let page = indented(page, from: start)
    guard let first = firstItem(page, from: start) else { return nil }
    var style = ListStyle(page)
    style.take(from: first)
    let comments = ListItem.comments(style.items, of: page)
    return comments.isEmpty ? nil : comments
  }

  /// Reads a list that no heading announces, when its items begin as comments do: with a byline, or a name
  /// and a date.
  static func readWithoutHeading(_ page: TextPage, _ marks: PageMarks) -> CommentSection? {
    var first: Int?
    var count = 0
    for line in page.lines.indices where page.lines[line].isItem {
      page.steps.count += 1
      guard ListItem.hasHead(line, of: page) else { continue }
      first = first ?? line
      count += 1
      if count >= 3 { break }
    }
    let needed = marks.form != nil || marks.closedLine != nil ? 2 : 3
    guard let first, count >= needed else { return nil }
    // The list may begin with items whose author is lost.
    var start = first
    var line = first - 1
    while line >= 0, page.lines[line].isBlank || page.lines[line].indent >= 2 {
      page.steps.count += 1
      if page.lines[line].isItem { start = line }
      line -= 1
    }
    var style = ListStyle(page)
    style.take(from: start)
    let comments = ListItem.comments(style.items, of: page)
    let named = comments.filter { $0.author != nil }.count
    guard comments.count >= 2, named * 2 >= comments.count else { return nil }
    return CommentSection(bodyEnd: start, declared: nil, isClosed: false, comments: comments)
  }

  /// The page with a list that was saved flush left, or one space in, moved to where extractors put lists:
  /// its items and everything that is indented under them.
  private static func indented(_ page: TextPage, from start: Int) -> TextPage {
    guard let first = page.textLine(from: start), page.lines[first].marker == .number(1),
      page.lines[first].indent < 2
    else { return page }
    var moved = page
    for line in page.lines.indices.dropFirst(first)
    where page.lines[line].marker != nil || page.lines[line].indent > 0 {
      moved.lines[line].indent += 2
    }
    page.steps.count += page.lines.count - first
    return moved
  }

  /// The first item of a list, when no more than six lines of text stand before it.
  private static func firstItem(_ page: TextPage, from start: Int) -> Int? {
    var passed = 0
    var line = start
    while let next = page.textLine(from: line) {
      if page.lines[next].isItem { return next }
      passed += 1
      if passed > 6 { return nil }
      line = next + 1
    }
    return nil
  }

  /// Takes lines until the list is over.
  private mutating func take(from first: Int) {
    for line in page.lines.indices.dropFirst(first) {
      page.steps.count += 1
      let current = page.lines[line]
      if current.isBlank {
        append(.blank)
      } else if current.isItem, let marker = current.marker {
        guard takeItem(line, marker) else { return }
      } else if current.indent < 2 {
        guard takeOutside(line) else { return }
      } else {
        takeInside(line)
      }
    }
  }

  /// An item begins: a comment, a reply, or an item of a list that a comment holds. False ends it all.
  private mutating func takeItem(_ line: Int, _ marker: ListMarker) -> Bool {
    let indent = page.lines[line].indent
    // Buttons in a list of their own under each comment.
    if !page.traits[line].isDisjoint(with: [.button, .reply]) { return true }
    guard let base else {
      base = (indent, marker)
      begin(line, indent)
      return true
    }
    if indent < base.indent {
      // The list began with replies whose parent the page has lost.
      self.base = (indent, marker)
      isInForm = false
      begin(line, indent)
      return true
    }
    if indent == base.indent {
      switch (base.marker, marker) {
      case (.bullet, .bullet): break
      case (.number(let last), .number(let next)) where next > last: break
      default: return false
      }
      self.base?.marker = marker
      isInForm = false
      begin(line, indent)
      return true
    }
    if isInForm { return true }
    if isListInside(line, indent) {
      close(to: indent)
      append(.line(line, isListItem: true))
    } else {
      begin(line, indent)
    }
    return true
  }

  /// A line that is not indented: furniture, words of a comment that lost their indentation, or the end.
  private mutating func takeOutside(_ line: Int) -> Bool {
    let traits = page.traits[line]
    if traits.contains(.closed) { return false }
    if !traits.isDisjoint(with: [.button, .reply, .heading]) { return true }
    if let phrase = page.phrase(line), ListStyle.isPingbackHeading(phrase) {
      (isInPingbacks, base, open) = (true, nil, [])
      return true
    }
    if line < resumesAt || goesOn(after: line) {
      if !isInForm { append(.line(line, isListItem: false)) }
      return true
    }
    return false
  }

  /// Whether the numbers of the list go on soon after an unindented line.
  private mutating func goesOn(after line: Int) -> Bool {
    guard case .number(let last) = base?.marker, let indent = base?.indent, !page.traits[line].isFurniture
    else {
      return false
    }
    for next in page.lines.indices.dropFirst(line + 1).prefix(48) {
      page.steps.count += 1
      if page.traits[next].contains(.closed) || page.traits[next].contains(.form) { return false }
      guard page.lines[next].isItem, page.lines[next].indent == indent,
        case .number(let number) = page.lines[next].marker
      else { continue }
      guard number > last, number <= last + 6 else { return false }
      resumesAt = next
      return true
    }
    return false
  }

  /// An indented line without a marker.
  private mutating func takeInside(_ line: Int) {
    let traits = page.traits[line]
    if traits.contains(.form) { isInForm = true }
    if !traits.isDisjoint(with: [.button, .reply]) { return }
    if isInForm { return }
    close(to: page.lines[line].indent)
    append(.line(line, isListItem: false))
  }

  /// Whether an indented item belongs to a list that somebody wrote: its text goes on above it or its next
  /// sibling follows without a blank line, or the paragraphs of the comment around it go on below. Replies
  /// have blank lines or buttons around them and come after all their parent's words.
  private func isListInside(_ line: Int, _ indent: Int) -> Bool {
    if ListItem.hasHead(line, of: page) { return false }
    if case .bullet = base?.marker, case .number = page.lines[line].marker { return true }
    if line > 0, !page.lines[line - 1].isBlank, page.traits[line - 1].isDisjoint(with: [.button, .reply]) {
      return true
    }
    var isTight = true
    for next in page.lines.indices.dropFirst(line + 1).prefix(64) {
      page.steps.count += 1
      let other = page.lines[next]
      if other.isBlank {
        isTight = false
        continue
      }
      guard other.indent == indent else { return false }
      if other.isItem { return isTight && !ListItem.hasHead(next, of: page) }
      return page.traits[next].isDisjoint(with: [.button, .reply, .form])
    }
    return false
  }

  private mutating func begin(_ line: Int, _ indent: Int) {
    close(to: indent)
    items.append(ListItem(line: line, indent: indent, parent: open.last, isPingback: isInPingbacks))
    open.append(items.count - 1)
    append(.line(line, isListItem: false))
  }

  /// Leaves the items that are not around a line of this indentation.
  private mutating func close(to indent: Int) {
    while let last = open.last, items[last].indent >= indent { open.removeLast() }
  }

  private mutating func append(_ piece: ListItem.Piece) {
    guard let last = open.last else { return }
    items[last].pieces.append(piece)
  }

  /// `Trackbacks/Pingbacks` over a list of their own.
  static func isPingbackHeading(_ phrase: Phrase) -> Bool {
    let words = phrase.utf8.split { $0 == 0x20 || $0 == 0x2F || $0 == 0x26 || $0 == 0x3A }
    guard (1...4).contains(words.count), phrase.utf8.count <= 40 else { return false }
    var isNamed = false
    for word in words {
      if word.allSatisfy({ $0 &- 0x30 < 10 }) { continue }
      guard let known = pingbackWords[Array(word)] else { return false }
      if known { isNamed = true }
    }
    return isNamed
  }

  private static let pingbackWords: [[UInt8]: Bool] = [
    Array("pingbacks".utf8): true, Array("trackbacks".utf8): true, Array("pings".utf8): true,
    Array("pingback".utf8): true, Array("trackback".utf8): true, Array("and".utf8): false,
    Array("und".utf8): false,
    Array("et".utf8): false, Array("y".utf8): false,
  ]
}

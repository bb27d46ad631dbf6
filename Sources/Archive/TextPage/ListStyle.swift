import Discussion

/// Comments as items of a list, `1. ` or `• `, replies as items of lists inside.
struct ListStyle {
  private let page: TextPage
  private var items: [ListItem] = []
  /// Indices of the items that the current line lies in, outermost first.
  private var open: [Int] = []
  private var base: (indent: Int, marker: ListMarker)?
  private var isInForm = false

  private init(_ page: TextPage) { self.page = page }

  /// Reads the list that begins within a few lines of a heading; nil when none does.
  static func read(_ page: TextPage, from start: Int, after heading: CommentHeading) -> [ParsedComment]? {
    let page = indented(page, from: start)
    guard let first = firstItem(page, from: start) else { return nil }
    var style = ListStyle(page)
    style.take(from: first)
    let comments = ListItem.comments(style.items, of: page)
    return comments.isEmpty ? nil : comments
  }

  /// The page with a list that was saved flush left, or one space in, moved to where extractors put lists:
  /// its items and everything that is indented under them.
  private static func indented(_ page: TextPage, from start: Int) -> TextPage {
    guard let first = page.lines.indices.dropFirst(start).first(where: { !page.lines[$0].isBlank }),
      page.lines[first].marker == .number(1), page.lines[first].indent < 2
    else { return page }
    var moved = page
    for line in page.lines.indices.dropFirst(first)
    where page.lines[line].marker != nil || page.lines[line].indent > 0 {
      moved.lines[line].indent += 2
    }
    return moved
  }

  /// The first item of a list, when no more than six lines of text stand before it.
  private static func firstItem(_ page: TextPage, from start: Int) -> Int? {
    var passed = 0
    for line in page.lines.indices.dropFirst(start) where !page.lines[line].isBlank {
      if page.lines[line].isItem { return line }
      passed += 1
      if passed > 6 { return nil }
    }
    return nil
  }

  /// Takes lines until the list is over.
  private mutating func take(from first: Int) {
    for line in page.lines.indices.dropFirst(first) {
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

  /// A line that is not indented: furniture, or the end.
  private mutating func takeOutside(_ line: Int) -> Bool {
    guard let phrase = page.phrase(line) else { return false }
    if Furniture.closed.matches(phrase) { return false }
    if Furniture.button.matches(phrase) || CommentHeading(phrase) != nil { return true }
    return false
  }

  /// An indented line without a marker.
  private mutating func takeInside(_ line: Int) {
    if let phrase = page.phrase(line) {
      if Furniture.form.matches(phrase) { isInForm = true }
      if Furniture.button.matches(phrase) { return }
    }
    if isInForm { return }
    close(to: page.lines[line].indent)
    append(.line(line, isListItem: false))
  }

  /// Whether an indented item belongs to a list that somebody wrote: its text goes on above it or its next
  /// sibling follows without a blank line, or the paragraphs of the comment around it go on below. Replies
  /// have blank lines around them and come after all their parent's words.
  private func isListInside(_ line: Int, _ indent: Int) -> Bool {
    if line > 0, !page.lines[line - 1].isBlank { return true }
    var isTight = true
    for next in page.lines.indices.dropFirst(line + 1).prefix(64) {
      let other = page.lines[next]
      if other.isBlank {
        isTight = false
        continue
      }
      guard other.indent == indent else { return false }
      if other.isItem { return isTight }
      return page.phrase(next).map { !Furniture.button.matches($0) && !Furniture.form.matches($0) } ?? true
    }
    return false
  }

  private mutating func begin(_ line: Int, _ indent: Int) {
    close(to: indent)
    items.append(ListItem(line: line, indent: indent, parent: open.last))
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
}

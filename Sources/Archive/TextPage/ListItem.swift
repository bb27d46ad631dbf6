import Discussion

/// One item of a list of comments before it is known who wrote it.
struct ListItem {
  /// A line of the item or a blank between.
  enum Piece {
    case blank
    case line(Int, isListItem: Bool)
  }

  /// Index of the first line.
  var line: Int
  /// Spaces in front of the marker.
  var indent: Int
  /// Index of the item it lies in.
  var parent: Int?
  /// Whether a heading of their own says that it is a link from another page.
  var isPingback = false
  /// Its lines in order, those of items inside it left out.
  var pieces: [Piece] = []

  /// The comments that items are, empty ones left out.
  static func comments(_ items: [ListItem], of page: TextPage) -> [ParsedComment] {
    var items = items
    var heads = items.map { ItemHead($0, of: page) }
    if mergeListsInside(&items, heads) { heads = items.map { ItemHead($0, of: page) } }
    page.steps.count += items.count
    let named = heads.filter { $0.author == nil && !$0.isPingback }
    let alone = named.filter { $0.nameAlone != nil }
    let namesStandAlone = alone.count >= 3 && alone.count * 5 >= named.count * 4
    takeTails(items, &heads, of: page)
    var comments: [ParsedComment] = []
    var place: [Int?] = []
    for (item, head) in zip(items, heads) {
      let comment = head.comment(of: item, page, namesStandAlone: namesStandAlone)
      let parent = item.parent.flatMap { place[$0] }
      guard var comment else {
        place.append(parent)
        continue
      }
      comment.parent = parent.map { .comment($0) } ?? .post
      place.append(comments.count)
      comments.append(comment)
    }
    return comments
  }

  /// Where nearly every item has a name, an item inside another that has none belongs to a list which somebody
  /// wrote: its lines go to the comment around it.
  private static func mergeListsInside(_ items: inout [ListItem], _ heads: [ItemHead]) -> Bool {
    let named = heads.filter { $0.author != nil || $0.nameAlone != nil || $0.isPingback }.count
    guard items.count >= 8, named < items.count, named * 10 >= items.count * 9 else { return false }
    var isMerged = false
    for index in items.indices {
      guard let parent = items[index].parent, heads[index].author == nil, heads[index].nameAlone == nil,
        !heads[index].isPingback
      else { continue }
      var lines: [(Int, Bool)] = []
      for piece in items[parent].pieces + items[index].pieces {
        if case .line(let line, let isListItem) = piece {
          lines.append((line, isListItem || line == items[index].line))
        }
      }
      lines.sort { $0.0 < $1.0 }
      items[parent].pieces = []
      for (place, line) in lines.enumerated() {
        if place > 0, line.0 > lines[place - 1].0 + 1 { items[parent].pieces.append(.blank) }
        items[parent].pieces.append(.line(line.0, isListItem: line.1))
      }
      items[index].pieces = []
      isMerged = true
    }
    return isMerged
  }

  /// A date, or a name and a date, as the last line of most items says when they were written.
  private static func takeTails(_ items: [ListItem], _ heads: inout [ItemHead], of page: TextPage) {
    let open = heads.indices.filter {
      heads[$0].date == nil && !heads[$0].isPingback && !heads[$0].hasDateLine
    }
    let tails = open.map { ($0, ItemTail(items[$0], of: page)) }
    let found = tails.filter { $0.1 != nil }
    guard found.count >= 2, found.count * 5 >= open.count * 3 else { return }
    for (index, tail) in found { heads[index].tail = tail }
  }

  /// Whether an item begins as only comments do: with a byline, with the words of an avatar, or with a name
  /// and a date on one line or two.
  static func hasHead(_ line: Int, of page: TextPage) -> Bool {
    let content = page.lines[line].content
    guard !content.isEmpty, content.count <= 120 else { return false }
    let text = page.utf8[content]
    if Name.hasPicture(text) { return true }
    if let byline = Byline(text, dates: page.dates), !byline.mayIntroduceQuote || byline.date != nil {
      return true
    }
    if HeadLine(text, dates: page.dates) != nil { return true }
    guard Name.isPlausibleBesideDate(Name.withoutBadge(Name.trimmed(text))) else { return false }
    for next in page.lines.indices.dropFirst(line + 1).prefix(2) {
      if page.lines[next].isItem { return false }
      if page.traits[next].contains(.date) { return true }
      guard let phrase = page.phrase(next), Name.isBadge(phrase) else { return false }
    }
    return false
  }
}

/// A last line that says who wrote an item and when.
struct ItemTail {
  var author: [UInt8]?
  var date: Timestamp?
  /// The piece that it is.
  var piece: Int

  init?(_ item: ListItem, of page: TextPage) {
    guard let index = item.pieces.lastIndex(where: { if case .line = $0 { true } else { false } }), index > 0,
      case .line(let line, isListItem: false) = item.pieces[index]
    else { return nil }
    piece = index
    if let found = page.wholeDate(line) {
      date = found.timestamp
    } else if let head = HeadLine(page.utf8[page.lines[line].text], dates: page.dates) {
      (author, date) = (head.author, head.date)
    } else {
      return nil
    }
  }
}

/// What the first lines of an item say about it.
struct ItemHead {
  /// The author as a byline or a line with a date after it names him.
  var author: [UInt8]?
  /// When it was written.
  var date: Timestamp?
  /// Whether a line of the head is a date, even one that does not say which.
  var hasDateLine = false
  /// Whether the item is a link from another page.
  var isPingback = false
  /// A short line on its own at the top, which is a name if most items of the page have one.
  var nameAlone: [UInt8]?
  /// What the item's last line says.
  var tail: ItemTail?
  /// A piece inside the words that names author and date.
  private var inner: Int?
  /// How many pieces belong to the head.
  private var headPieces = 0
  private var nameAlonePieces = 0

  init(_ item: ListItem, of page: TextPage) {
    guard let first = ItemHead.textLine(item, 0),
      let content = ItemHead.content(page, first.line, first.index == 0)
    else { return }
    let next = first.index + 1
    let phrase = Phrase(folding: page.utf8[content].prefix(Phrase.limit))
    if item.isPingback || ItemHead.pingbacks.contains(where: { phrase.starts(with: $0) }) {
      isPingback = true
      return
    }
    let text = Name.trimmed(page.utf8[content])
    if let byline = Byline(text, dates: page.dates) {
      (author, date, headPieces) = (byline.author, byline.date, next)
      takeDates(item, page)
      return
    }
    if let head = HeadLine(text, dates: page.dates), ItemHead.textLine(item, next) != nil {
      (author, date, headPieces, hasDateLine) = (head.author, head.date, next, true)
      takeDates(item, page)
      return
    }
    if page.lines[first.line].content == content, page.traits[first.line].contains(.date) {
      headPieces = first.index
      takeDates(item, page)
      return
    }
    if let second = ItemHead.textLine(item, next), second.index <= next + 1, text.count <= 80,
      let head = HeadLine(Name.trimmed(page.utf8[page.lines[second.line].text]), dates: page.dates),
      ItemHead.textLine(item, second.index + 1) != nil
    {
      // A title of the comment stands over its name and date: it stays with the words.
      (author, date, hasDateLine, inner) = (head.author, head.date, true, second.index)
      return
    }
    let name = Name.withoutBadge(text)
    if Name.hasPicture(text), Name.isPlausible(name) {
      (author, headPieces) = (Array(name), next)
      takeDates(item, page)
      return
    }
    guard Name.isPlausible(name) else { return }
    takeName(Array(name), item, next, page)
  }

  /// A line that could be a name: it is one when a date follows, badges between.
  private mutating func takeName(_ name: [UInt8], _ item: ListItem, _ next: Int, _ page: TextPage) {
    if let line = ItemHead.textLine(item, next), page.traits[line.line].contains(.date) {
      (author, headPieces) = (name, line.index)
      takeDates(item, page)
      return
    }
    if next < item.pieces.count, case .blank = item.pieces[next], ItemHead.textLine(item, next) != nil,
      !ItemHead.isGreeting(name)
    {
      (nameAlone, nameAlonePieces) = (name, next)
    }
  }

  /// Takes the date lines that follow the name.
  private mutating func takeDates(_ item: ListItem, _ page: TextPage) {
    while let line = ItemHead.textLine(item, headPieces), let found = page.wholeDate(line.line) {
      date = date ?? found.timestamp
      headPieces = line.index + 1
      hasDateLine = true
    }
  }

  /// The comment, without its parent; nil when no words and no name are left.
  func comment(of item: ListItem, _ page: TextPage, namesStandAlone: Bool) -> ParsedComment? {
    var skip = headPieces
    var name = author
    if namesStandAlone, author == nil, let nameAlone {
      (name, skip) = (nameAlone, max(headPieces, nameAlonePieces))
    }
    var text = TextAssembly()
    for (index, piece) in item.pieces.enumerated().dropFirst(skip) {
      switch piece {
      case .blank: text.endParagraph()
      case .line(let line, let isListItem):
        if index == tail?.piece || index == inner { continue }
        let range = index == 0 ? page.lines[line].content : page.lines[line].text
        text.append(page.utf8[range], isListItem: isListItem)
      }
    }
    let words = text.finish()
    if words.utf8.isEmpty, name == nil { return nil }
    return ParsedComment(
      kind: isPingback ? .pingback : .comment, author: name ?? tail?.author, date: date ?? tail?.date,
      text: words,
      line: page.number(of: item.line))
  }

  /// The first line of text at or after a piece.
  private static func textLine(_ item: ListItem, _ start: Int) -> (index: Int, line: Int)? {
    var index = start
    while index < item.pieces.count {
      if case .line(let line, _) = item.pieces[index] { return (index, line) }
      index += 1
    }
    return nil
  }

  private static func content(_ page: TextPage, _ line: Int, _ isFirst: Bool) -> Range<Int>? {
    let range = isFirst ? page.lines[line].content : page.lines[line].text
    return range.isEmpty ? nil : range
  }

  private static let pingbacks: [StaticText] = [
    "pingback:", "trackback:", "pingback ", "trackback von", "trackback from ", "ping :", "rétrolien",
    "pingback :",
    "[pingback]", "[trackback]",
  ]

  /// Whether a short line greets somebody rather than names its author.
  private static func isGreeting(_ name: [UInt8]) -> Bool {
    let words = AlignedFold.of(name[...]).split(separator: 0x20)
    guard let first = words.first else { return false }
    return greetings.contains(Array(first)) || first.elementsEqual([0x40])
  }

  private static let greetings: Set<[UInt8]> = Set(
    """
    hi hello hey dear hallo liebe lieber liebes moin servus danke thanks thank bonjour bonsoir salut merci cher chère \
    hola gracias querido querida estimado ciao grazie olá obrigado oi re: great nice wow yes no ja nein ok super
    """.split(separator: " ").map { Array($0.utf8) })
}

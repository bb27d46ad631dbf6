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
  /// Its lines in order, those of items inside it left out.
  var pieces: [Piece] = []

  /// The comments that items are, empty ones left out.
  static func comments(_ items: [ListItem], of page: TextPage) -> [ParsedComment] {
    let heads = items.map { ItemHead($0, of: page) }
    let named = heads.filter { $0.author == nil && !$0.isPingback }
    let alone = named.filter { $0.nameAlone != nil }
    let namesStandAlone = alone.count >= 3 && alone.count * 5 >= named.count * 4
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
}

/// What the first lines of an item say about it.
struct ItemHead {
  /// The author as a byline or a line with a date after it names him.
  var author: [UInt8]?
  /// When it was written.
  var date: Timestamp?
  /// Whether the item is a link from another page.
  var isPingback = false
  /// A short line on its own at the top, which is a name if most items of the page have one.
  var nameAlone: [UInt8]?
  /// How many pieces belong to the head.
  private var headPieces = 0
  private var nameAlonePieces = 0

  init(_ item: ListItem, of page: TextPage) {
    guard let first = ItemHead.textLine(item, 0),
      let content = ItemHead.content(page, first.line, first.index == 0)
    else { return }
    let next = first.index + 1
    let phrase = Phrase(folding: page.utf8[content].prefix(Phrase.limit))
    if [StaticText("pingback:"), "trackback:", "pingback ", "trackback von"].contains(where: {
      phrase.starts(with: $0)
    }) {
      isPingback = true
      return
    }
    if let byline = Byline(page.utf8[content], dates: page.dates) {
      (author, date, headPieces) = (byline.author, byline.date, next)
      takeDates(item, page)
      return
    }
    let name = Name.trimmed(page.utf8[content])
    guard Name.isPlausible(name) else { return }
    if let second = ItemHead.textLine(item, next), page.wholeDate(second.line) != nil {
      (author, headPieces) = (Array(name), next)
      takeDates(item, page)
      return
    }
    if next < item.pieces.count, case .blank = item.pieces[next], ItemHead.textLine(item, next) != nil {
      (nameAlone, nameAlonePieces) = (Array(name), next)
    }
  }

  /// Takes the date lines that follow the name.
  private mutating func takeDates(_ item: ListItem, _ page: TextPage) {
    while let line = ItemHead.textLine(item, headPieces), let found = page.wholeDate(line.line) {
      date = date ?? found.timestamp
      headPieces = line.index + 1
    }
  }

  /// The comment, without its parent; nil when no words and no name are left.
  func comment(of item: ListItem, _ page: TextPage, namesStandAlone: Bool) -> ParsedComment? {
    var skip = headPieces
    var name = author
    if namesStandAlone, let nameAlone {
      (name, skip) = (nameAlone, nameAlonePieces)
    }
    var text = TextAssembly()
    for (index, piece) in item.pieces.enumerated().dropFirst(skip) {
      switch piece {
      case .blank: text.endParagraph()
      case .line(let line, let isListItem):
        let range = index == 0 ? page.lines[line].content : page.lines[line].text
        text.append(page.utf8[range], isListItem: isListItem)
      }
    }
    let words = text.finish()
    if words.utf8.isEmpty, name == nil { return nil }
    return ParsedComment(
      kind: isPingback ? .pingback : .comment, author: name, date: date, text: words,
      line: page.lines[item.line].number)
  }

  /// The first line of text at or after a piece.
  private static func textLine(_ item: ListItem, _ start: Int) -> (index: Int, line: Int)? {
    for index in item.pieces.indices.dropFirst(start) {
      if case .line(let line, _) = item.pieces[index] { return (index, line) }
    }
    return nil
  }

  private static func content(_ page: TextPage, _ line: Int, _ isFirst: Bool) -> Range<Int>? {
    let range = isFirst ? page.lines[line].content : page.lines[line].text
    return range.isEmpty ? nil : range
  }
}

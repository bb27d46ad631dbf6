/// What an element of a page calls itself.
struct ElementFacts: OptionSet {
  let rawValue: UInt32

  /// By microdata or class, one comment, answer or post of several.
  static let item = ElementFacts(rawValue: 1 << 0)
  static let text = ElementFacts(rawValue: 1 << 1)
  /// By microdata, the words themselves.
  static let itemText = ElementFacts(rawValue: 1 << 2)
  static let meta = ElementFacts(rawValue: 1 << 3)
  static let action = ElementFacts(rawValue: 1 << 4)
  static let avatar = ElementFacts(rawValue: 1 << 5)
  static let signature = ElementFacts(rawValue: 1 << 6)
  static let children = ElementFacts(rawValue: 1 << 7)
  static let quote = ElementFacts(rawValue: 1 << 8)
  static let badge = ElementFacts(rawValue: 1 << 9)
  /// Not shown, or only read aloud.
  static let unseen = ElementFacts(rawValue: 1 << 10)
  static let deleted = ElementFacts(rawValue: 1 << 11)
  static let form = ElementFacts(rawValue: 1 << 12)
  static let furniture = ElementFacts(rawValue: 1 << 13)
  static let recent = ElementFacts(rawValue: 1 << 14)
  /// Around the comments of a page.
  static let comments = ElementFacts(rawValue: 1 << 15)
  static let pingback = ElementFacts(rawValue: 1 << 16)
  static let question = ElementFacts(rawValue: 1 << 17)
  static let answer = ElementFacts(rawValue: 1 << 18)
  static let score = ElementFacts(rawValue: 1 << 19)
  static let author = ElementFacts(rawValue: 1 << 20)
  static let date = ElementFacts(rawValue: 1 << 21)
  /// Facts about a member that stand beside his posts.
  static let otherTime = ElementFacts(rawValue: 1 << 22)
  static let articleBody = ElementFacts(rawValue: 1 << 23)
  static let name = ElementFacts(rawValue: 1 << 24)
  /// Around the replies to the comment before it.
  static let indented = ElementFacts(rawValue: 1 << 26)
  /// Facts about a member, as forums have them beside each post.
  static let member = ElementFacts(rawValue: 1 << 25)
}

/// An element that may be one comment of several, by one of its names.
struct UnitName: Hashable {
  /// What kind of name: microdata, a class, an id that ends with a number; or none, but others look alike.
  enum Kind: UInt8 { case item, classToken, id, sibling }
  var kind: Kind
  var tag: HTMLTag
  var hash: UInt64
}

/// What the elements of a page call themselves, found in one pass.
struct PageElements {
  var tree: HTMLTree
  /// Steps taken so far on the page, for tests of linearity.
  let steps = StepCount()
  private(set) var facts: [ElementFacts]
  /// How surely an element names an author (0 to 10) and a date (0 to 9).
  private(set) var authorRank: [UInt8]
  private(set) var dateRank: [UInt8]
  /// Letters of shown text before a node, and elements that name authors and dates.
  private(set) var letters: [Int32]
  private(set) var authors: [Int32]
  private(set) var dates: [Int32]
  private var termEnds: [Int: Int] = [:]
  /// Names of elements that may be one comment of several, in the order of the page.
  private(set) var units: [(name: UnitName, node: Int, word: ClassWord)] = []

  /// Looks at all elements of a page.
  /// - Complexity: O(bytes of the page).
  init(_ tree: HTMLTree) {
    self.tree = tree
    let count = tree.count
    facts = [ElementFacts](repeating: [], count: count)
    authorRank = [UInt8](repeating: 0, count: count)
    dateRank = [UInt8](repeating: 0, count: count)
    letters = [Int32](repeating: 0, count: count + 1)
    authors = letters
    dates = letters
    let span = tree.bytes.span
    for node in 0..<count {
      let tag = tree.tag(node)
      if tag == .text { continue }
      if tree.nodes[node].attributeCount > 0 { look(at: node, tag, span) }
      look(at: tag, of: node)
    }
    stretchTerms()
    sumUp(span)
  }

  /// Sums up letters, authors and dates.
  private mutating func sumUp(_ span: Span<UInt8>) {
    var unseenEnd = 0
    var quoteEnd = 0
    var nextUnit = 0
    for node in 0..<tree.count {
      letters[node + 1] = letters[node]
      authors[node + 1] = authors[node]
      dates[node + 1] = dates[node]
      let tag = tree.tag(node)
      if tag == .text {
        if node >= unseenEnd { letters[node + 1] += PageElements.letters(span, tree.range(node)) }
        continue
      }
      while nextUnit < units.count, units[nextUnit].node < node { nextUnit += 1 }
      // Comments that are folded away until somebody presses a button are comments.
      let holdsComments =
        nextUnit < units.count && units[nextUnit].node < tree.end(node)
        && units[nextUnit].word.contains(.comment) && units[nextUnit].name.kind != .classToken
      if holdsComments, !facts[node].contains(.form) { facts[node].remove(.unseen) }
      if facts[node].contains(.unseen)
        || tag != .noscript && !holdsComments && HTMLVisibility.isUnseen(tree, node)
      {
        facts[node].insert(.unseen)
        unseenEnd = max(unseenEnd, tree.end(node))
      }
      if tag == .blockquote && !facts[node].contains(.text)
        || facts[node].contains(.quote) && tag != .a && tag != .button
      {
        facts[node].insert(.quote)
        quoteEnd = max(quoteEnd, tree.end(node))
      }
      if node < quoteEnd {
        if tag != .time { dateRank[node] = 0 }
        authorRank[node] = 0
      }
      if authorRank[node] >= 5 { authors[node + 1] += 1 }
      if dateRank[node] >= 5 { dates[node + 1] += 1 }
    }
  }

  /// Letters of shown text in a stretch of nodes.
  func letterCount(_ range: Range<Int>) -> Int {
    steps.count &+= 1
    return Int(letters[range.upperBound]) - Int(letters[range.lowerBound])
  }

  /// Elements of a stretch that name an author.
  func authorCount(_ range: Range<Int>) -> Int {
    steps.count &+= 1
    return Int(authors[range.upperBound]) - Int(authors[range.lowerBound])
  }

  /// Elements of a stretch that name a date.
  func dateCount(_ range: Range<Int>) -> Int {
    Int(dates[range.upperBound]) - Int(dates[range.lowerBound])
  }

  /// A node and all that is in it; of a term in a list of definitions also what defines it.
  func subtree(_ node: Int) -> Range<Int> {
    steps.count &+= 1
    return node..<end(node)
  }

  /// The number after the last node of `subtree`.
  func end(_ node: Int) -> Int {
    if tree.tag(node) == .dt, let end = termEnds[node] { return end }
    return tree.end(node)
  }

  /// Where the definitions of a term end, for terms that are the heads of comments.
  private mutating func stretchTerms() {
    var unit = 0
    while unit < units.count {
      let node = units[unit].node
      unit += 1
      guard tree.tag(node) == .dt, termEnds[node] == nil else { continue }
      let limit = tree.end(tree.parent(node))
      var end = tree.end(node)
      while end < limit, tree.tag(end) != .dt { end = tree.end(end) }
      termEnds[node] = end
    }
  }

  private static func letters(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    var count: Int32 = 0
    for position in range where bytes[position] > 0x20 { count &+= 1 }
    return count
  }

  private mutating func look(at tag: HTMLTag, of node: Int) {
    switch tag {
    case .unknown:
      // Elements that pages define themselves have names like those of classes.
      let name = ClassName(tree.bytes.span, tree.range(node))
      if name.wordCount > 1, name.isUnit {
        units.append((UnitName(kind: .classToken, tag: .unknown, hash: name.hash), node, name.all))
        facts[node].insert(.item)
        if tree.has(node, PageAttribute.author) { authorRank[node] = max(authorRank[node], 4) }
      }
      if tree.has(node, PageAttribute.datetime) { dateRank[node] = max(dateRank[node], 8) }
      if tree.has(node, PageAttribute.created) { dateRank[node] = max(dateRank[node], 8) }
    case .time:
      dateRank[node] = max(dateRank[node], tree.has(node, PageAttribute.datetime) ? 9 : 6)
    case .nav: facts[node].insert(.furniture)
    case .form: facts[node].insert(.form)
    case .header, .footer: facts[node].insert(.meta)
    case .cite: authorRank[node] = max(authorRank[node], 5)
    case .button, .select, .input: facts[node].insert(.action)
    default: break
    }
  }

  // MARK: Attributes

  private mutating func look(at node: Int, _ tag: HTMLTag, _ bytes: Span<UInt8>) {
    let first = Int(tree.nodes[node].firstAttribute)
    for index in first..<first + Int(tree.nodes[node].attributeCount) {
      let attribute = tree.attributes[index]
      let value = Int(attribute.valueStart)..<Int(attribute.valueEnd)
      switch attribute.name {
      case HTMLAttributeName.class: lookAtClass(of: node, tag, bytes, value)
      case HTMLAttributeName.id: lookAtID(of: node, tag, bytes, value)
      case PageAttribute.itemprop: lookAtProperty(of: node, tag, bytes, value)
      case PageAttribute.property where tag != .meta: lookAtProperty(of: node, tag, bytes, value)
      case PageAttribute.itemtype, PageAttribute.typeof: lookAtType(of: node, tag, bytes, value)
      case PageAttribute.rel:
        if contains(bytes, value, "author") { authorRank[node] = max(authorRank[node], 8) }
      case PageAttribute.dataAuthor, PageAttribute.dataAuthorName, PageAttribute.dataCommentAuthor,
        PageAttribute.dataUserName:
        authorRank[node] = max(authorRank[node], 4)
      case PageAttribute.slot:
        if contains(bytes, value, "comment") { facts[node].insert(.itemText) }
      case PageAttribute.role:
        if contains(bytes, value, "navigation") { facts[node].insert(.furniture) }
      case HTMLAttributeName.href:
        if tag == .a, ProfileLink.isProfile(bytes, value) { authorRank[node] = max(authorRank[node], 5) }
      case PageAttribute.title, PageAttribute.dataTime, PageAttribute.dataTimestamp, PageAttribute.dataUtime:
        if tag != .img, PageStamp.looksLikeDate(bytes, value) { dateRank[node] = max(dateRank[node], 7) }
      default: break
      }
    }
  }

  private func contains(_ bytes: Span<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
    var found = false
    PageElements.eachToken(bytes, range) { token in
      if HTMLNameHash.ofLowercased(bytes, token) == HTMLNameHash.of(word) { found = true }
    }
    return found
  }

  /// Calls for each word between white space.
  static func eachToken(_ bytes: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
    var start = range.lowerBound
    var position = start
    while position <= range.upperBound {
      if position == range.upperBound || bytes[position] <= 0x20 {
        if position > start { body(start..<position) }
        start = position + 1
      }
      position += 1
    }
  }

  private mutating func lookAtClass(of node: Int, _ tag: HTMLTag, _ bytes: Span<UInt8>, _ value: Range<Int>) {
    var isResponsive = false
    var isHidden = false
    var found: ElementFacts = []
    var author: UInt8 = 0
    var date: UInt8 = 0
    var names: [(ClassName, UInt64)] = []
    var start = value.lowerBound
    var position = start
    while position <= value.upperBound {
      defer { position += 1 }
      guard position == value.upperBound || bytes[position] <= 0x20 else { continue }
      defer { start = position + 1 }
      guard position > start, position - start < 100 else { continue }
      let name = ClassName(bytes, start..<position)
      if name.hash == PageClass.displayNone { isHidden = true }
      if name.first == [], name.wordCount >= 3, bytes[start] == 0x64, bytes[start + 1] == 0x2D {
        isResponsive = true
      }
      if name.hash == PageClass.fn || name.hash == PageClass.pAuthor { author = max(author, 8) }
      author = max(author, name.authorRank)
      if name.isDate { date = max(date, 6) }
      found.formUnion(PageElements.facts(of: name))
      if name.isUnit { names.append((name, name.hash)) }
    }
    // `datetime secondary-text` is no text.
    if author >= 7 || date > 0 { found.remove(.text) }
    facts[node].formUnion(found)
    if isHidden, !isResponsive { facts[node].insert(.unseen) }
    if found.isDisjoint(with: [.avatar]) { authorRank[node] = max(authorRank[node], author) }
    if found.isDisjoint(with: [.otherTime, .text]) { dateRank[node] = max(dateRank[node], date) }
    guard PageElements.canBeUnit(tag) else { return }
    for (name, hash) in names {
      units.append((UnitName(kind: .classToken, tag: tag, hash: hash), node, name.all))
    }
  }

  /// Whether an element of a kind may hold a whole comment.
  static func canBeUnit(_ tag: HTMLTag) -> Bool {
    switch tag {
    case .div, .li, .article, .section, .tr, .table, .tbody, .td, .dl, .dd, .dt, .ul, .ol, .p, .unknown,
      .main,
      .blockquote, .aside, .details, .figure, .header, .span, .fieldset:
      true
    default: false
    }
  }

  private static func facts(of name: ClassName) -> ElementFacts {
    var facts: ElementFacts = []
    // Names for scripts say what may be done, not what is there.
    if name.isForScripts { return facts }
    if name.isText { facts.insert(.text) }
    if name.last.contains(.meta), !name.isText { facts.insert(.meta) }
    if name.all.contains(.action), !name.isText,
      name.last.contains(.action) || name.last.contains(.link) || name.last.contains(.unit)
        || name.wordCount == 1
        || name.all.contains(.reply) && !name.last.contains(.children)
    {
      facts.insert(.action)
    }
    if name.all.contains(.avatar) { facts.insert(.avatar) }
    if name.all.contains(.signature) { facts.insert(.signature) }
    if name.last.contains(.children) { facts.insert(.children) }
    if name.wordCount == 1, name.last.contains(.indented) { facts.insert(.indented) }
    if name.last.contains(.quote) { facts.insert(.quote) }
    if name.last.contains(.badge) { facts.insert(.badge) }
    if name.all.contains(.spoken),
      name.wordCount >= 2 || name.last.contains(.spoken) && name.all.contains(.hidden)
    {
      facts.insert(.unseen)
    }
    if name.wordCount == 1, name.last.contains(.hidden) { facts.insert(.unseen) }
    if name.last.contains(.deleted) { facts.insert(.deleted) }
    if name.all.contains(.form), !name.all.contains(.text) { facts.insert(.form) }
    if name.all.contains(.furniture) { facts.insert(.furniture) }
    if name.all.contains(.recent) { facts.insert(.recent) }
    if name.all.contains(.comments) { facts.insert(.comments) }
    if name.all.contains(.pingback) { facts.insert(.pingback) }
    if name.last.contains(.question), name.wordCount <= 2 { facts.insert(.question) }
    if name.hash == PageClass.answer { facts.insert(.answer) }
    if name.all.contains(.member) { facts.insert(.member) }
    if name.last.contains(.score) { facts.insert(.score) }
    if name.last.contains(.otherTime) || name.first.contains(.otherTime) && name.last.contains(.date) {
      facts.insert(.otherTime)
    }
    return facts
  }

  private mutating func lookAtID(of node: Int, _ tag: HTMLTag, _ bytes: Span<UInt8>, _ value: Range<Int>) {
    guard value.count < 100 else { return }
    let name = ClassName(bytes, value)
    let about = PageElements.facts(of: name)
    facts[node].formUnion(about.intersection([.comments, .form, .furniture, .recent, .signature, .question]))
    // `post_message_12`
    if name.number != nil, name.wordCount == 2, name.first.contains(.post), name.last.contains(.post) {
      facts[node].insert(.text)
    }
    guard PageElements.canBeUnit(tag), let prefix = name.prefixHash, name.wordCount <= 4 else { return }
    // `comment-12`, `li-comment-12`, `post_12`, `js-post-12`, `p12`, `c12`, `wpd-comm-12_3`
    let isNumbered =
      !name.last.isDisjoint(with: [.comment, .reply, .post, .pingback])
      || !name.all.isDisjoint(with: [.comment]) && name.last.isDisjoint(with: [.text, .meta, .form, .author])
      || PageClass.shortPrefixes.contains(prefix)
    if isNumbered {
      units.append(
        (UnitName(kind: .id, tag: tag, hash: ClassName.withoutDigits(bytes, value)), node, name.all))
    }
  }

  private mutating func lookAtProperty(
    of node: Int, _ tag: HTMLTag, _ bytes: Span<UInt8>, _ value: Range<Int>
  ) {
    PageElements.eachToken(bytes, value) { token in
      var start = token.lowerBound
      for position in token where bytes[position] == 0x3A || bytes[position] == 0x2F { start = position + 1 }
      switch HTMLNameHash.ofLowercased(bytes, start..<token.upperBound) {
      case PageProperty.author, PageProperty.creator: authorRank[node] = 9
      case PageProperty.name: facts[node].insert(.name)
      case PageProperty.datePublished, PageProperty.dateCreated, PageProperty.uploadDate,
        PageProperty.commentTime:
        dateRank[node] = max(dateRank[node], 8)
      case PageProperty.dateModified: facts[node].insert(.otherTime)
      case PageProperty.text, PageProperty.commentText: facts[node].insert(.itemText)
      case PageProperty.articleBody: facts[node].formUnion([.articleBody, .itemText])
      case PageProperty.comment, PageProperty.reply:
        unit(node, tag, .comment)
      case PageProperty.suggestedAnswer, PageProperty.acceptedAnswer:
        facts[node].insert(.answer)
        unit(node, tag, .reply)
      case PageProperty.upvoteCount: facts[node].insert(.score)
      default: break
      }
    }
  }

  private mutating func unit(_ node: Int, _ tag: HTMLTag, _ word: ClassWord) {
    guard PageElements.canBeUnit(tag) else { return }
    facts[node].insert(.item)
    if let last = units.last, last.node == node, last.name.kind == .item { return }
    units.append((UnitName(kind: .item, tag: tag, hash: 0), node, word))
  }

  private mutating func lookAtType(of node: Int, _ tag: HTMLTag, _ bytes: Span<UInt8>, _ value: Range<Int>) {
    PageElements.eachToken(bytes, value) { token in
      var start = token.lowerBound
      for position in token where bytes[position] == 0x3A || bytes[position] == 0x2F { start = position + 1 }
      switch HTMLNameHash.ofLowercased(bytes, start..<token.upperBound) {
      case PageProperty.comment, PageProperty.userComments: unit(node, tag, .comment)
      case PageProperty.answer:
        facts[node].insert(.answer)
        unit(node, tag, .reply)
      case PageProperty.discussionForumPosting: unit(node, tag, .post)
      case PageProperty.question: facts[node].insert(.question)
      default: break
      }
    }
  }
}

/// How many steps were taken on a page.
final class StepCount {
  /// Their number.
  var count = 0
}

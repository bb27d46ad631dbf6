import Discussion

/// Marked-up text of one entry: what feeds, exports, APIs and mail hold.
enum HTMLText {
  /// The words of a fragment of HTML with their roles; without scripts, styles and what is hidden.
  /// - Parameter html: valid UTF-8.
  /// - Complexity: O(bytes).
  static func parsed(_ html: [UInt8]) -> ParsedText {
    let tree = HTMLTree(html)
    return parsed(tree, 0..<tree.count)
  }

  /// The words of a preformatted element, line by line, without its role: mail that a page shows as it was
  /// written.
  static func preformatted(_ tree: HTMLTree, _ range: Range<Int>) -> ParsedText {
    parsed(tree, range.dropFirst().lowerBound..<range.upperBound, isPreformatted: true)
  }

  /// The words of a stretch of a tree, which begins and ends with whole subtrees.
  /// - Parameter leavesOut: whether a node is left out with all that is in it.
  /// - Complexity: O(nodes and their bytes).
  static func parsed(
    _ tree: HTMLTree, _ range: Range<Int>, isPreformatted: Bool = false,
    leavesOut: (Int) -> Bool = { _ in false }
  ) -> ParsedText {
    var bytes = 0
    if range.count == tree.count { bytes = tree.bytes.count }
    var walk = HTMLTextWalk(tree: tree, writer: HTMLTextWriter(capacity: bytes))
    if isPreformatted { walk.writer.openPreformatted() }
    let span = tree.bytes.span
    var node = range.lowerBound
    while node < range.upperBound {
      walk.close(before: node)
      let tag = tree.tag(node)
      if tag == .text {
        if !leavesOut(node) { walk.writer.write(span, tree.bytes, tree.range(node), isRaw: walk.isRaw) }
        node += 1
      } else if HTMLVisibility.isUnseen(tree, node) || leavesOut(node) {
        node = tree.end(node)
      } else {
        walk.open(node, tag)
        node += 1
      }
    }
    walk.close(before: Int.max)
    return walk.writer.finish()
  }
}

/// The elements open on the way through a tree, and what is due at their ends.
private struct HTMLTextWalk {
  let tree: HTMLTree
  var writer: HTMLTextWriter
  private var open: [(end: Int, closing: Closing)] = []
  /// Whether text stands in an element of raw text.
  private(set) var isRaw = false

  init(tree: HTMLTree, writer: HTMLTextWriter) {
    self.tree = tree
    self.writer = writer
  }

  /// What an element's end does.
  private struct Closing {
    var breaks = 0
    var hasRole = false
    var isPreformatted = false
    var isList = false
    var isRaw = false
    var quoteMark = false
  }

  mutating func close(before node: Int) {
    while let last = open.last, last.end <= node {
      open.removeLast()
      let closing = last.closing
      if closing.quoteMark { writer.write(plain: [0xE2, 0x80, 0x9D]) }
      if closing.isPreformatted { writer.closePreformatted() }
      if closing.hasRole { writer.closeRole() }
      if closing.isList { writer.closeList() }
      if closing.isRaw { isRaw = false }
      if closing.breaks > 0 { writer.require(breaks: closing.breaks) }
    }
  }

  mutating func open(_ node: Int, _ tag: HTMLTag) {
    var closing = Closing(breaks: HTMLTextWalk.breaks(around: tag))
    if tag == .ul || tag == .ol || tag == .menu || tag == .dir, isInList { closing.breaks = 1 }
    if closing.breaks > 0 { writer.require(breaks: closing.breaks) }
    switch tag {
    case .br: writer.endLine()
    case .img, .image:
      if let alternative = tree.value(node, HTMLAttributeName.alt), !alternative.isEmpty {
        writer.write(plain: alternative)
      }
    case .td, .th: writer.write(plain: [0x20])
    case .ul, .ol, .menu, .dir:
      closing.isList = true
      writer.openList(isOrdered: tag == .ol, start: number(node, HTMLAttributeName.start) ?? 1)
    case .li:
      closing.hasRole = true
      writer.openItem(number: number(node, HTMLAttributeName.value))
    case .pre, .listing, .xmp, .textarea:
      closing.isPreformatted = true
      closing.hasRole = true
      closing.isRaw = tag == .xmp
      if tag == .xmp { isRaw = true }
      writer.open(.code)
      writer.openPreformatted()
    case .q:
      closing.quoteMark = true
      writer.write(plain: [0xE2, 0x80, 0x9C])
    default:
      if let role = HTMLTextWalk.role(of: tag), tag != .a || tree.has(node, HTMLAttributeName.href) {
        closing.hasRole = true
        let target = tag == .a ? tree.value(node, HTMLAttributeName.href) : nil
        writer.open(role, target: target.flatMap { LinkTarget.absolute($0, base: tree.base) })
      }
    }
    let end = tree.end(node)
    if end > node + 1 || closing.hasRole || closing.isList || closing.quoteMark {
      open.append((end, closing))
    }
  }

  private var isInList: Bool { open.contains { $0.closing.isList } }

  private func number(_ node: Int, _ name: UInt64) -> Int? {
    guard let value = tree.value(node, name), value.count < 10 else { return nil }
    return Int(String(decoding: value, as: UTF8.self))
  }

  private static func role(of tag: HTMLTag) -> Role? {
    switch tag {
    case .a: .link
    case .em, .i, .cite, .dfn: .emphasis
    case .strong, .b: .strong
    case .code, .tt, .kbd, .samp: .code
    case .blockquote: .quote
    case .h1, .h2, .h3, .h4, .h5, .h6: .heading
    default: nil
    }
  }

  /// How many line ends stand around an element at least.
  private static func breaks(around tag: HTMLTag) -> Int {
    switch tag {
    case .p, .h1, .h2, .h3, .h4, .h5, .h6, .blockquote, .pre, .listing, .xmp, .ul, .ol, .dl, .menu, .dir,
      .table, .hr, .article, .section, .figure, .hgroup, .fieldset, .details:
      2
    case .address, .aside, .body, .caption, .center, .dd, .dialog, .div, .dt, .figcaption, .footer, .form,
      .header, .html, .legend, .li, .main, .nav, .option, .search, .summary, .tbody, .tfoot, .thead, .tr,
      .optgroup, .document, .textarea:
      1
    default: 0
    }
  }
}

/// What a browser does not show.
enum HTMLVisibility {
  /// Whether a node is never shown, with all that is in it: scripts, styles, fields, what is hidden.
  static func isUnseen(_ tree: HTMLTree, _ node: Int) -> Bool {
    switch tree.tag(node) {
    case .script, .style, .template, .head, .title, .noscript, .iframe, .noembed, .noframes, .svg, .select,
      .input, .button, .object, .applet, .embed, .canvas, .audio, .video, .map, .rp, .annotation, .textarea:
      return true
    default: return isHidden(tree, node)
    }
  }

  /// Whether an element says itself that it is not shown.
  static func isHidden(_ tree: HTMLTree, _ node: Int) -> Bool {
    guard tree.nodes[node].attributeCount > 0 else { return false }
    if tree.has(node, HTMLAttributeName.hidden) { return true }
    guard let style = tree.valueRange(node, HTMLAttributeName.style), style.count >= 12 else { return false }
    return declares(tree.bytes, style, "display", "none")
      || declares(tree.bytes, style, "visibility", "hidden")
  }

  /// Whether a style sets a property to a value.
  private static func declares(
    _ bytes: [UInt8], _ style: Range<Int>, _ property: StaticString, _ value: StaticString
  ) -> Bool {
    let property = Array(property.description.utf8)
    let value = Array(value.description.utf8)
    var position = style.lowerBound
    while position + property.count < style.upperBound {
      defer { position += 1 }
      guard bytes[position] | 0x20 == property[0], matches(bytes, position, property) else { continue }
      var at = position + property.count
      while at < style.upperBound, bytes[at] == 0x20 || bytes[at] == 0x3A { at += 1 }
      if at + value.count <= style.upperBound, matches(bytes, at, value) { return true }
    }
    return false
  }

  private static func matches(_ bytes: [UInt8], _ start: Int, _ word: [UInt8]) -> Bool {
    guard start + word.count <= bytes.count else { return false }
    for offset in word.indices where bytes[start + offset] | 0x20 != word[offset] { return false }
    return true
  }
}

/// Builds a tree with a stack of open elements (WHATWG HTML, 13.2.6, reduced): end tags that may be left
/// out are implied, formatting elements are not reopened (no adoption agency), and text stays where it
/// stands.
///
/// The stack is capped: an element deeper than that becomes a flat sibling, and its text is kept.
struct HTMLTreeBuilder {
  /// The most elements that are open at once (as Blink has it).
  static let depthLimit = 512

  private(set) var tokenizer: HTMLTokenizer
  private(set) var nodes: [HTMLTree.Node] = []
  private(set) var damage = HTMLDamage()
  private(set) var operations = 0
  private var open: [Int32] = [0]
  /// The hashes of their names.
  private var openNames: [UInt64] = [0]
  /// How many elements of each kind are open.
  private var openCount = [UInt16](repeating: 0, count: 256)
  /// How many elements were not opened because of the cap.
  private var flattened = 0
  private var hasBody = false

  init(_ bytes: [UInt8]) {
    tokenizer = HTMLTokenizer(bytes)
    nodes.reserveCapacity(8 + bytes.count / 24)
    nodes.append(
      HTMLTree.Node(
        tag: .document, attributeCount: 0, parent: -1, end: 0, start: 0, length: 0, firstAttribute: 0))
  }

  /// Reads to the end.
  mutating func run() {
    reading: while true {
      switch tokenizer.next() {
      case .text: append(.text, attributes: 0)
      case .startTag: startTag(tokenizer.tag)
      case .endTag: endTag(tokenizer.tag)
      case .end: break reading
      }
    }
    let count = Int32(truncatingIfNeeded: nodes.count)
    for node in open { nodes[Int(node)].end = count }
    operations += tokenizer.operations
    let flattened = damage.flattened
    damage = tokenizer.damage
    damage.flattened = flattened
  }

  private var current: HTMLTag { open.last.map { nodes[Int($0)].tag } ?? .document }

  private func tag(at depth: Int) -> HTMLTag { nodes[Int(open[depth])].tag }

  private func isOpen(_ tag: HTMLTag) -> Bool { openCount[Int(tag.rawValue)] > 0 }

  /// Adds a node below the current one.
  private mutating func append(_ tag: HTMLTag, attributes: Int) {
    let number = Int32(truncatingIfNeeded: nodes.count)
    nodes.append(
      HTMLTree.Node(
        tag: tag, attributeCount: UInt16(truncatingIfNeeded: attributes), parent: open.last ?? 0,
        end: number &+ 1, start: Int32(truncatingIfNeeded: tokenizer.content.lowerBound),
        length: Int32(truncatingIfNeeded: tokenizer.content.count),
        firstAttribute: Int32(truncatingIfNeeded: tokenizer.firstAttribute)))
  }

  /// Ends open elements down to a depth.
  private mutating func pop(to depth: Int) {
    let count = Int32(truncatingIfNeeded: nodes.count)
    while open.count > max(depth, 1), let node = open.popLast() {
      operations += 1
      openNames.removeLast()
      nodes[Int(node)].end = count
      openCount[Int(nodes[Int(node)].tag.rawValue)] -= 1
    }
  }

  /// The depth of the innermost open element that `matches`, not looking past one that `stops`.
  private mutating func depth(
    where matches: (HTMLTag) -> Bool, unless stops: (HTMLTag) -> Bool
  ) -> Int? {
    var depth = open.count - 1
    while depth > 0 {
      operations += 1
      let tag = tag(at: depth)
      if matches(tag) { return depth }
      if stops(tag) { return nil }
      depth -= 1
    }
    return nil
  }

  // MARK: Start tags

  private mutating func startTag(_ tag: HTMLTag) {
    operations += 1
    switch tag {
    case .html:
      if isOpen(.html) { return }
    case .body:
      if hasBody { return }
      hasBody = true
      if isOpen(.head) { closeHead() }
    case .head:
      if hasBody || isOpen(.head) { return }
    default:
      if isOpen(.head), current == .head, !tag.belongsInHead { closeHead() }
      imply(before: tag)
    }
    let count = tokenizer.attributes.count - tokenizer.firstAttribute
    append(tag, attributes: count)
    if tag.isVoid || tokenizer.lacksEnd || tokenizer.isSelfClosing && (isOpen(.svg) || isOpen(.math)) {
      return
    }
    guard open.count < HTMLTreeBuilder.depthLimit else {
      if !tag.hasOptionalEnd { flattened += 1 }
      damage.flattened += 1
      return
    }
    open.append(Int32(truncatingIfNeeded: nodes.count - 1))
    openNames.append(tokenizer.nameHash)
    openCount[Int(tag.rawValue)] += 1
  }

  private mutating func closeHead() {
    if let depth = depth(where: { $0 == .head }, unless: { _ in false }) { pop(to: depth) }
  }

  /// Ends what the start of an element ends.
  private mutating func imply(before tag: HTMLTag) {
    if tag.closesParagraph, isOpen(.p),
      let depth = depth(where: { $0 == .p }, unless: { $0.isScope || $0 == .button })
    {
      pop(to: depth)
    }
    switch tag {
    case .li:
      closeItem(where: { $0 == .li })
    case .dd, .dt:
      closeItem(where: { $0 == .dd || $0 == .dt })
    case .h1, .h2, .h3, .h4, .h5, .h6:
      if current.isHeading { pop(to: open.count - 1) }
    case .option, .optgroup:
      if current == .option { pop(to: open.count - 1) }
      if tag == .optgroup, current == .optgroup { pop(to: open.count - 1) }
    case .rt, .rp, .rb, .rtc:
      if current == .rt || current == .rp || current == .rb { pop(to: open.count - 1) }
    case .a, .nobr, .button:
      guard isOpen(tag) else { break }
      if let depth = depth(where: { $0 == tag }, unless: { tag == .button ? $0.isScope : $0.isSpecial }) {
        pop(to: depth)
      }
    case .td, .th:
      closeInTable(where: { $0 == .td || $0 == .th })
    case .tr:
      closeInTable(where: { $0 == .tr })
    case .tbody, .thead, .tfoot:
      closeInTable(where: { $0 == .tbody || $0 == .thead || $0 == .tfoot })
    default: break
    }
  }

  private mutating func closeItem(where matches: (HTMLTag) -> Bool) {
    guard isOpen(.li) || isOpen(.dd) || isOpen(.dt) else { return }
    let found = depth(
      where: matches, unless: { $0.isSpecial && $0 != .address && $0 != .div && $0 != .p })
    if let found { pop(to: found) }
  }

  private mutating func closeInTable(where matches: (HTMLTag) -> Bool) {
    guard isOpen(.table) else { return }
    if let depth = depth(where: matches, unless: { $0 == .table || $0 == .template }) { pop(to: depth) }
  }

  // MARK: End tags

  private mutating func endTag(_ tag: HTMLTag) {
    operations += 1
    switch tag {
    case .br:
      append(.br, attributes: 0)
      return
    case .html, .body: return
    case .form where current != .form: return
    default: break
    }
    if tag.isVoid { return }
    if flattened > 0, !tag.hasOptionalEnd {
      flattened -= 1
      return
    }
    if tag == .unknown {
      endUnknown()
      return
    }
    guard isOpen(tag) || tag.isHeading else { return }
    let found: Int?
    switch tag {
    case .td, .th, .tr, .tbody, .thead, .tfoot, .table, .caption:
      found = depth(where: { $0 == tag }, unless: { $0 == .table || $0 == .template })
    case .li:
      found = depth(where: { $0 == .li }, unless: { $0.isScope || $0 == .ul || $0 == .ol })
    case .p:
      found = depth(where: { $0 == .p }, unless: { $0.isScope || $0 == .button })
    case .h1, .h2, .h3, .h4, .h5, .h6:
      found = depth(where: \.isHeading, unless: \.isScope)
    case .head, .template, .svg, .math:
      found = depth(where: { $0 == tag }, unless: { _ in false })
    default:
      let stopsAtBlocks = !tag.isSpecial
      found = depth(where: { $0 == tag }, unless: { stopsAtBlocks ? $0.isSpecial : $0.isScope })
    }
    if let found { pop(to: found) }
  }

  /// Ends the innermost element of a name that means nothing here.
  private mutating func endUnknown() {
    guard isOpen(.unknown) else { return }
    let hash = tokenizer.nameHash
    var depth = open.count - 1
    while depth > 0 {
      operations += 1
      let tag = tag(at: depth)
      if tag == .unknown, openNames[depth] == hash { return pop(to: depth) }
      if tag.isSpecial { return }
      depth -= 1
    }
  }
}

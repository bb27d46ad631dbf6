/// Cuts a document of XML, however broken, into tags and text: a streaming, iterative and linear reading.
///
/// Nothing is ever expanded or opened: a document type is skipped with all that it declares. What is no
/// markup is text (`<3`, `a < b`, a bare `&`). End tags without a start are left out; an end tag ends all
/// that is open inside its element. Ranges are offsets into `window.bytes` and hold until the next call.
struct XMLTokenizer {
  /// A piece of a document.
  enum Token {
    /// A start tag: see `tag`, `name` and `attributes`.
    case start
    /// The end of the innermost open element, written or not.
    case end
    /// Text with references as they are written; pieces of one text follow each other.
    case text(Range<Int>)
    /// Text without references.
    case literal(Range<Int>)
    /// The end of the document.
    case finish
  }

  /// Something that the document breaks.
  struct Flaw {
    var message: String
    var line: Int
    var byteOffset: Int
  }

  /// An element that is open.
  struct Open {
    var hash: UInt64
    var namespaces: Int
    var isContainer: Bool
  }

  var window: XMLWindow
  /// The last start tag.
  private(set) var tag = XMLTag()
  /// The name of the last start tag.
  private(set) var name = XMLName(.plain, .other)
  /// The attributes of the last start tag.
  private(set) var attributes: [XMLTag.Attribute] = []
  /// Steps taken, for asserting that they are linear in the input.
  var operations = 0
  /// What was broken since the flaws were taken last.
  var flaws: [Flaw] = []

  var open: [Open] = []
  var unkeptDepth = 0
  /// How many elements of each name are open above the last barrier.
  var openCounts: [UInt64: Int] = [:]
  private var barriers: [(depth: Int, counts: [UInt64: Int])] = []
  private var containerCounts: [UInt64: Int] = [:]
  private var endsLeft = 0
  private var isKept = false
  private var isSettled = false
  private(set) var namespaces = XMLNamespaces()
  private let vocabulary = XMLVocabulary.shared
  var isInLiteral = false
  var innermostName: [UInt8] = []
  var horizon = XMLHorizon()

  /// Elements nested deeper than this are read as if they were in this depth.
  static let depthLimit = 1 << 20
  /// The largest tag or construct that is kept in memory.
  static let tokenLimit = 64 << 20

  /// A tokenizer at the start of a document.
  init(_ window: XMLWindow) { self.window = window }

  /// Number of open elements.
  var depth: Int { open.count }

  /// The next piece.
  /// - Complexity: O(bytes of the piece), amortised.
  mutating func next() -> Token {
    while true {
      if endsLeft > 0 {
        endsLeft -= 1
        pop()
        return .end
      }
      if window.position >= window.bytes.count, !window.fill() { return .finish }
      if isInLiteral {
        if let range = literal() { return .literal(range) }
        continue
      }
      guard window.bytes[window.position] == 0x3C else {
        if let range = text(from: window.position) { return .text(range) }
        continue
      }
      window.need(2)
      guard window.position + 1 < window.bytes.count else { return lone() }
      let mark = window.bytes[window.position + 1]
      if mark == 0x21 || mark == 0x3F {
        if mark == 0x21 ? declaration() : instruction() { continue }
        return lone()
      }
      if mark == 0x2F {
        guard let ends = endTag() else { return lone() }
        endsLeft = ends
        continue
      }
      guard XMLScannedName.canBegin(with: mark), startTag() else { return lone() }
      if isKept { return .start }
    }
  }

  /// A `<` that begins no markup, and the text behind it.
  private mutating func lone() -> Token {
    if let range = text(from: window.position + 1) { return .text(range) }
    let range = window.position..<window.position + 1
    window.position += 1
    return .text(range)
  }

  /// The text from `position` on, which ends before a `<` at or after `start`; nil when more bytes had
  /// to be drawn first.
  private mutating func text(from start: Int) -> Range<Int>? {
    var end = XMLTokenizer.find(0x3C, in: window.bytes.span, from: start)
    operations &+= end - window.position
    if end == window.bytes.count, !window.holdsEnd {
      // A reference at the end of the window waits for its rest.
      end = XMLTokenizer.openReference(in: window.bytes.span, from: start, to: end)
      if end <= window.position {
        guard window.fill() else {
          let range = window.position..<window.bytes.count
          window.position = window.bytes.count
          return range.isEmpty ? nil : range
        }
        return nil
      }
    }
    guard end > window.position else { return nil }
    let range = window.position..<end
    window.position = end
    return range
  }

  /// The place of a reference that is not complete at the end of a text, else the end.
  private static func openReference(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var at = end
    while at > start, end - at < 40 {
      at -= 1
      if bytes[at] == 0x26 { return at }
      if bytes[at] == 0x3B { break }
    }
    return end
  }

  /// The first place of a byte at or after `start`, or the end.
  static func find(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
    var at = start
    let count = bytes.count
    while at < count, bytes[at] != byte { at &+= 1 }
    return at
  }

  // MARK: Tags

  /// Reads the start tag at `position`; false when none is there.
  private mutating func startTag() -> Bool {
    guard let end = tagEnd() else { return false }
    let start = window.position
    let scanned = XMLScannedName(window.bytes.span, from: start + 1, to: end)
    tag.bytes = start..<end + 1
    tag.qualifiedName = start + 1..<scanned.end
    tag.prefixLength = scanned.prefixLength
    tag.prefixHash = scanned.prefixHash
    tag.localHash = scanned.localHash
    tag.hash = scanned.hash
    tag.isEmpty = window.bytes[end - 1] == 0x2F
    operations &+= end - start
    let mark = namespaces.mark
    readAttributes(from: scanned.end, to: tag.isEmpty ? end - 1 : end)
    let word = vocabulary.word(tag.localHash)
    name = XMLName(namespaces.space(ofPrefix: tag.prefixHash), word)
    if !isSettled, word == .feed || word == .rss || word == .disqus {
      isSettled = true
      namespaces.settle(name.space)
      name.space = namespaces.space(ofPrefix: tag.prefixHash)
    }
    isKept = open.count < XMLTokenizer.depthLimit
    if isKept {
      push(namespaces: mark, isContainer: XMLTokenizer.isContainer(word))
    } else {
      namespaces.restore(mark)
      if !tag.isEmpty { unkeptDepth += 1 }
    }
    innermostName.removeAll(keepingCapacity: true)
    innermostName.append(contentsOf: window.bytes[tag.qualifiedName].prefix(128))
    window.position = end + 1
    if tag.isEmpty, isKept { endsLeft = 1 }
    return true
  }

  /// Elements that hold records: their end tags count even where a record was left open.
  private static func isContainer(_ word: XMLWord) -> Bool {
    switch word {
    case .rss, .rdf, .feed, .channel, .item, .entry, .disqus, .thread, .post, .posts, .comments, .users,
      .comment:
      true
    default: false
    }
  }

  /// The offset of the `>` that ends the tag at `position`; nil when it is no tag.
  private mutating func tagEnd() -> Int? {
    var ahead = 1
    var scan = XMLTagScan()
    while true {
      let start = window.position + ahead
      var at = start
      let outcome = scan.run(window.bytes.span, &at)
      operations &+= at - start
      ahead = at - window.position
      switch outcome {
      case .end: return at
      case .none: return nil
      case .doubt:
        guard holdsInValue(at: &ahead, quote: scan.quote) else { return nil }
      case .more:
        if ahead > XMLTokenizer.tokenLimit {
          flaw("a tag of more than \(XMLTokenizer.tokenLimit >> 20) MiB is read as text")
          return nil
        }
        guard window.fill() else { return nil }
      }
    }
  }

  /// Whether a `<` inside a quoted value is part of it: the quote ends not far away, and not as the
  /// opening quote of another value.
  private mutating func holdsInValue(at ahead: inout Int, quote: UInt8) -> Bool {
    let reach = 1 << 16
    window.need(ahead + reach)
    let start = window.position + ahead
    let limit = min(window.bytes.count, start + reach)
    let at = XMLTokenizer.find(quote, in: window.bytes.span.extracting(first: limit), from: start)
    operations &+= at - start
    guard at < limit, window.bytes[at - 1] != 0x3D else { return false }
    ahead = at - window.position
    return true
  }

  private mutating func readAttributes(from start: Int, to end: Int) {
    attributes.removeAll(keepingCapacity: true)
    var at = start
    var seen = 0
    while at < end, seen < XMLTag.attributeLimit {
      let scanned: XMLScannedName
      let value: Range<Int>
      do {
        let span = window.bytes.span
        while at < end, !XMLScannedName.canBegin(with: span[at]) { at &+= 1 }
        guard at < end else { break }
        scanned = XMLScannedName(span, from: at, to: end)
        at = max(at + 1, scanned.end)
        while at < end, span[at] <= 0x20 { at &+= 1 }
        guard at < end, span[at] == 0x3D else { continue }
        at &+= 1
        while at < end, span[at] <= 0x20 { at &+= 1 }
        guard at < end else { break }
        let quote = span[at]
        if quote == 0x22 || quote == 0x27 {
          let first = at + 1
          at = first
          while at < end, span[at] != quote { at &+= 1 }
          value = first..<at
          at = min(end, at + 1)
        } else {
          let first = at
          while at < end, span[at] > 0x20 { at &+= 1 }
          value = first..<at
        }
      }
      seen += 1
      if scanned.prefixHash == XMLTokenizer.xmlnsHash {
        namespaces.bind(prefix: scanned.localHash, to: window.bytes[value])
      } else if scanned.prefixLength == 0, scanned.localHash == XMLTokenizer.xmlnsHash {
        namespaces.bind(prefix: 0, to: window.bytes[value])
      } else {
        let word = vocabulary.word(scanned.localHash)
        guard word != .other else { continue }
        let space = scanned.prefixLength == 0 ? .plain : namespaces.space(ofPrefix: scanned.prefixHash)
        attributes.append(XMLTag.Attribute(name: XMLName(space, word), value: value))
      }
    }
  }

  private static let xmlnsHash = XMLVocabulary.hash("xmlns".utf8)

  /// Reads the end tag at `position`.
  /// - Returns: how many elements it ends; nil when no end tag is there.
  private mutating func endTag() -> Int? {
    window.need(3)
    guard window.position + 2 < window.bytes.count,
      XMLScannedName.canBegin(with: window.bytes[window.position + 2])
    else { return nil }
    guard let end = tagEnd() else { return nil }
    let scanned = XMLScannedName(window.bytes.span, from: window.position + 2, to: end)
    operations &+= end - window.position
    window.position = end + 1
    innermostName.removeAll(keepingCapacity: true)
    if unkeptDepth > 0 {
      unkeptDepth -= 1
      return 0
    }
    return depthToEnd(scanned.hash)
  }

  // MARK: Open elements

  private mutating func push(namespaces mark: Int, isContainer: Bool) {
    open.append(Open(hash: tag.hash, namespaces: mark, isContainer: isContainer))
    if isContainer {
      containerCounts[tag.hash, default: 0] += 1
    } else {
      openCounts[tag.hash, default: 0] += 1
    }
  }

  private mutating func pop() {
    guard let last = open.popLast() else { return }
    operations &+= 1
    namespaces.restore(last.namespaces)
    if last.isContainer {
      containerCounts[last.hash, default: 1] -= 1
      if containerCounts[last.hash] == 0 { containerCounts[last.hash] = nil }
    } else {
      openCounts[last.hash, default: 1] -= 1
      if openCounts[last.hash] == 0 { openCounts[last.hash] = nil }
    }
    if let barrier = barriers.last, open.count < barrier.depth {
      openCounts = barrier.counts
      barriers.removeLast()
    }
  }

  /// How many elements an end tag of a name ends.
  private func depthToEnd(_ hash: UInt64) -> Int {
    guard openCounts[hash] != nil || containerCounts[hash] != nil else { return 0 }
    var count = 0
    for element in open.reversed() {
      count += 1
      if element.hash == hash { return count }
    }
    return 0
  }

  /// Shuts the innermost element off: end tags of elements outside it do not count inside, unless they
  /// are of elements that hold records.
  mutating func raiseBarrier() {
    let last = open.last
    if let last, !last.isContainer { openCounts[last.hash, default: 1] -= 1 }
    barriers.append((depth: open.count, counts: openCounts))
    openCounts = [:]
    if let last, !last.isContainer { openCounts[last.hash] = 1 }
  }

  /// Notes something that the document breaks, at `position`.
  mutating func flaw(_ message: String) {
    guard flaws.count < 200 else { return }
    flaws.append(Flaw(message: message, line: window.line(), byteOffset: window.offset))
  }
}

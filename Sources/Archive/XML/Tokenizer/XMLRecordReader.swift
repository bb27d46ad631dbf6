/// Reads a document record by record; what stands around the records is a record of its own.
struct XMLRecordReader {
  /// What happens next in a document.
  enum Event {
    /// A record begins: `open` has its name and attributes.
    case begin
    /// A record is complete: `record` has it.
    case end
    /// The document is over.
    case finish
  }

  /// What an open element is to the reader.
  private enum Part: UInt8 {
    /// Around records.
    case container
    /// A record; a field with fields in it; a field with text; a tag in such a text.
    case record, group, leaf, inline
    /// Passed over with all that is in it.
    case skipped
    /// Left open and taken for ended.
    case stale
  }

  var tokenizer: XMLTokenizer
  /// The last record that was completed.
  private(set) var record = XMLRecord()
  /// The innermost record that is open; outside of records, what is said of all of them: title and
  /// address of a feed, above all.
  private(set) var open = XMLRecord()
  /// `xml:base` of the elements around the records, the outermost first.
  private(set) var bases: [[UInt8]] = []
  private let plan: XMLRecordPlan
  private let limit: Int
  private var parts: [Part] = []
  private var outer: [XMLRecord] = []
  private var openFields: [Int] = []
  private var inlineNames: [Range<Int>] = []
  private var literalEnd = -1
  private var pendingName: XMLName?
  private var pendingEnds = 0
  private var isFinished = false

  /// A reader at the start of a document.
  /// - Parameter limit: how many bytes of text a record may have.
  init(_ tokenizer: XMLTokenizer, plan: XMLRecordPlan, limit: Int = XMLRecord.limit) {
    self.tokenizer = tokenizer
    self.limit = limit
    self.plan = plan
  }

  /// What is said of all records so far.
  var document: XMLRecord {
    var document = outer.first ?? open
    var charset = tokenizer.window.charset
    document.decode(&charset)
    return document
  }

  /// The next event.
  mutating func next() -> Event {
    while true {
      if pendingEnds > 0 {
        pendingEnds -= 1
        endRecord()
        return .end
      }
      if let name = pendingName {
        pendingName = nil
        begin(name)
        return .begin
      }
      if isFinished { return .finish }
      switch tokenizer.next() {
      case .start:
        if start() { return .begin }
      case .end:
        if end() {
          endRecord()
          return .end
        }
      case .text(let range): take(range, isLiteral: false)
      case .literal(let range): take(range, isLiteral: true)
      case .finish: finish()
      }
    }
  }

  /// Forgets that the last record was cut, once that is told.
  mutating func forgetCut() { record.isCut = false }

  // MARK: Elements

  /// Takes a start tag.
  /// - Returns: whether a record begins at once.
  private mutating func start() -> Bool {
    let name = tokenizer.name
    switch plan.relation(of: name, to: outer.isEmpty ? nil : open.name) {
    case .none: break
    case .begins:
      closeFields()
      begin(name)
      return true
    case .follows(let count):
      closeFields()
      // Its tag is the innermost open element; the records before it are only ended in name.
      leaveOpen(records: count)
      pendingEnds = min(count, outer.count)
      pendingName = name
      return false
    }
    var part = parts.last ?? .container
    if part == .leaf || part == .inline {
      guard !isMarkup, plan.cannotBeInside(name) else {
        startInline()
        return false
      }
      closeFields()
      part = .stale
    }
    if part == .stale { part = outer.isEmpty ? .container : .record }
    if part == .skipped {
      parts.append(.skipped)
    } else if part == .container, name.word == .other || plan.isContainer(name) {
      parts.append(.container)
      for attribute in tokenizer.attributes where attribute.name == XMLName(.xml, .base) && bases.count < 16 {
        bases.append(Array(tokenizer.window.bytes[attribute.value]))
      }
    } else if name.word == .other || plan.isSkipped(name) {
      parts.append(.skipped)
    } else {
      startField(name)
    }
    return false
  }

  /// Takes the end of an element.
  /// - Returns: whether it is the end of a record.
  private mutating func end() -> Bool {
    switch parts.popLast() ?? .stale {
    case .record:
      closeFields()
      return true
    case .group: openFields.removeLast(min(1, openFields.count))
    case .leaf:
      closeText()
      openFields.removeLast(min(1, openFields.count))
    case .inline: endInline()
    case .container, .skipped, .stale: break
    }
    return false
  }

  private mutating func begin(_ name: XMLName) {
    outer.append(XMLRecord())
    swap(&outer[outer.count - 1], &open)
    swap(&record, &open)
    open.reset(
      name, line: tokenizer.window.line(),
      byteOffset: tokenizer.window.offset - tokenizer.tag.bytes.count)
    addAttributes()
    open.ownAttributeCount = open.attributes.count
    parts.append(.record)
    tokenizer.raiseBarrier()
  }

  private mutating func endRecord() {
    guard !outer.isEmpty else { return }
    swap(&record, &open)
    swap(&outer[outer.count - 1], &open)
    outer.removeLast()
    record.isPartial = isFinished
    record.decode(&tokenizer.window.charset)
  }

  private mutating func leaveOpen(records count: Int) {
    var left = count
    var at = parts.count
    while at > 0, left > 0 {
      at -= 1
      if parts[at] == .record { left -= 1 }
      parts[at] = .stale
    }
  }

  /// Ends all fields that are open; their elements stay open in the document.
  private mutating func closeFields() {
    guard !openFields.isEmpty else { return }
    closeText()
    openFields.removeAll(keepingCapacity: true)
    inlineNames.removeAll(keepingCapacity: true)
    var at = parts.count
    while at > 0, parts[at - 1] != .record, parts[at - 1] != .container {
      at -= 1
      parts[at] = .stale
    }
  }

  private mutating func startField(_ name: XMLName) {
    let first = open.attributes.count
    addAttributes()
    var field = XMLRecord.Field(
      name: name, parent: openFields.last, text: open.bytes.count..<open.bytes.count,
      attributes: first..<open.attributes.count)
    let isGroup = plan.isGroup(name)
    if !isGroup {
      for attribute in open.attributes[first...]
      where attribute.name.word == .type || attribute.name.word == .mode {
        let value = open.bytes[attribute.value]
        if value.elementsEqual("xhtml".utf8) || value.elementsEqual("application/xhtml+xml".utf8) {
          field.isMarkup = true
        }
      }
    }
    field.text = open.bytes.count..<open.bytes.count
    openFields.append(open.fields.count)
    open.fields.append(field)
    parts.append(isGroup ? .group : .leaf)
    literalEnd = -1
  }

  private mutating func addAttributes() {
    for attribute in tokenizer.attributes {
      guard open.bytes.count + attribute.value.count <= limit else {
        open.isCut = true
        continue
      }
      let start = open.bytes.count
      tokenizer.operations &+= attribute.value.count
      XMLReferences.append(
        tokenizer.window.bytes, attribute.value, to: &open.bytes, isAttribute: true)
      open.attributes.append(
        XMLRecord.Attribute(name: attribute.name, value: start..<open.bytes.count))
    }
  }

  // MARK: Text

  private var isMarkup: Bool { openFields.last.map { open.fields[$0].isMarkup } ?? false }

  private mutating func closeText() {
    guard let field = openFields.last else { return }
    if open.fields.count == field + 1 {
      open.fields[field].text = open.fields[field].text.lowerBound..<open.bytes.count
    }
  }

  private mutating func take(_ range: Range<Int>, isLiteral: Bool) {
    guard let part = parts.last, part == .leaf || part == .inline || part == .group,
      let field = openFields.last, open.fields.count == field + 1
    else { return }
    guard open.bytes.count + range.count <= limit else {
      open.isCut = true
      return
    }
    tokenizer.operations &+= range.count
    if open.fields[field].isMarkup {
      if isLiteral {
        XMLReferences.appendEscaped(tokenizer.window.bytes, range, to: &open.bytes)
      } else {
        XMLReferences.appendLiteral(tokenizer.window.bytes, range, to: &open.bytes)
      }
    } else if isLiteral {
      XMLReferences.appendLiteral(tokenizer.window.bytes, range, to: &open.bytes)
      literalEnd = open.bytes.count
    } else if literalEnd >= 0, let mark = sectionEnd(in: range) {
      // The section was meant to end here, where its writer put the last `]]>`.
      XMLReferences.append(tokenizer.window.bytes, range.lowerBound..<mark, to: &open.bytes)
      open.bytes.insert(contentsOf: "]]>".utf8, at: literalEnd)
      literalEnd = open.bytes.count
      XMLReferences.append(tokenizer.window.bytes, mark + 3..<range.upperBound, to: &open.bytes)
    } else {
      XMLReferences.append(tokenizer.window.bytes, range, to: &open.bytes)
    }
    if part == .group { closeText() }
  }

  private func sectionEnd(in range: Range<Int>) -> Int? {
    let span = tokenizer.window.bytes.span
    var at = range.upperBound - 3
    while at >= range.lowerBound {
      if span[at] == 0x5D, span[at + 1] == 0x5D, span[at + 2] == 0x3E { return at }
      at -= 1
    }
    return nil
  }

  // MARK: Tags in text

  private mutating func startInline() {
    parts.append(.inline)
    guard let field = openFields.last else { return }
    let tag = tokenizer.tag
    if tokenizer.name.space == .xhtml, !open.fields[field].hasTags, !open.fields[field].isMarkup,
      ShortLine.trimmed(open.bytes[open.fields[field].text.lowerBound...]).isEmpty
    {
      open.fields[field].isMarkup = true
    }
    open.fields[field].hasTags = true
    guard open.bytes.count + tag.bytes.count <= limit else {
      open.isCut = true
      inlineNames.append(0..<0)
      return
    }
    tokenizer.operations &+= tag.bytes.count
    let local = tag.qualifiedName.lowerBound + tag.prefixLength..<tag.qualifiedName.upperBound
    open.bytes.append(0x3C)
    let name = open.bytes.count..<open.bytes.count + local.count
    open.bytes.append(contentsOf: tokenizer.window.bytes[local])
    let end = tag.bytes.upperBound - (tag.isEmpty ? 2 : 1)
    if end > local.upperBound {
      XMLReferences.appendLiteral(tokenizer.window.bytes, local.upperBound..<end, to: &open.bytes)
    }
    open.bytes.append(0x3E)
    inlineNames.append(name)
  }

  private mutating func endInline() {
    guard let name = inlineNames.popLast(), !name.isEmpty, name.upperBound <= open.bytes.count,
      !HTMLVoidElements.holds(open.bytes[name]), open.bytes.count + name.count < limit
    else { return }
    open.bytes.append(0x3C)
    open.bytes.append(0x2F)
    open.bytes.append(contentsOf: Array(open.bytes[name]))
    open.bytes.append(0x3E)
  }

  // MARK: The end

  /// Ends the records that the document leaves open.
  private mutating func finish() {
    isFinished = true
    if tokenizer.depth > 0 || tokenizer.unkeptDepth > 0 {
      tokenizer.flaw("the document is cut off before its end")
    }
    if let last = parts.last, last == .leaf || last == .inline, let field = openFields.last,
      !plan.holdsWords(open.fields[field].name)
    {
      // Half a date or half a name would be a wrong one.
      open.fields.removeSubrange(field...)
      openFields.removeAll()
    }
    closeFields()
    pendingEnds = outer.count
  }
}

/// The elements of HTML that have no end tag.
enum HTMLVoidElements {
  private static let names: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
  ]

  /// Whether an element of this name is one.
  static func holds(_ name: ArraySlice<UInt8>) -> Bool {
    name.count <= 6 && names.contains(String(decoding: name, as: UTF8.self).lowercased())
  }
}

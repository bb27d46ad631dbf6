import Discussion

/// Writes the words of HTML as paragraphs with roles: white space as a browser shows it, one blank line
/// between paragraphs, a line for each item of a list.
struct HTMLTextWriter {
  private var output: [UInt8] = []
  private var spans: [RoleSpan] = []
  /// Line ends due before the next word: 1 a new line, 2 a new paragraph.
  private var breaks = 0
  private var hasSpace = false
  /// White space of preformatted text, kept for the next word.
  private var gap: [UInt8] = []
  private var preformattedDepth = 0
  private var roles: [OpenRole] = []
  private var rolesWithoutStart = 0
  /// The mark of a list's item before its first word, and how many roles stand around it.
  private var marker: (text: [UInt8], roles: Int)?
  private var lists: [(isOrdered: Bool, next: Int)] = []
  private var marksInARow = 0
  private var scratch: [UInt8] = []

  private struct OpenRole {
    var role: Role
    /// Where a link leads.
    var target: [UInt8]?
    /// Its place in `spans`; nil before its first word.
    var span: Int?
  }

  /// How many references to combining marks may follow each other.
  private static let markLimit = 32

  init(capacity: Int) { output.reserveCapacity(capacity) }

  /// Whether no word came yet.
  var isEmpty: Bool { output.isEmpty }

  /// The text; the writer is to be used no more.
  mutating func finish() -> ParsedText {
    while let role = roles.popLast() { close(role) }
    return ParsedText(utf8: output, spans: spans)
  }

  // MARK: Structure

  /// At least so many line ends come before the next word.
  mutating func require(breaks count: Int) {
    breaks = max(breaks, count)
    hasSpace = false
    gap.removeAll(keepingCapacity: true)
  }

  /// A line ends here by `<br>`.
  mutating func endLine() {
    if preformattedDepth > 0 {
      space(0x0A)
    } else {
      breaks = min(2, breaks + 1)
      hasSpace = false
    }
  }

  mutating func open(_ role: Role, target: [UInt8]? = nil) {
    roles.append(OpenRole(role: role, target: target, span: nil))
    rolesWithoutStart += 1
  }

  mutating func closeRole() {
    if let role = roles.popLast() { close(role) }
    if let marker, marker.roles > roles.count { self.marker = nil }
  }

  mutating func openPreformatted() { preformattedDepth += 1 }

  mutating func closePreformatted() {
    preformattedDepth -= 1
    gap.removeAll(keepingCapacity: true)
  }

  mutating func openList(isOrdered: Bool, start: Int) { lists.append((isOrdered, start)) }

  mutating func closeList() { _ = lists.popLast() }

  /// Opens an item of the innermost list, with its role.
  mutating func openItem(number: Int?) {
    open(.listItem)
    var text: [UInt8] = [0xE2, 0x80, 0xA2, 0x20]
    if let list = lists.last, list.isOrdered {
      let value = number ?? list.next
      lists[lists.count - 1].next = value &+ 1
      text = Array("\(value). ".utf8)
    }
    marker = (text, roles.count)
  }

  private mutating func close(_ role: OpenRole) {
    if let span = role.span {
      let bytes = spans[span].bytes.lowerBound..<output.count
      spans[span].bytes = bytes
      if let target = role.target, !output[bytes].elementsEqual(target) { spans[span].target = target }
    } else {
      rolesWithoutStart -= 1
    }
  }

  // MARK: Words

  /// Writes a run of text as it stands in HTML.
  mutating func write(_ text: Span<UInt8>, _ bytes: [UInt8], _ range: Range<Int>, isRaw: Bool = false) {
    var position = range.lowerBound
    let end = range.upperBound
    while position < end {
      let byte = text[position]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
        if byte == 0x0D, position + 1 < end, text[position + 1] == 0x0A { position += 1 }
        space(byte == 0x0D ? 0x0A : byte)
        position += 1
      case 0x00:
        word()
        output.append(contentsOf: [0xEF, 0xBF, 0xBD])
        position += 1
      case 0xC2 where position + 1 < end && text[position + 1] == 0xA0:
        space(0x20)
        position += 2
      case 0x26 where !isRaw:
        let length = reference(text, position, end)
        if length == 0 {
          word()
          output.append(byte)
        }
        position += max(1, length)
      default:
        word()
        if byte < 0x80 { marksInARow = 0 }
        // The first byte is part of the run whatever it is.
        let runEnd = HTMLTextWriter.runEnd(text, position + 1, end)
        output.append(contentsOf: bytes[position..<runEnd])
        position = runEnd
      }
    }
  }

  /// Writes words that are not HTML.
  mutating func write(plain text: [UInt8]) { write(text.span, text, text.indices, isRaw: true) }

  /// The end of a run that can be copied: words parted by single spaces.
  private static func runEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var position = min(start, end)
    while position < end {
      let byte = text[position]
      if byte > 0x26 {
        if byte == 0xC2, position + 1 < end, text[position + 1] == 0xA0 { return position }
        position += 1
      } else if byte == 0x20 {
        guard position + 1 < end else { return position }
        let next = text[position + 1]
        guard next > 0x26, next != 0xC2 else { return position }
        position += 2
      } else if byte == 0x26 || byte == 0 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C {
        return position
      } else {
        position += 1
      }
    }
    return position
  }

  private mutating func reference(_ text: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    scratch.removeAll(keepingCapacity: true)
    let length = CharacterReferences.append(text, at: position, end: end, as: .html, to: &scratch)
    guard length > 0, let first = scratch.first else { return 0 }
    if scratch == [0xC2, 0xA0] {
      space(0x20)
    } else if first == 0x20 || first >= 0x09 && first <= 0x0D && first != 0x0B {
      space(first == 0x0D ? 0x0A : first)
    } else {
      // Marks written as references escaped the decoder that cuts endless runs of them.
      marksInARow = first >= 0xCC ? marksInARow + 1 : 0
      if marksInARow > HTMLTextWriter.markLimit, isMark(scratch) { return length }
      if first < 0xCC || !isMark(scratch) { marksInARow = 0 }
      word()
      output.append(contentsOf: scratch)
    }
    return length
  }

  private func isMark(_ sequence: [UInt8]) -> Bool {
    var iterator = sequence.makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }

  private mutating func space(_ byte: UInt8) {
    guard preformattedDepth > 0 else {
      hasSpace = true
      return
    }
    if byte == 0x0A {
      while let last = gap.last, last != 0x0A { gap.removeLast() }
    }
    gap.append(byte == 0x0C ? 0x20 : byte)
  }

  /// Settles what is due before a word.
  private mutating func word() {
    guard breaks > 0 || hasSpace || rolesWithoutStart > 0 || !gap.isEmpty else { return }
    if breaks > 0 || output.isEmpty {
      if !output.isEmpty {
        output.append(0x0A)
        if breaks > 1 { output.append(0x0A) }
      }
      breaks = 0
      if let lineEnd = gap.lastIndex(of: 0x0A) { gap.removeFirst(lineEnd + 1) }
      hasSpace = false
    }
    if hasSpace {
      hasSpace = false
      if marker == nil, output.last != 0x0A { output.append(0x20) }
    }
    if let marker {
      self.marker = nil
      start(roles: marker.roles)
      output.append(contentsOf: marker.text)
    }
    if let lineEnd = gap.lastIndex(of: 0x0A) {
      output.append(contentsOf: gap[...lineEnd])
      gap.removeFirst(lineEnd + 1)
    }
    start(roles: roles.count)
    if !gap.isEmpty {
      output.append(contentsOf: gap)
      gap.removeAll(keepingCapacity: true)
    }
  }

  /// The outermost roles up to a count begin here, as far as they have not begun.
  private mutating func start(roles count: Int) {
    guard rolesWithoutStart > 0 else { return }
    // Those that have not begun are the innermost.
    var index = max(0, roles.count - rolesWithoutStart)
    while index < min(count, roles.count) {
      if roles[index].span == nil {
        roles[index].span = spans.count
        spans.append(RoleSpan(output.count..<output.count, roles[index].role))
        rolesWithoutStart -= 1
      }
      index += 1
    }
  }
}

import Discussion
import Grid

/// The lines of an entry's text as they are set: paragraphs broken at a width, the items of lists hanging
/// below their marks, program text whole: it is cut at the edge and scrolled sideways.
struct SetLines {
  /// The lines; they tile the text.
  private(set) var lines: [WrappedLine] = []
  /// Which of them are whole, by index.
  private(set) var kept: [Range<Int>] = []
  /// Columns in front of each line; empty when there are none.
  private(set) var hangs: [Int] = []
  /// How many of them are marks of quotations, two columns each; empty when there are none.
  private(set) var quoteLevels: [Int] = []

  /// More columns than any line has.
  static let unbroken = Int.max / 2

  /// An item of a list around a line.
  private struct Item {
    var bytes: Range<Int>
    /// Columns of its mark.
    var mark: Int
  }

  /// Sets a text.
  /// - Complexity: O(bytes of the text + spans).
  init(
    _ text: Span<UInt8>, spans: [RoleSpan], columns: Int, breaksCode: Bool
  ) {
    let items = spans.filter { $0.role == .listItem && !$0.bytes.isEmpty }
    let passages = breaksCode ? [] : SetLines.passages(of: spans, in: text)
    var quotes = QuoteLevels(text, spans)
    let hasQuotes = spans.contains { $0.role == .quote && !$0.bytes.isEmpty }
    guard !items.isEmpty || !passages.isEmpty || hasQuotes else {
      lines = wrapLines(text, columns: columns)
      return
    }
    guard !items.isEmpty || hasQuotes else {
      setParagraphs(of: text, around: passages, columns: columns)
      return
    }
    var open: [Item] = []
    var nextItem = 0
    var passage = 0
    var offset = 0
    while offset < text.count {
      let end = wrapLines(text, bytes: offset..<text.count, columns: SetLines.unbroken, limit: 1).first
      guard let end = end?.bytes.upperBound, end > offset else { break }
      while let last = open.last, last.bytes.upperBound <= offset { open.removeLast() }
      var outer = open.reduce(0) { $0 + $1.mark }
      while nextItem < items.count, items[nextItem].bytes.lowerBound <= offset {
        outer = open.reduce(0) { $0 + $1.mark }
        let item = items[nextItem].bytes
        nextItem += 1
        guard item.upperBound > offset else { continue }
        open.append(
          Item(bytes: item, mark: item.lowerBound == offset ? SetLines.markColumns(text, at: offset) : 0))
      }
      while passage < passages.count, passages[passage].upperBound <= offset { passage += 1 }
      let isKept = passage < passages.count && passages[passage].contains(offset)
      let inner = open.reduce(0) { $0 + $1.mark }
      let begins = open.last?.bytes.lowerBound == offset
      let level = min(quotes.level(ofLineAt: offset), columns / 6)
      // What a line with marks of its own has no room for stands below behind as many.
      let own = hasQuotes && !isKept ? min(SetLines.marks(of: text, offset..<end), columns / 6 - level) : 0
      let count = lines.count
      set(
        text, offset..<end, first: begins ? outer : inner, rest: inner + 2 * own,
        columns: columns - 2 * level, isKept: isKept)
      for line in count..<max(count, lines.count) { hangs[line] += 2 * level }
      for line in count..<max(count, lines.count) { quoteLevels.append(line == count ? level : level + own) }
      offset = end
    }
    if hangs.allSatisfy({ $0 == 0 }) { hangs = [] }
    if quoteLevels.allSatisfy({ $0 == 0 }) { quoteLevels = [] }
  }

  /// Sets the text of an entry.
  init(of entry: EntryID, in library: Library, columns: Int, breaksCode: Bool) {
    let spans = library.spans(of: entry)
    self = library.withText(of: entry) {
      SetLines($0, spans: spans, columns: columns, breaksCode: breaksCode)
    }
  }

  private mutating func setParagraphs(of text: Span<UInt8>, around passages: [Range<Int>], columns: Int) {
    var offset = 0
    for passage in passages {
      if offset < passage.lowerBound {
        lines += wrapLines(text, bytes: offset..<passage.lowerBound, columns: columns)
      }
      let first = lines.count
      lines += wrapLines(text, bytes: passage, columns: SetLines.unbroken)
      if first < lines.count { kept.append(first..<lines.count) }
      offset = passage.upperBound
    }
    if offset < text.count { lines += wrapLines(text, bytes: offset..<text.count, columns: columns) }
  }

  /// Sets one line of the text as it came.
  private mutating func set(
    _ text: Span<UInt8>, _ bytes: Range<Int>, first: Int, rest: Int, columns: Int, isKept: Bool
  ) {
    // Blanks that it begins with indent it already.
    var blanks = 0
    while bytes.lowerBound + blanks < bytes.upperBound, text[bytes.lowerBound + blanks] == 0x20 {
      blanks += 1
    }
    let most = max(0, columns / 3)
    let first = min(max(0, first - blanks), most)
    let rest = min(rest, most)
    if isKept {
      if let last = kept.last, last.upperBound == lines.count {
        kept[kept.count - 1] = last.lowerBound..<lines.count + 1
      } else {
        kept.append(lines.count..<lines.count + 1)
      }
      lines += wrapLines(text, bytes: bytes, columns: SetLines.unbroken)
      hangs.append(first)
      return
    }
    var breaker = wrapLines(text, bytes: bytes, columns: columns - first, limit: 1)
    if let end = breaker.first?.bytes.upperBound, end < bytes.upperBound {
      breaker += wrapLines(text, bytes: end..<bytes.upperBound, columns: columns - rest)
    }
    lines += breaker
    hangs.append(first)
    hangs += Array(repeating: rest, count: max(0, breaker.count - 1))
  }

  /// The passages that are program text from the start of a line to the end of one, in order and apart, each
  /// with the line end after it.
  private static func passages(of spans: [RoleSpan], in text: Span<UInt8>) -> [Range<Int>] {
    var passages: [Range<Int>] = []
    for span in spans where span.role == .code {
      let start = span.bytes.lowerBound
      var end = min(span.bytes.upperBound, text.count)
      guard start < end, start == 0 || text[start - 1] == 0x0A else { continue }
      if text[end - 1] != 0x0A {
        guard end == text.count || text[end] == 0x0A else { continue }
        end = min(text.count, end + 1)
      }
      if let last = passages.last, start < last.upperBound {
        passages[passages.count - 1] = last.lowerBound..<max(last.upperBound, end)
      } else {
        passages.append(start..<end)
      }
    }
    return passages
  }

  /// Marks of a quotation that a line begins with: `> > words`, `>> words`.
  private static func marks(of text: Span<UInt8>, _ line: Range<Int>) -> Int {
    var marks = 0
    for offset in line {
      if text[offset] == 0x3E { marks += 1 } else if text[offset] != 0x20 || marks == 0 { break }
    }
    return marks
  }

  /// Columns of the mark that an item begins with: `• `, `- `, `12. `.
  private static func markColumns(_ text: Span<UInt8>, at start: Int) -> Int {
    var offset = start
    while offset < text.count, text[offset] == 0x20 { offset += 1 }
    let blanks = offset - start
    func isBlank(_ offset: Int) -> Bool { offset < text.count && text[offset] == 0x20 }
    guard offset < text.count else { return 0 }
    if [0x2A, 0x2B, 0x2D].contains(text[offset]), isBlank(offset + 1) { return blanks + 2 }
    // The bullet and its kin take three bytes.
    if text[offset] == 0xE2, isBlank(offset + 3) { return blanks + 2 }
    let digits = offset
    while offset < text.count, offset < digits + 9, (0x30...0x39).contains(text[offset]) { offset += 1 }
    guard offset > digits, offset < text.count, [0x2E, 0x29].contains(text[offset]), isBlank(offset + 1)
    else {
      return 0
    }
    return blanks + offset - digits + 2
  }
}

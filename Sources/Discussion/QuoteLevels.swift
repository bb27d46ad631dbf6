import Bytes

/// How deep in block quotations each line of a text stands that has no mark of its own: quotes of HTML and
/// Markdown, which a reader would tell from the writer's words by colour alone. Lines that come with `>` are
/// marked already.
public struct QuoteLevels: Sendable {
  /// Quotations without marks, ordered by start; they nest.
  private var quotes: [Range<Int>] = []
  private var next = 0
  private var open: [Int] = []

  /// The levels of a text.
  /// - Complexity: O(spans).
  public init(_ text: Span<UInt8>, _ spans: [RoleSpan]) {
    for span in spans where span.role == .quote && !span.bytes.isEmpty {
      let start = span.bytes.lowerBound
      guard start < text.count, start == 0 || text[start - 1] == 0x0A else { continue }
      var first = start
      while first < text.count, text[first] == 0x20 { first += 1 }
      if first < text.count, text[first] != 0x3E { quotes.append(span.bytes) }
    }
  }

  /// Whether no line stands in one.
  public var isEmpty: Bool { quotes.isEmpty }

  /// The level of the line that begins at a byte, 0 outside; lines are asked for from the first on.
  /// - Complexity: O(1), amortized over the lines.
  public mutating func level(ofLineAt offset: Int) -> Int {
    while let end = open.last, end <= offset { open.removeLast() }
    while next < quotes.count, quotes[next].lowerBound <= offset {
      if quotes[next].upperBound > offset { open.append(quotes[next].upperBound) }
      next += 1
    }
    return open.count
  }
}

extension Library {
  /// An entry's text, its quotations marked by `> ` in front of each line, as mail marks them.
  /// - Complexity: O(bytes of the text + spans).
  public func textWithQuoteMarks(of entry: EntryID) -> [UInt8] {
    let spans = spans(of: entry)
    return withText(of: entry) { text in
      var levels = QuoteLevels(text, spans)
      var marked: [UInt8] = []
      marked.reserveCapacity(text.count)
      var isAtStart = true
      for offset in 0..<text.count {
        if isAtStart, !levels.isEmpty {
          let level = levels.level(ofLineAt: offset)
          for place in 0..<level {
            marked.append(0x3E)
            // An empty line ends with its last mark.
            if text[offset] != 0x0A || place + 1 < level { marked.append(0x20) }
          }
        }
        marked.append(text[offset])
        isAtStart = text[offset] == 0x0A
      }
      return marked
    }
  }
}

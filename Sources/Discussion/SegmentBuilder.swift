import Bytes

/// Gathers arranged discussions into the columns of one segment.
struct SegmentBuilder {
  private var parentOffset: [UInt32] = []
  private var depth: [UInt32] = []
  private var subtreeCount: [UInt32] = []
  private var ordinal: [UInt32] = []
  private var author: [UInt32] = []
  private var dateSeconds: [Int64] = []
  private var datePrecision: [UInt8] = []
  private var dateZone: [Int16] = []
  private var score: [Int32] = []
  private var flags: [UInt8] = []
  private var line: [UInt32] = []
  private var keyHigh: [UInt64] = []
  private var keyLow: [UInt64] = []
  private var textStart: [UInt64] = [0]
  private var spanStart: [UInt32] = [0]
  private var spanLower: [UInt32] = []
  private var spanUpper: [UInt32] = []
  private var spanRole: [UInt8] = []
  private var linkSpan: [UInt32] = []
  private var linkTarget: [UInt32] = []
  private var firstEntry: [UInt32] = [0]
  private var title: [UInt32] = []
  private var format: [UInt32] = []
  private var url: [UInt32] = []
  private var nativeID: [UInt32] = []
  private var declaredComments: [Int32] = []
  private var closed: [UInt8] = []
  private var sourceStart: [UInt32] = [0]
  private var sources: [UInt32] = []
  private var categoryStart: [UInt32] = [0]
  private var categories: [UInt32] = []
  private var entryID: [UInt32] = []
  private var orphanRow: [UInt32] = []
  private var orphanParent: [UInt32] = []
  private var aliases: [(key: EntryKey, row: UInt32)] = []
  private var names = StringTableBuilder()
  private let text: ColumnBuilder<UInt8>

  /// A builder.
  /// - Parameter textBytes: how many bytes of text will come.
  init(textBytes: Int) { text = ColumnBuilder(capacity: textBytes) }

  /// Number of discussions so far.
  var discussionCount: Int { title.count }

  /// Appends one discussion.
  /// - Complexity: O(entries + bytes of text).
  mutating func add(_ discussion: ArrangedDiscussion) {
    let parsed = discussion.parsed
    title.append(names.row(of: parsed.title))
    format.append(names.row(of: Array(parsed.format.utf8)))
    url.append(row(of: parsed.url))
    nativeID.append(row(of: parsed.nativeID))
    declaredComments.append(Int32(clamping: parsed.declaredComments ?? -1))
    closed.append(parsed.isClosed.map { $0 ? 1 : 0 } ?? 2)
    for source in parsed.sources { sources.append(names.row(of: source)) }
    sourceStart.append(UInt32(sources.count))
    for category in parsed.categories { categories.append(names.row(of: category)) }
    categoryStart.append(UInt32(categories.count))

    let first = parentOffset.count
    for alias in discussion.aliases { aliases.append((alias.key, UInt32(first + alias.place))) }
    let post = ParsedComment(
      kind: .post, author: parsed.author, date: parsed.date, score: parsed.score, text: parsed.body,
      line: parsed.line)
    add(post, at: 0, of: discussion)
    for (offset, comment) in discussion.order.comments.enumerated() {
      add(parsed.comments[comment], at: offset + 1, of: discussion)
      if !discussion.isOrphan.isEmpty, discussion.isOrphan[comment],
        case .id(let parent) = parsed.comments[comment].parent
      {
        orphanRow.append(UInt32(first + offset + 1))
        orphanParent.append(names.row(of: parent))
      }
    }
    firstEntry.append(UInt32(parentOffset.count))
  }

  private mutating func add(_ entry: ParsedComment, at place: Int, of discussion: ArrangedDiscussion) {
    let order = discussion.order
    parentOffset.append(UInt32(place - order.parents[place]))
    depth.append(UInt32(order.depths[place]))
    subtreeCount.append(UInt32(order.subtreeCounts[place]))
    ordinal.append(UInt32(order.ordinals[place]))
    author.append(row(of: entry.author))
    dateSeconds.append(entry.date?.seconds ?? .min)
    datePrecision.append(entry.date?.precision.rawValue ?? 0)
    dateZone.append(entry.date?.zoneMinutes ?? .min)
    score.append(entry.score ?? .min)
    flags.append(entry.kind.rawValue | (entry.isRemoved ? 8 : 0))
    line.append(UInt32(clamping: entry.line ?? 0))
    keyHigh.append(discussion.keys[place].high)
    keyLow.append(discussion.keys[place].low)
    entryID.append(entry.nativeID.map { names.append($0) } ?? Segment.unknown)
    text.append(contentsOf: entry.text.utf8)
    textStart.append(UInt64(text.count))
    let length = entry.text.utf8.count
    for span in entry.text.spans where span.bytes.lowerBound >= 0 && span.bytes.upperBound <= length {
      if let target = span.target {
        linkSpan.append(UInt32(spanLower.count))
        linkTarget.append(names.row(of: target))
      }
      spanLower.append(UInt32(span.bytes.lowerBound))
      spanUpper.append(UInt32(span.bytes.upperBound))
      spanRole.append(span.role.rawValue)
    }
    spanStart.append(UInt32(spanLower.count))
  }

  private mutating func row(of string: [UInt8]?) -> UInt32 {
    string.map { names.row(of: $0) } ?? Segment.unknown
  }

  /// The finished columns.
  /// - Complexity: O(entries · log entries + bytes).
  consuming func finish() -> Segment {
    let high = keyHigh
    let low = keyLow
    let keyOrder = (0..<UInt32(high.count)).sorted { left, right in
      (high[Int(left)], low[Int(left)], left) < (high[Int(right)], low[Int(right)], right)
    }
    let aliases = aliases.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
      .map(\.element)
    let aliasOrder = (0..<UInt32(aliases.count)).sorted {
      (aliases[Int($0)].key, $0) < (aliases[Int($1)].key, $1)
    }
    return Segment(
      parentOffset: Column(parentOffset), depth: Column(depth), subtreeCount: Column(subtreeCount),
      ordinal: Column(ordinal), author: Column(author), dateSeconds: Column(dateSeconds),
      datePrecision: Column(datePrecision), dateZone: Column(dateZone), score: Column(score),
      flags: Column(flags), line: Column(line), keyHigh: Column(keyHigh), keyLow: Column(keyLow),
      keyOrder: Column(keyOrder), textStart: Column(textStart), spanStart: Column(spanStart),
      spanLower: Column(spanLower), spanUpper: Column(spanUpper), spanRole: Column(spanRole),
      linkSpan: Column(linkSpan), linkTarget: Column(linkTarget),
      firstEntry: Column(firstEntry), title: Column(title), format: Column(format), url: Column(url),
      nativeID: Column(nativeID), declaredComments: Column(declaredComments), closed: Column(closed),
      sourceStart: Column(sourceStart), sources: Column(sources),
      categoryStart: Column(categoryStart), categories: Column(categories), entryID: Column(entryID),
      orphanRow: Column(orphanRow), orphanParent: Column(orphanParent),
      aliasHigh: Column(aliases.map(\.key.high)), aliasLow: Column(aliases.map(\.key.low)),
      aliasRow: Column(aliases.map(\.row)), aliasOrder: Column(aliasOrder),
      names: names.finish(), text: text.finish())
  }
}

public import Bytes

/// All discussions that are open: immutable, shared by the reader, the search index and the command
/// line.
///
/// A library is a list of segments and the order in which its discussions are listed. It never changes;
/// `adding(_:)` makes the next generation, which shares every segment that stays. Copying costs O(1).
public struct Library: Sendable {
  private let contents: Contents

  /// What a library refers to: one object, so that copies are cheap and identity is cheap to ask.
  private final class Contents: Sendable {
    let generation: Int
    let segments: [Segment]
    let places: DiscussionList
    let mergedCount: Int
    let discussions: DiscussionList
    let liveCount: Int
    let dead: Set<DiscussionID>
    let identities: IdentityTable
    let repeatedPosts: [EntryKey: UInt64]

    init(
      generation: Int, segments: [Segment], places: DiscussionList, mergedCount: Int,
      discussions: DiscussionList?, liveCount: Int, dead: Set<DiscussionID>, identities: IdentityTable,
      repeatedPosts: [EntryKey: UInt64]
    ) {
      self.generation = generation
      self.segments = segments
      self.places = places
      self.mergedCount = mergedCount
      self.discussions =
        discussions
        ?? (mergedCount == 0
          ? places : DiscussionList(places.filter { $0.segment != Library.forwardSegment }))
      self.liveCount = liveCount
      self.dead = dead
      self.identities = identities
      self.repeatedPosts = repeatedPosts
    }
  }

  /// An empty library.
  public init() {
    contents = Contents(
      generation: 0, segments: [], places: DiscussionList(Column()), mergedCount: 0, discussions: nil,
      liveCount: 0, dead: [], identities: IdentityTable(), repeatedPosts: [:])
  }

  /// A library from its parts, as they were stored.
  /// - Parameter discussions: what of `places` is listed; nil to find out.
  init(
    generation: Int, segments: [Segment], places: DiscussionList, mergedCount: Int,
    discussions: DiscussionList?, liveCount: Int, dead: Set<DiscussionID>, identities: IdentityTable,
    repeatedPosts: [EntryKey: UInt64]
  ) {
    contents = Contents(
      generation: generation, segments: segments, places: places, mergedCount: mergedCount,
      discussions: discussions, liveCount: liveCount, dead: dead, identities: identities,
      repeatedPosts: repeatedPosts)
  }

  /// The next generation of a library.
  init(
    after old: Library, segment: Segment?, places: [DiscussionID], mergedCount: Int,
    moved: some Collection<DiscussionID>, identities: IdentityTable, repeatedPosts: [EntryKey: UInt64]
  ) {
    let gone = moved.reduce(0) { $0 + old.entries(of: $1).count }
    contents = Contents(
      generation: old.generation + 1, segments: old.segments + (segment.map { [$0] } ?? []),
      places: DiscussionList(places), mergedCount: mergedCount, discussions: nil,
      liveCount: old.entryCount - gone + (segment?.entryCount ?? 0),
      dead: moved.isEmpty ? old.deadDiscussions : old.deadDiscussions.union(moved),
      identities: identities, repeatedPosts: repeatedPosts)
  }

  /// The next generation of a library, with the same discussions in other segments.
  init(of old: Library, segments: [Segment], places: [DiscussionID], dead: Set<DiscussionID>) {
    contents = Contents(
      generation: old.generation + 1, segments: segments, places: DiscussionList(places),
      mergedCount: old.mergedCount, discussions: nil, liveCount: old.entryCount, dead: dead,
      identities: old.identities,
      repeatedPosts: old.repeatedPosts)
  }

  var segments: [Segment] { contents.segments }
  /// Discussions whose rows are still there although they were rebuilt into a newer segment.
  public var deadDiscussions: Set<DiscussionID> { contents.dead }

  // MARK: Numbers

  // A discussion has a number for good: its place in `places`. One that was united with an earlier one
  // leaves a forward there.

  static let forwardSegment = UInt32.max

  static func forward(to serial: UInt32) -> DiscussionID {
    var place = DiscussionID(segment: 0, row: Int(serial))
    place.segment = forwardSegment
    return place
  }

  /// Where the discussion of each number stands.
  var places: DiscussionList { contents.places }
  /// Number of discussions that were united with an earlier one.
  var mergedCount: Int { contents.mergedCount }
  /// In which discussions ids, addresses and texts were seen.
  var identities: IdentityTable { contents.identities }
  /// How often the key of a post was met again in a post that is another.
  var repeatedPosts: [EntryKey: UInt64] { contents.repeatedPosts }

  /// The number that a discussion goes by now.
  func resolved(_ serial: UInt32) -> UInt32 {
    var serial = serial
    while Int(serial) < places.count, places[Int(serial)].segment == Library.forwardSegment,
      places[Int(serial)].row != serial
    {
      serial = places[Int(serial)].row
    }
    return serial
  }

  /// Counts publications; ids are of one generation.
  public var generation: Int { contents.generation }
  /// The discussions in the order of their sources.
  public var discussions: DiscussionList { contents.discussions }
  /// Number of posts and comments in `discussions`.
  public var entryCount: Int { contents.liveCount }
  /// Number of segments.
  public var segmentCount: Int { contents.segments.count }
  /// Number of rows of a segment, dead ones included.
  public func rowCount(ofSegment segment: Int) -> Int { contents.segments[segment].entryCount }

  /// Whether two values are the very same generation.
  public func isSame(as other: Library) -> Bool { contents === other.contents }

  private func segment(_ entry: EntryID) -> Segment { contents.segments[Int(entry.segment)] }

  // MARK: Entries

  /// Whether an id names an entry of this library.
  public func contains(_ entry: EntryID) -> Bool {
    Int(entry.segment) < contents.segments.count && Int(entry.row) < segment(entry).entryCount
  }

  /// Whether an entry's discussion is listed; a discussion that was rebuilt into a newer segment leaves
  /// dead rows behind.
  /// - Complexity: O(log discussions).
  public func isLive(_ entry: EntryID) -> Bool { !contents.dead.contains(discussion(of: entry)) }

  /// The discussion of an entry.
  /// - Complexity: O(log discussions).
  public func discussion(of entry: EntryID) -> DiscussionID {
    DiscussionID(
      segment: Int(entry.segment), row: segment(entry).discussion(ofRow: Int(entry.row)))
  }

  /// What an entry is.
  public func kind(of entry: EntryID) -> EntryKind {
    EntryKind(rawValue: segment(entry).flags[Int(entry.row)] & 7) ?? .comment
  }

  /// Whether an entry was deleted or removed at its source.
  public func isRemoved(_ entry: EntryID) -> Bool { segment(entry).flags[Int(entry.row)] & 8 != 0 }

  /// The author's name, nil when the source does not state it.
  public func author(of entry: EntryID) -> [UInt8]? {
    authorID(of: entry).map { segment(entry).names.bytes(at: Int($0.row)) }
  }

  /// The author as a number, for comparing without bytes.
  public func authorID(of entry: EntryID) -> AuthorID? {
    let row = segment(entry).author[Int(entry.row)]
    return row == Segment.unknown ? nil : AuthorID(segment: entry.segment, row: row)
  }

  /// When the entry was written, nil when the source does not say.
  public func date(of entry: EntryID) -> Timestamp? {
    let segment = segment(entry)
    let row = Int(entry.row)
    guard let precision = Timestamp.Precision(rawValue: segment.datePrecision[row]) else { return nil }
    let zone = segment.dateZone[row]
    return Timestamp(
      seconds: segment.dateSeconds[row], precision: precision, zoneMinutes: zone == .min ? nil : zone)
  }

  /// Votes, nil when the source counts none.
  public func score(of entry: EntryID) -> Int? {
    let score = segment(entry).score[Int(entry.row)]
    return score == .min ? nil : Int(score)
  }

  /// First line of the entry in its source, 1-based, nil when the format has no lines.
  public func line(of entry: EntryID) -> Int? {
    let line = segment(entry).line[Int(entry.row)]
    return line == 0 ? nil : Int(line)
  }

  /// The entry's lasting key.
  public func key(of entry: EntryID) -> EntryKey { segment(entry).key(ofRow: Int(entry.row)) }

  /// The listed entry with a key, nil when there is none.
  ///
  /// An entry that was united from several copies is found by the key of each.
  /// - Complexity: O(segments · log entries).
  public func entry(withKey key: EntryKey) -> EntryID? {
    for isAlias in [false, true] {
      for index in contents.segments.indices.reversed() {
        let segment = contents.segments[index]
        let rows = isAlias ? segment.rows(ofAlias: key) : segment.rows(of: key)
        for row in rows {
          let entry = EntryID(segment: index, row: row)
          if isLive(entry) { return entry }
        }
      }
    }
    return nil
  }

  /// The entry of a discussion with a key, nil when it has none.
  /// - Complexity: O(log entries).
  func entry(withKey key: EntryKey, in discussion: DiscussionID) -> EntryID? {
    let segment = segment(discussion)
    let entries = segment.rows(ofDiscussion: Int(discussion.row))
    let row =
      segment.rows(of: key).first { entries.contains($0) }
      ?? segment.rows(ofAlias: key).first { entries.contains($0) }
    return row.map { EntryID(segment: Int(discussion.segment), row: $0) }
  }

  /// Whether a discussion has an entry with a key, or its post an id or address of that key.
  func knows(_ key: EntryKey, in discussion: DiscussionID) -> Bool {
    if entry(withKey: key, in: discussion) != nil { return true }
    let segment = segment(discussion)
    return [segment.nativeID, segment.url].contains { column in
      let row = column[Int(discussion.row)]
      return row != Segment.unknown
        && EntryIdentity.keys(naming: segment.names.bytes(at: Int(row))).contains(key)
    }
  }

  /// Gives every further key of the listed entries from a segment on: what hangs on it is theirs.
  /// - Complexity: O(further keys).
  public func forEachAlias(fromSegment first: Int = 0, _ body: (EntryKey, EntryID) -> Void) {
    for index in contents.segments.indices.dropFirst(first) {
      let segment = contents.segments[index]
      for (key, row) in segment.aliases(ofRows: 0..<segment.entryCount) {
        let entry = EntryID(segment: index, row: row)
        if isLive(entry) { body(key, entry) }
      }
    }
  }

  /// The further keys of a discussion's post (-1) and comments (by index).
  func aliases(of discussion: DiscussionID) -> [(key: EntryKey, comment: Int)] {
    let segment = segment(discussion)
    let entries = segment.rows(ofDiscussion: Int(discussion.row))
    return segment.aliases(ofRows: entries).map { ($0.key, $0.row - entries.lowerBound - 1) }
  }

  /// The id that the source itself gives an entry; a post's is its discussion's.
  public func nativeID(of entry: EntryID) -> [UInt8]? {
    let segment = segment(entry)
    var row = segment.entryID[Int(entry.row)]
    if row == Segment.unknown, segment.depth[Int(entry.row)] == 0 {
      row = segment.nativeID[Int(discussion(of: entry).row)]
    }
    return row == Segment.unknown ? nil : segment.names.bytes(at: Int(row))
  }

  // MARK: Text

  /// Number of bytes of an entry's text.
  public func textByteCount(of entry: EntryID) -> Int {
    let segment = segment(entry)
    return segment.textStart.range(at: Int(entry.row), within: segment.text.count).count
  }

  /// Number of bytes of all texts of a discussion.
  /// - Complexity: O(1).
  public func textByteCount(of discussion: DiscussionID) -> Int {
    let segment = segment(discussion)
    let rows = segment.rows(ofDiscussion: Int(discussion.row))
    return Int(clamping: segment.textStart[rows.upperBound] &- segment.textStart[rows.lowerBound])
  }

  /// Bytes of an entry's text that are set apart as somebody else's words, by role or by `>`: in order,
  /// apart. What stands in quotation marks is not among them.
  /// - Complexity: O(bytes + spans).
  public func quotedPassages(of entry: EntryID) -> [Range<Int>] {
    let spans = spans(of: entry)
    return withText(of: entry) { QuotedPassages.quotes($0, spans) }
  }

  /// Gives an entry's text, valid UTF-8, for the length of a closure, without a copy.
  public func withText<Result, Failure: Error>(
    of entry: EntryID, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let segment = segment(entry)
    let range = segment.textStart.range(at: Int(entry.row), within: segment.text.count)
    return try segment.text.withSpan(of: range, body)
  }

  /// Gives all texts of a segment, one entry's after the other's, and where each begins, with one more for
  /// the end. Those of a segment that `isMapped` are only what was stored once `verifyTexts` says so.
  public func withTexts<Result>(
    ofSegment segment: Int, _ body: (_ bytes: Span<UInt8>, _ starts: Span<UInt64>) -> Result
  ) -> Result {
    let segment = contents.segments[segment]
    return segment.text.withUnverifiedSpan { bytes in
      segment.textStart.withUnverifiedSpan { body(bytes, $0) }
    }
  }

  /// Whether a segment stands in a file, so that its texts are verified when they are first read.
  public func isMapped(segment: Int) -> Bool { contents.segments[segment].text.isMapped }

  /// Compares the texts of some rows of a segment with their checksums; false if they are not what was
  /// stored, or nothing of the segment can be trusted any more.
  /// - Complexity: O(1) in memory; else, the first time, O(bytes of the texts).
  public func verifyTexts(ofSegment segment: Int, rows: Range<Int>) -> Bool {
    let segment = contents.segments[segment]
    guard segment.text.isMapped else { return true }
    segment.textStart.verify(rows.lowerBound..<rows.upperBound + 1)
    if segment.text.isMarkedDamaged { return false }
    let (start, end) = (segment.textStart[rows.lowerBound], segment.textStart[rows.upperBound])
    guard start <= end, end <= UInt64(segment.text.count) else { return false }
    segment.text.verify(Int(start)..<Int(end))
    return !segment.text.isMarkedDamaged
  }

  /// When each entry of a segment was written, in seconds since 1970; `Int64.min` when the source does not
  /// say.
  public func dates(ofSegment segment: Int) -> Column<Int64> { contents.segments[segment].dateSeconds }

  /// Number of direct and indirect replies of each entry of a segment, and one more: itself.
  public func subtreeCounts(ofSegment segment: Int) -> Column<UInt32> {
    contents.segments[segment].subtreeCount
  }

  /// The row of each discussion's post in a segment, and one more for the end.
  public func posts(ofSegment segment: Int) -> Column<UInt32> { contents.segments[segment].firstEntry }

  /// A copy of an entry's text.
  public func text(of entry: EntryID) -> [UInt8] {
    let segment = segment(entry)
    return segment.text.elements(
      in: segment.textStart.range(at: Int(entry.row), within: segment.text.count))
  }

  /// The roles of an entry's text, ordered by start.
  public func spans(of entry: EntryID) -> [RoleSpan] {
    let segment = segment(entry)
    let rows = segment.spanStart.range(at: Int(entry.row), within: segment.spanLower.count)
    var link = rows.isEmpty ? 0 : segment.firstLink(atOrAfter: rows.lowerBound)
    return rows.compactMap { row in
      guard let role = Role(rawValue: segment.spanRole[row]) else { return nil }
      var target: [UInt8]?
      if link < segment.linkSpan.count, Int(segment.linkSpan[link]) == row {
        target = segment.names.bytes(at: Int(segment.linkTarget[link]))
        link += 1
      }
      let bytes = Int(segment.spanLower[row])..<Int(max(segment.spanLower[row], segment.spanUpper[row]))
      return RoleSpan(bytes, role, target: target)
    }
  }

  // MARK: Discussions

  private func segment(_ discussion: DiscussionID) -> Segment {
    contents.segments[Int(discussion.segment)]
  }

  /// The entries of a discussion in reading order, post first.
  public func entries(of discussion: DiscussionID) -> EntryRange {
    EntryRange(
      segment: Int(discussion.segment),
      rows: segment(discussion).rows(ofDiscussion: Int(discussion.row)))
  }

  /// The opening post of a discussion.
  public func post(of discussion: DiscussionID) -> EntryID {
    EntryID(
      segment: Int(discussion.segment), row: Int(segment(discussion).firstEntry[Int(discussion.row)]))
  }

  /// The title, UTF-8; empty when the source has none.
  public func title(of discussion: DiscussionID) -> [UInt8] {
    let segment = segment(discussion)
    return segment.names.bytes(at: Int(segment.title[Int(discussion.row)]))
  }

  /// Number of comments, pingbacks included.
  public func commentCount(of discussion: DiscussionID) -> Int { entries(of: discussion).count - 1 }

  /// The number of comments that the source claims, nil when it does not say.
  public func declaredComments(of discussion: DiscussionID) -> Int? {
    let declared = segment(discussion).declaredComments[Int(discussion.row)]
    return declared < 0 ? nil : Int(declared)
  }

  /// Whether comments are closed, nil when the source does not say.
  public func isClosed(_ discussion: DiscussionID) -> Bool? {
    switch segment(discussion).closed[Int(discussion.row)] {
    case 0: false
    case 1: true
    default: nil
    }
  }

  /// Short name of the format.
  public func format(of discussion: DiscussionID) -> String {
    let segment = segment(discussion)
    return String(
      decoding: segment.names.bytes(at: Int(segment.format[Int(discussion.row)])), as: UTF8.self)
  }

  /// The canonical address, nil when the source has none.
  public func url(of discussion: DiscussionID) -> [UInt8]? {
    let segment = segment(discussion)
    let row = segment.url[Int(discussion.row)]
    return row == Segment.unknown ? nil : segment.names.bytes(at: Int(row))
  }

  /// The paths of the sources that a discussion stands in, as the file system has them.
  public func sources(of discussion: DiscussionID) -> [[UInt8]] {
    let segment = segment(discussion)
    let row = Int(discussion.row)
    return segment.sourceStart.range(at: row, within: segment.sources.count).map {
      segment.names.bytes(at: Int(segment.sources[$0]))
    }
  }

  /// The sources of all discussions, those of dead ones too.
  /// - Complexity: O(discussions).
  public func sourceNames() -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for segment in contents.segments {
      var rows: Set<UInt32> = []
      for place in 0..<segment.sources.count { rows.insert(segment.sources[place]) }
      for row in rows { names.insert(segment.names.bytes(at: Int(row))) }
    }
    return names
  }

  /// Some sources, and all others that hold a discussion together with one of them, or with one of those.
  /// - Complexity: O(discussions), a few times.
  public func sources(heldTogetherWith some: Set<[UInt8]>) -> Set<[UInt8]> {
    guard !some.isEmpty else { return [] }
    var shared: [[[UInt8]]] = []
    for discussion in discussions {
      let sources = sources(of: discussion)
      if sources.count > 1 { shared.append(sources) }
    }
    var all = some
    var grows = true
    while grows {
      grows = false
      for sources in shared where sources.contains(where: { all.contains($0) }) {
        for source in sources where all.insert(source).inserted { grows = true }
      }
    }
    return all
  }

  /// The categories that the source names.
  public func categories(of discussion: DiscussionID) -> [[UInt8]] {
    let segment = segment(discussion)
    let row = Int(discussion.row)
    return segment.categoryStart.range(at: row, within: segment.categories.count).map {
      segment.names.bytes(at: Int(segment.categories[$0]))
    }
  }

  /// A discussion as a reader of a format would hand it over: what the next generation is built from
  /// when another source adds to it.
  /// - Complexity: O(entries + bytes of text).
  public func parsed(_ discussion: DiscussionID) -> ParsedDiscussion {
    let entries = entries(of: discussion)
    let post = entries[0]
    let segment = segment(discussion)
    let id = segment.nativeID[Int(discussion.row)]
    return ParsedDiscussion(
      title: title(of: discussion), author: author(of: post), date: date(of: post),
      format: format(of: discussion), url: url(of: discussion),
      nativeID: id == Segment.unknown ? nil : segment.names.bytes(at: Int(id)),
      categories: categories(of: discussion), declaredComments: declaredComments(of: discussion),
      isClosed: isClosed(discussion), body: ParsedText(utf8: text(of: post), spans: spans(of: post)),
      score: score(of: post).map { Int32(clamping: $0) },
      comments: entries.dropFirst().map { entry in
        let parent = Int(entry.row) - Int(segment.parentOffset[Int(entry.row)]) - entries.rows.lowerBound
        return ParsedComment(
          nativeID: nativeID(of: entry),
          parent: segment.missingParent(ofRow: Int(entry.row)).map { .id($0) }
            ?? (parent == 0 ? .post : .comment(parent - 1)),
          kind: kind(of: entry), author: author(of: entry), date: date(of: entry),
          score: score(of: entry).map { Int32(clamping: $0) }, isRemoved: isRemoved(entry),
          text: ParsedText(utf8: text(of: entry), spans: spans(of: entry)), line: line(of: entry))
      },
      sources: sources(of: discussion), line: line(of: post))
  }
}

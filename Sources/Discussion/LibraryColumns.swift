public import Bytes

/// An immutable part of a library that is stored in a file of its own: a segment, or a level of what is
/// known of ids, addresses and texts. Two are equal when they are the very same part.
public struct LibraryPart: Hashable, Sendable {
  private enum Kind {
    case segment(Segment)
    case identities(IdentityTable.Level)
  }

  private let kind: Kind

  fileprivate init(_ segment: Segment) { kind = .segment(segment) }
  fileprivate init(_ level: IdentityTable.Level) { kind = .identities(level) }

  private var identity: ObjectIdentifier {
    switch kind {
    case .segment(let segment): ObjectIdentifier(segment)
    case .identities(let level): ObjectIdentifier(level)
    }
  }

  /// Whether two are the very same part.
  public static func == (left: LibraryPart, right: LibraryPart) -> Bool { left.identity == right.identity }

  /// Hashes which part it is.
  public func hash(into hasher: inout Hasher) { hasher.combine(identity) }

  /// Adds the part's columns to a file.
  public func add(to writer: inout ColumnFileWriter) {
    switch kind {
    case .segment(let segment): segment.add(to: &writer)
    case .identities(let level):
      writer.add("identities.hashes", level.hashes)
      writer.add("identities.discussions", level.discussions)
      writer.add("identities.firsts", level.firsts)
    }
  }
}

extension Library {
  /// The segments, as they are stored.
  public var segmentParts: [LibraryPart] { segments.map { LibraryPart($0) } }

  /// The levels of what is known of ids, addresses and texts, as they are stored.
  public var identityParts: [LibraryPart] { identities.levels.map { LibraryPart($0) } }

  /// Whether something that was read from a stored segment was not what had been written.
  /// - Complexity: O(segments).
  public var isDamaged: Bool {
    segments.contains { $0.text.isDamaged } || identities.levels.contains { $0.hashes.isDamaged }
      || places.column.isDamaged
  }

  /// The file that something was read from which was not what had been written; nil if all is well.
  /// - Complexity: O(segments).
  public var damagedFile: PathName? {
    for segment in segments { if let file = segment.text.damagedFile { return file } }
    for level in identities.levels { if let file = level.hashes.damagedFile { return file } }
    return places.column.damagedFile
  }

  /// The sources of a stored segment, by the columns of its file; those that several discussions stand in
  /// once.
  /// - Throws: `ColumnFileError` when it is no segment.
  /// - Complexity: O(discussions).
  public static func sources(ofSegmentIn file: ColumnFile) throws(ColumnFileError) -> [[UInt8]] {
    let segment = try Segment(file)
    var rows: Set<UInt32> = []
    for place in 0..<segment.sources.count { rows.insert(segment.sources[place]) }
    return rows.sorted().filter { Int($0) < segment.names.count }.map { segment.names.bytes(at: Int($0)) }
  }

  /// Checks all of the files that segments were opened from, the index in them too; `isDamaged` tells.
  /// - Complexity: O(bytes of the files).
  public func verify() {
    for segment in segments { segment.text.verifyFile() }
    for level in identities.levels { level.hashes.verifyFile() }
    places.column.verifyFile()
  }

  /// Reads what a list of hits shows of an entry, so that damage to it is known before it is shown.
  public func touch(_ entry: EntryID) {
    _ = (author(of: entry), date(of: entry), key(of: entry), kind(of: entry), score(of: entry))
    let discussion = discussion(of: entry)
    _ = (title(of: discussion), key(of: post(of: discussion)), spans(of: entry))
    withText(of: entry) { _ in }
  }

  /// Adds what a library is beside its parts: where its discussions stand, and what is dead.
  public func addState(to writer: inout ColumnFileWriter) {
    writer.add("state.counts", Column([Int64(generation), Int64(mergedCount), Int64(entryCount)]))
    writer.add("state.dead", DiscussionList(deadDiscussions.sorted()).column)
    let repeats = repeatedPosts.sorted { $0.key < $1.key }
    writer.add("state.repeated.high", Column(repeats.map(\.key.high)))
    writer.add("state.repeated.low", Column(repeats.map(\.key.low)))
    writer.add("state.repeated.count", Column(repeats.map(\.value)))
    // What is read whole at opening stands before what is not.
    writer.add("state.places", places.column)
    if mergedCount > 0 { writer.add("state.discussions", discussions.column) }
  }

  /// A library that was stored.
  /// - Parameters:
  ///   - state: the file that `addState` was called for.
  ///   - segments: the files of its segments, in order.
  ///   - identities: the files of its levels, in order.
  /// - Throws: `ColumnFileError` when the files do not belong together.
  /// - Complexity: O(files and dead discussions); no column of entries or discussions is read.
  public init(
    state: ColumnFile, segments: [ColumnFile], identities: [ColumnFile]
  ) throws(ColumnFileError) {
    let counts: Column<Int64> = try state.column("state.counts")
    let places: Column<UInt64> = try state.column("state.places")
    guard counts.count == 3 else { throw .damaged("its counts are not three") }
    let mergedCount = Int(counts[1])
    var listed: DiscussionList?
    if mergedCount > 0 {
      let column: Column<UInt64> = try state.column("state.discussions")
      listed = DiscussionList(column)
    }
    var parts: [Segment] = []
    for file in segments { parts.append(try Segment(file)) }
    var levels: [IdentityTable.Level] = []
    for file in identities {
      let level = IdentityTable.Level(
        hashes: try file.column("identities.hashes"), discussions: try file.column("identities.discussions"),
        firsts: try file.column("identities.firsts"))
      guard let level else { throw .damaged("its columns do not belong together") }
      levels.append(level)
    }
    guard !parts.isEmpty || places.count == 0 else { throw .damaged("its segments are missing") }
    let high: Column<UInt64> = try state.column("state.repeated.high")
    let low: Column<UInt64> = try state.column("state.repeated.low")
    let count: Column<UInt64> = try state.column("state.repeated.count")
    guard low.count == high.count, count.count == high.count else {
      throw .damaged("its columns do not belong together")
    }
    var repeats: [EntryKey: UInt64] = [:]
    for place in 0..<high.count { repeats[EntryKey(high: high[place], low: low[place])] = count[place] }
    let dead: Column<UInt64> = try state.column("state.dead")
    guard !state.isDamaged else { throw .damaged("it does not have its checksum") }
    self.init(
      generation: Int(counts[0]), segments: parts, places: DiscussionList(places), mergedCount: mergedCount,
      discussions: listed, liveCount: Int(counts[2]), dead: Set(DiscussionList(dead)),
      identities: IdentityTable(levels: levels), repeatedPosts: repeats)
  }
}

extension Library {
  /// Nothing, as the generation after another: what is asked of that one is no longer answered.
  public func emptied() -> Library {
    Library(
      generation: generation + 1, segments: [], places: DiscussionList(Column()), mergedCount: 0,
      discussions: nil, liveCount: 0, dead: [], identities: IdentityTable(), repeatedPosts: [:])
  }
}

extension Remap {
  /// From nothing to a library that was opened whole.
  public static func opening(_ library: Library) -> Remap { Remap(old: Library(), new: library) }
}

public import Discussion

/// What is known of how entries came: which count as read because they were there when so much was read for the
/// first time, and which came since the last visit.
public struct Arrivals: Sendable, Equatable {
  /// One bit for each row of a segment.
  public enum Rows: Sendable, Equatable {
    /// No row.
    case none
    /// Every row.
    case all
    /// Those whose bit is set: 64 rows a word, the lowest bit for the first.
    case some([UInt64])

    /// The 64 rows from `64 * index` on.
    func word(_ index: Int) -> UInt64 {
      switch self {
      case .none: 0
      case .all: .max
      case .some(let words): index < words.count ? words[index] : 0
      }
    }
  }

  /// The rows of a segment.
  public struct Segment: Sendable, Equatable {
    /// Count as read unless someone marked them unread.
    public var isRead: Rows
    /// Came since the last visit.
    public var isNew: Rows

    /// A segment.
    public init(isRead: Rows = .none, isNew: Rows = .none) {
      self.isRead = isRead
      self.isNew = isNew
    }
  }

  /// By the segments of the library.
  public var segments: [Segment]

  /// Nothing is known: all is unread, and nothing new.
  public init(segments: [Segment] = []) { self.segments = segments }

  /// A segment's rows; none beyond the last.
  public subscript(segment: Int) -> Segment {
    segment < segments.count ? segments[segment] : Segment()
  }
}

extension ReaderState {
  /// Takes what is known of how entries came; segments that the library does not have yet are kept for then.
  mutating func take(_ next: Arrivals) {
    let before = arrivals
    arrivals = next
    let changed = (0..<library.segmentCount).filter { before[$0] != next[$0] }
    guard !changed.isEmpty else { return }
    for segment in changed { read.take(next[segment], segment: segment, of: library) }
    takeBackUnread()
    countUnread()
  }

  /// Marks what counts as read in the segments from one on.
  mutating func applyArrivals(fromSegment first: Int) {
    for segment in first..<max(first, library.segmentCount) {
      read.take(arrivals[segment], segment: segment, of: library)
    }
    takeBackUnread()
  }

  /// What was marked unread by hand stays so.
  private mutating func takeBackUnread() {
    for key in unreadKeys {
      if let entry = library.entry(withKey: key) { read.set(entry, isRead: false) }
    }
  }

  /// Number of entries of a discussion that came since the last visit and wait to be read.
  public func newCount(of discussion: DiscussionID) -> Int {
    read.newCount(in: library.entries(of: discussion))
  }
}

extension ReadMarks {
  /// Takes over what is known of how the entries of a segment came.
  /// - Complexity: O(rows / 64).
  public mutating func take(_ arrivals: Arrivals.Segment, segment: Int, of library: Library) {
    let rows = library.rowCount(ofSegment: segment)
    guard rows > 0 else { return }
    for index in 0...(rows - 1) / 64 {
      let mask = rows - 64 * index >= 64 ? UInt64.max : (1 << UInt64(rows - 64 * index)) - 1
      words.insert(arrivals.isRead.word(index) & mask, at: index, ofSegment: segment)
      new.insert(arrivals.isNew.word(index) & mask, at: index, ofSegment: segment)
    }
  }

  /// Whether an entry came since the last visit and waits to be read.
  public func isNew(_ entry: EntryID) -> Bool { new[entry] && isUnread(entry) }

  /// Number of entries of a run that came since the last visit and wait to be read.
  /// - Complexity: O(entries / 64), O(1) where none came.
  public func newCount(in entries: EntryRange) -> Int {
    guard !new.isEmpty else { return 0 }
    return new.count(in: entries) { index in
      words.word(index, ofSegment: entries.segment)
        | (countsQuiet ? 0 : quiet.word(index, ofSegment: entries.segment))
    }
  }

  /// Calls `body` for each 64 entries of a segment with those that came since the last visit and wait to be
  /// read as bits, the lowest for the entry in `row`.
  /// - Complexity: O(rows / 64).
  public func forEachNewWord(
    ofSegment segment: Int, rows: Int, _ body: (_ row: Int, _ new: UInt64) -> Void
  ) {
    forEachWord(ofSegment: segment, rows: rows) { row, _, unread in
      body(row, unread & new.word(row / 64, ofSegment: segment))
    }
  }
}

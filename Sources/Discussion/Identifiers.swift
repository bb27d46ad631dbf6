/// A place in the library of one generation: dense, cheap, and only as lasting as that generation. What
/// must outlive it is an `EntryKey`.
public struct EntryID: Hashable, Sendable, Comparable {
  /// Index of the segment.
  public var segment: UInt32
  /// Row within the segment.
  public var row: UInt32

  /// An id from its parts.
  public init(segment: Int, row: Int) {
    self.segment = UInt32(segment)
    self.row = UInt32(row)
  }

  /// Orders by segment, then by row; within a discussion that is reading order.
  public static func < (left: EntryID, right: EntryID) -> Bool {
    (left.segment, left.row) < (right.segment, right.row)
  }

  /// The entry some rows further on in the same segment.
  public func advanced(by rows: Int) -> EntryID {
    EntryID(segment: Int(segment), row: max(0, Int(row) + rows))
  }
}

/// A discussion in the library of one generation.
public struct DiscussionID: Hashable, Sendable, Comparable {
  /// Index of the segment.
  public var segment: UInt32
  /// Row in the segment's table of discussions.
  public var row: UInt32

  /// An id from its parts.
  public init(segment: Int, row: Int) {
    self.segment = UInt32(segment)
    self.row = UInt32(row)
  }

  /// Orders by segment, then by row.
  public static func < (left: DiscussionID, right: DiscussionID) -> Bool {
    (left.segment, left.row) < (right.segment, right.row)
  }
}

/// An author's name in the library of one generation: two entries of one segment have the same author
/// id exactly when their sources spell the name alike.
public struct AuthorID: Hashable, Sendable {
  /// Index of the segment.
  public var segment: UInt32
  /// Row in the segment's table of names.
  public var row: UInt32
}

/// The run of entries of one discussion, post first.
public struct EntryRange: RandomAccessCollection, Hashable, Sendable {
  /// Index of the segment.
  public let segment: Int
  /// Rows within the segment.
  public let rows: Range<Int>

  /// A run of rows of a segment.
  public init(segment: Int, rows: Range<Int>) {
    self.segment = segment
    self.rows = rows
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The number of entries.
  public var endIndex: Int { rows.count }
  /// The entry at a place in reading order; 0 is the post.
  public subscript(position: Int) -> EntryID {
    EntryID(segment: segment, row: rows.lowerBound + position)
  }
  /// Whether an entry belongs to the run.
  /// - Complexity: O(1).
  public func contains(_ entry: EntryID) -> Bool {
    entry.segment == UInt32(segment) && rows.contains(Int(entry.row))
  }
}

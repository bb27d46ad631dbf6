import Bytes

/// The discussions of a library, one after the other, as a column: 8 bytes each, in memory or in a file.
public struct DiscussionList: RandomAccessCollection, Equatable, Sendable {
  let column: Column<UInt64>

  init(_ column: Column<UInt64>) { self.column = column }

  /// A copy of some ids.
  /// - Complexity: O(count).
  init(_ discussions: some Collection<DiscussionID>) {
    column = Column(discussions.map { UInt64($0.segment) << 32 | UInt64($0.row) })
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The number of discussions.
  public var endIndex: Int { column.count }
  /// The discussion at a place.
  /// - Complexity: O(1).
  public subscript(position: Int) -> DiscussionID {
    let packed = column[position]
    var discussion = DiscussionID(segment: 0, row: Int(UInt32(truncatingIfNeeded: packed)))
    discussion.segment = UInt32(truncatingIfNeeded: packed >> 32)
    return discussion
  }

  /// Whether two lists hold the same ids in the same order.
  /// - Complexity: O(count).
  public static func == (left: DiscussionList, right: DiscussionList) -> Bool { left.elementsEqual(right) }
}

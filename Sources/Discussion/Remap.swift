/// How ids of one generation are found again in the next.
public struct Remap: Sendable {
  /// The generation that the old ids are of.
  public let from: Int
  /// The generation that the new ids are of.
  public let to: Int
  private let old: Library
  private let new: Library
  /// Where discussions went that are not where they were; nil for one that is gone.
  private let moved: [DiscussionID: DiscussionID?]

  private let join: Join?

  /// Where the rows of segments went that were joined.
  struct Join: Sendable {
    /// The segments.
    let segments: [Int]
    /// The segment they are in now.
    let target: Int
    /// For each of the segments the new row of each of its rows.
    let entryRows: [[UInt32]]
    /// For each of the segments the new row of each of its discussions.
    let discussionRows: [[UInt32]]
  }

  init(old: Library, new: Library, moved: [DiscussionID: DiscussionID?] = [:], join: Join? = nil) {
    from = old.generation
    to = new.generation
    self.old = old
    self.new = new
    self.moved = moved
    self.join = join
  }

  /// Whether every entry and discussion is where it was.
  public var isEmpty: Bool { moved.isEmpty && join == nil }

  /// The new id of an entry; nil when it is gone.
  /// - Complexity: O(log entries); O(1) for a discussion that stayed where it was.
  public func callAsFunction(_ entry: EntryID) -> EntryID? {
    guard old.contains(entry) else { return nil }
    if let join, let part = join.segments.firstIndex(of: Int(entry.segment)) {
      let row = join.entryRows[part][Int(entry.row)]
      return row == Library.goneRow ? nil : EntryID(segment: join.target, row: Int(row))
    }
    if moved.isEmpty { return entry }
    guard let place = moved[old.discussion(of: entry)] else { return entry }
    return place.flatMap { new.entry(withKey: old.key(of: entry), in: $0) }
  }

  /// The new id of a discussion; nil when it is gone.
  public func callAsFunction(_ discussion: DiscussionID) -> DiscussionID? {
    if let join, let part = join.segments.firstIndex(of: Int(discussion.segment)) {
      let rows = join.discussionRows[part]
      guard Int(discussion.row) < rows.count, rows[Int(discussion.row)] != Library.goneRow else { return nil }
      return DiscussionID(segment: join.target, row: Int(rows[Int(discussion.row)]))
    }
    return moved[discussion, default: discussion]
  }
}

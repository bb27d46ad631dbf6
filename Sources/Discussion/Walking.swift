import Bytes

/// Walking a thread: every step is arithmetic on the pre-order columns, none recurses.
extension Library {
  /// 0 for the post, 1 for a reply to it, and so on.
  public func depth(of entry: EntryID) -> Int {
    Int(segments[Int(entry.segment)].depth[Int(entry.row)])
  }

  /// Number of entries below an entry, at any depth.
  public func descendantCount(of entry: EntryID) -> Int {
    // A damaged count reads as 0.
    max(1, Int(segments[Int(entry.segment)].subtreeCount[Int(entry.row)])) - 1
  }

  /// 1-based position among the siblings; 0 for the post.
  public func ordinal(of entry: EntryID) -> Int {
    Int(segments[Int(entry.segment)].ordinal[Int(entry.row)])
  }

  /// The entry that this one answers, nil for the post.
  public func parent(of entry: EntryID) -> EntryID? {
    let offset = segments[Int(entry.segment)].parentOffset[Int(entry.row)]
    return offset == 0 ? nil : entry.advanced(by: -Int(offset))
  }

  /// The first direct reply, nil when there is none.
  public func firstReply(to entry: EntryID) -> EntryID? {
    descendantCount(of: entry) == 0 ? nil : entry.advanced(by: 1)
  }

  /// The next reply to the same parent, nil at the last one.
  /// - Complexity: O(1).
  public func nextSibling(of entry: EntryID) -> EntryID? {
    guard let parent = parent(of: entry) else { return nil }
    let next = entry.advanced(by: descendantCount(of: entry) + 1)
    return next.row <= parent.row + UInt32(descendantCount(of: parent)) ? next : nil
  }

  /// The previous reply to the same parent, nil at the first one.
  /// - Complexity: O(depth below the sibling).
  public func previousSibling(of entry: EntryID) -> EntryID? {
    guard ordinal(of: entry) > 1 else { return nil }
    let wanted = depth(of: entry)
    var candidate = entry.advanced(by: -1)
    while depth(of: candidate) > wanted, let parent = parent(of: candidate) { candidate = parent }
    return candidate
  }

  /// The reply to the post that an entry stands under, itself if it is one; nil for the post.
  /// - Complexity: O(depth).
  public func topLevel(of entry: EntryID) -> EntryID? {
    var current = entry
    while depth(of: current) > 1, let parent = parent(of: current) { current = parent }
    return depth(of: current) == 1 ? current : nil
  }

  /// The entries above an entry, nearest first, the post last.
  /// - Complexity: O(depth).
  public func ancestors(of entry: EntryID) -> [EntryID] {
    var found: [EntryID] = []
    var current = entry
    while let parent = parent(of: current) {
      found.append(parent)
      current = parent
    }
    return found
  }

  /// An entry's number in its thread: 1, 1.1, 1.1.2; empty for the post.
  /// - Complexity: O(depth).
  public func number(of entry: EntryID) -> [Int] {
    var number: [Int] = []
    var current = entry
    while let parent = parent(of: current) {
      number.append(ordinal(of: current))
      current = parent
    }
    return number.reversed()
  }
}

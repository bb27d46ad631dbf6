import Bytes

/// Looking through whole columns, where that is cheaper than asking entry by entry.
extension Library {
  /// The place of a discussion in `discussions`, nil if it is not listed.
  /// - Parameter near: looked at first, with its neighbours.
  /// - Complexity: O(1) near the place given, else O(discussions), one comparison of a word each.
  public func place(of discussion: DiscussionID, near: Int = 0) -> Int? {
    let discussions = discussions
    for place in near - 2...near + 2 where discussions.indices.contains(place) {
      if discussions[place] == discussion { return place }
    }
    let packed = UInt64(discussion.segment) << 32 | UInt64(discussion.row)
    return discussions.column.withSpan { packedList in
      for place in 0..<packedList.count where packedList[place] == packed { return place }
      return nil
    }
  }

  /// Calls `body` for each entry of a kind, from a segment on, listed or not.
  /// - Complexity: O(entries from that segment on), a byte each.
  public func forEachEntry(of kind: EntryKind, fromSegment first: Int = 0, _ body: (EntryID) -> Void) {
    for index in segments.indices.dropFirst(first) {
      segments[index].flags.withSpan { flags in
        for row in 0..<flags.count where flags[row] & 7 == kind.rawValue {
          body(EntryID(segment: index, row: row))
        }
      }
    }
  }
}

extension Library {
  /// When the newest entry of a discussion was written, in seconds since 1970; nil when no entry has a date.
  /// - Complexity: O(entries), a word each.
  public func newestDate(of discussion: DiscussionID) -> Int64? {
    let entries = entries(of: discussion)
    let newest = dates(ofSegment: entries.segment).withSpan { dates in
      var newest = Int64.min
      for row in entries.rows where row < dates.count && dates[row] > newest { newest = dates[row] }
      return newest
    }
    return newest == .min ? nil : newest
  }
}

public import Discussion

extension ListSort {
  /// Discussions in this order; those that are alike stay in the order in which they are given.
  /// - Returns: nil when it was given up.
  /// - Complexity: O(discussions · log discussions + entries).
  public func arranged(
    _ discussions: [DiscussionID], of library: Library, read: ReadMarks, isCancelled: () -> Bool = { false }
  ) -> [DiscussionID]? {
    guard self != .source else { return discussions }
    var keys: [(key: UInt64, place: UInt32)] = []
    keys.reserveCapacity(discussions.count)
    for (place, discussion) in discussions.enumerated() {
      if place & 0xFFFF == 0, isCancelled() { return nil }
      keys.append((key(of: discussion, in: library, read), UInt32(place)))
    }
    if self == .title {
      keys.sort { left, right in
        if left.key != right.key { return left.key < right.key }
        let first = ListSort.folded(library.title(of: discussions[Int(left.place)]), limit: .max)
        let second = ListSort.folded(library.title(of: discussions[Int(right.place)]), limit: .max)
        return first == second ? left.place < right.place : first.lexicographicallyPrecedes(second)
      }
    } else {
      keys.sort { ($0.key, $0.place) < ($1.key, $1.place) }
    }
    if isCancelled() { return nil }
    return keys.map { discussions[Int($0.place)] }
  }

  /// A number that is smaller for what stands further up.
  private func key(of discussion: DiscussionID, in library: Library, _ read: ReadMarks) -> UInt64 {
    switch self {
    case .source: 0
    case .activity: ListSort.latestFirst(library.newestDate(of: discussion))
    case .date: ListSort.latestFirst(library.date(of: library.post(of: discussion))?.seconds)
    case .comments: UInt64.max - UInt64(library.commentCount(of: discussion))
    case .unread: UInt64.max - UInt64(read.unreadCount(in: library.entries(of: discussion)))
    case .title:
      ListSort.folded(library.title(of: discussion), limit: 8).reduce(into: (key: UInt64(0), bits: 64)) {
        $0.bits -= 8
        $0.key |= UInt64($1) << UInt64($0.bits)
      }.key
    }
  }

  /// What has no date stands last.
  private static func latestFirst(_ seconds: Int64?) -> UInt64 {
    guard let seconds else { return .max }
    return ~(UInt64(bitPattern: seconds) ^ 1 << 63)
  }

  /// A title from its first letter or digit on, in lower case; at most some bytes of it.
  static func folded(_ title: [UInt8], limit: Int) -> [UInt8] {
    var folded: [UInt8] = []
    for scalar in String(decoding: title.prefix(limit == .max ? .max : 4 * limit + 64), as: UTF8.self)
      .unicodeScalars
    {
      if folded.count >= limit { break }
      let properties = scalar.properties
      if folded.isEmpty, !properties.isAlphabetic, properties.numericType == nil { continue }
      if scalar.isASCII {
        folded.append(UInt8(scalar.value) | (("A"..."Z").contains(scalar) ? 0x20 : 0))
      } else {
        folded += Array(properties.lowercaseMapping.utf8)
      }
    }
    return limit < folded.count ? Array(folded.prefix(limit)) : folded
  }
}

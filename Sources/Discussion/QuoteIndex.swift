import Bytes

/// A passage of an entry that quotes another entry of the same discussion.
public struct QuoteLink: Hashable, Sendable {
  /// The entry that quotes.
  public var entry: EntryID
  /// The bytes of its text that stem from the other.
  public var bytes: Range<Int>
  /// The entry that is quoted.
  public var source: EntryID
  /// The bytes of its text that are quoted.
  public var sourceBytes: Range<Int>
}

/// Who quotes whom in one discussion.
///
/// A quoted passage (of role quote, a `>` line, or in quotation marks) is linked to the entry whose own
/// words it repeats: at least six words in a row, whatever their case, punctuation and line breaks. Of
/// several, one that it answers is preferred; without one, the source stands earlier: by date where both
/// are known, else in the thread. Words that more than eight entries have say nothing.
public struct QuoteIndex: Sendable {
  /// The discussion.
  public let discussion: DiscussionID
  /// All links, ordered by quoting entry and place.
  public let links: [QuoteLink]
  /// Places in `links`, ordered by source, then by quoting entry.
  private let bySource: [UInt32]

  /// Finds the quotes of a discussion.
  ///
  /// Memory is bounded, whatever the size of the discussion: at most `QuoteSearch.windowLimit` runs of
  /// quoted words are held at a time, and what exceeds eight such loads is not looked at.
  /// - Complexity: O(bytes of the discussion), and once more for each further load of quoted words.
  public init(of discussion: DiscussionID, in library: Library) {
    self.discussion = discussion
    var search = QuoteSearch(discussion, library)
    search.run()
    let links = search.links
    self.links = links
    bySource = (0..<UInt32(links.count)).sorted {
      (links[Int($0)].source, $0) < (links[Int($1)].source, $1)
    }
  }

  /// What an entry quotes, in the order of its text.
  /// - Complexity: O(log links + found).
  public func quotes(of entry: EntryID) -> [QuoteLink] {
    Array(links[QuoteIndex.first(links.count) { links[$0].entry >= entry }...].prefix { $0.entry == entry })
  }

  /// Who quotes an entry, in the order of the thread.
  /// - Complexity: O(log links + found).
  public func quoted(by entry: EntryID) -> [QuoteLink] {
    let start = QuoteIndex.first(links.count) { links[Int(bySource[$0])].source >= entry }
    return bySource[start...].lazy.map { links[Int($0)] }.prefix { $0.source == entry }.map { $0 }
  }

  private static func first(_ count: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

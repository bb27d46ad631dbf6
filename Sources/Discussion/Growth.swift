/// How ids of one generation are found again in the next.
public struct Remap: Sendable {
  /// The generation that the old ids are of.
  public let from: Int
  /// The generation that the new ids are of.
  public let to: Int
  private let old: Library
  private let new: Library
  private let moved: [DiscussionID: DiscussionID]

  init(old: Library, new: Library, moved: [DiscussionID: DiscussionID]) {
    from = old.generation
    to = new.generation
    self.old = old
    self.new = new
    self.moved = moved
  }

  /// The new id of an entry; nil when it is gone.
  /// - Complexity: O(log entries); O(1) for a discussion that stayed where it was.
  public func callAsFunction(_ entry: EntryID) -> EntryID? {
    guard old.contains(entry) else { return nil }
    if moved.isEmpty || moved[old.discussion(of: entry)] == nil { return entry }
    return new.entry(withKey: old.key(of: entry))
  }

  /// The new id of a discussion.
  public func callAsFunction(_ discussion: DiscussionID) -> DiscussionID? {
    moved[discussion] ?? discussion
  }
}

extension Library {
  /// The next generation: this library and a batch of discussions.
  ///
  /// A discussion that is already here, from another source, is united with what is here and rebuilt
  /// into the new segment; its old rows go dead. The order of the list stays: what is new comes last.
  /// - Complexity: O(entries and bytes of the batch and of the discussions that it adds to).
  public func adding(_ batch: [ParsedDiscussion]) -> (library: Library, remap: Remap) {
    var pending: [ArrangedDiscussion] = []
    var placeOf: [EntryKey: Int] = [:]
    var listed: [EntryKey: DiscussionID] = [:]
    for discussion in discussions { listed[key(of: post(of: discussion))] = discussion }
    var replaces: [Int: DiscussionID] = [:]
    var seenInSource: [SourceIdentity: Int] = [:]

    for parsed in batch {
      let plain = ArrangedDiscussion.identity(of: parsed, ordinal: 0)
      let source = SourceIdentity(identity: plain, source: parsed.sources.first ?? [])
      let ordinal = seenInSource[source, default: 0]
      seenInSource[source] = ordinal + 1
      let arranged = ArrangedDiscussion(parsed, ordinal: ordinal)
      if let place = placeOf[arranged.identity] {
        pending[place] = ArrangedDiscussion(pending[place].united(with: arranged), ordinal: ordinal)
      } else {
        placeOf[arranged.identity] = pending.count
        if let here = listed[arranged.identity] {
          replaces[pending.count] = here
          let old = ArrangedDiscussion(self.parsed(here), ordinal: ordinal)
          pending.append(ArrangedDiscussion(old.united(with: arranged), ordinal: ordinal))
        } else {
          pending.append(arranged)
        }
      }
    }

    var builder = SegmentBuilder()
    var moved: [DiscussionID: DiscussionID] = [:]
    var fresh: [DiscussionID] = []
    for (place, discussion) in pending.enumerated() {
      let id = DiscussionID(segment: segmentCount, row: place)
      builder.add(discussion)
      if let old = replaces[place] { moved[old] = id } else { fresh.append(id) }
    }
    let grown = Library(
      generation: generation + 1,
      segments: pending.isEmpty ? segments : segments + [builder.finish()],
      discussions: discussions.map { moved[$0] ?? $0 } + fresh,
      dead: deadDiscussions.union(moved.keys))
    return (grown, Remap(old: self, new: grown, moved: moved))
  }

  /// A library of one batch.
  public static func of(_ batch: [ParsedDiscussion]) -> Library { Library().adding(batch).library }
}

/// One identity within one source, for counting equals there.
private struct SourceIdentity: Hashable {
  var identity: EntryKey
  var source: [UInt8]
}

extension Library {
  /// The next generation: this library and a batch of discussions.
  ///
  /// What belongs together is united, whether it stands in the batch or is already here: a discussion
  /// that gains something is rebuilt into the new segment, and its old rows go dead. The order of the
  /// list stays: what is new comes last. How discussions are cut into batches makes no difference.
  /// - Parameter rereading: sources that were read before and are read again: their discussions unite with
  ///   what they held then, also where nothing but the text tells which is which. Of a discussion that no
  ///   other source holds, what the source no longer has is left out.
  /// - Complexity: O(entries and bytes of the batch and of the discussions that it adds to), and a copy of
  ///   one word for each discussion.
  public func adding(
    _ batch: [ParsedDiscussion], rereading: inout Rereading
  ) -> (library: Library, remap: Remap) {
    var growth = Growth(of: self, rereading: rereading)
    for parsed in batch { growth.take(parsed) }
    return growth.finish(&rereading)
  }

  /// The next generation, with a batch of sources that were never read before.
  public func adding(_ batch: [ParsedDiscussion]) -> (library: Library, remap: Remap) {
    var rereading = Rereading()
    return adding(batch, rereading: &rereading)
  }

  /// The next generation, without what stands nowhere any more: discussions all of whose sources are gone,
  /// or were read again without it.
  /// - Parameters:
  ///   - gone: sources that are no longer there.
  ///   - rereading: sources that were read again, all of their batches taken in.
  /// - Complexity: O(discussions), and O(entries and bytes) of discussions of which one source of several
  ///   is gone.
  public func removing(
    sources gone: Set<[UInt8]>, rereading: Rereading = Rereading()
  ) -> (library: Library, remap: Remap) {
    var growth = Growth(of: self, rereading: rereading)
    for (serial, place) in places.enumerated() where place.segment != Library.forwardSegment {
      let sources = sources(of: place)
      let isMet = rereading.met.contains(UInt32(serial))
      let left = sources.filter { !gone.contains($0) && (isMet || !rereading.sources.contains($0)) }
      if left.isEmpty { growth.remove(UInt32(serial)) }
      let isPartlyGone = sources.contains { gone.contains($0) }
      if !left.isEmpty, isPartlyGone { growth.keep(UInt32(serial), without: gone) }
    }
    var rereading = rereading
    return growth.finish(&rereading)
  }

  /// A library of one batch.
  public static func of(_ batch: [ParsedDiscussion]) -> Library { Library().adding(batch).library }
}

/// What is known of sources that are read once more.
public struct Rereading: Sendable {
  /// The sources, as `ParsedDiscussion.sources` names them.
  public var sources: Set<[UInt8]>
  /// Sources that are no longer there: what only they and those above held is left out.
  public var gone: Set<[UInt8]>
  /// Numbers of discussions that some of them still has.
  fileprivate(set) var met: Set<UInt32> = []

  /// Sources that are read once more.
  public init(sources: Set<[UInt8]> = [], gone: Set<[UInt8]> = []) {
    self.sources = sources
    self.gone = gone
  }
}

/// A library while a batch is taken into it.
struct Growth {
  private let library: Library
  private let rereading: Rereading
  private var identities: IdentityTable
  private var batch = IdentityBatch()
  /// Drafts by serial number; one that was united with another stands under the lower number.
  private var drafts: [UInt32: DiscussionDraft] = [:]
  /// Numbers that were given up for another.
  private var forwards: [UInt32: UInt32] = [:]
  private var nextSerial: UInt32
  private var repeats: [EntryKey: UInt64]
  /// Numbers of discussions that are left out.
  private var gone: [UInt32] = []
  /// Numbers of discussions that a source read again has.
  private var met: Set<UInt32> = []

  init(of library: Library, rereading: Rereading) {
    self.library = library
    self.rereading = rereading
    identities = library.identities
    nextSerial = UInt32(library.places.count)
    repeats = library.repeatedPosts
  }

  // MARK: Taking

  /// Takes one discussion: a new one, or a copy or part of others.
  mutating func take(_ parsed: ParsedDiscussion) {
    var draft = DiscussionDraft(parsed)
    let isReadAgain =
      !rereading.sources.isEmpty && parsed.sources.contains { rereading.sources.contains($0) }
    draft.isReadAgain = isReadAgain
    let sketch = Growth.isFoundByText(parsed) ? TextSketch(parsed.body) : nil
    let textHashes = sketch.map { EntryIdentity.hashes(ofTitle: parsed.title, $0) } ?? []
    let postKeys = draft.parsed.keysOfPost
    let (ownKey, commentKeys) = (draft.postKey, draft.commentKeys)

    if !isEmpty {
      for key in postKeys { draft = uniteByName(draft, key) }
      if let sketch { draft = uniteByText(draft, parsed, sketch, textHashes) }
      if draft.isReadAgain { draft = uniteWithEarlierState(draft) }
    }
    let idKeys = zip(parsed.comments, commentKeys).compactMap { $0.nativeID == nil ? nil : $1 }
    let serial = number(&draft)
    if !isEmpty {
      for key in idKeys { draft = uniteBelow(draft, key) }
    }
    let current = draft.serial ?? serial
    for key in postKeys + [ownKey, draft.postKey] {
      batch.insert(EntryIdentity.hash(ofEntry: key), current)
      batch.insert(EntryIdentity.hash(ofPost: key), current)
    }
    for key in idKeys { batch.insert(EntryIdentity.hash(ofEntry: key), current) }
    for hash in textHashes { batch.insert(hash, current) }
    if isReadAgain { met.insert(current) }
  }

  /// Leaves a discussion out of the next generation.
  mutating func remove(_ serial: UInt32) { gone.append(serial) }

  /// Takes sources off a discussion that others still have.
  mutating func keep(_ serial: UInt32, without gone: Set<[UInt8]>) {
    draft(serial).parsed.sources.removeAll { gone.contains($0) }
  }

  private var isEmpty: Bool { nextSerial == 0 }

  /// Whether a discussion is looked for by its text: not mail, of which every copy has its Message-ID.
  private static func isFoundByText(_ parsed: ParsedDiscussion) -> Bool {
    guard !parsed.body.utf8.isEmpty else { return false }
    guard parsed.url == nil, let id = parsed.nativeID else { return true }
    return !id.contains(UInt8(ascii: "@"))
  }

  /// Gives a new discussion its number and a key that no other has.
  private mutating func number(_ draft: inout DiscussionDraft) -> UInt32 {
    if let serial = draft.serial { return serial }
    let key = draft.postKey
    let isTaken =
      repeats[key] != nil
      || candidates(EntryIdentity.hash(ofPost: key)).contains { self.key(ofPost: $0) == key }
    if isTaken {
      let ordinal = repeats[key, default: 0] + 1
      repeats[key] = ordinal
      draft = DiscussionDraft(draft.parsed, ordinal: ordinal)
    }
    let serial = nextSerial
    nextSerial += 1
    draft.serial = serial
    drafts[serial] = draft
    return serial
  }

  // MARK: Finding

  private func current(_ serial: UInt32) -> UInt32 {
    var serial = library.resolved(serial)
    while let next = forwards[serial] { serial = next }
    return serial
  }

  /// The numbers that a hash stands for, each once, in order.
  private func candidates(_ hash: UInt64) -> [UInt32] {
    var found: [UInt32] = []
    identities.visit(hash) { found.append(current($0)) }
    batch.visit(hash, limit: IdentityTable.candidateLimit - found.count) { found.append(current($0)) }
    found.removeAll { isGone($0) }
    if found.count > 1 {
      found.sort()
      var distinct: [UInt32] = []
      for serial in found where serial != distinct.last { distinct.append(serial) }
      return distinct
    }
    return found
  }

  /// Whether a number stands for a discussion that was removed in an earlier generation.
  private func isGone(_ serial: UInt32) -> Bool {
    Int(serial) < library.places.count && library.places[Int(serial)].segment == Library.forwardSegment
  }

  private mutating func draft(_ serial: UInt32) -> DiscussionDraft {
    if let draft = drafts[serial] { return draft }
    let draft = DiscussionDraft(library.places[Int(serial)], of: library, serial: serial)
    if !rereading.sources.isEmpty, !rereading.met.contains(serial) {
      draft.expectRepeats(from: rereading.sources, gone: rereading.gone)
    }
    drafts[serial] = draft
    return draft
  }

  private func key(ofPost serial: UInt32) -> EntryKey {
    if let draft = drafts[serial] { return draft.postKey }
    return library.key(of: library.post(of: library.places[Int(serial)]))
  }

  // MARK: Uniting

  /// Unites a discussion with those that know its post by an id or an address.
  private mutating func uniteByName(_ draft: DiscussionDraft, _ key: EntryKey) -> DiscussionDraft {
    for serial in candidates(EntryIdentity.hash(ofEntry: key)) where serial != draft.serial {
      guard isKnown(key, in: serial) else { continue }
      let other = self.draft(serial)
      guard let place = other.entry(withKey: key) else { continue }
      if place < 0 {
        guard draft.maySharePost(with: other, named: key) else { continue }
        return unite(other, draft)
      }
      guard draft.mayBePost(of: other.parsed.comments[place], in: other) else { continue }
      return unite(other, draft, under: place)
    }
    return draft
  }

  /// Unites a discussion of a source that is read again with the one of the same key that it held before.
  private mutating func uniteWithEarlierState(_ draft: DiscussionDraft) -> DiscussionDraft {
    for serial in candidates(EntryIdentity.hash(ofPost: draft.postKey)) where serial != draft.serial {
      guard key(ofPost: serial) == draft.postKey else { continue }
      let other = self.draft(serial)
      guard other.parsed.sources.contains(where: { draft.parsed.sources.contains($0) }),
        !draft.shares(aSourceWith: other)
      else { continue }
      return unite(other, draft)
    }
    return draft
  }

  /// Unites a discussion with those whose post one of its comments is.
  private mutating func uniteBelow(_ draft: DiscussionDraft, _ key: EntryKey) -> DiscussionDraft {
    for serial in candidates(EntryIdentity.hash(ofPost: key)) where serial != draft.serial {
      guard isKnown(key, in: serial) else { continue }
      let other = self.draft(serial)
      guard other.entry(withKey: key) == -1, let place = draft.entry(withKey: key), place >= 0,
        other.mayBePost(of: draft.parsed.comments[place], in: draft)
      else { continue }
      return unite(draft, other, under: place)
    }
    return draft
  }

  /// Whether a discussion has an entry by this key, asked before it is copied out of the library.
  private func isKnown(_ key: EntryKey, in serial: UInt32) -> Bool {
    drafts[serial] != nil || library.knows(key, in: library.places[Int(serial)])
  }

  /// Unites a discussion with one of the same title and nearly the same text.
  private mutating func uniteByText(
    _ draft: DiscussionDraft, _ parsed: ParsedDiscussion, _ sketch: TextSketch, _ hashes: [UInt64]
  ) -> DiscussionDraft {
    var votes: [UInt32: Int] = [:]
    for hash in hashes {
      for serial in candidates(hash) where serial != draft.serial { votes[serial, default: 0] += 1 }
    }
    guard !votes.isEmpty else { return draft }
    let title = FoldedWords.fold(parsed.title)
    for (serial, _) in votes.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(16) {
      let (theirTitle, theirs) = titleAndSketch(of: serial)
      guard FoldedWords.fold(theirTitle) == title, sketch.isCopy(of: theirs) else { continue }
      let other = self.draft(serial)
      let isTelling = min(sketch.wordCount, theirs.wordCount) >= TextSketch.tellingWords
      guard draft.maySharePostByText(with: other, isTelling: isTelling) else { continue }
      return unite(other, draft)
    }
    return draft
  }

  private func titleAndSketch(of serial: UInt32) -> ([UInt8], TextSketch) {
    if let draft = drafts[serial] {
      return (draft.parsed.title, TextSketch(draft.parsed.body))
    }
    let discussion = library.places[Int(serial)]
    return (
      library.title(of: discussion),
      library.withText(of: library.post(of: discussion)) { TextSketch($0) }
    )
  }

  /// Unites two drafts; the first arrival's number stays.
  /// - Parameter comment: the comment of `kept` that is the other's post, nil when the posts are one.
  private mutating func unite(
    _ kept: DiscussionDraft, _ other: DiscussionDraft, under comment: Int? = nil
  ) -> DiscussionDraft {
    let before = kept.postKey
    kept.unite(with: other, under: comment)
    if kept.postKey != before { keepDistinct(kept, other) }
    guard let theirs = other.serial else { return kept }
    guard let ours = kept.serial else {
      kept.serial = theirs
      drafts[theirs] = kept
      return kept
    }
    let (low, high) = (min(ours, theirs), max(ours, theirs))
    forwards[high] = low
    drafts[high] = nil
    kept.serial = low
    drafts[low] = kept
    return kept
  }

  /// A placeholder that took the name of its post gets a numbered one where another post has that name: a
  /// source may give one id to two posts.
  private mutating func keepDistinct(_ draft: DiscussionDraft, _ other: DiscussionDraft) {
    let key = draft.postKey
    let isTaken = candidates(EntryIdentity.hash(ofPost: key)).contains {
      $0 != draft.serial && $0 != other.serial && self.key(ofPost: $0) == key
    }
    guard isTaken else { return }
    let ordinal = repeats[key, default: 0] + 1
    repeats[key] = ordinal
    draft.rename(post: EntryIdentity.numbered(key, ordinal))
  }

  // MARK: Finishing

  consuming func finish(_ rereading: inout Rereading) -> (library: Library, remap: Remap) {
    for serial in met { rereading.met.insert(current(serial)) }
    for (serial, draft) in drafts {
      draft.leaveOutWhatWasNotMet()
      if draft.isUnchanged { drafts[serial] = nil }
    }
    let textBytes = drafts.values.reduce(0) { sum, draft in
      draft.parsed.comments.reduce(sum + draft.parsed.body.utf8.count) { $0 + $1.text.utf8.count }
    }
    var builder = SegmentBuilder(textBytes: textBytes)
    var moved: [DiscussionID: DiscussionID?] = [:]
    var places = Array(library.places)
    let segment = library.segmentCount
    places.reserveCapacity(Int(nextSerial))
    // Numbers that were given up keep their place, so that later numbers stay what they are.
    while places.count < Int(nextSerial) { places.append(Library.forward(to: UInt32(places.count))) }
    var row = 0
    for (serial, draft) in drafts.sorted(by: { $0.key < $1.key }) {
      builder.add(draft.arrange())
      let place = DiscussionID(segment: segment, row: row)
      places[Int(serial)] = place
      for old in draft.replaced { moved[old] = place }
      row += 1
      drafts[serial] = nil
    }
    for (high, low) in forwards { places[Int(high)] = Library.forward(to: low) }
    for serial in gone {
      moved[places[Int(serial)]] = .some(nil)
      places[Int(serial)] = Library.forward(to: serial)
    }
    identities.add(batch)
    let grown = Library(
      after: library, segment: row == 0 ? nil : builder.finish(), places: places,
      mergedCount: library.mergedCount + forwards.count + gone.count, moved: moved.keys,
      identities: identities, repeatedPosts: repeats)
    return (grown, Remap(old: library, new: grown, moved: moved))
  }
}

/// A discussion while a batch is taken: what is known of it so far, with the keys that its entries have.
///
/// A class, for it grows in place while other discussions are united with it.
final class DiscussionDraft {
  /// What is known. Parents by id are looked up when the draft is arranged: they may come last.
  var parsed: ParsedDiscussion
  /// The post's key.
  var postKey: EntryKey
  /// The keys of the comments, in the order of `parsed.comments`.
  var commentKeys: [EntryKey]
  /// Further keys by which the post (-1) or a comment is found.
  var aliases: [(key: EntryKey, comment: Int)] = []
  /// The listed discussions that this takes the place of.
  var replaced: [DiscussionID] = []
  /// Whether it comes from a source that is read again: what that source held before is an earlier copy.
  var isReadAgain = false
  /// The sources read again that have given their copy already.
  private(set) var repeatedSources: Set<[UInt8]> = []
  /// What the library has, for a discussion of it.
  private var original: (parsed: ParsedDiscussion, aliasCount: Int)?
  /// Whether every source that holds it is read again, so that what they say now holds.
  private(set) var isSuperseded = false
  /// Its comments that sources read again still have; those of the library by their first index.
  var met: Set<Int> = []
  /// Whether a source read again still has its post.
  var isPostMet = false
  /// Its sources that are no longer there.
  private var goneSources: Set<[UInt8]> = []
  /// Its number in the library; nil until it has one.
  var serial: UInt32?
  /// How many comments were there before parts were united; nil while none was.
  private var settledCount: Int?
  private var known: [EntryKey: Int]?
  private var postAliases: Set<EntryKey>?
  private var arranged: (order: ThreadOrder, isOrphan: [Bool])?

  /// A discussion as its source says.
  /// - Parameter ordinal: how many other posts are called the same.
  /// - Complexity: O(comments + bytes of ids, and of texts of comments without an id).
  init(_ parsed: ParsedDiscussion, ordinal: UInt64 = 0) {
    self.parsed = parsed
    let postKey = EntryIdentity.numbered(EntryIdentity.key(of: parsed), ordinal)
    self.postKey = postKey
    let links = ParentLinks(of: parsed, postKey: postKey, aliases: [])
    let order = ThreadOrder(parentsOfComments: links.parents)
    var keys = links.idKeys
    var equals: [EntryKey: UInt64] = [:]
    let hasDerived = parsed.comments.contains { $0.nativeID == nil }
    if hasDerived || links.hasEqualIDs {
      var seen: Set<EntryKey> = []
      seen.reserveCapacity(parsed.comments.count)
      for place in 1..<(order.comments.count + 1) {
        let index = order.comments[place - 1]
        let comment = parsed.comments[index]
        var key = keys[index]
        if comment.nativeID == nil {
          let parent = order.parents[place] == 0 ? postKey : keys[order.comments[order.parents[place] - 1]]
          key = EntryIdentity.key(of: comment, under: parent, in: postKey)
        }
        if !seen.insert(key).inserted {
          let ordinal = equals[key, default: 0] + 1
          equals[key] = ordinal
          key = EntryIdentity.numbered(key, ordinal)
        }
        keys[index] = key
      }
    }
    commentKeys = keys
    // A copy that knows the address alone is called by it.
    if let url = parsed.url, let address = EntryIdentity.key(ofAddress: url), address != postKey {
      aliases = [(address, -1)]
    }
    arranged = (order, links.isOrphan)
  }

  /// A discussion of a library, to be added to.
  /// - Complexity: O(entries + bytes of text).
  init(_ discussion: DiscussionID, of library: Library, serial: UInt32) {
    self.serial = serial
    parsed = library.parsed(discussion)
    let entries = library.entries(of: discussion)
    postKey = library.key(of: entries[0])
    commentKeys = entries.dropFirst().map { library.key(of: $0) }
    aliases = library.aliases(of: discussion)
    replaced = [discussion]
    settledCount = parsed.comments.count
    original = (parsed, aliases.count)
  }

  /// Tells that sources are read again, and others gone, this discussion of the library not met yet.
  func expectRepeats(from sources: Set<[UInt8]>, gone: Set<[UInt8]>) {
    isSuperseded = parsed.sources.allSatisfy { sources.contains($0) || gone.contains($0) }
    goneSources = gone.intersection(parsed.sources)
  }

  /// Leaves out comments of the library that its only sources, read again, no longer have; their replies
  /// go to whom they answered.
  /// - Complexity: O(comments).
  func leaveOutWhatWasNotMet() {
    guard isSuperseded, let original, !repeatedSources.isEmpty,
      original.parsed.sources.allSatisfy({ repeatedSources.contains($0) || goneSources.contains($0) })
    else { return }
    parsed.sources.removeAll { goneSources.contains($0) && !repeatedSources.contains($0) }
    if !isPostMet {
      parsed.body = ParsedText(utf8: [])
      (parsed.author, parsed.date, parsed.score, parsed.line) = (nil, nil, nil, nil)
    }
    let before = original.parsed.comments.count
    let stays = parsed.comments.indices.map { $0 >= before || met.contains($0) }
    guard stays.contains(false) else { return }
    var links = ParentLinks(of: parsed, postKey: postKey, aliases: aliases).parents
    // In thread order parents come first, so a parent's own is known when its replies are looked at.
    let order = ThreadOrder(parentsOfComments: links)
    for index in order.comments {
      guard let parent = links[index], !stays[parent] else { continue }
      links[index] = links[parent]
      parsed.comments[index].parent = links[parent].map { .comment($0) } ?? .post
    }
    var places = [Int](repeating: 0, count: parsed.comments.count)
    var next = 0
    for index in parsed.comments.indices {
      places[index] = next
      if stays[index] { next += 1 }
    }
    for index in parsed.comments.indices {
      if case .comment(let parent) = parsed.comments[index].parent, places.indices.contains(parent) {
        parsed.comments[index].parent = .comment(places[parent])
      }
    }
    parsed.comments = parsed.comments.indices.filter { stays[$0] }.map { parsed.comments[$0] }
    commentKeys = commentKeys.indices.filter { stays[$0] }.map { commentKeys[$0] }
    aliases = aliases.compactMap { alias in
      if alias.comment < 0 { return alias }
      return stays[alias.comment] ? (alias.key, places[alias.comment]) : nil
    }
    settledCount = settledCount.map { settled in stays.prefix(settled).count { $0 } }
    known = nil
  }

  /// Whether it is what the library has, in the same order.
  /// - Complexity: O(entries and bytes of text).
  var isUnchanged: Bool {
    guard let original, replaced.count == 1, aliases.count == original.aliasCount,
      parsed.comments.count == original.parsed.comments.count
    else { return false }
    var ours = parsed
    let links = ParentLinks(of: parsed, postKey: postKey, aliases: aliases)
    for (index, parent) in links.parents.enumerated() where links.isOrphan.isEmpty || !links.isOrphan[index] {
      ours.comments[index].parent = parent.map { .comment($0) } ?? .post
    }
    return ours == original.parsed
  }

  /// Notes which sources were read again in a copy that is about to be taken in.
  func noteRepeats(of other: DiscussionDraft) {
    if other.isReadAgain { repeatedSources.formUnion(other.parsed.sources) }
    if isReadAgain { repeatedSources.formUnion(parsed.sources) }
    repeatedSources.formUnion(other.repeatedSources)
    isReadAgain = false
  }

  /// Whether nothing is known of the post but by which name it goes: its comments came first.
  var isPlaceholder: Bool { parsed.isPlaceholder }

  /// The index of the comment with a key, -1 for the post, nil when no entry has it.
  func entry(withKey key: EntryKey) -> Int? { index()[key] }

  /// The index of the comment with an id, -1 for the post, nil when no entry has it.
  func entry(named id: [UInt8]) -> Int? {
    let known = index()
    if let found = known[EntryIdentity.key(ofID: id)] { return found }
    return EntryIdentity.key(ofAddress: id).flatMap { known[$0] }
  }

  private func index() -> [EntryKey: Int] {
    if let known { return known }
    var made: [EntryKey: Int] = [:]
    made.reserveCapacity(parsed.comments.count + 4)
    made[postKey] = -1
    for key in parsed.keysOfPost where made[key] == nil { made[key] = -1 }
    for (comment, key) in commentKeys.enumerated() where made[key] == nil { made[key] = comment }
    for alias in aliases where made[alias.key] == nil { made[alias.key] = alias.comment }
    known = made
    return made
  }

  /// Gives the post or a comment another key to be found by.
  func addAlias(_ key: EntryKey, of comment: Int) {
    let owner = index()[key]
    // The post answers to its ids and addresses anyway, but is found by them later only as aliases.
    guard owner == nil || owner == -1 && comment == -1 && key != postKey && !hasAlias(ofPost: key) else {
      return
    }
    known?[key] = comment
    aliases.append((key, comment))
    if comment == -1 { postAliases?.insert(key) }
  }

  private func hasAlias(ofPost key: EntryKey) -> Bool {
    if let postAliases { return postAliases.contains(key) }
    let all = Set(aliases.lazy.filter { $0.comment == -1 }.map(\.key))
    postAliases = all
    return all.contains(key)
  }

  /// Makes another key the post's own; the old one is an alias from now on.
  func rename(post key: EntryKey) {
    guard key != postKey else { return }
    let old = postKey
    postKey = key
    known = nil
    aliases.removeAll { $0.key == key }
    postAliases = nil
    addAlias(old, of: -1)
  }

  /// Appends a comment under a key of its own, or the next free one.
  func append(_ comment: ParsedComment, key: EntryKey) -> Int {
    var free = key
    var ordinal: UInt64 = 0
    while index()[free] != nil {
      ordinal += 1
      free = EntryIdentity.numbered(key, ordinal)
    }
    let place = parsed.comments.count
    parsed.comments.append(comment)
    commentKeys.append(free)
    known?[free] = place
    return place
  }

  /// To be called before anything of another copy goes in.
  func beginUniting() {
    if settledCount == nil { settledCount = parsed.comments.count }
    arranged = nil
  }

  /// The thread as it stands, with all parents looked up and late siblings put in by their dates.
  /// - Complexity: O(comments), and O(comments · log comments) after parts were united.
  func arrange() -> ArrangedDiscussion {
    if let arranged { return arrange(arranged.order, isOrphan: arranged.isOrphan) }
    var links = ParentLinks(of: parsed, postKey: postKey, aliases: aliases)
    if let settledCount, let sorted = links.sortedBySiblingDates(parsed, from: settledCount) {
      permute(sorted)
      links = ParentLinks(of: parsed, postKey: postKey, aliases: aliases)
    }
    return arrange(ThreadOrder(parentsOfComments: links.parents), isOrphan: links.isOrphan)
  }

  private func arrange(_ order: ThreadOrder, isOrphan: [Bool]) -> ArrangedDiscussion {
    var places = [Int](repeating: 0, count: aliases.isEmpty ? 0 : parsed.comments.count)
    if !aliases.isEmpty {
      for (offset, comment) in order.comments.enumerated() { places[comment] = offset + 1 }
    }
    return ArrangedDiscussion(
      parsed: parsed, order: order, keys: [postKey] + order.comments.map { commentKeys[$0] },
      aliases: aliases.map { ($0.key, $0.comment < 0 ? 0 : places[$0.comment]) }, isOrphan: isOrphan)
  }

  /// Puts the comments in another order.
  /// - Parameter order: for each new position the old one.
  private func permute(_ order: [Int]) {
    var position = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { position[old] = new }
    let comments = parsed.comments
    let keys = commentKeys
    for (new, old) in order.enumerated() {
      parsed.comments[new] = comments[old]
      if case .comment(let parent) = comments[old].parent, position.indices.contains(parent) {
        parsed.comments[new].parent = .comment(position[parent])
      }
      commentKeys[new] = keys[old]
    }
    for index in aliases.indices where aliases[index].comment >= 0 {
      aliases[index].comment = position[aliases[index].comment]
    }
    known = nil
  }
}

extension ParsedDiscussion {
  /// Whether nothing is known of the post but by which name it goes.
  var isPlaceholder: Bool {
    (nativeID != nil || url != nil) && body.utf8.isEmpty && author == nil && date == nil && score == nil
      && (title.isEmpty || !comments.isEmpty)
  }

  /// The keys of the ids and addresses that the post goes by.
  var keysOfPost: [EntryKey] {
    var keys: [EntryKey] = []
    if let nativeID { keys += EntryIdentity.keys(naming: nativeID) }
    if let url { keys += EntryIdentity.keys(naming: url) }
    return keys
  }
}

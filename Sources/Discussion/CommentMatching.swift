/// Which comments of one copy of a discussion are which of another's: by id, else by text.
///
/// Each occurrence is used once. By text, two are one when every word is the same, or, of longer texts,
/// nearly every run of words, and nothing that both say of author, date or id speaks against it.
struct CommentMatching {
  /// For each comment of the other copy its index here, -1 for the post, nil when it is new.
  private(set) var matches: [Int?]

  /// Words that make a comment's text telling enough to be found again when not quite the same.
  private static let tellingWords = 8
  /// How many equal texts are looked at for the one that fits best.
  private static let patience = 64

  private let theirs: [ParsedComment]
  private let ours: [ParsedComment]
  private var isTaken: [Bool]
  private var isOpen: [Bool] = []

  /// Matches comments.
  /// - Complexity: O(comments of `other`) by id; by text O(entries and bytes of both).
  init(of other: DiscussionDraft, to here: DiscussionDraft, under: Int?, byText: Bool) {
    theirs = other.parsed.comments
    ours = here.parsed.comments
    matches = [Int?](repeating: nil, count: theirs.count)
    isTaken = [Bool](repeating: false, count: ours.count)
    if let under { isTaken[under] = true }
    // Equal ids within one copy were given numbered keys: the second there is the second here.
    for (index, comment) in theirs.enumerated() where comment.nativeID != nil {
      guard let found = here.entry(withKey: other.commentKeys[index]) else { continue }
      if found >= 0 {
        if isTaken[found] { continue }
        isTaken[found] = true
      }
      matches[index] = found
    }
    guard byText, matches.contains(where: { $0 == nil }), isTaken.contains(false) else { return }
    findOpen()
    guard isOpen.contains(true) else { return }
    matchEqualTexts(under: under)
    matchNearTexts()
    matchRemoved(under: under)
  }

  private func isCompatible(_ their: Int, _ our: Int) -> Bool {
    let (left, right) = (theirs[their], ours[our])
    guard !isTaken[our], Compatibility.authors(left.author, right.author),
      Compatibility.dates(left.date, right.date)
    else { return false }
    guard let id = left.nativeID, let ours = right.nativeID else { return true }
    return Compatibility.kind(of: id) != Compatibility.kind(of: ours)
  }

  /// Finds whom to look for by text: not a comment with an id where all here have one of the same kind.
  private mutating func findOpen() {
    var kinds: Set<ArraySlice<UInt8>> = []
    var hasUnnamed = false
    for (index, comment) in ours.enumerated() where !isTaken[index] {
      if let id = comment.nativeID { kinds.insert(Compatibility.kind(of: id)) } else { hasUnnamed = true }
    }
    isOpen = theirs.indices.map { index in
      guard matches[index] == nil else { return false }
      guard let id = theirs[index].nativeID, !hasUnnamed else { return true }
      return kinds.count > 1 || !kinds.contains(Compatibility.kind(of: id))
    }
  }

  /// How much speaks for two equal texts being one comment.
  private func agreement(_ their: Int, _ our: Int, under: Int?) -> Int {
    let (left, right) = (theirs[their], ours[our])
    var points = 0
    if left.author != nil, right.author != nil { points += 4 }
    if left.date != nil, right.date != nil { points += 2 }
    switch (left.parent, right.parent) {
    case (.post, .post): points += under == nil ? 1 : 0
    case (.post, .comment(let parent)): points += parent == under ? 1 : 0
    case (.comment(let mine), .comment(let parent)) where matches.indices.contains(mine):
      points += matches[mine] == parent ? 1 : 0
    default: break
    }
    return points
  }

  private mutating func take(_ their: Int, _ our: Int) {
    matches[their] = our
    isTaken[our] = true
  }

  private mutating func matchEqualTexts(under: Int?) {
    var byText: [EntryKey: [Int]] = [:]
    for (index, comment) in ours.enumerated() where !isTaken[index] {
      if let key = CommentMatching.key(of: comment.text) { byText[key, default: []].append(index) }
    }
    var firstFree: [EntryKey: Int] = [:]
    for (index, comment) in theirs.enumerated() where isOpen[index] && matches[index] == nil {
      guard let key = CommentMatching.key(of: comment.text), let equals = byText[key] else { continue }
      var start = firstFree[key, default: 0]
      while start < equals.count, isTaken[equals[start]] { start += 1 }
      firstFree[key] = start
      var best: (our: Int, points: Int)?
      for our in equals[start...].prefix(CommentMatching.patience) where isCompatible(index, our) {
        let points = agreement(index, our, under: under)
        if best.map({ points > $0.points }) ?? true { best = (our, points) }
      }
      if let best { take(index, best.our) }
    }
  }

  /// A key of the folded text; nil when it has no words.
  private static func key(of text: ParsedText) -> EntryKey? {
    let folded = FoldedWords.fold(text.utf8)
    guard !folded.isEmpty else { return nil }
    var hash = StableHash()
    hash.combine(field: folded)
    return hash.finish()
  }

  private mutating func matchNearTexts() {
    let open = theirs.indices.filter { isOpen[$0] && matches[$0] == nil }
    guard !open.isEmpty else { return }
    var byBand: [UInt64: [Int]] = [:]
    for (index, comment) in ours.enumerated() where !isTaken[index] {
      let sketch = TextSketch(comment.text)
      guard sketch.wordCount >= CommentMatching.tellingWords else { continue }
      for band in sketch.bands where byBand[band, default: []].count < IdentityTable.candidateLimit {
        byBand[band, default: []].append(index)
      }
    }
    guard !byBand.isEmpty else { return }
    for index in open {
      let sketch = TextSketch(theirs[index].text)
      guard sketch.wordCount >= CommentMatching.tellingWords else { continue }
      var votes: [Int: Int] = [:]
      for band in sketch.bands {
        for our in byBand[band] ?? [] where isCompatible(index, our) { votes[our, default: 0] += 1 }
      }
      let candidates = votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
      let copy = candidates.first { candidate in
        sketch.isCopy(
          of: TextSketch(ours[candidate.key].text), telling: CommentMatching.tellingWords)
      }
      if let copy { take(index, copy.key) }
    }
  }

  /// Removed comments have no words to go by: the first under a parent is the first under the same one.
  private mutating func matchRemoved(under: Int?) {
    var byParent: [Int: [Int]] = [:]
    for (index, comment) in ours.enumerated().reversed() where !isTaken[index] && comment.isRemoved {
      switch comment.parent {
      case .post: byParent[-1, default: []].append(index)
      case .comment(let parent): byParent[parent, default: []].append(index)
      case .id: break
      }
    }
    guard !byParent.isEmpty else { return }
    for (index, comment) in theirs.enumerated()
    where comment.isRemoved && isOpen[index] && matches[index] == nil {
      let parent: Int
      switch comment.parent {
      case .post: parent = under ?? -1
      case .comment(let mine):
        guard matches.indices.contains(mine), let matched = matches[mine] else { continue }
        parent = matched
      case .id: continue
      }
      if let our = byParent[parent]?.last, isCompatible(index, our) {
        byParent[parent]?.removeLast()
        take(index, our)
      }
    }
  }
}

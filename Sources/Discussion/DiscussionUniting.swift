/// Uniting copies and parts of one discussion, field by field: what one copy does not know, another may.
extension DiscussionDraft {
  /// Takes another copy or part of this discussion in.
  ///
  /// Comments unite by id, else (across sources only) by text; the rest is added under its parents.
  /// - Parameters:
  ///   - other: what is taken in; of no use afterwards.
  ///   - comment: the comment of this discussion that is the other's post, nil when the posts are one.
  /// - Complexity: O(entries and bytes of both).
  func unite(with other: DiscussionDraft, under comment: Int? = nil) {
    beginUniting()
    let sharesSource = shares(aSourceWith: other)
    let holdsNow = isSuperseded && other.isReadAgain
    noteRepeats(of: other)
    if let comment {
      unite(comment, withPostOf: other)
      if holdsNow { met.insert(comment) }
    } else {
      unitePost(with: other, holdsNow: holdsNow)
      if holdsNow, !other.isPlaceholder { isPostMet = true }
    }
    let matches = CommentMatching(of: other, to: self, under: comment, byText: !sharesSource).matches

    // Where each of the other's comments stands here: -1 is the post, `unplaced` is not yet here.
    let unplaced = Int.min
    var places = matches.map { $0 ?? unplaced }
    let added = other.parsed.comments.indices.filter { places[$0] == unplaced }
    for index in added {
      var new = other.parsed.comments[index]
      new.parent = .post
      places[index] = append(new, key: other.commentKeys[index])
    }
    func parent(_ parent: ParsedComment.Parent) -> ParsedComment.Parent {
      switch parent {
      case .post: comment.map { .comment($0) } ?? .post
      case .comment(let index):
        places.indices.contains(index) && places[index] >= 0 ? .comment(places[index]) : .post
      case .id: parent
      }
    }
    for index in added {
      parsed.comments[places[index]].parent = parent(other.parsed.comments[index].parent)
    }
    for (index, match) in matches.enumerated() {
      guard let match else { continue }
      addAlias(other.commentKeys[index], of: match)
      guard match >= 0 else { continue }
      var theirs = other.parsed.comments[index]
      theirs.parent = parent(theirs.parent)
      unite(match, with: theirs, holdsNow: holdsNow)
      if holdsNow { met.insert(match) }
    }
    for alias in other.aliases {
      if alias.comment < 0 {
        addAlias(alias.key, of: comment ?? -1)
      } else if places.indices.contains(alias.comment) {
        addAlias(alias.key, of: places[alias.comment])
      }
    }
    takeSources(of: other)
    replaced += other.replaced
  }

  /// Whether any source holds both. Of a source that is read again, what it held before counts as a copy,
  /// but only once.
  func shares(aSourceWith other: DiscussionDraft) -> Bool {
    if isReadAgain != other.isReadAgain {
      let (again, here) = isReadAgain ? (self, other) : (other, self)
      return again.parsed.sources.contains { here.repeatedSources.contains($0) }
    }
    let (few, many) =
      parsed.sources.count < other.parsed.sources.count
      ? (parsed.sources, other.parsed.sources) : (other.parsed.sources, parsed.sources)
    if few.count * many.count <= 64 { return few.contains { many.contains($0) } }
    let all = Set(many)
    return few.contains { all.contains($0) }
  }

  private func takeSources(of other: DiscussionDraft) {
    if parsed.sources.count * other.parsed.sources.count <= 64 {
      for source in other.parsed.sources where !parsed.sources.contains(source) {
        parsed.sources.append(source)
      }
      return
    }
    var all = Set(parsed.sources)
    for source in other.parsed.sources where all.insert(source).inserted { parsed.sources.append(source) }
  }

  /// - Parameter holdsNow: whether the other says what the only sources have now, not what they had.
  private func unitePost(with other: DiscussionDraft, holdsNow: Bool) {
    let theirs = other.parsed
    if isPlaceholder, !other.isPlaceholder {
      rename(post: other.postKey)
    } else {
      addAlias(other.postKey, of: -1)
    }
    for key in theirs.keysOfPost { addAlias(key, of: -1) }
    let wasPlaceholder = isPlaceholder
    let isFuller =
      wasPlaceholder && !other.isPlaceholder || holdsNow && !other.isPlaceholder
      || Compatibility.isFuller(theirs.body, than: parsed.body)
    if isFuller || (parsed.title.isEmpty && !theirs.title.isEmpty && !wasPlaceholder) {
      if !theirs.title.isEmpty { parsed.title = theirs.title }
    } else if parsed.title.isEmpty {
      parsed.title = theirs.title
    }
    if isFuller {
      parsed.body = theirs.body
      parsed.format = theirs.format
      parsed.line = theirs.line
    }
    parsed.author = parsed.author ?? theirs.author
    parsed.date = Compatibility.better(parsed.date, theirs.date)
    parsed.url = parsed.url ?? theirs.url
    parsed.nativeID = parsed.nativeID ?? theirs.nativeID
    parsed.score = parsed.score ?? theirs.score
    if let declared = theirs.declaredComments {
      // Copies of a page differ by what was written between them; the same page read again says what holds.
      parsed.declaredComments = other.isReadAgain ? declared : max(declared, parsed.declaredComments ?? 0)
    }
    parsed.isClosed = parsed.isClosed ?? theirs.isClosed
    for category in theirs.categories where !parsed.categories.contains(category) {
      parsed.categories.append(category)
    }
  }

  /// A discussion's post is known here as a comment: what is known of the post is known of the comment.
  private func unite(_ comment: Int, withPostOf other: DiscussionDraft) {
    addAlias(other.postKey, of: comment)
    for key in other.parsed.keysOfPost { addAlias(key, of: comment) }
    guard !other.isPlaceholder else { return }
    let post = other.parsed
    unite(
      comment,
      with: ParsedComment(
        nativeID: post.nativeID, parent: .post, author: post.author, date: post.date, score: post.score,
        text: post.body, line: post.line))
  }

  /// Puts what another copy of a comment knows into it.
  private func unite(_ comment: Int, with theirs: ParsedComment, holdsNow: Bool = false) {
    let ours = parsed.comments[comment]
    var united = ours
    united.nativeID = ours.nativeID ?? theirs.nativeID
    united.author = ours.author ?? theirs.author
    united.date = Compatibility.better(ours.date, theirs.date)
    united.score = ours.score ?? theirs.score
    if ours.kind == .comment { united.kind = theirs.kind }
    let isFuller =
      ours.isRemoved == theirs.isRemoved
      ? holdsNow || Compatibility.isFuller(theirs.text, than: ours.text) : ours.isRemoved
    if isFuller {
      united.text = theirs.text
      united.line = theirs.line
    }
    united.isRemoved = ours.isRemoved && theirs.isRemoved
    switch (ours.parent, theirs.parent) {
    case (_, .id) where holdsNow: united.parent = theirs.parent
    case (_, .comment(let parent)) where holdsNow && parent != comment: united.parent = theirs.parent
    case (.post, .comment(let parent)) where parent != comment: united.parent = theirs.parent
    case (.post, .id): united.parent = theirs.parent
    case (.id, .comment(let parent)) where parent != comment:
      if case .id(let id) = ours.parent, entry(named: id) == nil { united.parent = theirs.parent }
    default: break
    }
    parsed.comments[comment] = united
  }
}

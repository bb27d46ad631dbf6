/// When two posts are one.
extension DiscussionDraft {
  /// Whether a discussion that goes by the same id or address is this one.
  ///
  /// By id, always across sources; within one source only if title, address and text agree, for a
  /// source that gives one id to two texts has two posts. By address, never within one source, and not against two ids of one
  /// kind: two submissions of one page are two discussions.
  func maySharePost(with other: DiscussionDraft, named key: EntryKey) -> Bool {
    if isPlaceholder || other.isPlaceholder { return true }
    let isByID = parsed.nativeID.map { EntryIdentity.key(ofID: $0) } == key
    if isByID {
      return !shares(aSourceWith: other) || saysTheSame(as: other)
    }
    return !shares(aSourceWith: other) && !haveRivalIDs(other)
  }

  /// Whether a discussion with the same title and text is this one.
  /// - Parameter isTelling: whether the text is long enough to stand against another address.
  func maySharePostByText(with other: DiscussionDraft, isTelling: Bool) -> Bool {
    guard !shares(aSourceWith: other), parsed.nativeID == nil || other.parsed.nativeID == nil,
      Compatibility.authors(parsed.author, other.parsed.author),
      Compatibility.dates(parsed.date, other.parsed.date, tolerance: 86_400)
    else { return false }
    guard !isTelling, let url = parsed.url, let theirs = other.parsed.url else { return true }
    return EntryIdentity.key(ofAddress: url) == EntryIdentity.key(ofAddress: theirs)
  }

  /// Whether the post of this discussion is a comment of another that has the same id.
  func mayBePost(of comment: ParsedComment, in other: DiscussionDraft) -> Bool {
    isPlaceholder || !shares(aSourceWith: other) || DiscussionDraft.agree(parsed.body, comment.text)
  }

  private func haveRivalIDs(_ other: DiscussionDraft) -> Bool {
    guard let id = parsed.nativeID, let theirs = other.parsed.nativeID, id != theirs,
      parsed.format == other.parsed.format
    else { return false }
    return !CanonicalAddress.isAddress(id) && !CanonicalAddress.isAddress(theirs)
  }

  /// Whether nothing tells two posts apart that one source gives the same id.
  private func saysTheSame(as other: DiscussionDraft) -> Bool {
    if let url = parsed.url, let theirs = other.parsed.url,
      EntryIdentity.key(ofAddress: url) != EntryIdentity.key(ofAddress: theirs)
    {
      return false
    }
    let (title, theirs) = (FoldedWords.fold(parsed.title), FoldedWords.fold(other.parsed.title))
    return (title == theirs || title.isEmpty || theirs.isEmpty)
      && DiscussionDraft.agree(parsed.body, other.parsed.body)
  }

  private static func agree(_ left: ParsedText, _ right: ParsedText) -> Bool {
    if left.utf8.isEmpty || right.utf8.isEmpty || left.utf8 == right.utf8 { return true }
    return TextSketch(left).isCopy(of: TextSketch(right))
  }
}

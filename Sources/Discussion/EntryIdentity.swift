/// How the lasting keys of posts and comments are made from what their own source says.
///
/// A comment's key is its own id where its source gives it one, else a hash of the discussion's key, the
/// parent's key, author, date, folded text and, among equals, the ordinal. A post's is its own id, else
/// its address, else its folded title and the first 200 folded words of its body.
///
/// In a library the key of an entry is that of the first copy that came in; what later copies would be
/// called by themselves is kept as an alias, so that what hangs on any of them is found. A discussion that
/// is only known by id gives way: its key becomes an alias of the post's own.
enum EntryIdentity {
  /// The key of whatever has a native id.
  static func key(ofID id: [UInt8]) -> EntryKey {
    var hash = StableHash()
    hash.combine(byte: 1)
    hash.combine(field: id)
    return hash.finish()
  }

  /// The key of a page, however its address is spelled; nil when it is no web address.
  static func key(ofAddress address: [UInt8]) -> EntryKey? {
    CanonicalAddress.of(address).map { key(ofCanonical: $0) }
  }

  private static func key(ofCanonical address: [UInt8]) -> EntryKey {
    var hash = StableHash()
    hash.combine(byte: 2)
    hash.combine(field: address)
    return hash.finish()
  }

  /// All keys under which a post may be looked for by an id or an address.
  static func keys(naming id: [UInt8]) -> [EntryKey] {
    [key(ofID: id)] + (key(ofAddress: id).map { [$0] } ?? [])
  }

  /// The key of a post.
  static func key(of parsed: ParsedDiscussion) -> EntryKey {
    if let id = parsed.nativeID { return key(ofID: id) }
    if let url = parsed.url { return key(ofAddress: url) ?? key(ofCanonical: url) }
    var hash = StableHash()
    let title = FoldedWords.fold(parsed.title)
    let body = FoldedWords.fold(parsed.body.utf8, limit: 200)
    hash.combine(byte: 3)
    hash.combine(field: title)
    hash.combine(field: body)
    if title.isEmpty && body.isEmpty { hash.combine(field: parsed.sources.first ?? []) }
    return hash.finish()
  }

  /// The key of a comment that has no id.
  static func key(
    of comment: ParsedComment, under parent: EntryKey, in discussion: EntryKey
  ) -> EntryKey {
    var hash = StableHash()
    hash.combine(byte: 4)
    hash.combine(discussion)
    hash.combine(parent)
    hash.combine(field: FoldedWords.fold(comment.author ?? []))
    hash.combine(UInt64(bitPattern: comment.date?.seconds ?? .min))
    hash.combine(field: FoldedWords.fold(comment.text.utf8))
    return hash.finish()
  }

  /// The key of the n-th equal of something, counted from 0.
  static func numbered(_ key: EntryKey, _ ordinal: UInt64) -> EntryKey {
    guard ordinal > 0 else { return key }
    var hash = StableHash()
    hash.combine(byte: 5)
    hash.combine(key)
    hash.combine(ordinal)
    return hash.finish()
  }

  /// What an identity table holds for something that has a key, or is looked for by one.
  static func hash(ofEntry key: EntryKey) -> UInt64 { key.low }

  /// What it holds for posts only, so that comments are not in the way.
  static func hash(ofPost key: EntryKey) -> UInt64 { FoldedWords.finished(key.low ^ key.high) }

  /// What it holds for the text of a post: one number a band of its sketch.
  static func hashes(ofTitle title: [UInt8], _ sketch: TextSketch) -> [UInt64] {
    var hash = StableHash()
    hash.combine(byte: 6)
    hash.combine(field: FoldedWords.fold(title))
    let base = hash.finish().low
    return sketch.bands.enumerated().map { FoldedWords.finished(base &+ $1 &* 31 &+ UInt64($0)) }
  }
}

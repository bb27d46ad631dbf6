/// A parsed discussion in thread order, with the lasting key of every entry.
struct ArrangedDiscussion {
  /// What the source says.
  var parsed: ParsedDiscussion
  /// Where each comment stands.
  var order: ThreadOrder
  /// For each place, the entry's key; the post's is the discussion's identity.
  var keys: [EntryKey]

  /// What two sources must share for their posts to be one discussion.
  var identity: EntryKey { keys[0] }

  /// Arranges a discussion.
  /// - Parameter ordinal: how many discussions of the same identity stand before it in its own
  ///   source: entries unite across sources only, never within one.
  /// - Complexity: O(comments + bytes of text).
  init(_ parsed: ParsedDiscussion, ordinal: Int = 0) {
    self.parsed = parsed
    order = ThreadOrder(parentsOfComments: ArrangedDiscussion.parents(of: parsed))
    keys = [ArrangedDiscussion.identity(of: parsed, ordinal: ordinal)]
    keys.reserveCapacity(parsed.comments.count + 1)
    var seen: [EntryKey: UInt64] = [:]
    for place in 1..<(order.comments.count + 1) {
      let comment = parsed.comments[order.comments[place - 1]]
      let plain = ArrangedDiscussion.key(of: comment, under: keys[order.parents[place]], in: keys[0])
      let equals = seen[plain, default: 0]
      seen[plain] = equals + 1
      keys.append(equals == 0 ? plain : ArrangedDiscussion.numbered(plain, equals))
    }
  }

  /// The identity of a discussion: its own id or canonical address, else its folded title and the
  /// first 200 folded words of its body.
  static func identity(of parsed: ParsedDiscussion, ordinal: Int) -> EntryKey {
    var hash = StableHash()
    if let id = parsed.nativeID {
      hash.combine(byte: 1)
      hash.combine(field: id)
    } else if let url = parsed.url {
      hash.combine(byte: 2)
      hash.combine(field: url)
    } else {
      let title = FoldedWords.fold(parsed.title)
      let body = FoldedWords.fold(parsed.body.utf8, limit: 200)
      hash.combine(byte: 3)
      hash.combine(field: title)
      hash.combine(field: body)
      if title.isEmpty && body.isEmpty { hash.combine(field: parsed.sources.first ?? []) }
    }
    let key = hash.finish()
    return ordinal == 0 ? key : numbered(key, UInt64(ordinal))
  }

  private static func key(
    of comment: ParsedComment, under parent: EntryKey, in discussion: EntryKey
  ) -> EntryKey {
    var hash = StableHash()
    if let id = comment.nativeID {
      hash.combine(byte: 1)
      hash.combine(field: id)
      return hash.finish()
    }
    hash.combine(byte: 4)
    hash.combine(discussion)
    hash.combine(parent)
    hash.combine(field: FoldedWords.fold(comment.author ?? []))
    hash.combine(UInt64(bitPattern: comment.date?.seconds ?? .min))
    hash.combine(field: FoldedWords.fold(comment.text.utf8))
    return hash.finish()
  }

  private static func numbered(_ key: EntryKey, _ ordinal: UInt64) -> EntryKey {
    var hash = StableHash()
    hash.combine(byte: 5)
    hash.combine(key)
    hash.combine(ordinal)
    return hash.finish()
  }

  /// The comment that each comment answers, nil for the post and for ids that nobody has. Of a
  /// duplicate id the first bearer counts.
  private static func parents(of parsed: ParsedDiscussion) -> [Int?] {
    var byID: [[UInt8]: Int] = [:]
    for (index, comment) in parsed.comments.enumerated() {
      if let id = comment.nativeID, byID[id] == nil { byID[id] = index }
    }
    return parsed.comments.map { comment in
      switch comment.parent {
      case .post: nil
      case .comment(let index): index
      case .id(let id): byID[id]
      }
    }
  }

  /// The union of two copies of one discussion: the fuller one gives the text, comments that only the
  /// other has are added under their parents, every source stays listed.
  func united(with other: ArrangedDiscussion) -> ParsedDiscussion {
    let isFuller =
      (other.parsed.comments.count, other.parsed.body.utf8.count)
      > (parsed.comments.count, parsed.body.utf8.count)
    let (base, extra) = isFuller ? (other, self) : (self, other)
    var result = base.parsed
    var indexByKey: [EntryKey: Int] = [:]
    for (place, comment) in base.order.comments.enumerated() { indexByKey[base.keys[place + 1]] = comment }
    for (offset, comment) in extra.order.comments.enumerated() {
      let place = offset + 1
      guard indexByKey[extra.keys[place]] == nil else { continue }
      var added = extra.parsed.comments[comment]
      let parentPlace = extra.order.parents[place]
      added.parent = .post
      if parentPlace > 0, let index = indexByKey[extra.keys[parentPlace]] { added.parent = .comment(index) }
      indexByKey[extra.keys[place]] = result.comments.count
      result.comments.append(added)
    }
    result.author = result.author ?? extra.parsed.author
    result.date = result.date ?? extra.parsed.date
    result.url = result.url ?? extra.parsed.url
    result.declaredComments = result.declaredComments ?? extra.parsed.declaredComments
    result.isClosed = result.isClosed ?? extra.parsed.isClosed
    for category in extra.parsed.categories where !result.categories.contains(category) {
      result.categories.append(category)
    }
    result.sources = parsed.sources
    for source in other.parsed.sources where !result.sources.contains(source) {
      result.sources.append(source)
    }
    return result
  }
}

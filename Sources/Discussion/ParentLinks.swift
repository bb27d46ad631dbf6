/// Whom each comment of a discussion answers, with parents by id looked up.
struct ParentLinks {
  /// For each comment the index of the one it answers, nil when it answers the post.
  var parents: [Int?]
  /// For each comment, whether it names a parent that nobody here is; empty when there is none.
  var isOrphan: [Bool] = []
  /// For each comment the key of its id; for one without an id nothing of use.
  var idKeys: [EntryKey]
  /// Whether two comments have the same id.
  var hasEqualIDs = false

  /// Looks the parents up. Of a duplicate id the first bearer counts.
  /// - Complexity: O(comments + bytes of ids).
  init(of parsed: ParsedDiscussion, postKey: EntryKey, aliases: [(key: EntryKey, comment: Int)]) {
    let none = EntryKey(high: 0, low: 0)
    let comments = parsed.comments
    idKeys = comments.map { $0.nativeID.map { EntryIdentity.key(ofID: $0) } ?? none }
    var byKey: [EntryKey: Int] = [:]
    byKey.reserveCapacity(comments.count)
    for (index, comment) in comments.enumerated() where comment.nativeID != nil {
      if byKey.updateValue(index, forKey: idKeys[index]) != nil { hasEqualIDs = true }
    }
    if hasEqualIDs {
      for (index, comment) in comments.enumerated().reversed() where comment.nativeID != nil {
        byKey[idKeys[index]] = index
      }
    }
    for alias in aliases where alias.comment >= 0 && byKey[alias.key] == nil {
      byKey[alias.key] = alias.comment
    }
    var post: Set<EntryKey> = [postKey]
    post.formUnion(parsed.keysOfPost)
    for alias in aliases where alias.comment < 0 { post.insert(alias.key) }
    parents = []
    parents.reserveCapacity(comments.count)
    for (index, comment) in comments.enumerated() {
      switch comment.parent {
      case .post: parents.append(nil)
      case .comment(let parent): parents.append(parent)
      case .id(let id):
        let key = EntryIdentity.key(ofID: id)
        if post.contains(key) {
          parents.append(nil)
        } else if let found = byKey[key] {
          parents.append(found)
        } else if let address = EntryIdentity.key(ofAddress: id), post.contains(address) {
          parents.append(nil)
        } else {
          if isOrphan.isEmpty { isOrphan = [Bool](repeating: false, count: comments.count) }
          isOrphan[index] = true
          parents.append(nil)
        }
      }
    }
  }

  /// An order of the comments in which late ones stand among their siblings by date; nil when they do.
  ///
  /// Only siblings change places, and only where all their dates are known and those that are not late
  /// stand by date already: a source that ranks its comments otherwise keeps its order.
  /// - Parameter count: how many comments are not late; of these, those that name their parent by id are.
  /// - Complexity: O(comments · log comments).
  func sortedBySiblingDates(_ parsed: ParsedDiscussion, from count: Int) -> [Int]? {
    let comments = parsed.comments
    var groups: [Int: [Int]] = [:]
    for (index, parent) in parents.enumerated() { groups[parent ?? -1, default: []].append(index) }
    var order = Array(comments.indices)
    var isChanged = false
    for group in groups.values where group.count > 1 {
      guard let sorted = ParentLinks.sorted(group, comments, from: count) else { continue }
      for (slot, member) in zip(group, sorted) where slot != member {
        order[slot] = member
        isChanged = true
      }
    }
    return isChanged ? order : nil
  }

  private static func sorted(_ group: [Int], _ comments: [ParsedComment], from count: Int) -> [Int]? {
    var keyed: [(seconds: Int64, index: Int)] = []
    keyed.reserveCapacity(group.count)
    var latest = Int64.min
    for index in group {
      guard let date = comments[index].date else { return nil }
      keyed.append((date.seconds, index))
      if case .id = comments[index].parent { continue }
      guard index < count else { continue }
      if date.seconds < latest { return nil }
      latest = date.seconds
    }
    return keyed.sorted { ($0.seconds, $0.index) < ($1.seconds, $1.index) }.map(\.index)
  }
}

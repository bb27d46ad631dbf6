/// The pre-order arrangement of one discussion: entry 0 is the post, every reply stands right after
/// its parent's earlier replies and theirs.
///
/// Built from comments in any order. Orphans answer the post; of a cycle, the link that closes it in
/// source order is cut, so that its comment answers the post; each comment stands exactly once.
/// No step recurses: a chain of a million replies is an array like any other.
struct ThreadOrder: Equatable {
  /// For each place after the post, the index of the comment in the source's order.
  var comments: [Int]
  /// For each place (post included), the place of its parent; 0 for the post itself.
  var parents: [Int]
  /// For each place, 0 for the post, 1 for a reply to it, and so on.
  var depths: [Int]
  /// For each place, the number of places of its subtree, itself included.
  var subtreeCounts: [Int]
  /// For each place, its 1-based position among its siblings; 0 for the post.
  var ordinals: [Int]

  /// Arranges comments.
  /// - Parameters:
  ///   - parents: for each comment the index of the one it answers, nil when it answers the post.
  /// - Complexity: O(`parents.count`).
  init(parentsOfComments: [Int?]) {
    let count = parentsOfComments.count
    let parentOf = ThreadOrder.acyclic(parentsOfComments)

    // Children in source order, as linked lists through two arrays; node `count` is the post.
    var firstChild = [Int](repeating: -1, count: count + 1)
    var nextSibling = [Int](repeating: -1, count: count + 1)
    for comment in stride(from: count - 1, through: 0, by: -1) {
      let parent = parentOf[comment]
      nextSibling[comment] = firstChild[parent]
      firstChild[parent] = comment
    }

    comments = []
    comments.reserveCapacity(count)
    parents = [0]
    depths = [0]
    ordinals = [0]
    var stack: [(node: Int, parentPlace: Int, depth: Int, ordinal: Int)] = []
    if firstChild[count] >= 0 { stack.append((firstChild[count], 0, 1, 1)) }
    while let top = stack.popLast() {
      let place = comments.count + 1
      comments.append(top.node)
      parents.append(top.parentPlace)
      depths.append(top.depth)
      ordinals.append(top.ordinal)
      if nextSibling[top.node] >= 0 {
        stack.append((nextSibling[top.node], top.parentPlace, top.depth, top.ordinal + 1))
      }
      if firstChild[top.node] >= 0 { stack.append((firstChild[top.node], place, top.depth + 1, 1)) }
    }

    subtreeCounts = [Int](repeating: 1, count: count + 1)
    for place in stride(from: count, to: 0, by: -1) { subtreeCounts[parents[place]] += subtreeCounts[place] }
  }

  /// The parent of each comment, `count` for the post, with every cycle cut at the first link in
  /// source order that closes it.
  private static func acyclic(_ parents: [Int?]) -> [Int] {
    let count = parents.count
    var result = [Int](repeating: count, count: count)
    for (comment, parent) in parents.enumerated() {
      if let parent, parent >= 0, parent < count, parent != comment { result[comment] = parent }
    }
    var state = [UInt8](repeating: 0, count: count)  // 0 unseen, 1 on the path, 2 leads to the post
    var path: [Int] = []
    for start in 0..<count where state[start] == 0 {
      var node = start
      path.removeAll(keepingCapacity: true)
      while node < count, state[node] == 0 {
        state[node] = 1
        path.append(node)
        node = result[node]
      }
      if node < count, state[node] == 1 {
        // The cycle runs from `node` to the end of the path; its first comment becomes top-level.
        let cycle = path[(path.firstIndex(of: node) ?? 0)...]
        if let first = cycle.min() { result[first] = count }
      }
      for seen in path { state[seen] = 2 }
    }
    return result
  }
}

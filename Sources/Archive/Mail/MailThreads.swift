/// The messages of a stretch of mail, gathered into discussions.
struct MailThreads {
  /// What stands at the top of a thread.
  enum Top: Equatable {
    /// This message.
    case message(Int32)
    /// A message that nobody has, by its id's fingerprint.
    case missing(UInt64)
    /// A discussion that was handed over earlier.
    case known(Int32)
    /// Nothing but a subject that its messages share.
    case subject
  }

  /// One discussion.
  struct Thread {
    var top: Top
    /// Its messages in the order of their sources, duplicates of others left out.
    var messages: [Int32] = []
    /// Whether a message of it may still find a parent in a source that comes later.
    var isOpen = false
  }

  /// The threads, in the order of their first messages.
  private(set) var threads: [Thread] = []
  /// For each message, the message that it answers; -1 for the post or nobody.
  private(set) var parent: [Int32]
  /// For messages that answer one that was handed over earlier, the fingerprint of that one's id.
  private(set) var knownParent: [Int32: UInt64] = [:]
  /// Messages whose id an earlier one has.
  let duplicates: [(message: Int32, first: Int32)]
  /// Messages that were handed over earlier.
  let repeated: [(message: Int32, discussion: Int32, date: Int64)]
  /// Steps taken, for tests of what it costs.
  private(set) var operations: Int

  /// Gathers messages.
  /// - Complexity: O(n log n) in messages, O(n) in references.
  init(_ index: MailIndex, known: KnownMail) {
    var graph = MailGraph(index, known: known)
    graph.prune()
    parent = Array(graph.parent[..<index.rows.count])
    duplicates = graph.duplicates
    repeated = graph.repeated
    operations = graph.operations
    var tops = MailThreads.tops(graph)
    let waits = MailThreads.waiting(graph, index, tops)
    let merge = SubjectMerge(index.rows, tops: tops, graph: graph, known: known)
    operations += merge.operations
    for row in tops.indices where tops[row] >= 0 {
      if let target = merge.target[tops[row]] { tops[row] = target }
    }
    gather(index, graph, tops, merge, waits)
  }

  /// For each message the node at the top of its thread; -1 for duplicates.
  private static func tops(_ graph: MailGraph) -> [Int32] {
    var tops = [Int32](repeating: -1, count: graph.messageCount)
    var path: [Int] = []
    for start in tops.indices where tops[start] < 0 && !graph.isDuplicate[start] {
      path.removeAll(keepingCapacity: true)
      var row = start
      var top: Int32
      while true {
        if tops[row] >= 0 {
          top = tops[row]
          break
        }
        path.append(row)
        let next = graph.parent[row]
        if next < 0 {
          top = Int32(truncatingIfNeeded: row)
          break
        }
        if graph.isMissing(next) {
          top = next
          break
        }
        row = Int(next)
      }
      for seen in path { tops[seen] = top }
    }
    return tops
  }

  /// Tops of threads that refer to a message which waits for its discussion.
  private static func waiting(_ graph: MailGraph, _ index: MailIndex, _ tops: [Int32]) -> Set<Int32> {
    guard graph.isHeld.contains(true) else { return [] }
    var held = FingerprintTable()
    for (missing, isHeld) in graph.isHeld.enumerated() where isHeld {
      held.enter(graph.missingIDs[missing], 0)
    }
    var waits: Set<Int32> = []
    for row in tops.indices where tops[row] >= 0 {
      for position in index.rows[row].references where held[index.references[position]] != nil {
        waits.insert(tops[row])
      }
    }
    return waits
  }

  private mutating func gather(
    _ index: MailIndex, _ graph: MailGraph, _ tops: [Int32], _ merge: SubjectMerge, _ waits: Set<Int32>
  ) {
    var threadOf = [Int32](repeating: -1, count: max(merge.nodeCount, graph.parent.count))
    for row in tops.indices where tops[row] >= 0 {
      let message = Int32(truncatingIfNeeded: row)
      let node = Int(tops[row])
      if threadOf[node] < 0 {
        threadOf[node] = Int32(truncatingIfNeeded: threads.count)
        threads.append(Thread(top: top(tops[row], graph, merge)))
      }
      let thread = Int(threadOf[node])
      threads[thread].messages.append(message)
      let above = parent[row]
      if above >= 0, graph.isMissing(above) {
        if graph.knownDiscussion(of: above) != nil {
          knownParent[message] = graph.missingIDs[Int(above) - graph.messageCount]
        }
        parent[row] = -1
      }
      if above < 0 || graph.isMissing(above), case .message(let post) = threads[thread].top, post != message {
        // A subject brought it here: it answers the post.
        parent[row] = post
      }
    }
    for thread in threads.indices { threads[thread].isOpen = isOpen(threads[thread], index, tops, waits) }
  }

  private func top(_ node: Int32, _ graph: MailGraph, _ merge: SubjectMerge) -> Top {
    if Int(node) < graph.messageCount { return .message(node) }
    if let known = merge.knownDiscussion(of: node) ?? graph.knownDiscussion(of: node) { return .known(known) }
    if Int(node) < graph.parent.count { return .missing(graph.missingIDs[Int(node) - graph.messageCount]) }
    return .subject
  }

  private func isOpen(
    _ thread: Thread, _ index: MailIndex, _ tops: [Int32], _ waits: Set<Int32>
  ) -> Bool {
    if let first = thread.messages.first, !waits.isEmpty, waits.contains(tops[Int(first)]) { return true }
    switch thread.top {
    case .message(let post): return index.rows[Int(post)].refers || index.rows[Int(post)].isReply
    case .missing, .subject: return true
    case .known: return false
    }
  }
}

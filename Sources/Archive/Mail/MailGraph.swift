/// Who answers whom, after Jamie Zawinski's algorithm (https://www.jwz.org/doc/threading.html): messages
/// and the messages that they refer to and nobody has, linked by `References` and `In-Reply-To`.
///
/// Two differences. A message's own references decide its parent whatever the order of messages; what
/// others say of it only counts if it has none. Cycles are not avoided link by link, which is quadratic
/// on long chains, but cut afterwards: where only others say so, else at the oldest message. No step
/// recurses.
struct MailGraph {
  /// Number of messages: nodes below are messages, from there on missing ones.
  let messageCount: Int
  /// For each node, the node that it answers; -1 for none.
  private(set) var parent: [Int32]
  /// For each missing node, its id's fingerprint.
  private(set) var missingIDs: [UInt64] = []
  /// For each missing node, the discussion in which that message went earlier; -1 for none.
  private(set) var knownDiscussion: [Int32] = []
  /// For each missing node, whether that message waits for its discussion.
  private(set) var isHeld: [Bool] = []
  /// Messages whose id an earlier one has: the message, and the earlier one.
  private(set) var duplicates: [(message: Int32, first: Int32)] = []
  /// Messages that went into a discussion already.
  private(set) var repeated: [(message: Int32, discussion: Int32, date: Int64)] = []
  /// For each message, whether it is one of these two.
  private(set) var isDuplicate: [Bool]
  /// Links looked at, for tests of what it costs.
  private(set) var operations = 0

  /// Links messages.
  /// - Complexity: O(messages + references).
  init(_ index: MailIndex, known: KnownMail) {
    messageCount = index.rows.count
    parent = [Int32](repeating: -1, count: index.rows.count)
    isDuplicate = [Bool](repeating: false, count: index.rows.count)
    var nodes = FingerprintTable(capacity: index.rows.count)
    enterMessages(index, &nodes, known)
    link(index, &nodes, known)
    cutCycles(index)
  }

  private mutating func enterMessages(
    _ index: MailIndex, _ nodes: inout FingerprintTable, _ known: KnownMail
  ) {
    for (row, message) in index.rows.enumerated() where message.id != 0 {
      let number = Int32(truncatingIfNeeded: row)
      if let place = known.place(of: message.id), place.date != KnownMail.missing {
        repeated.append((number, place.discussion, place.date))
        isDuplicate[row] = true
        continue
      }
      let (first, isNew) = nodes.enter(message.id, number)
      if !isNew {
        duplicates.append((number, first))
        isDuplicate[row] = true
      }
    }
  }

  private mutating func link(_ index: MailIndex, _ nodes: inout FingerprintTable, _ known: KnownMail) {
    for row in 0..<messageCount where !isDuplicate[row] {
      let message = Int32(truncatingIfNeeded: row)
      var previous: Int32 = -1
      for position in index.rows[row].references {
        operations += 1
        let id = index.references[position]
        if !MessageIDs.isSound(id), nodes[id] == nil, known.place(of: id) == nil { continue }
        let (node, isNew) = nodes.enter(id, Int32(truncatingIfNeeded: parent.count))
        if isNew { enterMissing(id, known) }
        if previous >= 0, node != previous, parent[Int(node)] < 0, !decides(node, index) {
          parent[Int(node)] = previous
        }
        previous = node
      }
      if previous >= 0 { parent[row] = previous == message ? -1 : previous }
    }
  }

  private mutating func enterMissing(_ id: UInt64, _ known: KnownMail) {
    parent.append(-1)
    missingIDs.append(id)
    knownDiscussion.append(known.place(of: id)?.discussion ?? -1)
    isHeld.append(known.held[id] != nil)
  }

  /// Whether a node's own references decide whom it answers.
  private func decides(_ node: Int32, _ index: MailIndex) -> Bool {
    Int(node) < messageCount && index.rows[Int(node)].refers
  }

  private mutating func cutCycles(_ index: MailIndex) {
    var state = [UInt8](repeating: 0, count: parent.count)  // 0 unseen, 1 on the path, 2 leads to a root
    var path: [Int32] = []
    for start in parent.indices where state[start] == 0 {
      path.removeAll(keepingCapacity: true)
      var node = Int32(truncatingIfNeeded: start)
      while node >= 0, state[Int(node)] == 0 {
        state[Int(node)] = 1
        path.append(node)
        node = parent[Int(node)]
        operations += 1
      }
      if node >= 0, state[Int(node)] == 1 {
        let cycle = path[(path.lastIndex(of: node) ?? 0)...]
        let oldest = cycle.min { left, right in
          (age(left, index), left) < (age(right, index), right)
        }
        if let oldest { parent[Int(oldest)] = -1 }
      }
      for seen in path { state[Int(seen)] = 2 }
    }
  }

  /// By which a cycle is cut: first where only others say what a message answers, then at the oldest
  /// message; one without a date is younger than all others.
  private func age(_ node: Int32, _ index: MailIndex) -> Int64 {
    guard decides(node, index) else { return .min }
    let date = index.rows[Int(node)].date
    return date == .min ? .max : date
  }

  /// Whether a node is a message that is not here.
  func isMissing(_ node: Int32) -> Bool { Int(node) >= messageCount }

  /// The discussion in which a missing message went earlier.
  func knownDiscussion(of node: Int32) -> Int32? {
    guard isMissing(node), Int(node) < parent.count else { return nil }
    let discussion = knownDiscussion[Int(node) - messageCount]
    return discussion < 0 ? nil : discussion
  }

  /// Links every message to the nearest message that is here, or went earlier; else to the first of its
  /// missing forebears. Missing messages with one reply vanish.
  /// - Complexity: O(nodes).
  mutating func prune() {
    var above = [Int32](repeating: -2, count: parent.count - messageCount)
    var path: [Int] = []
    for start in above.indices where above[start] == -2 {
      path.removeAll(keepingCapacity: true)
      var missing = start
      var end: Int32
      while true {
        if above[missing] != -2 {
          end = above[missing]
          break
        }
        path.append(missing)
        let node = Int32(truncatingIfNeeded: missing + messageCount)
        let next = parent[Int(node)]
        if knownDiscussion[missing] >= 0 || next < 0 {
          end = node
          break
        }
        if !isMissing(next) {
          end = next
          break
        }
        missing = Int(next) - messageCount
        operations += 1
      }
      for seen in path { above[seen] = end }
    }
    var replies = [Int32](repeating: 0, count: above.count)
    for row in 0..<messageCount where parent[row] >= 0 && isMissing(parent[row]) {
      parent[row] = above[Int(parent[row]) - messageCount]
      if isMissing(parent[row]) { replies[Int(parent[row]) - messageCount] += 1 }
    }
    for row in 0..<messageCount where parent[row] >= 0 && isMissing(parent[row]) {
      let missing = Int(parent[row]) - messageCount
      if replies[missing] == 1, knownDiscussion[missing] < 0 { parent[row] = -1 }
    }
  }
}

extension KnownMail {
  /// The date of a message that nobody has.
  static let missing = Int64.min + 1
}

/// Threads that belong together by their subjects, where nothing else says so: old mail readers, and
/// gateways that lost the references.
///
/// After step 5 of Jamie Zawinski's algorithm, with care, since archives span decades and "Re: question"
/// is not one thread: only a top message moves that has a reply mark or refers to messages that are not here;
/// only to the latest post with its subject that has neither; and only when that is at most 60 days older (a
/// clock may be a day off). It then answers that post. Replies without such a post come together under an empty post if no more than 30
/// days lie between one and the next. Messages without a date stay where they are, two posts without a
/// mark are never one thread.
struct SubjectMerge {
  static let day: Int64 = 86_400
  /// How much younger a reply may be than the post.
  static let replySpan = 60 * day
  /// How far apart replies without a post may be.
  static let gapSpan = 30 * day

  /// For tops that move, where to: a node of the graph, or one made here.
  private(set) var target: [Int32: Int32] = [:]
  /// Nodes of the graph and those made here.
  private(set) var nodeCount: Int
  private var known: [Int32: Int32] = [:]
  private(set) var operations = 0

  /// A top, by what decides.
  private struct Candidate {
    var subject: UInt64
    var date: Int64
    var isReply: Bool
    var node: Int32
  }

  /// Finds what belongs together.
  /// - Complexity: O(n log n) in the number of messages.
  init(_ rows: [MailRow], tops: [Int32], graph: MailGraph, known earlier: KnownMail) {
    nodeCount = graph.parent.count
    let candidates = SubjectMerge.candidates(rows, tops, graph)
    var start = 0
    while start < candidates.count {
      var end = start
      while end < candidates.count, candidates[end].subject == candidates[start].subject { end += 1 }
      merge(candidates[start..<end], graph, earlier)
      operations += end - start
      start = end
    }
  }

  /// The discussion handed over earlier that a node made here stands for.
  func knownDiscussion(of node: Int32) -> Int32? { known[node] }

  /// The tops with subject and date, ordered by subject, then date. A missing message's are those of its
  /// first reply.
  private static func candidates(
    _ rows: [MailRow], _ tops: [Int32], _ graph: MailGraph
  ) -> [Candidate] {
    var candidates: [Candidate] = []
    var seenMissing = [Bool](repeating: false, count: graph.missingIDs.count)
    for (row, message) in rows.enumerated() where tops[row] >= 0 {
      let top = tops[row]
      let above = graph.parent[row]
      guard above < 0 || graph.isMissing(above) else { continue }
      if graph.isMissing(top) {
        let missing = Int(top) - graph.messageCount
        if seenMissing[missing] || graph.knownDiscussion[missing] >= 0 { continue }
        seenMissing[missing] = true
      }
      guard message.subject != 0, message.date != .min else { continue }
      candidates.append(
        Candidate(
          subject: message.subject, date: message.date, isReply: message.isReply || message.refers,
          node: top))
    }
    candidates.sort { ($0.subject, $0.date, $0.node) < ($1.subject, $1.date, $1.node) }
    return candidates
  }

  private mutating func merge(
    _ candidates: ArraySlice<Candidate>, _ graph: MailGraph, _ earlier: KnownMail
  ) {
    guard let subject = candidates.first?.subject, candidates.contains(where: \.isReply) else { return }
    let posts = candidates.filter { !$0.isReply && !graph.isMissing($0.node) }
    var rest: [Candidate] = []
    var next = 0
    var latest: Candidate?
    for reply in candidates where reply.isReply {
      // The latest post that is not younger than a day after the reply.
      while next < posts.count, posts[next].date <= reply.date &+ SubjectMerge.day {
        latest = posts[next]
        next += 1
      }
      let span = (reply.date &- SubjectMerge.replySpan)...(reply.date &+ SubjectMerge.day)
      let before = earlier.discussion(of: subject, within: span)
      if let latest, span.contains(latest.date), latest.date >= before?.date ?? .min {
        target[reply.node] = latest.node
      } else if let before {
        let node = made()
        known[node] = before.0
        target[reply.node] = node
      } else {
        rest.append(reply)
      }
    }
    mergeReplies(rest, graph)
  }

  /// Replies without a post come together where they follow each other closely.
  private mutating func mergeReplies(_ replies: [Candidate], _ graph: MailGraph) {
    var start = 0
    while start < replies.count {
      var end = start + 1
      while end < replies.count, replies[end].date &- replies[end - 1].date <= SubjectMerge.gapSpan {
        end += 1
      }
      let group = replies[start..<end]
      start = end
      guard group.count > 1 else { continue }
      // A missing message that some of them answer is the post of all.
      let place = group.first { graph.isMissing($0.node) }?.node ?? made()
      for reply in group where reply.node != place { target[reply.node] = place }
    }
  }

  private mutating func made() -> Int32 {
    nodeCount += 1
    return Int32(truncatingIfNeeded: nodeCount - 1)
  }
}

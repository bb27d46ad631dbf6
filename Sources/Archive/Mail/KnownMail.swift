/// What is remembered of the messages of an import that were handed over already, so that what comes
/// later finds its discussion: fingerprints and dates, and the id of each discussion.
struct KnownMail {
  private var table = FingerprintTable()
  private var discussionOf: [Int32] = []
  private var dates: [Int64] = []
  private var rootIDs: [UInt8] = []
  private var rootEnds: [Int] = []
  private var subjects = FingerprintTable()
  private var posts: [(date: Int64, discussion: Int32, earlier: Int32)] = []
  /// Ids of messages that wait for their discussion.
  var held = FingerprintTable()

  /// At most so many posts of one subject are looked at.
  private static let postLimit = 64

  /// Remembers a discussion.
  /// - Returns: its number.
  mutating func enter(discussion id: [UInt8]) -> Int32 {
    rootIDs += id
    rootEnds.append(rootIDs.count)
    return Int32(truncatingIfNeeded: rootEnds.count - 1)
  }

  /// The native id of a discussion.
  func id(ofDiscussion number: Int32) -> [UInt8] {
    let number = Int(number)
    return Array(rootIDs[(number == 0 ? 0 : rootEnds[number - 1])..<rootEnds[number]])
  }

  /// Remembers where a message, or one that others answer, went.
  mutating func enter(_ id: UInt64, date: Int64, discussion: Int32) {
    guard id != 0, table.enter(id, Int32(truncatingIfNeeded: dates.count)).isNew else { return }
    discussionOf.append(discussion)
    dates.append(date)
  }

  /// The discussion in which a message went, and the message's date.
  func place(of id: UInt64) -> (discussion: Int32, date: Int64)? {
    table[id].map { (discussionOf[Int($0)], dates[Int($0)]) }
  }

  /// Remembers what a discussion is about.
  mutating func enter(subject: UInt64, date: Int64, discussion: Int32) {
    guard subject != 0, date != .min else { return }
    let number = Int32(truncatingIfNeeded: posts.count)
    posts.append((date, discussion, subjects[subject] ?? -1))
    subjects.set(subject, number)
  }

  /// The latest discussion of a subject whose post is within a span of time.
  func discussion(of subject: UInt64, within dates: ClosedRange<Int64>) -> (Int32, date: Int64)? {
    var best: (Int32, date: Int64)?
    var next = subjects[subject] ?? -1
    for _ in 0..<KnownMail.postLimit where next >= 0 {
      let post = posts[Int(next)]
      if dates.contains(post.date), post.date > best?.date ?? .min { best = (post.discussion, post.date) }
      next = post.earlier
    }
    return best
  }
}

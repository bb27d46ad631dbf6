import Discussion

/// Loose comments, on the way to their discussions.
///
/// A comment that names its discussion goes there. One that only names its parent follows its parents up
/// to a post or to an id that nobody has; that id then stands for the discussion. Discussions that are
/// only known by id are handed over without title and body: the library unites them with the post when
/// another source has it.
struct Assembly {
  private struct Waiting {
    var comment: LooseComment
    var source: [UInt8]
  }

  /// What stands in one source of one discussion.
  private struct Part: Hashable {
    var root: [UInt8]
    var source: [UInt8]
  }

  private var waiting: [Waiting] = []
  private(set) var byteCount = 0

  /// Bytes of text after which it is worth to hand over.
  static let fullSize = 32 << 20

  /// Takes a comment.
  mutating func take(_ comment: LooseComment, source: [UInt8]) {
    waiting.append(Waiting(comment: comment, source: source))
    byteCount += comment.comment.text.utf8.count + 256
  }

  /// Hands over what waits, comments of one discussion together, in the order of their first comment.
  ///
  /// Cycles of parents end at the comment that closes them.
  /// - Complexity: O(comments); each chain of parents is walked once.
  mutating func flush() -> [ParsedDiscussion] {
    guard !waiting.isEmpty else { return [] }
    let entries = waiting
    waiting = []
    byteCount = 0
    var indexByID: [[UInt8]: Int] = [:]
    for (index, entry) in entries.enumerated() {
      if let id = entry.comment.comment.nativeID, indexByID[id] == nil { indexByID[id] = index }
    }
    let roots = Assembly.roots(of: entries.map(\.comment), indexByID)
    var discussions: [ParsedDiscussion] = []
    // A part for each source: the library knows by that which comments are the same one again.
    var placeByRoot: [Part: Int] = [:]
    for (index, entry) in entries.enumerated() {
      let root = roots[index]
      let part = Part(root: root, source: entry.source)
      let place: Int
      if let known = placeByRoot[part] {
        place = known
      } else {
        place = discussions.count
        placeByRoot[part] = place
        var discussion = ParsedDiscussion(format: entry.comment.format, sources: [entry.source])
        if root.starts(with: "http://".utf8) || root.starts(with: "https://".utf8) {
          discussion.url = root
        } else {
          discussion.nativeID = root
        }
        discussions.append(discussion)
      }
      if discussions[place].title.isEmpty { discussions[place].title = entry.comment.title }
      discussions[place].comments.append(entry.comment.comment)
    }
    return discussions
  }

  /// For each comment, the id of its discussion.
  private static func roots(of comments: [LooseComment], _ indexByID: [[UInt8]: Int]) -> [[UInt8]] {
    var roots = [[UInt8]?](repeating: nil, count: comments.count)
    var chain: [Int] = []
    for start in comments.indices where roots[start] == nil {
      chain.removeAll(keepingCapacity: true)
      var onChain: Set<Int> = []
      var at = start
      var root: [UInt8]
      while true {
        if let known = roots[at] {
          root = known
          break
        }
        chain.append(at)
        onChain.insert(at)
        let comment = comments[at]
        if let discussion = comment.discussion {
          root = discussion
          break
        }
        root = comment.comment.nativeID ?? []
        guard case .id(let parent) = comment.comment.parent else { break }
        guard let next = indexByID[parent] else {
          root = parent
          break
        }
        guard !onChain.contains(next) else { break }
        at = next
      }
      for index in chain { roots[index] = root }
    }
    return roots.map { $0 ?? [] }
  }
}

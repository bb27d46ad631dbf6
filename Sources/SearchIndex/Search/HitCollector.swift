/// Keeps the best hits of a search, or the best hit of each thread: those with the highest keys, of equal
/// keys the lowest documents.
struct HitCollector {
  /// A hit with what it is ordered by.
  struct Hit {
    var key: UInt64
    var document: UInt32
    /// The first document of its thread, where hits are grouped.
    var thread: UInt32
  }

  private let limit: Int
  private let groupsThreads: Bool
  private var top: TopHits
  /// The best hit of each thread, unordered; only where hits are grouped.
  private var threads: [Hit] = []
  /// Where the hit of each thread is in `threads`; made when there are many.
  private var places: [UInt32: Int] = [:]
  /// The worst of the kept hits once there are `limit` of them.
  private(set) var worst: (key: UInt64, document: UInt32)?

  init(limit: Int, groupsThreads: Bool) {
    self.limit = max(0, limit)
    self.groupsThreads = groupsThreads
    top = TopHits(limit: groupsThreads ? 0 : self.limit)
    if self.limit == 0 { worst = (.max, 0) }
  }

  /// Whether a hit would be kept.
  @inline(__always)
  func wants(_ key: UInt64, _ document: UInt32) -> Bool {
    guard let worst else { return true }
    return key > worst.key || (key == worst.key && document < worst.document)
  }

  /// Whether there are as many hits as are asked for.
  var isFull: Bool { worst != nil }

  /// Offers a hit.
  /// - Complexity: O(log `limit`), with grouped hits O(`limit`) where `limit` is small.
  mutating func offer(_ key: UInt64, _ document: UInt32, thread: @autoclosure () -> UInt32) {
    guard wants(key, document) else { return }
    if groupsThreads {
      offer(Hit(key: key, document: document, thread: thread()))
    } else {
      top.offer(key: key, document: document)
      worst = top.worst
    }
  }

  private mutating func offer(_ hit: Hit) {
    let isSmall = limit <= 64
    let place = isSmall ? threads.firstIndex { $0.thread == hit.thread } : places[hit.thread]
    if let place {
      if HitCollector.precedes(hit, threads[place]) { threads[place] = hit }
    } else if threads.count < limit {
      if !isSmall { places[hit.thread] = threads.count }
      threads.append(hit)
    } else if let last = threads.indices.max(by: { HitCollector.precedes(threads[$0], threads[$1]) }) {
      if !isSmall {
        places[threads[last].thread] = nil
        places[hit.thread] = last
      }
      threads[last] = hit
    }
    if threads.count == limit {
      worst = threads.max { HitCollector.precedes($0, $1) }.map { ($0.key, $0.document) }
    }
  }

  private static func precedes(_ one: Hit, _ other: Hit) -> Bool {
    one.key != other.key ? one.key > other.key : one.document < other.document
  }

  /// The kept hits, the best first.
  func sorted() -> [(key: UInt64, document: UInt32)] {
    if !groupsThreads { return top.sorted() }
    return threads.sorted(by: HitCollector.precedes).map { ($0.key, $0.document) }
  }
}

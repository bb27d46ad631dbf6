/// Keeps the best of many hits: those with the highest keys, of equal keys the lowest documents.
struct TopHits {
  private let limit: Int
  /// A heap with the worst kept hit on top.
  private var heap: [(key: UInt64, document: UInt32)] = []

  init(limit: Int) { self.limit = max(0, limit) }

  /// A key that orders as the number does.
  static func key(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) ^ (1 << 63) }

  /// Offers a hit.
  /// - Complexity: O(1) if it is not kept, else O(log `limit`).
  mutating func offer(key: UInt64, document: UInt32) {
    if heap.count < limit {
      heap.append((key, document))
      rise()
    } else if limit > 0, isWorse(heap[0], than: (key, document)) {
      heap[0] = (key, document)
      sink()
    }
  }

  /// The worst of the kept hits, if as many are kept as are asked for.
  var worst: (key: UInt64, document: UInt32)? { heap.count == limit ? heap.first : nil }

  /// The kept hits, the best first.
  func sorted() -> [(key: UInt64, document: UInt32)] { heap.sorted { isWorse($1, than: $0) } }

  private func isWorse(_ one: (key: UInt64, document: UInt32), than other: (key: UInt64, document: UInt32))
    -> Bool
  {
    one.key != other.key ? one.key < other.key : one.document > other.document
  }

  private mutating func rise() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard isWorse(heap[child], than: heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var worst = parent
      let child = 2 * parent + 1
      if child < heap.count, isWorse(heap[child], than: heap[worst]) { worst = child }
      if child + 1 < heap.count, isWorse(heap[child + 1], than: heap[worst]) { worst = child + 1 }
      if worst == parent { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }
}

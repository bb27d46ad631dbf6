import Testing

@testable import Discussion

@Suite struct ThreadOrderTests {
  /// The obvious recursive arrangement of an acyclic set of parents.
  private struct Recursive {
    var comments: [Int] = []
    var depths: [Int] = [0]
    var counts: [Int] = []

    init(_ parents: [Int?]) {
      func visit(_ node: Int?, _ depth: Int) -> Int {
        var total = 1
        let place = counts.count
        counts.append(0)
        for child in parents.indices where parents[child] == node {
          comments.append(child)
          depths.append(depth + 1)
          total += visit(child, depth + 1)
        }
        counts[place] = total
        return total
      }
      _ = visit(nil, 0)
    }
  }

  @Test func equalsTheRecursiveTreeOnEveryForestOfFive() {
    // Comment i answers the post or any earlier or later comment below 5: 6^5 parent tables.
    for code in 0..<7776 {
      var rest = code
      let parents: [Int?] = (0..<5).map { _ in
        let parent = rest % 6
        rest /= 6
        return parent == 5 ? nil : parent
      }
      let order = ThreadOrder(parentsOfComments: parents)
      #expect(Set(order.comments) == Set(0..<5), "each comment once: \(parents)")
      guard !hasCycle(parents) else { continue }
      let oracle = Recursive(parents)
      #expect(order.comments == oracle.comments)
      #expect(order.depths == oracle.depths)
      #expect(order.subtreeCounts == oracle.counts)
    }
  }

  @Test func equalsTheRecursiveTreeOnRandomForests() {
    var generator = SeededGenerator(state: 7)
    for _ in 0..<300 {
      let count = Int.random(in: 0..<60, using: &generator)
      let shuffled = Array(0..<count).shuffled(using: &generator)
      var parents = [Int?](repeating: nil, count: count)
      for (place, node) in shuffled.enumerated() where place > 0 && Bool.random(using: &generator) {
        parents[node] = shuffled[Int.random(in: 0..<place, using: &generator)]
      }
      let order = ThreadOrder(parentsOfComments: parents)
      let oracle = Recursive(parents)
      #expect(order.comments == oracle.comments && order.subtreeCounts == oracle.counts)
    }
  }

  @Test func cyclesAndOrphansAnswerThePost() {
    // 0 → 1 → 2 → 0 is cut at 0; 3 answers itself; 4 answers nobody that exists.
    let order = ThreadOrder(parentsOfComments: [1, 2, 0, 3, 99])
    #expect(order.comments == [0, 2, 1, 3, 4])
    #expect(order.depths == [0, 1, 2, 3, 1, 1])
  }

  @Test func aChainOfAMillionNeedsNoStack() {
    let count = 1_000_000
    let order = ThreadOrder(parentsOfComments: (0..<count).map { $0 == 0 ? nil : $0 - 1 })
    #expect(order.depths[count] == count)
    #expect(order.subtreeCounts[0] == count + 1 && order.subtreeCounts[count] == 1)
  }

  private func hasCycle(_ parents: [Int?]) -> Bool {
    parents.indices.contains { start in
      var node: Int? = start
      for _ in 0...parents.count {
        guard let current = node else { return false }
        node = parents[current]
      }
      return true
    }
  }
}

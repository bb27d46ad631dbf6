import Discussion
import Grid
import Testing

@testable import Reader

/// The flow against the whole document written out row by row.
@Suite struct ThreadFlowTests {
  /// All rows of a discussion, by asking every entry whether something above it is folded.
  static func allRows(_ flow: ThreadFlow) -> [Place] {
    var rows: [Place] = []
    for entry in flow.entries {
      if flow.library.ancestors(of: entry).contains(where: { flow.isFolded($0) }) { continue }
      let layout = EntryLayout(
        of: entry, in: flow.library, columns: flow.columns, isFolded: flow.isFolded(entry))
      for row in 0..<layout.rowCount { rows.append(Place(entry: entry, row: row)) }
    }
    return rows
  }

  @Test(arguments: 0..<60) func equalsTheDocumentWrittenOut(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let library = Shelves.library
    let discussion = try #require(library.discussions.randomElement(using: &random))
    var folds = Folds()
    if Bool.random(using: &random) {
      folds.setAll(closedFromDepth: [nil, 1, 2, 4].randomElement(using: &random) ?? nil)
    }
    for entry in library.entries(of: discussion) where Int.random(in: 0..<4, using: &random) == 0 {
      folds.set(entry, depth: library.depth(of: entry), isFolded: Bool.random(using: &random))
    }
    let columns = Int.random(in: 3...110, using: &random)
    let flow = ThreadFlow(
      library: library, discussion: discussion, folds: folds, columns: columns, cache: LayoutCache())
    let all = ThreadFlowTests.allRows(flow)
    #expect(all.last?.entry == flow.last)
    var visible: [EntryID] = []
    for place in all where visible.last != place.entry { visible.append(place.entry) }
    for (before, after) in zip(visible, visible.dropFirst()) {
      #expect(flow.next(after: before) == after)
      #expect(flow.previous(before: after) == before)
    }
    #expect(flow.next(after: flow.last) == nil)
    #expect(flow.previous(before: flow.entries[0]) == nil)
    for entry in flow.entries {
      let hiding = (library.ancestors(of: entry).filter { flow.isFolded($0) }).last ?? entry
      #expect(flow.visible(entry) == hiding)
    }
    for _ in 0..<60 {
      let start = Int.random(in: all.indices, using: &random)
      let step = Int.random(in: -all.count - 3...all.count + 3, using: &random)
      let end = min(max(0, start + step), all.count - 1)
      #expect(flow.moved(all[start], by: step) == all[end])
      let count = Int.random(in: 0...40, using: &random)
      #expect(flow.rows(from: all[start], count: count) == Array(all[start...].prefix(count)))
      let limit = Int.random(in: 0...all.count, using: &random)
      let distance = end - start
      #expect(
        flow.distance(from: all[start], to: all[end], limit: limit)
          == (distance >= 0 && distance <= limit ? distance : nil))
      let height = Int.random(in: 1...50, using: &random)
      let clamped = min(start, max(0, all.count - height))
      #expect(flow.clamped(all[start], height: height) == all[clamped])
    }
    let outside = Place(entry: flow.entries[flow.entries.count - 1], row: 10_000)
    let shown = flow.clamped(outside, height: 5)
    #expect(all.contains(shown))
  }

  @Test func theRowOfAByteIsTheLineThatHoldsIt() {
    let library = Shelves.library
    for discussion in library.discussions {
      for entry in library.entries(of: discussion) {
        for columns in [4, 17, 60, 120] {
          let layout = EntryLayout(of: entry, in: library, columns: columns, isFolded: false)
          for row in 0..<layout.rowCount {
            guard case .text(let line) = layout[row] else { continue }
            #expect(layout.row(ofByte: layout.byte(atRow: row)) == row)
            let last = max(layout.lines[line].bytes.lowerBound, layout.lines[line].bytes.upperBound - 1)
            #expect(layout.row(ofByte: last) == row)
          }
        }
      }
    }
  }
}

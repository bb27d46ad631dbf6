import Bytes
import Discussion
import SearchIndex
import Snapshot
import Testing

@Suite struct SnapshotTests {
  @Test func aLibraryComesBackAsItWas() throws {
    try Scratch.folder { folder in
      for seed in 0..<20 {
        let world = World(seed: UInt64(seed))
        let store = SnapshotStore(folder: folder, key: Scratch.key(seed), build: [1])
        #expect(throws: SnapshotError.missing) { try store.open() }
        #expect(
          try store.save(world.library, world.segments, sources: world.sources, problems: world.problems))
        let opened = try SnapshotStore(folder: folder, key: Scratch.key(seed), build: [1]).open()
        #expect(try opened.sources() == world.sources)
        #expect(try opened.problems() == world.problems)
        #expect(Walk.of(opened.library, opened.segments) == Walk.of(world.library, world.segments))
        #expect(opened.library.checkInvariants() == [])
        #expect(opened.segments.flatMap { $0.brokenInvariants() } == [])
        #expect(!opened.library.isDamaged)
      }
    }
  }

  /// What grows from a snapshot is what would have grown without it.
  @Test func aLibraryGrowsOnFromItsSnapshot() throws {
    try Scratch.folder { folder in
      for seed in 100..<120 {
        let world = World(seed: UInt64(seed))
        let more = World.discussions(seed: UInt64(seed) + 5000, count: 5)
        let store = SnapshotStore(folder: folder, key: Scratch.key(seed), build: [1])
        try store.save(world.library, world.segments, sources: world.sources)
        let opened = try SnapshotStore(folder: folder, key: Scratch.key(seed), build: [1]).open()
        let (grown, _) = opened.library.adding(more)
        let (expected, _) = world.library.adding(more)
        #expect(Walk.of(grown, []) == Walk.of(expected, []))
        #expect(grown.checkInvariants() == [])
      }
    }
  }
}

import Bytes
import Discussion
import Foundation
import SearchIndex
import Snapshot
import Testing

@Suite struct SavingTests {
  private func store(_ folder: PathName) -> SnapshotStore {
    SnapshotStore(folder: folder, key: Scratch.key(0), build: [1])
  }

  /// The program dies after each step of saving, once: the old snapshot or the new is there, and the next
  /// save leaves nothing behind.
  @Test func dyingAnywhereLeavesTheOldOrTheNew() throws {
    let old = World(seed: 1)
    let (grown, _) = old.library.adding(World.discussions(seed: 900, count: 4))
    let segments =
      old.segments + (old.segments.count..<grown.segmentCount).map { World.index($0, of: grown) }
    let (walkOld, walkNew) = (Walk.of(old.library, old.segments), Walk.of(grown, segments))
    var seen: Set<String> = []
    var hasDied = true
    var step = 0
    while hasDied {
      try Scratch.folder { folder in
        try store(folder).save(old.library, old.segments, sources: old.sources)
        let dying = store(folder)
        let opened = try dying.open()
        let (next, _) = opened.library.adding(World.discussions(seed: 900, count: 4))
        var left = step
        hasDied = false
        _ = try dying.save(
          next, segments, sources: [],
          goesOn: { _ in
            left -= 1
            if left < 0 { hasDied = true }
            return left >= 0
          })
        let found = try store(folder).open()
        let walk = Walk.of(found.library, found.segments)
        #expect(walk == walkOld || walk == walkNew, "died at step \(step)")
        seen.insert(walk == walkOld ? "old" : "new")
        #expect(!found.library.isDamaged)

        try store(folder).save(grown, segments, sources: [])
        let names = try DurableFile.names(in: folder)
        let parts = grown.segmentParts.count + grown.identityParts.count
        #expect(names.count == parts + 2, "manifest, lock and parts after dying at step \(step)")
      }
      step += 1
    }
    #expect(seen == ["old", "new"] && step > 10)
  }

  @Test func cancellingLeavesTheOld() throws {
    try Scratch.folder { folder in
      let world = World(seed: 2)
      try store(folder).save(world.library, world.segments, sources: world.sources)
      let other = World(seed: 3)
      #expect(try !store(folder).save(other.library, other.segments, sources: [], isCancelled: { true }))
      let found = try store(folder).open()
      #expect(Walk.of(found.library, found.segments) == Walk.of(world.library, world.segments))
    }
  }

  @Test func partsThatAreThereAreNotWrittenAgain() throws {
    try Scratch.folder { folder in
      let world = World(seed: 4)
      try store(folder).save(world.library, world.segments, sources: [])
      let before = Set(try DurableFile.names(in: folder))
      let again = store(folder)
      let opened = try again.open()
      try again.save(opened.library, opened.segments, sources: world.sources)
      #expect(Set(try DurableFile.names(in: folder)) == before)
      #expect(try store(folder).open().sources() == world.sources)
      // A part that somebody removed meanwhile is written once more.
      for name in before where name.contains(0x2D) && name.suffix(16).elementsEqual("lectern-snapshot".utf8) {
        try DurableFile.remove(folder.appending(name))
      }
      try again.save(opened.library, opened.segments, sources: world.sources)
      let found = try store(folder).open()
      #expect(Walk.of(found.library, found.segments) == Walk.of(world.library, world.segments))
    }
  }

  @Test func onlyOneWritesAtATime() throws {
    try Scratch.folder { folder in
      let world = World(seed: 5)
      try store(folder).save(world.library, world.segments, sources: [])
      _ = try store(folder).save(
        world.library, world.segments, sources: [],
        goesOn: { _ in
          #expect(throws: SnapshotError.busy) {
            try store(folder).save(world.library, world.segments, sources: [])
          }
          #expect(throws: Never.self) { try store(folder).open() }
          return true
        })
    }
  }

  @Test func filesAreOneselfs() throws {
    try Scratch.folder { folder in
      let world = World(seed: 6)
      let inner = folder.appending(Array("a".utf8)).appending(Array("lectern".utf8))
      try SnapshotStore(folder: inner, key: Scratch.key(0), build: [1])
        .save(world.library, world.segments, sources: [])
      func mode(_ path: PathName) throws -> Int? {
        let name = String(decoding: path.bytes, as: UTF8.self)
        return try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? Int
      }
      #expect(try mode(inner) == 0o700)
      for name in try DurableFile.names(in: inner) { #expect(try mode(inner.appending(name)) == 0o600) }
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsAnError() throws {
    let world = World(seed: 7)
    for folder in ["/proc/lectern", "/dev/null/lectern"] {
      #expect(throws: SnapshotError.self) {
        try store(PathName(folder)).save(world.library, world.segments, sources: [])
      }
    }
  }

  @Test func removingLeavesNothingButTheLock() throws {
    try Scratch.folder { folder in
      let world = World(seed: 8)
      try store(folder).save(world.library, world.segments, sources: [])
      store(folder).remove()
      #expect(
        try DurableFile.names(in: folder).map { String(decoding: $0.suffix(5), as: UTF8.self) } == [".lock"])
      #expect(throws: SnapshotError.missing) { try store(folder).open() }
    }
  }
}

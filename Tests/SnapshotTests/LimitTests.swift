import Bytes
import Discussion
import Snapshot
import Testing

/// What is kept of many roots stays within bounds, and says whose it is.
@Suite struct LimitTests {
  private func save(_ number: Int, in folder: PathName, limit: SnapshotLimit = SnapshotLimit()) throws {
    let world = World(seed: UInt64(number), batches: 1, discussions: 3)
    try SnapshotStore(folder: folder, key: Scratch.key(number), build: [1], limit: limit)
      .save(world.library, world.segments, sources: world.sources)
  }

  private func isKept(_ number: Int, in folder: PathName) -> Bool {
    (try? SnapshotStore(folder: folder, key: Scratch.key(number), build: [1]).open()) != nil
  }

  private static let noLimit = SnapshotLimit(freePercent: 0)

  @Test func whatWasOpenedLongestAgoGoesFirst() throws {
    try Scratch.folder { folder in
      for number in 1...4 { try save(number, in: folder, limit: LimitTests.noLimit) }
      // The first was opened after the others were written.
      #expect(isKept(1, in: folder))
      let size = SnapshotLimit.byteCount(in: folder)
      try save(4, in: folder, limit: SnapshotLimit(byteCount: size - 1, freePercent: 0))
      let names = try DurableFile.names(in: folder).filter {
        $0.starts(with: Scratch.key(2).name) && !$0.suffix(5).elementsEqual(".lock".utf8)
      }
      #expect(names.isEmpty)
      #expect([1, 3, 4].allSatisfy { isKept($0, in: folder) })
      #expect(SnapshotLimit.byteCount(in: folder) < size)
    }
  }

  @Test func whatIsWrittenStaysWhateverItTakes() throws {
    try Scratch.folder { folder in
      try save(1, in: folder, limit: LimitTests.noLimit)
      try save(2, in: folder, limit: SnapshotLimit(byteCount: 1, freePercent: 0))
      #expect(!isKept(1, in: folder))
      #expect(isKept(2, in: folder))
    }
  }

  @Test func aFullDiskIsRelieved() throws {
    try Scratch.folder { folder in
      try save(1, in: folder, limit: LimitTests.noLimit)
      try save(2, in: folder, limit: SnapshotLimit(freePercent: 101))
      #expect(!isKept(1, in: folder))
      #expect(isKept(2, in: folder))
    }
  }

  @Test func whatIsBeingWrittenIsLeftAlone() throws {
    try Scratch.folder { folder in
      try save(1, in: folder, limit: LimitTests.noLimit)
      guard let lock = try FileLock(folder.appending(Scratch.key(1).name + Array(".lock".utf8))) else {
        Issue.record("nobody else holds it")
        return
      }
      try lock.hold { try save(2, in: folder, limit: SnapshotLimit(byteCount: 1, freePercent: 0)) }
      #expect(isKept(1, in: folder))
    }
  }

  @Test func aCheckNamesTheSourcesOfEachSegment() throws {
    try Scratch.folder { folder in
      let world = World(seed: 5, batches: 3, discussions: 4)
      let store = SnapshotStore(folder: folder, key: Scratch.key(5), build: [1])
      try store.save(world.library, world.segments, sources: world.sources)
      let named = store.check().map(\.sources)
      #expect(named.first == [])
      #expect(Set(named.joined()) == world.library.sourceNames())
      #expect(named.dropFirst().prefix(world.library.segmentCount).allSatisfy { !$0.isEmpty })
    }
  }
}

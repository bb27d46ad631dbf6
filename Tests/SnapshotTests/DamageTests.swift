import Bytes
import Discussion
import Foundation
import SearchIndex
import Snapshot
import Testing

/// Whatever happens to the files, reading them ends in a refusal, in a mark that they are damaged, or in the
/// very same answers.
@Suite struct DamageTests {
  /// A small snapshot on the disk, and what it says.
  private struct Kept {
    let folder: PathName
    let key: SnapshotKey
    let files: [PathName]
    let walk: [String]

    init(_ folder: PathName, seed: UInt64 = 1, batches: Int = 2, discussions: Int = 3) throws {
      self.folder = folder
      key = Scratch.key(Int(seed))
      let world = World(seed: seed, batches: batches, discussions: discussions)
      try SnapshotStore(folder: folder, key: key, build: [1])
        .save(world.library, world.segments, sources: world.sources, problems: world.problems)
      files = try DurableFile.names(in: folder).sorted { $0.lexicographicallyPrecedes($1) }
        .filter { $0.suffix(16).elementsEqual("lectern-snapshot".utf8) }
        .map { folder.appending($0) }
      walk = Walk.of(world.library, world.segments)
    }

    /// Opens and reads everything: whether it was refused or found damaged; else it must be as it was.
    func isNoticed(_ what: @autoclosure () -> String) -> Bool {
      guard let opened = try? SnapshotStore(folder: folder, key: key, build: [1]).open() else { return true }
      let walk = Walk.of(opened.library, opened.segments)
      let isListed = (try? opened.sources()) != nil && (try? opened.problems()) != nil
      if opened.library.isDamaged || !isListed { return true }
      #expect(walk == self.walk, "\(what())")
      return false
    }
  }

  private static let takesEveryByte = ProcessInfo.processInfo.environment["LECTERN_EVERY_BYTE"] != nil

  private static func bytes(_ path: PathName) throws -> [UInt8] {
    try SourceFile.read(path, limit: 1 << 30).bytes
  }

  /// Puts bytes into a file where it stands, without waiting for the disk.
  private static func put(_ bytes: [UInt8], at offset: Int, in path: PathName) throws {
    let handle = try FileHandle(
      forUpdating: URL(fileURLWithPath: String(decoding: path.bytes, as: UTF8.self)))
    try handle.seek(toOffset: UInt64(offset))
    try handle.write(contentsOf: bytes)
    try handle.close()
  }

  private static func truncate(_ path: PathName, at size: Int) throws {
    let handle = try FileHandle(
      forUpdating: URL(fileURLWithPath: String(decoding: path.bytes, as: UTF8.self)))
    try handle.truncate(atOffset: UInt64(size))
    try handle.close()
  }

  @Test(arguments: 0..<4) func everyByteFlippedIsNoticedOrWithoutEffect(quarter: Int) throws {
    try Scratch.folder { folder in
      let kept = try Kept(folder, batches: 1, discussions: 1)
      var noticed = 0
      for file in kept.files {
        let bytes = try DamageTests.bytes(file)
        for place in bytes.indices {
          // Zeros between columns and before the data are many and alike: most are left out, unless
          // LECTERN_EVERY_BYTE is set.
          let isAlike = bytes[place] == 0 && place % 64 > 3 && !DamageTests.takesEveryByte
          if place % 4 != quarter || isAlike { continue }
          try DamageTests.put(
            [bytes[place] ^ UInt8(truncatingIfNeeded: 1 << (place % 8))], at: place, in: file)
          if kept.isNoticed("\(file) at \(place)") { noticed += 1 }
          try DamageTests.put([bytes[place]], at: place, in: file)
        }
        #expect(!kept.isNoticed("whole again"))
      }
      #expect(noticed > 500)
    }
  }

  @Test func aFileCutAtAnyByteIsRefused() throws {
    try Scratch.folder { folder in
      let kept = try Kept(folder, batches: 1, discussions: 1)
      for file in kept.files {
        let bytes = try DamageTests.bytes(file)
        for size in stride(from: bytes.count - 1, through: 0, by: -1) {
          try DamageTests.truncate(file, at: size)
          #expect(throws: SnapshotError.self, "\(file) cut at \(size)") {
            try SnapshotStore(folder: kept.folder, key: kept.key, build: [1]).open()
          }
        }
        try DurableFile.replace(file, with: bytes)
        #expect(!kept.isNoticed("whole again"))
      }
    }
  }

  /// Of a file of many blocks one is damaged: what it says no longer fits what the others say.
  @Test func everyBlockDamagedIsNoticed() throws {
    try Scratch.folder { folder in
      let kept = try Kept(folder, seed: 3, batches: 2, discussions: 400)
      var noticed = 0
      for file in kept.files {
        let bytes = try DamageTests.bytes(file)
        for place in stride(from: bytes.count - 1, to: 4096, by: -(1 << 16)) {
          try DamageTests.put([bytes[place] ^ 0x10], at: place, in: file)
          if kept.isNoticed("\(file) at \(place)") { noticed += 1 }
          try DamageTests.put([bytes[place]], at: place, in: file)
        }
      }
      #expect(noticed > 10)
    }
  }

  /// Files are cut short, or written over, while they are mapped and half read.
  @Test func aFileCutWhileItIsMappedIsNoticed() throws {
    try Scratch.folder { folder in
      let kept = try Kept(folder, seed: 5, batches: 2, discussions: 150)
      for file in kept.files {
        let bytes = try DamageTests.bytes(file)
        for (number, size) in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 5)).enumerated() {
          let opened = try SnapshotStore(folder: kept.folder, key: kept.key, build: [1]).open()
          // Some of it was read, and found well, before.
          if number % 2 == 0 { opened.library.verify() }
          try DamageTests.truncate(file, at: size)
          let walk = Walk.of(opened.library, opened.segments)
          _ = try? opened.sources()
          #expect(opened.library.isDamaged || walk == kept.walk)
          try DurableFile.replace(file, with: bytes)
        }
      }
      #expect(!kept.isNoticed("whole again"))
    }
  }

  /// Whoever has a snapshot mapped keeps it when another takes its place.
  @Test func aSnapshotThatIsReplacedStaysReadable() throws {
    try Scratch.folder { folder in
      let kept = try Kept(folder)
      let opened = try SnapshotStore(folder: folder, key: kept.key, build: [1]).open()
      let other = World(seed: 77)
      try SnapshotStore(folder: folder, key: kept.key, build: [1])
        .save(other.library, other.segments, sources: other.sources)
      #expect(Walk.of(opened.library, opened.segments) == kept.walk)
      #expect(!opened.library.isDamaged)
      let next = try SnapshotStore(folder: folder, key: kept.key, build: [1]).open()
      #expect(Walk.of(next.library, next.segments) == Walk.of(other.library, other.segments))
    }
  }

  @Test func whatIsMissingOrOfAnotherVersionIsRefused() throws {
    try Scratch.folder { folder in
      let kept = try Kept(folder)
      #expect(throws: SnapshotError.otherVersion) {
        try SnapshotStore(folder: folder, key: kept.key, build: [2]).open()
      }
      for file in kept.files {
        let bytes = try DamageTests.bytes(file)
        // The version of the layout, then that of the contents: damaged, they name the file that is so.
        for (offset, step) in [(8, 1), (8, -1), (12, 1), (12, -1)] {
          try DamageTests.put([UInt8(Int(bytes[offset]) + step)], at: offset, in: file)
          #expect {
            try SnapshotStore(folder: folder, key: kept.key, build: [1]).open()
          } throws: { error in
            if case .damaged(let path, _)? = error as? SnapshotError { path == file } else { false }
          }
          try DamageTests.put([bytes[offset]], at: offset, in: file)
        }
        // Written by another program: of other contents, or in another layout.
        let other = ColumnFileWriter(version: SnapshotStore.version + 1)
        #expect(try other.write(file) != nil)
        #expect(throws: SnapshotError.otherVersion) {
          try SnapshotStore(folder: folder, key: kept.key, build: [1]).open()
        }
        try DurableFile.remove(file)
        try DurableFile.replace(file, with: Array(bytes[..<8]) + [7] + Array(bytes[9..<20]) + bytes[..<200])
        #expect(throws: SnapshotError.otherVersion) {
          try SnapshotStore(folder: folder, key: kept.key, build: [1]).open()
        }
        try DurableFile.remove(file)
        #expect(throws: SnapshotError.self) {
          try SnapshotStore(folder: folder, key: kept.key, build: [1]).open()
        }
        try DurableFile.replace(file, with: bytes)
      }
      #expect(!kept.isNoticed("whole again"))
    }
  }
}

import Discussion
import GRDB
import Glibc
import Testing

@testable import Shelf

/// What becomes of the shelf when its files are damaged: nothing saved may be lost while the database,
/// the journal or a backup is whole.
@Suite struct DamageTests {
  /// Ways to spoil a database.
  enum Spoiling: CaseIterable {
    case removed, empty, textFile, header, middle, cutShort, folder, foreign

    func apply(_ scratch: Scratch) throws {
      let name = Connection.name
      var bytes = scratch.bytes(name) ?? []
      switch self {
      case .removed: scratch.remove(name)
      case .empty: scratch.write(name, [])
      case .textFile: scratch.write(name, utf8("This is no database.\n"))
      case .header:
        bytes.replaceSubrange(0..<40, with: [UInt8](repeating: 0xAA, count: 40))
        scratch.write(name, bytes)
      case .middle:
        bytes.replaceSubrange(4096..<bytes.count, with: [UInt8](repeating: 0xAA, count: bytes.count - 4096))
        scratch.write(name, bytes)
      case .cutShort: scratch.write(name, Array(bytes.prefix(bytes.count / 2)))
      case .folder:
        scratch.remove(name)
        _ = unsafe mkdir(scratch.file(name), 0o700)
      case .foreign:
        scratch.remove(name)
        try scratch.execute("CREATE TABLE other (a); INSERT INTO other VALUES (1)")
      }
    }
  }

  @Test(arguments: Spoiling.allCases)
  func aSpoiltDatabaseIsRebuiltFromTheJournal(_ spoiling: Spoiling) throws {
    let scratch = Scratch()
    var before = ShelfContents()
    do {
      let shelf = try scratch.open()
      try fill(shelf)
      before = try shelf.contents()
    }
    try spoiling.apply(scratch)
    let shelf = try scratch.open()
    #expect(try shelf.contents() == before)
    #expect(shelf.refusal == nil)
    guard case .rebuilt(_, let aside, nil, 3, 0)? = shelf.notices.first else {
      Issue.record("notices: \(shelf.notices)")
      return
    }
    #expect(aside == (spoiling == .removed ? nil : "shelf.sqlite.corrupt-20231114-221320"))
    if let aside { #expect(scratch.names().contains(aside)) }
    #expect(shelf.checkIntegrity() == [])
    try shelf.setRead(discussion: key(1), read: [key(2)])
    #expect(try scratch.open().notices.isEmpty)
  }

  @Test(arguments: Spoiling.allCases)
  func aBackupHelpsWhenTheJournalIsGone(_ spoiling: Spoiling) throws {
    let scratch = Scratch()
    try fill(try scratch.open())
    try scratch.open(now: 1_700_100_000).setRead(discussion: key(7), read: [key(8)])
    try spoiling.apply(scratch)
    scratch.remove(Journal.name)
    let shelf = try scratch.open()
    #expect(try shelf.contents().bookmarks.count == 3)
    #expect(try shelf.contents().read.count == 1)
    guard case .rebuilt(_, _, "backup-2023-11-16.sqlite", 3, 0)? = shelf.notices.first else {
      Issue.record("notices: \(shelf.notices)")
      return
    }
    #expect(shelf.checkIntegrity() == [])
  }

  @Test func aMissingJournalIsWrittenAnew() throws {
    let scratch = Scratch()
    let before = try filled(scratch)
    scratch.remove(Journal.name)
    let shelf = try scratch.open()
    #expect(shelf.notices == [.journalRewritten(damagedRecords: 0)])
    #expect(try shelf.contents() == before)
    #expect(shelf.checkIntegrity() == [])
    scratch.remove(Connection.name)
    #expect(try scratch.open().contents() == before)
  }

  @Test func aFolderOrFIFOInPlaceOfTheJournalIsMovedAside() throws {
    for make in ["mkdir", "mkfifo", "ln -s nowhere"] {
      let scratch = Scratch()
      let before = try filled(scratch)
      scratch.remove(Journal.name)
      #expect(unsafe system("\(make) '\(scratch.file(Journal.name))'") == 0)
      let shelf = try scratch.open()
      #expect(shelf.notices == [.journalRewritten(damagedRecords: 0)], "\(make)")
      #expect(try shelf.contents() == before)
      #expect(shelf.checkIntegrity() == [])
    }
  }

  @Test func aJournalThatGoesAwayWhileOpenIsWrittenAnew() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    try fill(shelf)
    scratch.remove(Journal.name)
    try shelf.setStar(key(50), discussion: key(50), true, at: 1)
    #expect(shelf.notices == [.journalRewritten(damagedRecords: 0)])
    let before = try shelf.contents()
    scratch.remove(Connection.name)
    #expect(try scratch.open().contents() == before)
  }

  /// A torn last line, at every length: the database has the record, the journal is mended from it.
  @Test func aTornLineIsMended() throws {
    let scratch = Scratch()
    let before = try filled(scratch)
    let journal = try #require(scratch.bytes(Journal.name))
    let database = try #require(scratch.bytes(Connection.name))
    for lost in [1, 2, 10, 30, 60] {
      scratch.write(Connection.name, database)
      scratch.write(Journal.name, Array(journal.dropLast(lost)))
      let shelf = try scratch.open()
      #expect(try shelf.contents() == before)
      #expect(shelf.checkIntegrity() == [])
    }
    // Without the database all whole lines count.
    scratch.remove(Connection.name)
    scratch.write(Journal.name, journal + utf8("{\"op\":\"remove\",\"key\":\""))
    let shelf = try scratch.open()
    #expect(try shelf.contents() == before)
    #expect(
      shelf.notices.first
        == .rebuilt(
          reason: .missing, movedAside: nil, backup: nil, bookmarks: 3, damagedRecords: 0))
    #expect(scratch.bytes(Journal.name) == journal)
  }

  /// The journal is written before the commit: what a crash leaves only there is taken in.
  @Test func recordsOnlyInTheJournalAreTakenIn() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    try fill(shelf)
    let old = try #require(scratch.bytes(Connection.name))
    try shelf.setStar(key(60), discussion: key(60), true, at: 1)
    let after = try shelf.contents()
    scratch.write(Connection.name, old)
    let again = try scratch.open()
    #expect(again.notices == [.recovered(records: 1)])
    #expect(try again.contents() == after)
    #expect(again.checkIntegrity() == [])
  }

  /// A flipped bit anywhere in the journal costs at most the record it is in, and only when the
  /// database is gone as well.
  @Test func aFlippedBitInTheJournalCostsOneRecord() throws {
    let scratch = Scratch()
    let before = try filled(scratch)
    let journal = try #require(scratch.bytes(Journal.name))
    var random = Seeded(state: 41)
    for _ in 0..<40 {
      var spoilt = journal
      spoilt[Int.random(in: 0..<spoilt.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      scratch.write(Journal.name, spoilt)
      scratch.remove(Connection.name)
      let shelf = try scratch.open()
      let found = try shelf.contents()
      #expect(found.bookmarks.count >= 2)
      #expect(found.bookmarks.allSatisfy { before.bookmarks.contains($0) })
      #expect(shelf.checkIntegrity() == [])
    }
  }

  /// Random bytes anywhere in the database: what was saved is there, whatever it takes.
  @Test func mutatedDatabasesLoseNothing() throws {
    let scratch = Scratch()
    let before = try filled(scratch)
    let journal = try #require(scratch.bytes(Journal.name))
    let database = try #require(scratch.bytes(Connection.name))
    var random = Seeded(state: 7)
    var rebuilt = 0
    for _ in 0..<60 {
      var spoilt = database
      for _ in 0..<Int.random(in: 1...64, using: &random) {
        // Content that SQLite has no checksum for may differ; structure may not.
        spoilt[Int.random(in: 0..<100, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        spoilt.removeLast(Int.random(in: 1..<spoilt.count, using: &random))
      }
      scratch.write(Connection.name, spoilt)
      scratch.write(Journal.name, journal)
      let shelf = try scratch.open()
      #expect(try shelf.contents() == before)
      if case .rebuilt? = shelf.notices.first { rebuilt += 1 }
    }
    #expect(rebuilt > 30)
  }

  /// Damage that shows while the shelf is open is repaired by the next saving call.
  @Test func aDatabaseSpoiltWhileOpenIsRebuilt() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    try fill(shelf)
    try Spoiling.textFile.apply(scratch)
    try shelf.setStar(key(80), discussion: key(1), true, at: 1)
    #expect(try shelf.contents().bookmarks.count == 4)
    #expect(shelf.notices.count == 1)
    #expect(shelf.checkIntegrity() == [])
    #expect(try scratch.open().contents() == shelf.contents())
  }

  private func filled(_ scratch: Scratch) throws -> ShelfContents {
    let shelf = try scratch.open()
    try fill(shelf)
    return try shelf.contents()
  }
}

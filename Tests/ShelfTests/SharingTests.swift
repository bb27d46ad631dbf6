import Discussion
import Glibc
import Testing

@testable import Shelf

/// Several instances on one folder, and processes that are killed while they save.
@Suite struct SharingTests {
  @Test func instancesSeeWhatOthersSaved() throws {
    let scratch = Scratch()
    let shelves = try (0..<3).map { _ in try scratch.open() }
    for number in 0..<30 {
      try shelves[number % 3].setStar(key(UInt64(number)), discussion: key(1), true, at: 1)
    }
    for shelf in shelves { #expect(try shelf.contents().bookmarks.count == 30) }
    #expect(shelves.flatMap(\.notices) == [])
    #expect(shelves[0].checkIntegrity() == [])
  }

  @Test func threadsAtOnceLoseNothing() async throws {
    let scratch = Scratch()
    let path = scratch.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let shelf = try Shelf(folder: path)
          for number in 0..<25 {
            try shelf.setStar(key(UInt64(writer * 100 + number)), discussion: key(1), true, at: 1)
          }
        }
      }
      try await group.waitForAll()
    }
    let shelf = try scratch.open()
    #expect(shelf.notices == [])
    #expect(try shelf.contents().bookmarks.count == 100)
    #expect(shelf.checkIntegrity() == [])
  }

  /// An instance whose database another one moved aside keeps saving: the journal carries it over.
  @Test func anInstanceOnAMovedDatabaseLosesNothing() throws {
    let scratch = Scratch()
    let first = try scratch.open()
    try fill(first)
    scratch.write("x", [])
    #expect(unsafe rename(scratch.file(Connection.name), scratch.file("gone")) == 0)
    let second = try scratch.open()
    try second.setStar(key(70), discussion: key(1), true, at: 1)
    try first.setStar(key(71), discussion: key(1), true, at: 1)
    try second.setStar(key(72), discussion: key(1), true, at: 1)
    let found = try scratch.open().contents().starredEntries
    #expect(found.isSuperset(of: [key(70), key(71), key(72)]))
    #expect(try second.contents().starredEntries == found)
  }

  /// A process that holds the folder for too long keeps others from saving, not from reading, and only
  /// as long as it does.
  @Test func aHeldLockKeepsFromSavingOnly() throws {
    let scratch = Scratch()
    try fill(try scratch.open())
    let lock = try #require(try Folder(path: scratch.path).open(Opening.lockName, O_RDWR))
    try lock.lock(seconds: 0)
    let shelf = try Shelf(folder: scratch.path, schema: .current, clock: { 1 }, patience: 0.05)
    guard case .busy? = shelf.refusal else {
      Issue.record("refusal: \(String(describing: shelf.refusal))")
      return
    }
    #expect(try shelf.contents().bookmarks.count == 3)
    #expect(throws: ShelfError.self) { try shelf.addHistory(utf8("q")) }
    #expect(shelf.notices.count == 1)
    lock.unlock()
    try shelf.addHistory(utf8("q"))
    #expect(shelf.refusal == nil)
    #expect(try scratch.open().history().first == utf8("q"))
  }

  /// Rounds of two writers killed at a random moment; `LECTERN_KILL_ROUNDS` sets their number.
  @Test func whatWasSaidToBeSavedOutlivesKill() throws {
    let rounds = unsafe getenv("LECTERN_KILL_ROUNDS").flatMap { unsafe Int(String(cString: $0)) } ?? 5
    let scratch = Scratch()
    var random = Seeded(state: 12)
    var acknowledged: Set<String> = []
    for round in 0..<rounds {
      let probes = try (0..<2).map { writer in
        try Probe(folder: scratch.text + "/data", writer: round * 2 + writer + 1)
      }
      usleep(UInt32.random(in: 30_000...250_000, using: &random))
      for probe in probes { acknowledged.formUnion(probe.killed()) }
      let shelf = try scratch.open()
      let found = Set(try shelf.contents().bookmarks.map(\.key.hexadecimal))
      #expect(acknowledged.isSubset(of: found), "round \(round): lost \(acknowledged.subtracting(found))")
      #expect(shelf.checkIntegrity() == [], "round \(round)")
      // At most the one that each writer was killed in is there beyond.
      #expect(found.count <= acknowledged.count + 2 * (round + 1))
    }
    #expect(acknowledged.count >= rounds)
    scratch.remove(Connection.name)
    let rebuilt = Set(try scratch.open().contents().bookmarks.map(\.key.hexadecimal))
    #expect(acknowledged.isSubset(of: rebuilt))
    print("\(rounds) rounds of kill -9, \(acknowledged.count) acknowledged, 0 lost")
  }
}

/// A running `ShelfProbe`, which stands beside the test program.
private final class Probe {
  private var process: pid_t = 0
  private let output: CInt

  init(folder: String, writer: Int) throws {
    var ends: [CInt] = [0, 0]
    let isOpen = unsafe pipe(&ends) == 0
    try #require(isOpen)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[0]
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    let own = CommandLine.arguments[0]
    let path = own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/ShelfProbe"
    let words = [String(path), folder, String(writer)]
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    let result = unsafe posix_spawn(&process, String(path), &actions, nil, &arguments, environ)
    close(ends[1])
    try #require(result == 0, "\(path): error \(result)")
  }

  /// Kills it and gives the lines that it had printed whole.
  func killed() -> [String] {
    kill(process, SIGKILL)
    var status: CInt = 0
    _ = unsafe waitpid(process, &status, 0)
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = unsafe read(output, &chunk, chunk.count)
      if got <= 0 { break }
      text += chunk[..<got]
    }
    close(output)
    return text.split(separator: UInt8(ascii: "\n")).filter { $0.count == 32 }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

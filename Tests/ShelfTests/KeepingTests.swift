import Discussion
import GRDB
import Glibc
import Testing

@testable import Shelf

@Suite struct KeepingTests {
  @Test func reopeningKeepsEverything() throws {
    let scratch = Scratch()
    var shelf = try scratch.open()
    #expect(shelf.notices.isEmpty)
    #expect(shelf.refusal == nil)
    try fill(shelf)
    let before = try shelf.contents()
    shelf = try scratch.open()
    #expect(shelf.notices.isEmpty)
    let after = try shelf.contents()
    #expect(after == before)
    #expect(after.bookmarks.map(\.key) == [key(1), key(2), key(3)])
    #expect(after.bookmarks[0] == fullBookmark(1))
    #expect(after.starredEntries == [key(1), key(2)])
    #expect(after.starredDiscussions == [key(3)])
    #expect(after.read == [key(1000): [key(4), key(6)]])
    #expect(after.positions == [key(1000): ReadingPosition(entry: key(6), byte: 12, keptAt: 70)])
    #expect(after.history == [utf8("again"), utf8("fund")])
    #expect(try shelf.history() == after.history)
    #expect(shelf.checkIntegrity() == [])
  }

  @Test func commitsAsSafelyAsSQLiteCan() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    let durability = try shelf.durability()
    #expect(durability.journalMode == "truncate")
    #expect(durability.synchronous == 3)
  }

  @Test func fieldsChangeAlone() throws {
    let scratch = Scratch()
    let first = try scratch.open()
    let second = try scratch.open()
    try first.setStar(key(1), discussion: key(9), true, copy: BookmarkCopy(title: utf8("T")), at: 5)
    try second.change(key(1), discussion: key(9), BookmarkChange(note: utf8("n")), at: 6)
    try first.change(key(1), discussion: key(9), BookmarkChange(tags: [utf8("t")], colour: 3), at: 7)
    let bookmark = try #require(try second.contents().bookmarks.first)
    #expect(
      bookmark
        == Bookmark(
          key: key(1), discussion: key(9), isStarred: true, note: utf8("n"), tags: [utf8("t")], colour: 3,
          createdAt: 5, changedAt: 7, copy: BookmarkCopy(title: utf8("T"))))
    try second.setStar(key(1), discussion: key(9), false, at: 8)
    #expect(try first.contents().bookmarks.first?.isStarred == false)
    try first.change(
      key(1), discussion: key(9), BookmarkChange(note: [], tags: [], colour: .some(nil)), at: 9)
    #expect(try second.contents().bookmarks == [])
  }

  @Test func entryAndDiscussionOfOneKeyAreTwo() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    try shelf.setStar(key(1), discussion: key(1), isDiscussion: true, true, at: 1)
    try shelf.setStar(key(1), discussion: key(1), true, at: 1)
    #expect(try shelf.contents().bookmarks.map(\.isDiscussion) == [false, true])
    try shelf.removeBookmark(key(1), isDiscussion: true)
    #expect(try shelf.contents().starredDiscussions == [])
    #expect(try shelf.contents().starredEntries == [key(1)])
  }

  @Test func longWordsAreCutOrRefused() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    var bookmark = fullBookmark(1)
    bookmark.note = [UInt8](repeating: 0x61, count: Bookmark.noteLimit + 1)
    #expect(throws: ShelfError.noteTooLong(bytes: Bookmark.noteLimit + 1)) {
      try shelf.save(bookmark: bookmark)
    }
    bookmark.note.removeLast()
    bookmark.copy.text = [UInt8](repeating: 0x62, count: BookmarkCopy.textLimit - 2) + utf8("漢字")
    try shelf.save(bookmark: bookmark)
    let kept = try #require(try shelf.contents().bookmarks.first)
    #expect(kept.note == bookmark.note)
    #expect(kept.copy.text == [UInt8](repeating: 0x62, count: BookmarkCopy.textLimit - 2))
    #expect(shelf.checkIntegrity() == [])
  }

  @Test func filesAreTheReadersAlone() throws {
    let scratch = Scratch()
    try fill(try scratch.open())
    try fill(try scratch.open(now: 1_700_100_000))
    #expect(scratch.mode(".") == 0o700)
    let names = scratch.names()
    #expect(names.contains("shelf.sqlite"))
    #expect(names.contains("journal.jsonl"))
    #expect(names.contains("backup-2023-11-16.sqlite"))
    for name in names { #expect(scratch.mode(name) == 0o600, "\(name)") }
  }

  @Test func aFolderNeedsNoUTF8() throws {
    let scratch = Scratch([0xFF, 0x2F, 0xC3, 0x28])
    try fill(try scratch.open())
    let shelf = try scratch.open(now: 1_700_100_000)
    #expect(try shelf.contents().bookmarks.count == 3)
    try shelf.setRead(discussion: key(1), read: [key(2)])
    #expect(shelf.notices.isEmpty)
    #expect(shelf.checkIntegrity() == [])
    #expect(scratch.names().contains("backup-2023-11-16.sqlite"))
  }

  @Test func historyHoldsEachQueryOnceAndAThousand() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    for query in ["a", "b", "a", "", "a"] { try shelf.addHistory(utf8(query)) }
    #expect(try shelf.history() == [utf8("a"), utf8("b")])
    let records = (0..<1005).map { Record.query(utf8("q\($0)")) }
    let queue = try Opening.copyInMemory(of: records, schema: .current)
    let history = try queue.read { try Rows.history($0) }
    #expect(history.count == 1000)
    #expect(history.first == utf8("q1004"))
    #expect(history.last == utf8("q5"))
  }

  @Test func aBackupADayAndSevenOfThem() throws {
    let scratch = Scratch()
    for day in 0..<10 {
      let shelf = try scratch.open(now: 1_700_000_000 + Int64(day) * 86_400)
      try shelf.setStar(key(UInt64(day)), discussion: key(0), true, at: 1)
      try shelf.setStar(key(UInt64(day) + 100), discussion: key(0), true, at: 1)
    }
    let backups = scratch.names().filter { $0.hasPrefix("backup-") }
    #expect(backups.count == 7)
    #expect(backups.last == "backup-2023-11-23.sqlite")
    #expect(backups.first == "backup-2023-11-17.sqlite")
  }

  @Test func findsItsPlace() throws {
    func place(_ environment: [String: String], _ home: String? = nil) throws(ShelfError) -> String {
      let location = try ShelfLocation.standard(environment: environment) { home.map(utf8) }
      return String(decoding: location.dataFolder, as: UTF8.self)
    }
    #expect(try place(["XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/x/lectern")
    #expect(try place(["XDG_DATA_HOME": "x", "HOME": "/h/"]) == "/h/.local/share/lectern")
    #expect(try place(["XDG_DATA_HOME": "", "HOME": ""], "/u") == "/u/.local/share/lectern")
    #expect(throws: ShelfError.noHome) { try place([:]) }
    #expect(throws: ShelfError.noHome) { try place(["HOME": "~"], "relative") }
  }
}

/// One of everything.
func fill(_ shelf: Shelf) throws {
  try shelf.save(bookmark: fullBookmark(1))
  try shelf.setStar(
    key(2), discussion: key(1000), true, copy: BookmarkCopy(title: utf8("Second")), at: 1_700_000_000)
  try shelf.setStar(key(3), discussion: key(3), isDiscussion: true, true, at: 1_700_000_001)
  try shelf.setRead(discussion: key(1000), read: [key(4), key(5), key(6)])
  try shelf.setRead(discussion: key(1000), read: [], unread: [key(5)])
  try shelf.setPosition(discussion: key(1000), ReadingPosition(entry: key(4), byte: 3, keptAt: 60))
  try shelf.setPosition(discussion: key(1000), ReadingPosition(entry: key(6), byte: 12, keptAt: 70))
  try shelf.addHistory(utf8("again"))
  try shelf.addHistory(utf8("fund"))
  try shelf.addHistory(utf8("again"))
}

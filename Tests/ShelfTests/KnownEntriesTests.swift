import Bytes
import Discussion
import Testing

@testable import Shelf

@Suite struct KnownEntriesTests {
  private func place(_ scratch: Scratch) -> KnownEntries.Place {
    KnownEntries.Place(dataFolder: scratch.path, name: utf8("roots"))
  }

  @Test func whatIsWrittenDownFirstAndLaterIsTold() throws {
    let place = place(Scratch())
    #expect(KnownEntries(place) == nil)
    let first = try #require(try KnownEntries.taking([9, 2, 5], isRead: true, at: place))
    #expect(first.isFirstRead && first.identity != 0)
    for bits: UInt64 in [2, 5, 9] { #expect(first.contains(bits) && first.wasThereAtFirst(bits)) }
    for bits: UInt64 in [0, 1, 3, 8, 10, .max] { #expect(!first.contains(bits)) }
    _ = try KnownEntries.taking([7, 1, 5], isRead: false, at: place)
    _ = try KnownEntries.taking([11], isRead: false, at: place)
    let later = try #require(KnownEntries(place))
    #expect(later.identity == first.identity && later.isFirstRead)
    for bits: UInt64 in [1, 7, 11] { #expect(later.contains(bits) && !later.wasThereAtFirst(bits)) }
    #expect(later.wasThereAtFirst(5) && !later.contains(6))
  }

  @Test func emptyRootsAreKnownToo() throws {
    let place = place(Scratch())
    _ = try KnownEntries.taking([], isRead: false, at: place)
    #expect(try #require(KnownEntries(place)).contains(0) == false)
  }

  @Test func aDamagedAccountIsNone() throws {
    let scratch = Scratch()
    let place = place(scratch)
    _ = try KnownEntries.taking([1, 2], isRead: true, at: place)
    _ = try KnownEntries.taking([3], isRead: true, at: place)
    try DurableFile.replace(
      PathName(scratch.path).appending(utf8("known")).appending(utf8("roots.later")), with: utf8("no"))
    let known = try #require(KnownEntries(place))
    #expect(known.contains(1) && !known.contains(3))
    try DurableFile.replace(
      PathName(scratch.path).appending(utf8("known")).appending(utf8("roots.first")), with: utf8("no"))
    #expect(KnownEntries(place) == nil)
  }

  @Test func anotherAccountsLaterEntriesDoNotCount() throws {
    let scratch = Scratch()
    let place = place(scratch)
    let first = PathName(scratch.path).appending(utf8("known")).appending(utf8("roots.first"))
    _ = try KnownEntries.taking([1], isRead: true, at: place)
    _ = try KnownEntries.taking([3], isRead: true, at: place)
    try DurableFile.remove(first)
    _ = try KnownEntries.taking([1], isRead: true, at: place)
    #expect(try #require(KnownEntries(place)).contains(3) == false)
  }

  @Test func whatWasMarkedUnreadAndRootsOutliveADamagedDatabase() throws {
    let scratch = Scratch()
    let shelf = try scratch.open()
    try shelf.setRead(discussion: key(1), read: [key(2), key(3)], unread: [key(4), key(5)])
    try shelf.setRead(discussion: key(1), read: [key(5)], unread: [key(3)])
    try shelf.add(root: LibraryRoot(path: utf8("/b"), addedAt: 2))
    try shelf.add(root: LibraryRoot(path: utf8("/a"), addedAt: 3))
    try shelf.add(root: LibraryRoot(path: utf8("/b"), addedAt: 9))
    try shelf.add(root: LibraryRoot(path: [0x2F, 0xFF], addedAt: 4))
    try shelf.removeRoot(utf8("/a"))
    try shelf.removeRoot(utf8("/none"))
    let contents = try shelf.contents()
    #expect(contents.read == [key(1): [key(2), key(5)]])
    #expect(contents.unread == [key(1): [key(3), key(4)]])
    #expect(
      contents.roots == [
        LibraryRoot(path: utf8("/b"), addedAt: 2), LibraryRoot(path: [0x2F, 0xFF], addedAt: 4),
      ])
    #expect(shelf.checkIntegrity() == [])
    scratch.remove(Connection.name)
    #expect(try scratch.open().contents() == contents)
  }
}

import Discussion
import Testing

@testable import Shelf

/// Random work against a plain dictionary; then opened again, then rebuilt from the journal.
@Suite struct ModelTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func randomWorkEqualsTheDictionary(_ seed: UInt64) throws {
    var random = Seeded(state: seed)
    let scratch = Scratch()
    var shelf = try scratch.open()
    var model = Model()
    for step in 0..<120 {
      try model.act(on: shelf, at: Int64(step), &random)
      if step % 40 == 39 { shelf = try scratch.open(now: 1_700_000_000 + Int64(step) * 10_000) }
      if step % 10 == 0 { #expect(try shelf.contents() == model.contents) }
    }
    #expect(try shelf.contents() == model.contents)
    #expect(shelf.checkIntegrity() == [])
    scratch.remove(Connection.name)
    shelf = try scratch.open()
    #expect(try shelf.contents() == model.contents)
    scratch.remove(Journal.name)
    shelf = try scratch.open()
    #expect(try shelf.contents() == model.contents)
    scratch.write(Connection.name, [])
    #expect(try scratch.open().contents() == model.contents)
  }

  @Test func everyRecordReadsBack() throws {
    var random = Seeded(state: 99)
    for _ in 0..<400 {
      let record: Record =
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .bookmark(Model.bookmark(at: 7, &random))
        case 1: .removal(Bookmark.ID(key(random.next()), isDiscussion: Bool.random(using: &random)))
        case 2:
          .marks(
            discussion: key(1), read: (0..<UInt64.random(in: 0..<9, using: &random)).map(key),
            unread: [key(random.next())])
        case 3: .position(discussion: key(2), ReadingPosition(entry: key(3), byte: .max, keptAt: .max))
        default: .query(Model.bytes(&random))
        }
      var text: [UInt8] = []
      record.json.write(to: &text)
      #expect(!text.contains { $0 < 0x20 || $0 == 0x7F })
      #expect(JSONReader.read(text[...]).flatMap { Record($0) } == record)
      // Each beginning of the text is refused, not misread.
      for end in stride(from: 0, to: text.count, by: 7) { #expect(JSONReader.read(text[..<end]) == nil) }
    }
  }

  @Test func strangeJSONIsRefusedOrRead() {
    func read(_ text: String) -> JSON? { JSONReader.read(utf8(text)[...]) }
    #expect(
      read(" [1, -2 ,null,true,false] ")
        == .array([.number(1), .number(-2), .null, .bool(true), .bool(false)]))
    #expect(read(#""\ud83d\ude42\u00e9\/\b\f\r\t""#) == .string(utf8("🙂é/\u{8}\u{c}\r\t")))
    #expect(read("-9223372036854775808") == .number(.min))
    for text in [
      "", "-", "9223372036854775808", "1.5", "1e3", #""\ud83d""#, #""\udc00""#, #""\x""#, "\"\n\"", "[1,]",
      "{\"a\"}", "[1 2]", "nul", "1 1", String(repeating: "[", count: 100_000),
    ] { #expect(read(text) == nil, "\(text.prefix(20))") }
    #expect(JSONReader.read([0x22, 0xFF, 0x22]) == nil)
  }

  @Test func aWordHasItsChecksum() {
    #expect(CRC32.of(utf8("123456789")[...]) == 0xCBF4_3926)
  }
}

/// The shelf as it ought to be, kept the obvious way.
private struct Model {
  var bookmarks: [Bookmark.ID: Bookmark] = [:]
  var read: [EntryKey: Set<EntryKey>] = [:]
  var unread: [EntryKey: Set<EntryKey>] = [:]
  var positions: [EntryKey: ReadingPosition] = [:]
  var history: [[UInt8]] = []

  var contents: ShelfContents {
    var contents = ShelfContents()
    contents.bookmarks = bookmarks.values.sorted {
      ($0.createdAt, $0.key, $0.isDiscussion ? 1 : 0) < ($1.createdAt, $1.key, $1.isDiscussion ? 1 : 0)
    }
    contents.read = read.filter { !$0.value.isEmpty }
    contents.unread = unread.filter { !$0.value.isEmpty }
    contents.positions = positions
    contents.history = history
    return contents
  }

  static func bytes(_ random: inout Seeded) -> [UInt8] {
    let words = [
      utf8("wörd"), [0xFF, 0x80], utf8("\"\\\n"), [0x00, 0x1B], utf8("🙂"), [0xC2, 0x9B], [0x20],
    ]
    return (0..<Int.random(in: 1..<6, using: &random)).flatMap { _ in
      words.randomElement(using: &random) ?? []
    }
  }

  static func bookmark(at seconds: Int64, _ random: inout Seeded) -> Bookmark {
    let list = (0..<Int.random(in: 0..<3, using: &random)).map { _ in bytes(&random) }
    let isRich = Bool.random(using: &random)
    return Bookmark(
      key: key(UInt64.random(in: 0..<8, using: &random)), isDiscussion: Bool.random(using: &random),
      discussion: key(9), isStarred: Bool.random(using: &random), note: isRich ? bytes(&random) : [],
      tags: list, colour: isRich ? UInt8.random(in: 0...255, using: &random) : nil,
      createdAt: Int64.random(in: -3...3, using: &random), changedAt: seconds,
      quote: isRich ? QuoteSelector(exact: bytes(&random), prefix: [], suffix: bytes(&random)) : nil,
      copy: BookmarkCopy(
        title: bytes(&random), author: isRich ? bytes(&random) : nil,
        date: isRich ? Timestamp(seconds: Int64.random(in: -9...9, using: &random), precision: .minute) : nil,
        sources: list, text: bytes(&random), ancestors: list))
  }

  mutating func act(on shelf: Shelf, at seconds: Int64, _ random: inout Seeded) throws {
    var bookmark = Model.bookmark(at: seconds, &random)
    let discussion = key(UInt64.random(in: 0..<3, using: &random))
    let entries = (0..<UInt64.random(in: 0..<6, using: &random)).map { _ in
      key(UInt64.random(in: 0..<20, using: &random))
    }
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      try shelf.save(bookmark: bookmark)
      bookmarks[bookmark.id] = bookmark
    case 1:
      try shelf.removeBookmark(bookmark.key, isDiscussion: bookmark.isDiscussion)
      bookmarks[bookmark.id] = nil
    case 2, 3:
      let isStarred = bookmark.isStarred
      try shelf.setStar(
        bookmark.key, discussion: bookmark.discussion, isDiscussion: bookmark.isDiscussion, isStarred,
        copy: bookmark.copy, at: seconds)
      if var old = bookmarks[bookmark.id] {
        old.isStarred = isStarred
        old.changedAt = seconds
        if isStarred { old.copy = bookmark.copy }
        bookmarks[bookmark.id] = old.isBare ? nil : old
      } else if isStarred {
        bookmark = Bookmark(
          key: bookmark.key, isDiscussion: bookmark.isDiscussion, discussion: bookmark.discussion,
          isStarred: true, createdAt: seconds, changedAt: seconds, copy: bookmark.copy)
        bookmarks[bookmark.id] = bookmark
      }
    case 4:
      let half = entries.count / 2
      try shelf.setRead(
        discussion: discussion, read: Array(entries[..<half]), unread: Array(entries[half...]))
      read[discussion, default: []].formUnion(entries[..<half])
      read[discussion, default: []].subtract(entries[half...])
      unread[discussion, default: []].subtract(entries[..<half])
      unread[discussion, default: []].formUnion(entries[half...])
    case 5:
      let place = ReadingPosition(entry: bookmark.key, byte: Int(seconds), keptAt: seconds)
      try shelf.setPosition(discussion: discussion, place)
      positions[discussion] = place
    default:
      let query = bookmark.copy.title
      try shelf.addHistory(query)
      history.removeAll { $0 == query }
      history.insert(query, at: 0)
    }
  }
}

import Discussion
import GRDB
import Glibc

@testable import Shelf

/// A folder of its own for one test, removed at the end.
final class Scratch {
  let path: [UInt8]
  let text: String

  init(_ suffix: [UInt8] = []) {
    var template = Array("/tmp/shelf-test-XXXXXX".utf8CString)
    _ = unsafe mkdtemp(&template)
    text = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = Array("\(text)/data".utf8) + suffix
  }

  deinit {
    _ = unsafe system("chmod -R u+rwx '\(text)'; rm -rf '\(text)'")
  }

  /// The path of a file in the shelf's folder.
  func file(_ name: String) -> String { "\(text)/data/\(name)" }

  func bytes(_ name: String) -> [UInt8]? {
    guard let file = unsafe fopen(file(name), "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let got = unsafe fread(&chunk, 1, chunk.count, file)
      if got == 0 { return bytes }
      bytes += chunk[..<got]
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) {
    guard let file = unsafe fopen(file(name), "w") else { return }
    defer { unsafe fclose(file) }
    _ = unsafe fwrite(bytes, 1, bytes.count, file)
  }

  func remove(_ name: String) {
    _ = unsafe Glibc.remove(file(name))
  }

  func names() -> [String] {
    (try? Folder(path: path).names().filter { !$0.hasPrefix(".") }) ?? []
  }

  func mode(_ name: String) -> mode_t? {
    var status = stat()
    return unsafe stat(file(name), &status) == 0 ? status.st_mode & 0o777 : nil
  }

  func open(now: Int64 = 1_700_000_000, schema: Schema = .current) throws -> Shelf {
    try Shelf(folder: path, schema: schema, clock: { now })
  }

  /// Runs SQL on the database from outside.
  func execute(_ sql: String) throws {
    try DatabaseQueue(path: file(Connection.name)).writeWithoutTransaction { try $0.execute(sql: sql) }
  }
}

/// xorshift64*, seeded: the same numbers every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 2_685_821_657_736_338_717
  }
}

func key(_ number: UInt64) -> EntryKey { EntryKey(high: 0xF000_0000_0000_0000 | number, low: ~number) }

func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A bookmark with every field in use, some of them not UTF-8.
func fullBookmark(_ number: UInt64) -> Bookmark {
  Bookmark(
    key: key(number), discussion: key(1000), isStarred: true, note: utf8("a \"note\"\n\u{1B}[31m \u{85}"),
    tags: [utf8("blue"), [0xFF, 0xFE], []], colour: 7, createdAt: 1_600_000_000 + Int64(number),
    changedAt: 1_600_000_001,
    quote: QuoteSelector(exact: utf8("meant"), prefix: utf8("what is "), suffix: [0xC3]),
    copy: BookmarkCopy(
      title: utf8("Title\\ 漢字 🙂"), author: [0xE9, 0x00, 0x41],
      date: Timestamp(seconds: -5, precision: .minute, zoneMinutes: -90),
      sources: [[0x2F, 0xFF, 0x0A], utf8("/b")], text: utf8("The text.\n\nMore."),
      ancestors: [utf8("first"), utf8("second")]))
}

internal import Discussion

/// One change of the shelf, as a line of the journal has it and as the database takes it.
///
/// Every record states the whole new value of what it names, so that replaying records again, or over
/// a database that has some of them already, ends in the same state.
enum Record: Hashable {
  case bookmark(Bookmark)
  case removal(Bookmark.ID)
  case marks(discussion: EntryKey, read: [EntryKey], unread: [EntryKey])
  case position(discussion: EntryKey, ReadingPosition)
  case query([UInt8])
  case root(LibraryRoot)
  case rootRemoval([UInt8])

  var json: JSON {
    switch self {
    case .bookmark(let bookmark):
      var members: [JSON.Member] = [.init(name: "op", value: .string(Array("bookmark".utf8)))]
      members += Record.members(of: bookmark)
      return .object(members)
    case .removal(let id):
      return Record.object("remove", [("key", .key(id.key)), ("whole", .bool(id.isDiscussion))])
    case .marks(let discussion, let read, let unread):
      return Record.object(
        "read", [("in", .key(discussion)), ("read", .keys(read)), ("unread", .keys(unread))])
    case .position(let discussion, let place):
      return Record.object(
        "position",
        [
          ("in", .key(discussion)), ("entry", .key(place.entry)), ("byte", .number(Int64(place.byte))),
          ("at", .number(place.keptAt)),
        ])
    case .query(let query):
      return Record.object("query", [("query", .bytes(query))])
    case .root(let root):
      return Record.object("root", [("path", .bytes(root.path)), ("added", .number(root.addedAt))])
    case .rootRemoval(let path): return Record.object("unroot", [("path", .bytes(path))])
    }
  }

  /// Nil when the value is no record of this version.
  init?(_ json: JSON) {
    guard case .string(let name)? = json["op"] else { return nil }
    switch String(decoding: name, as: UTF8.self) {
    case "bookmark":
      guard let bookmark = Record.bookmark(json) else { return nil }
      self = .bookmark(bookmark)
    case "remove":
      guard let key = json["key"]?.key else { return nil }
      self = .removal(Bookmark.ID(key, isDiscussion: json["whole"]?.isTrue ?? false))
    case "read":
      guard let discussion = json["in"]?.key, let read = json["read"]?.keys,
        let unread = json["unread"]?.keys
      else { return nil }
      self = .marks(discussion: discussion, read: read, unread: unread)
    case "position":
      guard let discussion = json["in"]?.key, let entry = json["entry"]?.key,
        let byte = json["byte"]?.integer, let keptAt = json["at"]?.integer
      else { return nil }
      self = .position(discussion: discussion, ReadingPosition(entry: entry, byte: Int(byte), keptAt: keptAt))
    case "query":
      guard let query = json["query"]?.bytes else { return nil }
      self = .query(query)
    case "root":
      guard let path = json["path"]?.bytes, let added = json["added"]?.integer else { return nil }
      self = .root(LibraryRoot(path: path, addedAt: added))
    case "unroot":
      guard let path = json["path"]?.bytes else { return nil }
      self = .rootRemoval(path)
    default: return nil
    }
  }

  private static func object(_ operation: String, _ members: [(String, JSON)]) -> JSON {
    .object(
      [.init(name: "op", value: .string(Array(operation.utf8)))]
        + members.map { .init(name: $0.0, value: $0.1) })
  }
}

// MARK: - Bookmarks as JSON

extension Record {
  /// The members of a bookmark's object; what is empty or nil is left out.
  static func members(of bookmark: Bookmark) -> [JSON.Member] {
    var members: [JSON.Member] = []
    func add(_ name: String, _ value: JSON?) {
      if let value { members.append(.init(name: name, value: value)) }
    }
    func add(_ name: String, list: [[UInt8]]) {
      if !list.isEmpty { add(name, .array(list.map { .bytes($0) })) }
    }
    let copy = bookmark.copy
    add("key", .key(bookmark.key))
    if bookmark.isDiscussion { add("whole", .bool(true)) }
    add("in", .key(bookmark.discussion))
    if bookmark.isStarred { add("star", .bool(true)) }
    if !bookmark.note.isEmpty { add("note", .bytes(bookmark.note)) }
    add("tags", list: bookmark.tags)
    add("colour", bookmark.colour.map { .number(Int64($0)) })
    add("created", .number(bookmark.createdAt))
    add("changed", .number(bookmark.changedAt))
    if let quote = bookmark.quote {
      add("quote", .array([.bytes(quote.exact), .bytes(quote.prefix), .bytes(quote.suffix)]))
    }
    if !copy.title.isEmpty { add("title", .bytes(copy.title)) }
    add("author", copy.author.map { .bytes($0) })
    if let date = copy.date {
      add(
        "date",
        .array(
          [.number(date.seconds), .number(Int64(date.precision.rawValue))]
            + (date.zoneMinutes.map { [.number(Int64($0))] } ?? [])))
    }
    add("sources", list: copy.sources)
    if !copy.text.isEmpty { add("text", .bytes(copy.text)) }
    add("above", list: copy.ancestors)
    return members
  }

  /// What `members(of:)` made; nil when a key or a moment is missing or a value is of the wrong kind.
  static func bookmark(_ json: JSON) -> Bookmark? {
    guard let key = json["key"]?.key, let discussion = json["in"]?.key,
      let created = json["created"]?.integer, let changed = json["changed"]?.integer,
      let tags = list(json["tags"]), let sources = list(json["sources"]), let above = list(json["above"])
    else { return nil }
    var bookmark = Bookmark(
      key: key, isDiscussion: json["whole"]?.isTrue ?? false, discussion: discussion,
      isStarred: json["star"]?.isTrue ?? false, tags: tags, createdAt: created, changedAt: changed)
    bookmark.copy.sources = sources
    bookmark.copy.ancestors = above
    for (name, field) in [
      ("note", \Bookmark.note), ("title", \Bookmark.copy.title), ("text", \Bookmark.copy.text),
    ] {
      guard let value = json[name] else { continue }
      guard let bytes = value.bytes else { return nil }
      bookmark[keyPath: field] = bytes
    }
    guard bookmark.note.count <= Bookmark.noteLimit else { return nil }
    if let value = json["author"] {
      guard let author = value.bytes else { return nil }
      bookmark.copy.author = author
    }
    if let value = json["colour"] {
      guard let number = value.integer, let colour = UInt8(exactly: number) else { return nil }
      bookmark.colour = colour
    }
    if let value = json["quote"] {
      guard let parts = list(value), parts.count == 3 else { return nil }
      bookmark.quote = QuoteSelector(exact: parts[0], prefix: parts[1], suffix: parts[2])
    }
    if let value = json["date"] {
      guard let date = date(value) else { return nil }
      bookmark.copy.date = date
    }
    return bookmark
  }

  private static func list(_ json: JSON?) -> [[UInt8]]? {
    guard let json else { return [] }
    guard let elements = json.elements else { return nil }
    var list: [[UInt8]] = []
    for element in elements {
      guard let bytes = element.bytes else { return nil }
      list.append(bytes)
    }
    return list
  }

  private static func date(_ json: JSON) -> Timestamp? {
    guard let numbers = json.elements?.compactMap(\.integer), numbers.count >= 2 else { return nil }
    return Timestamp(
      seconds: numbers[0], precision: numbers[1], zoneMinutes: numbers.count > 2 ? numbers[2] : nil)
  }
}

extension Timestamp {
  /// A moment from stored numbers; nil when one of them is out of its range.
  init?(seconds: Int64, precision: Int64, zoneMinutes: Int64?) {
    guard let raw = UInt8(exactly: precision), let precision = Precision(rawValue: raw),
      seconds.magnitude < 400_000_000_000
    else { return nil }
    guard let zoneMinutes else {
      self.init(seconds: seconds, precision: precision)
      return
    }
    guard let zone = Int16(exactly: zoneMinutes) else { return nil }
    self.init(seconds: seconds, precision: precision, zoneMinutes: zone)
  }
}

extension JSON {
  static func key(_ key: EntryKey) -> JSON { .string(Array(key.hexadecimal.utf8)) }

  var key: EntryKey? {
    guard case .string(let digits) = self else { return nil }
    return EntryKey(hexadecimal: String(decoding: digits, as: UTF8.self))
  }

  /// Keys in one string of 32 digits each.
  static func keys(_ keys: [EntryKey]) -> JSON {
    var digits: [UInt8] = []
    digits.reserveCapacity(keys.count * 32)
    for key in keys { digits += JSON.hexadecimal(key.bytes) }
    return .string(digits)
  }

  var keys: [EntryKey]? {
    guard case .string(let digits) = self, digits.count % 32 == 0,
      let bytes = JSON.bytes(hexadecimal: digits)
    else { return nil }
    return stride(from: 0, to: bytes.count, by: 16).compactMap {
      EntryKey(bytes: bytes[$0..<$0 + 16])
    }
  }
}

extension EntryKey {
  /// 16 bytes, the highest first.
  var bytes: [UInt8] {
    [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - $0 * 8)) } }
  }

  /// What `bytes` gave; nil for another number of bytes.
  init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (position, byte) in bytes.enumerated() {
      if position < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
    }
    self.init(high: high, low: low)
  }
}

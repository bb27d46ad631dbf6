internal import Glibc

/// The second copy: `journal.jsonl`, one line a record, only ever added to.
///
/// The first line names the journal by a random id; the database remembers the id and the length up to
/// which it has taken the records. Each line ends with a CRC-32 of what stands before it, so that a
/// flipped bit in a note is a damaged record, not another note.
struct Journal {
  static let name = "journal.jsonl"
  private static let temporary = "journal.jsonl.tmp"
  /// A header line is shorter than this many bytes.
  private static let headerLimit = 128

  let folder: Folder

  /// What stands in a stretch of a journal.
  struct Reading {
    var records: [Record] = []
    /// Whole lines that are no record.
    var damaged = 0
    /// Offset behind the last whole line.
    var end = 0
  }

  /// The id in the first line; nil when the file is missing, empty or does not begin with a header.
  func identity() throws(ShelfError) -> UInt64? {
    guard let file = try folder.open(Journal.name, O_RDONLY) else { return nil }
    let head = try file.read(at: 0, count: Journal.headerLimit)
    guard let end = head.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return Journal.identity(inLine: head[..<end])
  }

  /// Bytes of the file, 0 when it is missing.
  func size() -> Int { folder.size(of: Journal.name) ?? 0 }

  /// Reads the records from an offset on, which must be the beginning of a line. A last line without an
  /// end is torn, not damaged, and left out.
  /// - Complexity: O(bytes read).
  func read(from offset: Int = 0) throws(ShelfError) -> Reading {
    var reading = Reading()
    reading.end = offset
    guard let file = try folder.open(Journal.name, O_RDONLY) else { return reading }
    let size = try file.size()
    guard size > offset else { return reading }
    let bytes = try file.read(at: offset, count: size - offset)
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes[start..<end]
      if let record = Journal.record(inLine: line) {
        reading.records.append(record)
      } else if offset + start > 0 || Journal.identity(inLine: line) == nil {
        reading.damaged += 1
      }
      start = end + 1
    }
    reading.end = offset + start
    return reading
  }

  /// Whether a line begins at the offset.
  func isLineStart(_ offset: Int) throws(ShelfError) -> Bool {
    guard offset > 0 else { return true }
    guard let file = try folder.open(Journal.name, O_RDONLY) else { return false }
    return try file.read(at: offset - 1, count: 1) == [UInt8(ascii: "\n")]
  }

  /// Adds a line by one write and makes it durable; on failure the file is cut back.
  func append(_ line: [UInt8]) throws(ShelfError) {
    guard let file = try folder.open(Journal.name, O_RDWR | O_APPEND) else {
      throw .system("open", path: folder.path, code: ENOENT)
    }
    let size = try file.size()
    do {
      try file.append(line)
      try file.sync()
    } catch {
      try? file.truncate(to: size)
      throw error
    }
  }

  /// Takes back what was added behind an offset.
  func cut(to size: Int) throws(ShelfError) {
    guard let file = try folder.open(Journal.name, O_RDWR | O_APPEND) else { return }
    try file.truncate(to: size)
    try file.sync()
  }

  /// Replaces the file by one with these records; gives its new id and its size in bytes.
  func rewrite(_ records: [Record]) throws(ShelfError) -> (identity: UInt64, size: Int) {
    let identity = UInt64.random(in: 1...UInt64(Int64.max))
    folder.remove(Journal.temporary)
    guard let file = try folder.open(Journal.temporary, O_WRONLY | O_CREAT | O_EXCL | O_APPEND) else {
      throw .system("open", path: folder.path, code: ENOENT)
    }
    var chunk = Journal.header(identity)
    var size = 0
    for record in records {
      chunk += Journal.line(record)
      if chunk.count > 1 << 20 {
        try file.append(chunk)
        size += chunk.count
        chunk = []
      }
    }
    try file.append(chunk)
    try file.sync()
    try folder.rename(Journal.temporary, to: Journal.name)
    return (identity, size + chunk.count)
  }
}

// MARK: - Lines

extension Journal {
  private static let seal = Array(",\"crc\":\"".utf8)
  private static let sealLength = seal.count + 8 + 2

  static func line(_ record: Record) -> [UInt8] { sealed(record.json) }

  private static func header(_ identity: UInt64) -> [UInt8] {
    sealed(
      .object([
        .init(name: "lectern-journal", value: .number(1)),
        .init(name: "id", value: .number(Int64(clamping: identity))),
      ]))
  }

  /// The object's text with the checksum of all before it as its last member, and a line end.
  private static func sealed(_ object: JSON) -> [UInt8] {
    var text: [UInt8] = []
    object.write(to: &text)
    text.removeLast()
    let sum = CRC32.of(text[...])
    let digits = (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - $0 * 8)) }
    return text + seal + JSON.hexadecimal(digits) + Array("\"}\n".utf8)
  }

  private static func object(inLine line: ArraySlice<UInt8>) -> JSON? {
    guard line.count > sealLength else { return nil }
    let body = line.dropLast(sealLength)
    guard let json = JSONReader.read(line), case .object(let members) = json,
      let last = members.last, last.name == "crc", case .string(let digits) = last.value,
      let sum = JSON.bytes(hexadecimal: digits), sum.count == 4,
      CRC32.of(body) == sum.reduce(0, { $0 << 8 | UInt32($1) })
    else { return nil }
    return json
  }

  private static func record(inLine line: ArraySlice<UInt8>) -> Record? {
    object(inLine: line).flatMap { Record($0) }
  }

  private static func identity(inLine line: ArraySlice<UInt8>) -> UInt64? {
    guard let header = object(inLine: line), header["lectern-journal"] != nil,
      let id = header["id"]?.integer
    else { return nil }
    return UInt64(exactly: id)
  }
}

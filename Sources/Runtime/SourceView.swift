import Archive
import Bytes
import Discussion
import Grid
import Reader

/// The source of an entry as it stands in its file, where the entry begins.
struct SourceView {
  /// Bytes shown before the place and after it; a file may be of any size.
  private static let before = 64 << 10
  private static let after = 192 << 10
  /// Bytes of a file that are looked through at most.
  private static let limit = 256 << 20

  /// The page, or a sentence where there is none.
  /// - Complexity: O(bytes of the file up to the entry).
  static func page(of entry: EntryID, in library: Library) -> Result<TextPage, Unreadable> {
    let discussion = library.discussion(of: entry)
    guard let source = library.sources(of: discussion).first else {
      return .failure(Unreadable(sentence: "The source is not known."))
    }
    let path = PathName(source)
    let shown = DisplayRule.printable(String(decoding: path.display, as: UTF8.self))
    guard source != Archive.standardInputPath else {
      return .failure(Unreadable(sentence: "It came from standard input, which cannot be read again."))
    }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try contents(of: source)
    } catch {
      let why =
        switch error.reason {
        case .missing: "there is no such file any more"
        case .tooLarge(let limit): "it has more than \(limit >> 20) MiB"
        default: SystemErrorText.of(error)
        }
      return .failure(Unreadable(sentence: "No source of \(shown): \(why)."))
    }
    guard !BinaryContent.isBinary(bytes) else {
      return .failure(Unreadable(sentence: "\(shown) is no text; its bytes are not shown."))
    }
    let place = place(of: entry, in: library, source: bytes)
    let start = lineStart(max(0, place.offset - before), in: bytes)
    let end = min(bytes.count, place.offset + after)
    var head = heading(of: entry, in: library, path: shown)
    head += end - start < bytes.count ? "Shown: bytes \(start) to \(end) of \(bytes.count)\n" : ""
    head += String(repeating: "─", count: 40) + "\n"
    let line = bytes[..<place.offset].count { $0 == 0x0A } + 1
    return .success(
      TextPage(
        title: "\(shown), line \(line)\(place.how)", text: Array(head.utf8) + bytes[start..<end],
        start: place.offset == 0 ? 0 : head.utf8.count + place.offset - start))
  }

  /// Why there is none.
  struct Unreadable: Error {
    var sentence: String
  }

  /// The bytes of a source as they were read: unpacked. The path of an archive's member begins with that of the
  /// archive.
  private static func contents(of source: [UInt8]) throws(FileError) -> [UInt8] {
    do throws(FileError) {
      let bytes = try SourceFile.read(PathName(source), limit: limit).bytes
      return Archive.unpacked(bytes, member: nil, limit: limit) ?? bytes
    } catch {
      if case .tooLarge = error.reason { throw error }
      var end = source.count
      while let slash = source[..<end].lastIndex(of: 0x2F), slash > 0 {
        end = slash
        guard let bytes = try? SourceFile.read(PathName(Array(source[..<slash])), limit: limit).bytes else {
          continue
        }
        guard let member = Archive.unpacked(bytes, member: Array(source[(slash + 1)...]), limit: limit) else {
          break
        }
        return member
      }
      throw error
    }
  }

  /// What is known of the entry beside its words.
  private static func heading(of entry: EntryID, in library: Library, path: String) -> String {
    let discussion = library.discussion(of: entry)
    func line(_ bytes: [UInt8]) -> String {
      String(decoding: DisplayRule.printable(bytes.span, lineEnds: .fold), as: UTF8.self)
    }
    var text = "Title: \(line(library.title(of: discussion)))\n"
    text += "Author: \(library.author(of: entry).map { line($0) } ?? "(not in the source)")\n"
    text += "Date: \(library.date(of: entry)?.iso8601 ?? "(not in the source)")\n"
    if let score = library.score(of: entry) { text += "Score: \(score)\n" }
    if let id = library.nativeID(of: entry) { text += "Id in the source: \(line(id))\n" }
    text += "Key: \(library.key(of: entry).hexadecimal)\n"
    if let url = library.url(of: discussion) { text += "Address: \(line(url))\n" }
    text += "Format: \(library.format(of: discussion))\n"
    for source in library.sources(of: discussion) { text += "Source: \(line(source))\n" }
    return text
  }

  /// Where an entry begins in its source: by its line, by its Message-ID, or by its first words.
  private static func place(
    of entry: EntryID, in library: Library, source: [UInt8]
  ) -> (offset: Int, how: String) {
    if let line = library.line(of: entry) {
      var left = line - 1
      var offset = 0
      while left > 0, let end = source[offset...].firstIndex(of: 0x0A) {
        offset = end + 1
        left -= 1
      }
      return (min(offset, source.count), "")
    }
    if library.format(of: library.discussion(of: entry)) == "mail", let id = library.nativeID(of: entry),
      let header = messageID(id, in: source)
    {
      return (header, "")
    }
    for words in anchors(library.text(of: entry)) {
      if let offset = find(words, in: source, from: 0) {
        return (lineStart(offset, in: source), ", found by its words")
      }
    }
    return (0, ", the place of the comment was not found")
  }

  /// The beginning of the message whose Message-ID header holds an id.
  private static func messageID(_ id: [UInt8], in source: [UInt8]) -> Int? {
    let bare = Array(id.drop { $0 == 0x3C }.prefix { $0 != 0x3E })
    guard !bare.isEmpty else { return nil }
    var position = 0
    while let found = find(bare, in: source, from: position) {
      position = found + bare.count
      // The id may stand on the line after its header's name.
      var start = lineStart(found, in: source)
      if start > 0, source[start] == 0x20 || source[start] == 0x09 {
        start = lineStart(start - 1, in: source)
      }
      guard String(decoding: source[start..<found], as: UTF8.self).lowercased().hasPrefix("message-id:")
      else {
        continue
      }
      // Back over the headers to the line after a blank one.
      while start > 0 {
        let previous = lineStart(start - 1, in: source)
        let line = source[previous..<(start - 1)]
        if line.isEmpty || line.elementsEqual([0x0D]) { break }
        start = previous
      }
      return start
    }
    return nil
  }

  /// Runs of plain words at the beginning of a text, as they stand in any format: the longest first.
  private static func anchors(_ text: [UInt8]) -> [[UInt8]] {
    var runs: [[UInt8]] = []
    var run: [UInt8] = []
    for byte in text.prefix(400) + [0] {
      let isPlain =
        byte == 0x20 || byte == 0x2C || byte < 0x80 && Unicode.Scalar(byte).properties.isAlphabetic
      if isPlain || (0x30...0x39).contains(byte) {
        run.append(byte)
        if run.count == 48 {
          runs.append(run)
          run = []
        }
      } else {
        if run.count >= 10 { runs.append(run) }
        run = []
      }
    }
    return Array(runs.sorted { $0.count > $1.count }.prefix(3))
  }

  private static func lineStart(_ offset: Int, in bytes: [UInt8]) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// Where bytes stand first, from a place on.
  private static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = part.first, bytes.count >= part.count else { return nil }
    var position = start
    while position <= bytes.count - part.count {
      guard let next = bytes[position...(bytes.count - part.count)].firstIndex(of: first) else { return nil }
      if bytes[next..<(next + part.count)].elementsEqual(part) { return next }
      position = next + 1
    }
    return nil
  }
}

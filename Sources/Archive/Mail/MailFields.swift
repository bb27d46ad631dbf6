/// Where the fields of a header block stand that are read here: of a message or of a part of one.
///
/// A field that comes twice counts where it first says something. Values are as written, folds and all.
struct MailFields {
  /// The fields that are read.
  enum Name: Int, CaseIterable {
    case from, subject, date, messageID, references, inReplyTo, newsgroups, listID, archivedAt
    case contentType, contentTransferEncoding, contentDisposition, contentLength, sender
  }

  /// At most so many bytes of a field are looked at.
  static let fieldLimit = 1 << 16

  private var ranges = InlineArray<14, Range<Int>>(repeating: 0..<0)
  /// The first byte after the block and its blank line.
  private(set) var bodyStart = 0
  /// Number of fields of any name.
  private(set) var count = 0
  /// Whether the block was followed by something: without more bytes it could not have gone on.
  private(set) var isComplete = false

  /// The value of a field without white space at its ends; nil when it is absent or empty.
  subscript(name: Name) -> Range<Int>? {
    let range = ranges[name.rawValue]
    return range.isEmpty ? nil : range
  }

  /// Finds the fields of the block that starts a range.
  ///
  /// A line that is neither a field nor the rest of one ends the block and belongs to the body.
  /// - Complexity: O(bytes of the block).
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    var open: (name: Name, start: Int)?
    let end = range.upperBound
    while position < end {
      let lineEnd = bytes.lineEnd(from: position, to: end)
      let first = bytes[position]
      if lineEnd == position || first == 0x0D && lineEnd == position + 1 {
        isComplete = lineEnd < end
        close(&open, at: position, bytes)
        bodyStart = min(lineEnd + 1, end)
        return
      }
      if first != 0x20 && first != 0x09 {
        let nameEnd = MailFields.nameEnd(bytes, position, lineEnd)
        if nameEnd > position {
          close(&open, at: position, bytes)
          count += 1
          var colon = nameEnd
          while bytes[colon] != 0x3A { colon += 1 }
          if let name = MailFields.name(bytes, position..<nameEnd), ranges[name.rawValue].isEmpty {
            open = (name, colon + 1)
          }
        } else if !(first == 0x3E && bytes.matches(">From ", at: position, to: lineEnd)) {
          isComplete = lineEnd < end
          close(&open, at: position, bytes)
          bodyStart = position
          return
        } else {
          close(&open, at: position, bytes)
        }
      } else if count == 0 {
        // A block that begins with a continuation is none.
        isComplete = lineEnd < end
        bodyStart = position
        return
      }
      position = lineEnd + 1
    }
    close(&open, at: end, bytes)
    bodyStart = end
  }

  private mutating func close(
    _ open: inout (name: Name, start: Int)?, at end: Int, _ bytes: Span<UInt8>
  ) {
    guard let (name, start) = open else { return }
    open = nil
    ranges[name.rawValue] = bytes.trimmed(start..<max(start, end))
  }

  /// The end of a field's name that starts a line, the line's start when there is no field.
  static func nameEnd(_ bytes: Span<UInt8>, _ start: Int, _ lineEnd: Int) -> Int {
    var position = start
    while position < lineEnd, bytes[position] > 0x20, bytes[position] < 0x7F, bytes[position] != 0x3A {
      position += 1
    }
    let end = position
    while position < lineEnd, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    return position < lineEnd && bytes[position] == 0x3A ? end : start
  }

  private static func name(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Name? {
    func found(_ name: Name, _ letters: StaticString) -> Name? {
      bytes.matches(letters, at: word.lowerBound, to: word.upperBound, folding: true) ? name : nil
    }
    switch (word.count, bytes[word.lowerBound] | 0x20) {
    case (4, 0x66): return found(.from, "from")
    case (4, 0x64): return found(.date, "date")
    case (6, 0x73): return found(.sender, "sender")
    case (7, 0x73): return found(.subject, "subject")
    case (7, 0x6C): return found(.listID, "list-id")
    case (10, 0x6D): return found(.messageID, "message-id")
    case (10, 0x72): return found(.references, "references")
    case (10, 0x6E): return found(.newsgroups, "newsgroups")
    case (11, 0x69): return found(.inReplyTo, "in-reply-to")
    case (11, 0x61): return found(.archivedAt, "archived-at")
    case (12, 0x63): return found(.contentType, "content-type")
    case (14, 0x63): return found(.contentLength, "content-length")
    case (19, 0x63): return found(.contentDisposition, "content-disposition")
    case (25, 0x63): return found(.contentTransferEncoding, "content-transfer-encoding")
    default: return nil
    }
  }
}

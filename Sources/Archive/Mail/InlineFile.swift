/// A file that stands encoded amid the lines of a text: uuencoded or yEncoded.
struct InlineFile {
  private var name: Range<Int>
  private var kind: StaticString
  private var size: Int
  /// The first byte after its last line.
  private(set) var end: Int

  /// A uuencoded file whose `begin` line starts at a position.
  init?(uuencoded span: Span<UInt8>, _ start: Int, _ limit: Int) {
    guard span.matches("begin ", at: start, to: limit) else { return nil }
    let firstEnd = span.lineEnd(from: start, to: limit)
    var position = start + 6
    while position < firstEnd, span[position] & 0xF8 == 0x30 { position += 1 }
    guard (3...4).contains(position - start - 6), position < firstEnd, span[position] == 0x20 else {
      return nil
    }
    name = span.trimmed(position..<firstEnd)
    guard !name.isEmpty else { return nil }
    kind = "uuencoded"
    size = 0
    end = min(firstEnd + 1, limit)
    var lines = 0
    while end < limit {
      let lineEnd = span.lineEnd(from: end, to: limit)
      let line = span.trimmed(end..<lineEnd)
      if span.matches("end", at: line.lowerBound, to: line.upperBound), line.count == 3 {
        end = min(lineEnd + 1, limit)
        break
      }
      guard line.isEmpty || InlineFile.isEncoded(span, line) else { break }
      if !line.isEmpty {
        lines += 1
        size += Int((span[line.lowerBound] &- 0x20) & 63)
      }
      end = min(lineEnd + 1, limit)
    }
    if lines == 0 { return nil }
  }

  /// Whether a line holds as many characters as its first one announces.
  private static func isEncoded(_ span: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let first = span[line.lowerBound]
    guard (0x20...0x60).contains(first) else { return false }
    let expected = (Int((first - 0x20) & 63) + 2) / 3 * 4
    // Spaces at its end may be lost, a checksum may be added.
    return line.count - 1 <= expected + 2 && line.count - 1 >= expected - 8
  }

  /// A yEncoded file whose `=ybegin` line starts at a position.
  init?(yEncoded span: Span<UInt8>, _ start: Int, _ limit: Int) {
    guard span.matches("=ybegin ", at: start, to: limit) else { return nil }
    let firstEnd = span.lineEnd(from: start, to: limit)
    guard let at = InlineFile.find(span, " name=", start..<firstEnd) else { return nil }
    name = span.trimmed(at..<firstEnd)
    guard !name.isEmpty else { return nil }
    kind = "yEncoded"
    size = 0
    if let digits = InlineFile.find(span, " size=", start..<at) {
      var position = digits
      while position < at, span[position].isDigit, size < 1 << 50 {
        size = size * 10 + Int(span[position] & 15)
        position += 1
      }
    }
    end = min(firstEnd + 1, limit)
    while end < limit {
      let lineEnd = span.lineEnd(from: end, to: limit)
      let isLast = span.matches("=yend", at: end, to: lineEnd)
      end = min(lineEnd + 1, limit)
      if isLast { break }
    }
  }

  private static func find(_ span: Span<UInt8>, _ key: StaticString, _ range: Range<Int>) -> Int? {
    for position in range where span.matches(key, at: position, to: range.upperBound) {
      return position + key.utf8CodeUnitCount
    }
    return nil
  }

  /// The line that names it.
  func line(_ bytes: [UInt8]) -> [UInt8] {
    AttachmentLine.of(name: Array(bytes[name]), type: Array("\(kind)".utf8), size: size)
  }
}

/// The line that names a file which is not shown: `[attachment: name, type, size]`.
enum AttachmentLine {
  /// The line for a file; its name is cut down to what stands after the last slash.
  static func of(name: [UInt8]?, type: [UInt8], size: Int) -> [UInt8] {
    var line = Array("[attachment: ".utf8)
    if let name, let base = name.split(whereSeparator: { $0 == 0x2F || $0 == 0x5C }).last {
      line += base.prefix(255).map { $0 < 0x20 ? 0x20 : $0 } + [0x2C, 0x20]
      if base.count > 255 { line = HeaderText.decoded(line) }
    }
    line += type + [0x2C, 0x20] + Array(amount(size).utf8) + [0x5D]
    return line
  }

  private static func amount(_ size: Int) -> String {
    switch size {
    case ..<1000: size == 1 ? "1 byte" : "\(size) bytes"
    case ..<1_000_000: "\((size + 500) / 1000) kB"
    default: "\((size + 500_000) / 1_000_000) MB"
    }
  }
}

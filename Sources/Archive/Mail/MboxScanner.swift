import Bytes

/// Goes through a mailbox or a single message once, and enters what threading needs to know of each
/// message into an index.
///
/// Of a plain file only the stretch at hand is in memory; of packed and piped sources the bytes of a
/// window are kept, as they cannot be read again.
final class MboxScanner {
  /// How many bytes are asked for at a time.
  private static let step = 1 << 20
  /// Header blocks are looked at up to here; what follows counts as the body.
  private static let headerLimit = 1 << 20

  private let source: Source
  private let keepsBytes: Bool
  private var buffer: [UInt8] = []
  /// Offset of the buffer's first byte in the source.
  private var base = 0
  /// Where the next message starts, as an offset in the source: at its separator, if it has one.
  private var place = 0
  private var isAtEnd = false
  private var isMbox = false
  /// Messages of which the rest was left out.
  private(set) var cutCount = 0
  /// Bytes looked at, for tests of what it costs.
  private(set) var operations = 0

  init(_ source: Source, keepsBytes: Bool) {
    self.source = source
    self.keepsBytes = keepsBytes
    if keepsBytes { buffer.reserveCapacity(1 << 16) }
    fill()
    var start = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < buffer.count, buffer[start].isMailSpace { start += 1 }
    isMbox = buffer.span.matches("From ", at: start, to: buffer.count)
    place = start
  }

  /// Whether every message was seen.
  var isDone: Bool { isAtEnd && place - base >= buffer.count }

  /// Enters the messages of the next stretch of the source into an index.
  /// - Parameters:
  ///   - window: about how many bytes.
  ///   - number: the source's number in the index.
  func scan(into index: inout MailIndex, source number: Int, window: Int) {
    let limit = place + window
    while place < limit {
      while !isAtEnd, place - base >= buffer.count { fill() }
      if isDone { return }
      message(&index, number)
    }
  }

  /// Hands over the bytes of the messages that were seen, which are not kept any longer.
  func takeBytes() -> (bytes: [UInt8], start: Int) {
    let start = base
    let rest = Array(buffer[(place - base)...])
    buffer.removeLast(rest.count)
    let bytes = buffer
    buffer = rest
    base = place
    return (bytes, start)
  }

  private func fill() {
    if isAtEnd { return }
    if source.read(into: &buffer, upTo: MboxScanner.step) == 0 { isAtEnd = true }
  }

  /// Forgets the bytes before an offset that is not needed any more.
  private func forget(before offset: Int) {
    guard !keepsBytes, offset - base >= MboxScanner.step else { return }
    buffer.removeSubrange(..<(offset - base))
    base = offset
  }

  private func message(_ index: inout MailIndex, _ number: Int) {
    forget(before: max(base, place - 4))
    let start = headerStart()
    var fields = MailFields(buffer.span, start - base..<buffer.count)
    while !fields.isComplete, !isAtEnd, buffer.count + base - start < MboxScanner.headerLimit {
      fill()
      fields = MailFields(buffer.span, start - base..<buffer.count)
    }
    operations += fields.bodyStart - (start - base)
    index.enter(
      buffer.span, fields, source: number, offset: start, length: 0, isStuffed: isMbox)
    let row = index.rows.count - 1
    let body = base + fields.bodyStart
    var end: Int
    if !isMbox {
      while !isAtEnd {
        fill()
        if base + buffer.count - start > MailIndex.messageLimit { forget(before: base + buffer.count) }
      }
      end = base + buffer.count
      place = end
    } else if let counted = countedEnd(fields, body) {
      end = counted.end
      place = counted.next
      index.rows[row].isStuffed = !counted.isRaw
    } else {
      end = separator(after: max(start, body - 1))
      place = min(end + 1, base + buffer.count)
    }
    end = max(end, start)
    if end - start > MailIndex.messageLimit {
      cutCount += 1
      end = start + MailIndex.messageLimit
    }
    if end == start {
      // A separator and nothing behind it is no message.
      index.rows.removeLast()
      return
    }
    index.rows[row].length = Int32(end - start)
    index.byteCount += end - start
  }

  /// Where the header block starts: after the separator, if there is one.
  private func headerStart() -> Int {
    var position = place - base
    guard isMbox else { return place }
    while true {
      guard position + 5 <= buffer.count || isAtEnd else {
        fill()
        continue
      }
      guard buffer.span.matches("From ", at: position, to: buffer.count) else { return base + position }
      let lineEnd = buffer.span.lineEnd(from: position, to: buffer.count)
      if lineEnd == buffer.count, !isAtEnd, lineEnd - position < 1 << 16 {
        fill()
        continue
      }
      position = min(lineEnd + 1, buffer.count)
      return base + position
    }
  }

  /// The line end before the next separator at or after an offset, or the end of the source.
  private func separator(after offset: Int) -> Int {
    var from = offset
    while true {
      let found = buffer.span.lineBeforeF(from: from - base, to: buffer.count)
      operations += found - (from - base)
      if found < buffer.count {
        switch MboxSeparator.verdict(buffer.span, at: found + 1, buffer.count, isLast: isAtEnd) {
        case .separator: return base + found
        case .none: from = base + found + 1
        case .unknown:
          from = base + found
          forget(before: from - 4)
          fill()
        }
      } else if isAtEnd {
        return base + buffer.count
      } else {
        from = max(from, base + buffer.count - 1)
        forget(before: from - 4)
        fill()
      }
    }
  }

  /// The end of a body by its Content-Length, if that lands on a separator or on the end.
  private func countedEnd(
    _ fields: MailFields, _ body: Int
  ) -> (end: Int, next: Int, isRaw: Bool)? {
    guard let field = fields[.contentLength] else { return nil }
    var length = 0
    for position in field {
      guard buffer[position].isDigit, length < 1 << 40 else { return nil }
      length = length * 10 + Int(buffer[position] & 15)
    }
    // A few bytes before, as a separator is told by the line in front of it too.
    let context = min(3, length + 1)
    guard length <= MailIndex.messageLimit, let window = bytes(at: body + length - context),
      window.count >= context
    else { return nil }
    // A blank line may follow the body.
    var start = context
    while start < window.count, start < context + 4, window[start] == 0x0A || window[start] == 0x0D {
      start += 1
    }
    let isEnd = start == window.count && window.count < 256 && reachesEnd(body + length)
    guard isEnd || start > 0 && window[start - 1] == 0x0A && isSeparator(window, start) else { return nil }
    start -= context
    let (end, next) = (body + length, body + length + start)
    while base + buffer.count < next, !isAtEnd { fill() }
    let isRaw = hasBareSeparator(body - base..<min(buffer.count, end - base))
    return (end, min(next, base + buffer.count), isRaw)
  }

  private func isSeparator(_ window: [UInt8], _ start: Int) -> Bool {
    MboxSeparator.verdict(window.span, at: start, window.count, isLast: true) == .separator
  }

  /// Up to 256 bytes at an offset ahead; nil when it is beyond the end.
  private func bytes(at offset: Int) -> [UInt8]? {
    if let file = source.file {
      guard offset <= file.size else { return nil }
      var window: [UInt8] = []
      _ = try? file.read(into: &window, at: offset, count: 256)
      return window
    }
    while base + buffer.count < offset + 256, !isAtEnd { fill() }
    guard offset <= base + buffer.count else { return nil }
    return Array(buffer[(offset - base)..<min(buffer.count, offset - base + 256)])
  }

  private func reachesEnd(_ offset: Int) -> Bool {
    if let file = source.file { return offset + 4 >= file.size }
    return isAtEnd && offset + 4 >= base + buffer.count
  }

  /// Whether a body has a line that begins with `From `: its mailbox does not stuff them.
  private func hasBareSeparator(_ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position < range.upperBound {
      position = buffer.span.lineBeforeF(from: position, to: range.upperBound) + 1
      if buffer.span.matches("From ", at: position, to: range.upperBound) { return true }
    }
    return false
  }
}

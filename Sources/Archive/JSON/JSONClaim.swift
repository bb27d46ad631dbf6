import Bytes

/// Tells JSON from text by its first bytes.
enum JSONClaim {
  /// Whether bytes begin JSON: an object with a key, an array that holds one or nothing but values, or
  /// nothing but one value.
  /// - Complexity: O(`head.count`).
  static func isJSON(_ head: [UInt8]) -> Bool {
    var at = start(of: head)
    guard at < head.count else { return false }
    switch head[at] {
    case 0x7B: return beginsObject(head, at) || laterLineBeginsObject(head, at)
    case 0x5B:
      while at < head.count, head[at] == 0x5B || head[at] <= 0x20 { at += 1 }
      guard at < head.count else { return true }
      return head[at] == 0x7B ? beginsObject(head, at) : isWhole(head)
    case 0x22, 0x2D, 0x30...0x39: return head.count < FormatFamily.headSize && isWhole(head)
    default: return false
    }
  }

  /// Whether the bytes are text of more than one byte a unit.
  static func isWide(_ head: [UInt8]) -> Bool {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return true }
    let first = head.prefix(4)
    return first.count == 4 && first.contains(0) && first.contains { $0 == 0x7B || $0 == 0x5B }
      && first.first != 0x7B || first.starts(with: [0x7B, 0]) || first.starts(with: [0x5B, 0])
  }

  /// Whether a charset's name is that of what JSON is written in anyway.
  static func isUTF8(_ charset: [UInt8]) -> Bool {
    let name = charset.map { $0 | 0x20 }
    return name.elementsEqual("utf-8".utf8) || name.elementsEqual("utf8".utf8)
  }

  private static func start(of head: [UInt8]) -> Int {
    var at = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < head.count, isSpace(head[at]) { at += 1 }
    return at
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0x1E || byte == 0
  }

  /// Whether an object begins at a place: a brace, a quoted key and a colon, or nothing but a brace.
  private static func beginsObject(_ head: [UInt8], _ start: Int) -> Bool {
    var at = start + 1
    while at < head.count, isSpace(head[at]) { at += 1 }
    guard at < head.count else { return true }
    if head[at] == 0x7D { return true }
    guard head[at] == 0x22 else { return false }
    at += 1
    while at < head.count, head[at] != 0x22 { at += head[at] == 0x5C ? 2 : 1 }
    at += 1
    while at < head.count, isSpace(head[at]) { at += 1 }
    return at >= head.count || head[at] == 0x3A
  }

  /// Whether the first line is broken and the next ones are objects.
  private static func laterLineBeginsObject(_ head: [UInt8], _ start: Int) -> Bool {
    var at = start
    while at + 1 < head.count {
      if head[at] == 0x0A, head[at + 1] == 0x7B { return beginsObject(head, at + 1) }
      at += 1
    }
    return false
  }

  /// Whether the bytes are one value from start to end, as far as they are there.
  private static func isWhole(_ head: [UInt8]) -> Bool {
    let first = start(of: head)
    var scanner = JSONScanner()
    let isCut = head.count >= FormatFamily.headSize
    switch scanner.scan(head, from: first, isFinal: !isCut, isLines: false, keepsCutRoot: true) {
    case .value(let end):
      return scanner.faults * 4 <= scanner.cells.count && !head[end...].contains { !isSpace($0) }
        && !hasRawLine(head, first)
    case .unfinished, .cut, .tooMany: return isCut && head[first] == 0x5B
    case .broken, .junk: return false
    }
  }

  /// Whether a quoted text goes over several lines: people's quotes do, a JSON string never.
  private static func hasRawLine(_ head: [UInt8], _ first: Int) -> Bool {
    guard head[first] == 0x22 else { return false }
    var end = head.count
    while end > first, isSpace(head[end - 1]) { end -= 1 }
    return head[first..<end].contains(0x0A)
  }
}

/// What a value is made of: white space, words, strings, and what stands where none of them should.
extension JSONScanner {
  /// Moves over white space and comments.
  /// - Returns: the start of a line that begins a new value: any object if `isLines`, else one where a
  ///   member's value is due.
  mutating func skipSpace(
    _ span: Span<UInt8>, _ at: inout Int, isLines: Bool, isMember: Bool
  ) -> Int? {
    let start = at
    defer { operations &+= (at &- start) / 8 }
    while at < span.count {
      let byte = span[at]
      if byte == 0x0A, isLines || isMember, at + 2 < span.count, span[at + 1] == 0x7B,
        isLines || span[at + 2] == 0x22
      {
        return at + 1
      }
      if byte <= 0x20 {
        at += 1
        continue
      }
      guard byte == 0x2F, at + 1 < span.count, let end = JSONScanner.commentEnd(span, at) else { break }
      at = end
    }
    if at == start {
      fault(at)
      at += 1
    }
    return nil
  }

  /// The end of a comment, nil when there is none at a place. One that does not end ends its line.
  private static func commentEnd(_ span: Span<UInt8>, _ start: Int) -> Int? {
    let isBlock = span[start + 1] == 0x2A
    guard isBlock || span[start + 1] == 0x2F else { return nil }
    var at = start + 2
    while at < span.count {
      if isBlock ? span[at] == 0x2F && span[at - 1] == 0x2A && at > start + 2 : span[at] == 0x0A {
        return at + 1
      }
      at += 1
    }
    return at
  }

  static func isName(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x24 || byte >= 0x80
  }

  func wordEnd(_ span: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < span.count {
      let byte = span[at]
      guard byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E || JSONScanner.isName(byte)
      else { break }
      at += 1
    }
    return at
  }

  /// What a word is: a number, `true`, `null` and how other languages write them.
  static func scalar(_ span: Span<UInt8>, _ start: Int, _ end: Int) -> JSONKind? {
    guard start < end else { return nil }
    let first = span[start]
    if first &- 0x30 < 10 || (first == 0x2D && start + 1 < end && span[start + 1] &- 0x30 < 10) {
      return .number
    }
    func isWord(_ word: StaticString) -> Bool {
      guard end - start == word.utf8CodeUnitCount else { return false }
      return word.withUTF8Buffer { name in
        for index in 0..<name.count where unsafe span[start + index] != name[index] { return false }
        return true
      }
    }
    if isWord("true") || isWord("false") || isWord("True") || isWord("False") { return .bool }
    if isWord("null") || isWord("NaN") || isWord("Infinity") || isWord("-Infinity") || isWord("None")
      || isWord("undefined")
    {
      return .null
    }
    return nil
  }

  enum StringEnd {
    case end(Int, UInt8), unfinished, cut, broken(resume: Int)
  }

  /// The closing quote of the string whose opening quote is at a place.
  mutating func string(
    _ span: Span<UInt8>, _ start: Int, isFinal: Bool, isLines: Bool
  ) -> StringEnd {
    let raw = unsafe span.bytes
    var flags: UInt8 = 0
    var at = start + 1
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while at < span.count {
      operations &+= 1
      if at &+ 8 <= span.count {
        let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5C)
        let hits =
          (word | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
            | ((word &- ones &* 0x20) & ~word)) & highs
        if hits == 0 {
          at &+= 8
          continue
        }
        at &+= Int(UInt64(littleEndian: hits).trailingZeroBitCount >> 3)
      }
      let byte = span[at]
      if byte == 0x22 { return .end(at, flags) }
      if byte == 0x5C {
        flags |= 1
        at += 1
        if at < span.count, span[at] == 0x22 || span[at] == 0x5C { at += 1 }
        continue
      }
      if byte == 0x0A, at + 2 < span.count, span[at + 1] == 0x7B, isLines || span[at + 2] == 0x22 {
        return .broken(resume: at + 1)
      }
      if byte >= 0x80 { flags |= 2 }
      at += 1
    }
    return isFinal ? .cut : .unfinished
  }

  /// Moves over a container that is nested too deep; false when the bytes end in it.
  mutating func skipNested(_ span: Span<UInt8>, _ at: inout Int) -> Bool {
    var depth = 0
    while at < span.count {
      operations &+= 1
      switch span[at] {
      case 0x22:
        guard case .end(let end, _) = string(span, at, isFinal: true, isLines: false) else {
          at = span.count
          return false
        }
        at = end
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
      at += 1
      if depth == 0 { return true }
    }
    return false
  }

  func startsLine(_ span: Span<UInt8>, _ at: Int) -> Bool { at > 0 && span[at - 1] == 0x0A }

  /// The start of the next line with text if an object begins there; `.some(nil)` if something else does,
  /// nil if that is not known yet.
  mutating func nextObject(_ span: Span<UInt8>, _ place: Int, isFinal: Bool) -> Int?? {
    if nextLine.start < place {
      nextLine.start = place
      while nextLine.start < span.count, span[nextLine.start] != 0x0A { nextLine.start += 1 }
      while nextLine.start < span.count, span[nextLine.start] <= 0x20 { nextLine.start += 1 }
      operations &+= (nextLine.start - place) / 8
      guard nextLine.start < span.count || isFinal else {
        nextLine.start = -1
        return nil
      }
      nextLine.isObject =
        nextLine.start < span.count && span[nextLine.start] == 0x7B && startsLine(span, nextLine.start)
    }
    return .some(nextLine.isObject ? nextLine.start : nil)
  }
}

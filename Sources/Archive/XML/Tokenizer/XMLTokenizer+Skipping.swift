/// How far marks that end a construct were looked for in vain, so that no byte is searched twice.
struct XMLHorizon {
  /// Up to which offset of the document there is no `-->`, and no `?>`.
  var commentEnd = 0
  var instructionEnd = 0
  /// Where the next `]]>` or `<![CDATA[` stands that was looked up ahead, and whether it is the former.
  var sectionMark = -1
  var sectionMarkIsEnd = false
  /// Whether a document type was not ended: then there is no other.
  var hasOpenDocumentType = false

  /// How far ahead the end of a construct is looked for.
  static let reach = 16 << 20
}

/// What constructs begin and end with; letters in upper case.
private enum XMLMark {
  static let commentStart = Array("<!--".utf8)
  static let commentEnd = Array("-->".utf8)
  static let sectionStart = Array("<![CDATA[".utf8)
  static let sectionEnd = Array("]]>".utf8)
  static let documentType = Array("<!DOCTYPE".utf8)
  static let instructionStart = Array("<?".utf8)
  static let instructionEnd = Array("?>".utf8)
  static let declaration = Array("<?XML".utf8)
}

extension XMLTokenizer {
  /// Skips a comment, a document type or another declaration at `position`, or begins a CDATA section.
  /// - Returns: false when nothing of that kind is there.
  mutating func declaration() -> Bool {
    window.need(9)
    if holds(XMLMark.commentStart, at: 0) { return skipComment() }
    if holds(XMLMark.sectionStart, at: 0) {
      window.position += 9
      isInLiteral = true
      return true
    }
    if holds(XMLMark.documentType, at: 0), !horizon.hasOpenDocumentType { return skipDocumentType() }
    guard window.position + 2 < window.bytes.count,
      XMLScannedName.canBegin(with: window.bytes[window.position + 2])
        || window.bytes[window.position + 2] == 0x5B
    else { return false }
    return skipToGreater()
  }

  /// Skips the processing instruction at `position`.
  mutating func instruction() -> Bool {
    window.need(6)
    guard window.position + 2 < window.bytes.count,
      XMLScannedName.canBegin(with: window.bytes[window.position + 2])
    else { return false }
    if holds(XMLMark.declaration, at: 0) { return skipToGreater() }
    var known = horizon.instructionEnd
    defer { horizon.instructionEnd = known }
    if let end = seek(XMLMark.instructionEnd, from: 2, noneBefore: &known) {
      window.position += end
      return true
    }
    return skipToGreater()
  }

  private mutating func skipComment() -> Bool {
    var known = horizon.commentEnd
    defer { horizon.commentEnd = known }
    if let end = seek(XMLMark.commentEnd, from: 4, noneBefore: &known) {
      window.position += end
      return true
    }
    flaw("a comment is not ended, what follows is read")
    window.position += 4
    return true
  }

  /// Skips to behind the next `>` before another `<`.
  private mutating func skipToGreater() -> Bool {
    var ahead = 1
    while ahead < 1 << 16 {
      window.need(ahead + 1)
      let at = window.position + ahead
      guard at < window.bytes.count, window.bytes[at] != 0x3C else { return false }
      ahead += 1
      operations &+= 1
      if window.bytes[at] == 0x3E {
        window.position += ahead
        return true
      }
    }
    return false
  }

  /// Skips a document type with its internal subset; what it declares is not looked at.
  private mutating func skipDocumentType() -> Bool {
    var ahead = 9
    var quote: UInt8 = 0
    var isInSubset = false
    var known = horizon
    defer { horizon = known }
    while ahead < XMLHorizon.reach {
      if window.position + ahead + 4 > window.bytes.count { window.need(ahead + 4) }
      let at = window.position + ahead
      guard at < window.bytes.count else { break }
      let byte = window.bytes[at]
      ahead += 1
      operations &+= 1
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x5B {
        isInSubset = true
      } else if byte == 0x5D {
        isInSubset = false
      } else if byte == 0x3E, !isInSubset {
        window.position += ahead
        return true
      } else if byte == 0x3C, isInSubset {
        let end: Int?
        if holds(XMLMark.commentStart, at: ahead - 1) {
          end = seek(XMLMark.commentEnd, from: ahead + 3, noneBefore: &known.commentEnd)
        } else if holds(XMLMark.instructionStart, at: ahead - 1) {
          end = seek(XMLMark.instructionEnd, from: ahead + 1, noneBefore: &known.instructionEnd)
        } else {
          continue
        }
        guard let end else { break }
        ahead = end
      } else if byte == 0x3C {
        break
      }
    }
    known.hasOpenDocumentType = true
    flaw("a document type is not ended, what follows is read")
    window.position += 9
    return true
  }

  /// The next piece of the CDATA section that `position` is in; nil when there is none yet, or no more.
  ///
  /// A section that is not ended ends where the element around it does: at its end tag, unless a `]]>`
  /// follows before another section begins.
  mutating func literal() -> Range<Int>? {
    let reserve = innermostName.count + 12
    var at = window.position
    let limit = window.holdsEnd ? window.bytes.count : window.bytes.count - reserve
    if limit <= at, !window.holdsEnd {
      if window.fill() { return nil }
      return literal()
    }
    let start = window.position
    var endMark = false
    do {
      let span = window.bytes.span
      let count = span.count
      while at < limit {
        let byte = span[at]
        if byte == 0x5D, at + 2 < count, span[at + 1] == 0x5D, span[at + 2] == 0x3E {
          endMark = true
          break
        }
        if byte == 0x3C, at + 1 < count, span[at + 1] == 0x2F, isEndTagOfInnermost(span, at) { break }
        at &+= 1
      }
    }
    operations &+= at - start
    if endMark {
      isInLiteral = false
      window.position = at + 3
      return at > start ? start..<at : nil
    }
    if at < limit {
      let length = at - start
      if sectionEndsAfter(length) {
        // An end tag that the section quotes.
        let range = window.position..<window.position + length + 2
        window.position += length + 2
        return range
      }
      flaw("a CDATA section is not ended, it is read up to the end of its element")
      isInLiteral = false
      let range = window.position..<window.position + length
      window.position += length
      return range.isEmpty ? nil : range
    }
    if window.holdsEnd { isInLiteral = false }
    window.position = at
    return at > start ? start..<at : nil
  }

  private func isEndTagOfInnermost(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    var at = start + 2
    guard !innermostName.isEmpty, at + innermostName.count < bytes.count else { return false }
    for byte in innermostName {
      guard bytes[at] == byte else { return false }
      at += 1
    }
    while at < bytes.count, at < start + innermostName.count + 8, bytes[at] <= 0x20 { at += 1 }
    return at < bytes.count && bytes[at] == 0x3E
  }

  /// Whether `]]>` stands behind `position + length` before another CDATA section begins.
  private mutating func sectionEndsAfter(_ length: Int) -> Bool {
    if horizon.sectionMark >= window.offset + length { return horizon.sectionMarkIsEnd }
    var ahead = length
    while ahead < XMLHorizon.reach {
      if window.position + ahead + 9 > window.bytes.count { window.need(ahead + XMLWindow.chunkSize) }
      let start = window.position + ahead
      var at = start
      do {
        let span = window.bytes.span
        let limit = window.holdsEnd ? span.count : span.count - 9
        while at < limit, span[at] != 0x5D, span[at] != 0x3C { at &+= 1 }
      }
      operations &+= at - start + 1
      ahead = at - window.position
      guard at < window.bytes.count else {
        horizon.sectionMark = .max
        horizon.sectionMarkIsEnd = false
        return false
      }
      let isEnd = holds(XMLMark.sectionEnd, at: ahead)
      if isEnd || holds(XMLMark.sectionStart, at: ahead) {
        horizon.sectionMark = window.offset + ahead
        horizon.sectionMarkIsEnd = isEnd
        return isEnd
      }
      ahead += 1
    }
    horizon.sectionMark = window.offset + ahead
    horizon.sectionMarkIsEnd = false
    return false
  }

  /// Whether the bytes at an offset from `position` are these, letters in any case.
  private func holds(_ mark: [UInt8], at ahead: Int) -> Bool {
    var at = window.position + ahead
    guard at + mark.count <= window.bytes.count else { return false }
    for expected in mark {
      let byte = window.bytes[at]
      guard byte == expected || (byte &- 0x61 < 26 && byte ^ 0x20 == expected) else { return false }
      at += 1
    }
    return true
  }

  /// The offset from `position` behind the next such mark; nil when there is none within reach.
  /// - Parameter noneBefore: up to which offset of the document it is known that there is none.
  private mutating func seek(
    _ mark: [UInt8], from start: Int, noneBefore: inout Int
  ) -> Int? {
    var ahead = max(start, noneBefore - window.offset)
    let length = mark.count
    guard let first = mark.first else { return nil }
    while ahead < XMLHorizon.reach {
      if window.position + ahead + length > window.bytes.count {
        window.need(ahead + length)
        guard window.position + ahead + length <= window.bytes.count else { break }
      }
      let from = window.position + ahead
      let at = XMLTokenizer.find(first, in: window.bytes.span, from: from)
      operations &+= at - from + 1
      ahead = at - window.position
      if window.position + ahead + length > window.bytes.count { continue }
      if holds(mark, at: ahead) { return ahead + length }
      ahead += 1
    }
    noneBefore = max(noneBefore, window.offset + ahead - length + 1)
    return nil
  }
}

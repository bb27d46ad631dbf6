/// One attribute of a start tag.
struct HTMLAttribute {
  /// Hash of its name in lower case.
  var name: UInt64
  /// Where its value stands, as written.
  var valueStart: Int32
  var valueEnd: Int32
}

/// Cuts HTML into text and tags, as browsers do (WHATWG HTML, 13.2.5), but what a browser would lose to
/// the end of the input is kept: an unended comment, tag or value ends at its first `>`.
///
/// Never fails; iterative; each byte is looked at a bounded number of times.
struct HTMLTokenizer {
  /// What was found.
  enum Token {
    case text, startTag, endTag, end
  }

  /// Attributes of a tag beyond this many are ignored.
  static let attributeLimit = 256

  /// The input, valid UTF-8.
  let bytes: [UInt8]
  private(set) var position = 0
  /// Steps taken, for the tests of linearity.
  private(set) var operations = 0
  /// The attributes of all start tags so far.
  private(set) var attributes: [HTMLAttribute] = []
  /// What was unended or left out.
  private(set) var damage = HTMLDamage()

  /// The last tag.
  private(set) var tag = HTMLTag.unknown
  /// Hash of the last tag's name in lower case.
  private(set) var nameHash: UInt64 = 0
  /// The last text, or the last tag's name, as written.
  private(set) var content: Range<Int> = 0..<0
  /// Index of the last start tag's first attribute.
  private(set) var firstAttribute = 0
  /// Whether the last start tag ends with `/>`.
  private(set) var isSelfClosing = false
  /// Whether the last start tag begins raw text that has no end tag and is read as if it had ended at once.
  private(set) var lacksEnd = false
  /// The raw text that follows the last start tag.
  private var rawText: Range<Int>?
  private var lacksCommentEnd = false
  private var lacksQuote: (double: Bool, single: Bool) = (false, false)
  private var lacksRawEnd: [HTMLTag] = []

  /// A tokenizer at the start of its input; of input beyond 2 GiB the rest is not looked at.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var end: Int { min(bytes.count, Int(Int32.max) - 1) }

  /// The next token; what it is made of is in the properties.
  mutating func next() -> Token {
    let bytes = bytes
    let span = bytes.span
    let end = self.end
    if let raw = rawText {
      rawText = nil
      position = raw.upperBound
      content = raw
      if !raw.isEmpty { return .text }
    }
    var start = position
    while position < end {
      if span[position] != 0x3C {
        position = HTMLTokenizer.first(0x3C, in: bytes, from: position, end: end)
        operations += 1
        continue
      }
      operations += 1
      guard position + 1 < end else { break }
      let next = span[position + 1]
      let isTag: Bool
      switch next {
      case 0x21, 0x3F, 0x2F: isTag = next != 0x2F || position + 2 < end
      default: isTag = (next | 0x20) &- 0x61 < 26
      }
      guard isTag else {
        position += 1
        continue
      }
      if position > start {
        content = start..<position
        return .text
      }
      if next == 0x21 || next == 0x3F || next == 0x2F && (span[position + 2] | 0x20) &- 0x61 >= 26 {
        skipDeclaration(span, end)
        start = position
        continue
      }
      let from = position
      let isTagWhole = takeTag(span, end, isEnd: next == 0x2F)
      operations += position - from
      guard isTagWhole else {
        damage.cutTags += 1
        position = end
        return .end
      }
      if next == 0x2F { return .endTag }
      lacksEnd = false
      if tag.isRawText { findRawText(span, end) }
      return .startTag
    }
    position = end
    if start < end {
      content = start..<end
      return .text
    }
    return .end
  }

  /// Where a byte stands first at or after a position, eight bytes at a time; `end` when nowhere.
  static func first(_ byte: UInt8, in bytes: [UInt8], from start: Int, end: Int) -> Int {
    let raw = unsafe bytes.span.bytes
    let wanted = UInt64(byte) &* 0x0101_0101_0101_0101
    var position = start
    while position + 8 <= end {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self) ^ wanted
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      position += 8
    }
    while position < end, bytes[position] != byte { position += 1 }
    return position
  }

  // MARK: Comments, declarations, processing instructions

  private mutating func skipDeclaration(_ span: Span<UInt8>, _ end: Int) {
    let start = position
    if end - position >= 4, span[position + 1] == 0x21, span[position + 2] == 0x2D, span[position + 3] == 0x2D
    {
      if skipComment(span, end) {
        operations += position - start
        return
      }
    }
    let close = HTMLTokenizer.first(0x3E, in: bytes, from: position + 2, end: end)
    operations += close - start
    position = min(close + 1, end)
  }

  private mutating func skipComment(_ span: Span<UInt8>, _ end: Int) -> Bool {
    var at = position + 4
    if at < end, span[at] == 0x3E {
      position = at + 1
      return true
    }
    if at + 1 < end, span[at] == 0x2D, span[at + 1] == 0x3E {
      position = at + 2
      return true
    }
    if !lacksCommentEnd {
      while at < end {
        at = HTMLTokenizer.first(0x2D, in: bytes, from: at, end: end)
        if at + 2 < end, span[at + 1] == 0x2D {
          if span[at + 2] == 0x3E {
            position = at + 3
            return true
          }
          if at + 3 < end, span[at + 2] == 0x21, span[at + 3] == 0x3E {
            position = at + 4
            return true
          }
        }
        at += 1
      }
      operations += end - position
      lacksCommentEnd = true
    }
    damage.openComments += 1
    return false
  }

  // MARK: Tags

  /// Takes the tag at `position`; false when the input ends in it.
  private mutating func takeTag(_ span: Span<UInt8>, _ end: Int, isEnd: Bool) -> Bool {
    var at = position + (isEnd ? 2 : 1)
    let nameStart = at
    var hash = HTMLNameHash.start
    while at < end {
      let byte = span[at]
      if byte <= 0x20 && HTMLTokenizer.isSpace(byte) || byte == 0x2F || byte == 0x3E { break }
      hash = HTMLNameHash.mixed(hash, byte &- 0x41 < 26 ? byte | 0x20 : byte)
      at += 1
    }
    content = nameStart..<at
    nameHash = hash
    tag = HTMLTag.of(hash)
    firstAttribute = attributes.count
    isSelfClosing = false
    while at < end {
      let byte = span[at]
      if byte == 0x3E {
        position = at + 1
        return true
      }
      if byte == 0x2F {
        isSelfClosing = at + 1 < end && span[at + 1] == 0x3E
        at += 1
      } else if byte <= 0x20 && HTMLTokenizer.isSpace(byte) {
        at += 1
      } else {
        at = takeAttribute(span, at, end, isKept: !isEnd)
      }
    }
    return false
  }

  /// Takes the attribute at a position; returns where it ends.
  private mutating func takeAttribute(_ span: Span<UInt8>, _ start: Int, _ end: Int, isKept: Bool) -> Int {
    var at = start
    var hash = HTMLNameHash.start
    // A `=` in front belongs to the name.
    repeat {
      let byte = span[at]
      hash = HTMLNameHash.mixed(hash, byte &- 0x41 < 26 ? byte | 0x20 : byte)
      at += 1
    } while at < end && !HTMLTokenizer.endsName(span[at])
    var value = at..<at
    var next = at
    while next < end, HTMLTokenizer.isSpace(span[next]) { next += 1 }
    if next < end, span[next] == 0x3D {
      next += 1
      while next < end, HTMLTokenizer.isSpace(span[next]) { next += 1 }
      (value, at) = takeValue(span, next, end)
    }
    if isKept {
      if attributes.count - firstAttribute < HTMLTokenizer.attributeLimit {
        attributes.append(
          HTMLAttribute(
            name: hash, valueStart: Int32(truncatingIfNeeded: value.lowerBound),
            valueEnd: Int32(truncatingIfNeeded: value.upperBound)))
      } else {
        damage.attributesLeftOut += 1
      }
    }
    return at
  }

  private mutating func takeValue(_ span: Span<UInt8>, _ start: Int, _ end: Int) -> (Range<Int>, Int) {
    guard start < end else { return (end..<end, end) }
    let quote = span[start]
    if quote == 0x22 || quote == 0x27 {
      let isKnownToLack = quote == 0x22 ? lacksQuote.double : lacksQuote.single
      let close = isKnownToLack ? end : HTMLTokenizer.first(quote, in: bytes, from: start + 1, end: end)
      if close < end { return (start + 1..<close, close + 1) }
      if !isKnownToLack { operations += end - start }
      if quote == 0x22 { lacksQuote.double = true } else { lacksQuote.single = true }
      let tagEnd = HTMLTokenizer.first(0x3E, in: bytes, from: start + 1, end: end)
      operations += tagEnd - start
      if tagEnd < end { damage.openValues += 1 }
      return (start + 1..<tagEnd, tagEnd)
    }
    var at = start
    while at < end, span[at] != 0x3E, !HTMLTokenizer.isSpace(span[at]) { at += 1 }
    return (start..<at, at)
  }

  // MARK: Raw text

  /// Finds the text of an element without tags inside, up to its end tag.
  private mutating func findRawText(_ span: Span<UInt8>, _ end: Int) {
    let start = position
    if !lacksRawEnd.contains(tag) {
      var at = start
      while at < end {
        at = HTMLTokenizer.first(0x3C, in: bytes, from: at, end: end)
        if at + 2 < end, span[at + 1] == 0x2F, isEndTag(tag, span, at + 2, end) { break }
        at += 1
      }
      operations += min(at, end) - start
      if at < end {
        rawText = start..<at
        return
      }
      lacksRawEnd.append(tag)
      damage.openRawText += 1
    }
    // What a title or a field holds is read on; what a script holds is not for reading.
    if tag.isEscapableText { lacksEnd = true } else { rawText = start..<end }
  }

  private func isEndTag(_ raw: HTMLTag, _ span: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    var hash = HTMLNameHash.start
    while at < end, (span[at] | 0x20) &- 0x61 < 26, at - start <= 8 {
      hash = HTMLNameHash.mixed(hash, span[at] | 0x20)
      at += 1
    }
    guard at < end, HTMLTokenizer.endsName(span[at]), span[at] != 0x3D else { return false }
    return HTMLTag.of(hash) == raw
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    byte == 0x3D || byte == 0x3E || byte == 0x2F || isSpace(byte)
  }
}

/// What was wrong with HTML.
struct HTMLDamage: Hashable {
  /// Comments, values in quotes and elements of raw text without an end.
  var openComments = 0
  var openValues = 0
  var openRawText = 0
  /// Attributes beyond the limit of a tag.
  var attributesLeftOut = 0
  /// Elements nested too deep, which became siblings.
  var flattened = 0
  /// Tags in which the input ends.
  var cutTags = 0
}

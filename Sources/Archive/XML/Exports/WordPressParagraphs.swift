/// Paragraphs of WordPress: its exports hold text as it was typed, where a blank line ends a paragraph and
/// a line end is one; the tags for them are only put in when a page is shown.
enum WordPressParagraphs {
  /// Text as HTML.
  ///
  /// Text of the block editor, and what is inside of `pre`, stays as it is.
  /// - Complexity: O(`text.count`).
  static func html(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(0x0A) || text.contains(0x0D), !isOfBlocks(text) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 8)
    var preformatted: [UInt8]?
    var lineEnds = 0
    var isBehindBlock = true
    var at = 0
    while at < text.count {
      let byte = text[at]
      if byte == 0x3C, let tag = Tag(text, at) {
        if lineEnds > 0, preformatted == nil {
          append(lineEnds, isNearBlock: isBehindBlock || tag.isBlock, to: &result)
        }
        lineEnds = 0
        result.append(contentsOf: text[at..<tag.end])
        at = tag.end
        if let open = preformatted {
          if tag.isEnd, tag.name == open { preformatted = nil }
        } else if !tag.isEnd, tag.keepsLines {
          preformatted = tag.name
        }
        isBehindBlock = tag.isBlock
      } else if byte == 0x0A || byte == 0x0D, preformatted == nil {
        if byte == 0x0A || at + 1 >= text.count || text[at + 1] != 0x0A { lineEnds += 1 }
        at += 1
      } else if byte == 0x20 || byte == 0x09, lineEnds > 0 {
        at += 1
      } else {
        if lineEnds > 0 { append(lineEnds, isNearBlock: isBehindBlock, to: &result) }
        (lineEnds, isBehindBlock) = (0, false)
        result.append(byte)
        at += 1
      }
    }
    return result
  }

  private static func append(_ lineEnds: Int, isNearBlock: Bool, to result: inout [UInt8]) {
    if isNearBlock {
      result.append(0x0A)
    } else {
      result.append(contentsOf: (lineEnds > 1 ? "\n<p>" : "<br>\n").utf8)
    }
  }

  private static func isOfBlocks(_ text: [UInt8]) -> Bool {
    let mark = Array("<!-- wp:".utf8)
    return text.indices.contains { text[$0] == 0x3C && text[$0...].starts(with: mark) }
  }

  private struct Tag {
    var name: [UInt8] = []
    var isEnd = false
    var end: Int

    init?(_ text: [UInt8], _ start: Int) {
      var at = start + 1
      if at < text.count, text[at] == 0x2F {
        isEnd = true
        at += 1
      }
      while at < text.count, name.count < 16, text[at] | 0x20 >= 0x61,
        text[at] | 0x20 <= 0x7A || (0x30...0x39).contains(text[at])
      {
        name.append(text[at] | 0x20)
        at += 1
      }
      guard !name.isEmpty else { return nil }
      while at < text.count, text[at] != 0x3E, text[at] != 0x3C { at += 1 }
      guard at < text.count, text[at] == 0x3E else { return nil }
      end = at + 1
    }

    var isBlock: Bool { Tag.blocks.contains(name) }
    var keepsLines: Bool { Tag.preformatted.contains(name) }

    private static let preformatted = Set(["pre", "script", "style", "textarea"].map { Array($0.utf8) })
    private static let blocks = Set(
      [
        "table", "thead", "tfoot", "caption", "col", "colgroup", "tbody", "tr", "td", "th", "div", "dl", "dd",
        "dt",
        "ul", "ol", "li", "pre", "form", "map", "area", "blockquote", "address", "style", "p", "h1", "h2",
        "h3",
        "h4", "h5", "h6", "hr", "fieldset", "legend", "section", "article", "aside", "hgroup", "header",
        "footer",
        "nav", "figure", "figcaption", "details", "menu", "summary", "br",
      ].map { Array($0.utf8) })
  }
}

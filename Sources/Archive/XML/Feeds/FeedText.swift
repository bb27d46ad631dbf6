import Discussion

/// The words of an element of a feed.
struct FeedText {
  /// As HTML, for looking at how they begin; empty when they are plain.
  var html: [UInt8] = []
  /// Plain words; nil when `html` has them.
  var plain: [UInt8]?

  /// Whether there is nothing.
  var isEmpty: Bool { html.isEmpty && (plain?.isEmpty ?? true) }

  /// The words with their roles.
  var parsed: ParsedText {
    if let plain { PlainWords.parsed(plain) } else { HTMLText.parsed(html) }
  }

  /// The words of a field that holds text of an entry; nil when they are none: a picture, a reference to
  /// another place (which is never followed), nothing.
  init?(_ record: XMLRecord, _ field: Int) {
    guard let value = record.value(of: field) else { return nil }
    let type = record.attribute(.type, of: field).map { String(decoding: $0, as: UTF8.self).lowercased() }
    if record.fields[field].isMarkup {
      html = value
      return
    }
    switch type {
    case "text", "text/plain": if record.fields[field].hasTags { html = value } else { plain = value }
    case nil, "html", "text/html", "xhtml", "application/xhtml+xml": html = value
    case .some(let type):
      guard type.hasPrefix("text/") || type.hasSuffix("xml") || !type.contains("/") else { return nil }
      html = value
    }
  }

  /// The words of an element on one line.
  static func line(_ record: XMLRecord, _ field: Int?, isAtom: Bool) -> [UInt8] {
    guard let field, let value = record.value(of: field) else { return [] }
    let type = record.attribute(.type, of: field)
    let isPlain = isAtom && (type == nil || type == Array("text".utf8) || type == Array("text/plain".utf8))
    if isPlain, !record.fields[field].hasTags { return ShortLine.of(value) }
    let isHTML = isAtom || record.fields[field].hasTags || holdsInlineTags(value)
    // RSS does not say whether a title is HTML: what shows that it is are pairs of tags for single words.
    return ShortLine.of(isHTML ? HTMLText.parsed(value).utf8 : CharacterReferences.decode(value))
  }

  private static let inlineTags = [
    "b", "i", "em", "strong", "code", "tt", "a", "span", "u", "s", "sub", "sup", "small", "cite", "q", "abbr",
    "strike", "del", "ins", "font", "big", "mark", "kbd",
  ].map { (start: Array("<\($0)".utf8), end: Array("</\($0)>".utf8)) }

  private static func holdsInlineTags(_ value: [UInt8]) -> Bool {
    guard value.contains(0x3C) else { return false }
    for at in value.indices.dropLast() where value[at] == 0x3C && value[at + 1] == 0x2F {
      for tag in inlineTags where value[at...].starts(with: tag.end) {
        for start in value.indices[..<at] where value[start] == 0x3C {
          let rest = value[start...]
          guard rest.starts(with: tag.start), let next = rest.dropFirst(tag.start.count).first else {
            continue
          }
          if next == 0x3E || next == 0x20 { return true }
        }
      }
    }
    return false
  }
}

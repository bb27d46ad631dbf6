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

  private static let inlineTags: Set<String> = [
    "b", "i", "em", "strong", "code", "tt", "a", "span", "u", "s", "sub", "sup", "small", "cite", "q", "abbr",
    "strike", "del", "ins", "font", "big", "mark", "kbd",
  ]

  /// Whether a start tag of such an element is followed by its end tag.
  private static func holdsInlineTags(_ value: [UInt8]) -> Bool {
    var open: Set<String> = []
    var at = 0
    while at < value.count {
      guard value[at] == 0x3C else {
        at += 1
        continue
      }
      let isEnd = at + 1 < value.count && value[at + 1] == 0x2F
      at += isEnd ? 2 : 1
      let name = value[at...].prefix(7).prefix { ($0 | 0x20) &- 0x61 < 26 }
      let next = at + name.count < value.count ? value[at + name.count] : 0
      guard !name.isEmpty, next == 0x3E || (next <= 0x20 && !isEnd) else { continue }
      let word = String(decoding: name, as: UTF8.self).lowercased()
      if isEnd, open.contains(word) { return true }
      if !isEnd, inlineTags.contains(word) { open.insert(word) }
    }
    return false
  }
}

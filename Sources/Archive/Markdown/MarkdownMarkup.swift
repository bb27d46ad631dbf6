/// The HTML that trackers allow inside Markdown, turned into Markdown or left out, so that the words can be
/// read: comments that nobody sees, tags that fold, place or stress. Code stays as it stands, and so does
/// whatever is no tag of HTML.
struct MarkdownMarkup {
  /// Steps taken, for tests of linearity.
  private(set) var operations = 0

  /// Longer runs of backticks begin no code.
  private static let longestTicks = 16

  private let text: [UInt8]
  private var output: [UInt8] = []
  /// No comment that begins here or later has an end.
  private var hasCommentEnds = true
  /// No run of so many backticks begins here or later.
  private var missingTicks: Set<Int> = []

  /// Markdown without the HTML in it.
  /// - Complexity: O(bytes).
  static func removed(from text: [UInt8]) -> [UInt8] {
    guard text.contains(0x3C) else { return text }
    var markup = MarkdownMarkup(text)
    return markup.run()
  }

  /// A text to be read once.
  init(_ text: [UInt8]) { self.text = text }

  /// Reads the text.
  mutating func run() -> [UInt8] {
    output.reserveCapacity(text.count)
    var at = 0
    var fence: (byte: UInt8, length: Int)?
    while at < text.count {
      operations &+= 1
      if at == 0 || text[at - 1] == 0x0A {
        let mark = fenceMark(at)
        if let open = fence {
          if let mark, mark.byte == open.byte, mark.length >= open.length { fence = nil }
          copyLine(&at)
          continue
        }
        if let mark {
          fence = mark
          copyLine(&at)
          continue
        }
      }
      switch text[at] {
      case 0x60: at = ticks(at)
      case 0x3C: at = bracket(at)
      default:
        output.append(text[at])
        at += 1
      }
    }
    return output
  }

  private mutating func copyLine(_ at: inout Int) {
    while at < text.count {
      operations &+= 1
      let byte = text[at]
      output.append(byte)
      at += 1
      if byte == 0x0A { return }
    }
  }

  /// The marks of a fence at the start of a line.
  private func fenceMark(_ start: Int) -> (byte: UInt8, length: Int)? {
    var at = start
    while at < text.count, at - start < 12, text[at] == 0x20 || text[at] == 0x3E { at += 1 }
    guard at < text.count, text[at] == 0x60 || text[at] == 0x7E else { return nil }
    let byte = text[at]
    let first = at
    while at < text.count, text[at] == byte { at += 1 }
    guard at - first >= 3 else { return nil }
    if byte == 0x60 {
      var rest = at
      while rest < text.count, text[rest] != 0x0A {
        // Code in a line, not a fence.
        if text[rest] == 0x60 { return nil }
        rest += 1
      }
    }
    return (byte, at - first)
  }

  /// Copies code between backticks.
  private mutating func ticks(_ start: Int) -> Int {
    var end = start
    while end < text.count, text[end] == 0x60 { end += 1 }
    let length = end - start
    output.append(contentsOf: text[start..<end])
    operations &+= length
    guard length <= MarkdownMarkup.longestTicks, !missingTicks.contains(length) else { return end }
    var at = end
    while at < text.count {
      operations &+= 1
      guard text[at] == 0x60 else {
        at += 1
        continue
      }
      let run = at
      while at < text.count, text[at] == 0x60 { at += 1 }
      if at - run == length {
        output.append(contentsOf: text[end..<at])
        return at
      }
    }
    missingTicks.insert(length)
    return end
  }

  /// Reads what begins with `<`.
  private mutating func bracket(_ start: Int) -> Int {
    if text[start...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) {
      if let end = commentEnd(start + 4) { return end }
      output.append(0x3C)
      return start + 1
    }
    var at = start + 1
    let isEnd = at < text.count && text[at] == 0x2F
    if isEnd { at += 1 }
    var name: [UInt8] = []
    while at < text.count, name.count < 12, MarkdownMarkup.isLetter(text[at]) {
      name.append(text[at] | 0x20)
      at += 1
    }
    let nameEnd = at
    // A tag ends at its bracket; another one before that means that this is none.
    while at < text.count, text[at] != 0x3E, text[at] != 0x3C { at += 1 }
    operations &+= at - start
    guard at < text.count, text[at] == 0x3E, nameEnd == at || !MarkdownMarkup.isWord(text[nameEnd]),
      let meaning = MarkdownMarkup.meaning(of: String(decoding: name, as: UTF8.self), isEnd: isEnd)
    else {
      output.append(0x3C)
      return start + 1
    }
    if meaning == "alt" {
      output.append(contentsOf: alternative(nameEnd..<at))
    } else {
      output.append(contentsOf: meaning.utf8)
    }
    return at + 1
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || (0x31...0x36).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == 0x2D || byte == 0x3A || byte == 0x2E || byte == 0x40 || byte == 0x5F
  }

  private mutating func commentEnd(_ start: Int) -> Int? {
    guard hasCommentEnds else { return nil }
    var at = start
    while at + 2 < text.count {
      operations &+= 1
      if text[at] == 0x2D, text[at + 1] == 0x2D, text[at + 2] == 0x3E { return at + 3 }
      at += 1
    }
    hasCommentEnds = false
    return nil
  }

  /// What stands for a tag in Markdown: `alt` for a picture's description, nil for what is no tag.
  private static func meaning(of name: String, isEnd: Bool) -> String? {
    switch name {
    case "b", "strong": "**"
    case "i", "em": "*"
    case "code", "kbd", "tt", "samp": "`"
    case "pre": isEnd ? "\n```\n" : "\n```\n"
    case "br": "\n"
    case "hr": "\n\n"
    case "li": isEnd ? "" : "\n- "
    case "td", "th": isEnd ? " " : ""
    case "p", "div", "details", "summary", "ul", "ol", "table", "blockquote", "center": "\n\n"
    case "h1", "h2", "h3", "h4", "h5", "h6": isEnd ? "\n\n" : "\n\n# "
    case "tr", "thead", "tbody": "\n"
    case "img": "alt"
    case "a", "sub", "sup", "span", "font", "ins", "small", "u", "picture", "source", "q", "big", "abbr": ""
    default: nil
    }
  }

  /// The description of a picture among the attributes of its tag.
  private func alternative(_ attributes: Range<Int>) -> ArraySlice<UInt8> {
    let name = Array("alt=".utf8)
    var at = attributes.lowerBound
    while at + name.count < attributes.upperBound {
      if text[at - 1] <= 0x20, text[at..<at + name.count].elementsEqual(name) {
        let quote = text[at + name.count]
        guard quote == 0x22 || quote == 0x27 else { return [] }
        let start = at + name.count + 1
        let end = text[start..<attributes.upperBound].firstIndex(of: quote) ?? attributes.upperBound
        return text[start..<end]
      }
      at += 1
    }
    return []
  }
}

import Discussion
import Grid
import Reader

/// A passage as text to hand on: by the display rule, for a terminal, a file or another program.
struct PassageText {
  private let library: Library
  private let discussion: DiscussionID
  /// What is handed on, in reading order.
  private let entries: [EntryID]
  private let isWhole: Bool

  /// - Precondition: the passage is no list of bookmarks; of one nothing is handed on.
  init(of passage: Passage, in library: Library) {
    self.library = library
    switch passage {
    case .entry(let entry):
      entries = [entry]
      discussion = library.discussion(of: entry)
      isWhole = false
    case .withReplies(let entry):
      entries = (0...library.descendantCount(of: entry)).map { entry.advanced(by: $0) }
      discussion = library.discussion(of: entry)
      isWhole = false
    case .discussion(let entry):
      discussion = library.discussion(of: entry)
      entries = Array(library.entries(of: discussion))
      isWhole = true
    case .bookmarks:
      discussion = DiscussionID(segment: 0, row: 0)
      entries = []
      isWhole = false
    }
  }

  private func line(_ bytes: [UInt8]) -> String {
    String(decoding: DisplayRule.printable(bytes.span, lineEnds: .fold), as: UTF8.self)
  }

  private func lines(of entry: EntryID) -> [Substring] {
    let text = DisplayRule.printable(library.textWithQuoteMarks(of: entry).span, lineEnds: .keep)
    return String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private var title: String {
    let title = library.title(of: discussion)
    return title.isEmpty ? "(no title)" : line(title)
  }

  /// `1.2 Ann · 2012-06-14`.
  private func head(of entry: EntryID) -> String {
    var parts: [String] = []
    let number = library.number(of: entry).map(String.init).joined(separator: ".")
    let author = library.author(of: entry).map { line($0) } ?? "(name not in the source)"
    parts.append(number.isEmpty ? author : number + " " + author)
    if let date = library.date(of: entry) { parts.append(date.iso8601) }
    return parts.joined(separator: " · ")
  }

  private var sourceLine: String {
    let post = library.post(of: discussion)
    var parts: [String] = []
    if isWhole {
      let count = library.commentCount(of: discussion)
      parts.append(count == 1 ? "1 comment" : "\(count) comments")
    }
    if let url = library.url(of: discussion) { parts.append(line(url)) }
    parts += library.sources(of: discussion).map { line($0) }
    if !isWhole, let entry = entries.first, entry != post, let at = library.line(of: entry) {
      parts.append("line \(at)")
    }
    return parts.joined(separator: " · ")
  }

  /// Plain text: replies indented below what they answer.
  func plain() -> [UInt8] {
    guard let first = entries.first else { return [] }
    var text = title + "\n" + sourceLine + "\n"
    let base = library.depth(of: first)
    for entry in entries {
      let indent = String(repeating: "  ", count: min(library.depth(of: entry) - base, 20))
      text += "\n" + indent + head(of: entry) + "\n"
      for line in lines(of: entry) { text += line.isEmpty ? "\n" : indent + line + "\n" }
    }
    return Array(text.utf8)
  }

  /// Markdown: a heading an entry. What the text holds cannot open HTML, load a picture or make a heading.
  func markdown() -> [UInt8] {
    guard let first = entries.first else { return [] }
    var text = "# " + escaped(title) + "\n\n" + escaped(sourceLine) + "\n"
    let base = library.depth(of: first)
    for entry in entries {
      let depth = library.depth(of: entry) - base
      text +=
        "\n" + String(repeating: "#", count: min(depth + 2, 6)) + " " + escaped(head(of: entry)) + "\n\n"
      var isEmpty = true
      var isQuote = false
      for line in lines(of: entry) {
        if isEmpty, line.isEmpty { continue }
        isEmpty = false
        // A line right below a quotation would be taken for a part of it.
        if isQuote, !line.isEmpty, line.first != ">" { text += "\n" }
        isQuote = line.first == ">"
        text += inMarkdown(line) + "\n"
      }
      if isEmpty { text += "(no words)\n" }
    }
    return Array(text.utf8)
  }

  /// JSON of schema 1: the discussion with those of its comments that are handed on.
  func json() -> [UInt8] {
    var json = JSONText()
    json.beginObject()
    json.key("schema")
    json.value(1)
    json.key("discussions")
    json.beginArray()
    if !entries.isEmpty { json.discussion(discussion, of: library, comments: isWhole ? nil : entries) }
    json.endArray()
    json.key("problems")
    json.beginArray()
    json.endArray()
    json.endObject()
    return json.take() + [0x0A]
  }

  /// A line of text in Markdown: `<` and the `[` of a picture are escaped, and what would make a heading or a
  /// rule of the line before it.
  private func inMarkdown(_ line: Substring) -> String {
    var text = ""
    var previous: Character?
    for character in line {
      if character == "<" || character == "[" && previous == "!" { text += "\\" }
      text.append(character)
      previous = character
    }
    let words = text.drop { $0 == " " }
    if let first = words.first, first == "#" || !words.isEmpty && words.allSatisfy({ "=-*_ ".contains($0) }) {
      text = text.prefix(text.count - words.count) + "\\" + words
    }
    return text
  }

  /// One line whose characters mean nothing to Markdown.
  private func escaped(_ line: String) -> String {
    var text = ""
    for character in line {
      if "\\`*_[]<>#|~&".contains(character) { text += "\\" }
      text.append(character)
    }
    return text
  }
}

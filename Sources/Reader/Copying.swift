import Discussion
import Grid

/// Copying to the clipboard: an entry's address, its text, and the text as a quote with attribution.
extension ReaderState {
  /// Bytes that a clipboard takes at most; terminals cut or refuse what is longer.
  static let clipboardLimit = 74_994

  mutating func copy(_ command: Command) -> [Effect] {
    guard let entry = currentEntry else {
      message = surface == .bookmarks ? "No open source has this entry." : "No entry is selected."
      return []
    }
    switch command {
    case .copyLink:
      let address = EntryAddress(of: entry, in: library)
      let what =
        switch address.kind {
        case .permalink: "the address"
        case .page: "the address of the page, for the comment has none of its own"
        case .messageID: "the Message-ID"
        case .place: "file and line, for the source gives no address"
        }
      return copy(Array(address.text.utf8), what: what, shown: address.text)
    case .copyQuote: return copy(quoted(entry), what: "a quote with attribution")
    default:
      let text = printableText(of: entry)
      return copy(text, what: library.depth(of: entry) == 0 ? "the post" : "the comment")
    }
  }

  /// Copies a text that is by the display rule, as far as a clipboard takes it.
  mutating func copy(_ text: [UInt8], what: String, shown: String? = nil) -> [Effect] {
    guard !text.isEmpty else {
      message = "Nothing to copy: there are no words here."
      return []
    }
    let cut = ReaderState.cut(text, toBytes: ReaderState.clipboardLimit)
    let count = String(decoding: cut, as: UTF8.self).unicodeScalars.count
    let length = HitCount.grouped(count) + (count == 1 ? " character" : " characters")
    message =
      "Copied \(what): \(length)"
      + (cut.count < text.count ? ", all that a clipboard takes" : shown.map { ", " + $0 } ?? "")
    return [.copy(cut)]
  }

  /// The beginning of a text, cut between scalars.
  static func cut(_ text: [UInt8], toBytes limit: Int) -> [UInt8] {
    guard text.count > limit else { return text }
    var end = limit
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(text[..<end])
  }

  /// The words of an entry by the display rule.
  func printableText(of entry: EntryID) -> [UInt8] {
    library.withText(of: entry) { DisplayRule.printable($0, lineEnds: .keep) }
  }

  /// An entry as one quotes it in a mail: who wrote it when, each line with `> `, and where it stands.
  private func quoted(_ entry: EntryID) -> [UInt8] {
    let author = library.author(of: entry).map { DisplayRule.printable(String(decoding: $0, as: UTF8.self)) }
    var quote = ""
    if let date = library.date(of: entry) {
      let parts = date.iso8601.split(separator: "T", maxSplits: 1)
      quote += "On " + (parts.first ?? "") + (parts.count > 1 ? " " + parts[1].prefix(5) : "") + ", "
    }
    quote += (author ?? "somebody whose name is not in the source") + " wrote:\n"
    for line in String(decoding: printableText(of: entry), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      quote += line.isEmpty ? ">\n" : "> \(line)\n"
    }
    let address = EntryAddress(of: entry, in: library)
    let title = String(decoding: library.title(of: library.discussion(of: entry)), as: UTF8.self)
    if !title.isEmpty { quote += "\n“\(DisplayRule.printable(title))”" }
    if !address.text.isEmpty { quote += (title.isEmpty ? "\n" : ", ") + address.text }
    return Array((quote + "\n").utf8)
  }
}

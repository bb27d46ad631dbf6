internal import Discussion

/// Bookmarks as a page to pass on.
public enum Digest {
  /// A Markdown page of the bookmarks in the order given, UTF-8, titled by their days: "Bookmarks for
  /// July 28th through August 5th", with years where they differ.
  ///
  /// Titles and authors are escaped and put on one line; each line of quoted text begins with `>` and
  /// cannot leave its quotation, begin HTML or load a picture. A note stands as the reader wrote it.
  /// Control characters are not touched: the sink decides what they show as.
  /// - Parameters:
  ///   - bookmarks: What to write, usually a part of `ShelfContents.bookmarks`.
  ///   - title: The heading, in place of the one by days.
  ///   - offsetMinutes: The reader's clock east of UTC, for the days of the heading.
  /// - Complexity: O(bytes written).
  public static func markdown(
    bookmarks: [Bookmark], title: [UInt8]? = nil, offsetMinutes: Int = 0
  ) -> [UInt8] {
    var page = Array("# ".utf8)
    page += title.map(escaped) ?? Array(heading(bookmarks, offsetMinutes: offsetMinutes).utf8)
    page.append(lineFeed)
    for bookmark in bookmarks { write(bookmark, to: &page) }
    return page
  }

  /// "Bookmarks for July 28th through August 5th", from the first and the last day of keeping;
  /// "Bookmarks" when there are none.
  static func heading(_ bookmarks: [Bookmark], offsetMinutes: Int) -> String {
    let moments = bookmarks.map(\.createdAt)
    guard let first = moments.min(), let last = moments.max() else { return "Bookmarks" }
    let from = day(first, offsetMinutes)
    let to = day(last, offsetMinutes)
    if from == to { return "Bookmarks for \(name(from))" }
    let withYear = from.year != to.year
    return "Bookmarks for \(name(from, withYear)) through \(name(to, withYear))"
  }

  private struct Day: Equatable {
    var year: Int
    var month: Int
    var day: Int
  }

  private static func day(_ seconds: Int64, _ offsetMinutes: Int) -> Day {
    let clamped = min(max(seconds, -60_000_000_000), 250_000_000_000)
    let offset = Int16(min(max(offsetMinutes, -1440), 1440))
    let civil = Timestamp(seconds: clamped, precision: .day, zoneMinutes: offset).civil
    return Day(year: civil.year, month: civil.month, day: civil.day)
  }

  private static func name(_ day: Day, _ withYear: Bool = false) -> String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    return "\(months[day.month - 1]) \(ordinal(day.day))" + (withYear ? ", \(day.year)" : "")
  }

  /// 1st, 2nd, 3rd, 4th, 11th, 21st.
  static func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 100, number % 10) {
      case (11...13, _): "th"
      case (_, 1): "st"
      case (_, 2): "nd"
      case (_, 3): "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }
}

// MARK: - One bookmark

extension Digest {
  private static let lineFeed = UInt8(ascii: "\n")

  private static func write(_ bookmark: Bookmark, to page: inout [UInt8]) {
    let copy = bookmark.copy
    let title = escaped(copy.title)
    page += Array("\n## ".utf8)
    page += title.isEmpty ? Array("(title not in the source)".utf8) : title
    page += Array("\n\n".utf8)
    let author = copy.author.map(escaped) ?? []
    page += author.isEmpty ? Array("(name not in the source)".utf8) : author
    page += Array(", \(copy.date?.iso8601 ?? "(date not in the source)")".utf8)
    if bookmark.isStarred { page += Array(" ★".utf8) }
    page.append(lineFeed)
    if let above = copy.ancestors.last {
      page += Array("\nIn reply to: ".utf8) + escaped(above)
      page.append(lineFeed)
    }
    quote(copy.text.isEmpty ? bookmark.quote?.exact ?? [] : copy.text, to: &page)
    let note = withoutBlankEnds(bookmark.note)
    if !note.isEmpty {
      page += Array("\nNote: ".utf8) + note
      page.append(lineFeed)
    }
    if !bookmark.tags.isEmpty {
      page += Array("\nTags: ".utf8)
      page += Array(bookmark.tags.map(code).joined(separator: Array(", ".utf8)))
      page.append(lineFeed)
    }
    for source in copy.sources {
      page += Array("\nSource: ".utf8) + code(source)
      page.append(lineFeed)
    }
  }

  /// Each line with `> ` before it. In the text `<` and the `[` of a picture are escaped.
  private static func quote(_ text: [UInt8], to page: inout [UInt8]) {
    let text = withoutBlankEnds(text)
    if text.isEmpty { return }
    page.append(lineFeed)
    for line in lines(text) {
      page += Array((line.isEmpty ? ">" : "> ").utf8)
      var previous: UInt8 = 0
      for byte in line {
        if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[") && previous == UInt8(ascii: "!") {
          page.append(UInt8(ascii: "\\"))
        }
        page.append(byte)
        previous = byte
      }
      page.append(lineFeed)
    }
  }

  /// Markdown's own characters with a backslash, line ends and runs of white space as one space.
  static func escaped(_ text: [UInt8]) -> [UInt8] {
    var line: [UInt8] = []
    let special = Set("\\`*_{}[]()<>#+-.!|~&$^".utf8)
    for word in lines(text).joined(separator: [0x20]).split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }) {
      if !line.isEmpty { line.append(0x20) }
      for byte in word {
        if isSpecial(byte, special, isFirst: line.isEmpty) { line.append(UInt8(ascii: "\\")) }
        line.append(byte)
      }
    }
    return line
  }

  /// `+ - . ( ) { } #` mean something only at the beginning of a line or in company of others that
  /// are escaped; leaving them alone keeps names legible.
  private static func isSpecial(_ byte: UInt8, _ special: Set<UInt8>, isFirst: Bool) -> Bool {
    guard special.contains(byte) else { return false }
    if "+-.(){}!^$".utf8.contains(byte) { return isFirst }
    return true
  }

  /// A code span: its fence is longer than any run of backticks inside.
  private static func code(_ text: [UInt8]) -> [UInt8] {
    let line = Array(lines(text).joined(separator: Array("␊".utf8)))
    var longest = 0
    var run = 0
    for byte in line {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = [UInt8](repeating: UInt8(ascii: "`"), count: longest + 1)
    let padding: [UInt8] = longest > 0 || line.isEmpty ? [0x20] : []
    return fence + padding + line + padding + fence
  }

  private static func withoutBlankEnds(_ text: [UInt8]) -> [UInt8] {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = text.firstIndex(where: { !isBlank($0) }),
      let last = text.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(text[first...last])
  }

  /// Cuts at all that any program takes for a line end: LF, CRLF, CR, VT, FF, NEL, U+2028, U+2029.
  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var position = 0
    while position < text.count {
      let length = lineEnd(text, at: position)
      if length > 0 {
        lines.append(text[start..<position])
        start = position + length
        position = start
      } else {
        position += 1
      }
    }
    lines.append(text[start...])
    return lines
  }

  /// Bytes of the line end at a position, 0 for none.
  private static func lineEnd(_ text: [UInt8], at position: Int) -> Int {
    let rest = text[position...].prefix(3)
    switch rest.first {
    case 0x0D?: return rest.dropFirst().first == 0x0A ? 2 : 1
    case 0x0A?, 0x0B?, 0x0C?: return 1
    case 0xC2?: return rest.dropFirst().first == 0x85 ? 2 : 0
    case 0xE2?:
      return rest.elementsEqual([0xE2, 0x80, 0xA8]) || rest.elementsEqual([0xE2, 0x80, 0xA9]) ? 3 : 0
    default: return 0
    }
  }
}

import Discussion
import SearchIndex

/// Limiting the stars and bookmarks that are listed: by words of note, tags, title, author and text.
extension ReaderState {
  /// Limits the bookmarks; an empty text shows all.
  mutating func limitBookmarks(by text: String) {
    let selected =
      bookmarkRows.indices.contains(bookmarkPlace.selected)
      ? bookmarkRows[bookmarkPlace.selected].target : nil
    bookmarkLimit = text
    bookmarkRows = makeBookmarkRows()
    bookmarkPlace = ListPlace()
    if let place = bookmarkRows.firstIndex(where: { $0.target == selected }) {
      bookmarkPlace.selected = place
    }
  }

  /// Whether a bookmark meets every word of the limit.
  func meetsLimit(_ row: BookmarkRow) -> Bool { BookmarkLimit(bookmarkLimit).isMet(by: row, in: library) }
}

/// What is typed to limit the bookmarks: words that must all be there, the last of them as a beginning;
/// `-word` for what must not, `"two words"`, `#tag` and `tag:name`, `author:name`.
struct BookmarkLimit {
  private var wanted: [(query: Query, tag: String?, isNegated: Bool)] = []

  init(_ text: String) {
    let parts = BookmarkLimit.parts(of: text)
    for (place, part) in parts.enumerated() {
      let isNegated = part.hasPrefix("-") && part.utf8.count > 1
      let word = isNegated ? String(part.dropFirst()) : part
      let tag = word.hasPrefix("#") ? word.dropFirst() : word.hasPrefix("tag:") ? word.dropFirst(4) : nil
      wanted.append(
        (Query.parse(word, typing: place == parts.count - 1), tag.map { $0.lowercased() }, isNegated))
    }
  }

  /// Parts between spaces; quotation marks hold together.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" { isQuoted.toggle() }
      if scalar == " ", !isQuoted {
        if !part.isEmpty { parts.append(part) }
        part = ""
      } else {
        part.unicodeScalars.append(scalar)
      }
    }
    return part.isEmpty ? parts : parts + [part]
  }

  func isMet(by row: BookmarkRow, in library: Library) -> Bool {
    wanted.allSatisfy { part in
      if let tag = part.tag {
        return row.mark.tags.contains { $0.lowercased().hasPrefix(tag) } != part.isNegated
      }
      let query = part.query
      func stands(in text: String) -> Bool {
        !query.highlights(in: Array(text.utf8).span, field: .body).isEmpty
      }
      var isThere = stands(in: row.mark.note) || row.mark.tags.contains { stands(in: $0) }
      if let entry = row.entry {
        let title = library.title(of: library.discussion(of: entry))
        isThere =
          isThere || !query.matches(in: entry, of: library).isEmpty
          || !query.highlights(in: title.span, field: .title).isEmpty
          || (library.author(of: entry).map { !query.highlights(in: $0.span, field: .body).isEmpty } ?? false)
      } else {
        isThere = isThere || stands(in: row.mark.summary)
      }
      return isThere != part.isNegated
    }
  }
}

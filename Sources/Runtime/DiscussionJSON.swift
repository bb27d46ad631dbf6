public import Archive
public import Discussion
public import Shelf

extension JSONText {
  /// One discussion of schema 1.
  /// - Parameter comments: the entries to write as its comments, the post left out; nil for all.
  public mutating func discussion(
    _ discussion: DiscussionID, of library: Library, comments: [EntryID]? = nil
  ) {
    let entries = library.entries(of: discussion)
    let post = entries[0]
    beginObject()
    key("id")
    value(library.key(of: post).hexadecimal)
    key("title")
    value(library.title(of: discussion))
    key("author")
    value(library.author(of: post))
    key("date")
    value(library.date(of: post)?.iso8601)
    key("format")
    value(library.format(of: discussion))
    key("sources")
    strings(library.sources(of: discussion))
    key("categories")
    strings(library.categories(of: discussion))
    key("declaredComments")
    value(library.declaredComments(of: discussion))
    key("closed")
    value(library.isClosed(discussion))
    key("url")
    value(library.url(of: discussion))
    key("body")
    value(library.text(of: post))
    key("comments")
    beginArray()
    if let comments {
      for entry in comments where entry != post { comment(entry, of: library) }
    } else {
      for entry in entries.dropFirst() { comment(entry, of: library) }
    }
    endArray()
    endObject()
  }

  private mutating func comment(_ entry: EntryID, of library: Library) {
    beginObject()
    key("id")
    value(library.key(of: entry).hexadecimal)
    key("kind")
    value(String(describing: library.kind(of: entry)))
    key("parent")
    let depth = library.depth(of: entry)
    value(depth > 1 ? library.parent(of: entry).map { library.key(of: $0).hexadecimal } : nil)
    key("depth")
    value(depth - 1)
    key("author")
    value(library.author(of: entry))
    key("date")
    value(library.date(of: entry)?.iso8601)
    key("score")
    value(library.score(of: entry))
    key("removed")
    value(library.isRemoved(entry))
    key("text")
    value(library.text(of: entry))
    endObject()
  }

  /// An array of texts.
  public mutating func strings(_ strings: [[UInt8]]) {
    beginArray()
    for string in strings { value(string) }
    endArray()
  }

  /// What could not be read.
  public mutating func problems(_ problems: [ArchiveProblem]) {
    key("problems")
    beginArray()
    for problem in problems {
      beginObject()
      key("path")
      value(problem.path)
      key("line")
      value(problem.line)
      key("byteOffset")
      value(problem.byteOffset)
      key("message")
      value(problem.message)
      endObject()
    }
    endArray()
  }
}

extension JSONText {
  /// Bookmarks as `lectern bookmarks list --json` prints them.
  public mutating func bookmarks(_ bookmarks: [Bookmark]) {
    beginObject()
    key("schema")
    value(1)
    key("bookmarks")
    beginArray()
    for one in bookmarks { bookmark(one) }
    endArray()
    endObject()
  }

  private mutating func bookmark(_ bookmark: Bookmark) {
    beginObject()
    key("id")
    value(bookmark.key.hexadecimal)
    key("discussion")
    value(bookmark.discussion.hexadecimal)
    key("isDiscussion")
    value(bookmark.isDiscussion)
    key("starred")
    value(bookmark.isStarred)
    key("note")
    value(bookmark.note.isEmpty ? nil : bookmark.note)
    key("tags")
    strings(bookmark.tags)
    key("created")
    value(Timestamp(seconds: bookmark.createdAt, precision: .second, zoneMinutes: 0).iso8601)
    key("changed")
    value(Timestamp(seconds: bookmark.changedAt, precision: .second, zoneMinutes: 0).iso8601)
    key("title")
    value(bookmark.copy.title)
    key("author")
    value(bookmark.copy.author)
    key("date")
    value(bookmark.copy.date?.iso8601)
    key("sources")
    strings(bookmark.copy.sources)
    key("text")
    value(bookmark.copy.text)
    endObject()
  }
}

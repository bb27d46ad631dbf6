import Archive
import Discussion

extension JSONText {
  /// One discussion of schema 1.
  mutating func discussion(_ discussion: DiscussionID, of library: Library) {
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
    for entry in entries.dropFirst() { comment(entry, of: library) }
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

  mutating func strings(_ strings: [[UInt8]]) {
    beginArray()
    for string in strings { value(string) }
    endArray()
  }

  mutating func problems(_ problems: [ArchiveProblem]) {
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

public import Discussion
public import Reader
import SearchIndex

/// What the reader did with entries, as far as a query may ask for it.
public struct MarkSnapshot: Sendable {
  /// Stars and bookmarks.
  public var marks: [MarkTarget: Mark]
  /// What was read.
  public var read: ReadMarks
  /// The discussion that is open, for `thread:this`.
  public var openDiscussion: DiscussionID?

  /// A snapshot.
  public init(
    marks: [MarkTarget: Mark] = [:], read: ReadMarks = ReadMarks(), openDiscussion: DiscussionID? = nil
  ) {
    self.marks = marks
    self.read = read
    self.openDiscussion = openDiscussion
  }
}

/// Answers the filters of a query from the model and the marks.
struct CorpusFilters: QueryFilters {
  let corpus: Corpus
  let snapshot: MarkSnapshot

  func bitmap(for filter: QueryFilter) -> DocumentBitmap? {
    switch filter {
    case .kind(let kind): return entries { (corpus.library.kind(of: $0) == .post) == (kind == .post) }
    case .mark(.starred): return marked { $0.isStarred }
    case .mark(.bookmarked): return marked { !$0.isEmpty }
    case .mark(.unread): return entries { snapshot.read.isUnread($0) }
    case .mark(.read): return entries { snapshot.read.isRead($0) }
    case .tag(let tag): return marked { $0.tags.contains { $0.lowercased() == tag.lowercased() } }
    case .note(let words): return marked { Self.contains($0.note, words) }
    case .source(let name):
      return discussions { library, discussion in
        library.sources(of: discussion).contains { Self.contains(String(decoding: $0, as: UTF8.self), name) }
      }
    case .format(let name): return discussions { $0.format(of: $1) == name }
    case .date(let range):
      return entries { entry in corpus.library.date(of: entry).map { range.contains($0.seconds) } ?? false }
    case .replies(let range): return entries { range.contains(corpus.library.descendantCount(of: $0)) }
    case .thread(let name):
      guard name == "this", let open = snapshot.openDiscussion else { return nil }
      return discussions { $1 == open }
    }
  }

  private static func contains(_ text: String, _ words: String) -> Bool {
    words.isEmpty || text.lowercased().contains(words.lowercased())
  }

  private func entries(_ passes: (EntryID) -> Bool) -> DocumentBitmap {
    var bitmap = DocumentBitmap(capacity: corpus.index.documentCount)
    for discussion in corpus.library.discussions {
      for entry in corpus.library.entries(of: discussion) where passes(entry) {
        bitmap.insert(corpus.document(of: entry))
      }
    }
    return bitmap
  }

  private func discussions(_ passes: (Library, DiscussionID) -> Bool) -> DocumentBitmap {
    var bitmap = DocumentBitmap(capacity: corpus.index.documentCount)
    for discussion in corpus.library.discussions where passes(corpus.library, discussion) {
      bitmap.insert(corpus.documents(of: corpus.library.entries(of: discussion)))
    }
    return bitmap
  }

  /// Entries with a mark that passes; a mark on a discussion counts for its post.
  private func marked(_ passes: (Mark) -> Bool) -> DocumentBitmap {
    var bitmap = DocumentBitmap(capacity: corpus.index.documentCount)
    for (target, mark) in snapshot.marks where passes(mark) {
      if let entry = corpus.library.entry(withKey: target.key) { bitmap.insert(corpus.document(of: entry)) }
    }
    return bitmap
  }
}

import Bytes
public import Discussion
public import Reader
import SearchIndex
import Synchronization

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

/// Documents that pass the filters of queries, of one generation: the next key asks for the same ones.
/// Takes an eighth of a byte a document for each filter it remembers.
final class FilterMemo: Sendable {
  private let known = Mutex<[QueryFilter: DocumentBitmap]>([:])
  private static let limit = 16

  /// The documents that pass a filter, worked out once.
  func documents(passing filter: QueryFilter, _ find: () -> DocumentBitmap) -> DocumentBitmap {
    if let known = known.withLock({ $0[filter] }) { return known }
    let found = find()
    known.withLock { known in
      if known.count >= FilterMemo.limit { known.removeAll() }
      known[filter] = found
    }
    return found
  }
}

/// Answers the filters of a query from the model and the marks. What the model says is remembered for as
/// long as it stays; what the reader marks is asked each time. A document that is not listed any more may
/// pass: whoever searches leaves it out.
struct CorpusFilters: QueryFilters {
  let corpus: Corpus
  let snapshot: MarkSnapshot

  func bitmap(for filter: QueryFilter) -> DocumentBitmap? {
    switch filter {
    case .mark(.starred): return marked { $0.isStarred }
    case .mark(.bookmarked): return marked { !$0.isEmpty }
    case .mark(.unread): return byReading { $1 }
    case .mark(.new): return new()
    case .mark(.read): return byReading { read, _ in read }
    case .tag(let tag): return marked { $0.tags.contains { $0.lowercased() == tag.lowercased() } }
    case .note(let words): return marked { Self.contains($0.note, words) }
    case .thread(let name):
      guard name == "this", let open = snapshot.openDiscussion else { return nil }
      return corpus.documents(ofDiscussion: open)
    case .kind, .source, .format, .date, .replies:
      return corpus.filtered.documents(passing: filter) { byModel(filter) }
    }
  }

  private func byModel(_ filter: QueryFilter) -> DocumentBitmap {
    let library = corpus.library
    var bitmap = DocumentBitmap(capacity: corpus.index.documentCount)
    switch filter {
    case .kind(let kind):
      for segment in 0..<library.segmentCount {
        let base = corpus.firstDocument(ofSegment: segment)
        library.posts(ofSegment: segment).withSpan { posts in
          for place in 0..<max(0, posts.count - 1) {
            let post = UInt32(base) + posts[place]
            if kind == .post {
              bitmap.insert(post..<post + 1)
            } else {
              bitmap.insert(post + 1..<UInt32(base) + posts[place + 1])
            }
          }
        }
      }
    case .date(let range):
      for segment in 0..<library.segmentCount {
        insert(library.dates(ofSegment: segment), ofSegment: segment, &bitmap) {
          $0 != Int64.min && range.contains($0)
        }
      }
    case .replies(let range):
      for segment in 0..<library.segmentCount {
        insert(library.subtreeCounts(ofSegment: segment), ofSegment: segment, &bitmap) {
          range.contains(Int($0) - 1)
        }
      }
    case .source(let name):
      // Many discussions come of few sources.
      var passes: [[UInt8]: Bool] = [:]
      insertDiscussions(&bitmap) { library, discussion in
        library.sources(of: discussion).contains { source in
          if let known = passes[source] { return known }
          let isFound = Self.contains(String(decoding: source, as: UTF8.self), name)
          passes[source] = isFound
          return isFound
        }
      }
    case .format(let name): insertDiscussions(&bitmap) { $0.format(of: $1) == name }
    default: break
    }
    return bitmap
  }

  private static func contains(_ text: String, _ words: String) -> Bool {
    words.isEmpty || text.lowercased().contains(words.lowercased())
  }

  /// Puts in the documents whose element of a column passes.
  private func insert<Element: BitwiseCopyable>(
    _ column: Column<Element>, ofSegment segment: Int, _ bitmap: inout DocumentBitmap,
    where passes: (Element) -> Bool
  ) {
    let base = corpus.firstDocument(ofSegment: segment)
    column.withSpan { elements in
      var first = 0
      while first < elements.count {
        let end = min(first + 64, elements.count)
        var bits: UInt64 = 0
        for place in first..<end where passes(elements[place]) { bits |= 1 << UInt64(place - first) }
        bitmap.insert(bits: bits, from: base + first)
        first = end
      }
    }
  }

  private func insertDiscussions(
    _ bitmap: inout DocumentBitmap, where passes: (Library, DiscussionID) -> Bool
  ) {
    for discussion in corpus.library.discussions where passes(corpus.library, discussion) {
      bitmap.insert(corpus.documents(of: corpus.library.entries(of: discussion)))
    }
  }

  /// Entries that were read, or that wait to be read.
  private func byReading(_ choice: (_ read: UInt64, _ unread: UInt64) -> UInt64) -> DocumentBitmap {
    var bitmap = DocumentBitmap(capacity: corpus.index.documentCount)
    for segment in 0..<corpus.library.segmentCount {
      let base = corpus.firstDocument(ofSegment: segment)
      snapshot.read.forEachWord(ofSegment: segment, rows: corpus.library.rowCount(ofSegment: segment)) {
        bitmap.insert(bits: choice($1, $2), from: base + $0)
      }
    }
    return bitmap
  }

  /// Entries that came since the last visit and wait to be read.
  private func new() -> DocumentBitmap {
    var bitmap = DocumentBitmap(capacity: corpus.index.documentCount)
    for segment in 0..<corpus.library.segmentCount {
      let base = corpus.firstDocument(ofSegment: segment)
      let rows = corpus.library.rowCount(ofSegment: segment)
      snapshot.read.forEachNewWord(ofSegment: segment, rows: rows) {
        bitmap.insert(bits: $1, from: base + $0)
      }
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

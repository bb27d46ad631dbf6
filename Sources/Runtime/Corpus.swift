import Archive
public import Discussion
public import SearchIndex

/// A library and the index over it: the two grow together, segment by segment, so that a row of a library
/// segment is the document of the same row in the index.
public struct Corpus: Sendable {
  /// The document model.
  public let library: Library
  /// The inverted index over it.
  public let index: SearchIndex
  /// The first document of each segment.
  private let bases: [UInt32]
  /// The documents of discussions that are not listed any more; nil if there are none.
  let deadDocuments: DocumentBitmap?
  /// What filters found in this generation.
  let filtered = FilterMemo()

  /// Nothing open.
  public init() { self.init(library: Library(), segments: []) }

  /// A library and the indexes of its segments, or of the first of them.
  init(library: Library, segments: [IndexSegment]) {
    self.library = library
    index = SearchIndex(segments: segments)
    let index = index
    let bases = segments.indices.map { index.document(0, ofSegment: $0).rawValue }
    self.bases = bases
    guard library.entryCount < index.documentCount else {
      deadDocuments = nil
      return
    }
    var dead = DocumentBitmap(capacity: index.documentCount)
    for discussion in library.deadDiscussions {
      let entries = library.entries(of: discussion)
      let base = bases[entries.segment]
      dead.insert(base + UInt32(entries.rows.lowerBound)..<base + UInt32(entries.rows.upperBound))
    }
    deadDocuments = dead
  }

  /// The next generation with a batch of discussions read, indexed and united with what is here.
  /// - Complexity: O(batch).
  public func adding(_ batch: [ParsedDiscussion]) -> (corpus: Corpus, remap: Remap) {
    let (grown, remap) = library.adding(batch)
    return (indexing(grown), remap)
  }

  /// A later generation of the library with its new segments indexed.
  /// - Complexity: linear in the text of the segments that have no index yet.
  func indexing(_ grown: Library) -> Corpus {
    var segments = index.segments
    for segment in segments.count..<grown.segmentCount {
      segments.append(Corpus.index(segment: segment, of: grown))
    }
    return Corpus(library: grown, segments: segments)
  }

  private static func index(segment: Int, of library: Library) -> IndexSegment {
    var builder = IndexBuilder()
    for row in 0..<library.rowCount(ofSegment: segment) {
      let entry = EntryID(segment: segment, row: row)
      let title = library.kind(of: entry) == .post ? library.title(of: library.discussion(of: entry)) : []
      let author = library.author(of: entry) ?? []
      let quoted = library.quotedPassages(of: entry)
      library.withText(of: entry) {
        builder.add(body: $0, quoted: quoted, title: title.span, author: author.span)
      }
    }
    return builder.finish(
      dates: library.dates(ofSegment: segment), threadStarts: library.posts(ofSegment: segment))
  }

  /// The document of an entry.
  public func document(of entry: EntryID) -> DocumentID {
    DocumentID(rawValue: bases[Int(entry.segment)] + entry.row)
  }

  /// The entry of a document.
  /// - Complexity: O(log segments).
  public func entry(of document: DocumentID) -> EntryID {
    var low = 0
    var high = bases.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if bases[middle] <= document.rawValue { low = middle } else { high = middle }
    }
    return EntryID(segment: low, row: Int(document.rawValue - bases[low]))
  }

  /// The first document of a segment.
  func firstDocument(ofSegment segment: Int) -> Int { Int(bases[segment]) }

  /// The documents of a run of entries.
  func documents(of entries: EntryRange) -> Range<UInt32> {
    let base = bases[entries.segment]
    return base + UInt32(entries.rows.lowerBound)..<base + UInt32(entries.rows.upperBound)
  }
}

/// The model's own text, for the index to verify phrases on and cut snippets from.
struct CorpusTexts: DocumentTexts {
  let corpus: Corpus

  func withBodies<Result>(
    ofSegment segment: Int, _ body: (Span<UInt8>, Span<UInt64>) -> Result
  ) -> Result? { corpus.library.withTexts(ofSegment: segment, body) }

  func needsPreparing(segment: Int) -> Bool { corpus.library.isMapped(segment: segment) }

  func prepareBodies(ofSegment segment: Int, _ documents: Range<Int>) -> Bool {
    corpus.library.verifyTexts(ofSegment: segment, rows: documents)
  }

  func quoted(of document: DocumentID) -> [Range<Int>] {
    corpus.library.quotedPassages(of: corpus.entry(of: document))
  }

  func withText<Result>(
    of document: DocumentID, field: Field, _ body: (Span<UInt8>) -> Result
  ) -> Result {
    let library = corpus.library
    let entry = corpus.entry(of: document)
    switch field {
    case .body: return library.withText(of: entry, body)
    case .title:
      let title = library.kind(of: entry) == .post ? library.title(of: library.discussion(of: entry)) : []
      return body(title.span)
    case .author:
      let author = library.author(of: entry) ?? []
      return body(author.span)
    }
  }
}

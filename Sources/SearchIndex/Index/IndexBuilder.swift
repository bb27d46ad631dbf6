public import Bytes

/// One thread's share of a batch: takes documents in order. See `IndexSegment.build`.
public struct IndexPart: ~Copyable {
  let body: Shared<FieldWords>
  let title: Shared<FieldWords>
  let author: Shared<FieldWords>
  /// Documents added so far.
  public private(set) var documentCount = 0

  init(body: Shared<FieldWords>, title: Shared<FieldWords>, author: Shared<FieldWords>) {
    self.body = body
    self.title = title
    self.author = author
  }

  /// Adds the next document; empty spans stand for fields it does not have. Any bytes may come; what is
  /// not valid UTF-8 separates words.
  /// - Parameter quoted: parts of the body that are somebody else's words, as byte ranges in order and
  ///   apart. Words that begin there are found, but count neither for how often a word stands in the
  ///   document nor for its length; a word that stands only there has the lowest impact, 1.
  /// - Complexity: linear in the bytes.
  public mutating func add(
    body: Span<UInt8>, quoted: [Range<Int>] = [], title: Span<UInt8>, author: Span<UInt8>
  ) {
    self.body.value.add(body, quoted: quoted)
    self.title.value.add(title)
    self.author.value.add(author)
    documentCount += 1
  }
}

/// Where building cuts: what is held beyond text and index does not grow with the size of a batch.
struct PieceLimits: Sendable {
  /// A piece ends with the document that makes its bodies this long. Per byte of it, about 1.1 bytes are
  /// held until it ends: 0.11 postings in common prose, 5 bytes each in the stream and 4 given to terms.
  var bytes = 64 << 20
  /// Documents of a piece at most; below 2^24, as postings of a piece have 24 bits for theirs.
  var documents = 1 << 22
  /// The common words are those of the first documents that make this many bytes together; a smaller
  /// batch has no pairs.
  var sampleBytes = 1 << 20
}

/// The three fields of a segment while they are built, and the pairs of the body.
struct SegmentAssembly: ~Copyable {
  private var body: FieldBuilder
  private var title: FieldBuilder
  private var author: FieldBuilder

  /// - Parameters:
  ///   - parts: how many readers share a piece.
  ///   - common: the words whose pairs are indexed.
  ///   - bodyBytes: how long the bodies are together, if that is known.
  init(parts: Int, common: CommonWords, bodyBytes: Int = 0) {
    // Lists take a quarter of the text, seldom more than half; what is not written to is not there.
    body = FieldBuilder(parts: parts, common: common, payloadCapacity: bodyBytes / 2)
    title = FieldBuilder(parts: parts)
    author = FieldBuilder(parts: parts)
  }

  /// A reader of the next documents of the piece.
  func part(_ number: Int) -> IndexPart {
    IndexPart(body: body.parts[number], title: title.parts[number], author: author.parts[number])
  }

  /// Whether another piece could pass what 32 bits count.
  var isFull: Bool { body.isFull || title.isFull || author.isFull }

  mutating func endPiece() {
    body.endPiece()
    title.endPiece()
    author.endPiece()
  }

  consuming func finish(
    documentCount: Int, dates: Column<Int64>, threadStarts: Column<UInt32>
  ) -> IndexSegment {
    let (body, pairs) = self.body.finish()
    let (title, _) = self.title.finish()
    let (author, _) = self.author.finish()
    return IndexSegment(
      documentCount: documentCount, body: body, title: title, author: author, pairs: pairs, dates: dates,
      threadStarts: threadStarts)
  }
}

/// Builds one segment from documents added in order, on one thread.
public struct IndexBuilder: ~Copyable {
  private struct Document {
    var body: [UInt8]
    var quoted: [Range<Int>]
    var title: [UInt8]
    var author: [UInt8]
  }

  private let limits: PieceLimits
  private var assembly: SegmentAssembly?
  /// Documents kept until the common words are known.
  private var sample: [Document] = []
  private var pieceBytes = 0
  private var pieceDocuments = 0
  /// Documents added so far; the next one gets this number.
  public private(set) var documentCount = 0
  /// Whether the dictionary or the lists are near 4 GiB: documents added from now on have a number, but no
  /// words. Another segment shall be begun for them.
  public private(set) var isFull = false

  /// A builder without documents.
  public init() { self.init(limits: PieceLimits()) }

  init(limits: PieceLimits) { self.limits = limits }

  /// Adds the next document.
  public mutating func add(body: Span<UInt8>, title: Span<UInt8>, author: Span<UInt8>) {
    add(body: body, quoted: [], title: title, author: author)
  }

  /// Adds the next document; see `IndexPart.add`.
  /// - Complexity: linear in the bytes.
  public mutating func add(
    body: Span<UInt8>, quoted: [Range<Int>], title: Span<UInt8>, author: Span<UInt8>
  ) {
    documentCount += 1
    pieceBytes += body.count
    pieceDocuments += 1
    if assembly == nil {
      sample.append(
        Document(
          body: IndexBuilder.copy(body), quoted: quoted, title: IndexBuilder.copy(title),
          author: IndexBuilder.copy(author)))
      if pieceBytes >= limits.sampleBytes { endSample(isWhole: true) }
    } else if isFull {
      let none = [UInt8]()
      put(none.span, [], none.span, none.span)
    } else {
      put(body, quoted, title, author)
    }
    if assembly != nil, pieceBytes >= limits.bytes || pieceDocuments >= limits.documents { endPiece() }
  }

  private mutating func put(
    _ body: Span<UInt8>, _ quoted: [Range<Int>], _ title: Span<UInt8>, _ author: Span<UInt8>
  ) {
    guard var part = assembly?.part(0) else { return }
    part.add(body: body, quoted: quoted, title: title, author: author)
  }

  private mutating func endPiece() {
    assembly?.endPiece()
    isFull = assembly?.isFull ?? false
    pieceBytes = 0
    pieceDocuments = 0
  }

  private mutating func endSample(isWhole: Bool) {
    var common = CommonWords()
    if isWhole {
      var counted = FieldWords()
      for document in sample { counted.add(document.body.span) }
      common = CommonWords(commonestOf: &counted)
    }
    assembly = SegmentAssembly(parts: 1, common: common)
    let kept = sample
    sample = []
    for document in kept {
      put(document.body.span, document.quoted, document.title.span, document.author.span)
    }
  }

  private static func copy(_ text: Span<UInt8>) -> [UInt8] {
    unsafe text.withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Sorts and packs what was added.
  /// - Parameters:
  ///   - dates: when each document was written, for `SearchOrder.newestFirst`; shared, not copied.
  ///   - threadStarts: the first document of each thread, and one more for the end; shared, not copied.
  /// - Complexity: O(postings + terms log terms).
  public consuming func finish(
    dates: Column<Int64> = Column(), threadStarts: Column<UInt32> = Column()
  ) -> IndexSegment {
    if assembly == nil { endSample(isWhole: false) }
    let finished = assembly.take() ?? SegmentAssembly(parts: 1, common: CommonWords())
    return finished.finish(documentCount: documentCount, dates: dates, threadStarts: threadStarts)
  }
}

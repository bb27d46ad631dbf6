import Bytes
import SearchIndex

/// Documents kept as arrays, for tests.
struct Corpus: DocumentTexts {
  struct Document {
    var body: String
    var title = ""
    var author = ""
  }

  var documents: [Document]
  private var bytes: [[[UInt8]]]

  init(_ documents: [Document]) {
    self.documents = documents
    bytes = documents.map { [Array($0.body.utf8), Array($0.title.utf8), Array($0.author.utf8)] }
  }

  init(_ bodies: [String]) { self.init(bodies.map { Document(body: $0) }) }

  func withText<Result>(
    of document: DocumentID, field: Field, _ body: (Span<UInt8>) -> Result
  ) -> Result {
    let text = bytes[Int(document.rawValue)][Int(field.rawValue)]
    return body(text.span)
  }

  /// An index of the documents, cut into segments of at most so many documents, with its invariants held.
  /// Threads begin at some documents, and at each segment.
  func index(segmentSize: Int = .max, dates: [Int64] = [], threads: [Int] = []) -> SearchIndex {
    var segments: [IndexSegment] = []
    var start = 0
    while start < documents.count {
      let end = min(documents.count, start + min(segmentSize, documents.count))
      var builder = IndexBuilder()
      for fields in bytes[start..<end] {
        let (body, title, author) = (fields[0], fields[1], fields[2])
        builder.add(body: body.span, title: title.span, author: author.span)
      }
      let own = dates.isEmpty ? [] : Array(dates[start..<end])
      let begun = threads.isEmpty ? [] : [start] + threads.filter { start < $0 && $0 < end } + [end]
      let segment = builder.finish(
        dates: Column(own), threadStarts: Column(begun.map { UInt32($0 - start) }))
      precondition(segment.brokenInvariants().isEmpty, "\(segment.brokenInvariants())")
      segments.append(segment)
      start = end
    }
    return SearchIndex(segments: segments)
  }

  var truth: LinearScan { LinearScan(texts: self, documentCount: documents.count) }

  /// The numbers of the documents that fit, by the index.
  func found(_ query: String, typing: Bool = false, filters: any QueryFilters = NoFilters()) -> [UInt32] {
    index().search(
      .parse(query, typing: typing), texts: self, filters: filters, limit: .max, order: .reading
    ).hits.map(\.document.rawValue)
  }
}

/// SplitMix64: the same numbers in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

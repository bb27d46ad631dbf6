internal import Bytes

/// The inverted index of a library: immutable segments, one after the other. A library grows by making a
/// new index of the old segments and one more.
public struct SearchIndex: Sendable {
  /// The segments in order of their documents.
  public let segments: [IndexSegment]
  /// The number of the first document of each segment.
  let bases: [Int]
  /// All documents; their numbers are below this.
  public let documentCount: Int

  /// An index over segments; documents are numbered on from one segment to the next.
  public init(segments: [IndexSegment]) {
    var bases: [Int] = []
    var count = 0
    for segment in segments {
      bases.append(count)
      count += segment.documentCount
    }
    self.segments = segments
    self.bases = bases
    documentCount = count
  }

  /// The number of a document of a segment.
  public func document(_ row: Int, ofSegment segment: Int) -> DocumentID {
    DocumentID(rawValue: UInt32(bases[segment] + row))
  }

  /// Distinct terms, counted once for each segment and field.
  public var termCount: Int { segments.reduce(0) { $0 + $1.termCount } }

  /// Pairs of term and document.
  /// - Complexity: O(`termCount`).
  public var postingCount: Int { segments.reduce(0) { $0 + $1.postingCount } }

  /// Bytes of all columns.
  public var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }

  /// In how many documents a term stands, in the field where it is most frequent.
  /// - Complexity: O(segments · log terms).
  public func frequency(of term: [UInt8]) -> Int {
    var highest = 0
    for field in Field.allCases {
      var sum = 0
      for segment in segments {
        let index = segment.field(field)
        if let rank = index.rank(of: term) { sum += Int(index.frequencies[rank]) }
      }
      highest = max(highest, sum)
    }
    return highest
  }
}

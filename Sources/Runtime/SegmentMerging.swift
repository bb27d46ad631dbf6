import Discussion
import SearchIndex

/// Which segments of a corpus are worth joining: every question asks every segment, and dead rows hold
/// memory.
struct MergePolicy {
  /// Segments that a question may well ask.
  var fewEnough = 6
  /// Bytes of text above which a segment is left alone, and which a joined one does not exceed: while
  /// segments are joined they are held twice.
  var largest = 512 << 20

  /// The segments to join next, nil when all is well.
  ///
  /// The smallest ones, so that each text is joined seldom; one that is more dead than alive also alone.
  /// - Complexity: O(segments · log segments + dead discussions).
  func next(_ library: Library) -> [Int]? {
    var sizes: [(index: Int, bytes: Int)] = []
    for index in 0..<library.segmentCount {
      let rows = library.rowCount(ofSegment: index)
      guard rows > 0 else { continue }
      if library.liveEntryCount(ofSegment: index) * 2 < rows { return [index] }
      sizes.append((index, library.textByteCount(ofSegment: index)))
    }
    guard sizes.count > fewEnough else { return nil }
    sizes.sort { ($0.bytes, $0.index) < ($1.bytes, $1.index) }
    var joined: [Int] = []
    var bytes = 0
    for size in sizes.prefix(sizes.count - fewEnough + 1) {
      bytes += size.bytes
      if bytes > largest { break }
      joined.append(size.index)
    }
    return joined.count > 1 ? joined.sorted() : nil
  }
}

extension Corpus {
  /// The next generation with some segments joined into one.
  /// - Complexity: linear in the text and the postings of those segments.
  func joining(segments joined: [Int]) -> (corpus: Corpus, remap: Remap) {
    let (library, remap, rows) = library.joining(segments: joined)
    var segments = index.segments
    let target = library.segmentCount - 1
    let whole = try? IndexSegment.merging(
      joined.map { segments[$0] }, rows: rows, documentCount: library.rowCount(ofSegment: target),
      dates: library.dates(ofSegment: target), threadStarts: library.posts(ofSegment: target))
    for index in joined { segments[index] = IndexBuilder().finish() }
    if let whole { segments.append(whole) }
    return (Corpus(library: library, segments: segments).indexing(library), remap)
  }
}

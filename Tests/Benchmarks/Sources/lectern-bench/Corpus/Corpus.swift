import Bytes
import Glibc
import SearchIndex

/// Entries in memory as an index reads them: their texts one after the other, thread by thread, and what
/// is known of each. The text is mapped in huge pages, as the program's own arenas are.
final class Corpus: @unchecked Sendable {
  /// What it is, for names of files: `generated-1000000`, `comp-lang-cobol`.
  let name: String
  let text: UnsafeMutablePointer<UInt8>
  private(set) var byteCount = 0
  private let reserved: Int
  /// Where each text begins, and one more for the end.
  private(set) var starts: [UInt64] = [0]
  /// Seconds since 1970, `Int64.min` where unknown.
  private(set) var dates: [Int64] = []
  /// The first entry of each thread, and one more for the end.
  private(set) var threadStarts: [UInt32] = []
  /// Back to the entry that is answered; 0 for a post.
  private(set) var parentOffsets: [UInt32] = []
  /// Places in `authorNames`.
  private(set) var authors: [UInt32] = []
  var authorNames: [[UInt8]] = []
  /// One a thread.
  private(set) var titles: [[UInt8]] = []
  /// What is hidden in it, if it was made up.
  var needles: [Needles.Needle] = []

  var documentCount: Int { dates.count }
  var megabytes: Double { Double(byteCount) / 1e6 }

  /// An empty corpus with room for so many bytes; room that is not used costs nothing.
  init(name: String, room: Int) {
    self.name = name
    reserved = max(room + 4096, 1 << 21)
    let place = mmap(
      nil, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let place, place != MAP_FAILED else { fatalError("no memory for \(room) bytes") }
    madvise(place, reserved, 14)  // MADV_HUGEPAGE
    text = place.assumingMemoryBound(to: UInt8.self)
  }

  deinit { munmap(text, reserved) }

  /// Adds whole threads.
  func append(_ batch: ThreadBatch) {
    let count = batch.text.count
    precondition(byteCount + count < reserved, "the corpus is larger than was said")
    batch.text.withUnsafeBytes { if let base = $0.baseAddress { memcpy(text + byteCount, base, count) } }
    let first = documentCount
    threadStarts += batch.threadStarts.map { UInt32(first) + $0 }
    for end in batch.ends { starts.append(UInt64(byteCount + end)) }
    dates += batch.dates
    parentOffsets += batch.parentOffsets
    authors += batch.authors
    titles += batch.titles
    byteCount += count
  }

  /// To be called after the last batch.
  func close() { threadStarts.append(UInt32(documentCount)) }

  /// The first entries as a corpus of their own.
  func prefix(_ count: Int) -> Corpus {
    let count = min(count, documentCount)
    let part = Corpus(name: "\(name)-first-\(count)", room: Int(starts[count]))
    memcpy(part.text, text, Int(starts[count]))
    part.byteCount = Int(starts[count])
    part.starts = Array(starts[...count])
    part.dates = Array(dates[..<count])
    part.threadStarts = threadStarts.filter { $0 < UInt32(count) } + [UInt32(count)]
    part.parentOffsets = Array(parentOffsets[..<count])
    part.authors = Array(authors[..<count])
    part.authorNames = authorNames
    part.titles = Array(titles[..<(part.threadStarts.count - 1)])
    return part
  }

  /// The bytes of one text.
  func body(_ document: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(starts[document])
    return UnsafeBufferPointer(start: text + start, count: Int(starts[document + 1]) - start)
  }

  /// A number that other texts, dates or threads would not give; peers' indexes are kept under it.
  var fingerprint: String {
    var hash: UInt64 = UInt64(byteCount) &* 31 &+ UInt64(documentCount)
    let words = UnsafeRawPointer(text)
    for offset in stride(from: 0, to: byteCount - 8, by: 8) {
      hash = (hash ^ words.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    for start in stride(from: 0, to: starts.count, by: 97) { hash = Vocabulary.mixed(hash ^ starts[start]) }
    return String(hash, radix: 36)
  }
}

/// Threads on their way into a corpus.
struct ThreadBatch: Sendable {
  var text: [UInt8] = []
  /// Where each text ends.
  var ends: [Int] = []
  var dates: [Int64] = []
  var parentOffsets: [UInt32] = []
  var authors: [UInt32] = []
  /// Counted within the batch.
  var threadStarts: [UInt32] = []
  var titles: [[UInt8]] = []
}

/// The texts of the first so many entries of a corpus, as the index asks for them.
struct CorpusTexts: DocumentTexts {
  let corpus: Corpus
  /// Whether titles and authors are told too.
  var isWhole = false

  func withText<Result>(of document: DocumentID, field: Field, _ body: (Span<UInt8>) -> Result) -> Result {
    let place = Int(document.rawValue)
    switch field {
    case .body: return body(Span(_unsafeElements: corpus.body(place)))
    case .title:
      let title = isWhole ? corpus.title(ofEntry: place) : []
      return body(title.span)
    case .author:
      let author = isWhole ? corpus.authorNames[Int(corpus.authors[place])] : []
      return body(author.span)
    }
  }

  func withBodies<Result>(
    ofSegment segment: Int, _ body: (_ bytes: Span<UInt8>, _ starts: Span<UInt64>) -> Result
  ) -> Result? {
    guard segment == 0 else { return nil }
    let bytes = UnsafeBufferPointer(start: corpus.text, count: corpus.byteCount)
    let starts = corpus.starts
    return body(Span(_unsafeElements: bytes), starts.span)
  }
}

extension Corpus {
  /// The title that an entry bears; only the first of a thread has one.
  func title(ofEntry entry: Int) -> [UInt8] {
    guard parentOffsets[entry] == 0 else { return [] }
    var low = 0
    var high = titles.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(threadStarts[middle]) <= entry { low = middle } else { high = middle }
    }
    return titles.isEmpty ? [] : titles[low]
  }
}

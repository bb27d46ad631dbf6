public import Bytes

/// An immutable index of a batch of documents. Its arrays are columns: the same bytes in memory and in a
/// file.
public final class IndexSegment: Sendable {
  /// Documents of the segment, numbered from 0 within it.
  public let documentCount: Int
  let body: FieldIndex
  let title: FieldIndex
  let author: FieldIndex
  /// Pairs of common words of the body that stand next to each other, in the order of its words, as terms
  /// with a space between ("of all"). Empty in a small segment. For two words of `commonWords` in a row the
  /// list of their pair is exactly the documents whose body shows them so, no other sign asked for.
  let pairs: FieldIndex
  /// The common words, two numbers each (`CommonWords.Word`), in order.
  let commonKeys: Column<UInt64>
  /// One a document: when it was written, the higher the newer; `Int64.min` where nobody knows. Empty if
  /// the documents came without dates.
  public let dates: Column<Int64>
  /// The first document of each thread, rising, and one more for the end; empty if there are none.
  public let threadStarts: Column<UInt32>
  /// The newest dates, window by window.
  let dateWindows: DateWindows

  /// A segment of finished fields.
  /// - Parameter dateWindows: the summary of the dates if it is at hand.
  /// - Complexity: O(documents + blocks) for summaries that are not at hand.
  init(
    documentCount: Int, body: FieldIndex, title: FieldIndex, author: FieldIndex, pairs: FieldIndex,
    dates: Column<Int64>, threadStarts: Column<UInt32>, commonKeys: Column<UInt64> = Column(),
    dateWindows: DateWindows? = nil
  ) {
    self.documentCount = documentCount
    self.body = body
    self.title = title
    self.author = author
    self.pairs = pairs
    self.commonKeys = commonKeys
    self.dates = dates
    self.threadStarts = threadStarts
    self.dateWindows = dateWindows ?? DateWindows(dates)
  }

  func field(_ field: Field) -> FieldIndex {
    switch field {
    case .body: body
    case .title: title
    case .author: author
    }
  }

  /// Distinct terms, counted once for each field.
  public var termCount: Int { body.termCount + title.termCount + author.termCount }

  /// Pairs of term and document, over all fields.
  /// - Complexity: O(`termCount`).
  public var postingCount: Int { body.postingCount + title.postingCount + author.postingCount }

  /// Bytes of all columns.
  public var byteCount: Int {
    body.byteCount + title.byteCount + author.byteCount + pairs.byteCount + dateWindows.byteCount
  }

  /// Looks for whatever must never be: terms out of order, postings that do not rise or leave the
  /// segment, wrong counts. Returns what was found in words, empty if all is well.
  /// - Complexity: linear in all postings.
  public func brokenInvariants() -> [String] {
    var broken = Field.allCases.flatMap { field in
      self.field(field).brokenInvariants(documentCount: documentCount).map { "\(field): \($0)" }
    }
    broken += pairs.brokenInvariants(documentCount: documentCount).map { "pairs: \($0)" }
    if dates.count != 0 && dates.count != documentCount { broken.append("dates: not one a document") }
    broken += dateWindows.brokenInvariants(dates)
    let threads = threadStarts.elements(in: 0..<threadStarts.count)
    if let first = threads.first, let last = threads.last {
      let rises = zip(threads, threads.dropFirst()).allSatisfy { $0 < $1 }
      if first != 0 || Int(last) != documentCount || !rises {
        broken.append("threads: do not rise from the first document to the last")
      }
    }
    return broken
  }
}

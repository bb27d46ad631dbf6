import Discussion
public import Reader
public import SearchIndex
import Synchronization

/// Arranges the list of discussions on a thread of its own; a new question interrupts the one before.
final class Arranging: Sendable {
  private let worker = Worker(isBackground: false)
  private let newest = Atomic(0)
  private let mailbox: Mailbox
  private let searching: Searching

  init(mailbox: Mailbox, searching: Searching) {
    self.mailbox = mailbox
    self.searching = searching
  }

  /// Asks; the answer comes as an event, unless a newer question comes first.
  func ask(_ request: ListRequest, snapshot: MarkSnapshot) {
    newest.store(request.ticket, ordering: .releasing)
    worker.submit { [self] in
      let isStale = { @Sendable [self] in newest.load(ordering: .acquiring) != request.ticket }
      if isStale() { return }
      let corpus = searching.current
      if let answer = corpus.arrange(
        request, snapshot: snapshot, stemming: searching.stemming, isCancelled: isStale)
      {
        searching.post(.listArranged(answer), from: corpus)
      }
    }
  }
}

extension Corpus {
  /// The discussions that a request asks for, in its order. Nil when a newer question came.
  /// - Complexity: linear in the postings of the query's words, and O(discussions · log discussions +
  ///   entries) for an order that is not that of the sources.
  public func arrange(
    _ request: ListRequest, snapshot: MarkSnapshot, stemming: Stemming? = nil,
    isCancelled: @Sendable () -> Bool
  ) -> ListAnswer? {
    var discussions: [DiscussionID]
    var problem: String?
    if request.limit.isEmpty {
      discussions = Array(library.discussions)
    } else {
      let query = Query.parse(request.limit, typing: true, stemming: stemming)
      let result = index.search(
        query, texts: CorpusTexts(corpus: self), filters: CorpusFilters(corpus: self, snapshot: snapshot),
        options: SearchOptions(limit: .max, order: .reading, groupsThreads: true, excluding: deadDocuments),
        isCancelled: isCancelled)
      guard result.isComplete else { return nil }
      problem = Corpus.sentences(result.problems).first
      let found = Set(result.hits.map { library.discussion(of: entry(of: $0.document)) })
      discussions = []
      discussions.reserveCapacity(found.count)
      // In the order of the sources, which is not that of the segments once discussions were joined.
      for discussion in library.discussions where found.contains(discussion) {
        discussions.append(discussion)
      }
    }
    guard
      let arranged = request.sort.arranged(
        discussions, of: library, read: snapshot.read, isCancelled: isCancelled)
    else { return nil }
    return ListAnswer(
      ticket: request.ticket, generation: library.generation, discussions: arranged, problem: problem)
  }
}

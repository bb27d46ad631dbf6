import Discussion
import Reader
import SearchIndex
import Synchronization

/// Answers the reader's questions on threads of their own; a new question interrupts the ones before.
///
/// One thread gives the first answer to a question and what a screen waits for, the other one answers in
/// full: a key never waits for the full answer to the key before.
final class Searching: Sendable {
  private let first = Worker(isBackground: false)
  private let full = Worker(isBackground: false)
  private let newest = Atomic(0)
  private let corpus = Mutex(Corpus())
  private let mailbox: Mailbox
  /// Widens words to all of the same stem.
  let stemming: Stemming?

  /// How often the screen is told how far counting is.
  private static let tellsEvery = Duration.milliseconds(50)

  init(mailbox: Mailbox, stemming: Stemming?) {
    self.mailbox = mailbox
    self.stemming = stemming
  }

  /// Takes the next generation; questions asked from now on are answered from it.
  func take(_ next: Corpus) { corpus.withLock { $0 = next } }

  /// What questions are answered from.
  var current: Corpus { corpus.withLock { $0 } }

  /// Asks; the answers come as events, unless a newer question comes first.
  func ask(_ request: SearchRequest, snapshot: MarkSnapshot) {
    newest.store(request.ticket, ordering: .releasing)
    let isStale = isStale(request.ticket)
    (request.isSettled ? full : first).submit { [self] in
      if isStale() { return }
      let corpus = corpus.withLock { $0 }
      if request.isSettled || corpus.isAnsweredAtOnce(request) {
        if let answer = corpus.answer(
          request, snapshot: snapshot, stemming: stemming, isCancelled: isStale)
        {
          post(.searchAnswered(answer), from: corpus)
        }
        return
      }
      guard
        let answer = corpus.newestHits(
          request, snapshot: snapshot, stemming: stemming, isCancelled: isStale)
      else { return }
      post(.searchAnswered(answer), from: corpus)
      guard !answer.total.isExact else { return }
      let tell = { [self] (count: HitCount) in
        post(
          .searchCounted(count, ticket: request.ticket, generation: corpus.library.generation), from: corpus)
      }
      var told = ContinuousClock.now
      let progress = { (count: HitCount) in
        guard .now - told > Searching.tellsEvery else { return }
        told = .now
        tell(count)
      }
      if let count = corpus.countHits(
        request, snapshot: snapshot, stemming: stemming, progress: progress, isCancelled: isStale)
      {
        tell(count)
      }
    }
  }

  /// Asks for the hits of one thread; they come as an event.
  func findHits(_ request: ThreadHitsRequest, snapshot: MarkSnapshot) {
    let isStale = isStale(request.ticket)
    first.submit { [self] in
      if isStale() { return }
      let corpus = corpus.withLock { $0 }
      if let hits = corpus.threadHits(request, snapshot: snapshot, isCancelled: isStale) {
        post(.threadHitsFound(hits), from: corpus)
      }
    }
  }

  /// Posts an answer, unless what it was made of is damaged: the loop that is woken sees that as well, and has
  /// everything read anew.
  func post(_ event: Event, from corpus: Corpus) {
    mailbox.post(corpus.isDamaged ? .loading(LoadingProgress(done: 0, total: 0)) : event)
  }

  /// Whether a newer question came: one load of an atomic.
  private func isStale(_ ticket: Int) -> @Sendable () -> Bool {
    { [self] in newest.load(ordering: .acquiring) != ticket }
  }
}

import Reader
import Synchronization

/// Answers the reader's questions on a thread of its own; a new question interrupts the one before.
final class Searching: Sendable {
  private let worker = Worker(isBackground: false)
  private let newest = Atomic(0)
  private let corpus = Mutex(Corpus())
  private let mailbox: Mailbox

  init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Takes the next generation; questions asked from now on are answered from it.
  func take(_ next: Corpus) { corpus.withLock { $0 = next } }

  /// Asks; the answer comes as an event, unless a newer question comes first.
  func ask(_ request: SearchRequest, snapshot: MarkSnapshot) {
    newest.store(request.ticket, ordering: .releasing)
    worker.submit { [self] in
      let isStale: @Sendable () -> Bool = { [self] in newest.load(ordering: .acquiring) != request.ticket }
      if isStale() { return }
      let corpus = corpus.withLock { $0 }
      if let answer = corpus.answer(request, snapshot: snapshot, isCancelled: isStale) {
        mailbox.post(.searchAnswered(answer))
      }
    }
  }
}

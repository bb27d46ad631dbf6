import Discussion
import Synchronization

/// Indexes what is read on a thread of its own, in order: while a segment is indexed, the next one is read.
///
/// Reading waits when it is `depth` generations ahead, so that memory stays bounded.
final class IndexingLane: Sendable {
  private static let depth = 2

  private let worker: Worker
  private let corpus: Mutex<Corpus>
  private let room = Semaphore(count: UInt32(IndexingLane.depth))
  private let publish: @Sendable (Corpus, Remap) -> Void

  /// A lane that goes on from a corpus.
  /// - Parameter publish: called on the lane's thread with each generation that is indexed.
  init(
    from corpus: Corpus, isBackground: Bool, publish: @escaping @Sendable (Corpus, Remap) -> Void
  ) {
    worker = Worker(isBackground: isBackground)
    self.corpus = Mutex(corpus)
    self.publish = publish
  }

  /// Takes the next generation of the library.
  func take(_ library: Library, _ remap: Remap) {
    room.wait()
    worker.submit { [self] in
      let next = corpus.withLock { $0 }.indexing(library)
      corpus.withLock { $0 = next }
      publish(next, remap)
      room.signal()
    }
  }

  /// Waits until everything taken is indexed, and ends the thread.
  /// - Returns: the newest generation.
  func finish() -> Corpus {
    for _ in 0..<IndexingLane.depth { room.wait() }
    worker.stop()
    return corpus.withLock { $0 }
  }
}
